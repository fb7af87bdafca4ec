"""The good case in Firefox, with a drawn face and a humming instead of its own fake camera and tone."""

import shutil

import pytest
from playwright.sync_api import expect

from patient_app.codes.support_code import decode

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PREFERENCES = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.cubeb.force_mock_context": True,
}
# The fake camera has one colour and no edges, and the fake tone no words: rightly no good case. So a drawn
# face stands in its place, with a sensor's noise, and a humming that changes its vowel and pauses.
PERSON = """
const media = navigator.mediaDevices;
if (media) media.getUserMedia = async ({video, audio}) => {
  const stream = new MediaStream();
  if (video) {
    const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 480});
    const pen = canvas.getContext("2d");
    const oval = (colour, x, y, rx, ry) => {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.ellipse(x, y, rx, ry, 0, 0, 7);
      pen.fill();
    };
    setInterval(() => {
      const noise = Math.floor(Math.random() * 8);
      pen.fillStyle = `rgb(${100 + noise}, 105, 110)`;
      pen.fillRect(0, 0, 640, 480);
      oval("rgb(90, 120, 140)", 320, 470, 160, 110);
      oval("rgb(40, 30, 25)", 320, 200, 95, 120);
      oval("rgb(200, 160, 135)", 320, 235, 85, 130);
      [282, 358].forEach((x) => oval("rgb(220, 220, 215)", x, 222, 24, 10));
    }, 33);
    canvas.captureStream(30).getTracks().forEach((track) => stream.addTrack(track));
  }
  if (audio) {
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const voice = context.createOscillator();
    const vowel = context.createBiquadFilter();
    const mouth = context.createGain();
    voice.type = "sawtooth";
    voice.frequency.value = 140;
    vowel.type = "bandpass";
    voice.connect(vowel).connect(mouth).connect(out);
    voice.start();
    setInterval(() => {
      vowel.frequency.value = [700, 2300, 400, 1500][Math.floor(Date.now() / 350) % 4];
      mouth.gain.setTargetAtTime(Date.now() % 700 > 250 ? 0.4 : 0.0005, context.currentTime, 0.03);
    }, 20);
    out.stream.getTracks().forEach((track) => stream.addTrack(track));
  }
  return stream;
};
"""


@pytest.fixture(scope="module")
def firefox(playwright_engine):
    if not FIREFOX:
        pytest.skip(
            "Firefox is not here, and ./test could not fetch it with apt-get: the good case was not tried in "
            "Firefox."
        )
    browser = playwright_engine.firefox.launch(
        channel="moz-firefox", executable_path=FIREFOX, firefox_user_prefs=PREFERENCES
    )
    yield browser
    browser.close()


def test_the_good_case_in_firefox(firefox, server):
    page = firefox.new_context(base_url=server.url).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(PERSON)
    page.goto("/sv/check")
    page.locator('[data-action="start"]').click()
    expect(page.locator("[data-overall]")).to_be_visible(timeout=20_000)
    assert page.locator('[data-check="connection"]').get_attribute("data-verdict") in ("good", "fair")
    page.locator("[data-next]").click()
    page.locator('[data-action="start"]').click()
    page.locator('[data-action="heard"]').click(timeout=30_000)
    expect(page.locator("[data-overall]")).to_be_visible()
    verdicts = {
        name: page.locator(f'[data-check="{name}"]').get_attribute("data-verdict")
        for name in ("environment", "camera", "light", "microphone", "speaker")
    }
    assert verdicts == {
        "environment": "ok",
        "camera": "ok",
        "light": "ok",
        "microphone": "ok",
        "speaker": "heard",
    }
    fields = decode(page.locator("[data-support-code]").text_content()).fields()
    assert (fields["browser"], fields["camera"], fields["microphone"], fields["speaker"]) == (4, 1, 1, 1)
    assert fields["down"] > 0 and fields["rtt"] > 0, "the first page's result is in the code"
    assert [error for error in errors if "favicon.ico" not in error] == [], (
        "Firefox asks for an icon by itself, and the policy refuses it"
    )
