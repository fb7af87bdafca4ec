"""Staff in a real browser: first log-in, second factor, a draft, how it reads, publishing; and log-in by a
provider elsewhere."""

import os
import re
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pyotp
import pytest
from axe import SCRIPT, Eyes
from devices import PHONE
from serving import ROOT, Server, free_port

PASSWORD = "sju gröna älgar på isen"
WIDE = {"viewport": {"width": 1280, "height": 800}}


def patient_app(data_dir: Path, *arguments: str) -> str:
    environment = {**os.environ, "DATA_DIR": str(data_dir)}
    done = subprocess.run(
        [sys.executable, "-m", "patient_app", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server of its own with an editor of the demo clinic, who has a one-time log-in."""
    data_dir = tmp_path_factory.mktemp("staff-house")
    patient_app(data_dir, "init")
    one_time = re.search(
        r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}",
        patient_app(data_dir, "user", "add", "anna", "--name", "Anna L", "--role", "admin"),
    ).group()
    running = Server(data_dir)
    running.one_time = one_time
    yield running
    running.stop()


def watched(browser, server, **options):
    """A page that fails the test on any error in it, as the fixture `phone` does."""
    context = browser.new_context(base_url=server.url, **options)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on(
        "console", lambda message: page.problems.append(message.text) if message.type == "error" else None
    )
    return page


def shot(page, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


EYES = Eyes()


def axe(page) -> None:
    found = EYES.findings(page, page.url)
    assert not found, "\n".join(found)


def log_in(page, username: str, password: str, code: str = "") -> None:
    page.goto("/staff/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_label("Kod från kodappen").fill(code)
    page.get_by_role("button", name="Logga in", exact=True).click()


@pytest.fixture(scope="module")
def secret(house, plain_chromium):
    """Anna's first log-in: a password of her own, the code app, recovery codes."""
    page = watched(plain_chromium, house, **WIDE)
    page.goto("/staff/")
    axe(page)
    shot(page, "log-in")
    log_in(page, "anna", "fel lösenord det här", "123456")
    page.get_by_role("alert").wait_for()
    axe(page)
    log_in(page, "anna", house.one_time)
    page.get_by_role("heading", name="Välj lösenord och kodapp").wait_for()
    axe(page)
    shot(page, "setup")
    key = page.locator("code.secret").inner_text()
    page.get_by_label("Nytt lösenord").fill(PASSWORD)
    page.get_by_label("Samma lösenord en gång till").fill(PASSWORD)
    page.get_by_label("Koden som appen visar nu").fill(pyotp.TOTP(key).at(time.time() - 30))
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("heading", name="Spara reservkoderna").wait_for()
    assert page.locator(".codes code").count() == 10
    axe(page)
    shot(page, "recovery-codes")
    assert not page.problems, page.problems
    state = page.context.storage_state()
    page.context.close()
    house.state = state
    return key


def test_an_editor_changes_a_fact_sees_how_it_reads_and_publishes(house, secret, plain_chromium):
    page = watched(plain_chromium, house, **WIDE, storage_state=house.state)
    page.goto("/staff/clinics/D3M0")
    page.get_by_label("Mottagningens telefon").fill("010-999 88 77")
    page.locator("[data-reads-pages] ins").filter(has_text="010-999 88 77").first.wait_for()
    page.get_by_label("Telefontid").fill("<script>")
    page.locator("[data-reads-problems] li").first.wait_for()
    page.get_by_label("Telefontid").fill("vardagar 7–15")
    page.locator("[data-reads-pages] ins").filter(has_text="vardagar 7–15").first.wait_for()
    axe(page)
    shot(page, "edit")
    page.get_by_role("button", name="Spara och gå till publicering").click()
    page.get_by_role("heading", name="Inställningar som ändras").wait_for()
    axe(page)
    shot(page, "publish")
    page.get_by_role("button", name="Publicera till familjerna").click()
    page.get_by_text("Publicerat som version 2").wait_for()
    axe(page)
    shot(page, "history")
    family = watched(plain_chromium, house, **PHONE)
    deadline = time.monotonic() + 10
    # Asked past the browser's cache: a family that saw the page just before may keep it for a minute (max-
    # age), one that comes now may not.
    while "010-999 88 77" not in family.context.request.get("/sv/m/D3M0/").text():
        assert time.monotonic() < deadline, "families do not see it"
        family.wait_for_timeout(300)
    family.goto("/sv/m/D3M0/")
    family.get_by_text("010-999 88 77").first.wait_for()
    assert not page.problems + family.problems, page.problems + family.problems
    page.context.close()
    family.context.close()


@pytest.mark.parametrize("options", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_staff_page_passes_axe_and_fits(house, secret, plain_chromium, options, request):
    page = watched(plain_chromium, house, **options, storage_state=house.state)
    page.context.add_init_script(SCRIPT)
    paths = [
        "clinics/",
        "clinics/D3M0",
        "clinics/new",
        "clinics/D3M0/publish",
        "clinics/D3M0/history",
        "clinics/D3M0/retire",
        "regions/",
        "regions/exempel",
        "regions/new",
        "import",
        "users/",
        "users/new",
        "users/1",
        "log",
        "validity",
        "account",
    ]
    for path in paths:
        page.goto(f"/staff/{path}")
        axe(page)
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            shot(page, f"{request.node.callspec.id}-{theme}-{path.strip('/').replace('/', '-')}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{path} is wider than the screen"
        )
    assert not page.problems, page.problems
    page.context.close()


@pytest.fixture(scope="module")
def provider():
    """A real OpenID provider on another origin: Eva is an editor with a strong log-in, Ulf's was weak, Per's
    id is a personal number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import User, run_server_in_thread

        users = [
            User(sub="eva.e", claims={"acr": "loa3", "roles": ["redo-editor"], "units": ["D3M0"]}),
            User(sub="ulf.u", claims={"acr": "loa1", "roles": ["redo-editor"]}),
            User(sub="nils.n", claims={"acr": "loa3", "roles": ["something-else"]}),
            User(sub="19121212-1212", claims={"acr": "loa3", "roles": ["redo-editor"]}),
        ]
        with run_server_in_thread(port=free_port(), require_nonce=True, user_claims=users) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def oidc_house(tmp_path_factory, provider):
    running = Server(
        tmp_path_factory.mktemp("oidc-house"),
        OIDC_ISSUER=provider,
        OIDC_CLIENT_ID="redo",
        OIDC_CLIENT_SECRET="secret",
        OIDC_ACR="loa3",
        OIDC_ROLE_CLAIM="roles",
        OIDC_ADMIN_VALUE="redo-admin",
        OIDC_EDITOR_VALUE="redo-editor",
        OIDC_CLINIC_CLAIM="units",
    )
    yield running
    running.stop()


def by_provider(page, sub: str) -> None:
    page.goto("/staff/")
    page.get_by_role("button", name="Logga in med regionens inloggning").click()
    page.get_by_role("heading", name="Authorize Client").wait_for()
    page.get_by_role("button", name=sub, exact=True).first.click()


def test_log_in_by_a_provider_on_another_origin(oidc_house, plain_chromium):
    page = watched(plain_chromium, oidc_house, **WIDE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "authorize" in request.url else None)
    by_provider(page, "eva.e")
    page.get_by_role("heading", name="Mottagningar").wait_for()
    assert page.get_by_text("D3M0").count() and not page.get_by_text("V3ST").count()
    for part in (
        "code_challenge_method=S256",
        "code_challenge=",
        "state=",
        "nonce=",
        "acr_values=loa3",
        "response_type=code",
    ):
        assert part in asked[0], part
    page.context.close()


@pytest.mark.parametrize("sub", ["ulf.u", "nils.n", "19121212-1212"])
def test_who_the_provider_does_not_vouch_for_enough_gets_the_one_answer(oidc_house, plain_chromium, sub):
    page = watched(plain_chromium, oidc_house, **WIDE)
    by_provider(page, sub)
    page.get_by_role("alert").filter(has_text="Det gick inte att logga in").wait_for()
    page.goto("/staff/clinics/")
    page.get_by_role("heading", name="Logga in som personal").wait_for()
    page.context.close()


def test_an_answer_nobody_asked_for_leads_nowhere(oidc_house, plain_chromium):
    page = watched(plain_chromium, oidc_house, **WIDE)
    page.goto("/staff/log-in/provider/back?code=stolen&state=invented")
    page.get_by_role("alert").filter(has_text="Det gick inte att logga in").wait_for()
    page.context.close()
