"""Each thing that can go wrong: from the step to the problem and back to that very step, in every route."""

import pytest
from pages.guide import Plan, Problem, Step
from pages.seen import Seen

from patient_app.clinics.settings import VisitProfile
from patient_app.guide.steps import GUIDE

STEPS = [(route, step) for route in GUIDE.routes for step in route.steps if step.problems]
COMMON = VisitProfile()


@pytest.mark.parametrize(("route", "step"), STEPS, ids=lambda value: value.slug)
def test_every_wrong_turn_of_a_step_leads_to_help_and_back(phone, route, step):
    address = f"/sv/guide/{route.slug}/{step.slug}#t=20261124T1000"
    phone.goto(address)
    here = Step(phone, step.slug)
    expected = [found.slug for found in GUIDE.problems_for(COMMON, route.slug) if found.slug in step.problems]
    assert here.it_did_not_work() == expected
    for slug in expected:
        problem = here.picks_problem(slug)
        assert phone.locator("main .moves li, main .link-rows li").count() >= 2, "a problem says what to do"
        here = problem.goes_back_to(route.slug, step.slug)
        assert here.fragment == "t=20261124T1000"


def test_the_english_reader_goes_wrong_in_english(phone):
    phone.goto("/en/guide/under-13/add-child")
    problem = Step(phone, "add-child").picks_problem("child-missing")
    assert problem.language == "en"
    assert problem.goes_back_to("under-13", "add-child").language == "en"


def test_a_child_that_cannot_be_added_gets_no_reason_and_no_way_round(phone):
    phone.goto("/sv/guide/under-13/add-child")
    problem = Step(phone, "add-child").picks_problem("child-missing")
    said = problem.text.lower()
    assert "ring mottagningen" in said
    for reason in ("skyddad", "spärr", "umgänge", "vårdnadstvist", "domstol", "socialtjänst"):
        assert reason not in said
    assert phone.locator('main a[rel~="noopener"]').count() == 0, "no way round to somewhere else"


def test_the_wrong_age_leads_to_the_right_route(phone):
    phone.goto("/sv/guide/under-13/add-child")
    Step(phone, "add-child").picks_problem("wrong-age").press_link("/guide/guardian-13-17")
    assert Plan(phone).path == "/sv/guide/guardian-13-17"


def test_something_else_leads_to_all_problems_and_each_opens(phone):
    phone.goto("/sv/guide/under-13/place")
    Step(phone, "place").it_did_not_work()
    Seen(phone, "guide.place").press_link("/help")
    Seen(phone, "guide.problems")
    for known in GUIDE.problems:
        assert phone.locator(f'main a[href$="/help/{known.slug}"]').is_visible()


def test_a_problem_names_the_clinics_phone_when_the_clinic_is_known(phone):
    phone.goto("/sv/m/D3M0/help/cannot-start")
    Problem(phone, "cannot-start")
    assert phone.locator('main a[href="tel:0101234500"]').first.is_visible()
