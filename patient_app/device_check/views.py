"""Public. The two pages of the device check, and the server's end of the connection test: fixed sizes,
nothing kept."""

import os
import threading
import time
from collections.abc import Iterator

from flask import Blueprint, Response, abort, jsonify, make_response, request

from patient_app.device_check.checks import CAMERA_PAGE, CONNECTION_PAGE, SPELLING
from patient_app.device_check.fixes import CONNECTION_FIXES, FIXES, PLATFORM_NAMES, fixes_for
from patient_app.device_check.problems import LICENCE, PROBLEMS, VERSION, KnownProblem
from patient_app.device_check.verdicts import row_of
from patient_app.web.languages import LANGUAGES, STAFF_CODES, in_language, staff_gettext
from patient_app.web.routing import page, public

device_check = Blueprint("device_check", __name__)

# docs/device-check.md B6; static/js/device-check/connection.js climbs the same stairs.
DOWN_KIB = (32, 128, 256, 512)
UP_KIB = (32, 128, 256)
CHUNK = 16 * 1024
UP_SECONDS = 10  # a body that has not come by then is no measure of anything
AT_ONCE = 6  # transfers per process; families who read come first

# Incompressible, made once: making it must not take time from the measure.
_NOISE = os.urandom(DOWN_KIB[-1] * 1024)
_places = threading.BoundedSemaphore(AT_ONCE)


@public(device_check, "/check")
def connection() -> Response:
    """First page: the browser, and the connection to our own server. Has no camera."""
    return page(
        "device_check/connection.html",
        id="check.connection",
        policy="check",
        checks=CONNECTION_PAGE,
        fixes=CONNECTION_FIXES,
        spelling=SPELLING,
    )


@public(device_check, "/check/camera")
def camera() -> Response:
    """Second page: camera, light, microphone, sound. May request nothing; it is handed the first page's
    result in its fragment."""
    return page(
        "device_check/camera.html",
        id="check.camera",
        policy="camera",
        checks=CAMERA_PAGE,
        fixes=FIXES,
        spelling=SPELLING,
    )


@public(device_check, "/check/fix/<found>")
def fix(found: str) -> Response:
    """One verdict's fixes with an address of their own, "camera-refused": support sends it. Each device's
    steps have its id as anchor."""
    check, _, verdict = found.partition("-")
    row = row_of(check, verdict)
    fixes = fixes_for(check, verdict)
    if row is None or not fixes:
        abort(404)
    return page("device_check/fix.html", id="check.fix", says=row.says, fixes=fixes, platforms=PLATFORM_NAMES)


@public(device_check, "/practice")
def practice() -> Response:
    """The rehearsal for a child, in the children's look: the camera page's checks, friendly, and the same
    result for the adult."""
    return page(
        "children/practice.html",
        id="children.practice",
        policy="camera",
        checks=CAMERA_PAGE,
        fixes=FIXES,
        spelling=SPELLING,
    )


@device_check.get("/problems.json")
def problems() -> Response:
    """The open catalogue of known problems, for other services: docs/problems.schema.json, CC0."""
    response = jsonify(
        version=VERSION,
        licence=LICENCE,
        updated=max(one.checked_on for one in PROBLEMS).isoformat(),
        problems=[_as_data(one) for one in PROBLEMS],
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _as_data(problem: KnownProblem) -> dict[str, object]:
    """One row of the catalogue as JSON."""
    words: dict[str, dict[str, str]] = {}
    for field in ("symptom", "cause", "helps"):
        words[field] = {}
        for code in STAFF_CODES:
            with in_language(LANGUAGES[code]):
                words[field][code] = staff_gettext(getattr(problem, field))
    return {
        "id": problem.id,
        **words,
        **{name: getattr(problem, name) for name in ("seen", "verdicts", "pages", "devices", "sources")},
        "checked_on": problem.checked_on.isoformat(),
        "tested": bool(problem.test),
        **({} if problem.test else {"why_not_tested": problem.untested}),
    }


@device_check.get("/check/ping")
def ping() -> Response:
    """Nothing at all, for the round trip."""
    return _answer(b"", time.perf_counter())


@device_check.get("/check/down/<int:kib>")
def down(kib: int) -> Response:
    """So many KiB of noise; 404 for other sizes, 503 when too many test at once (the page then says "not
    tested")."""
    started = time.perf_counter()
    if kib not in DOWN_KIB:
        abort(404)
    if not _places.acquire(blocking=False):
        return _busy()
    response = _answer(_Noise(kib * 1024), started)
    response.content_length = kib * 1024
    return response


@device_check.post("/check/up")
def up() -> Response:
    """Reads a body of an allowed size and drops it; 413 for other sizes, 503 when too many test at once."""
    started = time.perf_counter()
    if request.content_length not in [kib * 1024 for kib in UP_KIB]:
        abort(413)
    if not _places.acquire(blocking=False):
        return _busy()
    try:
        while request.stream.read(CHUNK):
            if time.perf_counter() - started > UP_SECONDS:
                abort(408)
    finally:
        _places.release()
    return _answer(b"", time.perf_counter())


class _Noise:
    """So many bytes of noise, holding a place among the transfers. Gives it back once: at its end, when
    closed, or when forgotten."""

    def __init__(self, size: int) -> None:
        self._left = memoryview(_NOISE)[:size]
        self._holds = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk, self._left = bytes(self._left[:CHUNK]), self._left[CHUNK:]
        if not chunk:
            self.close()
            raise StopIteration
        return chunk

    def close(self) -> None:
        if self._holds:
            self._holds = False
            _places.release()

    __del__ = close  # a server that forgets to close must not wear the places out


def _answer(body: bytes | Iterator[bytes], started: float) -> Response:
    response = make_response(Response(body, mimetype="application/octet-stream"))
    response.headers["Cache-Control"] = "no-store, no-transform"
    response.headers["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.2f}"
    return response


def _busy() -> Response:
    response = _answer(b"", time.perf_counter())
    response.status_code = 503
    return response
