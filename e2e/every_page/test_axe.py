"""axe finds nothing: common and demo pages, both languages, both themes; the other clinics where their HTML
differs. Pages that differ in
words and addresses alone are looked at once in each language.
Support's pages have states of their own and are looked at in journeys/test_support_share.py, the staff's in
test_staff_in_a_browser.py."""

import re
from functools import cache
from urllib.request import urlopen

import pytest
from axe import SCRIPT
from devices import PHONE

# Everything that folds is laid open. At the end of the page what stays in sight lies where it belongs, below
# the text; before that it covers what is scrolled past it, and axe, which looks at one moment, would name
# what is covered.
LAY_OPEN = """() => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
  scrollTo({top: document.body.scrollHeight, behavior: "instant"});
}"""


@pytest.fixture(scope="module")
def reader(plain_chromium, server):
    """One page for all, with axe in each document it opens, past our policy; the pages themselves keep it."""
    context = plain_chromium.new_context(
        base_url=server.url, bypass_csp=True, reduced_motion="reduce", **PHONE
    )
    context.add_init_script(SCRIPT)
    yield context.new_page()
    context.close()


def parts(html: str) -> tuple[str, str]:
    """A page's body and its footer, as far as axe can tell them from others: that there are words, a label,
    an address, but not which."""
    html = re.sub(r'<style>.*?</style>|<p class="clinic">.*?</p>', "", html, flags=re.S)
    html = re.sub(
        r' (href|src|content|action|value|data-[\w-]+|aria-label|d|points|transform)="[^"]+"',
        r' \1="…"',
        html,
    )
    html = re.sub(r">[^<]*[^<\s][^<]*<", ">…<", html)
    body, foot, end = html.partition("<footer")
    return body + end.partition("</footer>")[2], foot + end.partition("</footer>")[0]


def findings(reader, eyes, path: str) -> list[str]:
    reader.goto(path)
    reader.evaluate(LAY_OPEN)
    return eyes.findings(reader, path)


@pytest.fixture(scope="module")
def pages(paths, server):
    """`pages("m/D3M0/", "sv")`: address and HTML of a clinic's pages, or with "" of the common ones, in a
    language."""

    @cache
    def of(prefix: str, language: str) -> dict[str, str]:
        own = [path for path in paths(prefix, languages=(language,)) if f"/{prefix}support" not in path]
        return {path: urlopen(server.url + path).read().decode() for path in own}

    return of


@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.every)])
def test_axe_finds_nothing_on_common_and_demo_pages(reader, eyes, pages, language):
    known, found = set(), []
    for path, html in (pages("", language) | pages("m/D3M0/", language)).items():
        if set(parts(html)) - known:
            known |= set(parts(html))
            found += findings(reader, eyes, path)
    assert len(known) > 130
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_another_clinics_pages_differ(reader, eyes, pages):
    known = {
        part for prefix in ("", "m/D3M0/") for html in pages(prefix, "sv").values() for part in parts(html)
    }
    looked_at, found = [], []
    for path, html in (pages("m/V3ST/", "sv") | pages("m/N0RR/", "sv")).items():
        if set(parts(html)) - known:
            known |= set(parts(html))
            looked_at.append(path)
            found += findings(reader, eyes, path)
    assert {"/sv/m/V3ST/guide/under-13/add-child", "/sv/m/N0RR/guide/under-13/before"} <= set(looked_at)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_any_screen_of_the_rehearsal(reader, eyes):
    found = []

    def look(screen):
        reader.wait_for_selector(f"section[data-screen={screen}]:not([hidden])")
        found.extend(eyes.findings(reader, f"/sv/practice {screen}"))

    def press(action):
        reader.locator(f"[data-action={action}]:visible").first.click()

    reader.goto("/sv/practice#c=5")
    look("name")
    press("next")
    look("allow")
    press("skip")
    look("look")
    press("connect")
    look("wait")
    for screen in ("hello", "hear", "wave", "say", "toy", "bye"):
        press("next")
        look(screen)
    press("pause")
    look("pause")
    press("on")
    press("swap")
    look("swap")
    press("answer")
    look("swap")
    press("next")
    look("end")
    assert not found, "\n".join(found)
