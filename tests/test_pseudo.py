"""The pseudo-languages: every public page keeps the house rules in them, and production has never heard of
them."""

import pseudo
import pytest
from addresses import public_paths
from house import check_page, parsed, text_of
from making import make_app
from werkzeug.test import Client

from patient_app.support import texts
from patient_app.web.languages import KNOWN, LANGUAGES, in_language


def test_production_has_never_heard_of_them(app, client):
    assert not set(pseudo.CODES) & (set(LANGUAGES) | {language.code for language in KNOWN})
    for code in pseudo.CODES:
        assert client.get(f"/{code}/").status_code == 404


@pytest.fixture(scope="module")
def pseudo_app(data_dir):
    with pseudo.switched_on():
        yield make_app(data_dir)


@pytest.mark.parametrize(
    "code, prefix",
    [
        (pseudo.RIGHT_TO_LEFT, ""),
        (pseudo.LONG_WORDS, "m/D3M0/"),
        pytest.param(pseudo.RIGHT_TO_LEFT, "m/V3ST/", marks=pytest.mark.whole),
        pytest.param(pseudo.LONG_WORDS, "m/N0RR/", marks=pytest.mark.whole),
    ],
)
def test_every_public_page_keeps_the_house_rules_in_a_pseudo_language(pseudo_app, code, prefix):
    client, shown = Client(pseudo_app), 0
    for path in public_paths(pseudo_app, languages=(code,), prefixes=(prefix,)):
        if "/support" in path:
            continue
        answer = client.get(path)
        if answer.status_code != 303:
            assert answer.status_code == 200, path
            check_page(answer, path)
            shown += 1
    assert shown > 40


def test_a_page_in_a_pseudo_language_is_written_in_it_and_from_its_side(pseudo_app):
    for language in pseudo.PSEUDO:
        page = parsed(Client(pseudo_app).get(f"/{language.code}/").data)
        assert (page.get("lang"), page.get("dir")) == (language.code, language.direction)
        swedish = parsed(Client(pseudo_app).get("/sv/").data)
        longer = len(text_of(page.find(".//main"))) / len(text_of(swedish.find(".//main")))
        assert 1.1 < longer < 1.5


@pytest.mark.parametrize(
    "sentence",
    ["Ring %(phone)s före 10.30", "1177.se öppnas", "%(num)s minuter", "Adressen är {name}", "100 %% klart"],
)
def test_a_pseudo_translation_keeps_what_a_translator_keeps(sentence):
    for code in pseudo.CODES:
        made = pseudo.translated(sentence, code)
        assert pseudo.KEPT.findall(made) == pseudo.KEPT.findall(sentence) and made != sentence


def test_words_are_as_much_longer_as_they_should_be():
    assert len(pseudo.lengthened("videobesöket", 1.3)) == 16
    assert len(pseudo.lengthened("videobesöket", 1.4)) == 17
    assert pseudo.lengthened("i", 1.4) == "i"


def test_a_familys_sms_begins_with_its_direction_on_a_page_of_staff(pseudo_app):
    link = "https://redo.example.se/D3M0-062N"
    with pseudo_app.test_request_context("/sv/support/share"):
        pseudo_app.preprocess_request()
        with in_language(LANGUAGES[pseudo.RIGHT_TO_LEFT]):
            from_the_right = texts.sms(link)
        assert from_the_right.startswith("\u200f") and f" {link} " in from_the_right
        assert not texts.sms(link).startswith("\u200f")
