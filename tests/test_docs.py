"""The documents say what the code does: settings, commands and decisions are compared with what is there."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from patient_app.cli import main
from patient_app.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
# Promised by README and written with their own issues or at the end; a name leaves this list when its file is
# there.


def section(title: str) -> str:
    return README.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_readmes_table_has_every_setting_and_no_other():
    rows = [row.split("|")[1] for row in section("Settings").splitlines() if row.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)]
    assert sorted(named) == sorted(field.name.upper() for field in fields(Settings))


@pytest.mark.parametrize(
    "name, default",
    [
        ("PORT", "8000"),
        ("HOST", "127.0.0.1"),
        ("WORKERS", "1"),
        ("OIDC_SCOPES", "openid"),
        ("OIDC_ID_CLAIM", "sub"),
    ],
)
def test_the_defaults_of_the_table_are_those_of_the_code(name, default):
    row = next(line for line in section("Settings").splitlines() if line.startswith(f"| `{name}`"))
    assert row.split("|")[2].strip() == default == str(getattr(Settings.from_environment({}), name.lower()))


def test_every_command_of_the_command_line_is_named():
    def spoken(group: click.Group, before: str = ""):
        for name, command in group.commands.items():
            yield from (
                spoken(command, f"{before}{name} ") if isinstance(command, click.Group) else [before + name]
            )

    for command in spoken(main):
        assert command in README or command.partition(" ")[0] in re.findall(
            r"`(\w+)`", section("Commands")
        ), command


def test_every_decision_stands_in_the_index_with_its_own_title():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text("utf-8")
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert sorted(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index)) == decisions and len(decisions) >= 6
    numbers = [name[:4] for name in decisions]  # ranges are given out, so there may be gaps, but no doubles
    assert len(numbers) == len(set(numbers)) and numbers[0] == "0001"
    for name in decisions:
        title = re.sub(r"^#\s*(?:\d+[.:]?\s*)?", "", (folder / name).read_text("utf-8").partition("\n")[0])
        assert title in index, f"{name}: {title}"


@pytest.mark.parametrize(
    "document",
    sorted(
        path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    ),
)
def test_every_link_between_documents_leads_somewhere(document):
    source = (ROOT / document).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", source) + re.findall(
        r'src="(?!https?:)([^"]+)"', source
    )
    assert {target for target in targets if not ((ROOT / document).parent / target).exists()} == set()


def test_the_readme_names_the_two_commands_and_the_licence():
    for name in ("run", "test"):
        assert f"./{name} " in README and (ROOT / name).stat().st_mode & 0o111
    assert "EUPL-1.2" in section("Licence")


def test_every_fault_has_its_row_and_every_test_it_names_is_there():
    rows = (ROOT / "tests" / "faults" / "README.md").read_text("utf-8")
    first = [row.split("|")[1] for row in rows.splitlines() if row.startswith("| F")]
    numbers = [int(number) for cell in first for number in re.findall(r"\bF(\d+)\b", cell)]
    assert sorted(numbers) == list(range(1, 26))
    sources = "".join(
        path.read_text("utf-8") for top in ("tests", "e2e") for path in (ROOT / top).rglob("test_*.py")
    )
    for name in re.findall(r"`(test_\w+)`", rows):
        assert f"def {name}(" in sources, name
