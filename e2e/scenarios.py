"""Device situations as data: what is wrong, and what the check must say about it, on which device, with which
fix and code.

journeys/test_device_situations.py plays each of them in a real browser. A scenario names only what differs
from a phone where all is well.
"""

from dataclasses import dataclass, field

from link import Line

from patient_app.device_check.verdicts import row_of

# Agents. Chromium shows its own where none is given.
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
WEBVIEW = (
    "Mozilla/5.0 (Linux; Android 14; SM-A556B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/141.0.7390.70 Mobile Safari/537.36 "
)
SAFARI = IPHONE + "Version/26.1 Mobile/15E148 Safari/604.1"
ANDROID_CHROME = ANDROID + "Chrome/142.0.0.0 Mobile Safari/537.36"

OLD_GET = "const media = navigator.mediaDevices, get = media.getUserMedia.bind(media);"


def rejects(name: str, message: str = "") -> str:
    """getUserMedia that always fails so."""
    return (
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException({message!r}, "
        f"{name!r}); }};"
    )


RAW_SOUND = OLD_GET + (
    "media.getUserMedia = (wishes) => get({...wishes, audio: wishes.audio && "
    "{echoCancellation: false, noiseSuppression: false, autoGainControl: false}});"
)
NO_FRAMES = OLD_GET + (
    "media.getUserMedia = async (wishes) => { const canvas = document.createElement('canvas'); "
    "canvas.getContext('2d');"
    "const stream = canvas.captureStream(0); return stream; };"
)
ENDS = OLD_GET + (
    "media.getUserMedia = async (wishes) => { const stream = await get(wishes);"
    "setTimeout(() => stream.getVideoTracks().forEach((track) => track.stop()), 2000); return stream; };"
)
MUTED = OLD_GET + (
    "media.getUserMedia = async (wishes) => { const stream = await get(wishes);"
    "stream.getVideoTracks().forEach((track) => Object.defineProperty(track, 'muted', {value: true})); "
    "return stream; };"
)
NO_ENGINE = "Object.defineProperty(BaseAudioContext.prototype, 'state', {get: () => 'suspended'});"
NO_SOUND_OUT = (
    "const play = HTMLMediaElement.prototype.play; let refusals = %s;"
    "HTMLMediaElement.prototype.play = function () { return this.tagName === 'AUDIO' && !this.muted && "
    "refusals-- > 0"
    " ? Promise.reject(new DOMException('', 'NotAllowedError')) : play.call(this); };"
)
NO_API = "Object.defineProperty(navigator, 'mediaDevices', {value: undefined});"
SAVE_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true, type: 'cellular'}});"

# The test machine's own unevenness is not what these are about: the round trip is told, the rest is measured.
STEADY = "performance.getEntriesByName = () => [{requestStart: 1, responseStart: 21}];"

SOUND = ("microphone", "speaker")
PICTURE = ("camera",)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One situation. `skip` is pressed before the start; `answers` are pressed in turn as their buttons
    show."""

    name: str
    page: str = "camera"
    picture: str = "good"
    sound: str | None = "good"
    device: str = "fake"  # fake, none, no-camera, deny
    permissions: tuple[str, ...] = ("camera", "microphone")
    script: str = ""
    agent: str = ""
    touch: bool = True
    insecure: bool = False
    offline: bool = False
    line: Line | None = None
    clock: bool = False  # jump over the half minute that a question is waited for
    aids: bool = False
    skip: tuple[str, ...] = ()
    answers: tuple[str, ...] = ("heard",)
    # What the page must say.
    verdicts: dict[str, str] = field(default_factory=dict)
    overall: str = "ok"
    fix: str | None = None  # the recipe (fixes.py)
    platform: str = ""
    code: dict[str, int | tuple[int, ...]] = field(default_factory=dict)


def picture(
    name: str,
    made_of: str,
    verdicts: dict[str, str],
    overall: str,
    symbol: int,
    fix: str | None = None,
    **more,
) -> Scenario:
    """A situation of the camera's picture alone; sound is skipped."""
    return Scenario(
        name=name,
        picture=made_of,
        skip=SOUND,
        verdicts=verdicts,
        overall=overall,
        fix=fix,
        code={"camera": symbol, "microphone": 17},
        **more,
    )


def sound(
    name: str, made_of: str | None, verdict: str, overall: str, symbol: int, fix: str | None = None, **more
) -> Scenario:
    """A situation of the microphone alone; picture and loudspeaker are skipped."""
    return Scenario(
        name=name,
        sound=made_of,
        skip=("camera", "speaker"),
        verdicts={"microphone": verdict},
        overall=overall,
        fix=fix,
        code={"camera": 17, "microphone": symbol},
        **more,
    )


def asked(name: str, verdict: str, symbol: int, **more) -> Scenario:
    """A situation in which neither camera nor microphone is given."""
    return Scenario(
        name=name,
        verdicts={"camera": verdict, "microphone": verdict},
        overall="stop",
        fix=row_of("camera", verdict).first,
        code={"camera": symbol, "microphone": symbol},
        skip=("speaker",),
        **more,
    )


def inside(name: str, agent: str, symbol: int, platform: str) -> Scenario:
    """A page opened inside another app."""
    return Scenario(
        name=name,
        page="connection",
        agent=agent,
        skip=("connection",),
        verdicts={"environment": "in-app"},
        overall="fix",
        fix="leave-app",
        platform=platform,
        code={"browser": symbol},
    )


SCENARIOS = (
    Scenario(
        name="all good",
        verdicts={"environment": "ok", "camera": "ok", "light": "ok", "microphone": "ok", "speaker": "heard"},
        code={"camera": 1, "microphone": 1, "speaker": 1, "age": 1, "browser": 2},
    ),
    Scenario(
        name="all good but the fake device's own beeps, whose waves are square",
        sound=None,
        verdicts={"camera": "ok", "microphone": "clipping", "speaker": "heard"},
        overall="fix",
        fix="move-away",
        code={"camera": 1, "microphone": 3, "speaker": 1},
    ),
    # Permission and device
    asked("refused", "refused", 9, permissions=()),
    asked("refused by the browser's own rule", "refused", 9, device="deny"),
    asked(
        "refused on an iPhone in Safari", "refused", 9, permissions=(), agent=SAFARI, platform="iphone-safari"
    ),
    asked(
        "refused in Chrome on Android",
        "refused",
        9,
        permissions=(),
        agent=ANDROID_CHROME,
        platform="android-chrome",
    ),
    Scenario(
        name="camera only refused",
        permissions=("microphone",),
        skip=("speaker",),
        verdicts={"camera": "refused", "microphone": "ok"},
        overall="stop",
        fix="allow",
        code={"camera": 9, "microphone": 1},
    ),
    Scenario(
        name="microphone only refused",
        permissions=("camera",),
        skip=("speaker",),
        verdicts={"camera": "ok", "light": "ok", "microphone": "refused"},
        overall="stop",
        fix="allow",
        code={"camera": 1, "microphone": 9},
    ),
    asked(
        "blocked by the system",
        "blocked",
        10,
        script=rejects("NotAllowedError", "Permission denied by system"),
    ),
    asked("dismissed", "dismissed", 18, script=rejects("NotAllowedError", "Permission dismissed")),
    asked(
        "question left open",
        "waiting",
        8,
        script="navigator.mediaDevices.getUserMedia = () => new Promise(() => {});",
        clock=True,
    ),
    asked("no devices", "none", 11, device="none"),
    Scenario(
        name="no camera",
        device="no-camera",
        skip=("speaker",),
        verdicts={"camera": "none", "microphone": "ok"},
        overall="stop",
        fix="find-camera",
        code={"camera": 11, "microphone": 1},
    ),
    Scenario(
        name="no microphone",
        skip=("speaker",),
        script=OLD_GET
        + (
            "media.getUserMedia = async (wishes) => { if (wishes.audio) throw new DOMException('', "
            "'NotFoundError'); return get(wishes); };"
        ),
        verdicts={"camera": "ok", "light": "ok", "microphone": "none"},
        overall="stop",
        fix="find-microphone",
        code={"camera": 1, "microphone": 11},
    ),
    asked(
        "in use by another program",
        "in-use",
        12,
        script=rejects("NotReadableError", "Could not start video source"),
    ),
    asked("aborted", "failed", 15, script=rejects("AbortError")),
    asked("overconstrained even without limits", "failed", 14, script=rejects("OverconstrainedError")),
    Scenario(
        name="overconstrained until the limits are dropped",
        skip=SOUND,
        script=OLD_GET
        + (
            "media.getUserMedia = (wishes) => wishes.video === true ? get(wishes) : Promise.reject(new "
            "DOMException('', 'OverconstrainedError'));"
        ),
        verdicts={"camera": "ok"},
        overall="skipped",
        code={"camera": 1},
    ),
    asked("a failure of a kind nobody has named", "failed", 15, script=rejects("EvilError")),
    # Browser
    Scenario(
        name="insecure origin",
        insecure=True,
        verdicts={"environment": "insecure"},
        overall="stop",
        fix="padlock",
        code={"camera": 16, "microphone": 16},
    ),
    Scenario(
        name="no camera in this browser",
        script=NO_API,
        verdicts={"environment": "missing"},
        overall="stop",
        fix="newer-browser",
        code={"camera": 16, "microphone": 16},
    ),
    Scenario(
        name="no camera inside Facebook on iPhone",
        page="connection",
        script=NO_API,
        agent=IPHONE + "Mobile/22G86 [FBAN/FBIOS;FBAV/530.0.0.33;FBDV/iPhone16,1]",
        verdicts={"environment": "missing"},
        overall="stop",
        fix="newer-browser",
        platform="in-app-ios",
        code={"os": 1, "age": 1, "browser": 16, "camera": 16, "microphone": 16},
    ),
    inside(
        "inside Facebook on iPhone",
        IPHONE + "Mobile/22G86 [FBAN/FBIOS;FBAV/530.0.0.33;FBDV/iPhone16,1]",
        16,
        "in-app-ios",
    ),
    inside("inside Facebook on Android", WEBVIEW + "[FB_IAB/FB4A;FBAV/530.0.0.60.76;]", 16, "in-app-android"),
    inside(
        "inside Messenger on iPhone",
        IPHONE + "Mobile/22G86 [FBAN/MessengerForiOS;FBAV/530.0.0.33;]",
        17,
        "in-app-ios",
    ),
    inside(
        "inside Messenger on Android",
        WEBVIEW + "[FB_IAB/Orca-Android;FBAV/530.0.0.60.76;]",
        17,
        "in-app-android",
    ),
    inside(
        "inside Instagram on iOS 26.4",
        IPHONE
        + "Version/26.4 Mobile/15E148 Safari/604.1 Instagram 423.0.0.20 (iPhone16,1; iOS 26_4) IABMV/1",
        18,
        "in-app-ios",
    ),
    inside("inside Threads", IPHONE + "Mobile/22G86 Barcelona 400.0.0.20", 18, "in-app-ios"),
    inside(
        "inside something of Meta's",
        IPHONE + "Version/26.4 Mobile/15E148 Safari/604.1 IABMV/1",
        16,
        "in-app-ios",
    ),
    inside("inside Snapchat", IPHONE + "Mobile/22G86 Snapchat/13.50.0.50", 19, "in-app-ios"),
    inside(
        "inside TikTok on Android", WEBVIEW + "musical_ly_2024 BytedanceWebview/d8a21c6", 20, "in-app-android"
    ),
    inside("inside LinkedIn", IPHONE + "Mobile/22G86 [LinkedInApp]/9.31", 21, "in-app-ios"),
    inside("inside X", IPHONE + "Mobile/22G86 Twitter for iPhone/11.30", 22, "in-app-ios"),
    inside("inside WhatsApp on iPhone", IPHONE + "Mobile/22G86 WAiOS/2.25", 23, "in-app-ios"),
    inside("inside the Google app", IPHONE + "GSA/395.0 Mobile/15E148 Safari/604.1", 24, "in-app-ios"),
    inside("inside Line", IPHONE + "Mobile/22G86 Safari Line/15.1.0", 25, "in-app-ios"),
    inside("inside WeChat", WEBVIEW + "MicroMessenger/8.0.60", 25, "in-app-android"),
    inside("inside an unknown app on Android", WEBVIEW, 30, "in-app-android"),
    inside("inside an unknown app on iPhone", IPHONE + "Mobile/22G86", 31, "in-app-ios"),
    Scenario(
        name="an old iPhone",
        page="connection",
        skip=("connection",),
        agent=IPHONE.replace("18_6", "12_5") + "Version/12.1.2 Mobile/15E148 Safari/604.1",
        verdicts={"environment": "old"},
        overall="fix",
        fix="update",
        platform="iphone-safari",
        code={"os": 1, "age": 2, "browser": 1},
    ),
    Scenario(
        name="a much too old iPhone",
        page="connection",
        skip=("connection",),
        agent=IPHONE.replace("18_6", "10_3") + "Version/10.0 Mobile/14E304 Safari/602.1",
        verdicts={"environment": "old"},
        overall="fix",
        fix="update",
        platform="iphone-safari",
        code={"os": 1, "age": 3, "browser": 1},
    ),
    Scenario(
        name="an old Android",
        page="connection",
        skip=("connection",),
        agent=(
            "Mozilla/5.0 (Linux; Android 7.0; SM-G930F) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/96.0.4664.104 Mobile Safari/537.36"
        ),
        verdicts={"environment": "old"},
        overall="fix",
        fix="update",
        platform="android-chrome",
        code={"os": 2, "age": 2, "browser": 2},
    ),
    # Picture
    picture("covered", "covered", {"camera": "covered", "light": "skipped"}, "fix", 5, "uncover"),
    picture(
        "covered, and black to the bit",
        "black-still",
        {"camera": "covered", "light": "skipped"},
        "fix",
        5,
        "uncover",
    ),
    picture("dark", "dark", {"camera": "ok", "light": "dark"}, "fix", 2, "lamp"),
    picture("dark skin in a lit room", "dark-skin", {"camera": "ok", "light": "ok"}, "skipped", 1),
    picture(
        "dark skin before a bright wall",
        "dark-skin-bright-wall",
        {"camera": "ok", "light": "ok"},
        "skipped",
        1,
    ),
    picture("backlit", "backlit", {"camera": "ok", "light": "backlit"}, "fix", 3, "turn-round"),
    picture("glare", "glare", {"camera": "ok", "light": "glare"}, "fix", 7, "shade"),
    picture("frozen", "good-still", {"camera": "frozen"}, "stop", 6, "still-picture"),
    picture("no frames", "good", {"camera": "no-frames"}, "stop", 6, "still-picture", script=NO_FRAMES),
    picture(
        "low resolution", "small", {"camera": "low-resolution", "light": "ok"}, "fix", 4, "better-picture"
    ),
    picture("low frame rate", "slow", {"camera": "low-resolution"}, "fix", 4, "better-picture"),
    picture(
        "the camera ends in the middle of the test",
        "good",
        {"camera": "paused"},
        "stop",
        13,
        "resume-camera",
        script=ENDS,
    ),
    picture(
        "the system has paused the camera",
        "good",
        {"camera": "paused"},
        "stop",
        13,
        "resume-camera",
        script=MUTED,
    ),
    # Sound
    sound("digital silence", "silence", "silent", "stop", 5, "unmute"),
    sound("too low", "low", "low", "fix", 2, "speak-up", script=RAW_SOUND),
    sound("clipped", "clipped", "clipping", "fix", 3, "move-away", script=RAW_SOUND),
    sound("noisy", "noisy", "noisy", "fix", 4, "quieter", script=RAW_SOUND),
    sound("nobody speaks", "hiss", "no-speech", "fix", 6, "speak-up", script=RAW_SOUND),
    sound("speech over low noise", "over-low-noise", "ok", "skipped", 1),
    sound("talking too early", "early", "ok", "skipped", 1, script=RAW_SOUND),
    sound("the sound engine does not start", "good", "engine", "fix", 7, "unmute", script=NO_ENGINE),
    Scenario(
        name="the tones are not heard",
        skip=("camera", "microphone"),
        answers=("play", "not-heard"),
        verdicts={"speaker": "not-heard"},
        overall="fix",
        fix="volume",
        code={"speaker": 2},
    ),
    Scenario(
        name="the tones cannot be played",
        skip=("camera", "microphone"),
        script=NO_SOUND_OUT % 9,
        answers=("play",),
        verdicts={"speaker": "cannot-play"},
        overall="fix",
        fix="volume",
        code={"speaker": 3},
    ),
    Scenario(
        name="the tones play by a second tap",
        skip=("camera", "microphone"),
        script=NO_SOUND_OUT % 1,
        answers=("play", "heard"),
        verdicts={"speaker": "heard"},
        overall="skipped",
        code={"speaker": 1},
    ),
    Scenario(
        name="sign language or aids",
        aids=True,
        answers=(),
        verdicts={"camera": "ok", "light": "ok", "microphone": "skipped", "speaker": "skipped"},
        overall="ok",
        code={"camera": 1, "microphone": 17, "speaker": 0},
    ),
    Scenario(
        name="everything skipped",
        skip=("camera", "microphone", "speaker"),
        verdicts={"camera": "skipped", "light": "skipped"},
        overall="skipped",
        code={"camera": 17, "microphone": 17},
    ),
    # Connection
    Scenario(
        name="a good connection",
        page="connection",
        script=STEADY,
        verdicts={"connection": "good"},
        code={"down": 7, "up": 7, "rtt": 1, "jitter": 1},
    ),
    Scenario(
        name="offline",
        page="connection",
        offline=True,
        verdicts={"connection": "unreachable"},
        overall="stop",
        fix="any-line",
        code={"rtt": 7, "down": 0},
    ),
    Scenario(
        name="100 kbit/s",
        page="connection",
        line=Line(rtt=60, rate=100),
        verdicts={"connection": "poor"},
        overall="stop",
        fix="better-line",
        code={"down": 1},
    ),
    # 150 is the limit between two classes, both poor: a byte read late decides which.
    Scenario(
        name="150 kbit/s",
        page="connection",
        line=Line(rtt=60, rate=150),
        verdicts={"connection": "poor"},
        overall="stop",
        fix="better-line",
        code={"down": (1, 2)},
    ),
    Scenario(
        name="800 ms away",
        page="connection",
        line=Line(rtt=800),
        verdicts={"connection": "poor"},
        overall="stop",
        fix="better-line",
        code={"rtt": 6},
    ),
    Scenario(
        name="uneven delays",
        page="connection",
        line=Line(rtt=60, jitter=110),
        verdicts={"connection": "fair"},
        overall="fix",
        fix="better-line",
        code={"jitter": (2, 3)},
    ),
    Scenario(
        name="1 Mbit/s",
        page="connection",
        line=Line(rtt=60, rate=1000),
        verdicts={"connection": "fair"},
        overall="fix",
        fix="better-line",
        code={"down": 4, "up": 4},
    ),
    Scenario(
        name="save data",
        page="connection",
        script=SAVE_DATA + STEADY,
        verdicts={"connection": "good"},
        code={"net": 2},
    ),
    Scenario(
        name="the connection is skipped",
        page="connection",
        skip=("connection",),
        verdicts={"connection": "skipped"},
        overall="skipped",
        code={"down": 0, "rtt": 0},
    ),
)
