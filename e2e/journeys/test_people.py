"""People one can think of, each with what they have in the hand and what they come for: by finger, on a phone
whose browser leaves 390 x 664."""

import pytest
from devices import PHONE
from pages.guide import Day, Plan, Problem, Questions, StartPage, Step
from pages.seen import Seen, tap
from playwright.sync_api import expect

SOON = "#t=20261124T1000"
NOW = "2026-11-24T09:55+01:00"


@pytest.fixture
def hand(plain_chromium, server):
    """A phone in a hand, five minutes before the visit."""
    size = {"width": 390, "height": 664}
    context = plain_chromium.new_context(base_url=server.url, **{**PHONE, "viewport": size})
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    yield page
    context.close()


def in_the_first_view(page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= 664


@pytest.mark.parametrize(
    ("opened", "taps"),
    [
        ("/sv/m/D3M0/", ("[data-soon] a", '.tiles a[href*="child-missing"]')),
        ("/sv/m/D3M0/guide/under-13", ("[data-soon] a", '.tiles a[href*="child-missing"]')),
        ("/sv/m/D3M0/day", ('.tiles a[href*="child-missing"]',)),
    ],
)
def test_five_minutes_left_and_the_child_is_missing(hand, opened, taps):
    hand.goto(opened + SOON)
    for selector in taps:
        tap(hand, selector)
    Problem(hand, "child-missing")
    assert in_the_first_view(hand, 'main a[href="tel:0101234500"]'), "whom to call needs no scrolling"
    expect(hand.locator("main")).to_contain_text("Säg: «Vi har tid för videobesök nu.")
    tap(hand, "[data-back-to-day]")
    Day(hand)


def test_the_child_turned_13_the_day_before(hand):
    StartPage.found(hand, "sv", "D3M0")
    tap(hand, "a.door.main")
    questions = Questions(hand).chooses(age="13-17", who="guardian")
    plan = questions.leads_to_the_plan()
    assert (plan.path, plan.tasks[0]) == ("/sv/m/D3M0/guide/guardian-13-17", "before")
    # Whoever took the other way, for the age on the day of booking, is led over by two taps.
    hand.goto("/sv/m/D3M0/help/wrong-age")
    expect(hand.locator("main")).to_contain_text("Det är åldern på besöksdagen som räknas.")
    tap(hand, 'main a[href*="guardian-13-17"]')
    Plan(hand)
    tap(hand, 'a[href*="/day/guardian-13-17"]:visible')
    expect(hand.locator(".mini-moves")).to_contain_text("Tonåringen loggar in på 1177.se.")
    expect(hand.locator("main")).not_to_contain_text("barnets namn")


def test_a_grandparent_with_a_guest_link_on_the_day(hand):
    Day.opened(hand, "/sv/m/V3ST/day/other-adult" + SOON)
    expect(hand.locator(".mini-moves li").first).to_contain_text(
        "Öppna länken som du har fått av mottagningen."
    )
    assert in_the_first_view(hand, ".mini-moves li")
    for untrue in ("ogga in", "1177", "e-legitimation", "ombud"):
        expect(hand.locator("main")).not_to_contain_text(untrue)
    tap(hand, '.tiles a[href*="visit-not-shown"]')
    Problem(hand, "visit-not-shown")
    expect(hand.locator(".moves")).to_contain_text("Har du inte fått någon? Ring mottagningen.")
    tap(hand, "[data-back-to-day]")
    assert Day(hand).path == "/sv/m/V3ST/day/other-adult"


@pytest.mark.parametrize(
    ("route", "tile", "said"),
    [
        ("guardian-13-17", "cannot-log-in", "Tonåringen kan inte logga in"),
        ("13-17", "cannot-log-in", "Jag har tid för videobesök nu. Jag kan inte logga in."),
        ("13-17", "no-contact", "Jag är inne men ser eller hör ingen"),
        ("other-adult", "cannot-start", "Kommer ni inte in i tid?"),
    ],
)
def test_trouble_on_the_day_leads_back_to_the_readers_own_day(hand, route, tile, said):
    Day.opened(hand, f"/sv/m/D3M0/day/{route}{SOON}")
    tap(hand, f'.tiles a[href*="{tile}"]')
    Problem(hand, tile)
    expect(hand.locator("main")).to_contain_text(said)
    expect(hand.locator('main [data-facts~="leaflet.trouble-start"]').first).to_be_visible()
    tap(hand, "[data-back-to-day]")
    day = Day(hand)
    assert (day.path, day.fragment) == (f"/sv/m/D3M0/day/{route}", SOON[1:])


@pytest.mark.parametrize(
    ("clinic", "opens", "untrue"),
    [
        (
            "V3ST",
            "Öppna sms:et från mottagningen och tryck på länken.",
            ("1177", "Bokade tider", "barnets konto"),
        ),
        ("N0RR", "Öppna appen Norrappen och logga in.", ("1177", "tryck på barnets namn", "Lägg till barn")),
    ],
    ids=["by sms", "in an app, booked on the guardian"],
)
def test_a_parent_at_a_clinic_unlike_the_leaflet(hand, clinic, opens, untrue):
    StartPage.found(hand, "sv", clinic, SOON)
    tap(hand, "[data-soon] a")
    Day(hand)
    expect(hand.locator(".mini-moves li").first).to_contain_text(opens)
    assert in_the_first_view(hand, ".mini-moves li")
    said = hand.locator("main").inner_text()
    assert not [words for words in untrue if words in said]
    tap(hand, '.tiles a[href*="visit-not-shown"]')
    Seen(hand, "guide.problem-visit-not-shown")
    said = hand.locator("main").inner_text()
    assert not [words for words in untrue if words in said]


@pytest.mark.parametrize("route", ["under-13", "13-17", "guardian-13-17", "other-adult"])
def test_ready_tells_what_failed_or_was_skipped_in_the_test(hand, route):
    hand.goto(f"/sv/m/D3M0/guide/{route}/ready{SOON}&r=camera-skipped,microphone-fix,speaker-stop")
    Step(hand, "ready")
    told = hand.locator("[data-from-check]:visible")
    expect(told).to_have_count(3)
    assert [" ".join(text.split()) for text in told.all_inner_texts()] == [
        "Kameran Inte testat. Det är okej.",
        "Mikrofonen Fungerade inte som det ska. Testa igen.",
        "Högtalaren Fungerade inte som det ska. Testa igen.",
    ]


def test_ready_is_silent_about_a_test_that_went_well(hand):
    hand.goto(f"/sv/m/D3M0/guide/under-13/ready{SOON}")
    Step(hand, "ready")
    expect(hand.locator("[data-from-check]:visible")).to_have_count(0)
    expect(hand.get_by_role("heading", name="Från testet")).to_be_hidden()
