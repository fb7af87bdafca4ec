"""Symbols: what a person types is forgiven, what a person mistypes is caught."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patient_app.codes.symbols import ALPHABET, SymbolError, check_symbol, is_valid, normalize

WORDS = ["K7Q2", "3FMT", "K7Q2062", "55111WR5", "D3M0"]


@pytest.mark.parametrize(
    "data, check", [("K7Q2000", "9"), ("K7Q2062", "N"), ("3FMT415", "9"), ("K7Q2", "Q"), ("3FMT", "9")]
)
def test_the_check_symbol_of_every_vector(data: str, check: str) -> None:
    assert check_symbol(data) == check
    assert is_valid(data + check)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("k7q2-o62n", "K7Q2062N"),
        (" 55i llw-r5k ", "55111WR5K"),
        ("551\u00a011W\u201110\u2013K", "55111W10K"),
        ("", ""),
    ],
)
def test_what_people_type_is_forgiven(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@pytest.mark.parametrize("typed", ["U51", "K7Q2!", "å", "ı51", "ſ", "K7_Q2", "１２３", "ß"])
def test_odd_symbols_are_refused(typed: str) -> None:
    with pytest.raises(SymbolError):
        normalize(typed)


@pytest.mark.parametrize("typed", ["", "9", "U51", "k7q2q", "K7Q2-Q", "K7Q2q"])
def test_what_is_not_normalized_symbols_is_not_valid(typed: str) -> None:
    assert not is_valid(typed)


@pytest.mark.parametrize("word", WORDS)
def test_every_single_wrong_symbol_is_caught(word: str) -> None:
    whole = word + check_symbol(word)
    for place, right in enumerate(whole):
        for wrong in ALPHABET:
            if wrong != right:
                assert not is_valid(whole[:place] + wrong + whole[place + 1 :])


@given(st.text(ALPHABET, min_size=1, max_size=12))
def test_every_swap_of_two_symbols_is_caught(data: str) -> None:
    whole = data + check_symbol(data)
    for first, second in combinations(range(len(whole)), 2):
        if whole[first] != whole[second]:
            swapped = list(whole)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert not is_valid("".join(swapped))


@given(st.text(ALPHABET, max_size=30))
def test_reading_is_stable(data: str) -> None:
    assert normalize(normalize(data.lower())) == normalize(data)
