"""axe finds nothing: common and demo pages, both languages, both themes; the other clinics where their HTML differs. Pages that differ in
words and addresses alone are looked at once in each language.
Support's pages have states of their own and are looked at in journeys/test_support_share.py, the staff's in test_staff_in_a_browser.py."""

import re
from functools import cache
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from devices import PHONE

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules that read colours: asked in both themes, once for pages that differ in words alone. All others are asked once, on every page.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
EVERYTHING = {"runOnly": {"type": "tag", "values": STANDARDS}}
ALL_BUT_COLOURS = {**EVERYTHING, "rules": {rule: {"enabled": False} for rule in COLOURS["runOnly"]["values"]}}
LOOK = """async options => (await axe.run(document, {...options, resultTypes: ["violations"], iframes: false, preload: false})).violations
  .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)} ${node.failureSummary.slice(0, 240)}`))"""
# Everything that folds is laid open. At the end of the page what stays in sight lies where it belongs, below the text;
# before that it covers what is scrolled past it, and axe, which looks at one moment, would name what is covered.
LAY_OPEN = """() => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
  scrollTo({top: document.body.scrollHeight, behavior: "instant"});
}"""


@pytest.fixture(scope="module")
def reader(plain_chromium, server):
    """One page for all, with axe in each document it opens, past our policy; the pages themselves keep it."""
    context = plain_chromium.new_context(
        base_url=server.url, bypass_csp=True, reduced_motion="reduce", **{**PHONE, "device_scale_factor": 1}
    )
    context.add_init_script(Axe().axe_script)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def shapes() -> set[str]:
    """The structures whose colours were looked at: other words on the same parts have the same colours."""
    return set()


def parts(html: str) -> tuple[str, str]:
    """A page's body and its footer, as far as axe can tell them from others: that there are words, a label, an address, but not which."""
    html = re.sub(r'<style>.*?</style>|<p class="clinic">.*?</p>', "", html, flags=re.S)
    html = re.sub(
        r' (href|src|content|action|value|data-[\w-]+|aria-label|d|points|transform)="[^"]+"',
        r' \1="…"',
        html,
    )
    html = re.sub(r">[^<]*[^<\s][^<]*<", ">…<", html)
    body, foot, end = html.partition("<footer")
    return body + end.partition("</footer>")[2], foot + end.partition("</footer>")[0]


def findings(reader, shapes, path: str, html: str) -> list[str]:
    shape = re.sub(r'<html lang="\w+"', "", "".join(parts(html)))
    seen = shape in shapes
    shapes.add(shape)
    reader.emulate_media(color_scheme="light")
    reader.goto(path)
    reader.evaluate(LAY_OPEN)
    found = [
        f"{path} (light) {what}" for what in reader.evaluate(LOOK, ALL_BUT_COLOURS if seen else EVERYTHING)
    ]
    if not seen:
        reader.emulate_media(color_scheme="dark")
        found += [f"{path} (dark) {what}" for what in reader.evaluate(LOOK, COLOURS)]
    return found


@pytest.fixture(scope="module")
def pages(paths, server):
    """`pages("m/D3M0/", "sv")`: address and HTML of a clinic's pages, or with "" of the common ones, in a language."""

    @cache
    def of(prefix: str, language: str) -> dict[str, str]:
        own = [path for path in paths(prefix, languages=(language,)) if f"/{prefix}support" not in path]
        return {path: urlopen(server.url + path).read().decode() for path in own}

    return of


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_on_common_and_demo_pages(reader, shapes, pages, language):
    known, found = set(), []
    for path, html in (pages("", language) | pages("m/D3M0/", language)).items():
        if set(parts(html)) - known:
            known |= set(parts(html))
            found += findings(reader, shapes, path, html)
    assert len(known) > 130
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_another_clinics_pages_differ(reader, shapes, pages):
    known = {
        part for prefix in ("", "m/D3M0/") for html in pages(prefix, "sv").values() for part in parts(html)
    }
    looked_at, found = [], []
    for path, html in (pages("m/V3ST/", "sv") | pages("m/N0RR/", "sv")).items():
        if set(parts(html)) - known:
            known |= set(parts(html))
            looked_at.append(path)
            found += findings(reader, shapes, path, html)
    assert {"/sv/m/V3ST/guide/under-13/add-child", "/sv/m/N0RR/guide/under-13/before"} <= set(looked_at)
    assert not found, "\n".join(found)
