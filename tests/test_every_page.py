import pytest
from addresses import NOT_PAGES, public_paths
from house import check_page

from patient_app.room_addresses import ARGUMENTS

# Files to download, with tests of their own (test_support_sharing.py, test_children.py).
FILES = {"support.qr", "support.texts_for_booking", "recordings.recording"}


@pytest.mark.parametrize("prefix", ["", "m/D3M0/", "m/V3ST/", "m/N0RR/"])
def test_every_public_page_keeps_the_house_rules(app, client, prefix):
    paths = public_paths(app, prefixes=(prefix,))
    assert len(paths) >= 60
    shown = 0
    for path in paths:
        answer = client.get(path)
        if answer.status_code == 303:  # a step that does not apply at this clinic leads on
            assert (
                client.get(
                    answer.location.split("localhost:8000")[-1].split("127.0.0.1:8000")[-1]
                ).status_code
                == 200
            )
            continue
        assert answer.status_code == 200, path
        check_page(answer, path)
        shown += 1
    assert shown >= len(paths) * 0.9


def test_every_rule_with_parts_is_enrolled_with_their_values(app):
    """A page whose address has parts is visited by the tests only when room_addresses.py lists them."""
    rules = [rule for rule in app.url_map.iter_rules() if "lang" in rule.arguments and "GET" in rule.methods]
    with_parts = {rule.endpoint for rule in rules if rule.arguments - {"lang", "clinic"}}
    assert with_parts - set(ARGUMENTS) - NOT_PAGES - FILES == set(), (
        "add these to patient_app/room_addresses.py"
    )
    assert set(ARGUMENTS) <= {rule.endpoint for rule in rules}, "these lead nowhere any more"
