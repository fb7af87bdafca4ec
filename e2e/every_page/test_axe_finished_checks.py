"""axe finds nothing on a device check that is done: all four verdicts, on both pages and at the end of the
rehearsal, in Swedish and English, light and dark.

One browser with a fed camera for all. What ends in a verdict is the quickest real way there; every situation
is played in journeys/test_device_situations.py.
"""

import media
import pytest
from axe import SCRIPT
from devices import PHONE
from playwright.sync_api import expect
from test_axe import LAY_OPEN

# What is not there is told by the browser, not by waiting for a device.
NO_DEVICE = (
    "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); };"
)
SNAPCHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/22G86 Snapchat/13.50.0.50"
)


@pytest.fixture(scope="module")
def fed(playwright_engine, tmp_path_factory):
    from serving import chromium

    picture = media.picture(tmp_path_factory.mktemp("media"), "good")
    browser = chromium(
        playwright_engine,
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={picture}",
    )
    yield browser
    browser.close()


def press(page, *actions):
    for action in actions:
        page.locator(f"[data-action={action}]:visible").first.click()


def skip(page, *checks):
    for check in checks:
        page.locator(f'[data-check="{check}"] [data-action="skip"]').click()


def with_aids(page):
    page.locator("[data-aids]").check()
    press(page, "start")


def not_heard(page):
    skip(page, "camera", "microphone")
    press(page, "start", "not-heard")


def nothing_there(page):
    skip(page, "speaker")
    press(page, "start")


def all_skipped(page):
    skip(page, "camera", "microphone", "speaker")
    press(page, "start")


def unconnected(page):
    skip(page, "connection")
    press(page, "start")


def offline(page):
    page.context.set_offline(True)
    press(page, "start")


def by_buttons(page):
    press(page, "next", "skip", "connect", "next", "next", "next", "next", "next", "next", "next")


ENDS = [
    ("check/camera", "ok", with_aids, {}, ""),
    ("check/camera", "fix", not_heard, {}, ""),
    ("check/camera", "stop", nothing_there, {}, NO_DEVICE),
    ("check/camera", "skipped", all_skipped, {}, ""),
    (
        "check",
        "ok",
        lambda page: press(page, "start"),
        {},
        "performance.getEntriesByName = () => [{requestStart: 1, responseStart: 21}];",
    ),
    ("check", "fix", unconnected, {"user_agent": SNAPCHAT}, ""),
    ("check", "stop", offline, {}, ""),
    ("check", "skipped", unconnected, {}, ""),
    ("practice", "skipped", by_buttons, {}, ""),
]


@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.every)])
@pytest.mark.parametrize(
    ("path", "overall", "play", "more", "script"), ENDS, ids=[f"{end[0]} {end[1]}" for end in ENDS]
)
def test_axe_finds_nothing_when_the_check_is_done(
    fed, eyes, server, path, overall, play, more, script, language
):
    options = {**PHONE, "permissions": ["camera", "microphone"], **more}
    context = fed.new_context(base_url=server.url, bypass_csp=True, reduced_motion="reduce", **options)
    try:
        context.add_init_script(SCRIPT + ";" + script)
        page = context.new_page()
        page.goto(f"/{language}/{path}")
        play(page)
        expect(page.locator("[data-overall]")).to_have_attribute("data-overall", overall)
        page.evaluate(LAY_OPEN)
        found = eyes.findings(page, path)
        assert not found, "\n".join(found)
    finally:
        context.close()
