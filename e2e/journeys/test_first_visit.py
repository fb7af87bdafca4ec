"""The first visit, on a phone: from the start page to the page that says that one is in the waiting room."""

import pytest
from pages.guide import Day, Plan, Questions, StartPage, Step
from pages.seen import Seen

LANGUAGES = ("sv", "en")
TASKS = ("add-child", "find-visit", "check", "place", "child")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guardian_is_led_from_the_start_page_to_the_waiting_room(phone, language):
    questions = StartPage.found(phone, language).i_am_an_adult()
    plan = questions.chooses(age="0-12", who="guardian", added="no").leads_to_the_plan()
    assert plan.tasks == list(TASKS)
    step = plan.opens("add-child")
    assert step.number_and_all == (1, 5)
    for number, slug in enumerate(TASKS[1:], start=2):
        step = step.done(slug)
        assert step.number_and_all == (number, 5)
        assert step.path == f"/{language}/guide/under-13/{slug}"
        step.shows_what_fits_the_screen()
    day = step.done("ready").done_with_all()
    assert day.language == language
    assert day.says_we_are_in_the_waiting_room


def test_a_family_that_added_the_child_before_comes_to_a_plan_that_is_told(phone):
    questions = StartPage.found(phone).i_am_an_adult()
    plan = questions.chooses(age="0-12", who="guardian", added="yes").leads_to_the_plan()
    assert (plan.path, plan.fragment) == ("/sv/guide/under-13", "done=add-child")


def test_that_the_child_was_added_is_carried_no_further_than_the_plan(phone):
    plan = Plan.opened(phone, "/sv/guide/under-13#t=20261124T1000&done=add-child")
    assert plan.opens("find-visit").fragment == "t=20261124T1000"


def test_the_route_can_be_chosen_without_answering(phone):
    questions = StartPage.found(phone).i_am_an_adult()
    phone.locator("[data-done=add-child]").click()
    assert Plan(phone).fragment == "done=add-child"
    assert questions.page is phone


@pytest.mark.parametrize(
    ("answers", "route", "first"),
    [
        ({"age": "0-12", "who": "guardian", "added": "no"}, "under-13", "add-child"),
        ({"age": "13-17", "who": "guardian"}, "guardian-13-17", "before"),
        ({"age": "13-17", "who": "self"}, "13-17", "log-in"),
        ({"age": "0-12", "who": "other", "added": "yes"}, "other-adult", "before"),
    ],
)
def test_the_answers_decide_the_way(phone, answers, route, first):
    plan = Questions.opened(phone, "/sv/guide").chooses(**answers).leads_to_the_plan()
    assert plan.path == f"/sv/guide/{route}"
    assert plan.tasks[0] == first


def test_a_missing_answer_is_asked_for_again_and_the_others_are_kept(phone):
    questions = Questions.opened(phone, "/sv/guide").chooses(age="0-12")
    assert questions.asks_again_about() == ["who"]
    assert questions.chooses(who="guardian").leads_to_the_plan().path == "/sv/guide/under-13"


def test_nothing_answered_is_said_kindly_question_by_question(phone):
    assert Questions.opened(phone, "/sv/guide").asks_again_about() == ["age", "who"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_adult_is_told_to_phone_and_can_still_prepare(phone, language):
    questions = StartPage.found(phone, language).i_am_an_adult()
    step = questions.chooses(age="0-12", who="other").leads_to_the_plan().opens("before")
    assert phone.locator('main [data-facts~="guardian.other-adult"]').first.is_visible()
    for slug in ("check", "place", "child", "ready"):
        step = step.done(slug)
    assert step.done_with_all().path == f"/{language}/day/other-adult"


@pytest.mark.parametrize("language", LANGUAGES)
def test_someone_of_13_to_17_goes_their_own_way(phone, language):
    step = StartPage.found(phone, language).i_am_13_to_17().opens("log-in")
    for slug in ("find-visit", "check", "place", "say", "ready"):
        step = step.done(slug)
    assert step.done_with_all().says_we_are_in_the_waiting_room


def test_the_guardian_of_someone_of_15_goes_theirs(phone):
    plan = Plan.opened(phone, "/sv/guide/guardian-13-17")
    step = plan.opens("before")
    for slug in ("log-in", "check", "place", "ready"):
        step = step.done(slug)
    assert step.done_with_all().path == "/sv/day/guardian-13-17"


def test_every_step_can_be_gone_back_from(phone):
    step = Step(*_opened(phone, "/sv/guide/under-13/add-child", "add-child")).done("find-visit").done("check")
    phone.go_back()
    step = Step(phone, "find-visit")
    phone.go_back()
    assert Step(phone, "add-child").number_and_all == (1, 5)
    assert step.slug == "find-visit"


def test_the_side_page_about_messages_leads_back_to_its_step(phone):
    side = Step(*_opened(phone, "/sv/guide/under-13/find-visit", "find-visit")).side_page("notifications")
    assert side.done("find-visit").path == "/sv/guide/under-13/find-visit"


def test_the_language_menu_keeps_the_place_and_the_visits_time(phone):
    step = Step(*_opened(phone, "/sv/guide/under-13/add-child#t=20261124T1000", "add-child"))
    swedish = step.heading
    step = step.reads_on_in("en")
    assert (step.path, step.fragment) == ("/en/guide/under-13/add-child", "t=20261124T1000")
    assert step.heading != swedish
    assert "Lägg till barn" in step.labels, "1177's buttons stay in Swedish"


def test_the_fragment_is_carried_all_the_way_even_through_the_questions(phone):
    questions = StartPage.found(phone, "sv", fragment="#t=20261124T1000").i_am_an_adult()
    assert questions.fragment == "t=20261124T1000"
    plan = questions.chooses(age="0-12", who="guardian", added="yes").leads_to_the_plan()
    assert plan.fragment == "t=20261124T1000&done=add-child"
    step = plan.opens("find-visit")
    assert step.fragment == "t=20261124T1000"
    step = step.done("check").done("place").done("child").done("ready")
    assert step.done_with_all().fragment == "t=20261124T1000"


def test_the_fragment_survives_a_missing_answer(phone):
    questions = Questions.opened(phone, "/sv/guide#t=20261124T1000")
    questions.asks_again_about()
    assert questions.fragment == "t=20261124T1000"


def test_the_quick_ways_of_the_start_page_lead_where_they_say(phone):
    start = StartPage.found(phone)
    assert start.the_visit_starts_now().says_we_are_in_the_waiting_room
    StartPage.found(phone).something_does_not_work()
    StartPage.found(phone).rather_in_person()
    StartPage.found(phone).press_link("/check")
    Seen(phone, "check.connection")


def test_the_day_has_trouble_one_press_away(phone):
    day = Day.opened(phone, "/sv/day")
    phone.locator('.bar a[href="#trouble"]').click()
    day.press_link("/help/sound")
    assert phone.locator("main .moves li").count() >= 2


def _opened(page, address, slug):
    page.goto(address)
    return page, slug
