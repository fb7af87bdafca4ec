"""Reading a code: every value has words, every vector its cause and fix, in the device check's own order."""

import json
from pathlib import Path

import pytest
from house import checked, text_of
from hypothesis import given
from hypothesis import strategies as st

from patient_app.codes.support_code import _WHY, MEANINGS, SupportCode, decode
from patient_app.support.advice import ADVICE, FAULTS, FIELDS, READINGS, advise, readings

VECTORS = json.loads((Path(__file__).parent / "support_code_vectors.json").read_text())
codes = st.builds(
    SupportCode, **{field: st.sampled_from(sorted(meanings)) for field, meanings in MEANINGS.items()}
)

# What staff are to do first and after it, for every vector of device-check.md 5.
EXPECTED = {
    "551-11W-R5K": ["all-well"],
    "492-99P-GDX": ["not-allowed-android"],
    "45G-GG0-00S": ["in-app-ios"],
    "5A5-34J-8J2": ["connection-poor", "microphone-noisy", "light-backlit", "environment-old"],
    "652-25R-N9K": ["microphone-silent", "speaker-not-heard", "light-dark"],
    "5D3-C1Z-Y5A": ["camera-in-use", "connection-fair"],
}


def code(**ids: str) -> SupportCode:
    """A code that says these things, and otherwise that all is well on an iPhone with Safari."""
    well = {
        "os": "ios",
        "age": "current",
        "browser": "safari",
        "camera": "ok",
        "microphone": "ok",
        "speaker": "heard",
        "down": "class-7",
        "up": "class-7",
        "net": "wifi",
        "rtt": "below-50",
        "jitter": "below-30",
    }
    number = {field: {id: n for n, id in meanings.items()} for field, meanings in MEANINGS.items()}
    return SupportCode(**{field: number[field][id] for field, id in {**well, **ids}.items()})


@pytest.mark.parametrize("vector", [vector["code"] for vector in VECTORS["good"]])
def test_every_vector_gets_its_cause_first(vector):
    assert [advice.id for advice in advise(decode(vector))] == EXPECTED[vector]


def test_every_value_of_every_field_has_its_words():
    assert set(READINGS) == set(FIELDS) == set(MEANINGS) - {"version"}
    for field, meanings in MEANINGS.items():
        if field != "version":
            assert set(READINGS[field]) == set(meanings.values()), field
    assert set(FAULTS) == {*_WHY, "clinic"}  # a code of the letter, to a clinic that is not there


# One wrong thing at a time: (what the check saw, the advice it must lead to).
ONE_FAULT = [
    *[
        ("browser", id, "in-app-ios")
        for id in READINGS["browser"]
        if id.startswith("in-") and id != "in-safari-view"
    ],
    *[("camera", id, "not-allowed-ios-safari") for id in ("refused", "blocked")],
    *[("microphone", id, "not-allowed-ios-safari") for id in ("refused", "blocked")],
    *[(kind, id, "camera-waiting") for kind in ("camera", "microphone") for id in ("waiting", "dismissed")],
    *[(kind, "missing", "missing-ios") for kind in ("camera", "microphone")],
    *[(kind, "our-error", "our-error") for kind in ("camera", "microphone")],
    ("camera", "none", "camera-none"),
    ("camera", "in-use", "camera-in-use"),
    ("camera", "frozen", "camera-frozen"),
    ("camera", "paused", "camera-paused"),
    *[("camera", id, "camera-failed") for id in ("failed", "constraint")],
    ("microphone", "none", "microphone-none"),
    ("microphone", "paused", "microphone-paused"),
    *[("microphone", id, "microphone-in-use") for id in ("in-use", "failed", "constraint")],
    *[
        ("microphone", id, f"microphone-{id}")
        for id in ("silent", "no-speech", "low", "clipping", "noisy", "engine")
    ],
    ("speaker", "not-heard", "speaker-not-heard"),
    ("speaker", "cannot-play", "speaker-not-heard"),
    *[("camera", id, f"camera-{id}") for id in ("covered", "low-resolution")],
    *[("camera", id, f"light-{id}") for id in ("backlit", "dark", "glare")],
    ("age", "old", "environment-old"),
    ("age", "too-old", "environment-old"),
    ("rtt", "not-reached", "connection-unreachable"),
    ("rtt", "600-or-more", "connection-poor"),
    ("down", "class-2", "connection-poor"),
    ("up", "class-1", "connection-poor"),
    ("down", "class-4", "connection-fair"),
    ("up", "class-3", "connection-fair"),
    ("rtt", "below-300", "connection-fair"),
    ("jitter", "100-or-lost", "connection-fair"),
    ("camera", "skipped", "not-finished"),
    ("microphone", "not-run", "not-finished"),
    ("speaker", "not-run", "not-finished"),
    ("up", "class-4", "all-well"),
    ("browser", "in-safari-view", "all-well"),
]


@pytest.mark.parametrize("field, id, expected", ONE_FAULT)
def test_one_fault_leads_to_its_own_advice_and_no_other(field, id, expected):
    assert [advice.id for advice in advise(code(**{field: id}))] == [expected]


def test_every_advice_is_reached_by_some_code():
    reached = {expected for _field, _id, expected in ONE_FAULT}
    for os, browser in [
        ("ios", "chrome"),
        ("android", "samsung"),
        ("android", "firefox"),
        ("android", "chrome"),
        ("windows", "edge"),
        ("mac", "safari"),
        ("linux", "firefox"),
    ]:
        reached |= {advise(code(os=os, browser=browser, camera=id))[0].id for id in ("refused", "missing")}
    reached.add(advise(code(os="android", browser="in-facebook"))[0].id)
    assert reached == {advice.id for advice in ADVICE}


def test_what_stops_everything_comes_before_what_disturbs():
    worst = code(
        browser="in-messenger",
        camera="refused",
        microphone="silent",
        speaker="not-heard",
        age="old",
        down="class-1",
    )
    assert [advice.id for advice in advise(worst)] == [
        "in-app-ios",
        "microphone-silent",
        "connection-poor",
        "speaker-not-heard",
    ]
    outside = code(
        browser="safari",
        camera="refused",
        microphone="silent",
        speaker="not-heard",
        age="old",
        down="class-1",
    )
    assert [advice.id for advice in advise(outside)] == [
        "not-allowed-ios-safari",
        "microphone-silent",
        "connection-poor",
        "speaker-not-heard",
        "environment-old",
    ]


@given(codes)
def test_every_code_there_can_be_gets_advice(any_code):
    found = advise(any_code)
    assert found and all(str(advice.fix) and advice.cause and advice.say for advice in found)
    assert len({advice.group for advice in found}) == len(found)


@pytest.mark.parametrize("advice", ADVICE, ids=lambda advice: advice.id)
@pytest.mark.parametrize("prefix", ["/sv/", "/en/", "/sv/m/V3ST/"])
def test_every_fix_that_is_sent_leads_to_its_page(visit, prefix, advice):
    path, _, anchor = advice.fix.partition("#")
    page = visit(prefix + path)
    assert not anchor or page.find(id=anchor)


@pytest.mark.parametrize("vector", [vector["code"] for vector in VECTORS["good"]])
def test_a_posted_code_gives_its_advice_and_keeps_nothing(client, vector):
    response = client.post("/sv/m/D3M0/support/code", data={"code": vector.lower(), "language": "en"})
    page = checked(response, "code")
    assert [details["data-advice"] for details in page.select("[data-advice]:not([hidden])")] == EXPECTED[
        vector
    ]
    first = page.select_one(".advice.first")
    [advice] = [advice for advice in ADVICE if advice.id == EXPECTED[vector][0]]
    assert str(advice.say) in text_of(first)
    assert first.select_one("[data-link]")["data-link"].endswith(f"/en/m/D3M0/{advice.fix}")
    assert "We never ask for personal identity numbers or BankID." in first.select_one("[data-text]").text
    assert response.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in response.headers


@pytest.mark.parametrize("typed, fault", VECTORS["refused"].items())
def test_what_is_no_code_is_explained(client, typed, fault):
    page = checked(client.post("/en/support/code", data={"code": typed}), "code")
    assert [words["data-fault"] for words in page.select("[data-fault]:not([hidden])")] == [fault]
    assert not page.select("[data-advice]:not([hidden])")


def test_without_a_clinic_no_sms_promises_a_code_in_the_letter(client):
    page = checked(client.post("/sv/support/code", data={"code": "551-11W-R5K"}), "code")
    assert not page.select("[data-text]:not(#ticket)") and page.select("[data-goto]")


@pytest.mark.parametrize("vector", [vector["code"] for vector in VECTORS["good"]])
def test_the_paper_table_says_what_the_page_says(visit, vector):
    page = visit("/sv/support/code/table")
    rows = {
        text_of(row.th): [text_of(cell) for cell in row.find_all("td")] for row in page.select("tbody tr")
    }
    with_words = {str(reading.words) for _name, reading in readings(decode(vector))}
    for place, symbol in enumerate(vector.replace("-", "")[:8]):
        assert rows[symbol][place] and {part for part in with_words if rows[symbol][place].startswith(part)}


@pytest.mark.parametrize("id", ["missing-ios", "missing-android", "environment-missing"])
def test_symbol_16_is_said_to_mean_no_camera_function_or_a_page_without_a_padlock(id):
    found = next(one for one in ADVICE if one.id == id)
    assert "Den här webbläsaren kan inte använda kameran" in str(found.cause) and "utan lås (http)" in str(
        found.cause
    )
    assert str(found.say).startswith("Jag skickar länken igen.")
