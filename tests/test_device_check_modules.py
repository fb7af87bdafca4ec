"""What the modules of the device check may contain, import and weigh. Read from their sources, without a
browser."""

import re
from pathlib import Path

import brotli
import pytest

from patient_app.web.assets import STATIC, compact_script

FOLDER = STATIC / "js" / "device-check"
PAGES = [STATIC / "js" / "pages" / "check.js", STATIC / "js" / "pages" / "check-camera.js"]
MODULES = {path.stem: compact_script(path.read_text()) for path in (*sorted(FOLDER.glob("*.js")), *PAGES)}
FOR_FAMILIES = {
    path.relative_to(STATIC / "js").as_posix(): compact_script(path.read_text())
    for path in sorted((STATIC / "js").rglob("*.js"))
    if path.parent.name not in ("staff", "support")
}
CHECKS = {
    "environment",
    "camera",
    "light",
    "microphone",
    "speaker",
    "connection",
    "call",
    "popup",
    "support-code",
}
IMPORT = re.compile(r'\b(?:import|export)\b[^;"]*?\bfrom *"([^"]+)"|\bimport *"([^"]+)"')

# What a policy cannot refuse (trust-and-speed.md 1), and what it does refuse but we do not even try.
NEVER_ON_THE_CAMERA_PAGE = (
    r"\bfetch\b",
    r"XMLHttpRequest",
    r"sendBeacon",
    r"WebSocket",
    r"WebTransport",
    r"EventSource",
    r"\bWorker\b",
    r"importScripts",
    r"RTC\w+",
    r"\bimport\s*\(",
    r"\bopen\s*\(",
    r"location\s*=[^=]",
    r"location\.(href|hash|search|pathname|host)\s*=[^=]",
    r"\.assign\(\s*[\"'`]",
    r"location\.(assign|replace|reload)",
    r"\bsubmit\s*\(",
    r"\.click\s*\(",
    r"new Image",
    r"MediaRecorder",
    r"captureStream",
    r"toDataURL",
    r"toBlob",
    r"createObjectURL",
    r"innerHTML",
    r"\beval\b",
    r"new Function",
    r"\.ping\b",
    r"localStorage",
    r"sessionStorage",
    r"indexedDB",
    r"document\.cookie",
    r"postMessage",
    r"BroadcastChannel",
    r"prefetch",
    r"createElement\(\"(?!canvas|span)",
)


def imports(source: str) -> set[str]:
    return {first or second for first, second in IMPORT.findall(source)}


def loaded_by(entry: Path) -> dict[str, str]:
    """Every module that the browser loads for an entry, by file."""
    found: dict[str, str] = {}
    waiting = [entry.resolve()]
    while waiting:
        path = waiting.pop()
        if path.as_posix() in found:
            continue
        found[path.as_posix()] = compact_script(path.read_text())
        waiting += [(path.parent / name).resolve() for name in imports(found[path.as_posix()])]
    return found


def test_nothing_on_the_camera_page_can_send_anything(client):
    html = client.get("/sv/check/camera").get_data(as_text=True)
    entries = re.findall(r'<script[^>]+src="/static/[^/]+/([^"]+)"', html)
    assert entries == ["js/pages/check-camera.js"], "one script a page"
    for entry in entries:
        for path, source in loaded_by(STATIC / entry).items():
            # left.js asks whether somebody left by «Lämna sidan», so that Back never shows this page: it
            # takes one note of the tab away, and can put none there.
            reads = {r"sessionStorage"} if path.endswith("/js/left.js") else set()
            assert not (reads and "setItem" in source), f"{path} keeps something"
            for way in set(NEVER_ON_THE_CAMERA_PAGE) - reads:
                assert not re.search(way, source), f"{path} contains {way}"


def test_the_camera_page_does_not_even_load_what_may_send_call_or_open():
    for name in ("connection", "call", "popup"):
        assert not any(path.endswith(f"/{name}.js") for path in loaded_by(PAGES[1])), name
        assert any(path.endswith(f"/{name}.js") for path in loaded_by(PAGES[0])), name


# What a policy cannot refuse, and the one file of all our scripts that may name it (docs/adr/0040).
NAMED_ONCE = {
    r"RTC[A-Z]\w+|captureStream": "call",
    r"\bwindow\.open\b": "popup",
}


@pytest.mark.parametrize("way, only", NAMED_ONCE.items())
def test_a_call_and_a_window_are_named_in_one_file_each(way, only):
    named = {path.stem for path in (STATIC / "js").rglob("*.js") if re.search(way, path.read_text())}
    assert named == {only}


@pytest.mark.parametrize("only", NAMED_ONCE.values())
def test_that_file_is_loaded_by_the_first_page_of_the_check_alone(only):
    for entry in (STATIC / "js" / "pages").glob("*.js"):
        loaded = any(path.endswith(f"/{only}.js") for path in loaded_by(entry))
        assert loaded == (entry.stem == "check"), entry.name


def test_the_call_names_no_server():
    source = MODULES["call"]
    assert not re.search(r"iceServers|stun:|turn:|urls|https?:", source)
    assert source.count("new RTCPeerConnection()") == source.count("new RTCPeerConnection") == 2


@pytest.mark.parametrize("name, source", MODULES.items(), ids=MODULES)
def test_each_module_imports_only_what_it_may(name, source):
    allowed = {
        "page": {
            "../fragment.js",
            "../fragment-put.js",
            "./browser.js",
            "./choose.js",
            "./environment.js",
            "./run.js",
            "./support-code.js",
        },
        "environment": {"./in-app.js"},
        "browser": {"./media-errors.js"},
        "run": {"./media-errors.js"},
        "microphone": {"./hearing.js"},
        "check-camera": {
            "../site.js",
            *(f"../device-check/{name}.js" for name in ("page", "camera", "light", "microphone", "speaker")),
        },
        "check": {
            "../site.js",
            *(f"../device-check/{name}.js" for name in ("page", "connection", "call", "popup")),
        },
    }
    assert imports(source) <= allowed.get(name, set())


@pytest.mark.parametrize("name, source", MODULES.items(), ids=MODULES)
def test_only_the_page_names_the_document_and_only_the_browser_the_navigator(name, source):
    assert "document" not in source or name == "page"
    assert "navigator" not in source or name == "browser"


@pytest.mark.parametrize("name", sorted(CHECKS - {"support-code"}))
def test_each_check_observes_and_judges(name):
    assert re.search(r"\bexport (async )?(function|const) observe\b", MODULES[name])
    assert re.search(r"\bexport (function|const) judge\b", MODULES[name])


@pytest.mark.parametrize("name, source", FOR_FAMILIES.items(), ids=FOR_FAMILIES)
def test_an_old_phone_can_read_every_module(name, source):
    """All of them, for those of a page are joined: one that cannot be read would take the others with it."""
    for newer in (
        r"\?\.",
        r"\?\?",
        r"\|\|=",
        r"&&=",
        r"\.at\(",
        r"\breplaceAll\b",
        r"AbortSignal\.",
        r"\bstructuredClone\b",
    ):
        assert not re.search(newer, source), f"{newer} is not in the JavaScript of 2018"
    assert not re.search(r"catch\s*\{", source), "catch without a name is of 2019"


@pytest.mark.parametrize("name, source", MODULES.items(), ids=MODULES)
def test_no_module_holds_words(name, source):
    for text in re.findall(r'"([^"\n]*)"', source):
        assert not re.search(r"[åäöÅÄÖ]", text), text
        assert not re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text), text


def weight(source: str) -> int:
    return len(brotli.compress(source.encode(), quality=11))


def test_all_modules_of_both_pages_weigh_at_most_26_kilobytes():
    weights = {name: weight(source) for name, source in MODULES.items()}
    assert sum(weights.values()) <= 26_000, weights  # trust-and-speed.md 3
    assert max(weights.values()) <= 5_000, weights
