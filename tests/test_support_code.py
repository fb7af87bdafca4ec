"""The support code: said on the phone, typed by staff, never read as something else."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patient_app.codes.support_code import MEANINGS, CodeError, SupportCode, decode, encode
from patient_app.codes.symbols import ALPHABET, check_symbol

VECTORS = json.loads(Path(__file__).with_name("support_code_vectors.json").read_text())
codes = st.builds(
    SupportCode,
    **{field: st.sampled_from(sorted(meanings)) for field, meanings in MEANINGS.items()},
)


@pytest.mark.parametrize("vector", VECTORS["good"], ids=lambda vector: vector["code"])
def test_every_vector_is_written_and_read(vector: dict) -> None:
    code = SupportCode(**vector["fields"])
    assert encode(code) == vector["code"]
    assert decode(vector["code"]) == code


@pytest.mark.parametrize("typed, meant", VECTORS["forgiven"].items())
def test_what_people_type_is_read_as_what_they_meant(typed: str, meant: str) -> None:
    assert decode(typed) == decode(meant)


@pytest.mark.parametrize("typed, fault", VECTORS["refused"].items())
def test_what_is_no_code_is_refused_at_the_first_hurdle(typed: str, fault: str) -> None:
    with pytest.raises(CodeError) as refusal:
        decode(typed)
    assert refusal.value.fault == fault
    assert str(refusal.value)


@given(codes)
def test_every_code_reads_back_as_itself(code: SupportCode) -> None:
    assert decode(encode(code)) == code


@given(codes)
def test_every_single_wrong_symbol_and_every_swap_is_refused(code: SupportCode) -> None:
    right = encode(code).replace("-", "")
    wrong = {right[:i] + symbol + right[i + 1 :] for i in range(9) for symbol in ALPHABET}
    for first, second in combinations(range(9), 2):
        swapped = list(right)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        wrong.add("".join(swapped))
    for text in wrong - {right}:
        with pytest.raises(CodeError, match="check symbol"):
            decode(text)


@pytest.mark.parametrize(
    "data, fault",
    [
        ("85111WR5", "version"),  # version 2
        ("C5111WR5", "version"),  # version 3
        ("M5111WR5", "reserved"),  # the bit that is always 0
        ("5W111WR5", "reserved"),  # operating system 7
        ("55911WR5", "reserved"),  # browser 9
        ("55V11WR5", "reserved"),  # browser 27
        ("551K1WR5", "reserved"),  # camera 19
        ("5511YWR5", "reserved"),  # microphone 30
    ],
)
def test_reserved_values_are_refused_even_with_the_right_check_symbol(data: str, fault: str) -> None:
    with pytest.raises(CodeError) as refusal:
        decode(data + check_symbol(data))
    assert refusal.value.fault == fault


@pytest.mark.parametrize("fields", [{"camera": 19}, {"down": 8}, {"os": -1}, {"version": 2}])
def test_a_value_without_meaning_is_never_encoded(fields: dict) -> None:
    with pytest.raises(CodeError):
        SupportCode(**fields)


def test_a_code_says_its_meaning() -> None:
    code = decode("5A5-34J-8J2")
    assert (code.meaning("camera"), code.meaning("microphone"), code.meaning("browser")) == (
        "backlit",
        "noisy",
        "samsung",
    )
