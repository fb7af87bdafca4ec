"""The open catalogue: every row is whole, has its test or reason, and is served as page and as data."""

import json
import re
from pathlib import Path

import pytest
from house import text_of
from jsonschema import Draft202012Validator

from patient_app.device_check.fixes import PLATFORMS
from patient_app.device_check.problems import PROBLEMS
from patient_app.device_check.verdicts import row_of
from patient_app.guide.steps import GUIDE

ROOT = Path(__file__).resolve().parent.parent
PAGES = {f"help/{problem.slug}" for problem in GUIDE.problems}


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.id)
def test_every_row_is_whole(problem):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", problem.id)
    assert problem.symptom and problem.cause and problem.helps and problem.sources
    assert set(problem.pages) <= PAGES, "a page that is not there"
    assert set(problem.devices) <= set(PLATFORMS)
    for verdict in problem.verdicts:
        assert row_of(*verdict.split(":")), f"{verdict} has no row"
    assert problem.seen == "no" or problem.verdicts
    assert problem.seen != "no" or not problem.verdicts


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.id)
def test_every_row_has_a_test_or_the_words_that_say_why_not(problem):
    assert bool(problem.test) != bool(problem.untested)
    if problem.test:
        file, _, name = problem.test.partition("::")
        source = (ROOT / file).read_text("utf-8")
        assert f"def {name}(" in source or f'"{name}"' in source, problem.test
    else:
        assert problem.untested.endswith(".") and len(problem.untested) > 20


def test_no_two_rows_have_one_id():
    assert len({problem.id for problem in PROBLEMS}) == len(PROBLEMS)


def test_the_data_fits_its_schema_and_has_both_languages(client):
    response = client.get("/problems.json")
    data = response.get_json()
    schema = json.loads((ROOT / "docs" / "problems.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(data)
    assert [row["id"] for row in data["problems"]] == [problem.id for problem in PROBLEMS]
    assert response.headers["Cache-Control"].startswith("public")
    for row in data["problems"]:
        assert row["symptom"]["sv"] != row["symptom"]["en"], row["id"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_has_every_row_with_its_source(visit, language):
    page = visit(f"/{language}/support/problems")
    for problem in PROBLEMS:
        section = page.find(id=problem.id)
        assert all(source in text_of(section) for source in problem.sources)
    assert page.find("a", href="/problems.json")


def test_nobody_is_told_to_switch_protection_off():
    for problem in PROBLEMS:
        words = f"{problem.helps}".lower()
        assert not re.search(r"(stäng av|slå av) (vpn|brandvägg|skyddsprogram|antivirus|tystning)", words), (
            problem.id
        )
