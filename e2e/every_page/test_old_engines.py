"""A family's pages where much is missing: an engine without `:has`, container units, `::details-content`,
nested rules and dialogs; a window enlarged to 400 %; letters twice as large in the browser's own settings;
Firefox. Nothing that is needed goes away, nothing is scrolled sideways."""

import shutil

import pytest
from devices import PHONE
from playwright.sync_api import expect
from test_guide_sizes import FIRST, LOOK
from test_layout import TOO_WIDE

from patient_app.web.languages import LANGUAGES

# What an engine of 2020 does not understand, taken away as such an engine leaves it out: the whole rule, or
# the one declaration.
FORGET = """() => {
  const unknown = /:has\\(|::details-content|&/;
  const forget = (sheet) => {
    for (let n = sheet.cssRules.length - 1; n >= 0; n--) {
      const rule = sheet.cssRules[n];
      if (rule.constructor.name === "CSSContainerRule" || unknown.test(rule.selectorText || ""))
        sheet.deleteRule(n);
      else if (rule.media) forget(rule);
      else if (rule.style) {
        for (; rule.cssRules && rule.cssRules.length; ) rule.deleteRule(0);
        rule.style.removeProperty("container-type");
        rule.style.removeProperty("text-wrap");
        if (/cq[iwbh]/.test(rule.style.fontSize)) rule.style.fontSize = "";
      }
    }
  };
  [...document.styleSheets].filter((sheet) => !sheet.media.mediaText).forEach(forget);
}"""
NO_DIALOG = """for (const name of ["show", "showModal", "close"]) delete HTMLDialogElement.prototype[name];
delete window.HTMLDialogElement; delete HTMLElement.prototype.showPopover;"""
# What one needs on a page, by page: it is seen, and can be pressed.
NEEDED = {
    "": ".door, .short-ways a",
    "guide/under-13": ".path a, .panel .btn, .link-rows a",
    "guide/under-13/add-child": ".moves .move-title, .open .btn, #trouble > summary, .tools > a, .bar a",
    "guide/under-13/ready": ".note-card dd, .childs-door, #trouble > summary",
    "day": ".open .btn, .mini-moves > li, .tiles a, .bar a",
    "help": ".link-rows a",
    "guide/under-13/all": ".contents a, .joining .move-title, .sheet .move-title",
}
HIDDEN = """needed => needed.split(", ").filter((one) => ![...document.querySelectorAll(one)].some((found) => found.checkVisibility()))"""  # noqa: E501


@pytest.fixture
def old(plain_chromium, server):
    context = plain_chromium.new_context(
        base_url=server.url, bypass_csp=True, reduced_motion="reduce", **PHONE
    )
    context.add_init_script(NO_DIALOG)
    yield context.new_page()
    context.close()


def test_an_engine_without_the_newest_rules_keeps_all_that_is_needed(old, at_sizes):
    wrong = []
    for path, needed in NEEDED.items():
        old.goto(f"/sv/m/D3M0/{path}")
        old.evaluate(FORGET)
        assert not old.evaluate("document.querySelector('style').sheet.cssRules.length < 50")
        for size in at_sizes(old):
            wrong += [f"{path}, {size}: {what} is not seen" for what in old.evaluate(HIDDEN, needed)]
            wrong += [f"{path}, {size}: {what}" for what in old.evaluate(TOO_WIDE)]
            if path in FIRST:
                wrong += [f"{path}, {size}: {what}" for what in old.evaluate(LOOK, FIRST[path])]
    assert not wrong, "\n".join(wrong)


def test_what_went_wrong_opens_in_an_engine_that_opens_no_fold_by_its_address(old):
    old.goto("/sv/m/D3M0/guide/under-13/add-child")
    old.evaluate(FORGET)
    old.locator("[data-opens-fold]").tap()
    expect(old.locator("#went-wrong a").first).to_be_visible()


def test_nothing_is_lost_at_four_hundred_per_cent(plain_chromium, server):
    """A window of 1280x1024 enlarged four times is 320x256 to the page."""
    context = plain_chromium.new_context(
        base_url=server.url, viewport={"width": 320, "height": 256}, device_scale_factor=4, has_touch=False
    )
    page, wrong = context.new_page(), []
    for path, needed in NEEDED.items():
        page.goto(f"/sv/m/D3M0/{path}")
        wrong += [f"{path}: {what} is not seen" for what in page.evaluate(HIDDEN, needed)]
        wrong += [f"{path}: {what}" for what in page.evaluate(TOO_WIDE)]
        stays = page.evaluate(
            "[...document.querySelectorAll('.bar')].some(e => getComputedStyle(e).position === 'sticky')"
        )
        wrong += [f"{path}: the bar stays and covers the page"] if stays else []
    context.close()
    assert not wrong, "\n".join(wrong)


def test_letters_twice_as_large_in_the_browsers_settings_cut_nothing_off(launch, server, at_sizes):
    browser = launch("--blink-settings=defaultFontSize=32")
    context = browser.new_context(base_url=server.url, reduced_motion="reduce", **PHONE)
    page, wrong = context.new_page(), []
    for path, needed in NEEDED.items():
        page.goto(f"/sv/m/D3M0/{path}")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        for size in at_sizes(page):
            wrong += [f"{path}, {size}: {what} is not seen" for what in page.evaluate(HIDDEN, needed)]
            wrong += [f"{path}, {size}: {what}" for what in page.evaluate(TOO_WIDE)]
            half = page.evaluate(
                "[...document.querySelectorAll('.bar')].some(e => e.offsetHeight > innerHeight / 2"
                " && getComputedStyle(e).position === 'sticky')"  # else it scrolls with the page
            )
            wrong += [f"{path}, {size}: the bar that stays takes half the window"] if half else []
    context.close()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def firefox(playwright_engine):
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("Firefox is not here, and ./test could not fetch it with apt-get")
    browser = playwright_engine.firefox.launch(channel="moz-firefox", executable_path=program)
    yield browser
    browser.close()


@pytest.mark.every
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_familys_pages_hold_in_firefox(firefox, server, at_sizes, language):
    page, wrong = firefox.new_context(base_url=server.url).new_page(), []
    for path, needed in NEEDED.items():
        page.goto(f"/{language}/m/D3M0/{path}")
        for size in at_sizes(page):
            wrong += [f"{path}, {size}: {what} is not seen" for what in page.evaluate(HIDDEN, needed)]
            wrong += [f"{path}, {size}: {what}" for what in page.evaluate(TOO_WIDE)]
            if path in FIRST:
                wrong += [f"{path}, {size}: {what}" for what in page.evaluate(LOOK, FIRST[path])]
    page.goto(f"/{language}/m/D3M0/guide/under-13/add-child")
    page.locator("[data-opens-fold]").click()
    expect(page.locator("#went-wrong a").first).to_be_visible()
    assert not wrong, "\n".join(wrong)
