"""Every guide page at 320 px, with text twice as large, right to left, in the dark and in forced colours:
nothing is cut off, nothing is scrolled sideways, what one presses is large enough. The pictures are saved
under shots/ for eyes."""

from pathlib import Path

import pytest
from devices import PHONE

SHOTS = Path(__file__).parents[2] / "shots"
SHOWN = (
    "/sv/",
    "/sv/guide",
    "/en/guide/under-13",
    "/en/guide/under-13/before",
    "/en/m/D3M0/guide/under-13/add-child",
    "/sv/guide/under-13/all",
    "/sv/day#t=20261124T1000",
    "/en/help",
    "/sv/help/sound",
    "/sv/about/accessibility",
    "/en/m/N0RR/guide/under-13/find-visit",
)
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth, out = [];
  for (const e of document.querySelectorAll("body *")) {
    const box = e.getBoundingClientRect();
    if (box.width && !e.closest("svg, .screen-reader-only, .skip, .lang ul, [aria-hidden]") && (box.right > wide + 1 || box.left < -1))
      out.push(e.tagName + "." + e.className + ": " + e.textContent.trim().slice(0, 40));
  }
  return document.documentElement.scrollWidth > wide ? ["the page itself", ...out] : out;
}"""  # noqa: E501
SMALL = """() => [...document.querySelectorAll(".btn, .door, .quick a, .link-rows a, .choice, .bar a, summary, input:not([type=radio])")]
  .filter(e => e.offsetParent && (e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44))
  .map(e => e.textContent.trim().slice(0, 40) + " " + JSON.stringify(e.getBoundingClientRect()))"""  # noqa: E501
LOOKS = {
    "narrow": ({"viewport": {"width": 320, "height": 640}}, ""),
    "large-text": ({}, "document.documentElement.style.fontSize = '200%'"),
    "right-to-left": ({"viewport": {"width": 320, "height": 640}}, "document.documentElement.dir = 'rtl'"),
    "dark": ({"color_scheme": "dark"}, ""),
    "forced-colours": ({"forced_colors": "active"}, ""),
}


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_cut_off_and_all_can_be_pressed(plain_chromium, server, look):
    SHOTS.mkdir(exist_ok=True)
    how, script = LOOKS[look]
    context = plain_chromium.new_context(
        base_url=server.url, reduced_motion="reduce", bypass_csp=True, **{**PHONE, **how}
    )
    page = context.new_page()
    wrong = []
    for path in SHOWN:
        page.goto(path)
        if script:
            page.evaluate(script)
        page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
        wrong += [f"{path} too wide: {what}" for what in page.evaluate(TOO_WIDE)]
        wrong += [f"{path} too small: {what}" for what in page.evaluate(SMALL)]
        page.screenshot(path=SHOTS / f"{look}{path.split('#')[0].replace('/', '-')}.png", full_page=True)
    context.close()
    assert not wrong, "\n".join(wrong)


def test_with_large_text_the_bar_leaves_most_of_the_screen_to_the_page(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    page.goto("/en/guide/under-13/add-child")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.locator(".bar").bounding_box()["height"] < PHONE["viewport"]["height"] / 2
    context.close()
