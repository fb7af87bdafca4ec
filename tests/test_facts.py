"""Every fact stands where it belongs, in visible text, in every language; no promise stands on a common
page."""

import pytest
import requirements
from addresses import public_paths
from house import parsed, text_of

from patient_app.web.languages import LANGUAGES

MOST_KEYS = 3
ALL = {**requirements.FAMILIES, **requirements.D, **requirements.E}


def facts_on(client, paths: list[str]) -> dict[str, set[str]]:
    """Key -> texts of the elements that state it, hidden ones left out."""
    found: dict[str, set[str]] = {}
    for path in paths:
        answer = client.get(path)
        if answer.status_code != 200:
            continue
        for element in parsed(answer.data).xpath("//*[@data-facts]"):
            keys = element.get("data-facts").split()
            assert 1 <= len(keys) <= MOST_KEYS, f"{path}: {len(keys)} keys on one element"
            for key in keys:
                assert key in ALL, f"{path}: there is no fact {key}"
            if element.xpath("ancestor-or-self::*[@hidden]"):
                continue
            text = text_of(element)
            assert text, f"{path}: an element that states {keys} without words"
            for key in keys:
                found.setdefault(key, set()).add(text)
    return found


@pytest.fixture(scope="module")
def facts(app):
    from werkzeug.test import Client

    client = Client(app)
    return {
        (code, prefix): facts_on(client, public_paths(app, (code,), (prefix,)))
        for code in LANGUAGES
        for prefix in ("", "m/D3M0/")
    }


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_common_fact_stands_on_the_common_pages(facts, language):
    wanted = {key for key, where in requirements.FAMILIES.items() if where == requirements.COMMON}
    assert wanted - set(facts[language, ""]) == set()


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_common_and_profile_fact_stands_on_the_demo_clinics_pages(facts, language):
    assert set(requirements.FAMILIES) - set(facts[language, "m/D3M0/"]) == set()


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_no_promise_of_a_platform_stands_on_a_common_page(facts, language):
    promises = {key for key, where in requirements.FAMILIES.items() if where == requirements.PROFILE}
    assert promises & set(facts[language, ""]) == set()


def test_a_fact_is_said_in_the_readers_own_language(facts):
    for key in requirements.FAMILIES:
        swedish, english = facts["sv", "m/D3M0/"][key], facts["en", "m/D3M0/"][key]
        assert not swedish & english, f"{key} stands in Swedish on an English page: {swedish & english}"
