"""A link pressed inside another app: the way out comes before any step on 1177. In a real browser it never
shows."""

import pytest
from devices import PHONE
from pages.guide import Plan, Questions
from playwright.sync_api import expect

from patient_app.codes.short_link import START, WHO, ShortLink, encode

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-S921B{}) AppleWebKit/537.36 (KHTML, like Gecko) {}Chrome/140.0.0.0 "
    "Mobile Safari/537.36{}"
)
APPS = {
    "messenger-ios": f"{IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/500.0;FBDV/iPhone14,5]",
    "facebook-ios": f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.0]",
    "instagram-android": ANDROID.format("; wv", "Version/4.0 ", " Instagram 390.0.0.0"),
    "snapchat-ios": f"{IPHONE} Version/18.5 Mobile/15E148 Safari/604.1 Snapchat/13.0",
    "some-app-android": ANDROID.format("; wv", "Version/4.0 ", ""),
    "some-mail-ios": f"{IPHONE} Mobile/15E148",
}
BROWSERS = {
    "safari": f"{IPHONE} Version/18.5 Mobile/15E148 Safari/604.1",
    "chrome-ios": f"{IPHONE} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1",
    "chrome-android": ANDROID.format("", "", ""),
    "firefox-android": "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
}
FIRST_PAGES = (
    "/sv/",
    "/sv/guide",
    "/sv/guide/under-13",
    "/sv/guide/under-13/find-visit",
    "/sv/guide/other-adult/before",
    "/sv/guide/13-17",
    "/sv/guide/guardian-13-17",
    "/sv/guide/13-17/find-visit",
    "/sv/guide/under-13/add-child",
    "/sv/day",
    "/en/m/D3M0/guide/under-13",
)


@pytest.fixture
def opened_in(plain_chromium, server):
    """A phone page whose browser says that it is this one."""
    contexts = []

    def open_in(agent):
        contexts.append(plain_chromium.new_context(base_url=server.url, **{**PHONE, "user_agent": agent}))
        return contexts[-1].new_page()

    yield open_in
    for context in contexts:
        context.close()


@pytest.mark.parametrize("app", APPS)
def test_inside_an_app_the_way_out_stands_before_the_first_step(opened_in, app):
    page = opened_in(APPS[app])
    page.goto("/sv/guide/under-13")
    way_out = page.locator("[data-in-app]")
    expect(way_out).to_be_visible()
    assert way_out.bounding_box()["y"] < page.locator("main .path").bounding_box()["y"]


def test_it_stands_on_every_page_one_may_land_on(opened_in):
    page = opened_in(APPS["messenger-ios"])
    for address in FIRST_PAGES:
        page.goto(address)
        expect(page.locator("[data-in-app]"), address).to_be_visible()


def test_a_short_link_opened_in_an_app_gets_it_too(opened_in):
    page = opened_in(APPS["facebook-ios"])
    for start in ("start", "guide", "find-visit", "day"):
        page.goto("/" + encode(ShortLink("D3M0", WHO.index("under-13"), START.index(start), 1)))
        expect(page.locator("[data-in-app]"), start).to_be_visible()


def test_an_app_without_a_camera_shows_it_as_well(opened_in):
    page = opened_in(APPS["some-mail-ios"])
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', {value: undefined});")
    page.goto("/sv/guide/under-13")
    expect(page.locator("[data-in-app]")).to_be_visible()


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_real_browser_is_not_sent_away(opened_in, browser):
    page = opened_in(BROWSERS[browser])
    with page.expect_response(lambda answer: "/js/pages/plan.js" in answer.url):
        page.goto("/sv/guide/under-13")
    Plan(page)
    expect(page.locator("[data-in-app]")).to_be_hidden()


def test_the_address_can_be_copied_and_the_visits_time_comes_along(opened_in):
    page = opened_in(APPS["messenger-ios"])
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = "
        "text; }}})"
    )
    page.goto("/sv/guide#t=20261124T1000")
    Questions(page)
    page.locator("[data-copy-address]").click()
    expect(page.locator("[data-copied]")).to_be_visible()
    assert page.evaluate("window.copied").endswith("/sv/guide#t=20261124T1000")


def test_a_copy_button_that_cannot_copy_is_not_shown(opened_in):
    page = opened_in(APPS["messenger-ios"])
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto("/sv/guide")
    expect(page.locator("[data-in-app]")).to_be_visible()
    expect(page.locator("[data-copy-address]")).to_be_hidden()


def test_more_help_leads_to_the_page_about_it(opened_in):
    page = opened_in(APPS["messenger-ios"])
    page.goto("/sv/guide/under-13")
    page.locator('[data-in-app] a[href*="/help/inside-app"]').click()
    expect(page.locator("body")).to_have_attribute("data-page", "guide.problem-inside-app")
