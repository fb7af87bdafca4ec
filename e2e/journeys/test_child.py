"""A child reads a story, chooses who follows along, fills the card, and can leave at any time."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from serving import ROOT, Server

from patient_app.children import pages

BANDS = {band.slug: len(band.pages) for band in pages.BANDS.values()}
YOUTH = (*(told.slug for told in pages.YOUTH), "adult")
PAGES = [
    "child",
    "child/adult",
    "youth",
    "card",
    "after",
    "practice",
    *(f"youth/{slug}" for slug in YOUTH),
    *(f"child/{band}/{number}" for band, last in BANDS.items() for number in range(1, last + 1)),
]


@pytest.mark.parametrize(("band", "last"), BANDS.items())
def test_a_story_is_read_by_touch_from_first_to_last_page(phone, band, last):
    phone.goto("/sv/child")
    phone.tap(f"a[href$='/child/{band}/1']")
    seen = set()
    for number in range(1, last + 1):
        phone.wait_for_url(f"**/sv/child/{band}/{number}*")
        seen.add(phone.inner_text("h1"))
        if number < last:
            phone.tap("a[rel=next]")
    assert len(seen) == last
    assert phone.locator(".bar a[href*='/practice']").is_visible()
    assert phone.locator("main a[href*='/card']").is_visible()


def test_a_story_is_read_by_keyboard_and_in_the_order_it_is_heard(phone):
    phone.goto("/sv/child/7-9/1")
    order = phone.eval_on_selector_all(
        "main .scene > svg, main h1, main .story p, a[rel=next]",
        "all => all.map((one) => one.tagName.toLowerCase())",
    )
    assert order[:3] == ["svg", "h1", "p"] and order[-1] == "a"
    for _ in range(40):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.rel === 'next'"):
            break
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/sv/child/7-9/2")


def test_the_chosen_child_goes_through_the_whole_story_and_into_the_other_language(phone):
    phone.goto("/sv/child")
    phone.tap("[data-choose] a[data-child='5']")
    assert phone.get_attribute("[data-choose] a[aria-current]", "data-child") == "5"
    phone.tap("a[href*='/child/7-9/1']")
    phone.wait_for_url("**/child/7-9/1#c=5")
    phone.tap("a[rel=next]")
    phone.wait_for_url("**/child/7-9/2#c=5")
    assert phone.get_attribute("html", "data-child") == "5"
    phone.tap("details.lang summary")
    phone.tap("details.lang a[lang=en]")
    phone.wait_for_url("**/en/child/7-9/2#c=5")


def test_a_teen_is_chosen_among_three_and_follows_through_the_pages(phone):
    phone.goto("/sv/youth#c=2")
    assert phone.get_attribute("html", "data-child") == "3", "a small child is no teen"
    phone.tap("[data-choose] a[data-child='6']")
    phone.tap("a[href*='/youth/people']")
    phone.wait_for_url("**/youth/people#c=6")
    assert phone.get_attribute("html", "data-child") == "6"


@pytest.mark.parametrize("nonsense", ["#c=9", "#c=0", "#c=x", "#c=11", "#c="])
def test_nonsense_in_the_address_shows_the_first_child(phone, nonsense):
    phone.goto("/sv/child/3-6/1" + nonsense)
    assert phone.get_attribute("html", "data-child") == "1"


def test_without_javascript_the_story_is_whole_and_the_first_child_is_in_it(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sv/child/3-6/1")
    shown = page.eval_on_selector_all(
        "#hqb > [class^=kid-], #hq > [class^=kid-], #hb > [class^=kid-]",
        "all => all.filter((one) => getComputedStyle(one).display !== 'none').map((one) => "
        "one.getAttribute('class'))",
    )
    assert set(shown) == {"kid-1"}
    assert page.locator("[data-read-aloud]").is_hidden()
    page.click("a[rel=next]")
    page.wait_for_url("**/sv/child/3-6/2")
    assert page.get_attribute("a[data-leave]", "href") == "https://www.smhi.se/"
    context.close()


@pytest.mark.parametrize(
    ("address", "part", "before", "after"),
    [
        ("child/7-9/6", ".touched-note", "none", "inline"),
        ("child/3-6/10", ".touched-hand", "matrix(1, 0, 0, 1, -8, 56)", "none"),
        ("child/3-6/3", ".touched-lamp", "0.25", "1"),
    ],
)
def test_a_picture_can_be_touched_by_keyboard_and_back(plain_chromium, server, address, part, before, after):
    context = plain_chromium.new_context(base_url=server.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"/sv/{address}")
    shows = {".touched-note": "display", ".touched-hand": "transform", ".touched-lamp": "opacity"}[part]
    look = f"getComputedStyle(document.querySelector('{part}')).{shows}"
    assert page.evaluate(look) == before
    for result in (after, before):
        page.locator(".touch button").press("Enter")
        assert page.evaluate(look) == result
        assert page.evaluate("document.getAnimations().length") == 0
    assert page.get_attribute(".touch button", "aria-pressed") == "false"
    context.close()


def test_nothing_moves_in_a_story(phone):
    phone.goto("/sv/child/7-9/4")
    assert phone.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("address", ["child/3-6/5", "youth/place", "card", "after", "child/adult"])
@pytest.mark.parametrize("size", [(390, 844), (820, 1180), (320, 568)])
def test_the_way_out_stays_in_the_header_and_the_risk_of_the_history_is_told(
    plain_chromium, server, address, size
):
    context = plain_chromium.new_context(base_url=server.url, viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(f"/sv/{address}")
    for to in ("0", "document.documentElement.scrollHeight"):
        page.evaluate(f"scrollTo(0, {to})")
        box = page.locator("header a[data-leave]").bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
        assert 0 <= box["y"] < size[1] / 4 and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    assert page.locator(".bar [data-leave]").count() == 0
    assert "historik" in page.inner_text(".safe") and "samtalslista" in page.inner_text(".safe")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    context.close()


def fill_card(page):
    page.tap("label:has(input[name=meet][value=room])")
    page.tap("label:has(input[name=who][value=adult])")
    page.fill("#show", "Min teckning")
    page.fill("#ask", "Hur länge?")
    page.tap("label:has(input[name=talk][value=write])")


def test_the_card_is_filled_shown_large_saved_and_erased_and_nothing_is_sent(phone):
    phone.goto("/sv/card")
    phone.wait_for_selector("[data-save]")
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    fill_card(phone)
    phone.tap("[data-show-big]")
    large = phone.inner_text("dialog[open] [data-big-content]")
    assert all(
        words in large
        for words in (
            "I ett rum",
            "Min vuxna",
            "Min teckning",
            "Hur länge?",
            "Jag skriver",
        )
    )
    assert "På skärm" not in large
    phone.tap("[data-big-close]")
    assert phone.evaluate("localStorage.length") == 0, "kept before anyone asked"
    phone.tap("[data-save]")
    assert phone.locator("[data-status=saved]").is_visible()
    assert asked == []
    phone.reload()
    assert phone.input_value("#show") == "Min teckning" and phone.is_checked("input[name=meet][value=room]")
    phone.tap("[data-erase]")
    assert phone.evaluate("localStorage.length") == 0 and phone.input_value("#show") == ""
    phone.reload()
    assert phone.input_value("#show") == "" and phone.locator("[data-status=saved]").is_hidden()


def test_what_cannot_both_be_true_is_not_both_ticked_on_the_card(phone):
    phone.goto("/sv/card")
    for value in ("adult", "sibling", "thing", "me"):
        phone.tap(f"label:has(input[name=who][value={value}])")
    ticked = "[...document.querySelectorAll('[name=%s]:checked')].map((input) => input.value)"
    assert phone.evaluate(ticked % "who") == ["me", "thing"]
    phone.tap("label:has(input[name=talk][value=speak])")
    phone.tap("label:has(input[name=talk][value=quiet])")
    assert phone.evaluate(ticked % "talk") == ["quiet"]


@pytest.mark.parametrize("size", [(390, 664), (360, 640), (844, 390), (1280, 720)])
def test_a_card_with_much_on_it_is_seen_whole_and_from_the_top(phone, size):
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    phone.goto("/sv/card")
    phone.wait_for_selector("[data-save]")
    for name, value in (
        ("talk", "point"),
        ("talk", "write"),
        ("help", "one"),
        ("help", "camera-off"),
        ("long", "short"),
        ("meet", "room"),
        ("who", "adult"),
        ("who", "thing"),
        ("stop", "hand"),
    ):
        phone.check(f"input[name={name}][value={value}]", force=True)
    phone.fill("#ask", "Hur länge?")
    phone.click("[data-show-big]")
    seen = phone.evaluate(
        "() => { const big = document.querySelector('dialog[open]'); return [big.scrollTop, "
        "big.scrollHeight - big.clientHeight, big.querySelector('h2').getBoundingClientRect().top]; }"
    )
    assert seen[0] == 0 and seen[2] >= 0
    assert seen[1] <= 0 or size == (844, 390), f"{seen[1]} px below the screen"


def test_an_empty_card_says_so_and_is_printed_to_be_filled_in_by_hand(phone):
    phone.goto("/sv/card")
    phone.tap("[data-show-big]")
    assert phone.locator("[data-big-empty]").is_visible()
    phone.keyboard.press("Escape")
    phone.emulate_media(media="print")
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.locator(".pick").count() == phone.locator(".pick:visible").count()
    assert phone.locator(".dock").is_hidden()


def test_a_filled_card_is_printed_large_with_what_was_chosen_alone(phone):
    phone.goto("/sv/card")
    phone.wait_for_selector("[data-save]")
    fill_card(phone)
    phone.emulate_media(media="print")
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "Min teckning" in phone.inner_text("[data-on-paper]")
    assert phone.locator("[data-card]").is_hidden()


def test_markup_on_the_card_is_words_and_nothing_else(phone):
    phone.goto("/sv/card")
    phone.fill("#ask", "<img src=x onerror=alert(1)> {{7*7}}")
    phone.tap("[data-show-big]")
    assert phone.locator("[data-big-content] img").count() == 0
    assert "<img src=x" in phone.inner_text("[data-big-content]")


def test_the_card_of_a_browser_that_refuses_to_keep_says_so(phone):
    phone.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
    )
    phone.goto("/sv/card")
    phone.tap("[data-save]")
    assert phone.locator("[data-status=refused]").is_visible()


def test_how_it_was_is_chosen_and_shown(phone):
    phone.goto("/sv/after")
    phone.tap("label:has(input[name=talk][value=good])")
    phone.tap("label:has(input[name=next][value=room])")
    phone.tap("[data-show-big]")
    assert re.search(
        r"Att prata\s+Bra\s+Nästa gång vill jag träffas\s+I ett rum", phone.inner_text("[data-big-content]")
    )


@pytest.fixture
def tab(plain_chromium, server):
    """A tab that can leave for the weather without a network."""
    context = plain_chromium.new_context(base_url=server.url, viewport={"width": 390, "height": 844})
    context.route(
        "https://www.smhi.se/**",
        lambda route: route.fulfill(body="<title>weather</title>", content_type="text/html"),
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["card", "child/3-6/2", "youth/talk", "practice"])
def test_leaving_erases_the_childs_words_and_keeps_the_adults_plan(tab, address):
    tab.goto(f"/sv/{address}")
    tab.evaluate(
        "async () => { localStorage.setItem('redo-card', '{}'); localStorage.setItem('redo.step', '/sv/'); "
        "sessionStorage.setItem('x', '1'); "
        "for (const part of ['pages', 'childrens']) await caches.open(`redo-offline /sv/ 1 ${part}`); }"
    )
    tab.click("header a[data-leave]")
    tab.wait_for_url("https://www.smhi.se/")
    tab.goto("/sv/")  # somebody comes here anew
    tab.wait_for_function("sessionStorage.length === 0")
    assert tab.evaluate("async () => [Object.keys(localStorage), await caches.keys()]") == [
        ["redo.step"],
        ["redo-offline /sv/ 1 pages"],
    ]


@pytest.mark.parametrize("pages", [1, 2, 3, 6])
def test_after_leaving_back_never_shows_a_page_of_ours_however_many_were_read(tab, pages):
    tab.goto("about:blank")
    tab.goto("/sv/")
    tab.goto("/sv/child")
    tab.click("a[href$='/child/7-9/1']")
    for number in range(1, pages):
        tab.wait_for_url(f"**/child/7-9/{number}")
        tab.click("a[rel=next]")
    tab.wait_for_url(f"**/child/7-9/{pages}")
    tab.click("header a[data-leave]")
    tab.wait_for_url("https://www.smhi.se/")
    tab.go_back(wait_until="commit")  # what lies behind is the start page
    tab.wait_for_url("https://www.smhi.se/")
    assert tab.title() == "weather"


@pytest.mark.parametrize(
    ("before", "left"),
    [
        ("check/camera", "child/7-9/1"),
        ("check", "child/7-9/1"),
        ("guide", "youth/talk"),
        ("help/inside-app", "card"),
        ("child/pictures", "after"),
        ("", "practice"),
        ("check/camera", "practice"),
    ],
)
def test_after_leaving_back_shows_nothing_of_what_was_opened_before(tab, before, left):
    tab.goto("about:blank")
    tab.goto(f"/sv/{before}")
    tab.goto(f"/sv/{left}")
    tab.click("header a[data-leave]")
    tab.wait_for_url("https://www.smhi.se/")
    tab.go_back(wait_until="commit")
    tab.wait_for_url("https://www.smhi.se/")
    assert tab.title() == "weather"


@pytest.mark.parametrize("pages", [1, 2, 3, 6])
def test_turned_pages_leave_one_place_in_the_history(tab, pages):
    tab.goto("/sv/")
    tab.goto("/sv/child")
    tab.click("a[href$='/child/10-12/1']")
    for number in range(1, pages):
        tab.wait_for_url(f"**/child/10-12/{number}")
        tab.keyboard.press("ArrowRight")
    tab.wait_for_url(f"**/child/10-12/{pages}")
    assert tab.title().startswith(f"Videobesök, sida {pages} av ")
    tab.go_back()
    tab.wait_for_url("**/sv/")


def test_arrow_keys_turn_and_the_heading_has_the_focus(tab):
    tab.goto("/sv/child/7-9/2")
    assert tab.evaluate("document.activeElement.tagName") == "H1"
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url("**/7-9/3")
    assert tab.evaluate("document.activeElement.textContent") == tab.inner_text("h1")
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**/7-9/2")
    tab.wait_for_function("document.activeElement.tagName === 'H1'")
    tab.keyboard.press("Tab")
    for _ in range(8):
        if tab.evaluate("document.activeElement.rel === 'next'"):
            break
        assert not tab.evaluate("Boolean(document.activeElement.closest('footer'))"), "the footer came first"
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.rel") == "next"


VOICES = """
const spoken = window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => %s,
  speak(words) {
    spoken.push({ text: words.text, voice: words.voice.name, rate: words.rate });
    this.now = words;
    if (words.onboundary) words.onboundary({ charIndex: 0, charLength: 2, name: "word" });
  },
  cancel() { if (this.now) { const last = this.now; this.now = null; setTimeout(() => last.onend()); } },
  addEventListener() {},
}});
"""
LOCAL = (
    '[{name: "far", localService: false, lang: "sv-SE"}, {name: "english", localService: true, lang: '
    '"en-GB"}, {name: "near", localService: true, lang: "sv-SE"}]'
)


def test_a_local_voice_reads_pauses_and_goes_slower(phone):
    phone.add_init_script(VOICES % LOCAL)
    phone.goto("/sv/child/7-9/5")
    phone.tap("[data-read-start]")
    assert phone.evaluate("spoken.at(-1)") == {
        "text": "Först får man vänta.",
        "voice": "near",
        "rate": 0.95,
    }
    assert phone.evaluate("CSS.highlights.has('reading')")
    phone.evaluate("speechSynthesis.now.onend()")
    assert phone.evaluate("spoken.at(-1).text").startswith("Det heter väntrum")
    phone.evaluate("speechSynthesis.now.onboundary({ charIndex: 4, charLength: 5, name: 'word' })")
    phone.tap("[data-read-pause]")
    assert not phone.evaluate("CSS.highlights.has('reading')")
    phone.tap("[data-read-start]")
    assert phone.evaluate("spoken.at(-1).text").startswith("heter väntrum"), "goes on where it stopped"
    phone.tap("[data-read-slower]")
    assert phone.evaluate("spoken.at(-1).rate") < 0.7
    phone.tap("[data-read-again]")
    assert phone.evaluate("spoken.at(-1).text") == "Först får man vänta."


@pytest.mark.parametrize(
    "voices",
    [
        "[]",
        '[{name: "far", localService: false, lang: "sv-SE"}]',
        '[{name: "english", localService: true, lang: "en-GB"}]',
    ],
)
def test_without_a_local_voice_of_the_language_there_is_no_button(phone, voices):
    phone.add_init_script(VOICES % voices)
    phone.goto("/sv/child/7-9/5")
    phone.wait_for_selector("html[data-child]", state="attached")
    assert phone.locator("[data-read-aloud]").is_hidden()


@pytest.mark.parametrize(
    ("voices", "best"),
    [
        ("{name: 'Alva (compact)', default: true}, {name: 'Klara'}", "Klara"),
        ("{name: 'Alva'}, {name: 'Oskar', default: true}", "Oskar"),
        ("{name: 'Oskar', default: true}, {name: 'Alva (Enhanced)'}", "Alva (Enhanced)"),
        ("{name: 'Far', default: true, localService: false}, {name: 'Near (compact)'}", "Near (compact)"),
        ("{name: 'Filipino', lang: 'svk-XX', default: true}, {name: 'Near'}", "Near"),
    ],
)
def test_the_best_voice_of_this_device_and_of_just_this_language_reads(phone, voices, best):
    all_local = f"[{voices}].map((one) => Object.assign({{ localService: true, lang: 'sv-SE' }}, one))"
    phone.add_init_script(VOICES % all_local)
    phone.goto("/sv/child/7-9/5")
    phone.tap("[data-read-start]")
    assert phone.evaluate("spoken.at(-1).voice") == best


def hears_all(phone, most):
    """Starts the reading and lets each sentence come to its end, `most` of them at most."""
    phone.tap("[data-read-start]")
    for _ in range(most):
        if not phone.evaluate("speechSynthesis.now"):
            break
        phone.evaluate(
            "() => { const last = speechSynthesis.now; speechSynthesis.now = null; last.onend(); }"
        )


def test_the_whole_book_is_read_page_after_page_without_what_is_private(phone):
    phone.add_init_script(VOICES % LOCAL)
    phone.goto("/sv/child/7-9/book")
    pages = phone.locator(".leaf-of-book").count()
    private = phone.locator("[data-not-whole]").all_inner_texts()
    hears_all(phone, most=200)
    read = phone.evaluate("spoken.map(({ text }) => text)")
    assert private and not set(private) & set(read)
    headings = phone.locator(".leaf-of-book h2").all_inner_texts()
    assert [text for text in read if text in headings] == headings and len(headings) == pages
    assert phone.locator("[data-read-start]").is_visible(), "it ends where it began"


SILENCE = (b"\xff\xfb\x90\x64" + bytes(413)) * 12  # MPEG layer 3: a third of a second of nothing
PLAYERS = """
window.players = [];
const Real = Audio;
window.Audio = class extends Real { constructor() { super(); players.push(this); } };
window.heard = [];
addEventListener("click", () => players.forEach((one) => {
  one.onplay = () => heard.push(new URL(one.src).pathname);
}), { once: true, capture: true });
"""


@pytest.fixture
def with_recordings(tmp_path_factory):
    """The app with a recording of every page of one book, and of nothing else."""
    folder = tmp_path_factory.mktemp("recorded")
    told = folder / "audio" / "sv"
    told.mkdir(parents=True)
    said = subprocess.run(
        [sys.executable, "-m", "patient_app", "recordings", "--lang", "sv"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in re.findall(r"child-3-6-\d+\.[0-9a-f]{8}\.mp3", said):
        (told / name).write_bytes(SILENCE)
    running = Server(folder)
    yield running
    running.stop()


def test_recordings_play_in_a_real_player_that_asks_for_ranges(plain_chromium, with_recordings):
    context = plain_chromium.new_context(base_url=with_recordings.url)
    page = context.new_page()
    page.add_init_script(VOICES % "[]" + PLAYERS)
    asked = []
    page.on(
        "response",
        lambda answer: (
            asked.append((answer.request.headers.get("range"), answer.status))
            if "/audio/" in answer.url
            else None
        ),
    )
    page.goto("/sv/child/7-9/5")
    assert page.locator("[data-read-aloud]").is_hidden(), "neither voice nor recording"
    page.goto("/sv/child/3-6/5")
    page.click("[data-read-start]")
    page.wait_for_function("() => heard.length === 1")
    expect(page.locator("[data-read-start]")).to_be_visible()  # it ends where it began
    assert asked and all(sent and status == 206 for sent, status in asked), asked
    page.goto("/sv/child/3-6/book")
    page.click("[data-read-start]")
    told = page.get_attribute("[data-read-aloud]", "data-audio").split()
    page.wait_for_function(f"() => heard.length === {len(told)}")
    expect(page.locator("[data-read-start]")).to_be_visible()
    assert page.evaluate("heard") == told and len(told) > 10
    context.close()


def test_the_adults_guide_is_read_aloud_too(phone):
    phone.add_init_script(VOICES % LOCAL)
    for address, first in (("guide/under-13/place", "h1"), ("child/adult", "h1"), ("youth/adult", "h1")):
        phone.goto(f"/sv/{address}")
        hears_all(phone, most=80)
        read = phone.evaluate("spoken.map(({ text }) => text.trim())")
        assert read[0] == phone.inner_text(first) and len(read) > 4
        assert len(read) == len(set(read)), "something is read twice"
        buttons = phone.locator(".bar .btn").all_inner_texts()
        assert not set(buttons) & set(read)
