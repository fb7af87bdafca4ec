"""What docs/region says of itself is so: each row of the security standard is there once, and what it names
exists."""

import re
from collections import Counter

from serving import ROOT

# Rows of levels 1 and 2 in each section of OWASP ASVS 5.0.0; they are numbered from 1 without gaps.
SECTIONS = {
    "V1": (2, 9, 11, 3, 2),
    "V2": (3, 3, 4, 1),
    "V3": (0, 2, 4, 6, 5, 0, 2),
    "V4": (3, 1, 2, 4),
    "V5": (1, 3, 2, 3),
    "V6": (3, 12, 4, 4, 5, 3, 0, 4),
    "V7": (3, 4, 2, 5, 2, 2),
    "V8": (2, 3, 1, 1),
    "V9": (3, 4),
    "V10": (2, 2, 4, 11, 5, 2, 3),
    "V11": (2, 3, 3, 4, 1, 1),
    "V12": (3, 2, 4),
    "V13": (1, 5, 2, 5),
    "V14": (2, 4, 3),
    "V15": (3, 3, 7),
    "V16": (1, 5, 4, 3, 3),
    "V17": (1, 4, 2),
}
ROW = re.compile(r"^\| (V[\d.]+) \| (met|operator|none|\*\*not met\*\*) \| (.+) \|$", re.M)
REGION = ROOT / "docs" / "region"


def names_of_tests() -> set[str]:
    """The names of all test functions."""
    sources = [path for folder in ("tests", "e2e") for path in (ROOT / folder).rglob("test_*.py")]
    return {
        name for path in sources for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
    }


def test_every_row_of_the_security_standard_is_answered_once():
    rows = [row for row, _, _ in ROW.findall((REGION / "asvs.md").read_text("utf-8"))]
    wanted = [
        f"{chapter}.{section}.{row}"
        for chapter, counts in SECTIONS.items()
        for section, count in enumerate(counts, 1)
        for row in range(1, count + 1)
    ]
    assert len(wanted) == 253
    assert Counter(rows) == Counter(wanted)


def test_what_the_pages_for_a_region_name_is_there():
    known = names_of_tests()
    missing = set()
    for page in REGION.glob("*.md"):
        for named in re.findall(r"`([^`\n]+)`", page.read_text("utf-8")):
            first = named.split()[0].split("::")[0]
            if first.startswith("test_") and not first.endswith(".py"):
                missing |= {(page.name, first)} - {(page.name, name) for name in known}
            elif re.match(r"(tests|e2e|scripts|benchmarks|docs|deploy|patient_app|templates)/", first):
                missing |= set() if (ROOT / first).exists() else {(page.name, first)}
    assert missing == set()
