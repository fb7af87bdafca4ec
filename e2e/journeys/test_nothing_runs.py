"""Pages that hold nasty texts, in a real browser: a few of scripts/try_payloads.py; more of them are run by
hand."""

import random
from collections import Counter

import try_payloads


def test_no_payload_opens_a_dialog_asks_another_host_or_breaks_the_policy(playwright_engine):
    counted = Counter()
    try_payloads.try_browser(playwright_engine, random.Random(2).sample(try_payloads.payloads(), 6), counted)
    assert counted["payloads in the browser"] == 6 and counted["pages in the browser"] > 30
