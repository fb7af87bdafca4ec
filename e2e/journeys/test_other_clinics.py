"""Clinics that differ lead through visibly different, correct steps, with their own labels, phone and
promises."""

import pytest
from pages.guide import Day, Problem, Questions, StartPage, Step


def walk(phone, clinic, slugs, language="sv"):
    """From the clinic's start page along these steps to the day. Gives the text of each page by its slug."""
    questions = StartPage.found(phone, language, clinic).i_am_an_adult()
    plan = questions.chooses(age="0-12", who="guardian").leads_to_the_plan()
    assert plan.tasks == [slug for slug in slugs if slug != "ready"]
    step = plan.opens(slugs[0])
    seen = {slugs[0]: step.text}
    for slug in slugs[1:]:
        step = step.done(slug)
        assert step.path.startswith(f"/{language}/m/{clinic}/"), "the clinic is kept on the way"
        seen[slug] = step.text
    day = step.done_with_all()
    return {**seen, "day": day.text}


def test_the_clinic_as_in_the_leaflet(phone):
    seen = walk(phone, "D3M0", ("add-child", "find-visit", "check", "place", "child", "ready"))
    assert "Lägg till barn" in seen["add-child"]
    assert "ringer mottagningen 10 minuter efter bokad tid" in seen["day"]
    assert "krypterat" not in seen["ready"], "a promise this clinic has not made"
    assert phone.locator('.bar a[href="tel:0101234500"]').is_visible()


def test_the_clinic_whose_link_comes_by_sms_needs_nobody_added(phone):
    seen = walk(phone, "V3ST", ("find-visit", "check", "place", "child", "ready"))
    assert "sms" in seen["find-visit"]
    assert "Bokade tider" not in " ".join(seen.values())
    assert "1177" not in " ".join(seen.values())
    assert "sms" in seen["day"]
    assert "5 minuter efter bokad tid? Ring mottagningen" in seen["day"]
    assert phone.locator('.bar a[href="tel:0102221100"]').is_visible()


def test_the_clinic_in_a_regions_app_books_on_the_guardian(phone):
    seen = walk(phone, "N0RR", ("find-visit", "check", "place", "child", "ready"))
    assert "Norrappen" in seen["find-visit"]
    assert "bokat på dig, inte på barnet" in seen["find-visit"]
    assert "Mina bokade tider" in seen["find-visit"], "its own words on the button"
    assert "Norrappen" in seen["day"]
    assert "krypterat" not in seen["ready"]
    assert phone.locator('.bar a[href="tel:0103332200"]').is_visible()


def test_the_same_in_english_with_the_buttons_in_swedish(phone):
    seen = walk(phone, "N0RR", ("find-visit", "check", "place", "child", "ready"), "en")
    assert "Mina bokade tider" in seen["find-visit"]
    assert "Norrappen" in seen["day"]


@pytest.mark.parametrize("clinic", ["V3ST", "N0RR"])
@pytest.mark.parametrize("skipped", ["add-child", "add-clinic"])
def test_a_shared_link_to_a_step_that_does_not_apply_leads_on(phone, clinic, skipped):
    phone.goto(f"/sv/m/{clinic}/guide/under-13/{skipped}#t=20261124T1000")
    step = Step(phone, "find-visit")
    assert step.path == f"/sv/m/{clinic}/guide/under-13/find-visit"
    assert step.fragment == "t=20261124T1000"


@pytest.mark.parametrize("clinic", ["", "m/D3M0/", "m/V3ST/", "m/N0RR/"])
def test_a_problem_leads_back_within_the_same_clinic(phone, clinic):
    phone.goto(f"/sv/{clinic}help/visit-not-shown")
    step = Problem(phone, "visit-not-shown").goes_back_to("under-13", "find-visit")
    assert step.path == f"/sv/{clinic}guide/under-13/find-visit"


def test_a_clinic_that_is_not_there_is_said_kindly_with_a_way_on(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url)
    page = context.new_page()
    assert page.goto("/sv/m/ZZZZ/guide/under-13/before").status == 404
    assert "kallelsen" in page.locator("main").inner_text()
    page.locator('main a[href="/sv/"], main a[href="/sv/guide/under-13/before"]').first.click()
    context.close()


def test_the_common_pages_promise_nothing_for_the_clinics(phone):
    for address in ("/sv/guide/under-13/ready", "/sv/day", "/sv/guide/under-13/before"):
        phone.goto(address)
        assert phone.locator("main .says").count() == 0, address


def test_the_titles_never_name_the_clinic(phone):
    Questions.opened(phone, "/sv/m/D3M0/guide")
    assert "Exempelstad" not in phone.title()
    Day.opened(phone, "/sv/m/D3M0/day")
    assert "Exempelstad" not in phone.title()
