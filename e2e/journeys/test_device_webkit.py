"""A smoke run in WebKitGTK, the nearest to an iPhone's engine that runs here: both pages with the engine's
own drawn camera and tone, and without any device.

The drawn camera is a black picture with white signs, so "backlit" is right; the tone is no voice. What
matters is that every module loads and runs, that the camera's frames and the microphone's levels are read,
and that what is missing is said.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from patient_app.codes.support_code import decode

WINDOW = Path(__file__).resolve().parent.parent / "webkit_window.py"
PYTHON = "/usr/bin/python3"  # Debian's own, which has PyGObject
HAS_WEBKIT = (
    "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1'); from gi.repository "
    "import WebKit2"
)
TOOLS = """
const one = (selector) => document.querySelector(selector);
const seen = (selector) => [...document.querySelectorAll(selector)].some((element) => element.offsetParent);
const until = async (test, seconds = 40) => {
  for (const from = performance.now(); !test(); await new Promise((go) => setTimeout(go, 100)))
    if (performance.now() - from > 1000 * seconds) throw new Error("not in time: " + test);
};
const press = async (action) => { await until(() => seen(`[data-action="${action}"]`)); one(`[data-action="${action}"]`).click(); };
const result = () => ({
  overall: one("[data-overall]").dataset.overall, code: one("[data-support-code]").textContent,
  verdicts: Object.fromEntries([...document.querySelectorAll("[data-check]")].map(({dataset}) => [dataset.check, dataset.verdict])),
  fixes: [...document.querySelectorAll(".fix")].filter((fix) => fix.offsetParent).length,
});
"""  # noqa: E501


class Window:
    """A WebKitGTK of its own under a screen that is not there."""

    def __init__(self, *arguments: str) -> None:
        command = ["xvfb-run", "-a", PYTHON, str(WINDOW), *arguments]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._answer()

    def _answer(self):
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["said"]

    def _tell(self, wish: dict):
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def go(self, address: str) -> None:
        assert self._tell({"go": address}) == address

    def ask(self, body: str):
        return self._tell({"ask": TOOLS + body})

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@pytest.fixture
def webkit():
    """Opens windows; skips, saying why, where WebKitGTK is not."""
    if (
        not shutil.which("xvfb-run")
        or not Path(PYTHON).exists()
        or subprocess.run([PYTHON, "-c", HAS_WEBKIT], capture_output=True).returncode
    ):
        pytest.skip(
            "WebKitGTK is not here, and ./test could not fetch it with apt-get (gir1.2-webkit2-4.1, "
            "python3-gi, xvfb): not tried."
        )
    windows: list[Window] = []

    def open_window(*arguments: str) -> Window:
        windows.append(Window(*arguments))
        return windows[-1]

    yield open_window
    for window in windows:
        window.close()


def test_both_pages_run_in_webkit_and_read_its_drawn_camera_and_its_tone(webkit, server):
    window = webkit("mock")
    window.go(f"{server.url}/sv/check")
    seen = window.ask(
        "await press('start'); await until(() => seen('[data-overall]')); return {...result(), next: "
        "one('[data-next]').href};"
    )
    assert seen["verdicts"]["environment"] == "ok"
    assert seen["verdicts"]["connection"] in ("good", "fair")
    assert decode(seen["code"]).fields()["down"] > 0
    window.go(seen["next"])
    seen = window.ask(
        "await press('start'); await press('heard'); await until(() => seen('[data-overall]')); return "
        "result();"
    )
    verdicts = seen["verdicts"]
    assert {name: verdicts[name] for name in ("environment", "camera", "light", "speaker")} == {
        "environment": "ok",
        "camera": "ok",
        "light": "backlit",
        "speaker": "heard",
    }
    assert verdicts["microphone"] in ("ok", "low", "noisy", "no-speech"), (
        "the tone was heard: neither silence nor an engine that stands still"
    )
    fields = decode(seen["code"]).fields()
    assert (fields["browser"], fields["camera"], fields["speaker"]) == (1, 3, 1)
    assert fields["down"] > 0, "the first page's result is in the code"
    assert seen["fixes"] == 1


def test_without_any_device_webkit_is_told_so_with_something_to_do(webkit, server):
    window = webkit()
    window.go(f"{server.url}/sv/check/camera")
    seen = window.ask(
        "await press('start'); await press('heard'); await until(() => seen('[data-overall]')); return "
        "result();"
    )
    assert seen["overall"] == "stop"
    # WebKit calls a device that is not there too strict a wish, even without any wish (code 14).
    assert (seen["verdicts"]["camera"], seen["verdicts"]["microphone"]) == ("failed", "failed")
    assert seen["fixes"] == 1
