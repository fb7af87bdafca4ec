"""JavaScript is served without comments and spaces, otherwise as it stands in the repository, and an old
phone can read it."""

import esprima
import pytest

from patient_app.web.assets import STATIC, compact_script, served_scripts
from patient_app.web.scripts import imported_by, join

FILES = sorted(STATIC.rglob("*.js"))
SOURCES = {path.relative_to(STATIC).as_posix(): path.read_text() for path in FILES}
SERVED = served_scripts(FILES)
FOR_STAFF = ("js/staff/", "js/support/")
IMPORTED = {name for module, source in SOURCES.items() for name in imported_by(module, source)}


def meaning(source: str) -> object:
    """The program as a parser of the language of 2018 understands it."""
    return esprima.parseModule(source).toDict()


def test_comments_and_spaces_go_and_texts_and_patterns_stay():
    source = (
        "// a reason\n"
        "const A = 5; // five, because\n"
        'const B = "https://x  //  y"; // it\'s "kept"\n'
        "/**\n * @param {number} a\n */\n"
        "  const C = `a // b\n    c`;\n"
        "  const D = /\\/\\* {2}/.test(A);\n"
    )
    assert compact_script(source) == (
        'const A=5;const B="https://x  //  y";const C=`a // b\n    c`;const D=/\\/\\* {2}/.test(A);'
    )


def test_a_line_of_a_script_has_at_most_140_columns():
    long = [
        f"{name}:{number}"
        for name, source in SOURCES.items()
        for number, line in enumerate(source.splitlines(), 1)
        if len(line) > 140
    ]
    assert not long, f"break these lines: {long}"


# What a page asks for, and what the browser runs beside the pages.
ENTRIES = [name for name in SERVED if name.startswith(("js/pages/", "js/offline/worker"))]


def test_every_script_that_families_get_is_in_one_of_the_entries():
    def with_its_imports(name: str) -> set[str]:
        return {name}.union(*(with_its_imports(inner) for inner in imported_by(name, SOURCES[name])))

    assert set().union(*map(with_its_imports, ENTRIES)) >= {
        name for name in SERVED if not name.startswith(FOR_STAFF)
    }


@pytest.mark.whole
@pytest.mark.parametrize("name", ENTRIES)
def test_a_served_script_says_the_same_and_is_in_the_javascript_of_2018(name):
    """The parser knows what phones knew then; all modules of a page are joined, so one it cannot read would
    take the others with it."""
    assert meaning(SERVED[name]) == meaning(join(name, SOURCES))
    assert [token for token in esprima.tokenize(SERVED[name], comment=True) if "Comment" in token.type] == []


@pytest.mark.parametrize("name", [name for name in SERVED if name.startswith(FOR_STAFF)])
def test_what_staff_get_says_the_same_in_the_javascript_of_today(name):
    def words(source: str) -> list[tuple[str, str]]:
        return [(token.type, token.value) for token in esprima.tokenize(source)]

    assert words(SERVED[name]) == words(SOURCES[name] if name in IMPORTED else join(name, SOURCES))


def test_the_served_copy_is_what_was_tested(app):
    root = app.extensions["assets"].root / app.extensions["assets"].version
    assert {name: (root / name).read_text() for name in SERVED} == SERVED
