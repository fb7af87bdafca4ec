"""Who may import whom (docs/adr): the rooms, the pure modules, and the one door to each library."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "patient_app"
ROOMS = {"guide", "device_check", "children", "support"}
PURE = (
    "guide/flow.py",
    "guide/when.py",
    "clinics/opening.py",
    "known_languages.py",
    "problem.py",
    "clinics/settings.py",
    "clinics/links.py",
    "clinics/fixed.py",
    "codes/symbols.py",
    "codes/short_link.py",
    "codes/support_code.py",
    "device_check/problems.py",
    "device_check/verdicts.py",
    "marks.py",
    "personal_number.py",
    "web/direction.py",
)
# Data that other rooms read: one row a verdict, one row a known problem, for families and staff alike.
SHARED = ("patient_app.device_check.verdicts", "patient_app.device_check.problems")


def imports(path: Path) -> set[str]:
    """Every name a module imports, dotted and whole: `from flask import session` gives flask.session."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def names(path: Path, *forbidden: str) -> set[str]:
    return {
        name
        for name in imports(path)
        if any(name == door or name.startswith(f"{door}.") for door in forbidden)
    }


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_public_room_knows_no_other_room_no_staff_no_database_and_no_session(room):
    others = [f"patient_app.{other}" for other in (ROOMS | {"staff", "front"}) - {room}]
    for path in (PACKAGE / room).rglob("*.py"):
        found = names(path, *others, "sqlalchemy", "flask.session", "flask.flash", "flask_wtf")
        assert not {name for name in found if name.rpartition(".")[0] not in SHARED}, path.name


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_knows_no_flask_and_nothing_that_does(module):
    pure = {f"patient_app.{path.removesuffix('.py').replace('/', '.')}" for path in PURE}
    for name in names(PACKAGE / module, "patient_app"):
        assert name in pure or name.rpartition(".")[0] in pure, f"{module} imports {name}"
    assert not names(PACKAGE / module, "flask", "werkzeug", "flask_babel", "wtforms")


def test_only_the_factory_and_the_command_line_know_the_staff_room():
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).as_posix()
        if not place.startswith(("staff/", "migrations/")) and place not in ("__init__.py", "cli.py"):
            assert not names(path, "patient_app.staff", "sqlalchemy", "alembic"), place
        if place not in ("wsgi.py", "cli.py"):
            assert not names(path, "patient_app.create_app"), place


def test_gettext_and_the_environment_have_one_door_each():
    for path in PACKAGE.rglob("*.py"):
        if path.name != "languages.py":
            assert not names(path, "flask_babel", "gettext"), path.name
        if path.name != "settings.py":
            assert not re.search(r"os\.environ|getenv", path.read_text("utf-8")), path.name


def test_what_is_sent_is_read_by_a_form_class_and_nowhere_else():
    for path in PACKAGE.rglob("*.py"):
        read = re.sub(r"\w+Form\(request\.(form|files|args)\)", "", path.read_text("utf-8"))
        assert not re.search(r"request\.(form|files)\b", read), f"{path.name}: read it by a WTForms class"


def test_what_is_wrong_is_told_apart_by_its_code_and_never_by_its_words():
    """`raise ValueError("taken")` and `str(error) == "taken"`: a Problem says which field, which code, which
    values."""
    told = re.compile(
        r"""raise ValueError\("[a-z-]+"\)|str\(error\)(\.startswith| ==| in )|\[str\(error\)\]"""
    )
    for path in PACKAGE.rglob("*.py"):
        assert not told.search(path.read_text("utf-8")), path.name


def test_the_factory_is_a_table_of_contents():
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    factory = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    assert factory.end_lineno - factory.lineno < 28


def test_no_module_is_called_after_nothing():
    for path in PACKAGE.rglob("*.py"):
        assert path.stem not in ("utils", "util", "helpers", "common", "misc")


def script_imports(path: Path) -> set[str]:
    return set(
        re.findall(
            r"""^(?:import|export)\b[^;=(]*?\bfrom\s+["']([^"']+)["']""",
            path.read_text("utf-8"),
            re.MULTILINE,
        )
    )


def test_scripts_import_by_relative_address_what_is_there():
    for path in (ROOT / "static/js").rglob("*.js"):
        for target in script_imports(path):
            assert target.startswith(("./", "../")) and (path.parent / target).is_file(), (
                f"{path.name}: {target}"
            )


def test_no_two_test_files_have_one_name():
    """./test collects both folders at once, and python takes two modules of one name for one."""
    names = [path.name for folder in ("tests", "e2e") for path in (ROOT / folder).rglob("test_*.py")]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
