"""No code that nothing uses: vulture over everything, with a reason for each name that only looks unused."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A name that stays, and who uses it. What a template names is found by itself.
REASONS = {
    "to_python": "werkzeug asks a converter",
    "to_url": "werkzeug asks a converter",
    "regex": "werkzeug asks a converter",
    "part_isolating": "werkzeug asks a converter",
    "trim_blocks": "a setting of Jinja",
    "lstrip_blocks": "a setting of Jinja",
    "testing": "a setting of Flask",
    "bytecode_cache": "a setting of Jinja",
    "session_interface": "a setting of Flask",
    "open_session": "Flask's session interface",
    "save_session": "Flask's session interface",
    "accessed": "Flask's session interface: answers vary by cookie",
    "handle_starttag": "html.parser calls it",
    "handle_endtag": "html.parser calls it",
    "handle_data": "html.parser calls it",
    "handle_startendtag": "html.parser calls it",
    "handle_entityref": "html.parser calls it",
    "handle_charref": "html.parser calls it",
    **dict.fromkeys(
        (
            "on_message_begin",
            "on_url",
            "on_header",
            "on_headers_complete",
            "on_body",
            "on_message_complete",
        ),
        "llhttp calls its reader",
    ),
    **dict.fromkeys(
        (
            "connection_made",
            "connection_lost",
            "eof_received",
            "data_received",
            "pause_writing",
            "resume_writing",
        ),
        "asyncio calls its protocol",
    ),
    "_our_end": "held so that the pipe stays open",
    "type_annotation_map": "SQLAlchemy reads it",
    "recovery_codes": "SQLAlchemy writes the rows",
    "published_at": "a column that backups carry",
    "revision": "alembic reads it",
    "down_revision": "alembic reads it",
    "branch_labels": "alembic reads it",
    "depends_on": "alembic reads it",
    "up": "a field of the support code, read by name",
    "net": "a field of the support code, read by name",
    "udp": "a field of the support code, read by name",
}
FINDING = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): unused (?P<kind>\w+) '(?P<name>\w+)'")


@pytest.mark.whole
def test_nothing_in_the_program_is_there_for_nobody():
    said = subprocess.run([sys.executable, "-m", "vulture"], cwd=ROOT, capture_output=True, text=True)
    templates = "\n".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r"\w+", templates))
    # A clinic setting is read by its name from profile and form; test_visit_profile.py sees to those.
    found = [FINDING.match(line) for line in said.stdout.splitlines()]
    unused = [
        match.group()
        for match in found
        if match
        and match["file"].startswith(("patient_app/", "scripts/", "setup.py"))
        and match["file"] != "patient_app/clinics/settings.py"
        and match["name"] not in REASONS
        and not (match["name"] in named and "100%" not in match.string)
    ]
    assert found, f"vulture said nothing at all: {said.stderr}"
    idle = set(REASONS) - {match["name"] for match in found if match}
    assert not idle, f"these reasons excuse nothing any more: {idle}"
    assert not unused, "\n".join(unused)
