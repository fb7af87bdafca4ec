"""What people bring along is left nowhere: a short run of scripts/leave_no_mark.py; the long one is run by
hand."""

import base64
import hashlib
import random

import leave_no_mark
import pytest


@pytest.mark.whole
def test_after_mixed_requests_no_mark_is_in_any_file_log_or_table(app, capfd):
    failed = leave_no_mark.run(160, False, 1, app)
    said = capfd.readouterr()
    assert not failed, said.err
    assert "answers:" in said.out and " x 500" not in said.out, said.out


def test_the_search_for_marks_sees_through_their_disguises():
    marks = leave_no_mark.Marks(random.Random(7))
    word, code = marks.word(), marks.code()
    told = word.encode()
    disguises = [
        told,
        told.upper(),
        told.hex().encode(),
        word.encode("utf-16-le"),
        code.lower().encode(),
        hashlib.sha256(told).hexdigest().encode(),
    ]
    disguises += [base64.b64encode(b"x" * shift + told) for shift in range(3)]
    for disguise in disguises:
        assert marks.found_in(b"GET /sv/" + disguise + b" 200", marks.hashes()), disguise
    assert not marks.found_in(b"GET /<lang:lang>/m/<clinic:clinic>/ 200 811218", marks.hashes())
