"""With a real tap what runs is in view: the row, the sentence to read, the question about the tones.

A test tool's click scrolls by itself and would hide that it is not.
"""

import media
import pytest
from playwright.sync_api import expect

from patient_app.web.languages import STAFF_CODES

SIZES = [(320, 568), (360, 640), (390, 664), (844, 390)]

# Where the window stands whenever it moves, and what runs then.
WATCH = """
window.moves = [];
addEventListener("scroll", () => {
  const row = document.querySelector("[data-check][data-state=running]");
  moves.push([row && row.dataset.check, Math.round(scrollY)]);
});
"""


@pytest.fixture(scope="module")
def fed_browser(playwright_engine, tmp_path_factory):
    from serving import chromium

    folder = tmp_path_factory.mktemp("media")
    browser = chromium(
        playwright_engine,
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={media.picture(folder, 'good')}",
        f"--use-file-for-fake-audio-capture={media.sound(folder, 'good')}",
    )
    yield browser
    browser.close()


def tap(page, selector):
    """A finger on what is seen; nothing is scrolled for it."""
    box = page.locator(selector).bounding_box()
    assert box, f"{selector} is not there"
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert 0 <= y <= page.viewport_size["height"], f"{selector} is out of view"
    page.touchscreen.tap(x, y)


def is_in_view(page, selector):
    """The whole of it, and nothing of the page lies on it."""
    return page.locator(selector).evaluate(
        """(element) => {
          const { top, bottom, left, width } = element.getBoundingClientRect();
          const at = (y) => document.elementFromPoint(left + width / 2, y);
          const free = [top + 2, (top + bottom) / 2, bottom - 2].every((y) => element.contains(at(y)));
          return top >= 0 && bottom <= innerHeight && free;
        }"""
    )


@pytest.mark.parametrize("language", STAFF_CODES)
@pytest.mark.parametrize("width, height", SIZES)
def test_what_runs_is_in_view_after_one_tap(fed_browser, server, width, height, language):
    context = fed_browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": height},
        has_touch=True,
        is_mobile=True,
        permissions=["camera", "microphone"],
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"/{language}/check/camera")
    start = page.locator('[data-action="start"]')
    expect(start).to_be_visible()
    if height < 500:
        start.scroll_into_view_if_needed()
    tap(page, '[data-action="start"]')
    camera, microphone, speaker = (f'[data-check="{check}"]' for check in ("camera", "microphone", "speaker"))
    expect(page.locator(camera)).to_have_attribute("data-state", "running")
    expect(page.locator(camera)).to_be_focused()
    assert is_in_view(page, camera)
    expect(page.locator(f'{microphone} [data-when="talk"]').first).to_be_visible(timeout=25_000)
    assert is_in_view(page, f'{microphone} p[data-when="talk"]'), "the sentence to read"
    assert is_in_view(page, f"{microphone} .meter-row")
    expect(page.locator(microphone)).to_be_focused()
    expect(page.locator(f'{speaker} [data-action="heard"]')).to_be_visible(timeout=25_000)
    assert is_in_view(page, f'{speaker} p[data-when="ask"]'), "the question about the tones"
    expect(page.locator(speaker)).to_be_focused()
    moves = page.evaluate("moves")
    tap(page, f'{speaker} [data-action="heard"]')
    expect(page.locator("[data-overall] h2:visible")).to_be_focused()
    assert is_in_view(page, "[data-overall] h2:visible")
    places = [place for i, (_check, place) in enumerate(moves) if i == 0 or place != moves[i - 1][1]]
    assert len(places) <= 2, f"the window moved more than once a run and once when the picture went: {moves}"
    context.close()


def test_the_button_that_starts_is_an_early_tab_stop(phone):
    phone.goto("/sv/check/camera")
    expect(phone.locator('[data-action="start"]')).to_be_visible()
    stops = []
    for _ in range(5):
        phone.keyboard.press("Tab")
        stops.append(phone.evaluate("document.activeElement.dataset.action"))
    assert "start" in stops


def test_someone_with_a_screen_reader_is_told_before_it_starts(phone):
    phone.goto("/sv/check/camera")
    told = phone.get_by_text("så att mikrofonen hör dig och inte skärmläsaren")
    assert told.evaluate(
        "(told) => !!(told.compareDocumentPosition(document.querySelector('[data-action=start]'))"
        " & Node.DOCUMENT_POSITION_FOLLOWING)"
    )
