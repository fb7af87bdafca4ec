"""What somebody nasty may type is refused or comes out as plain text: a part of scripts/try_payloads.py; all
of it is run by hand."""

import random
from collections import Counter

import pytest
import try_payloads
from try_payloads import HANDPICKED, Ran

SOME = random.Random(4).sample(try_payloads.payloads(), 8)


def test_there_are_a_thousand_different_payloads_of_every_family():
    made = try_payloads.payloads()
    assert len(set(made)) == 1000 and set(HANDPICKED) <= set(made)
    assert all(
        any(text in made for text in (text for of, text in try_payloads.families() if of == family))
        for family, _ in try_payloads.families()
    )


@pytest.mark.whole
def test_every_payload_in_every_field_is_refused_or_comes_out_as_text(sqlite_staff):
    counted = Counter()
    try_payloads.try_staff(sqlite_staff, [*HANDPICKED, *SOME], counted, pages_a_round=1)
    assert (
        counted["tries in the staff's fields"] > 2900
        and counted["versions published"] > 30
        and counted["QR codes decoded"] >= 4
    )
    print(dict(counted))


@pytest.mark.whole
def test_what_is_typed_into_the_staffs_forms_comes_back_as_text(sqlite_staff):
    try_payloads.try_staff_forms(
        sqlite_staff,
        [*HANDPICKED[:6], "</textarea><script>window.ran=1</script>", "</title><script>"],
        Counter(),
    )


@pytest.mark.whole
def test_what_is_typed_into_the_support_room_comes_back_as_text_and_never_reaches_an_sms_or_a_code(
    client, app
):
    counted = Counter()
    try_payloads.try_support(
        client,
        app.config["SETTINGS"].public_url,
        [*HANDPICKED[:4], "\u202egnp.exe", "x\r\nSet-Cookie: a=b", *SOME[:3]],
        counted,
    )
    assert counted["QR codes decoded"] == counted["sms"] == counted["messages"] > 30


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>",
        "<a href='java\nscript:x'>",
        "<script src=//evil.example>",
        "<script>x</script>",
        "<iframe>",
        "<img src=//evil.example>",
        "<a href=https://evil.example>",
    ],
)
def test_the_look_at_a_page_sees_what_would_run(html):
    with pytest.raises(Ran):
        try_payloads.shape(f"<html><body><main>{html}</main></body></html>".encode())
