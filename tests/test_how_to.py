"""The pages of docs/how-to: each names at most three places that are there, and the tests that hold them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path for path in (ROOT / "docs" / "how-to").glob("*.md") if "## Places" in path.read_text("utf-8")
)


def part(page: Path, heading: str) -> str:
    return page.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]


def test_there_is_a_page_for_each_kind_of_change_and_the_index_names_all():
    kinds = {"step", "problem", "verdict", "fix", "setting", "child-page", "language", "role", "error-page"}
    assert {page.stem for page in PAGES} == kinds
    index = (ROOT / "docs" / "how-to" / "README.md").read_text("utf-8")
    there = {path.name for path in (ROOT / "docs" / "how-to").glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\(([\w-]+\.md)\)", index)) == there
    for place in re.findall(r"`(patient_app/[^`]+)`", index):
        assert (ROOT / place).exists(), f"the index leads to {place}, which has moved"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_change_touches_three_places_at_most_and_they_are_there(page):
    places = re.findall(r"^\d\. `([^`]+)`", part(page, "Places"), re.MULTILINE)
    assert 1 <= len(places) <= 3
    for place in places:
        assert (ROOT / place).exists(), f"{page.name}: {place} has moved"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_red_when_a_place_is_forgotten_is_a_test_there_is(page):
    held = re.findall(
        r"`(tests/[\w/]+\.py)::(test_\w+)`", part(page, "What is red when a place is forgotten")
    )
    assert held
    for file, name in held:
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), f"{page.name}: {name} has another name"
