"""Whatever letters there are: pages fit a phone's screen, with DejaVu and with Liberation. On paper:
journeys/test_print_and_calendar.py, with both."""

import letters
import pytest
from devices import PHONE
from test_layout import SHOWN, TOO_WIDE


@pytest.fixture(scope="module")
def reader(lettered_chromium, server):
    context = lettered_chromium.new_context(base_url=server.url, reduced_motion="reduce", **PHONE)
    yield context.new_page()
    context.close()


def test_the_browser_has_the_letters_it_should_and_no_others(reader, lettered_chromium, server):
    reader.goto("/sv/")
    devtools = reader.context.new_cdp_session(reader)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    heading = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    assert {font["familyName"] for font in fonts} == {letters.FAMILIES[lettered_chromium.letters]}


def test_nothing_is_cut_off_with_these_letters(reader):
    wrong = []
    for path in SHOWN:
        reader.goto(path)
        reader.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
        wrong += [f"{path}: {what}" for what in reader.evaluate(TOO_WIDE)]
    assert not wrong, "\n".join(wrong)
