"""A family's pages on every screen: nothing is scrolled sideways, the bar is one low row that covers nothing,
the first useful thing stands in the first view, furniture is at most a third of a task's page, and what one
presses is as large as a thumb. A page is opened once and its window made another size."""

import pseudo
import pytest
from devices import EVERY, PHONE
from test_layout import TOO_WIDE

from patient_app.clinics.settings import VisitProfile
from patient_app.guide.steps import GUIDE

SOON = "#t=20991124T1000"
TASKS = [step.slug for step in GUIDE.steps_for(GUIDE.routes[0], VisitProfile()) if not step.closing]
# What one came for, by page: it is seen before anything is scrolled.
FIRST = {
    "": ".door.main",
    "guide": "fieldset .choice",
    f"guide/under-13{SOON}": ".path > .is-next a",
    **{f"guide/under-13/{slug}": ".moves .move-title" for slug in TASKS},
    "guide/under-13/join": ".moves .move-title",
    f"guide/under-13/ready{SOON}": ".note-card .when[data-with-time]",
    "guide/under-13/all": ".title .lead",
    f"day{SOON}": ".clock",
    "help": ".title .lead",
    "help/child-missing": ".lead",
    "help/button-dead": ".moves > li, .lead",
    "help/cannot-come": ".lead",
    "help/no-device": ".lead",
    "guide/13-17": ".path > .is-next a",
    "guide/other-adult": ".path > .is-next a",
    "guide/guardian-13-17": ".path > .is-next a",
}
SMS_AND_APP = ["", f"guide/under-13{SOON}", "guide/under-13/find-visit", "guide/under-13/join", f"day{SOON}"]
LOOK = """first => {
  const wrong = [], seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const box = (element) => element.getBoundingClientRect();
  const bar = document.querySelector(".bar"), stuck = bar && getComputedStyle(bar).position === "sticky";
  scrollTo({ top: 0, behavior: "instant" });
  const useful = [...document.querySelectorAll(first)].find(seen);
  const low = stuck ? box(bar).top : innerHeight;
  if (!useful) wrong.push("nothing useful: " + first);
  else if (box(useful).bottom > low + 1) wrong.push(`${first} ends at ${Math.round(box(useful).bottom)}, seen are ${Math.round(low)}`);
  if (bar && seen(bar)) {
    const buttons = [...bar.children].filter(seen), tops = buttons.map((one) => box(one).top + box(one).height / 2);
    if (Math.max(...tops) - Math.min(...tops) > 2) wrong.push("the bar has two rows");
    if (stuck && box(bar).height > 0.15 * 664) wrong.push(`the bar is ${box(bar).height} px high`);
    if (stuck && box(bar).height > 0.2 * innerHeight) wrong.push("the bar takes a fifth of the window");
  }
  const pressed = [...document.querySelectorAll("a, button, summary, select, input:not([type=radio]), label:has(input)")]
    .filter((one) => seen(one) && !one.matches(".skip") && !one.closest(".screen-reader-only"));
  for (const one of pressed) {
    const { height, width } = box(one), words = one.textContent.trim().slice(0, 40);
    if (getComputedStyle(one).display !== "inline" && (height < 43.5 || width < 43.5) && !one.matches("[aria-hidden]"))
      wrong.push(`${words}: ${Math.round(width)}x${Math.round(height)}`);
    if (!stuck || bar.contains(one) || !one.closest("main")) continue;
    one.scrollIntoView({ block: "nearest", behavior: "instant" });
    if (height < innerHeight / 2 && box(one).bottom > box(bar).top + 1 && box(one).top < box(bar).bottom - 1)
      wrong.push(words + ": under the bar");
  }
  scrollTo({ top: 0, behavior: "instant" });
  return wrong;
}"""  # noqa: E501
FURNITURE = """() => {
  const parts = [...document.querySelectorAll("#trouble, .tools, .foot")];
  const height = parts.reduce((sum, one) => sum + one.offsetHeight, 0);
  return height / document.documentElement.scrollHeight;
}"""


@pytest.fixture(scope="module")
def reader(plain_chromium, pseudo_server):
    context = plain_chromium.new_context(base_url=pseudo_server.url, reduced_motion="reduce", **PHONE)
    yield context.new_page()
    context.close()


def looked_at(page, at_sizes, path: str, first: str) -> list[str]:
    """What is wrong with one page in any size."""
    page.goto("about:blank")  # another fragment alone would not load the page again
    page.goto(path)
    wrong, task = [], any(path.endswith(f"under-13/{slug}") for slug in TASKS)
    for size in at_sizes(page):
        wrong += [f"{path}, {size}: {what}" for what in page.evaluate(TOO_WIDE) + page.evaluate(LOOK, first)]
        one_column = page.viewport_size["width"] < 960
        if task and one_column and (share := page.evaluate(FURNITURE)) > 1 / 3:
            wrong.append(f"{path}, {size}: furniture takes {share:.2f}")
    return wrong


LANGUAGES = ["sv", *(pytest.param(code, marks=pytest.mark.every) for code in ("en", *pseudo.CODES))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_familys_pages_hold_on_every_screen(reader, at_sizes, language):
    wrong = []
    for path, first in FIRST.items():
        wrong += looked_at(reader, at_sizes, f"/{language}/m/D3M0/{path}", first)
    for path in SMS_AND_APP if EVERY else SMS_AND_APP[1:3]:
        for clinic in ("", "m/V3ST/", "m/N0RR/"):
            wrong += looked_at(reader, at_sizes, f"/{language}/{clinic}{path}", FIRST[path])
    assert not wrong, "\n".join(wrong)


def test_the_day_shows_time_button_and_all_moves_in_the_first_view(reader):
    reader.set_viewport_size({"width": 390, "height": 664})
    reader.goto("about:blank")
    reader.goto(f"/sv/m/D3M0/day{SOON}")
    low = reader.locator(".bar").bounding_box()["y"]
    for part in (".clock-time", "[data-join-time]", ".btn.huge", ".mini-moves > li:last-child p"):
        box = reader.locator(part).bounding_box()
        assert box["y"] + box["height"] <= low, part


@pytest.mark.parametrize("path", ["", "guide/under-13", "guide/13-17"])
def test_from_a_quarter_before_the_time_the_day_comes_first(plain_chromium, server, path):
    context = plain_chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-24T09:46+01:00")
    page.goto(f"/sv/m/D3M0/{path}#t=20261124T1000")
    leads = page.locator("main a:visible").first
    assert leads.get_attribute("href").startswith("/sv/m/D3M0/day"), "the first link is the day's"
    box = leads.bounding_box()
    assert box["y"] + box["height"] <= PHONE["viewport"]["height"] / 2
    page.clock.set_fixed_time("2026-11-24T09:40+01:00")
    page.reload()
    assert not page.locator("[data-soon]").is_visible()
    context.close()
