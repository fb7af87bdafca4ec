"""The way to the waiting room with Tab, Enter, Space and arrows alone, and where the focus stands on the
way."""

import pytest
from pages.guide import Day, Plan, Problem, Questions, Step

FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const bar = document.querySelector(".bar"), lies = bar && !bar.contains(e) ? bar.getBoundingClientRect() : null;
  const beside = !lies || lies.right <= box.left || lies.left >= box.right; // on a wide screen it has a column of its own
  const top = !beside && box.top < lies.bottom ? lies.top : innerHeight;
  return {tag: e.tagName, id: e.id, href: e.getAttribute("href") || "", name: e.name || "", value: e.value || "", inBar: !!e.closest(".bar"),
    outline: parseFloat(style.outlineWidth) || 0, top: box.top, bottom: box.bottom, bar: top};
}"""  # noqa: E501


class Keyboard:
    """Someone who has no mouse and no touch."""

    def __init__(self, page):
        self.page = page

    @property
    def focus(self):
        return self.page.evaluate(FOCUS)

    def tab_to(self, wanted, limit=60):
        """Presses Tab until the focus stands on what is wanted; the focus must show, and nothing may cover
        it."""
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            found = self.focus
            if found["tag"] == "BODY":
                continue
            assert found["outline"] >= 2, f"the focus cannot be seen on {found}"
            assert found["top"] < found["bar"] and found["bottom"] > 0, f"the focus is hidden: {found}"
            if wanted(found):
                return found
        raise AssertionError(f"not reached with Tab on {self.page.url}")

    def link(self, ending):
        self.tab_to(lambda at: at["href"].split("#")[0].endswith(ending))
        self.page.keyboard.press("Enter")

    def choose(self, name, value):
        """Into the group of radio buttons with Tab, to the right one with the arrows."""
        self.tab_to(lambda at: at["name"] == name)
        self.page.keyboard.press("Space")
        for _ in range(3):
            if self.focus["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name}={value} is not reached with the arrows")

    def done(self):
        """Tabs to the filled button of the bar."""
        self.tab_to(lambda at: at["inBar"] and not at["href"].endswith("#went-wrong"))
        self.page.keyboard.press("Enter")


@pytest.fixture
def desk(plain_chromium, server):
    context = plain_chromium.new_context(
        base_url=server.url, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def test_from_the_start_page_to_the_waiting_room(desk):
    keys = Keyboard(desk)
    desk.goto("/sv/")
    keys.link("/sv/guide")
    Questions(desk)
    keys.choose("age", "0-12")
    keys.choose("who", "guardian")
    keys.choose("added", "no")
    keys.tab_to(lambda at: at["tag"] == "BUTTON")
    desk.keyboard.press("Enter")
    Plan(desk)
    keys.link("/sv/guide/under-13/add-child")
    for slug in ("add-child", "find-visit", "check", "place", "child"):
        Step(desk, slug)
        keys.done()
    Step(desk, "ready")
    keys.link("/sv/day")
    assert Day(desk).says_we_are_in_the_waiting_room


def test_the_first_tab_skips_to_the_content(desk):
    desk.goto("/sv/guide/under-13/add-child")
    desk.keyboard.press("Tab")
    assert desk.locator(".skip").bounding_box()["y"] >= 0, (
        "the way past the header shows when it has the focus"
    )
    desk.keyboard.press("Enter")
    assert Keyboard(desk).focus["id"] == "main"


def test_it_did_not_work_moves_the_focus_to_the_problems(desk):
    desk.goto("/sv/guide/under-13/add-child")
    keys = Keyboard(desk)
    keys.tab_to(lambda at: at["href"] == "#went-wrong")
    desk.keyboard.press("Enter")
    assert desk.locator("#trouble[open]").count() == 1
    keys.link("/help/child-missing")
    Problem(desk, "child-missing")


def test_the_language_menu_and_the_folded_parts_open_with_the_keyboard(desk):
    desk.goto("/sv/guide/under-13/before")
    keys = Keyboard(desk)
    keys.tab_to(lambda at: at["tag"] == "SUMMARY")
    desk.keyboard.press("Enter")
    keys.link("/en/guide/under-13/before")
    assert Step(desk, "before").language == "en"
    keys.tab_to(lambda at: at["tag"] == "SUMMARY")
    keys.tab_to(lambda at: at["tag"] == "SUMMARY")
    was_open = desk.evaluate("document.activeElement.parentElement.open")
    desk.keyboard.press("Space")
    assert desk.evaluate("document.activeElement.parentElement.open") is not was_open


def test_every_step_can_be_tabbed_through_on_a_small_screen(plain_chromium, server):
    """On a small window the bar takes its part; still it never lies over what has the focus."""
    context = plain_chromium.new_context(
        base_url=server.url, viewport={"width": 390, "height": 600}, reduced_motion="reduce"
    )
    page = context.new_page()
    for slug in ("before", "add-child", "find-visit", "ready"):
        page.goto(f"/sv/guide/under-13/{slug}")
        Keyboard(page).tab_to(lambda at: at["href"].endswith("/about/languages"), limit=80)
    context.close()
