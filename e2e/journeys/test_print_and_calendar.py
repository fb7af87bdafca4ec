"""On paper: the whole route on two A4 pages with all that a family needs. In the calendar: the visit, made on
the device."""

import io
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pseudo
import pytest
import zxingcpp
from devices import PHONE
from icalendar import Calendar
from pages.guide import Day, WholeRoute
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

CLINICS = ("", "D3M0", "V3ST", "N0RR")
PLACES = [("sv", clinic) for clinic in CLINICS]
PLACES += [pytest.param("en", clinic, marks=pytest.mark.every) for clinic in CLINICS]
PHONES = {"D3M0": "010-123 45 00", "V3ST": "010-222 11 00", "N0RR": "010-333 22 00"}
TITLES = ("Videobesök för barn under 13 år", "Videomöten i vården med barn och ungdomar")


@pytest.fixture(scope="module")
def printer(lettered_chromium, server):
    """A page that can be printed, in each family of letters; one for all sheets."""
    context = lettered_chromium.new_context(base_url=server.url, locale="sv-SE", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def squeezed(text: str) -> str:
    """Without spaces and ligatures, for paper breaks its lines elsewhere."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def printed(page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def paper_text(sheet: PdfReader) -> str:
    return squeezed("".join(one.extract_text() for one in sheet.pages))


@pytest.mark.parametrize(("language", "clinic"), PLACES)
def test_the_whole_route_is_two_pages_and_loses_no_word(printer, server, language, clinic):
    where = f"{language}/m/{clinic}" if clinic else language
    WholeRoute.opened(printer, f"/{where}/guide/under-13/all")
    sheet = printed(printer)
    assert len(sheet.pages) <= 2
    assert all(
        round(float(page.mediabox.width)) == 595 and round(float(page.mediabox.height)) == 842
        for page in sheet.pages
    ), "A4"
    words = paper_text(sheet)
    printer.emulate_media(media="print")
    sentences = printer.locator("main p:visible, main li > p:visible, main h2:visible").all_inner_texts()
    printer.emulate_media(media="null")
    assert len(sentences) > 25
    lost = [said for said in sentences if squeezed(said) not in words]
    assert not lost, f"not on paper: {lost}"
    assert squeezed(f"{server.url}/{where}/guide/under-13/all") in words, "the address back"
    for title in TITLES:
        assert squeezed(title) in words, "the sources"
    assert re.search(r"(Granskat|Reviewed)\d+\w+2\d{3}", words), "the date of review"
    assert re.search(r"(Utskrivet|Printed):", words), "the day of printing"
    if clinic:
        assert squeezed(PHONES[clinic]) in words, "the clinic's phone"


# Added to the fullest sheet, a clinic's: what the next reader of the guide may want to say too.
MORE = """for (const sheet of document.querySelectorAll(".sheet section:nth-of-type(-n+3)")) {
  const more = document.createElement("p");
  more.textContent = "En mening till, ungefär så lång som de andra på sidan, och den står som de i ett eget stycke.";
  sheet.append(more);
}"""  # noqa: E501


@pytest.mark.parametrize("language", ["sv", "en"])
def test_three_sentences_more_do_not_push_the_route_to_a_third_page(printer, language):
    WholeRoute.opened(printer, f"/{language}/m/D3M0/guide/under-13/all")
    printer.evaluate(MORE)
    assert len(printed(printer).pages) <= 2


@pytest.mark.parametrize("route", ["other-adult", "13-17"])
def test_the_other_routes_print_on_two_pages(printer, route):
    WholeRoute.opened(printer, f"/sv/m/D3M0/guide/{route}/all")
    sheet = printed(printer)
    assert len(sheet.pages) <= 2
    assert squeezed(PHONES["D3M0"]) in paper_text(sheet)


@pytest.mark.parametrize("clinic", ["m/D3M0/", pytest.param("", marks=pytest.mark.every)])
@pytest.mark.parametrize("language", pseudo.CODES)
def test_words_four_tenths_longer_still_print_on_two_pages_and_the_day_on_one(
    printer, pseudo_server, language, clinic
):
    WholeRoute.opened(printer, f"{pseudo_server.url}/{language}/{clinic}guide/under-13/all")
    assert len(printed(printer).pages) <= 2
    Day.opened(printer, f"{pseudo_server.url}/{language}/{clinic}day#t=20261124T1000")
    assert len(printed(printer).pages) == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_first_paper_is_joining_with_its_pictures_and_whom_to_call(printer, server, language):
    WholeRoute.opened(printer, f"/{language}/m/D3M0/guide/under-13/all")
    first = squeezed(printed(printer).pages[0].extract_text())
    printer.emulate_media(media="print")
    moves = printer.locator(".joining .moves > li")
    assert all(move.locator(".shot").is_visible() for move in moves.all())
    for said in [
        *moves.locator(".move-title").all_inner_texts(),
        *printer.locator(".joining .says p:not(.says-who)").all_inner_texts(),
    ]:
        assert squeezed(said) in first
    printer.emulate_media(media="null")
    assert squeezed(PHONES["D3M0"]) in first
    assert squeezed(f"{server.url}/{language}/m/D3M0/guide/under-13/all") in first


@pytest.mark.parametrize("clinic", ["", "m/D3M0/"])
def test_the_square_on_paper_leads_back(printer, server, clinic):
    address = f"/sv/{clinic}guide/under-13/all"
    WholeRoute.opened(printer, address)
    printer.emulate_media(media="print")
    picture = Image.open(io.BytesIO(printer.locator(".sheet-foot").screenshot()))
    printer.emulate_media(media="null")
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [server.url + address]


def test_the_visits_time_is_printed_when_it_is_known_and_else_there_is_a_line_for_it(printer):
    WholeRoute.opened(printer, "/sv/guide/under-13/all")
    printer.emulate_media(media="print")
    expect(printer.locator(".by-hand")).to_be_visible()
    printer.emulate_media(media="null")
    printer.goto("/sv/?")  # a new fragment alone would not load the page again
    WholeRoute.opened(printer, "/sv/guide/under-13/all#t=20261124T1000")
    words = paper_text(printed(printer))
    assert "Tisdag24november" in words
    assert "10:00" in words
    assert "omdagar" not in re.sub(r"\d", "", words), "what is left is not true on paper tomorrow"


def test_a_step_prints_without_buttons_and_bar(printer):
    printer.goto("/sv/guide/under-13/add-child")
    sheet = printed(printer)
    words = paper_text(sheet)
    assert len(sheet.pages) == 1
    assert squeezed("Det gick inte") not in words
    assert squeezed("Skriv barnets personnummer") in words


def calendar_of(page) -> Calendar:
    """The calendar file as the phone gets it."""
    with page.expect_download() as file:
        page.locator("[data-calendar]").click()
    assert file.value.suggested_filename.endswith(".ics")
    return Calendar.from_ical(Path(file.value.path()).read_bytes())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_calendar_file_says_video_visit_and_no_more(phone, server, language):
    # The day's own page has the countdown alone.
    phone.goto(f"/{language}/m/D3M0/guide/under-13/ready#t=20261124T1000")
    (event,) = calendar_of(phone).walk("VEVENT")
    assert str(event["SUMMARY"]) == {"sv": "Videobesök", "en": "Video visit"}[language]
    assert event.decoded("DTSTART") == datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "ten o'clock in Sweden"
    assert event.decoded("DTEND") > event.decoded("DTSTART")
    assert event.walk("VALARM")[0].decoded("TRIGGER") == timedelta(minutes=-15)
    assert f"{server.url}/{language}/m/D3M0/day" in str(event["DESCRIPTION"])
    for word in ("ottagning", "Barn", "clinic", "1177"):
        assert word not in str(event["SUMMARY"]) + str(event.get("LOCATION", ""))


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-22T09:00", "i övermorgon"),
        ("2026-11-20T09:00", "om 4 dagar"),
        ("2026-11-23T20:00", "i morgon"),
        ("2026-11-24T07:30", "om 2 timmar"),
        ("2026-11-24T09:48", "om 12 minuter"),
        ("2026-11-24T10:05", "nu"),
        ("2026-11-24T12:00", "Tiden har passerat. Ring mottagningen om ni inte kom med."),
    ],
)
@pytest.mark.parametrize("page", ["guide/under-13", "guide/under-13/ready", "day"])
def test_what_is_left_is_said_in_words(phone, page, now, left):
    phone.clock.set_fixed_time(f"{now}+01:00")
    phone.goto(f"/sv/{page}#t=20261124T1000")
    shown = phone.locator("[data-countdown]:visible, [data-count]:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_text(left)


def test_the_time_is_swedish_wherever_the_phone_is(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, timezone_id="America/New_York", **PHONE)
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-24T09:48+01:00")
    page.goto("/sv/m/D3M0/guide/under-13/ready#t=20261124T1000")
    expect(page.locator("[data-time]")).to_have_text("10:00")
    expect(page.locator("[data-join-time]")).to_have_text("09:50")
    expect(page.locator("[data-count]")).to_have_text("om 12 minuter")
    expect(page.locator("[data-other-clock]")).to_be_visible()
    assert calendar_of(page).walk("VEVENT")[0].decoded("DTSTART") == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    context.close()


@pytest.mark.parametrize(
    "fragment", ["", "#t=20261324T1000", "#t=20261124T2500", "#t=imorgon", "#t=20260231T1000", "#t=<b>"]
)
def test_a_time_that_is_none_is_not_shown(phone, fragment):
    Day.opened(phone, f"/sv/day{fragment}")
    expect(phone.locator("[data-with-time]:visible")).to_have_count(0)
    expect(phone.locator("main")).to_contain_text("Tiden står i kallelsen")
