"""Short links and the letter's field: forgiving to type, never another clinic, kind when the code fails."""

import pytest
from pages.guide import StartPage
from pages.seen import Seen
from playwright.sync_api import expect

from patient_app.codes.short_link import START, WHO, ShortLink, encode


def code(who="not-said", start="start", language=0):
    return encode(ShortLink("D3M0", WHO.index(who), START.index(start), language))


LANDINGS = [
    (code(), "front.start", "/m/D3M0/"),
    (code("under-13", "guide", 1), "guide.plan", "/sv/m/D3M0/guide/under-13"),
    (code("under-13", "guide", 2), "guide.plan", "/en/m/D3M0/guide/under-13"),
    (code("13-17", "guide", 1), "guide.plan", "/sv/m/D3M0/guide/13-17"),
    (code("other-adult", "guide", 1), "guide.plan", "/sv/m/D3M0/guide/other-adult"),
    (code("guardian-13-17", "day", 1), "guide.day", "/sv/m/D3M0/day/guardian-13-17"),
    (code("under-13", "all", 1), "guide.all", "/sv/m/D3M0/guide/under-13/all"),
    (code("under-13", "find-visit", 1), "guide.find-visit", "/sv/m/D3M0/guide/under-13/find-visit"),
    (code(start="day", language=1), "guide.day", "/sv/m/D3M0/day"),
    (code(start="help", language=1), "guide.problems", "/sv/m/D3M0/help"),
    (code(start="check", language=2), "check.connection", "/en/m/D3M0/check"),
]


@pytest.mark.parametrize(("short", "page_id", "address"), LANDINGS, ids=lambda value: str(value))
def test_a_short_link_lands_with_the_visits_time(phone, short, page_id, address):
    phone.goto(f"/{short}#t=20261124T1000")
    landed = Seen(phone, page_id)
    assert landed.path.endswith(address)
    assert landed.fragment == "t=20261124T1000"


def test_every_start_leads_to_a_page_that_is_there(phone):
    for start in START:
        answer = phone.request.get(f"/{code('under-13', start, 1)}")
        assert answer.status == 200, start


TYPED = ("D3M0C", "d3moc", " d3m0 c ", "D3M0-1111", "d3mo1111", "D3M0 1111", "d3mo-iill", "D3M0-LI1l")


@pytest.mark.parametrize("typed", TYPED)
def test_the_field_forgives_how_one_types(phone, typed):
    start = StartPage.found(phone, fragment="#t=20261124T1000")
    start.types_the_code(typed)
    landed = Seen(phone, "front.start" if len(typed.strip()) < 7 else "guide.plan")
    assert "/m/D3M0/" in landed.path
    assert landed.fragment == "t=20261124T1000"


def test_the_example_beside_the_field_is_nobodys_clinic(phone):
    start = StartPage.found(phone)
    example = next(
        word.strip(".,") for word in phone.locator("#c-help").inner_text().split() if word.startswith("EX4M")
    )
    start.types_the_code(example)
    Seen(phone, "front.code")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("typed", ["D3M0D", "D3M0-1112", "V3ST1", "kallelse", "1234"])
def test_a_code_that_fails_is_said_kindly_and_can_be_typed_again(phone, language, typed):
    StartPage.found(phone, language).types_the_code(typed)
    help_page = Seen(phone, "front.code")
    assert help_page.language == language
    expect(phone.locator("main [role=alert]")).to_be_visible()
    assert phone.locator("#c").input_value() == typed
    phone.locator("#c").fill("D3M0C")
    phone.locator("form#code button").click()
    assert StartPage(phone).path == f"/{language}/m/D3M0/"


def test_a_personal_number_is_never_given_back_and_leaves_no_address(phone):
    StartPage.found(phone).types_the_code("20180101-2392")
    Seen(phone, "front.code")
    assert "20180101" not in phone.url
    assert phone.locator("#c").input_value() == ""
    assert "20180101" not in phone.locator("body").inner_text()


def test_a_short_link_with_a_slip_gets_the_page_that_helps(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, locale="en-GB")
    page = context.new_page()
    assert page.goto("/D3M0-1112").status == 404
    assert Seen(page, "front.code").language == "en"
    page.locator("main .link-rows a").click()
    assert StartPage(page).path == "/en/"
    context.close()


def test_the_front_door_picks_the_browsers_language(plain_chromium, server):
    for locale, expected in (("en-GB", "en"), ("sv-SE", "sv"), ("de-DE", "sv")):
        context = plain_chromium.new_context(base_url=server.url, locale=locale)
        page = context.new_page()
        page.goto("/#t=20261124T1000")
        start = StartPage(page)
        assert (start.language, start.fragment) == (expected, "t=20261124T1000")
        context.close()


def test_the_link_to_the_code_field_keeps_the_visits_time(phone):
    phone.goto("/sv/help#t=20261124T1000")
    phone.locator("footer a[href*='#code']").click()
    start = StartPage(phone)
    assert start.fragment == "t=20261124T1000"
    expect(phone.locator("form#code")).to_be_in_viewport()
    start.types_the_code("D3M0C")
    assert StartPage(phone).fragment == "t=20261124T1000"
