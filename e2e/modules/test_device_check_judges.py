"""The pure judges of the device check, by table, in the browser that runs them. No device, no waiting."""

import json
import math
import random
from pathlib import Path

import pytest
import scenarios

from patient_app.device_check.verdicts import VERDICTS

ROOT = Path(__file__).resolve().parent.parent.parent
VECTORS = json.loads((ROOT / "tests" / "support_code_vectors.json").read_text())


@pytest.fixture(scope="module")
def call(plain_chromium, server):
    """Calls a function of one of the modules with values and gives its value back."""
    page = plain_chromium.new_context(base_url=server.url).new_page()
    page.goto("/sv/check")
    folder = (
        page.locator("script[src*='/js/pages/']")
        .get_attribute("src")
        .replace("pages/check.js", "device-check")
    )
    page.evaluate("(folder) => (window.folder = folder)", folder)

    def call_function(module: str, function: str, *values):
        return page.evaluate(
            "async ([address, name, values]) => (await import(address))[name](...values)",
            [f"{folder}/{module}.js", function, list(values)],
        )

    call_function.page = page  # type: ignore[attr-defined]
    yield call_function
    page.context.close()


# --- browser ---

HERE = {"touch": 5, "standalone": False, "telegram": False, "secure": True, "media": True, "sound": True}
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 "
    "Safari/605.1.15"
)
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36"
)

AGENTS = [
    (scenarios.SAFARI, {}, ("ok", "ios", "safari", "current", "iphone-safari")),
    (
        scenarios.IPHONE + "CriOS/142.0.0.0 Mobile/15E148 Safari/604.1",
        {},
        ("ok", "ios", "chrome", "current", "iphone-other"),
    ),
    (
        scenarios.IPHONE + "FxiOS/144.0 Mobile/15E148 Safari/605.1.15",
        {},
        ("ok", "ios", "firefox", "current", "iphone-other"),
    ),
    (
        scenarios.IPHONE + "Version/18.0 EdgiOS/141.0 Mobile/15E148 Safari/605.1.15",
        {},
        ("ok", "ios", "edge", "current", "iphone-other"),
    ),
    (
        scenarios.IPHONE + "OPT/5.6 Mobile/15E148 Safari/604.1",
        {},
        ("ok", "ios", "opera", "current", "iphone-other"),
    ),
    (
        scenarios.IPHONE + "Version/18.6 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
        {},
        ("ok", "ios", "other", "current", "iphone-other"),
    ),
    (
        scenarios.IPHONE + "Mobile/15E148",
        {"standalone": True},
        ("ok", "ios", "home-screen", "current", "iphone-other"),
    ),
    (MAC, {"touch": 5}, ("ok", "ios", "safari", "current", "ipad")),
    (MAC, {"touch": 0}, ("ok", "mac", "safari", "current", "mac")),
    (MAC.replace("Version/26.1", "Version/13.1"), {"touch": 0}, ("old", "mac", "safari", "old", "mac")),
    (scenarios.ANDROID_CHROME, {}, ("ok", "android", "chrome", "current", "android-chrome")),
    (
        scenarios.ANDROID + "SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
        {},
        ("ok", "android", "samsung", "current", "android-samsung"),
    ),
    (
        scenarios.ANDROID + "SamsungBrowser/14.2 Chrome/87.0.4280.141 Mobile Safari/537.36",
        {},
        ("old", "android", "samsung", "old", "android-samsung"),
    ),
    (
        "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0",
        {},
        ("ok", "android", "firefox", "current", "android-firefox"),
    ),
    (
        scenarios.ANDROID + "Chrome/142.0.0.0 Mobile Safari/537.36 EdgA/142.0.0.0",
        {},
        ("ok", "android", "edge", "current", "android-other"),
    ),
    (
        scenarios.ANDROID + "Chrome/140.0.0.0 Mobile Safari/537.36 OPR/92.0",
        {},
        ("ok", "android", "opera", "current", "android-other"),
    ),
    (WINDOWS, {"touch": 0}, ("ok", "windows", "chrome", "current", "windows")),
    (WINDOWS + " Edg/142.0.0.0", {"touch": 0}, ("ok", "windows", "edge", "current", "windows")),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0",
        {"touch": 0},
        ("old", "windows", "firefox", "old", "windows"),
    ),
    (
        WINDOWS.replace("Windows NT 10.0; Win64; x64", "X11; CrOS x86_64 14541.0.0"),
        {},
        ("ok", "chromeos", "chrome", "current", "other"),
    ),
    ("", {}, ("ok", "other", "other", "unknown", "other")),
    (scenarios.SAFARI, {"media": False}, ("missing", "ios", "safari", "current", "iphone-safari")),
    (
        scenarios.SAFARI,
        {"secure": False, "media": False},
        ("insecure", "ios", "safari", "current", "iphone-safari"),
    ),
    (
        scenarios.ANDROID_CHROME,
        {"telegram": True},
        ("in-app", "android", "in-line-wechat-telegram", "current", "in-app-android"),
    ),
    (
        scenarios.IPHONE + "Version/18.6 Mobile/15E148 Safari/604.1 Reddit/2025.1",
        {},
        ("in-app", "ios", "in-ios-view", "current", "in-app-ios"),
    ),
]


@pytest.mark.parametrize("agent, more, expected", AGENTS)
def test_each_browser_is_known_by_its_agent(call, agent, more, expected):
    judged = call("environment", "judge", {**HERE, "agent": agent, **more})
    assert (judged["verdict"], judged["os"], judged["browser"], judged["age"], judged["platform"]) == expected


def test_an_iphone_without_web_audio_seems_to_be_in_lockdown_mode(call):
    assert (
        call("environment", "judge", {**HERE, "agent": scenarios.SAFARI, "sound": False, "media": False})[
            "lockdown"
        ]
        is True
    )


@pytest.mark.parametrize(
    "name, message, verdict",
    [
        ("NotAllowedError", "Permission denied", "refused"),
        (
            "NotAllowedError",
            "The request is not allowed by the user agent or the platform in the current context.",
            "refused",
        ),
        ("NotAllowedError", "Permission denied by system", "blocked"),
        ("NotAllowedError", "Permission dismissed", "dismissed"),
        ("SecurityError", "", "blocked"),
        ("NotFoundError", "Requested device not found", "none"),
        ("NotReadableError", "Could not start video source", "in-use"),
        ("AbortError", "", "failed"),
        ("OverconstrainedError", "", "failed"),
        ("InvalidStateError", "", "failed"),
        ("TypeError", "", "failed"),
    ],
)
def test_each_answer_to_the_question_has_its_verdict(call, name, message, verdict):
    assert call("media-errors", "verdictOf", {"name": name, "message": message}) == verdict


# --- picture ---

WIDTH, HEIGHT = 128, 96


def frame(wall: int, face: int, window: float = 0, spread: int = 6, eyes: int = 165) -> list[int]:
    """Grey pixels of a face in a room; `window` is the share of the width, from the left, that is white. Eyes
    are as bright as the light on the face, whatever its skin."""
    chance = random.Random(3)
    pixels = []
    for y in range(HEIGHT):
        for x in range(WIDTH):
            inside = ((x / WIDTH - 0.5) / 0.2) ** 2 + ((y / HEIGHT - 0.5) / 0.38) ** 2 <= 1
            eye = abs(y - 42) < 3 and 5 < abs(x - 64) < 11
            light = (
                eyes if eye else face if inside else 255 if x < window * WIDTH and y < HEIGHT * 0.7 else wall
            )
            value = max(0, min(255, light + (chance.randrange(-spread, spread + 1) if light < 255 else 0)))
            pixels += [value, value, value, 255]
    return pixels


FRAMES = [
    ("a light face in a lit room", frame(150, 180), "ok"),
    ("dark skin in a lit room", frame(150, 55), "ok"),
    ("very dark skin in a lit room", frame(130, 30), "ok"),
    ("dark skin before a bright wall", frame(235, 50), "ok"),
    ("dark skin in a bright room with a lamp", frame(200, 60, window=0.04), "ok"),
    ("a light face before a white wall", frame(242, 200), "ok"),
    ("a dim but usable evening", frame(70, 120), "ok"),
    ("very dark skin before a dark shelf, in full light", frame(30, 40), "ok"),
    ("a dark room", frame(25, 40, eyes=70), "dark"),
    ("a dark room, face lit by the screen a little", frame(18, 85, eyes=98), "dark"),
    ("a dark room, face well lit by the screen", frame(18, 120), "ok"),
    ("a window behind, face dark", frame(120, 50, window=0.5, eyes=80), "backlit"),
    ("a window behind that reaches into the oval", frame(255, 40, eyes=255), "backlit"),
    ("a small window in a dark room", frame(40, 45, window=0.12, eyes=70), "backlit"),
    ("the whole wall is a window", frame(255, 45, spread=0, eyes=70), "backlit"),
    ("a clipped white wall, the face as it should be", frame(255, 120), "ok"),
    ("sun on everything", frame(255, 240, spread=0), "glare"),
]


@pytest.mark.parametrize("name, pixels, verdict", FRAMES, ids=[name for name, *_ in FRAMES])
def test_each_picture_has_its_light(call, name, pixels, verdict):
    measured = call("light", "measure", pixels, WIDTH, HEIGHT)
    assert call("light", "judge", {"frames": [measured] * 6})["verdict"] == verdict


def test_one_odd_frame_of_six_does_not_decide(call):
    fine, dark = (
        {"face": 130, "shine": 170, "around": 140, "white": 0},
        {"face": 20, "shine": 40, "around": 25, "white": 0},
    )
    assert call("light", "judge", {"frames": [fine] * 3 + [dark] * 3})["verdict"] == "ok"
    assert call("light", "judge", {"frames": [fine] * 2 + [dark] * 4})["verdict"] == "dark"


@pytest.mark.parametrize("skin", [55, 62, 80, 105, 130, 165])
@pytest.mark.parametrize(
    "wall, eyes, verdict",
    [(150, 165, "ok"), (25, 165, "ok"), (25, 75, "dark"), (255, 165, "ok"), (90, 83, "dark")],
)
def test_the_same_light_has_the_same_verdict_on_every_skin(call, skin, wall, eyes, verdict):
    """Less light makes every skin darker in the same way, and so its eyes."""
    measured = call("light", "measure", frame(wall, skin * eyes // 165, eyes=eyes), WIDTH, HEIGHT)
    assert call("light", "judge", {"frames": [measured] * 6})["verdict"] == verdict


PLAIN = [
    ("a face in a room", frame(150, 200), False, False),
    (
        "a finger",
        [part for y in range(HEIGHT) for x in range(WIDTH) for part in (90 + y // 4, 20, 10, 255)],
        True,
        False,
    ),
    (
        "a slider, half over",
        [
            part
            for y in range(HEIGHT)
            for x in range(WIDTH)
            for part in [3 if x < 60 else 90 + x % 7 * 12] * 3 + [255]
        ],
        False,
        True,
    ),
    ("a screen's light in a black room", frame(4, 110, spread=2), False, False),
]


@pytest.mark.parametrize("name, pixels, blank, shut", PLAIN, ids=[name for name, *_ in PLAIN])
def test_a_picture_without_edges_and_a_slider_are_told_from_a_room(call, name, pixels, blank, shut):
    seen = call("camera", "look", pixels, WIDTH, HEIGHT)
    verdict = call("camera", "judge", {**GOOD, **seen, "mean": 90})["verdict"]
    assert verdict == ("unclear" if blank else "covered" if shut else "ok"), seen


GOOD = {
    "live": True,
    "muted": 0,
    "width": 1280,
    "height": 720,
    "moved": True,
    "stuck": False,
    "mean": 120,
    "spread": 40,
    "rate": 30,
}


@pytest.mark.parametrize(
    "more, verdict",
    [
        ({}, "ok"),
        ({"width": 480, "height": 640}, "ok"),
        ({"width": 640, "height": 360}, "low-resolution"),
        ({"rate": 6}, "low-resolution"),
        ({"mean": 6, "spread": 2}, "covered"),
        ({"mean": 15, "spread": 20}, "ok"),
        ({"mean": 0, "spread": 0, "moved": False}, "covered"),
        ({"mean": 0, "spread": 0, "moved": False, "stuck": True}, "frozen"),
        ({"moved": False}, "frozen"),
        ({"stuck": True}, "frozen"),
        ({"width": 0}, "no-frames"),
        ({"live": False, "moved": False}, "paused"),
        ({"muted": 2000, "moved": False}, "paused"),
        ({"mean": 6, "spread": 2, "width": 320}, "covered"),
        ({"edges": 0.05}, "unclear"),
        ({"edges": 0.05, "moved": False}, "unclear"),
        ({"edges": 0.02, "mean": 245}, "ok"),
        ({"edges": 0.2, "mean": 30}, "unclear"),
        ({"edges": 0.9, "shut": 0.5}, "covered"),
    ],
)
def test_each_camera_has_its_verdict(call, more, verdict):
    assert call("camera", "judge", {**GOOD, **more})["verdict"] == verdict


@pytest.mark.parametrize(
    "seen, verdict",
    [
        ({"connected": True, "rates": [24]}, "ok"),
        ({"connected": True, "rates": [0, 3, 14]}, "ok"),
        ({"connected": True, "rates": [5, 11, 8, 4]}, "slow"),
        ({"connected": False}, "skipped"),
    ],
)
def test_a_call_is_slow_only_when_no_second_of_it_was_good_enough(call, seen, verdict):
    assert call("call", "judge", seen)["verdict"] == verdict


# --- connection: a browser whose clock is ours, and a line on which each upload takes so long ---

LINE = """
async (uploads) => {
  const { observe } = await import(`${folder}/connection.js`);
  let time = 0;
  let sent = 0;
  const body = { getReader: () => ({ read: async () => ({ done: true }) }) };
  const { up } = await observe({
    now: () => time,
    wait: (more) => (more > 1000 ? new Promise(() => {}) : Promise.resolve((time += more))),
    timing: () => ({ requestStart: 1, responseStart: 21 }),
    noise: (size) => size,
    urls: { ping: "ping", down: "down", up: "up" },
    fetch: async (url, { method }) => {
      if (method) time += uploads[Math.min(sent++, uploads.length - 1)];
      return { ok: true, status: 200, body, arrayBuffer: async () => {} };
    },
  });
  return { up, sent };
}
"""


@pytest.mark.parametrize(
    "uploads, least, most, sent",
    [
        ([30], 5, 99, 1),
        ([1000, 30], 5, 99, 2),  # a busy second, then all is well
        ([1000, 1000], 0.2, 0.3, 2),
        ([2600], 0, 0.15, 1),  # so slow is no moment: once is enough
        ([1000, 120, 300, 600], 3.6, 3.9, 3),  # what went twice is left out at the end
    ],
)
def test_a_busy_moment_is_not_taken_for_the_line(call, uploads, least, most, sent):
    seen = call.page.evaluate(LINE, uploads)
    assert least <= seen["up"] <= most, seen
    assert seen["sent"] == sent


# --- sound ---


def blocks(
    pattern: list[tuple[float, int]],
    seconds: float,
    flat: int = 1,
    heard: float = 0,
    even: bool = False,
    holes: int = 0,
) -> list[dict]:
    """Blocks of 40 ms whose raw level follows the pattern of (dB, how many); the browser lifts it by `heard`.

    The loudest are a voice, whose colour changes from block to block; `even` is a breath, that keeps its own.
    """
    chance = random.Random(5)
    levels = [level for level, count in pattern for _ in range(count)]
    made = []
    for i in range(round(seconds * 25)):
        level = levels[i % len(levels)]
        words = level == max(levels) and len(pattern) > 1 and not even
        raw = {"level": level, "peak": 10 ** (level / 20), "flat": flat, "hole": i < holes}
        bands = [10 ** ((level + (chance.gauss(-4.1, 6) if words else 0)) / 10) / 15 for _ in range(15)]
        lifted = max(-90, level + heard) if level > -90 else -90
        made.append({**raw, "level": lifted, "raw": raw, "bands": bands, "time": 40})
    return made


SPEECH, QUIET = [(-20, 6), (-75, 3)], [(-75, 1)]
SOUNDS = [
    ("a clear voice", blocks(QUIET, 1.5), blocks(SPEECH, 2), "ok"),
    ("a loud voice after gain control", blocks(QUIET, 1.5), blocks([(-8, 6), (-70, 3)], 2), "ok"),
    ("a voice over some noise", blocks([(-55, 1)], 1.5), blocks([(-22, 6), (-55, 3)], 2), "ok"),
    ("talking from the very start", blocks(SPEECH, 1.5), blocks(SPEECH, 2), "ok"),
    ("one word too early", blocks([(-75, 20), (-20, 10)], 1.5), blocks(SPEECH, 2), "ok"),
    ("noise suppression down to nothing", blocks([(-90, 1)], 1.5), blocks([(-25, 6), (-90, 3)], 2), "ok"),
    ("a weak voice", blocks([(-80, 1)], 1.5), blocks([(-50, 6), (-80, 3)], 8), "low"),
    (
        "a quiet child whom the browser lifts",
        blocks([(-80, 1)], 1.5, heard=25),
        blocks([(-50, 6), (-80, 3)], 3, heard=25),
        "ok",
    ),
    ("clipping", blocks(QUIET, 1.5), blocks([(-3, 6), (-75, 3)], 2, flat=14), "clipping"),
    ("three samples at full scale", blocks(QUIET, 1.5), blocks([(-3, 6), (-75, 3)], 2, flat=4), "ok"),
    (
        "a single click",
        blocks(QUIET, 1.5),
        [*blocks(SPEECH, 4)[:99], *blocks([(-2, 1)], 0.04, flat=9)],
        "ok",
    ),
    ("a loud room", blocks([(-35, 1)], 1.5), blocks([(-31, 6), (-35, 3)], 2), "noisy"),
    ("a voice that barely stands out", blocks([(-48, 1)], 1.5), blocks([(-46, 6), (-48, 3)], 2), "noisy"),
    ("a loud fan and nobody speaks", blocks([(-30, 1)], 1.5), blocks([(-30, 1)], 8), "noisy"),
    (
        "a television on the whole time",
        blocks([(-30, 5), (-38, 3)], 1.5),
        blocks([(-30, 5), (-38, 3)], 8),
        "noisy",
    ),
    ("nobody speaks", blocks([(-70, 1)], 1.5), blocks([(-70, 1)], 8), "no-speech"),
    ("a breath close by", blocks(QUIET, 1.5), blocks([(-30, 20), (-75, 20)], 8, even=True), "no-speech"),
    ("a short cough", blocks([(-70, 1)], 1.5), blocks([(-20, 5), (-70, 195)], 8), "no-speech"),
    ("holes in the sound", blocks(QUIET, 1.5), blocks(SPEECH, 4, holes=6), "choppy"),
    ("digital silence", blocks([(-90, 1)], 1.5), blocks([(-90, 1)], 5), "silent"),
    ("a muted Safari", blocks([(-87, 1)], 1.5), blocks([(-87, 1)], 5), "silent"),
]


@pytest.mark.parametrize("name, quiet, talk, verdict", SOUNDS, ids=[name for name, *_ in SOUNDS])
def test_each_sound_has_its_verdict(call, name, quiet, talk, verdict):
    heard = {"engine": True, "live": True, "muted": 0, "lifted": False, "quiet": quiet, "talk": talk}
    assert call("microphone", "judge", heard)["verdict"] == verdict


def test_what_a_browser_has_lifted_itself_is_never_called_clipping(call):
    quiet, talk = blocks(QUIET, 1.5), blocks([(-3, 6), (-75, 3)], 2, flat=14)
    heard = {"engine": True, "live": True, "muted": 0, "quiet": quiet, "talk": talk}
    assert call("microphone", "judge", {**heard, "lifted": True})["verdict"] == "ok"
    assert call("microphone", "judge", {**heard, "lifted": False})["verdict"] == "clipping"


def test_an_engine_that_did_not_start_is_never_called_silence(call):
    assert call("microphone", "judge", {"engine": False})["verdict"] == "engine"


def test_a_block_is_measured_in_decibel_flat_tops_and_holes(call):
    wave = [math.sin(i / 5) * 0.1 for i in range(2048)]
    measured = call("hearing", "measure", wave)
    assert measured["level"] == pytest.approx(-23, abs=0.1) and measured["flat"] <= 2 and not measured["hole"]
    cut = [max(-0.05, min(0.05, sample)) for sample in wave]
    assert call("hearing", "measure", cut)["flat"] > 8, "flat at any level"
    assert call("hearing", "measure", [0, 1, 0, 1, 0.2] * 400)["flat"] <= 2, "a click is not flat"
    assert call("hearing", "measure", [*wave[:900], *[0] * 400, *wave[1300:]])["hole"]
    soft = [sample / 50 for sample in wave]
    assert not call("hearing", "measure", [*soft[:900], *[0] * 400, *soft[1300:]])["hole"], "a pause fades"
    silence = call("hearing", "measure", [0] * 2048)
    assert silence == {"level": -90, "peak": 0, "flat": 0, "hole": False}


def test_the_tone_is_a_wave_file_of_a_second_and_a_half(call):
    import base64
    import io
    import wave

    address = call("speaker", "tone")
    with wave.open(io.BytesIO(base64.b64decode(address.removeprefix("data:audio/wav;base64,")))) as tone:
        assert (tone.getnchannels(), tone.getsampwidth(), tone.getframerate(), tone.getnframes()) == (
            1,
            2,
            8000,
            12000,
        )
        samples = memoryview(tone.readframes(12000)).cast("h")
    assert 14_000 < max(samples) <= 16_000
    assert abs(samples[0]) < 500 and abs(samples[-1]) < 500, "no click at the ends"


# --- connection ---

NET = {"reached": True, "busy": False, "rtts": [20] * 10, "lost": 0, "down": 8, "up": 3, "net": 0}


@pytest.mark.parametrize(
    "more, verdict, classes",
    [
        ({}, "good", {"down": 7, "up": 6, "rtt": 1, "jitter": 1}),
        ({"down": 1.1, "up": 0.7, "rtts": [149] * 10}, "good", {"down": 5, "up": 4, "rtt": 3}),
        ({"down": 1.0}, "fair", {"down": 4}),
        ({"up": 0.69}, "fair", {"up": 3}),
        ({"rtts": [150] * 10}, "fair", {"rtt": 4}),
        ({"rtts": [10, 60] * 5}, "fair", {"jitter": 2}),
        ({"lost": 1}, "fair", {"jitter": 3}),
        ({"down": 0.34}, "poor", {"down": 2}),
        ({"up": 0.1}, "poor", {"up": 1}),
        ({"rtts": [600] * 10}, "poor", {"rtt": 6}),
        ({"reached": False, "rtts": []}, "unreachable", {"rtt": 7}),
        ({"busy": True}, "skipped", {}),
    ],
)
def test_each_line_has_its_verdict_and_classes(call, more, verdict, classes):
    judged = call("connection", "judge", {**NET, **more})
    assert judged["verdict"] == verdict
    assert {name: judged[name] for name in classes} == classes


# --- verdict and code ---

ROWS = {
    f"{row.check}:{row.id}": {"severity": row.severity, "rank": row.rank, "number": row.number}
    for row in VERDICTS
}

FINE = {
    "environment": "ok",
    "camera": "ok",
    "light": "ok",
    "microphone": "ok",
    "speaker": "heard",
    "connection": "good",
}


@pytest.mark.parametrize(
    "more, overall, first",
    [
        ({}, "ok", None),
        ({"light": "skipped"}, "skipped", None),
        ({"light": "backlit", "speaker": "skipped"}, "fix", "light"),
        ({"light": "dark", "microphone": "noisy"}, "fix", "microphone"),
        ({"camera": "refused", "microphone": "refused"}, "stop", "camera"),
        ({"environment": "in-app", "camera": "refused"}, "stop", "environment"),
        ({"environment": "old", "camera": "in-use"}, "stop", "camera"),
        ({"microphone": "noisy", "connection": "poor"}, "stop", "connection"),
        ({"microphone": "low", "connection": "fair"}, "fix", "microphone"),
        ({"camera": "in-use", "microphone": "refused"}, "stop", "microphone"),
        ({"environment": "insecure"}, "stop", "environment"),
    ],
)
def test_the_whole_and_the_one_thing_to_do_first(call, more, overall, first):
    found = call("run", "overall", {**FINE, **more}, ROWS)
    assert (found["overall"], found.get("check")) == (overall, first)


def test_with_aids_speech_and_sound_leave_no_mark(call):
    silent = {**FINE, "microphone": "silent", "speaker": "skipped"}
    assert call("run", "overall", silent, ROWS, True)["overall"] == "ok"
    assert call("run", "overall", silent, ROWS, False)["overall"] == "stop"
    assert call("run", "overall", {**silent, "camera": "covered"}, ROWS, True)["check"] == "camera"


@pytest.mark.parametrize("vector", VECTORS["good"], ids=lambda vector: vector["code"])
def test_javascript_writes_the_same_codes_as_python(call, vector):
    assert call("support-code", "encode", {"version": 1, **vector["fields"]}) == vector["code"]


@pytest.mark.parametrize(
    "results, fields",
    [
        ({"camera": {"verdict": "ok"}, "light": {"verdict": "dark"}}, {"camera": 2, "microphone": 0}),
        ({"camera": {"verdict": "low-resolution"}, "light": {"verdict": "dark"}}, {"camera": 4}),
        ({"camera": {"verdict": "ok"}, "light": {"verdict": "skipped"}}, {"camera": 1}),
        ({"camera": {"verdict": "no-frames"}}, {"camera": 6}),
        ({"camera": {"verdict": "failed", "detail": {"constraint": True}}}, {"camera": 14}),
        ({"camera": {"verdict": "failed", "detail": {"ours": True}}}, {"camera": 31}),
        (
            {"microphone": {"verdict": "paused"}, "speaker": {"verdict": "skipped"}},
            {"microphone": 13, "speaker": 0},
        ),
        (
            {"speaker": {"verdict": "cannot-play"}, "connection": {"detail": {"down": 4, "net": 2}}},
            {"speaker": 3, "down": 4, "net": 2},
        ),
    ],
)
def test_each_verdict_has_its_symbol(call, results, fields):
    environment = {"verdict": "ok", "os": "ios", "age": "current", "browser": "safari"}
    found = call("support-code", "fieldsOf", {**results, "environment": environment}, ROWS)
    assert {name: found[name] for name in fields} == fields
