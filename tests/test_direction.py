"""What is read from the left is kept together in a sentence that is read from the right."""

import pytest

from patient_app.web.direction import END, FIRST_STRONG, LEFT_TO_RIGHT, isolated, isolated_value


@pytest.mark.parametrize(
    "run", ["1177.se", "010-123 45 67", "116 111", "+46 10 123 45 67", "551-11W-R5K", "1177.se/orebro-lan"]
)
def test_an_address_a_number_and_a_code_are_each_kept_together(run):
    sentence = f"كتابة {run}، كتابة"
    kept = sentence.replace(run, f"{LEFT_TO_RIGHT}{run}{END}")
    assert isolated(sentence) == kept
    assert isolated(kept) == kept, "the same twice is the same once"
    assert isolated_value(run) in (f"{FIRST_STRONG}{run}{END}", run)


@pytest.mark.parametrize(
    "run", ["09:00", "24", "13–17", "BankID", "https://redo.example.se/D3M0-062N", "112", "3"]
)
def test_what_keeps_its_order_by_itself_gets_no_signs(run):
    assert isolated(f"كتابة {run}، كتابة") == f"كتابة {run}، كتابة"


def test_a_name_is_kept_together_and_a_link_is_left_as_it_is():
    assert isolated_value("Mottagningen (barn)") == f"{FIRST_STRONG}Mottagningen (barn){END}"
    assert isolated_value("https://redo.example.se/D3M0-062N") == "https://redo.example.se/D3M0-062N"
    assert isolated_value("كتابة") == "كتابة"
