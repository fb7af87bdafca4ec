"""The plan's ticks: kept after one yes, for this visit, erasable; six taps from the plan to ready; the day in
one view."""

import pytest
from devices import PHONE
from pages.guide import Day, Plan, Step
from pages.seen import tap
from playwright.sync_api import expect

KEPT = "JSON.stringify({...localStorage, ...sessionStorage})"
PLAN = "/sv/m/D3M0/guide/under-13"
TASKS = ("add-child", "find-visit", "check", "place", "child")


@pytest.fixture
def small_phone(plain_chromium, server):
    """A phone with the window that a browser leaves: 390 x 664."""
    context = plain_chromium.new_context(
        base_url=server.url, **{**PHONE, "viewport": {"width": 390, "height": 664}}
    )
    yield context.new_page()
    context.close()


def states(page) -> list[str]:
    """What each task is said to be: done, next or later."""
    return [
        name.removeprefix("is-")
        for name in page.locator("[data-task]").evaluate_all("all => all.map(e => e.className)")
    ]


def test_six_taps_lead_from_the_plan_to_ready_through_every_task(small_phone):
    Plan.opened(small_phone, PLAN)
    tap(small_phone, ".is-next .show-how")
    for taken, slug in enumerate(TASKS, start=1):
        Step(small_phone, slug)
        assert taken <= 5
        tap(small_phone, ".bar .btn.fill")
    expect(Step(small_phone, "ready").page.locator("[data-not-all-done]")).to_be_visible()


def test_nothing_is_kept_without_a_yes(phone):
    plan = Plan.opened(phone, PLAN)
    assert states(phone) == ["next", "later", "later", "later", "later"]
    expect(phone.locator("[data-ticks-ask]")).to_be_visible()
    plan.opens("add-child").done("find-visit").back_to_the_plan_by_its_link()
    assert phone.evaluate(KEPT) == "{}"
    phone.locator("[data-ticks-no]").click()
    expect(phone.locator("[data-ticks-ask]")).to_be_hidden()
    assert phone.evaluate(KEPT) == "{}", "a no is not kept either"


def test_after_a_yes_what_is_done_is_ticked_and_ready_says_so(phone):
    plan = Plan.opened(phone, f"{PLAN}#t=20991201T1000")
    phone.locator("[data-ticks-yes]").click()
    step = plan.opens("add-child").done("find-visit")
    step.back_to_the_plan_by_its_link()
    assert states(phone) == ["done", "next", "later", "later", "later"]
    kept = phone.evaluate(KEPT)
    assert "D3M0" not in kept and "2099" not in kept and "done" not in phone.url
    step = Plan(phone).opens("find-visit")
    for slug in ("check", "place", "child", "ready"):
        step = step.done(slug)
    expect(phone.locator(".lead[data-all-done]")).to_be_visible()
    phone.goto("/en/m/D3M0/guide/under-13#t=20991201T1000")
    assert states(phone) == ["done"] * 5, "another language is the same plan"
    expect(phone.locator("div[data-all-done]")).to_be_visible()
    phone.locator("[data-ticks-erase]").click()
    assert phone.evaluate(KEPT) == "{}"
    assert states(phone)[0] == "next"


@pytest.mark.parametrize(
    "other", ["/sv/guide/under-13#t=20991201T1000", f"{PLAN}#t=20991202T1000", f"{PLAN}#t=20991201T1030"]
)
def test_another_visit_knows_nothing_of_the_ticks(phone, other):
    plan = Plan.opened(phone, f"{PLAN}#t=20991201T1000")
    phone.locator("[data-ticks-yes]").click()
    plan.opens("add-child").done("find-visit")
    phone.goto("/sv/?")
    phone.goto(other)
    assert "done" not in states(phone)


@pytest.mark.parametrize(
    ("fragment", "still", "gone"),
    [
        ("#t=20261201T1000", "2026-12-02T20:00+01:00", "2026-12-03T08:00+01:00"),
        ("", "2026-12-23T08:00+01:00", "2026-12-25T20:00+01:00"),
    ],
)
def test_the_ticks_go_the_day_after_the_visit_or_after_thirty_days(phone, fragment, still, gone):
    phone.clock.set_fixed_time("2026-11-24T12:00+01:00")
    plan = Plan.opened(phone, PLAN + fragment)
    phone.locator("[data-ticks-yes]").click()
    plan.opens("add-child").done("find-visit")
    for now, first in ((still, "done"), (gone, "next")):
        phone.clock.set_fixed_time(now)
        phone.goto("/sv/?")
        phone.goto(PLAN + fragment)
        assert states(phone)[0] == first
    assert phone.evaluate(KEPT) == "{}"


def test_what_was_done_before_is_marked_for_this_look_alone(phone):
    Plan.opened(phone, f"{PLAN}#done=add-child")
    assert states(phone)[:2] == ["done", "next"]
    assert phone.evaluate(KEPT) == "{}"


@pytest.mark.parametrize("address", [f"{PLAN}#t=20261124T1000", "/sv/m/D3M0/#t=20261124T1000"])
def test_a_quarter_before_the_time_the_day_comes_first(phone, address):
    for now, shown in (("2026-11-24T09:40+01:00", False), ("2026-11-24T09:46+01:00", True)):
        phone.clock.set_fixed_time(now)
        phone.goto("/sv/help")
        phone.goto(address)
        expect(phone.locator("[data-soon]")).to_be_visible(visible=shown)
    phone.locator("[data-soon] a").click()
    assert Day(phone).fragment == "t=20261124T1000"
    expect(phone.locator("h1")).to_have_text("Dags för videobesöket")


def test_the_day_shows_button_and_five_moves_in_the_first_view(small_phone):
    Day.opened(small_phone, "/sv/m/D3M0/day#t=20991201T1000")
    top_of_bar = small_phone.locator(".bar").bounding_box()["y"]
    for thing in (".open .btn.huge", ".mini-moves > li:last-child"):
        box = small_phone.locator(thing).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= top_of_bar, thing


@pytest.mark.parametrize("size", [(320, 568), (390, 664)])
def test_the_bar_is_one_low_row(small_phone, size):
    small_phone.set_viewport_size({"width": size[0], "height": size[1]})
    for address in (f"{PLAN}/add-child", "/sv/m/D3M0/day", "/en/m/D3M0/guide/under-13/place"):
        small_phone.goto(address)
        assert small_phone.locator(".bar").bounding_box()["height"] <= 0.15 * 664, address


def test_five_minutes_left_and_the_child_is_missing_two_taps_from_the_plan(small_phone):
    small_phone.clock.set_fixed_time("2026-11-24T09:55+01:00")
    Plan.opened(small_phone, f"{PLAN}#t=20261124T1000")
    tap(small_phone, "[data-soon] a")
    Day(small_phone)
    tap(small_phone, '.tiles a[href*="child-missing"]')
    expect(small_phone.locator("body")).to_have_attribute("data-page", "guide.problem-child-missing")
    tap(small_phone, "[data-back-to-day]")
    Day(small_phone)
