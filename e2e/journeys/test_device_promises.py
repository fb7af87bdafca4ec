"""What the check promises: nothing can be sent from the camera page, the camera is let go, nobody is stopped,
every step speaks."""

import socket
import time

import media
import pytest
from devices import PHONE
from playwright.sync_api import expect

from patient_app.codes.support_code import decode


@pytest.fixture
def camera_page(launch, server, tmp_path_factory):
    """The camera page in a browser with a fed camera; more flags, scripts and context options can be
    given."""
    folder = tmp_path_factory.mktemp("media")

    def open_page(script: str = "", picture: str = "good", fragment: str = "", **options):
        browser = launch(
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={media.picture(folder, picture)}",
            f"--use-file-for-fake-audio-capture={media.sound(folder, 'good')}",
        )
        context = browser.new_context(
            base_url=server.url, **{**PHONE, "permissions": ["camera", "microphone"], **options}
        )
        page = context.new_page()
        if script:
            page.add_init_script(script)
        page.goto(f"/sv/check/camera{fragment}")
        return page

    return open_page


def own_address() -> str:
    """An address of this machine that is not the loopback, which WebRTC leaves out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # nothing is sent
        return probe.getsockname()[0]


def start(page, skip=()):
    for check in skip:
        page.locator(f'[data-check="{check}"] [data-action="skip"]').click()
    page.locator('[data-action="start"]').click()


def row(page, check):
    return page.locator(f'[data-check="{check}"]')


# Each way out, as a hostile script would try it. A refusal is an exception, an error event, a false, or a
# report of the policy.
REFUSED = {
    "fetch": "fetch('/healthz?x').then(() => 'open', () => 'refused')",
    "fetch to another host": (
        "fetch('https://example.org/x', {mode: 'no-cors'}).then(() => 'open', () => 'refused')"
    ),
    "XMLHttpRequest": (
        "new Promise((done) => { const r = new XMLHttpRequest(); r.onload = () => done('open'); r.onerror = "
        "() => done('refused'); r.open('POST', '/healthz'); r.send('x'); })"
    ),
    "sendBeacon": (
        "new Promise((done) => { document.addEventListener('securitypolicyviolation', () => "
        "done('refused'), {once: true}); navigator.sendBeacon('/healthz', 'x'); setTimeout(() => "
        "done('open'), 1500); })"
    ),
    "WebSocket": (
        "new Promise((done) => { try { const s = new WebSocket('ws://' + location.host + '/x'); s.onerror = "
        "() => done('refused'); s.onopen = () => done('open'); } catch { done('refused'); } })"
    ),
    "EventSource": (
        "new Promise((done) => { const s = new EventSource('/healthz'); s.onerror = () => { s.close(); "
        "done('refused'); }; s.onopen = () => done('open'); })"
    ),
    "image": (
        "new Promise((done) => { const i = new Image(); i.onload = () => done('open'); i.onerror = () => "
        "done('refused'); i.src = '/healthz?image'; })"
    ),
    "CSS picture": (
        "new Promise((done) => { document.addEventListener('securitypolicyviolation', () => "
        "done('refused'), {once: true}); document.body.style.backgroundImage = 'url(/healthz?css)'; "
        "setTimeout(() => done('open'), 1500); })"
    ),
    "stylesheet from another host": (
        "new Promise((done) => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = "
        "'https://example.org/x.css'; l.onload = () => done('open'); l.onerror = () => done('refused'); "
        "document.head.append(l); })"
    ),
    "font": "new FontFace('x', 'url(/healthz?font)').load().then(() => 'open', () => 'refused')",
    "media": (
        "new Promise((done) => { const a = new Audio('/healthz?media'); a.onerror = () => done('refused'); "
        "a.onloadeddata = () => done('open'); a.load(); })"
    ),
    "form": (
        "new Promise((done) => { document.addEventListener('securitypolicyviolation', () => "
        "done('refused'), {once: true}); const f = document.createElement('form'); f.action = '/healthz'; "
        "f.method = 'post'; document.body.append(f); f.submit(); setTimeout(() => done('open'), 1500); })"
    ),
    "worker": (
        "new Promise((done) => { try { const w = new Worker('/static/x.js'); w.onerror = () => "
        "done('refused'); setTimeout(() => done('open'), 1500); } catch { done('refused'); } })"
    ),
    "service worker": "navigator.serviceWorker.register('/sw.js').then(() => 'open', () => 'refused')",
    "frame": (
        "new Promise((done) => { document.addEventListener('securitypolicyviolation', () => "
        "done('refused'), {once: true}); const f = document.createElement('iframe'); f.src = '/sv/'; "
        "document.body.append(f); setTimeout(() => done('open'), 1500); })"
    ),
    "a ping": (
        "new Promise((done) => { document.addEventListener('securitypolicyviolation', () => "
        "done('refused'), {once: true}); const a = document.createElement('a'); a.href = '#x'; a.ping = "
        "'/healthz'; document.body.append(a); a.click(); setTimeout(() => done('open'), 1500); })"
    ),
    "import() of a page of ours": "import('/sv/?said').then(() => 'open', () => 'refused')",
    "prefetch from another host": (
        "new Promise((done) => { document.addEventListener('securitypolicyviolation', () => "
        "done('refused'), {once: true}); const l = document.createElement('link'); l.rel = 'prefetch'; "
        "l.href = 'https://example.org/prefetch'; l.onload = () => done('open'); l.onerror = () => "
        "done('refused'); document.head.append(l); })"
    ),
    "script from another host": (
        "new Promise((done) => { const s = document.createElement('script'); try { s.src = "
        "'https://example.org/x.js'; } catch { return done('refused'); } s.onload = () => done('open'); "
        "s.onerror = () => done('refused'); document.head.append(s); })"
    ),
    "eval": "new Promise((done) => { try { eval('1'); done('open'); } catch { done('refused'); } })",
}


def test_a_hostile_script_on_the_running_camera_page_can_send_nothing(camera_page):
    page = camera_page()
    asked: list[str] = []
    start(page)
    expect(row(page, "camera")).to_have_attribute("data-state", "running")
    page.locator("video").evaluate(
        "(video) => new Promise((done) => video.srcObject ? done() : video.addEventListener('playing', done, "
        "{once: true}))"
    )
    page.context.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)  # the debugger: not held by our own policy on scripts
    answers = {
        name: session.send(
            "Runtime.evaluate",
            {
                "expression": way,
                "awaitPromise": True,
                "returnByValue": True,
                "allowUnsafeEvalBlockedByCSP": False,
            },
        )["result"].get("value")
        for name, way in REFUSED.items()
    }
    assert {name: answer for name, answer in answers.items() if answer != "refused"} == {}


def test_what_a_policy_cannot_refuse_is_open_and_we_say_so(camera_page, server):
    """Shown, so that nobody believes otherwise; that our own code has none of it is
    tests/test_device_check_modules.py."""
    page = camera_page()
    start(page)
    expect(row(page, "camera")).to_have_attribute("data-state", "running")
    session = page.context.new_cdp_session(page)

    def run(way: str):
        return session.send(
            "Runtime.evaluate",
            {"expression": way, "awaitPromise": True, "returnByValue": True, "userGesture": True},
        )["result"].get("value")

    module = (
        page.locator("script[src*='/js/pages/']")
        .get_attribute("src")
        .replace("pages/check-camera", "device-check/light")
    )
    assert run(f"import('{module}').then(() => 'open', () => 'refused')") == "open", (
        "import() of our static files"
    )
    prefetch = (
        "new Promise((done) => { const l = document.createElement('link'); l.rel = 'prefetch'; l.href = "
        "'/healthz?prefetch'; l.onload = () => done('open'); l.onerror = () => done('refused'); "
        "document.head.append(l); })"
    )
    assert run(prefetch) == "open", (
        "prefetch from our own host: style sheets may come from there, and a prefetch counts as any of them"
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stun:
        stun.bind(("0.0.0.0", 0))
        stun.settimeout(15)
        run(
            f"window.c = new RTCPeerConnection({{iceServers: [{{urls: "
            f"'stun:{own_address()}:{stun.getsockname()[1]}'}}]}}); c.createDataChannel('x');"
            "c.createOffer().then((offer) => c.setLocalDescription(offer)).then(() => 1)"
        )
        assert stun.recv(100)[4:8] == bytes.fromhex("2112a442"), "WebRTC to a STUN address"
    with page.context.expect_page() as opened:
        run("window.open('/sv/?opened'); 1")
    assert opened.value.url.startswith(server.url), "window.open"
    with page.expect_navigation():
        run("location.href = '/sv/?gone'; 1")
    assert page.url.endswith("/sv/?gone"), "navigation"


def test_our_own_run_asks_for_nothing_at_all(camera_page):
    page = camera_page()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    start(page)
    page.locator('[data-action="heard"]').click(timeout=45_000)
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "ok")
    assert [url[:40] for url in asked if not url.startswith("data:audio/wav")] == []


TRACKS = (
    "const media = navigator.mediaDevices, get = media.getUserMedia.bind(media); window.tracks = [];"
    "media.getUserMedia = async (wishes) => { const stream = await get(wishes); "
    "tracks.push(...stream.getTracks()); return stream; };"
)


def test_the_camera_is_let_go_when_one_leaves(camera_page):
    page = camera_page(TRACKS)
    start(page)
    expect(row(page, "light")).to_have_attribute("data-state", "running", timeout=15_000)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended", "ended"]


def test_the_camera_is_let_go_before_the_tones(camera_page):
    page = camera_page(TRACKS)
    start(page)
    expect(page.locator('[data-action="heard"]')).to_be_visible(timeout=30_000)
    ended = page.evaluate("tracks.map((track) => track.readyState)")
    assert ended == ["ended"] * 3, "the picture, the sound, and the raw sound that noise is judged on"
    assert page.locator("video").evaluate("(video) => video.srcObject") is None


def test_each_check_can_be_skipped_while_it_runs_and_run_again(camera_page):
    page = camera_page()
    start(page, skip=("speaker",))
    expect(row(page, "camera")).to_have_attribute("data-state", "running")
    row(page, "camera").locator('[data-action="skip"]').click()
    expect(row(page, "camera")).to_have_attribute("data-state", "skipped")
    row(page, "microphone").locator('[data-action="skip"]').click()
    overall = page.locator("[data-overall]")
    expect(overall).to_have_attribute("data-overall", "skipped")
    row(page, "camera").locator('[data-action="again"]').click()
    expect(row(page, "light")).to_have_attribute("data-verdict", "ok", timeout=20_000)
    expect(overall).to_be_visible()
    fields = decode(page.locator("[data-support-code]").text_content()).fields()
    assert (fields["camera"], fields["microphone"], fields["speaker"]) == (1, 17, 0)


def test_it_looks_fine_anyway_is_believed(camera_page):
    page = camera_page(picture="backlit")
    start(page, skip=("microphone", "speaker"))
    overall = page.locator("[data-overall]")
    expect(overall).to_have_attribute("data-overall", "fix", timeout=20_000)
    expect(page.locator(".fix:visible")).to_have_count(1)
    row(page, "light").locator('[data-action="fine"]').click()
    expect(row(page, "light")).to_have_attribute("data-verdict", "ok")
    expect(overall).to_have_attribute("data-overall", "skipped")
    expect(page.locator(".fix:visible")).to_have_count(0)
    assert decode(page.locator("[data-support-code]").text_content()).camera == 1


def test_aids_chosen_afterwards_take_sound_out_of_the_verdict(camera_page):
    page = camera_page()
    start(page, skip=("microphone", "speaker"))
    overall = page.locator("[data-overall]")
    expect(overall).to_have_attribute("data-overall", "skipped", timeout=20_000)
    page.locator("[data-aids]").check()
    expect(overall).to_have_attribute("data-overall", "ok")


REFUSES = (
    "window.asked = 0; const own = navigator.mediaDevices.getUserMedia;"
    "navigator.mediaDevices.getUserMedia = async (wishes) => {"
    " if ((wishes.audio || {}).noiseSuppression === false) return own.call(navigator.mediaDevices, wishes);"
    " asked += 1; throw new DOMException('Permission denied', 'NotAllowedError'); };"
)
CLOSES = REFUSES.replace("denied", "dismissed")


def press_own_button(page):
    """As a person does: the browser takes a press only when its button has stood still for a moment."""
    own = page.locator("usermedia")
    own.evaluate(
        "(own) => { window.taken = new Promise((done) => own.addEventListener('stream', () => done(true),"
        " {once: true})); window.tooEarly = () => new Promise((done) =>"
        " own.addEventListener('error', () => done(false), {once: true})); }"
    )
    own.scroll_into_view_if_needed()
    box = own.bounding_box()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        page.evaluate("window.answer = Promise.race([taken, tooEarly()]); null")
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if page.evaluate("answer"):
            return
    raise AssertionError("the browser never took the press")


def test_after_two_closed_questions_the_button_gives_way_to_the_settings(camera_page):
    page = camera_page(CLOSES)
    start(page)
    page.locator('[data-check="speaker"] [data-action="skip"]').click()
    again = page.locator('.bar [data-action="again"]')
    expect(again).to_be_visible()
    expect(page.locator(".fix:visible")).to_have_attribute("data-fix", "answer")
    again.click()
    page.locator('[data-check="speaker"] [data-action="skip"]').click()
    expect(page.locator("[data-overall]")).to_be_visible()
    expect(page.locator('[data-action="again"]:visible')).to_have_count(1)
    expect(row(page, "speaker").locator('[data-action="again"]')).to_be_visible()  # it asks for nothing
    expect(page.locator(".fix:visible")).to_have_attribute("data-fix", "allow")
    expect(page.locator("usermedia")).to_be_visible()  # the browser guards its own
    assert page.evaluate("asked") == 2


def test_a_third_question_is_not_put_by_any_button_of_ours(camera_page):
    """Not by the row's own buttons either, nor by the rehearsal's switches."""
    page = camera_page(CLOSES)
    page.goto("/sv/practice")
    page.locator('.bar:visible [data-action="next"]').click()
    page.locator('[data-action="start"]').click()
    for kind in ("picture", "sound", "picture", "sound"):
        page.locator(f'[data-action="{kind}"]').click()
    page.locator('[data-action="hang-up"]').click()
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "stop", timeout=20_000)
    assert page.evaluate("asked") == 2


def test_after_a_refusal_the_browsers_own_button_comes_before_the_menus_and_leads_on(camera_page):
    page = camera_page(REFUSES)
    start(page, skip=("speaker",))
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "stop", timeout=20_000)
    own = page.locator("usermedia")
    expect(own).to_be_visible()
    assert own.bounding_box()["y"] < page.locator(".fix:visible .moves").bounding_box()["y"]
    before = page.evaluate("asked")
    press_own_button(page)
    expect(row(page, "camera")).to_have_attribute("data-verdict", "ok", timeout=20_000)
    expect(row(page, "microphone")).to_have_attribute("data-verdict", "ok", timeout=20_000)
    assert page.evaluate("asked") == before, "our own question was not put again"
    expect(own).to_be_hidden()


def test_the_browsers_own_button_can_be_pressed_once_more_after_a_test_with_it(camera_page):
    page = camera_page(REFUSES)
    start(page, skip=("speaker",))
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "stop", timeout=20_000)
    for _ in range(2):
        press_own_button(page)
        expect(row(page, "camera")).to_have_attribute("data-verdict", "ok", timeout=20_000)
        for check in ("microphone", "speaker"):
            row(page, check).locator('[data-action="skip"]').click()
        expect(page.locator("[data-overall]")).to_be_visible()
        row(page, "camera").locator('[data-action="again"]').click()
        expect(row(page, "camera")).to_have_attribute("data-verdict", "refused", timeout=20_000)


def test_without_such_a_button_only_the_menus_stand_there(camera_page):
    page = camera_page(REFUSES + "delete window.HTMLUserMediaElement;")
    start(page, skip=("speaker",))
    expect(page.locator(".fix:visible")).to_have_count(1)
    expect(page.locator("[data-way-back]")).to_be_hidden()


def test_a_late_answer_starts_the_test_by_itself(camera_page):
    page = camera_page(
        "const media = navigator.mediaDevices, get = media.getUserMedia.bind(media); let first = true;"
        "media.getUserMedia = (wishes) => first ? new Promise((done) => { first = false; window.allow = () "
        "=> done(get(wishes)); }) : get(wishes);",
    )
    page.clock.install()
    page.reload()
    start(page, skip=("microphone", "speaker"))
    expect(row(page, "camera")).to_have_attribute("data-state", "running")
    page.clock.fast_forward(31_000)
    expect(row(page, "camera")).to_have_attribute("data-verdict", "waiting")
    page.evaluate("allow()")
    expect(row(page, "camera")).to_have_attribute("data-verdict", "ok", timeout=15_000)


def test_the_connection_is_handed_over_in_the_fragment_and_stands_in_the_code(camera_page):
    page = camera_page(fragment="#t=20261124T1000&n=fair-42241&c=a")
    expect(row(page, "connection")).to_have_attribute("data-verdict", "fair")
    expect(page.locator("[data-not-tested]")).to_be_hidden()
    start(page, skip=("camera", "microphone", "speaker"))
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "fix")
    fields = decode(page.locator("[data-support-code]").text_content()).fields()
    assert [fields[name] for name in ("down", "up", "net", "rtt", "jitter")] == [4, 2, 2, 4, 1]


@pytest.mark.parametrize("fragment", ["#n=good-99999", "#n=evil-00000", "#n=good-77", "#n=<img src=x>", "#n"])
def test_a_fragment_that_is_not_ours_is_left_alone(camera_page, fragment):
    page = camera_page(fragment=fragment)
    expect(row(page, "environment")).to_have_attribute("data-state", "done")
    expect(row(page, "connection")).to_have_attribute("data-state", "waiting")
    expect(page.locator("[data-not-tested]")).to_be_visible()


HOME = "/sv/guide"


@pytest.mark.parametrize(
    ("fragment", "leads_to"),
    [
        (
            "#t=20261124T1000&n=good-77011&on=guide/13-17/place",
            "/sv/guide/13-17/place#t=20261124T1000&n=good-77011",
        ),
        ("#on=help/picture", "/sv/help/picture"),
        ("#t=20261124T1000", HOME + "#t=20261124T1000"),
        *(
            (f"#on={hostile}", HOME)
            for hostile in (
                "//example.org/guide/x",
                "https://example.org",
                "javascript:alert(1)",
                "guide/../../staff/",
                "guide/%2e%2e/x",
                "guide",
                "guide//x",
                "guide/a/b/c",
                "staff/log-in",
                "guide/a\\b",
                "guide/" + "a" * 41,
                "xguide/a",
                "GUIDE/a",
                "help/a?x",
            )
        ),
    ],
)
def test_one_goes_on_where_one_was_and_never_anywhere_else(phone, fragment, leads_to):
    phone.goto(f"/sv/check/camera{fragment}")
    skip = phone.locator("a[data-onward]:not([hidden])")
    expect(phone.locator('[data-check="environment"]')).to_have_attribute("data-state", "done")
    assert {link.get_attribute("href") for link in phone.locator("a[data-onward]").all()} == {leads_to}
    expect(skip).to_have_text("Gå vidare utan test")


def test_the_step_of_the_guide_sends_one_there_and_gets_one_back_at_the_next(camera_page):
    page = camera_page()
    page.goto("/sv/m/D3M0/guide/under-13/check#t=20261124T1000")
    page.get_by_role("link", name="Starta testet").click()
    page.wait_for_url("**/sv/m/D3M0/check#t=20261124T1000&on=guide/under-13/place")
    page.locator("[data-next]").click()
    start(page, skip=("camera", "microphone", "speaker"))
    page.get_by_role("link", name="Klart, gå vidare").click()
    # What was skipped goes along, for «Ni är redo».
    page.wait_for_url("**/sv/m/D3M0/guide/under-13/place#t=20261124T1000&r=*camera-skipped*")
    assert "on=" not in page.content(), "it is carried no further"


def test_the_verdict_is_spoken_and_the_meter_has_words(camera_page):
    page = camera_page()
    assert page.locator(".checks").get_attribute("aria-live") == "polite"
    start(page)
    microphone = row(page, "microphone")
    expect(
        microphone.locator('[data-level="good"], [data-level="much"], [data-level="little"]').locator(
            "visible=true"
        )
    ).to_have_count(1, timeout=20_000)
    assert (
        microphone.locator("[data-meter]")
        .evaluate("(meter) => meter.style.getPropertyValue('--v')")
        .endswith("%")
    )
    page.locator('[data-action="heard"]').click(timeout=30_000)
    heading = page.locator("[data-overall] h2:visible")
    expect(heading).to_be_focused()
    expect(heading).to_have_text("Det fungerar på den här enheten just nu.")
    expect(page.locator("footer")).to_contain_text("Numret står i kallelsen")


def test_all_of_it_works_by_keyboard(camera_page):
    page = camera_page()
    for check in ("camera", "microphone"):
        page.locator(f'[data-check="{check}"] [data-action="skip"]').focus()
        page.keyboard.press("Enter")
    page.locator('[data-action="start"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-action="heard"]')).to_be_visible()
    page.locator('[data-action="heard"]').focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "skipped")


def test_inside_another_app_the_address_can_be_copied(launch, server):
    from scenarios import SCENARIOS

    agent = next(scenario.agent for scenario in SCENARIOS if scenario.name == "inside Snapchat")
    page = launch().new_context(base_url=server.url, user_agent=agent, **PHONE).new_page()
    page.goto("/sv/check")
    expect(page.locator(".way-out")).to_be_visible()
    assert page.locator("[data-address]").input_value() == f"{server.url}/sv/check"
    page.locator('[data-action="copy"]').click()
    assert (
        page.evaluate("getSelection().toString() || document.activeElement.value") == f"{server.url}/sv/check"
    )
    expect(page.locator("[data-escape]")).to_be_hidden()  # works only behind https


VOICES = (
    "window.spoken = []; Object.defineProperty(window, 'speechSynthesis', {value: {getVoices: () => [%s], "
    "speak: ({text}) => spoken.push(text), cancel: () => {}}});"
    "window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"
)


@pytest.mark.parametrize(
    "voice, read",
    [
        ("{lang: 'sv-SE', localService: true}", True),
        ("{lang: 'sv-SE', localService: false}", False),
        ("{lang: 'en-GB', localService: true}", False),
    ],
)
def test_the_code_is_read_aloud_only_by_a_voice_of_the_device_in_the_pages_language(camera_page, voice, read):
    page = camera_page(VOICES % voice)
    start(page, skip=("camera", "microphone", "speaker"))
    expect(page.locator("[data-overall]")).to_have_attribute("data-overall", "skipped")
    button = page.locator('[data-action="speak"]')
    expect(button).to_be_visible(visible=read)
    if read:
        button.click()
        assert page.evaluate("spoken[0].split(/\\s+/).length") == 9


def test_who_does_not_read_can_hear_what_to_do_and_any_speech_will_do(camera_page):
    page = camera_page(VOICES % "{lang: 'sv-SE', localService: true}")
    page.locator('[data-action="listen"]').click()
    [spoken] = page.evaluate("spoken")
    assert "Tryck Tillåt" in spoken and "Prata högt, vad som helst" in spoken


def test_without_a_voice_of_the_device_nothing_is_read(camera_page):
    page = camera_page(VOICES % "{lang: 'sv-SE', localService: false}")
    expect(page.locator('[data-action="start"]')).to_be_visible()
    expect(page.locator('[data-action="listen"]')).to_be_hidden()


def test_start_is_an_early_stop_for_the_keyboard_and_says_what_a_screen_reader_does(camera_page):
    page = camera_page()
    stops = 0
    while not page.locator('[data-action="start"]:focus').count():
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 5, "the start is hard to reach"
    expect(page.locator(".before .screen-reader-only")).to_contain_text("skärmläsare")
