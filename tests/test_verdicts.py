"""A verdict is one row: what a judge can return has one, and every row can be returned."""

import re
from pathlib import Path

import pytest

from patient_app.codes.support_code import MEANINGS, decode, encode
from patient_app.codes.support_code import SupportCode as Code
from patient_app.device_check.checks import CHECKS as EVERY_CHECK
from patient_app.device_check.checks import CONNECTION_PAGE
from patient_app.device_check.fixes import FIXES
from patient_app.device_check.verdicts import SEVERITIES, STAGES, VERDICTS, rows_at, rows_of
from patient_app.web.assets import STATIC

ROOT = Path(__file__).resolve().parent.parent
MODULES = STATIC / "js" / "device-check"
CHECKS = [check.id for check in EVERY_CHECK]
MODULE = {"window": "popup"}  # where it is not named for its check


def returned(source: str) -> set[str]:
    """The strings that stand where a verdict is made: after `verdict:` or `verdict =`, and in judge…()'s own
    branches. What is compared with is no result."""
    source = re.sub(r"//[^\n]*", "", source)
    found: set[str] = set()
    for start in re.finditer(r"\bverdict(?::| =) |\bconst judge\w+ = \([^)]*\) =>", source):
        depth, end = 0, start.end()
        while end < len(source) and not (depth == 0 and source[end] in ",;}"):
            depth += (source[end] in "([{") - (source[end] in ")]}")
            if depth < 0:
                break
            end += 1
        part = re.sub(r'[=!]==? "[^"]*"', "", source[start.end() : end])
        found |= set(re.findall(r'"([a-z][a-z-]*)"', part))
    return found


def asked_for() -> set[str]:
    """What media-errors.js makes of a browser's answer, for camera and microphone."""
    source = (MODULES / "media-errors.js").read_text()
    answers = re.search(r"const ANSWERS = \{([^}]*)\}", source)
    of = re.search(r"export const verdictOf =.*?;\n", source, re.DOTALL)
    assert answers and of
    named = re.sub(r'[=!]==? "[^"]*"', "", answers[1] + of[0])
    return set(re.findall(r'"([a-z-]+)"', named)) | {"waiting"}


def can_be(check: str) -> set[str]:
    """Every verdict a check can end in."""
    found = returned((MODULES / f"{MODULE.get(check, check)}.js").read_text())
    if check in ("camera", "microphone"):
        found |= asked_for()
    if check == "speaker":  # the person says it, by a button
        found |= {"heard", "faint", "not-heard"}
    return found if check in ("environment", "window") else found | {"skipped"}


@pytest.mark.parametrize("check", CHECKS)
def test_what_a_judge_returns_has_a_row_and_every_row_can_be_returned(check):
    rows = {row.id for row in rows_of(check)}
    assert can_be(check) - rows == set(), f"verdicts.py has no row for these of {check}.js"
    assert rows - can_be(check) == set(), f"{check}.js can return none of these rows"


def test_every_row_is_whole():
    recipes = {recipe for fix in FIXES for recipe in fix.recipes}
    for row in VERDICTS:
        name = f"{row.check} {row.id}"
        assert row.check in CHECKS and row.severity in SEVERITIES and row.stage in STAGES, name
        assert row.says, f"{name} says nothing to a family"
        assert bool(row.first) == (row.severity in ("fix", "stop")), f"{name}: what to do first"
        assert not row.first or row.first in recipes, f"{name}: fixes.py has no {row.first}"
        assert bool(row.cause) == bool(row.say), name
    assert {row.first for row in VERDICTS if row.first} == recipes, "a recipe that no verdict leads to"


@pytest.mark.parametrize("place", ["camera", "microphone", "speaker"])
def test_what_the_code_tells_has_words_for_staff_and_old_codes_keep_their_meaning(place):
    for row in rows_at(place):
        assert 0 <= row.number < 32
        assert row.means or not row.number, f"{row.check} {row.id}"
        assert row.say or row.severity in ("ok", "skipped"), f"{row.check} {row.id}"
    kept = {
        "camera": "not-run ok dark backlit low-resolution covered frozen glare waiting refused blocked none "
        "in-use paused constraint failed missing skipped dismissed",
        "microphone": "not-run ok low clipping noisy silent no-speech engine waiting refused blocked none "
        "in-use paused constraint failed missing skipped dismissed",
        "speaker": "not-run heard not-heard cannot-play",
    }[place].split()
    assert [MEANINGS[place][number] for number in range(len(kept))] == kept
    for number in MEANINGS[place]:
        assert decode(encode(Code(**{place: number}))).meaning(place) == MEANINGS[place][number]


def test_the_table_in_the_docs_is_the_rows():
    wanted = "\n".join(
        f"| {row.check} | {row.id} | {row.severity} | {'–' if row.number is None else row.number} "
        f"| {row.first or '–'} | {row.says} |"
        for row in VERDICTS
    )
    assert wanted in (ROOT / "docs" / "device-check.md").read_text("utf-8"), f"should hold:\n{wanted}"


def test_the_pages_carry_the_rows_for_the_modules(visit):
    first = {check.id for check in CONNECTION_PAGE}
    for row in VERDICTS:
        page = visit("/sv/check" if row.check in first else "/sv/check/camera")
        sentence = page.select_one(f'[data-check="{row.check}"] > [data-verdict="{row.id}"]')
        assert sentence["data-severity"] == row.severity
        assert sentence.get("data-recipe", "") == row.first
        assert sentence.get("data-number") == (None if row.number is None else str(row.number))
        assert not row.first or sentence["data-rank"] == str(row.rank)


def test_no_module_knows_by_itself_how_bad_a_verdict_is():
    run = (MODULES / "run.js").read_text()
    assert "severity" in run and not re.search(r"/\^\((insecure|ok\|heard|none\|in-use)", run)
