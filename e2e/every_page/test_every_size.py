"""For `./test every`: each public page in each language, and in pseudo-languages, is as wide as the screen
in every size; and two more checkers than axe look at it."""

import json
from pathlib import Path

import pseudo
import pytest
from devices import EVERY, PHONE
from test_layout import TOO_WIDE
from test_pseudo_languages import LAY_OPEN

from patient_app.web.languages import LANGUAGES

pytestmark = pytest.mark.every

MODULES = Path(__file__).parents[2] / ".venv" / "checkers" / "node_modules"
CODESNIFFER = MODULES / "html_codesniffer" / "build" / "HTMLCS.js"
IBM = MODULES / "accessibility-checker-engine" / "ace-window.js"
# Errors only: what these two call a warning is a question to a person. Left out of the first: contrast, which
# axe measures in both themes; links that hold a named picture (H91) or a choice in the fragment (NoSuchID),
# which it takes for empty or broken.
SNIFF = """() => new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(
  HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR && !/1_4_3|H91[.]A[.]NoContent|NoSuchID/.test(m.code))
    .map(m => m.code.split(".").slice(3).join(".") + ": " + m.msg + " " + (m.element.outerHTML || "").slice(0, 120)))))"""  # noqa: E501
ASK_IBM = """async () => (await new ace.Checker().check(document, ["WCAG_2_2"])).results
  .filter(r => r.value[0] === "VIOLATION" && r.value[1] === "FAIL")
  .map(r => r.ruleId + ": " + r.message + " " + r.snippet.slice(0, 120))"""


@pytest.fixture
def reader(plain_chromium):
    """A page past our policy, on the server that the test names."""
    opened = []

    def open_on(url: str, *scripts: Path):
        context = plain_chromium.new_context(base_url=url, bypass_csp=True, reduced_motion="reduce", **PHONE)
        for script in scripts:
            context.add_init_script(path=script)
        opened.append(context)
        return context.new_page()

    yield open_on
    for context in opened:
        context.close()


@pytest.mark.parametrize("prefix", ["", "m/D3M0/", "m/V3ST/", "m/N0RR/"])
@pytest.mark.parametrize("language", [*LANGUAGES, *pseudo.CODES])
def test_every_page_fits_every_screen(reader, pseudo_server, paths, at_sizes, language, prefix):
    assert EVERY, "./test every asks for all sizes"
    page, wrong = reader(pseudo_server.url), []
    for swedish in paths(prefix, languages=("sv",)):
        if "/support" in swedish:
            continue
        path = f"/{language}{swedish[3:]}"
        page.goto(path)
        page.evaluate(LAY_OPEN)
        for size in at_sizes(page):
            wrong += [f"{path}, {size}: {what}" for what in page.evaluate(TOO_WIDE)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "checker, script", [(CODESNIFFER, SNIFF), (IBM, ASK_IBM)], ids=["codesniffer", "ibm"]
)
@pytest.mark.parametrize("prefix", ["", "m/D3M0/"])
def test_a_second_and_a_third_checker_find_nothing(reader, server, paths, checker, script, prefix):
    if not checker.is_file():
        pytest.skip("npm could not install it: scripts/see_to_checkers.sh")
    page, found = reader(server.url, checker), {}
    for path in paths(prefix, languages=("sv",)):
        page.goto(path)
        page.evaluate(LAY_OPEN)
        for what in page.evaluate(script):
            found.setdefault(what, path)
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)
