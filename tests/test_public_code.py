"""What the source of the public side must not hold: a source test, for what no policy can refuse
(trust-and-speed.md 1)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
PYTHON = sorted(path for path in (ROOT / "patient_app").rglob("*.py") if "staff" not in path.parts)

IN_SCRIPTS = {
    r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|\bsetHTML": (
        "HTML made from text"
    ),
    r"\bimport\s*\(": "import() at run time",
    r"RTCPeerConnection|RTCDataChannel|WebTransport": "a connection that no policy refuses",
    r"\b(?:window|self|globalThis|top|parent)\.open\b|(?<!\.)\bopen\s*\(\s*[\"'`h]": (
        "a window with an address"
    ),
    r"document\.cookie|cookieStore": "a cookie",
    r"\beval\s*\(|new\s+Function\b|setTimeout\s*\(\s*[\"'`]": "code made from text",
    r"https?://(?!www\.w3\.org)": "another host",
    r"sendBeacon": "sending without asking",
}
# The only modules that may name it, each on the first page of the check alone (docs/adr/0040,
# tests/test_device_check_modules.py).
MAY_NAME = {
    "a connection that no policy refuses": ("device-check/call.js",),
    "a window with an address": ("device-check/popup.js",),
}
IN_CAMERA_SCRIPTS = {r"\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource": "a request for data"}
CAMERA_SCRIPTS = (
    "camera",
    "check-camera",
    "light",
    "microphone",
    "speaker",
    "run",
    "environment",
    "practice",
    "card",
)
IN_TEMPLATES = {
    r"\|\s*safe\b": "|safe",
    r"\bautoescape\b": "escaping switched off",
    r"<[a-z][^>{]*\son[a-z]+\s*=": "an inline handler",
    r"<[a-z][^>{]*\sstyle\s*=": "an inline style",
    r"javascript:": "an address that is code",
    r"<script(?![^>]*\bsrc=)": "an inline script",
    r"\{%-?\s*trans\b": "{% trans %}: _() keeps sentences whole",
    r"<(?:iframe|object|embed)\b": "a page within the page",
}
IN_PYTHON = {
    r"set_cookie|flask\.session|import session\b": "a cookie or a session",
    r"render_template_string": "a template made from text",
    r"\bsqlalchemy\b": "the database",
}


def check(paths, forbidden) -> None:
    for path in paths:
        source = path.read_text("utf-8")
        for pattern, what in forbidden.items():
            found = not path.as_posix().endswith(MAY_NAME.get(what, ())) and re.search(pattern, source)
            assert not found, f"{path.relative_to(ROOT)}: {what}: {found and found.group()}"


@pytest.mark.parametrize("pattern", IN_SCRIPTS)
def test_no_script_of_ours_does_what_a_policy_cannot_refuse(pattern):
    assert len(SCRIPTS) > 20
    check(SCRIPTS, {pattern: IN_SCRIPTS[pattern]})


def test_no_script_of_a_camera_page_can_send():
    check([path for path in SCRIPTS if path.stem in CAMERA_SCRIPTS], IN_CAMERA_SCRIPTS)


@pytest.mark.parametrize("pattern", IN_TEMPLATES)
def test_no_template_holds_inline_code_or_unescaped_text(pattern):
    assert len(TEMPLATES) > 80
    check(TEMPLATES, {pattern: IN_TEMPLATES[pattern]})


@pytest.mark.parametrize("pattern", IN_PYTHON)
def test_the_public_side_has_no_cookie_no_session_and_no_database(pattern):
    without_operator = [
        path
        for path in PYTHON
        if path.name not in ("cli.py", "__init__.py") and "migrations" not in path.parts
    ]
    check(without_operator, {pattern: IN_PYTHON[pattern]})


def test_few_modules_keep_something_on_the_device():
    """Only after a press may something be kept there: a browser test sees when, this one sees who. leave.js
    notes in the tab that somebody left, so that Back shows nothing of ours; ticks.js keeps the plan's ticks
    after one yes, tools.js the step after «Spara steget»; keep.js starts the saved copy after a press, and
    worker.js fills it."""
    writes = re.compile(r"\.setItem\(|indexedDB\.open|serviceWorker\.register|caches\.open")
    assert {path.name for path in SCRIPTS if writes.search(path.read_text("utf-8"))} == {
        "card.js",
        "keep.js",
        "leave.js",
        "ticks.js",
        "tools.js",
        "worker.js",
    }
