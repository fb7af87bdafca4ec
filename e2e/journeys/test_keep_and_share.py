"""What the guide does on the device, and only when asked: remembering the step, sending it on, going on by
phone."""

import io

import pytest
import zxingcpp
from devices import PHONE
from pages.guide import StartPage, Step
from PIL import Image
from playwright.sync_api import expect

KEPT = "JSON.stringify({...localStorage, ...sessionStorage})"
STUB = """() => {
  window.shared = [];
  Object.defineProperty(navigator, "share", {value: %s, configurable: true});
  Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => window.shared.push(text)}, configurable: true});
}"""  # noqa: E501


@pytest.fixture
def at_add_child(phone):
    phone.goto("/sv/m/D3M0/guide/under-13/add-child")
    return Step(phone, "add-child")


def test_nothing_is_kept_until_one_presses_and_nothing_after_forgetting(phone, at_add_child):
    assert phone.evaluate(KEPT) == "{}"
    at_add_child.remembers_where_i_am()
    assert phone.evaluate(KEPT) == '{"redo.step":"/sv/m/D3M0/guide/under-13/add-child"}'
    assert phone.context.cookies() == []
    at_add_child.forgets_where_i_am()
    assert phone.evaluate(KEPT) == "{}"
    expect(phone.locator("[data-remember]")).to_be_visible()
    expect(phone.locator("[data-forget]")).to_be_hidden()


def test_the_start_page_offers_to_go_on_where_one_was(phone, at_add_child):
    assert not StartPage.found(phone).offers_to_go_on
    phone.goto("/sv/m/D3M0/guide/under-13/add-child")
    Step(phone, "add-child").remembers_where_i_am()
    start = StartPage.found(phone, fragment="#t=20261124T1000")
    assert start.offers_to_go_on
    step = start.goes_on("add-child")
    assert step.path == "/sv/m/D3M0/guide/under-13/add-child"
    assert step.fragment == "t=20261124T1000"
    step.forgets_where_i_am()
    assert not StartPage.found(phone).offers_to_go_on


def test_a_later_step_can_be_remembered_instead(phone, at_add_child):
    at_add_child.remembers_where_i_am()
    step = at_add_child.done("find-visit")
    step.remembers_where_i_am()
    assert phone.evaluate("localStorage['redo.step']").endswith("/find-visit")


def test_the_step_is_sent_with_the_phones_own_sharing(phone):
    phone.add_init_script(f"({STUB % 'async (what) => window.shared.push(what.url)'})()")
    phone.goto("/sv/guide/under-13/place#t=20261124T1000")
    Step(phone, "place").sends_the_step()
    phone.wait_for_function("window.shared.length === 1")
    assert phone.evaluate("window.shared[0]").endswith("/sv/guide/under-13/place"), (
        "nothing of the visit goes with it"
    )


def test_without_sharing_the_address_is_copied_and_said(phone):
    phone.add_init_script(f"({STUB % 'undefined'})()")
    phone.goto("/sv/guide/under-13/place")
    Step(phone, "place").sends_the_step()
    expect(phone.locator('[data-said="copied"]')).to_be_visible()
    assert phone.evaluate("window.shared[0]").endswith("/sv/guide/under-13/place")


def test_a_share_that_is_called_off_is_no_error(phone):
    phone.add_init_script(
        f"({STUB % 'async () => { window.asked = true; throw new DOMException(&quot;&quot;, &quot;AbortError&quot;); }'.replace('&quot;', chr(34))})()"  # noqa: E501
    )
    phone.goto("/sv/guide/under-13/place")
    Step(phone, "place").sends_the_step()
    phone.wait_for_function("window.asked")


def test_where_storage_is_refused_nothing_is_offered(phone):
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); "
        "}})"
    )
    phone.goto("/sv/guide/under-13/place")
    Step(phone, "place")
    expect(phone.locator("[data-share]")).to_be_visible()
    expect(phone.locator("[data-remember]")).to_be_hidden()


def test_at_the_computer_a_square_leads_on_by_phone(plain_chromium, server):
    context = plain_chromium.new_context(
        base_url=server.url, viewport={"width": 1280, "height": 800}, device_scale_factor=2
    )
    page = context.new_page()
    page.goto("/en/m/D3M0/guide/under-13/check")
    square = page.locator(".handover")
    expect(square).to_be_visible()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(square.screenshot())))
    assert [code.text for code in found] == [f"{server.url}/en/m/D3M0/guide/under-13/check"]
    context.close()


def test_on_the_phone_itself_there_is_no_square(plain_chromium, server):
    context = plain_chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    page.goto("/en/guide/under-13/check")
    expect(page.locator(".handover")).to_be_hidden()
    context.close()
