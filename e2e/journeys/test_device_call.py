"""The first page calls itself without any server, and opens a window when one presses: beside the verdict,
never in the way of it."""

import pytest
from devices import PHONE
from playwright.sync_api import expect

# What every end of a call was told, and every address it offered.
LISTEN = """
window.told = []; window.offered = [];
const Peer = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Peer {
  constructor(...wishes) {
    super(...wishes);
    told.push(wishes.length);
    this.addEventListener("icecandidate", ({ candidate }) => candidate && offered.push(candidate.type));
  }
};
"""


@pytest.fixture
def first_page(plain_chromium, server):
    """The first page of the check, with a script in it, and every request it makes."""
    contexts = []

    def open_page(script=""):
        context = plain_chromium.new_context(base_url=server.url, **PHONE)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(script)
        page.goto("/sv/check")
        return page

    yield open_page
    for context in contexts:
        context.close()


def row(page, check):
    return page.locator(f'[data-check="{check}"]')


def call(page):
    row(page, "connection").locator('[data-action="skip"]').click()
    page.locator('[data-action="start"]').click()
    expect(row(page, "call")).not_to_have_attribute("data-verdict", "", timeout=20_000)
    return row(page, "call").get_attribute("data-verdict")


def test_a_device_calls_itself_and_names_no_server(first_page):
    page = first_page(LISTEN)
    page.wait_for_load_state("networkidle")
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    assert call(page) in ("ok", "slow")  # how fast this machine is is not ours to say
    assert page.evaluate("told") == [0, 0], "two ends, told of no server"
    assert set(page.evaluate("offered")) == {"host"}
    assert asked == []


def test_a_slow_line_does_not_make_one_wait_for_the_call_as_well(first_page):
    page = first_page(
        "const get = window.fetch; window.fetch = async (...wishes) => {"
        " await new Promise((done) => setTimeout(done, 900)); return get(...wishes); };"
    )
    page.locator('[data-action="start"]').click()
    expect(row(page, "call")).to_have_attribute("data-state", "running", timeout=10_000)
    expect(row(page, "connection")).to_have_attribute("data-state", "running")
    expect(row(page, "connection")).to_be_focused()  # what starts beside it moves nothing
    expect(page.locator("[data-overall]")).to_be_visible(timeout=25_000)


def test_a_browser_without_calls_is_not_tested_and_no_fault(first_page):
    page = first_page("delete window.RTCPeerConnection;")
    assert call(page) == "skipped"
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "skipped")


def test_two_ends_that_never_meet_are_not_tested_either(first_page):
    page = first_page(
        "RTCPeerConnection.prototype.addIceCandidate = async () => {};"
        "Object.defineProperty(RTCPeerConnection.prototype, 'iceConnectionState', {get: () => 'checking'});"
    )
    assert call(page) == "skipped"


def test_few_frames_are_advice_with_something_to_do(first_page):
    page = first_page(
        "const get = RTCPeerConnection.prototype.getStats;"
        "RTCPeerConnection.prototype.getStats = async function () { const all = await get.call(this);"
        " const map = new Map(all); map.forEach((one, id) => one.type === 'inbound-rtp' &&"
        " map.set(id, {...one, framesDecoded: Math.round(performance.now() / 200)})); return map; };"
    )
    assert call(page) == "slow"
    expect(page.locator('.fix[data-fix="lighten"]')).to_be_visible()


def test_a_device_that_was_busy_for_a_moment_is_not_called_slow(first_page):
    page = first_page(
        "const get = RTCPeerConnection.prototype.getStats; let first;"
        "RTCPeerConnection.prototype.getStats = async function () { const all = await get.call(this);"
        " first = first || performance.now(); const busy = first + 2000;"
        " const map = new Map(all); map.forEach((one, id) => one.type === 'inbound-rtp' &&"
        " map.set(id, {...one, framesDecoded: Math.max(0, Math.round((performance.now() - busy) / 40))}));"
        " return map; };"
    )
    assert call(page) == "ok"


def test_a_press_opens_a_window_and_closes_it(first_page):
    page = first_page()
    with page.context.expect_page() as opened:
        row(page, "window").locator('[data-action="open"]').click()
    expect(row(page, "window")).to_have_attribute("data-verdict", "ok")
    if not opened.value.is_closed():
        opened.value.wait_for_event("close")
    assert page.context.pages == [page]


@pytest.mark.parametrize(
    "script, verdict, recipe",
    [
        ("window.open = () => null;", "blocked", "allow-windows"),
        (
            "Object.defineProperty(navigator, 'cookieEnabled', {value: false});",
            "no-storage",
            "allow-storage",
        ),
        (
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', "
            "'SecurityError'); }});",
            "no-storage",
            "allow-storage",
        ),
    ],
)
def test_what_the_browser_refuses_is_said_with_what_to_do_and_stays_out_of_the_verdict(
    first_page, script, verdict, recipe
):
    page = first_page(script)
    row(page, "window").locator('[data-action="open"]').click()
    expect(row(page, "window")).to_have_attribute("data-verdict", verdict)
    expect(page.locator(f'.fix[data-fix="{recipe}"]')).to_be_visible()
    for check in ("connection", "call"):
        row(page, check).locator('[data-action="skip"]').click()
    page.locator('[data-action="start"]').click()
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "skipped")
