"""Dates and times in each language, written as the summons has them: Gregorian, Latin digits, 24
hours, Swedish time."""

import re

import pytest

from patient_app.known_languages import KNOWN
from patient_app.web.languages import date_names


@pytest.fixture(scope="module")
def written(plain_chromium, server):
    """`written("20261124T1405", language)`: date, day, month and time, on a phone far from Sweden."""
    context = plain_chromium.new_context(base_url=server.url, timezone_id="Asia/Tehran", locale="fa-IR")
    page = context.new_page()
    page.goto("/sv/guide/under-13")
    folder = page.locator("link[rel=modulepreload], script[src*='/js/']").first
    address = re.sub(
        r"/js/.*", "/js/visit-time.js", folder.get_attribute("src") or folder.get_attribute("href")
    )

    def of(text: str, language):
        return page.evaluate(
            "async ([address, text, locale, names]) => {"
            " const { parse, written } = await import(address);"
            " return written(parse(text), locale, names); }",
            [address, text, language.date_locale, date_names(language)],
        )

    yield of
    context.close()


@pytest.mark.parametrize("language", KNOWN, ids=[language.code for language in KNOWN])
def test_a_time_is_written_as_in_the_summons(written, language):
    afternoon, night = written("20261124T1405", language), written("20260105T0009", language)
    assert re.sub(r"\D", "", afternoon["time"]) == "1405" and re.sub(r"\D", "", night["time"]) == "0009"
    assert (
        re.search(r"[0-9]+", afternoon["date"])[0] == "24" and re.search(r"[0-9]+", night["date"])[0] == "5"
    )
    assert re.search(r"[0-9]+", afternoon["day"])[0] == "24"
    assert re.search(r"[^\W\d]{3}", afternoon["month"])


def test_each_language_has_names_of_its_own(written):
    said = {written("20261124T1405", language)["date"] for language in KNOWN}
    assert len(said) == len(KNOWN)
    somali = next(language for language in KNOWN if language.code == "so")
    assert written("20261124T1405", somali)["date"] == "Talaado 24 Noofeembar"
