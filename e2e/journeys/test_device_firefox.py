"""The good case in Firefox, with its own fake camera (one colour that changes hue) and a steady 1 kHz tone:
so no pause, and no voice, is heard."""

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
# The fake tone never pauses; a person does. So the track is switched off and on, as a mute button would.
PAUSES = (
    "const media = navigator.mediaDevices, get = media && media.getUserMedia.bind(media);"
    "if (media) media.getUserMedia = async (wishes) => { const stream = await get(wishes);"
    "stream.getAudioTracks().forEach((track) => setInterval(() => { track.enabled = Date.now() % 700 > 250; "
    "}, 20)); return stream; };"
)


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
    page.add_init_script(PAUSES)
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
