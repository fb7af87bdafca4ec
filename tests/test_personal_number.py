"""Personal numbers are found in free text, whatever people put between the digits, and other numbers are let
through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patient_app.personal_number import contains_personal_number

# Skatteverket's own examples of numbers that nobody has.
NUMBERS = ("8112189876", "198112189876", "811218-9876", "19811218-9876", "811218+9876")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "Barnet har {}.",
        "pnr:{}",
        "rum 3 {}",
        "{} kl 10",
        "12 {} 12",
        "a{}b",
        "({})",
        "{},",
        "tel 010-123 45 00, {}",
        "x\n{}\ny",
        "Född {}!",
    ],
)
def test_a_personal_number_is_found_wherever_it_stands(number, text):
    assert contains_personal_number(text.format(number))


@pytest.mark.parametrize(
    "text",
    [
        "81 12 18 98 76",
        "811218 9876",
        "811218 - 9876",
        "811218.9876",
        "811218/9876",
        "811218\u20119876",
        "811218\u20139876",
        "811218\u22129876",
        "1981-12-18-9876",
        "19 811218 9876",
        "811218\u00a09876",
        "8 1 1 2 1 8 9 8 7 6",
        "811278-9873",
    ],
)
def test_what_holds_the_digits_apart_hides_nothing(text):
    assert contains_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring oss",
        "8112189875",
        "811218-987",
        "98112189876543",
        "010-123 45 00",
        "08-123 45 67",
        "2026-11-22",
        "20261124T1000",
        "112",
        "1177",
        "811318-9876",
        "811200-9876",
        "K7Q2-062N",
        "vardagar 8-16",
        "kl. 10.00-11.30, 12.00-13.30",
        "0000000000",
    ],
)
def test_other_numbers_are_let_through(text):
    assert not contains_personal_number(text)


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text):
    assert contains_personal_number(text) in (True, False)


def test_a_very_long_text_of_digits_is_read_in_no_time():
    assert not contains_personal_number("1 " * 5000)


@given(st.dates(), st.integers(0, 999), st.booleans(), st.sampled_from(["", "-", " ", "+", "\u2013"]))
def test_every_number_there_can_be_is_found(day, serial, coordination, apart):
    nine = f"{day.year % 100:02}{day.month:02}{day.day + 60 * coordination:02}{serial:03}"
    total = sum(sum(divmod(int(digit) * (2 - index % 2), 10)) for index, digit in enumerate(nine))
    number = f"{nine[:6]}{apart}{nine[6:]}{-total % 10}"
    assert contains_personal_number(f"om {number} ring")
