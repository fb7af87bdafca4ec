import pytest
from addresses import public_paths


@pytest.mark.parametrize("prefix", ["", "m/D3M0/", "m/V3ST/", "m/N0RR/"])
def test_every_public_page_keeps_the_house_rules(app, visit, prefix):
    paths = public_paths(app, prefixes=(prefix,))
    assert len(paths) >= 10
    for path in paths:
        visit(path)
