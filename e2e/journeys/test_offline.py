"""«Spara för att läsa utan nät», with a server that is really gone: pages open, say their day, take over new
text, and everything can be erased again."""

import re
import shutil
import time

import pytest
from devices import PHONE
from playwright.sync_api import expect
from serving import Server

from patient_app.clinics import directory, published
from patient_app.clinics.published import PUBLISHED

HOME = "/sv/m/D3M0/"
SAVED = re.compile(r"Sparad \d+ \w+\. Kallelsen gäller\.")
KEPT = """async () => ({
  caches: (await caches.keys()).map((name) => name.split(" ")[3]).sort(),
  workers: (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname),
})"""
NOTHING = {"caches": [], "workers": []}
# One page of each kind that a family may need in a place without a net.
PAGES = (
    "",
    "guide",
    "guide/under-13",
    "guide/under-13/join",
    "guide/under-13/ready",
    "guide/under-13/all",
    "day",
    "help",
    "help/sound",
    "check",
    "check/camera",
    "child",
    "child/3-6/1",
    "child/7-9/2",
    "child/10-12/3",
    "card",
    "practice",
    "about/privacy",
    "offline",
)


class OwnServer:
    """A server that a test may stop, and start again at the same address."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.running = Server(folder)
        self.url, self.port = self.running.url, self.running.port

    def stop(self) -> None:
        self.running.stop()

    def again(self, **settings: str) -> None:
        self.running = Server(self.folder, port=self.port, **settings)


@pytest.fixture
def own_server(tmp_path):
    running = OwnServer(tmp_path)
    yield running
    running.stop()


BOTH = pytest.mark.parametrize("page", ["chromium", "firefox"], indirect=True)
FIREFOX_IN_EVERY = pytest.mark.parametrize(
    "page", ["chromium", pytest.param("firefox", marks=pytest.mark.every)], indirect=True
)


@pytest.fixture
def page(request, playwright_engine, launch, own_server):
    """A page in the engine that the test names."""
    if request.param == "chromium":
        browser = launch("--use-fake-device-for-media-stream")
        options = {**PHONE, "permissions": ["camera", "microphone"]}
    else:
        path = shutil.which("firefox-esr") or shutil.which("firefox")
        browser = playwright_engine.firefox.launch(channel="moz-firefox", executable_path=path)
        options = {"viewport": PHONE["viewport"]}
    context = browser.new_context(base_url=own_server.url, **options)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    browser.close()
    # Firefox tells as an error that the camera page's policy refuses it an icon; that is the policy's work.
    assert not [said for said in broken if "favicon.ico" not in said]


def save(page, home: str = HOME) -> None:
    """From the plan to the button, and until it says that all is saved."""
    page.goto(f"{home}guide/under-13#t=20991201T1000")
    page.get_by_role("link", name="Spara för att läsa utan nät").click()
    expect(page.locator("main")).to_contain_text("MB att hämta")
    assert page.evaluate(KEPT) == NOTHING, "nothing is kept before somebody presses"
    page.locator("[data-offline-save]").click()
    expect(page.get_by_text("Sparat. Sidorna går att öppna utan nät.")).to_be_visible(timeout=120_000)


def until(page, truth: str) -> None:
    """Waits for what only the browser's store can tell."""
    deadline = time.monotonic() + 30
    while not page.evaluate(truth):
        assert time.monotonic() < deadline, truth
        page.wait_for_timeout(100)


@BOTH
def test_the_saved_pages_open_without_a_net_and_say_their_day(page, own_server):
    save(page)
    assert page.evaluate(KEPT) == {"caches": ["childrens", "pages"], "workers": [HOME]}
    own_server.stop()
    for path in PAGES:
        answer = page.goto(HOME + path)
        assert answer.status == 200, path
        assert "content-security-policy" in answer.headers, path
        expect(page.locator(".saved")).to_be_visible()
        assert SAVED.search(page.locator(".saved").inner_text()), path
    page.goto(f"{HOME}guide/under-13#t=20991201T1000")
    expect(page.locator("[data-date]")).to_contain_text("1 december")
    page.goto(f"{HOME}child/3-6/1")
    page.click("a[rel=next]")
    expect(page).to_have_url(re.compile("child/3-6/2"))
    for path in ("youth", "after"):
        page.goto(HOME + path)
        expect(page.get_by_text("Sidan du ville till är inte sparad.")).to_be_visible()
    page.goto(f"{HOME}offline")
    page.locator("[data-offline-erase]").click()
    expect(page.get_by_text("Raderat. Inget sparat är kvar på enheten.")).to_be_visible()
    assert page.evaluate(KEPT) == NOTHING


@FIREFOX_IN_EVERY
def test_the_rehearsal_starts_without_a_net_and_leaving_erases_the_childrens_part(page, own_server):
    save(page)
    page.goto(f"{HOME}card")
    page.locator("textarea").first.fill("Kometen")
    page.locator("[data-save]").click()
    own_server.stop()
    page.goto(f"{HOME}practice")
    page.locator("[data-screen=name] [data-action=next]").click()
    page.locator("[data-action=start]").click()
    expect(page.locator("[data-call]")).to_be_visible()
    words = (
        "async () => { for (const name of await caches.keys()) { const one = await caches.open(name);"
        " for (const at of await one.keys()) if ((await (await one.match(at)).text()).includes('Kometen'))"
        " return at.url; } return 'nowhere'; }"
    )
    assert page.evaluate(words) == "nowhere", "the card's words are in no saved page"
    page.context.route(re.compile("smhi"), lambda route: route.fulfill(body="<title>weather</title>"))
    page.goto(f"{HOME}child/3-6/1")
    page.click("header a[data-leave]")
    page.wait_for_url(re.compile("smhi"))
    page.goto(f"{HOME}guide/under-13")
    expect(page.locator(".saved")).to_be_visible()
    assert page.evaluate(KEPT)["caches"] == ["pages"]
    page.goto(f"{HOME}child/3-6/1")
    expect(page.get_by_text("Sidan du ville till är inte sparad.")).to_be_visible()


@FIREFOX_IN_EVERY
def test_a_changed_text_is_shown_at_the_next_load_and_taken_over_in_the_copy(page, own_server):
    """F17, and the switch that ends all copies."""
    save(page)
    page.goto(f"{HOME}child")  # erased by hand, as «Lämna sidan» does
    page.evaluate(
        "async () => { for (const name of await caches.keys()) if (name.endsWith('childrens'))"
        " await caches.delete(name) }"
    )
    version, body = published.read_published(own_server.folder / PUBLISHED)
    body = directory.merge(body, {"clinics": [{**clinic_of(body), "name": "Stjärnan"}]})
    own_server.stop()
    published.write_published(own_server.folder / PUBLISHED, body, version + 1)
    own_server.again()
    page.goto(HOME)
    expect(page.locator("body")).to_contain_text("Stjärnan")
    expect(page.locator(".saved")).to_be_hidden()
    taken_over = (
        "async () => (await (await caches.match('/sv/m/D3M0/day')).text()).includes('version') && "
        "(await (await caches.match('/sv/m/D3M0/')).text()).includes('Stjärnan')"
    )
    until(page, taken_over)
    own_server.stop()
    page.goto(HOME)
    expect(page.locator("body")).to_contain_text("Stjärnan")
    expect(page.locator(".saved")).to_be_visible()
    assert page.evaluate(KEPT)["caches"] == ["pages"], "what was erased does not come back"

    own_server.again(OFFLINE_COPY="0")
    page.goto(f"{HOME}guide/under-13")
    expect(page.get_by_role("link", name="Spara för att läsa utan nät")).to_have_count(0)
    until(page, "async () => (await caches.keys()).length === 0")
    assert page.goto("/sv/m/V3ST/offline").status == 404


def clinic_of(body) -> dict:
    return next(clinic for clinic in body["clinics"] if clinic["code"] == "D3M0")


@FIREFOX_IN_EVERY
def test_a_copy_without_a_clinic_and_a_net_that_breaks_while_it_is_saved(page, own_server):
    page.goto("/sv/offline")
    own_server.stop()
    page.locator("[data-offline-save]").click()
    expect(page.get_by_text("Det gick inte att spara.")).to_be_visible()
    assert page.evaluate(KEPT) == NOTHING
    own_server.again()
    save(page, "/sv/")
    own_server.stop()
    page.goto("/sv/day")
    expect(page.locator(".saved")).to_be_visible()
