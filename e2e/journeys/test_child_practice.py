"""The rehearsal in a real browser: with a moving picture, a still one, silence, refusal, no camera, and by
buttons alone."""

from io import BytesIO

import media
import pytest
from PIL import Image, ImageDraw

SCREENS = ("hello", "wave", "say", "toy", "near")
DRILL = "Det här är en övning. Personen är ritad. Ingen hör eller ser dig."
# as long as the page looks and listens without finding anything
WATCHED = "new Promise((done) => setTimeout(done, 2500))"
REFUSE = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '%s'))"


def waving(folder):
    """An .mjpeg of someone who waves: an arm here, an arm there."""
    path = folder / "waving.mjpeg"
    out = BytesIO()
    for step in range(12):
        frame = media.PICTURES["good"]()
        at = 470 + 60 * (step // 3 % 2)
        ImageDraw.Draw(frame).rectangle((at, 60, at + 90, 400), fill=(60, 40, 120))
        frame = Image.blend(frame, Image.effect_noise(frame.size, 40).convert("RGB"), 0.06)
        frame.save(out, "JPEG", quality=88)
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def rehearse(launch, server, tmp_path):
    """A phone at the rehearsal, its camera and microphone fed with a picture and a sound; fails on any
    request after the page came."""
    pages = []

    def start(picture=None, sound=None, script=""):
        flags = [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
        ]
        if picture:
            flags.append(f"--use-file-for-fake-video-capture={picture}")
        if sound:
            flags.append(f"--use-file-for-fake-audio-capture={sound}")
        page = (
            launch(*flags).new_context(base_url=server.url, viewport={"width": 390, "height": 844}).new_page()
        )
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto("/sv/practice", wait_until="networkidle")
        page.on(
            "request",
            lambda request: (
                page.problems.append(request.url) if not request.url.startswith("data:") else None
            ),
        )
        pages.append(page)
        return page

    yield start
    for page in pages:
        assert page.problems == []


def press(page, action):
    page.locator(f"[data-action={action}]:visible").first.click()


def on(page, screen):
    page.wait_for_selector(f"section[data-screen='{screen}']:not([hidden])")
    assert page.locator("[data-drill]").is_visible() and page.inner_text("[data-drill]") == DRILL
    assert page.locator("[data-leave]:visible").count() == 1


def to_the_nurse(page):
    press(page, "connect")
    on(page, "wait")
    press(page, "next")
    on(page, "hello")


def to_the_end(page, since="hello"):
    for _ in SCREENS[SCREENS.index(since) :]:
        press(page, "next")
    on(page, "end")


def test_a_child_who_waves_and_says_hello_is_told_that_camera_and_microphone_work(rehearse, tmp_path):
    page = rehearse(waving(tmp_path), media.sound(tmp_path, "good"))
    on(page, "name")
    page.fill("#name", "Robin")
    press(page, "next")
    on(page, "allow")
    press(page, "start")
    page.wait_for_selector("[data-call][data-camera=on]")
    page.wait_for_selector("section [data-action=heard]:visible", timeout=30000)
    press(page, "heard")
    to_the_nurse(page)
    press(page, "next")
    page.wait_for_selector("[data-noticed=wave]:visible")
    press(page, "next")
    page.wait_for_selector("[data-noticed=say]:visible")
    to_the_end(page, "say")
    assert page.get_attribute("[data-overall]", "data-overall") == "ok"
    assert page.get_attribute("[data-check=camera]", "data-verdict") == "ok"
    assert page.locator("[data-support-code]").is_visible()
    assert page.evaluate("document.querySelector('video').srcObject") is None, "the camera is off afterwards"


def test_a_still_picture_and_silence_are_never_waved_at_and_hold_nobody_up(rehearse, tmp_path):
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "silence"))
    press(page, "next")
    press(page, "start")
    page.wait_for_selector("[data-call][data-camera=on]")
    page.wait_for_selector("[data-check=light][data-state=done]", state="attached", timeout=20000)
    to_the_nurse(page)
    press(page, "next")
    on(page, "wave")
    page.evaluate(WATCHED)
    assert page.locator("[data-noticed=wave]").is_hidden()
    press(page, "next")
    on(page, "say")
    page.evaluate(WATCHED)
    assert page.locator("[data-noticed=say]").is_hidden()
    to_the_end(page, "say")
    assert page.get_attribute("[data-check=microphone]", "data-verdict") == "skipped"


@pytest.mark.parametrize(("error", "verdict"), [("NotAllowedError", "refused"), ("NotFoundError", "none")])
def test_refusal_and_no_camera_become_a_picture_story(rehearse, error, verdict):
    page = rehearse(script=REFUSE % error)
    press(page, "next")
    press(page, "start")
    page.wait_for_selector("section [data-action=heard]:visible", timeout=20000)
    assert page.locator(".drawn-me").is_visible()
    to_the_nurse(page)
    to_the_end(page)
    assert page.get_attribute("[data-check=camera]", "data-verdict") == verdict
    assert page.get_attribute("[data-overall]", "data-overall") == "stop"
    assert page.locator("[data-fix]:visible").count() >= 1, "the adult is told what to do"


def test_the_whole_rehearsal_goes_by_buttons_alone_without_asking_for_a_camera(rehearse):
    page = rehearse(
        script=(
            "navigator.mediaDevices.getUserMedia = () => { window.asked = true; return new Promise(() => "
            "{}); }"
        )
    )
    for action in ("next", "skip", "connect", "next", "next", "next", "next", "next", "next"):
        page.keyboard.press("Tab")
        press(page, action)
    on(page, "end")
    assert not page.evaluate("Boolean(window.asked)")
    assert page.get_attribute("[data-overall]", "data-overall") == "skipped"


def test_stop_stands_on_every_screen_with_the_nurse_and_leads_on_or_out(rehearse):
    page = rehearse()
    press(page, "next")
    press(page, "skip")
    to_the_nurse(page)
    for screen in SCREENS:
        on(page, screen)
        press(page, "pause")
        on(page, "pause")
        press(page, "on")
        on(page, screen)
        if screen != "near":
            press(page, "next")
    press(page, "pause")
    press(page, "leave")
    on(page, "end")


def test_an_unanswered_question_does_not_hold_the_child(rehearse):
    page = rehearse(script="navigator.mediaDevices.getUserMedia = () => new Promise(() => {})")
    press(page, "next")
    press(page, "start")
    on(page, "look")
    to_the_nurse(page)
    to_the_end(page)
    assert page.get_attribute("[data-overall]", "data-overall") == "skipped"


def test_the_rehearsal_asks_once(rehearse, tmp_path):
    count = (
        "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); window.asked = 0; "
        "navigator.mediaDevices.getUserMedia = (w) => { window.asked += 1; return ask(w); }"
    )
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "good"), script=count)
    press(page, "next")
    press(page, "start")
    page.wait_for_selector("[data-call][data-camera=on]")
    to_the_nurse(page)
    to_the_end(page)
    assert page.evaluate("asked") == 1


def test_without_javascript_the_rehearsal_leads_to_the_stories(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sv/practice")
    assert page.locator("[data-needs-script] a[href$='/child']").is_visible()
    context.close()


def test_what_counts_as_a_wave_and_as_a_hello(phone):
    phone.goto("/sv/practice")
    base = phone.get_attribute("script[src*='/js/pages/']", "src").replace(
        "pages/practice.js", "children/movement.js"
    )
    found = phone.evaluate(
        """async (address) => {
          const { change, waved, spoke } = await import(address);
          const frame = (value, hand) => Uint8ClampedArray.from({ length: 32 * 24 * 4 }, (_, i) => (i < hand *
          4 ? 255 : value)); return {
            noise: change(frame(100, 0), frame(105, 0)),
            hand: change(frame(100, 0), frame(100, 80)),
            still: waved([0.01, 0.02, 0.01, 0.03, 0.01, 0.02, 0.01, 0.02]),
            lamp: waved([0, 0, 0.9, 0, 0, 0, 0, 0]),
            wave: waved([0, 0.1, 0.02, 0.1, 0, 0.12, 0, 0]),
            silence: spoke(Array(40).fill(-90)),
            hum: spoke(Array(40).fill(-35)),
            hello: spoke([...Array(20).fill(-60), -30, -28, -32]),
          };
        }""",
        base,
    )
    assert found["noise"] == 0 and 0.1 < found["hand"] < 0.11
    assert [found[name] for name in ("still", "lamp", "wave", "silence", "hum", "hello")] == [
        False,
        False,
        True,
        False,
        False,
        True,
    ]
