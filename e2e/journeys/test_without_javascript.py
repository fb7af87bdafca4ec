"""The guide without JavaScript: everything but remembering, sharing and the countdown."""

import pytest
from devices import PHONE
from pages.guide import Day, Questions, StartPage, Step
from pages.seen import Seen


@pytest.fixture
def plain_phone(plain_chromium, server):
    """A phone whose browser runs no script."""
    context = plain_chromium.new_context(base_url=server.url, java_script_enabled=False, **PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_way_to_the_waiting_room(plain_phone, language):
    questions = StartPage.found(plain_phone, language).i_am_an_adult()
    plan = questions.chooses(age="0-12", who="guardian", added="no").leads_to_the_plan()
    step = plan.opens("add-child")
    for slug in ("find-visit", "check", "place", "child", "ready"):
        step = step.done(slug)
    assert step.done_with_all().says_we_are_in_the_waiting_room


def test_a_wrong_turn_and_back(plain_phone):
    plain_phone.goto("/sv/guide/under-13/find-visit")
    step = Step(plain_phone, "find-visit")
    assert step.it_did_not_work() == [
        "visit-not-shown",
        "cannot-log-in",
        "bankid-return",
        "inside-app",
        "app-instead",
    ]
    step.picks_problem("visit-not-shown").goes_back_to("under-13", "find-visit")


def test_a_missing_answer_is_asked_for(plain_phone):
    questions = Questions.opened(plain_phone, "/sv/guide").chooses(age="0-12")
    assert questions.asks_again_about() == ["who"]


def test_no_button_is_shown_that_does_nothing(plain_phone):
    for address in (
        "/sv/",
        "/sv/guide/under-13",
        "/sv/guide/under-13/before",
        "/sv/guide/under-13/all",
        "/sv/guide/under-13/ready",
        "/sv/day",
        "/sv/help/inside-app",
    ):
        plain_phone.goto(address)
        dead = plain_phone.locator("main button:visible, .bar button:visible").evaluate_all(
            "all => all.filter(e => !e.form).map(e => e.textContent.trim())"
        )
        assert not dead, f"{address}: {dead}"
        assert not plain_phone.locator("[data-with-time]:visible").count()


def test_the_time_is_written_by_hand_on_the_sheet(plain_phone):
    plain_phone.goto("/sv/guide/under-13/all")
    assert plain_phone.locator(".by-hand").is_visible()


def test_the_letters_code_leads_to_the_clinic(plain_phone):
    StartPage.found(plain_phone).types_the_code("d3mo ooof")
    assert StartPage(plain_phone).path == "/sv/m/D3M0/"


def test_the_language_menu_opens(plain_phone):
    assert Day.opened(plain_phone, "/sv/day").reads_on_in("en").path == "/en/day"


def test_all_problems_can_be_read(plain_phone):
    StartPage.found(plain_phone).something_does_not_work()
    Seen(plain_phone, "guide.problems").press_link("/help/no-eid")
    assert plain_phone.locator("main .moves li").count() == 2
