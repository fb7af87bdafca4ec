"""Which language a reader meets, and that a start without a catalogue is refused."""

import shutil

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from werkzeug.test import Client

from patient_app import create_app
from patient_app.known_languages import KEPT_NUMBERS, Language
from patient_app.settings import Settings
from patient_app.web import languages
from patient_app.web.languages import KNOWN, LANGUAGES


@pytest.mark.parametrize(
    "asked, met",
    [
        ("", "sv"),
        ("sv", "sv"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en;q=0.5,sv;q=0.8", "sv"),
        ("ja", "sv"),
        ("ja, en;q=0.3", "en"),
        ("*", "sv"),
        ("en;q=0", "sv"),
        ("xx-YY;q=abc", "sv"),
        (",,;;q=", "sv"),
        ("../../etc", "sv"),
        ("EN", "en"),
    ],
)
def test_the_front_door_and_a_short_link_speak_the_browsers_language_else_swedish(client, asked, met):
    headers = {"Accept-Language": asked} if asked else {}
    front = client.get("/", headers=headers)
    assert front.status_code == 303 and front.location.endswith(f"/{met}/")
    assert "Accept-Language" in front.headers["Vary"] and front.headers["Cache-Control"] == "no-store"
    link = client.get("/D3M0C", headers=headers)
    assert link.status_code == 303 and link.location.endswith(f"/{met}/m/D3M0/")


def test_everywhere_else_the_address_decides(client):
    for language in LANGUAGES:
        page = client.get(f"/{language}/day", headers={"Accept-Language": "en, sv;q=0.5, ar"})
        assert f'<html lang="{language}" dir="{LANGUAGES[language].direction}">' in page.text


@pytest.mark.parametrize("code", ["xx", "de", "SV", "sv-SE", "zz", "s", "svv", "..", "%00"])
def test_a_language_that_is_not_there_is_no_page(client, code):
    assert client.get(f"/{code}/day").status_code == 404


def test_swedish_is_always_on_and_numbers_are_never_given_twice():
    assert "sv" in LANGUAGES and "en" in LANGUAGES
    assert [language.number for language in KNOWN] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [language.code for language in KNOWN] == ["sv", "en", "fi", "ar", "fa", "uk", "so", "pl"]
    assert {language.code for language in KNOWN if language.direction == "rtl"} == {"ar", "fa"}


def test_a_language_that_is_not_on_has_its_line_in_that_language():
    for language in KNOWN[1:]:
        assert language.not_on


@pytest.mark.parametrize("missing", ["en/LC_MESSAGES/messages.mo", "en/LC_MESSAGES/staff.mo"])
def test_a_missing_catalogue_stops_the_start_and_says_which(own_dir, tmp_path, monkeypatch, missing):
    copy = tmp_path / "translations"
    shutil.copytree(languages.TRANSLATIONS, copy)
    (copy / missing).unlink()
    monkeypatch.setattr(languages, "TRANSLATIONS", copy)
    with pytest.raises(languages.MissingCatalogue, match=missing.rpartition("/")[2].removesuffix(".mo")):
        create_app(Settings.from_values(data_dir=own_dir))


@pytest.mark.parametrize("translated", [0, 1, 1400])
def test_a_language_that_is_on_but_not_whole_stops_the_start(own_dir, tmp_path, monkeypatch, translated):
    norwegian = Language(
        "nb", 99, "Norsk"
    )  # one that will never be on here, so that the test outlives the eight
    copy = tmp_path / "translations"
    shutil.copytree(languages.TRANSLATIONS, copy)
    with (copy / "messages.pot").open("rb") as file:
        catalog = read_po(file, locale="nb")
    for message in list(catalog)[: translated + 1]:
        if message.id:
            message.string = ("sana",) * 2 if message.pluralizable else "sana"
    (copy / "nb" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    with (copy / "nb" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(languages, "TRANSLATIONS", copy)
    create_app(Settings.from_values(data_dir=own_dir))  # a catalogue alone switches nothing on
    monkeypatch.setitem(languages.LANGUAGES, "nb", norwegian)
    with pytest.raises(languages.MissingCatalogue, match=r"nb lacks \d+ sentences in messages.po"):
        create_app(Settings.from_values(data_dir=own_dir))


def test_numbers_are_kept_for_languages_to_come():
    assert sorted([language.number for language in KNOWN] + list(KEPT_NUMBERS)) == list(range(1, 16))


def test_every_page_offers_itself_in_the_other_languages(client):
    page = client.get("/sv/m/D3M0/guide/under-13/place").text
    for language in LANGUAGES:
        if language != "sv":
            assert f'href="/{language}/m/D3M0/guide/under-13/place"' in page


def test_the_start_page_of_no_language_can_be_kept_for_another(new_app):
    client = Client(new_app())
    pages = [client.get(f"/{language}/", headers={"Accept-Language": "sv"}).data for language in LANGUAGES]
    assert len(set(pages)) == len(LANGUAGES)


# The words that a line is not broken in, on pages whose sentences stand in templates and in data.
@pytest.mark.parametrize(
    "path", ["sv/youth/log-in", "sv/help/no-eid", "en/help/no-eid", "sv/m/N0RR/youth/adult"]
)
def test_a_line_is_never_broken_inside_e_legitimation(client, path):
    said = client.get(f"/{path}").get_data(as_text=True).partition("<main")[2]
    assert "\u2011" in said
    assert not [word for word in ("e-legitimation", "e-ID") if word in said]


@pytest.mark.parametrize("route", ["under-13", "13-17", "guardian-13-17", "other-adult"])
def test_whoever_reads_another_language_meets_the_interpreter_first(client, route):
    line = "Jag behöver tolk. Mitt språk är …"
    english = client.get(f"/en/guide/{route}").get_data(as_text=True).partition("<main")[2]
    assert 0 < english.find(line) < english.find("data-visit-time"), "open, before all else"
    swedish = client.get(f"/sv/guide/{route}").get_data(as_text=True).partition("<main")[2]
    assert line not in swedish.partition("<details")[0], "in Swedish it stands in a fold"
