"""Catalogues: complete, with the same placeholders, without HTML, and in step with the source."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from patient_app.web.languages import LANGUAGES, STAFF_CODES, TRANSLATIONS

ROOT = TRANSLATIONS.parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
CATALOGUES = [
    (code, domain)
    for code in LANGUAGES
    for domain in ("messages", *(["staff"] if code in STAFF_CODES else []))
    if code != "sv"
]


def catalogue(path: Path):
    with path.open("rb") as file:
        return read_po(file)


def of(code: str, domain: str):
    return catalogue(TRANSLATIONS / code / "LC_MESSAGES" / f"{domain}.po")


def forms(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, (list, tuple)) else (message.string,)


def sources(message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, (list, tuple)) else (message.id,)


@pytest.mark.parametrize("code, domain", CATALOGUES)
def test_every_sentence_is_translated_and_none_is_a_guess(code, domain):
    catalog = of(code, domain)
    missing = [
        sources(message)[0]
        for message in catalog
        if message.id and not all(form.strip() for form in forms(message))
    ]
    assert missing == [], f"translate these in translations/{code}/LC_MESSAGES/{domain}.po"
    assert [sources(message)[0] for message in catalog if message.fuzzy and message.id] == []
    assert len(catalog) > (100 if domain == "messages" else 10)


@pytest.mark.parametrize("code, domain", CATALOGUES)
def test_every_translation_has_the_placeholders_of_its_source(code, domain):
    for message in of(code, domain):
        if not message.id:
            continue
        expected = set(PLACEHOLDER.findall(sources(message)[-1]))
        for form in forms(message):
            found = set(PLACEHOLDER.findall(form))
            assert found == expected or (len(forms(message)) > 1 and found <= expected), (
                f"{sources(message)[0]} -> {form}"
            )


@pytest.mark.parametrize("domain", ["messages", "staff"])
def test_no_sentence_holds_html(domain):
    for message in catalogue(TRANSLATIONS / f"{domain}.pot"):
        for text in sources(message) if message.id else ():
            assert not re.search(r"<[a-z/!]|&[a-z]+;", text), text


@pytest.mark.parametrize("code, domain", CATALOGUES)
def test_no_translation_holds_html(code, domain):
    for message in of(code, domain):
        for text in forms(message) if message.id else ():
            assert not re.search(r"<[a-zA-Z/!]|&[a-z]+;", text), text


@pytest.mark.parametrize("code, domain", CATALOGUES)
def test_every_catalogue_has_the_sentences_of_its_template_and_no_others(code, domain):
    template = {message.id for message in catalogue(TRANSLATIONS / f"{domain}.pot")}
    assert {message.id for message in of(code, domain)} == template, "run scripts/extract.sh"


def keywords_of_the_script(domain: str) -> list[str]:
    script = (ROOT / "scripts" / "extract.sh").read_text("utf-8")
    command = next(part for part in script.split("pybabel") if f"{domain}.pot" in part)
    return [word for keyword in re.findall(r"-k (\S+)", command) for word in ("-k", keyword)]


@pytest.mark.parametrize("domain", ["messages", "staff"])
def test_what_was_extracted_is_what_stands_in_the_source(tmp_path, domain):
    fresh = tmp_path / "fresh.pot"
    babel = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "--no-default-keywords",
    ]
    subprocess.run([*babel, *keywords_of_the_script(domain), "-o", str(fresh), "."], cwd=ROOT, check=True)
    in_source = {message.id for message in catalogue(fresh) if message.id}
    extracted = {message.id for message in catalogue(TRANSLATIONS / f"{domain}.pot") if message.id}
    assert len(in_source) > 10
    assert in_source == extracted, "run scripts/extract.sh"


def test_every_catalogue_says_how_it_was_reviewed():
    for code, domain in CATALOGUES:
        first = (TRANSLATIONS / code / "LC_MESSAGES" / f"{domain}.po").read_text("utf-8").partition("\n")[0]
        assert "Review:" in first, f"{code} {domain}"


def test_no_template_uses_trans_which_cannot_keep_a_sentence_whole():
    for path in (ROOT / "templates").rglob("*.html"):
        assert not re.search(r"\{%-?\s*(?:trans|pluralize)\b", path.read_text("utf-8")), path.name


def test_no_sentence_stands_inside_another_text():
    """What stands in an f-string is not extracted, and would be read in Swedish everywhere."""
    inside = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "patient_app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") in ("_", "_s", "_l", "_sl", "gettext")
    ]
    assert inside == []
