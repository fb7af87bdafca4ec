"""Support shares a link with the visit's time: by mouse, by keyboard alone and on a phone, within fifteen
seconds at a person's pace.

The pace is the keystroke-level model (Card, Moran and Newell 1983): what a person needs to think, point and
type is added by count, so that no test has to sleep. What the machine took is measured beside it.
"""

import io
import re
import time

import pytest
import zxingcpp
from axe import SCRIPT
from devices import PHONE
from PIL import Image
from pypdf import PdfReader

THINK, POINT, KEY, HAND = 1.35, 1.1, 0.28, 0.4  # seconds; a slow typist on the phone with somebody
LIMIT = 15  # seconds of a person's own
WHOLE = 30  # with the machine, which may be busy with other tests
WIDE = {"viewport": {"width": 1280, "height": 800}}
RULE = "Vi frågar aldrig efter personnummer eller BankID"
LINK = re.compile(r"http://\S+")


class Person:
    """Somebody at the screen: acts on the page, and counts what it would cost them."""

    def __init__(self, page):
        self.page = page
        self.started = time.monotonic()
        self.human = 0.0

    def is_quick(self, how):
        """Fails when it would have cost the person too long."""
        whole = self.human + time.monotonic() - self.started
        print(f"{how}: {self.human:.1f} s, with this machine {whole:.1f} s")
        assert self.human <= LIMIT and whole <= WHOLE

    def points_at(self, target):
        self.human += THINK + POINT + HAND
        (
            target.tap
            if self.page.context.browser and self.page.evaluate("'ontouchstart' in window")
            else target.click
        )()

    def types(self, text):
        self.human += THINK + KEY * len(text)
        self.page.keyboard.type(text)

    def presses(self, key, times=1):
        self.human += THINK / 2 + KEY * times
        for _ in range(times):
            self.page.keyboard.press(key)


@pytest.fixture
def open_share(plain_chromium, server):
    """Opens Share in a window of that kind; fails on any error in the page and any request to another
    origin."""
    contexts, problems = [], []

    def open_it(path="/sv/support/share", **window):
        context = plain_chromium.new_context(
            base_url=server.url, permissions=["clipboard-read", "clipboard-write"], **window
        )
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time("2026-11-20T08:00:00")  # 24/11 is the next 24 November
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
        page.on(
            "request",
            lambda request: problems.append(request.url) if not request.url.startswith(server.url) else None,
        )
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert not problems, problems


def pasted(page):
    """What an app would get from the clipboard."""
    other = page.context.new_page()
    other.set_content("<textarea></textarea>")
    other.focus("textarea")
    other.keyboard.press("Control+V")
    text = other.input_value("textarea")
    other.close()
    page.bring_to_front()
    return text


def opens_as_the_family(plain_chromium, link, language):
    """The family's own phone opens the link: a page of ours, in their language, with the clinic's phone
    number."""
    context = plain_chromium.new_context(**PHONE)
    page = context.new_page()
    assert page.goto(link).status == 200
    assert page.locator("html").get_attribute("lang") == language and "/m/D3M0/" in page.url
    assert page.locator("h1").is_visible() and page.locator('a[href^="tel:"]').count()
    context.close()


def has_the_time(text, language):
    """The text says when the visit is, in words, and its link carries it."""
    assert {"sv": "tisdag 24 november", "en": "Tuesday"}[language] in text
    assert LINK.search(text)[0].partition("#")[2] == "t=20261124T1000"
    assert "{" not in text


def test_by_mouse_a_link_with_its_time_is_in_the_familys_hand_in_fifteen_seconds(open_share, plain_chromium):
    page = open_share(**WIDE)
    person = Person(page)
    person.types("exem")  # the field has the focus already
    page.get_by_role("option").first.wait_for()
    person.presses("Enter")
    page.locator("#share-sms").wait_for()
    person.types("24/11 10")
    person.points_at(page.locator("main").get_by_text("English", exact=True))
    page.locator("#share-sms[lang=en]").wait_for()
    person.points_at(page.get_by_role("button", name="Kopiera sms").first)
    page.get_by_text("Kopierat. Klistra in.").wait_for()
    text = pasted(page)
    has_the_time(text, "en")
    opens_as_the_family(plain_chromium, LINK.search(text)[0], "en")
    person.is_quick("by mouse")


@pytest.mark.parametrize("window", [WIDE, {"viewport": PHONE["viewport"]}], ids=["1280", "390"])
def test_by_keyboard_alone_a_link_with_its_time_is_there_in_fifteen_seconds(
    open_share, plain_chromium, window
):
    page = open_share(**window)
    person = Person(page)
    person.types("exempel")
    page.get_by_role("option").first.wait_for()
    person.presses("Enter")
    page.locator("#share-sms").wait_for()
    person.types("24/11 10.00")
    page.get_by_text("tisdag 24 november", exact=False).first.wait_for()
    person.presses("Enter")
    person.presses("Enter")
    page.get_by_text("Kopierat. Klistra in.").wait_for()
    text = pasted(page)
    has_the_time(text, "sv")
    opens_as_the_family(plain_chromium, LINK.search(text)[0], "sv")
    person.is_quick("by keyboard")


def test_on_a_phone_a_link_with_its_time_is_in_the_familys_hand_in_fifteen_seconds(
    open_share, plain_chromium
):
    page = open_share(**PHONE)
    person = Person(page)
    person.points_at(page.get_by_role("combobox"))
    person.types("exem")
    person.points_at(page.get_by_role("option").first)
    page.locator("[data-copy-bar]").wait_for()
    person.types("24/11 10")
    person.points_at(page.locator("[data-copy-bar]").get_by_role("button", name="Kopiera sms"))
    page.locator("[data-copied]:not([hidden])").wait_for(state="attached")
    text = pasted(page)
    assert RULE in text
    has_the_time(text, "sv")
    opens_as_the_family(plain_chromium, LINK.search(text)[0], "sv")
    person.is_quick("on a phone")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("24/11 10.00", "20261124T1000"),
        ("tis 24 nov kl. 10", "20261124T1000"),
        ("2026-11-24 10:00", "20261124T1000"),
        ("20261124T1000", "20261124T1000"),
        ("24 November 2026, 10:05", "20261124T1005"),
        ("3/2 8.30", "20270203T0830"),
        ("31/2 10", ""),
        ("24/11", ""),
        ("24/11 25", ""),
        ("20121212-1212", ""),
        ("201212121212", ""),
        ("i morgon", ""),
    ],
)
def test_day_and_time_are_read_as_people_write_them(time_reader, typed, means):
    assert time_reader(typed) == means


@pytest.fixture(scope="module")
def time_reader(plain_chromium, server):
    """Reads a text as the field of the time does, on the morning of 24 November 2026."""
    context = plain_chromium.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/sv/support/share")
    source = (
        page.locator("script[src$='support/share.js']").get_attribute("src").replace("share.js", "when.js")
    )
    yield lambda typed: page.evaluate(
        "async ([source, typed]) => (await import(source)).readWhen(typed, new Date(2026, 10, 24, 8))",
        [source, typed],
    )
    context.close()


def test_the_bookmarked_preset_needs_one_press(open_share):
    page = open_share("/sv/support/share?clinic=D3M0&who=13-17&start=check&language=en", **WIDE)
    page.get_by_role("button", name="Kopiera länk").first.click()
    page.get_by_text("Kopierat. Klistra in.").wait_for()
    assert re.fullmatch(r"http://[^/]+/D3M0-[0-9A-Z]{4}", pasted(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_on_the_screen_reads_back_in_light_and_dark(open_share, scheme):
    page = open_share("/sv/support/share?clinic=D3M0", **WIDE, color_scheme=scheme)
    picture = Image.open(io.BytesIO(page.locator(".qr-code svg").screenshot()))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [
        page.locator("[data-link]").get_attribute("data-link")
    ]


def test_the_time_stands_in_link_and_texts_and_is_never_sent(open_share, server):
    page = open_share("/sv/support/share?clinic=D3M0", **WIDE)
    asked = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.get_by_label("Besökets dag och tid").fill("2026-11-24T10:00")
    plain = page.locator("[data-link]").get_attribute("data-link")
    assert page.locator("#share-link").inner_text().endswith("#t=20261124T1000")
    for text in ("#share-sms", "#share-message"):
        assert f"{plain}#t=20261124T1000" in page.locator(text).text_content()
    assert int(page.locator("[data-units]").inner_text()) == len(page.locator("#share-sms").inner_text())
    page.locator("main").get_by_text("English", exact=True).click()
    page.locator("#share-sms[lang=en]").wait_for()
    assert "#t=20261124T1000" in page.locator("#share-sms").inner_text()
    page.get_by_role("button", name="Kopiera sms").first.click()
    page.get_by_text("Kopierat. Klistra in.").wait_for()
    assert "#t=20261124T1000" in pasted(page)
    assert asked and not [address for address in asked if "1124" in address or "10:00" in address]
    picture = Image.open(io.BytesIO(page.locator(".qr-code svg").screenshot()))
    assert "#" not in zxingcpp.read_barcodes(picture)[0].text


def test_without_javascript_the_form_finds_the_clinic_and_gives_everything(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, java_script_enabled=False, **WIDE)
    page = context.new_page()
    page.goto("/sv/support/share")
    page.get_by_role("textbox", name="Mottagning").fill("mottagningen")
    page.get_by_role("button", name="Visa länken").click()
    page.get_by_text("Barn- och ungdomsmottagningen, Exempelstad").click()
    page.get_by_role("button", name="Visa länken").click()
    assert RULE in page.locator("#share-sms").inner_text()
    assert not page.locator("[data-when]").is_visible()
    context.close()


def test_the_other_rooms_lead_on_with_the_chosen_clinic(open_share):
    page = open_share(**WIDE)
    page.get_by_role("combobox").fill("kajen")
    page.get_by_role("option").first.click()
    page.locator("#share-sms").wait_for()
    page.get_by_role("link", name="Läs en kod").click()
    page.wait_for_url("**/sv/m/V3ST/support/code")


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}{% raw %}",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "\u202ealert(1)",
    "%0d%0aSet-Cookie:a=b",
    "=HYPERLINK(1)",
    "${alert(1)}",
    "<a href=javascript:alert(1)>x</a>",
    "</textarea><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "<math><mtext></mtext><script>alert(1)</script></math>",
]


def test_no_payload_through_the_form_ever_runs(open_share):
    page = open_share(**WIDE)
    for payload in PAYLOADS:
        for field in ("q", "clinic", "who", "start", "language"):
            query = page.evaluate(
                "([field, payload]) => new URLSearchParams({clinic: 'D3M0', [field]: payload}).toString()",
                [field, payload],
            )
            page.goto(f"/sv/support/share?{query}")
            assert not page.evaluate(
                "document.querySelector('main script, main img, main iframe, [onerror], [onload], [onfocus]')"
            )
            assert "49" not in page.locator("#q").input_value() if payload.startswith("{{") else True
    page.goto("/sv/support/share")
    for payload in PAYLOADS:
        page.get_by_role("combobox").fill(payload)
        page.get_by_text("Ingen mottagning heter så").or_(page.get_by_role("option").first).first.wait_for(
            timeout=5000
        )


STATES = {
    "index": "/{l}/support/",
    "share-empty": "/{l}/support/share",
    "share": "/{l}/support/share?clinic=D3M0",
    "share-several": "/{l}/support/share?q=mottagningen",
    "share-none": "/{l}/support/share?q=xyzzy",
    "code": "/{l}/support/code",
    "table": "/{l}/support/code/table",
    "call": "/{l}/support/call",
    "call-question": "/{l}/m/D3M0/support/call/not-shown",
    "call-end": "/{l}/m/D3M0/support/call/dropped",
    "call-end-clinic": "/{l}/m/V3ST/support/call/lost-letter-child",
    "beside-step": "/{l}/m/D3M0/support/beside/en/guide/under-13/add-child",
    "beside-fix": "/{l}/m/N0RR/support/beside/en/check/fix/camera-refused",
    "share-timed": "/{l}/support/share?clinic=D3M0&language=en",
    "sheet-timed": "/{l}/m/D3M0/support/sheet/13-17/guide/{l}/a5#t=20261124T1000",
    "call-end-common": "/{l}/support/call/dropped",
    "before": "/{l}/m/D3M0/support/before",
    "during": "/{l}/m/D3M0/support/during",
    "inserts": "/{l}/m/D3M0/support/inserts",
    "sheet": "/{l}/m/D3M0/support/sheet/under-13/guide/{l}/a5",
    "sheet-child": "/{l}/support/sheet/child-3-6/guide/{l}/a4",
    "fix": "/{l}/m/D3M0/check/fix/camera-refused",
}


@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.every)])
@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["1280", "phone"])
def test_axe_finds_nothing_on_any_page_or_state_of_support(open_share, eyes, language, window):
    page = open_share("/sv/support/", **window)
    page.context.add_init_script(SCRIPT)

    def look(page, name):
        found = eyes.findings(page, name)
        assert not found, "\n".join(found)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} is wider than the screen"
        )

    for name, path in STATES.items():
        page.goto(path.format(l=language))
        look(page, name)
    page.goto(f"/{language}/support/share")
    page.get_by_role("combobox").fill("mottagningen")
    page.get_by_role("option").first.wait_for()
    look(page, "share with the list open")
    page.goto(f"/{language}/m/D3M0/support/code")
    page.locator("#code").fill("652-25R-N9K")
    page.locator(".advice.first").wait_for()
    look(page, "a code read")
    page.locator("#code").fill("652-25R-N9J")
    page.locator("[data-fault=check]").wait_for()
    look(page, "a code refused")


@pytest.mark.parametrize("address", ["/sv/support/share", "/sv/support/code", "/sv/support/call"])
def test_the_first_field_has_the_focus_or_the_first_question_is_in_view(open_share, address):
    page = open_share(address, **WIDE)
    if address.endswith("call"):
        assert page.locator(".answers a").last.evaluate(
            "link => link.getBoundingClientRect().bottom <= innerHeight"
        )
    else:
        assert page.evaluate("document.activeElement.matches('#q, #code')")


@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["1280", "phone"])
def test_what_is_sent_is_in_the_first_view(open_share, window):
    page = open_share("/sv/support/share?clinic=D3M0", **window)
    if window is WIDE:
        button = page.locator("[data-result] [data-copy=share-sms]")
    else:
        button = page.locator("[data-copy-bar] [data-copy=share-sms]")
    box = button.bounding_box()
    assert box and box["y"] + box["height"] <= page.viewport_size["height"]


def test_the_chosen_one_is_seen_in_forced_colours(open_share):
    page = open_share("/sv/support/share?clinic=D3M0", **WIDE, forced_colors="active")
    look = """chip => { const style = getComputedStyle(chip.nextElementSibling);
        return style.backgroundColor + style.borderTopWidth; }"""
    chosen = page.locator("[name=language]:checked").evaluate(look)
    assert chosen != page.locator("[name=language]:not(:checked)").first.evaluate(look)


@pytest.mark.parametrize("who", ["under-13", "13-17", "child-3-6", "other-adult"])
@pytest.mark.parametrize("size", ["a5", "a4"])
def test_a_sheet_is_one_page_that_is_full_and_its_code_is_never_torn(open_share, who, size):
    page = open_share(f"/sv/m/D3M0/support/sheet/{who}/guide/sv/{size}#t=20261124T1000", **WIDE)
    [paper] = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert "tisdag 24 november" in " ".join(paper.extract_text().split())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 491 if size == "a5" else 657, "height": 800})
    assert page.locator(".time").inner_text().endswith("tisdag 24 november kl. 10:00")
    filled = page.evaluate("document.querySelector('main').getBoundingClientRect().height / 96 * 25.4")
    assert filled >= {"a5": 180, "a4": 250}[size]
    assert page.locator(".address .no-break").evaluate("code => code.getClientRects().length") == 1


def test_the_boxes_beside_the_lines_for_the_visit_do_not_overlap(open_share):
    page = open_share("/sv/m/D3M0/support/during", **WIDE)
    page.emulate_media(media="print")
    tops = page.eval_on_selector_all(
        ".ticks li",
        "all => all.map((line) => [line.getBoundingClientRect().top, line.getBoundingClientRect().height])",
    )
    box = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.ticks li'), '::before').height)"
    )
    assert all(height >= box for _top, height in tops)
