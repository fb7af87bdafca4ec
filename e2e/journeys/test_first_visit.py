"""The first visit, on a phone: from the start page to the page that says that one is in the waiting room."""

import pytest
from pages.guide import Day, Questions, StartPage, Step
from pages.seen import Seen

LANGUAGES = ("sv", "en")
AFTER_BEFORE = ("add-child", "add-clinic", "find-visit", "check", "place", "child", "ready")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guardian_is_led_from_the_start_page_to_the_waiting_room(phone, language):
    questions = StartPage.found(phone, language).i_am_an_adult()
    step = questions.chooses(age="0-11", who="guardian", added="no").leads_to("before")
    assert step.number_and_all == (1, 8)
    for number, slug in enumerate(AFTER_BEFORE, start=2):
        step = step.done(slug)
        assert step.number_and_all == (number, 8)
        assert step.path == f"/{language}/guide/under-13/{slug}"
        step.shows_what_fits_the_screen()
    day = step.done_with_all()
    assert day.language == language
    assert day.says_we_are_in_the_waiting_room


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_family_that_added_the_child_before_starts_where_the_visit_stands(phone, language):
    questions = StartPage.found(phone, language).i_am_an_adult()
    step = questions.chooses(age="0-11", who="guardian", added="yes").leads_to("find-visit")
    for slug in ("check", "place", "child", "ready"):
        step = step.done(slug)
    assert step.done_with_all().says_we_are_in_the_waiting_room


def test_the_route_can_be_chosen_without_answering(phone):
    questions = StartPage.found(phone).i_am_an_adult()
    questions.press_link("/guide/under-13/find-visit")
    Step(phone, "find-visit")


@pytest.mark.parametrize(
    ("answers", "route", "first"),
    [
        ({"age": "12", "turns13": "no", "who": "guardian", "added": "no"}, "under-13", "before"),
        ({"age": "12", "turns13": "yes", "who": "guardian"}, "13-17", "before"),
        ({"age": "12", "turns13": "no", "who": "guardian", "added": "yes"}, "under-13", "find-visit"),
        ({"age": "13-17", "who": "guardian"}, "13-17", "before"),
        ({"age": "13-17", "who": "self"}, "13-17", "before"),
        ({"age": "0-11", "who": "other", "added": "yes"}, "other-adult", "before"),
    ],
)
def test_the_answers_decide_the_way(phone, answers, route, first):
    step = Questions.opened(phone, "/sv/guide").chooses(**answers).leads_to(first)
    assert step.path == f"/sv/guide/{route}/{first}"


def test_the_birthday_is_asked_for_only_about_a_child_of_12(phone):
    questions = Questions.opened(phone, "/en/guide")
    assert not questions.asks_for_the_birthday()
    assert questions.chooses(age="12").asks_for_the_birthday()
    assert not questions.chooses(age="0-11").asks_for_the_birthday()


def test_a_missing_answer_is_asked_for_again_and_the_others_are_kept(phone):
    questions = Questions.opened(phone, "/sv/guide").chooses(age="12", who="guardian")
    assert questions.asks_again_about() == ["turns13"]
    step = questions.chooses(turns13="no").leads_to("before")
    assert step.path == "/sv/guide/under-13/before"


def test_nothing_answered_is_said_kindly_question_by_question(phone):
    assert Questions.opened(phone, "/sv/guide").asks_again_about() == ["age", "who"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_adult_is_told_to_phone_and_can_still_prepare(phone, language):
    questions = StartPage.found(phone, language).i_am_an_adult()
    step = questions.chooses(age="0-11", who="other").leads_to("before")
    assert phone.locator('main [data-facts~="guardian.other-adult"]').first.is_visible()
    for slug in ("check", "place", "child", "ready"):
        step = step.done(slug)
    assert step.done_with_all().says_we_are_in_the_waiting_room


@pytest.mark.parametrize("language", LANGUAGES)
def test_someone_of_13_to_17_goes_their_own_way(phone, language):
    step = StartPage.found(phone, language).i_am_13_to_17()
    for slug in ("log-in", "find-visit", "check", "place", "ready"):
        step = step.done(slug)
    assert step.done_with_all().says_we_are_in_the_waiting_room


def test_every_step_can_be_gone_back_from(phone):
    step = Step(*_opened(phone, "/sv/guide/under-13/before", "before")).done("add-child").done("add-clinic")
    phone.go_back()
    step = Step(phone, "add-child")
    phone.go_back()
    assert Step(phone, "before").number_and_all == (1, 8)
    assert step.slug == "add-child"


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
    step = questions.chooses(age="0-11", who="guardian", added="yes").leads_to("find-visit")
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
