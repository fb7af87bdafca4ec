"""Several cameras and microphones, a headset that comes and goes, a page that is left, a screen kept on."""

import media
import pytest
from devices import PHONE
from playwright.sync_api import expect


@pytest.fixture
def several_of_each(launch, server, tmp_path):
    """The camera page in a browser with three cameras and several microphones."""

    def open_page(script=""):
        browser = launch(
            "--use-fake-device-for-media-stream=device-count=3",
            f"--use-file-for-fake-audio-capture={media.sound(tmp_path, 'good')}",
        )
        context = browser.new_context(
            base_url=server.url, **{**PHONE, "permissions": ["camera", "microphone"]}
        )
        page = context.new_page()
        page.add_init_script(
            "const media = navigator.mediaDevices, get = media.getUserMedia.bind(media); window.asked = [];"
            "media.getUserMedia = (wishes) => { asked.push(wishes); return get(wishes); };" + script
        )
        page.goto("/sv/check/camera")
        return page

    return open_page


def run(page, *skip):
    for check in skip:
        page.locator(f'[data-check="{check}"] [data-action="skip"]').click()
    page.locator('[data-action="start"]').click()
    expect(page.locator("[data-overall]")).to_be_visible(timeout=40_000)


def test_of_several_cameras_another_can_be_chosen_and_is_remembered_nowhere(several_of_each):
    page = several_of_each()
    run(page, "microphone", "speaker")
    choice = page.locator('[data-choose="videoinput"] select')
    expect(choice).to_be_visible()
    names = choice.locator("option").all_inner_texts()
    assert len(names) == 3
    other = 2 if choice.evaluate("(list) => list.selectedIndex") == 0 else 0
    wanted = choice.locator("option").nth(other).get_attribute("value")
    choice.select_option(index=other)
    expect(page.locator('[data-check="camera"]')).to_have_attribute("data-state", "running")
    expect(page.locator("[data-overall]")).to_be_visible(timeout=40_000)
    wish = page.evaluate("asked[asked.length - 1].video")
    assert wish == {"deviceId": {"ideal": wanted}}, "a wish, never a demand, and nothing beside it"
    outside = page.evaluate(
        "() => { const copy = document.body.cloneNode(true);"
        " copy.querySelectorAll('select').forEach((list) => list.remove()); return copy.innerHTML; }"
    )
    assert not [name for name in names if name in outside], "names stand in the list alone"
    page.reload()
    run(page, "microphone", "speaker")
    assert "deviceId" not in page.evaluate("asked[asked.length - 1].video")


def test_with_one_camera_there_is_nothing_to_choose(launch, server):
    browser = launch("--use-fake-device-for-media-stream=device-count=1")
    page = browser.new_context(
        base_url=server.url, **{**PHONE, "permissions": ["camera", "microphone"]}
    ).new_page()
    page.goto("/sv/check/camera")
    run(page, "microphone", "speaker")
    expect(page.locator('[data-choose="videoinput"]')).to_be_hidden()


def test_what_is_plugged_in_afterwards_is_noticed(several_of_each):
    page = several_of_each()
    run(page, "microphone", "speaker")
    expect(page.locator('[data-note="changed"]')).to_be_hidden()
    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    expect(page.locator('[data-choose="videoinput"] option')).to_have_count(3)
    expect(page.locator('[data-note="changed"]')).to_be_hidden()  # the same devices: nothing has happened
    page.evaluate(
        "navigator.mediaDevices.enumerateDevices ="
        " async () => [{kind: 'videoinput', label: 'a', deviceId: 'a'}];"
        "navigator.mediaDevices.dispatchEvent(new Event('devicechange'))"
    )
    expect(page.locator('[data-note="changed"]')).to_be_visible()
    expect(page.locator('[data-choose="videoinput"]')).to_be_hidden()


def test_a_page_that_was_left_while_it_ran_says_so(several_of_each):
    page = several_of_each()
    page.locator('[data-check="speaker"] [data-action="skip"]').click()
    page.locator('[data-action="start"]').click()
    expect(page.locator('[data-check="camera"]')).to_have_attribute("data-state", "running")
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange')); delete document.hidden"
    )
    expect(page.locator('[data-note="away"]')).to_be_visible()


def test_telephone_quality_is_advice(several_of_each):
    page = several_of_each(
        "const settings = MediaStreamTrack.prototype.getSettings;"
        "MediaStreamTrack.prototype.getSettings ="
        " function () { const own = settings.call(this); return this.kind === 'audio' ?"
        " {...own, sampleRate: 16000} : own; };"
    )
    run(page, "camera", "speaker")
    expect(page.locator('[data-note="telephone"]')).to_be_visible()
    expect(page.locator('[data-check="microphone"]')).to_have_attribute("data-verdict", "ok")


def test_the_screen_stays_on_while_it_runs_and_not_longer(several_of_each):
    page = several_of_each(
        "window.locks = []; Object.defineProperty(navigator, 'wakeLock', {value: {request: async (kind) => {"
        " locks.push(kind); return {release: () => locks.push('let go')}; }}});"
    )
    run(page, "microphone", "speaker")
    assert page.evaluate("locks") == ["screen", "let go"]


def test_a_camera_for_logging_in_by_face_is_named(several_of_each):
    page = several_of_each(
        "Object.defineProperty(MediaStreamTrack.prototype, 'label', {get() {"
        " return this.kind === 'video' ? 'Integrated IR Camera' : 'Microphone'; }});"
    )
    run(page, "microphone", "speaker")
    expect(page.locator('[data-note="infrared"]')).to_be_visible()
