"""Every page of the stories and of the youth's pages, on seven screens: heading, first sentence, picture and
the way on are seen without scrolling, and the way out stands in a header that stays. In Swedish, in English,
and in two pseudo-languages: words four tenths longer, and from the right."""

import sys

import pseudo
import pytest
from serving import ROOT, Server

from patient_app.children.pages import story_addresses, youth_addresses

SIZES = ((360, 640), (390, 664), (375, 553), (844, 390), (820, 1180), (1280, 720), (320, 568))
PAGES = [
    *(f"child/{page['band']}/{page['number']}" for page in story_addresses()),
    *(f"youth/{page['slug']}" for page in youth_addresses()),
]
SMALLEST = 96, 72  # a picture smaller than this is no picture
SEEN = """([least, low]) => {
  const inside = (box) => box.width > 0 && box.left >= -1 && box.right <= innerWidth + 1;
  const top = document.querySelector(".top").getBoundingClientRect().bottom;
  const bottom = document.querySelector(".dock").getBoundingClientRect().top;
  const between = (box) => inside(box) && box.top >= top - 1 && box.bottom <= bottom + 1;
  const text = document.querySelector(".story > p").firstChild;
  const first = document.createRange();
  first.setStart(text, 0);
  first.setEnd(text, (/[.?:](?= |$)/.exec(text.data) || { index: text.length - 1 }).index + 1);
  const whole = (one) => {
    const box = document.querySelector(one).getBoundingClientRect();
    return inside(box) && box.top >= 0 && box.bottom <= innerHeight + 1;
  };
  const picture = document.querySelector(".scene > svg").getBoundingClientRect();
  const wrong = [];
  if (!between(picture)) wrong.push("the picture " + JSON.stringify(picture));
  if (picture.width < least || picture.height < low) wrong.push("a small picture " + JSON.stringify(picture));
  if (!between(document.querySelector("h1").getBoundingClientRect())) wrong.push("the heading");
  if (!between(first.getBoundingClientRect())) wrong.push("the first sentence");
  if (!whole(".dock .btn.fill")) wrong.push("the way on");
  if (!whole(".top .leave")) wrong.push("the way out");
  if (document.documentElement.scrollWidth > innerWidth) wrong.push("a page wider than the screen");
  if (bottom - top < innerHeight / 2) wrong.push("header and bar take more than half");
  scrollTo(0, document.documentElement.scrollHeight);
  if (!whole(".top .leave")) wrong.push("the way out, scrolled to the end");
  if (document.querySelector("nav [data-leave]")) wrong.push("the way out beside the way on");
  scrollTo(0, 0);
  return wrong;
}"""


@pytest.fixture(scope="module")
def in_every_language(tmp_path_factory):
    """The app with the pseudo-languages in it."""
    program = (sys.executable, str(ROOT / "tests" / "pseudo.py"))
    running = Server(tmp_path_factory.mktemp("pseudo"), program=program)
    yield running
    running.stop()


@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.every), *pseudo.CODES])
def test_a_page_of_the_book_is_seen_without_scrolling(plain_chromium, in_every_language, language):
    context = plain_chromium.new_context(base_url=in_every_language.url, reduced_motion="reduce")
    page = context.new_page()
    hidden = []
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        for width, height in SIZES:  # one load, seven windows: a page asks nothing of its size when it comes
            page.set_viewport_size({"width": width, "height": height})
            hidden += [f"{width}x{height} {path}: {what}" for what in page.evaluate(SEEN, SMALLEST)]
    context.close()
    assert not hidden, "\n".join(hidden)
