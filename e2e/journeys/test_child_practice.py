"""The rehearsal in a real browser: with a camera, refused, without one, with a child who is silent, by
keyboard and by one switch. On every screen of each, at every size, everything is there and nothing is under
anything."""

import media
import pseudo
import pytest

SIZES = [(360, 640), (390, 664), (375, 553), (844, 390), (820, 1180), (1280, 720)]
IN_THE_CALL = ("hello", "hear", "wave", "say", "toy", "bye")
DRILL = {
    "sv": "Det här är en övning. Kim är ritad och kan varken höra eller se dig. De som är nära dig kan höra.",
    "en": "This is only practice. Kim is a drawing and cannot hear or see you. People near you can hear.",
}
DRILL[pseudo.LONG_WORDS] = pseudo.translated(DRILL["sv"], pseudo.LONG_WORDS)
LANGUAGES = ("sv", "en", pseudo.LONG_WORDS)
REFUSE = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '%s'));"
UNANSWERED = "navigator.mediaDevices.getUserMedia = () => new Promise(() => {});"
COUNT = (
    "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); window.asked = [];"
    "window.given = [];"
    "navigator.mediaDevices.getUserMedia = async (wishes) => { asked.push(wishes);"
    "const stream = await ask(wishes); given.push(...stream.getTracks()); return stream; };"
    "const copy = MediaStreamTrack.prototype.clone; MediaStreamTrack.prototype.clone = function () {"
    "const track = copy.call(this); given.push(track); return track; };"
)

# What one should see on the screen that is on now, and what is wrong with it.
WHAT_IS_WRONG = """() => {
  const wrong = [], high = innerHeight, wide = innerWidth;
  const there = (element) => element && element.getClientRects().length > 0;
  const box = (element) => element.getBoundingClientRect();
  const shown = (selector) => [...document.querySelectorAll(selector)].filter(there);
  const within = (name, element) => {
    if (!element) return wrong.push(`${name} is not there`);
    const { left, top, right, bottom, width, height } = box(element);
    const outside = left < -1 || top < -1 || right > wide + 1 || bottom > high + 1;
    if (outside) wrong.push(`${name} ends at ${right},${bottom}`);
    if (width < 8 || height < 8) wrong.push(`${name} is ${width}x${height}`);
    const middle = [left + width / 2, top + height / 2];
    const points = [
      [left + 3, middle[1]], [right - 3, middle[1]], [middle[0], top + 3], [middle[0], bottom - 3],
    ];
    for (const [x, y] of width > wide / 2 && element.matches('.near') ? [middle] : points) {
      const hit = document.elementFromPoint(x, y);
      const free = hit && (element.contains(hit) || hit.contains(element));
      if (!free) wrong.push(`${name} lies under ${hit && hit.outerHTML.slice(0, 60)}`);
    }
  };
  const [section] = shown('section[data-screen]:is(.panel, .said)');
  const words = [...section.querySelectorAll('h2, p:not(.soft), label')].filter(there);
  within('the line that it is practice', shown('[data-drill]')[0]);
  within('the way out', shown('header [data-leave]')[0]);
  words.forEach((one) => within(`«${one.textContent.trim().slice(0, 30)}»`, one));
  const buttons = shown('.rehearsal .bar .btn');
  buttons.forEach((one) => within(one.textContent.trim(), one));
  shown('.said .btn, .signs button').forEach((one) => within(one.textContent.trim() || one.ariaLabel, one));
  for (const one of [...buttons, ...shown('.said .btn, .signs button, header [data-leave]')]) {
    if (box(one).height < 44 || box(one).width < 44) wrong.push(`${one.outerHTML.slice(0, 60)} is too small`);
  }
  if (!buttons.some((one) => one.matches('.fill'))) wrong.push('no way on');
  const rows = new Set(buttons.map((one) => Math.round(box(one).top)));
  if (rows.size > (high < 480 ? 2 : 1)) wrong.push('the buttons stand in several rows');
  const [near] = shown('.near');
  if (near) {
    within('one\\'s own picture', near);
    const { width, height } = box(near);
    if (width < 96 || height < 72) wrong.push(`one's own picture is ${width}x${height}`);
    if (!shown('.near video, .near .drawn-me').length) wrong.push('nothing in one\\'s own picture');
  }
  const [scene] = shown('.panel .scene, .far svg, .waiting-room, .near');
  if (!scene || box(scene).height < 72 || box(scene).width < 96) wrong.push('no picture');
  if (document.documentElement.scrollWidth > wide) wrong.push('scrolls sideways');
  if (scrollY) wrong.push('is scrolled');
  return wrong;
}"""


@pytest.fixture
def rehearse(launch, server, request):
    """A page at the rehearsal, its camera and microphone fed with a picture and a sound; fails on any request
    after the page came. The browser is started once for a test, the page as often as it asks."""
    pages, started = [], {}

    def start(picture=None, sound=None, script="", size=(390, 844), language="sv", clinic=""):
        flags = [
            "--use-fake-device-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
            "--use-fake-ui-for-media-stream",
        ]
        if picture:
            flags.append(f"--use-file-for-fake-video-capture={picture}")
        if sound:
            flags.append(f"--use-file-for-fake-audio-capture={sound}")
        key = tuple(flags)
        if key not in started:
            started[key] = launch(*flags)
        told_by = request.getfixturevalue("pseudo_server") if language in pseudo.CODES else server
        page = (
            started[key]
            .new_context(base_url=told_by.url, viewport={"width": size[0], "height": size[1]})
            .new_page()
        )
        page.problems = []
        page.language = language
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(f"/{language}/{clinic}practice", wait_until="networkidle")
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


def forward(page):
    page.locator("button.fill:visible").click()


def on(page, screen):
    page.wait_for_selector(f"section[data-screen='{screen}']:not([hidden])")
    assert page.locator("[data-drill]").is_visible()
    assert page.inner_text("[data-drill]") == DRILL[page.language]
    assert page.locator("[data-leave]:visible").count() == 1


def looks_right(page, screen):
    """The screen that is on is looked at in every size: turning the phone is quicker than starting anew."""
    on(page, screen)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        wrong = page.evaluate(WHAT_IS_WRONG)
        assert not wrong, f"{screen} at {width}x{height}, {page.language}: " + "; ".join(wrong)


def to_the_nurse(page):
    on(page, "look")
    forward(page)
    on(page, "wait")
    forward(page)
    on(page, "hello")


def to_the_end(page, since="hello"):
    for screen in IN_THE_CALL[IN_THE_CALL.index(since) :]:
        on(page, screen)
        forward(page)
    on(page, "end")


def verdict(page, check):
    return page.get_attribute(f"[data-check={check}]", "data-verdict")


def is_done(page, overall):
    page.wait_for_selector(f"[data-overall={overall}]:visible", timeout=30000)


# ---- everything is there, at every size ----


def through(page, began, answer=True):
    """Every screen of the rehearsal, looked at; `began` presses on from the question."""
    looks_right(page, "name")
    page.fill("#name", "Alexandra")
    forward(page)
    looks_right(page, "allow")
    began(page)
    looks_right(page, "look")
    forward(page)
    looks_right(page, "wait")
    for screen in IN_THE_CALL:
        forward(page)
        looks_right(page, screen)
        if screen == "wave":
            press(page, "pause")
            looks_right(page, "pause")
            forward(page)
            on(page, "wave")
        given = page.locator(".said:visible [data-action=answer]")
        if answer and given.count():
            given.click()
            looks_right(page, screen)
    press(page, "swap")
    looks_right(page, "swap")
    forward(page)
    looks_right(page, "end")


def with_camera(page):
    forward(page)
    page.wait_for_selector("[data-call][data-camera=on]")


def refused(page):
    forward(page)
    page.wait_for_selector("[data-hint=none]:visible")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("situation", "began", "sound"),
    [
        ("camera", with_camera, "good"),
        ("silent child", with_camera, "silence"),
        ("refused", refused, None),
        ("none", lambda page: press(page, "skip"), None),
    ],
    ids=["camera", "silent child", "refused", "none"],
)
def test_everything_is_there_on_every_screen_at_every_size(
    rehearse, tmp_path, situation, began, sound, language
):
    picture = media.picture(tmp_path, "good")
    fed = media.sound(tmp_path, sound) if sound else None
    script = REFUSE % "NotAllowedError" if situation == "refused" else ""
    through(rehearse(picture, fed, script, language=language), began, answer=situation != "silent child")


def focus_on(page, selector):
    """Tabs until what has the focus is that element; says so when it is never reached."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is never reached by tabbing")


@pytest.mark.parametrize("key", ["Enter", "Space"], ids=["keyboard", "switch"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_there_for_keyboard_and_switch(rehearse, key, language):
    page = rehearse(language=language)
    for screen in ("name", "allow", "look", "wait", *IN_THE_CALL):
        on(page, screen)
        focus_on(page, "[data-action=skip]" if screen == "allow" else ".rehearsal button.fill")
        looks_right(page, screen)
        page.keyboard.press(key)
    looks_right(page, "end")


# ---- it answers ----


def test_a_child_who_takes_part_is_greeted_by_name_and_the_adult_is_told_that_all_works(rehearse, tmp_path):
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "good"))
    on(page, "name")
    page.fill("#name", "Lo")
    page.keyboard.press("Enter")
    on(page, "allow")
    with_camera(page)
    to_the_nurse(page)
    assert page.inner_text(".said:visible h2") == "Hej, Lo"
    forward(page)
    press(page, "heard")
    assert "Tack för svaret." in page.inner_text(".said:visible")
    forward(page)
    press(page, "answer")
    assert "Nu vinkar Kim till dig." in page.inner_text(".said:visible")
    assert page.locator(".with-wave").is_visible() and page.locator(".with-rest").is_hidden()
    forward(page)
    press(page, "answer")
    assert "Hej, Lo" in page.inner_text(".said:visible")
    to_the_end(page, "say")
    is_done(page, "ok")
    assert [verdict(page, check) for check in ("camera", "light", "microphone", "speaker")] == [
        "ok",
        "ok",
        "ok",
        "heard",
    ]
    assert page.locator("[data-support-code]").is_visible()
    assert page.evaluate("document.querySelector('video').srcObject") is None, "the camera is off afterwards"


def test_the_made_up_name_is_kept_nowhere_and_never_asked_the_browser_about(rehearse):
    page = rehearse()
    field = page.locator("#name")
    assert [field.get_attribute(name) for name in ("autocomplete", "spellcheck", "autocorrect")] == [
        "off",
        "false",
        "off",
    ]
    page.fill("#name", "Lo")
    forward(page)
    assert page.evaluate("[localStorage.length, sessionStorage.length, location.hash]") == [0, 0, ""]
    assert page.locator("[data-with-name]").count() == 3
    assert page.locator("[data-with-name]:not([data-silent])").count() == 0, "a name would be read aloud"


def test_who_presses_on_early_still_gets_camera_light_and_microphone_tested(rehearse, tmp_path):
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "good"))
    forward(page)
    with_camera(page)
    to_the_nurse(page)
    to_the_end(page)
    is_done(page, "skipped")
    assert [verdict(page, check) for check in ("camera", "light", "microphone")] == ["ok", "ok", "ok"]
    page.locator("[data-check=speaker] [data-action=heard]").click()
    is_done(page, "ok")
    assert verdict(page, "speaker") == "heard"


def test_the_waiting_room_ends_by_itself_with_kim_and_says_that_it_can_take_longer(rehearse):
    page = rehearse()
    forward(page)
    press(page, "skip")
    forward(page)
    on(page, "wait")
    assert "I besöket kan det dröja längre." in page.inner_text(".said:visible")
    page.wait_for_selector("section[data-screen=hello]:not([hidden])", timeout=12000)
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_a_silent_child_is_neither_praised_nor_blamed_and_the_adult_is_told(rehearse, tmp_path):
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "hiss"))
    forward(page)
    with_camera(page)
    to_the_nurse(page)
    for screen in IN_THE_CALL:
        on(page, screen)
        said = page.inner_text(".said:visible").lower()
        assert not any(word in said for word in ("bra", "duktig", "hördes", "tyst", "fungerar")), said
        forward(page)
    page.wait_for_selector("[data-quiet-child]:visible", timeout=30000)
    assert verdict(page, "microphone") == "no-speech"
    assert page.locator("[data-check=microphone] [data-action=again]").is_visible(), (
        "the button that it names"
    )
    is_done(page, "skipped")
    assert page.locator("[data-fix]:visible").count() == 0, "there is nothing to mend"


@pytest.mark.parametrize(("error", "told"), [("NotAllowedError", "refused"), ("NotFoundError", "none")])
def test_refused_is_told_until_one_goes_on_and_becomes_a_picture_story(rehearse, error, told):
    page = rehearse(script=REFUSE % error)
    forward(page)
    refused(page)
    page.wait_for_selector(f"[data-check=microphone][data-verdict={told}]", state="attached")
    assert page.locator("[data-hint=none]").is_visible(), "it stays after the last answer"
    assert page.locator(".drawn-me").is_visible()
    to_the_nurse(page)
    to_the_end(page)
    is_done(page, "stop")
    assert verdict(page, "camera") == told
    assert page.locator("[data-fix]:visible").count() >= 1, "the adult is told what to do"


def test_the_signs_of_the_call_stop_track_and_test_and_start_them_again(rehearse, tmp_path):
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "good"), script=COUNT)
    forward(page)
    with_camera(page)
    press(page, "picture")
    living = "given.filter((track) => track.kind === '%s' && track.readyState === 'live').length"
    assert page.evaluate(living % "video") == 0
    assert page.locator(".turned-off").is_visible() and page.locator(".drawn-me").is_visible()
    press(page, "sound")
    assert page.evaluate(living % "audio") == 0
    to_the_nurse(page)
    press(page, "picture")
    page.wait_for_selector("[data-call][data-camera=on]")
    page.wait_for_selector("[data-check=light][data-verdict=ok]", state="attached", timeout=20000)
    to_the_end(page)
    is_done(page, "skipped")
    assert verdict(page, "camera") == "ok" and verdict(page, "microphone") == "skipped"
    assert page.locator(".found [data-off=microphone]").is_visible()
    assert page.locator(".found [data-off=camera]").is_hidden()
    assert page.evaluate(living % "video") == 0


def test_hanging_up_ends_everything_at_once(rehearse, tmp_path):
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "good"), script=COUNT)
    forward(page)
    with_camera(page)
    press(page, "hang-up")
    on(page, "end")
    assert page.evaluate("given.every((track) => track.readyState === 'ended')")
    is_done(page, "skipped")


def test_the_whole_rehearsal_goes_by_its_filled_buttons_without_a_camera(rehearse):
    page = rehearse(script=UNANSWERED.replace("() =>", "() => (window.asked = true) &&", 1))
    forward(page)
    press(page, "skip")
    to_the_nurse(page)
    to_the_end(page)
    assert not page.evaluate("Boolean(window.asked)")
    is_done(page, "skipped")


def test_stop_stands_on_every_screen_with_the_nurse_and_leads_on_or_out(rehearse):
    page = rehearse()
    forward(page)
    press(page, "skip")
    to_the_nurse(page)
    for screen in IN_THE_CALL:
        on(page, screen)
        press(page, "pause")
        on(page, "pause")
        assert "I besöket säger du stopp eller håller upp handen." in page.inner_text(".said:visible")
        forward(page)
        on(page, screen)
        if screen != "bye":
            forward(page)
    press(page, "pause")
    press(page, "leave")
    on(page, "end")


def test_an_unanswered_question_does_not_hold_the_child(rehearse):
    page = rehearse(script=UNANSWERED)
    forward(page)
    forward(page)
    on(page, "look")
    assert "Be din vuxna trycka Tillåt." in page.inner_text(".said:visible")
    to_the_nurse(page)
    to_the_end(page)
    is_done(page, "skipped")


def test_the_rehearsal_asks_once(rehearse, tmp_path):
    page = rehearse(media.picture(tmp_path, "good"), media.sound(tmp_path, "hiss"), script=COUNT)
    forward(page)
    with_camera(page)
    page.wait_for_selector("[data-check=microphone][data-verdict=no-speech]", state="attached", timeout=30000)
    to_the_nurse(page)
    to_the_end(page)
    page.wait_for_selector("[data-overall]:visible", timeout=30000)
    questions = "asked.filter((wishes) => wishes.video || wishes.audio.noiseSuppression !== false).length"
    assert page.evaluate(questions) == 1, "a second test of the microphone listens to what was allowed"


def test_the_child_may_be_kim_with_harmless_words_alone(rehearse):
    page = rehearse()
    forward(page)
    press(page, "skip")
    to_the_nurse(page)
    for screen in IN_THE_CALL[:-1]:
        on(page, screen)
        forward(page)
    press(page, "swap")
    on(page, "swap")
    assert page.locator(".teddy").is_visible() and page.locator(".kim").is_hidden()
    assert "Säg: Hej. Hör du mig? Ser du mig?" in page.inner_text(".said:visible")
    forward(page)
    on(page, "end")


def test_the_phone_number_in_a_clinics_footer_can_be_read_and_pressed(rehearse):
    page = rehearse(clinic="m/D3M0/")
    link = page.locator("footer a[href^=tel]")
    link.scroll_into_view_if_needed()
    assert link.evaluate(
        "(one) => { const { left, top, width, height } = one.getBoundingClientRect();"
        "return one.contains(document.elementFromPoint(left + width / 2, top + height / 2)); }"
    )
    assert link.evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_without_javascript_the_rehearsal_leads_to_the_stories(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sv/practice")
    assert page.locator("[data-needs-script] a[href$='/child']").is_visible()
    context.close()
