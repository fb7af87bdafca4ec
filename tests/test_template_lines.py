"""Templates are read by people: a line has at most 140 columns and at most one branch of a choice."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
COLUMNS = 140
TWO_BRANCHES = re.compile(r"\{%-? (if|elif) [^\n]*\{%-? (elif|else)\b")


def lines_of_templates():
    for path in sorted(TEMPLATES.rglob("*.*")):
        if path.suffix in (".html", ".svg"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                yield f"{path.relative_to(TEMPLATES)}:{number}", line


def test_no_line_of_a_template_is_longer_than_140_columns():
    long = [place for place, line in lines_of_templates() if len(line) > COLUMNS]
    assert not long, f"break these lines after a tag, a block or a sentence: {long}"


def test_no_line_of_a_template_holds_two_branches():
    crowded = [place for place, line in lines_of_templates() if TWO_BRANCHES.search(line)]
    assert not crowded, f"give each branch a line of its own: {crowded}"
