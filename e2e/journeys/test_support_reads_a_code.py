"""Support reads a code on the device: the same causes and fixes as on the server, and nothing is sent."""

import json
import random
from pathlib import Path

import pytest

from patient_app.codes import short_link
from patient_app.codes.support_code import MEANINGS, SupportCode, decode, encode
from patient_app.support.advice import advise, summary
from patient_app.support.sharing import sms_length

VECTORS = json.loads((Path(__file__).parents[2] / "tests" / "support_code_vectors.json").read_text())


def shown(page):
    return page.eval_on_selector_all(
        "[data-advice]:not([hidden])", "found => found.map((one) => one.dataset.advice)"
    )


@pytest.fixture
def reader(phone):
    """The page, with the family's clinic chosen; fails if anything is asked for after it has loaded."""
    phone.goto("/sv/m/D3M0/support/code", wait_until="networkidle")
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    yield phone
    assert not asked, asked


def test_every_vector_gives_its_cause_and_fix_as_soon_as_it_is_typed(reader):
    for vector in VECTORS["good"]:
        reader.locator("#code").fill("")
        reader.locator("#code").press_sequentially(vector["code"].replace("-", " ").lower())
        expected = advise(decode(vector["code"]))
        assert shown(reader) == [advice.id for advice in expected]
        first = reader.locator(".advice.first")
        assert str(expected[0].say) in first.locator(".say-now").inner_text()
        assert first.locator("[data-link] a").get_attribute("href").endswith(f"/sv/m/D3M0/{expected[0].fix}")
        readings = reader.eval_on_selector_all(
            "[data-field]:not([hidden])",
            "found => found.map((one) => [one.dataset.field, Number(one.dataset.value)])",
        )
        fields = decode(vector["code"]).fields()
        assert dict(readings) == {field: number for field, number in fields.items() if field != "version"}


def test_device_and_server_give_the_same_advice_for_five_hundred_codes(reader):
    chance = random.Random(4)
    codes = [
        SupportCode(**{field: chance.choice(list(meanings)) for field, meanings in MEANINGS.items()})
        for _ in range(500)
    ]
    said = reader.evaluate(
        """(codes) => codes.map((code) => {
            const input = document.querySelector("#code");
            input.value = code;
            input.dispatchEvent(new Event("input", { bubbles: true }));
            return [...document.querySelectorAll("[data-advice]:not([hidden])")].map((one) =>
            one.dataset.advice); })""",
        [encode(code) for code in codes],
    )
    assert said == [[advice.id for advice in advise(code)] for code in codes]


def test_what_is_no_code_is_explained_and_shows_no_advice(reader):
    for typed, fault in VECTORS["refused"].items():
        reader.locator("#code").fill(typed)
        reader.locator("#code").press("Enter")
        assert reader.eval_on_selector_all(
            "[data-fault]:not([hidden])", "found => found.map((one) => one.dataset.fault)"
        ) == [fault]
        assert shown(reader) == []


def test_what_people_type_is_forgiven_on_the_device_too(reader):
    for typed, meant in VECTORS["forgiven"].items():
        reader.locator("#code").fill(typed)
        assert shown(reader) == [advice.id for advice in advise(decode(meant))]


def test_the_fix_is_sent_in_the_familys_language(reader):
    reader.locator("#code").fill("5D3-C1Z-Y5A")
    reader.locator(".chips").get_by_text("English", exact=True).click()
    first = reader.locator(".advice.first")
    sms = first.locator("[data-text]")
    assert sms.get_attribute("lang") == "en" and "/en/m/D3M0/check/fix/camera-in-use" in sms.inner_text()
    assert "We never ask for personal identity numbers or BankID." in sms.inner_text()


def test_device_and_server_count_sms_alike(phone):
    phone.goto("/sv/support/share")
    chance = random.Random(7)
    signs = "aåÖ€^{}[]~|\\ñ \nąم🙂@£Δ\u202f"
    texts = ["".join(chance.choice(signs) for _ in range(chance.randrange(330))) for _ in range(300)] + [
        "a" * 160,
        "a" * 161,
        "م" * 70,
        "م" * 71,
    ]
    source = (
        phone.locator("script[src$='support/share.js']")
        .get_attribute("src")
        .replace("share.js", "sms-length.js")
    )
    counted = phone.evaluate(
        "async ([source, texts]) => { const { smsLength } = await import(source); return "
        "texts.map(smsLength); }",
        [source, texts],
    )
    for text, seen in zip(texts, counted, strict=True):
        length = sms_length(text)
        assert seen == {
            "alphabet": length.alphabet,
            "units": length.units,
            "limit": length.limit,
            "parts": length.parts,
        }


def test_the_code_is_kept_when_the_clinic_is_chosen_and_the_fix_is_sent_from_there(phone):
    phone.goto("/sv/support/code")
    phone.keyboard.type("5D3C1ZY5A")  # the field has the focus already
    assert shown(phone)
    before = shown(phone)
    phone.get_by_role("combobox").fill("kajen")
    phone.get_by_role("option").first.click()
    phone.wait_for_url("**/sv/m/V3ST/support/code#k=*")
    assert phone.locator("#code").input_value() == "5D3C1ZY5A" and shown(phone) == before
    assert "/sv/m/V3ST/check/fix/camera-in-use" in phone.locator(".advice.first [data-text]").inner_text()
    phone.get_by_role("link", name="Byt mottagning").click()
    phone.wait_for_url("**/sv/support/code#k=*")
    assert phone.locator("#code").input_value() == "5D3C1ZY5A" and shown(phone) == before


@pytest.mark.parametrize(
    "typed", ["{code}", "{url}/{code}", "{url}/en/m/V3ST/guide/under-13#t=20261124T1000"]
)
def test_the_letters_code_or_a_link_sets_the_clinic_and_stays_in_the_field(phone, server, typed):
    letters = short_link.encode(short_link.ShortLink("V3ST", 1, 1, 2))
    text = typed.format(code=letters, url=server.url)
    phone.goto("/sv/support/code")
    phone.locator("#code").fill(text)
    phone.locator("#code").press("Enter")
    phone.wait_for_url("**/sv/m/V3ST/support/code#k=*")
    phone.locator("[data-letter]:not([hidden])").wait_for()
    assert phone.locator("#code").input_value() == text
    if "{code}" in typed:
        assert phone.locator("[name=language]:checked").input_value() == "en"
    phone.keyboard.type("5D3C1ZY5A")  # the text is selected: the next code takes its place
    assert shown(phone) and phone.locator("#code").input_value() == "5D3C1ZY5A"


def test_a_whole_code_of_no_clinic_here_is_told_and_stays(phone):
    phone.goto("/sv/support/code")
    code = short_link.encode(short_link.ShortLink("ZZZZ", 1, 1, 1))
    phone.locator("#code").fill(code)
    phone.locator("#code").press("Enter")
    phone.locator("[data-fault=clinic]:not([hidden])").wait_for()
    assert phone.locator("#code").input_value() == code


def test_the_line_for_the_ticket_names_kind_of_device_and_fault_alone(reader):
    for vector in VECTORS["good"]:
        reader.locator("#code").fill(vector["code"])
        assert reader.locator("#ticket").text_content() == summary(decode(vector["code"]))
