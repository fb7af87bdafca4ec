"""`patient-app decode CODE`: the same reading as the support page's, for a terminal."""

import json
import subprocess
import sys

import pytest

KEYS = ["version", "os", "age", "browser", "camera", "microphone", "speaker", "down", "up", "net", "udp", "rtt", "jitter"]


def decode(code: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "patient_app", "decode", code], capture_output=True, text=True, check=False)


def test_a_code_is_read_as_one_json_object():
    done = decode("5a5 34j 8j2")
    fields = json.loads(done.stdout)
    assert done.returncode == 0
    assert sorted(fields) == sorted(KEYS)
    assert (fields["camera"], fields["microphone"], fields["browser"], fields["rtt"]) == (3, 4, 5, 4)


@pytest.mark.parametrize("code", ["551-11W-R5J", "000-000-000", "U51-11W-R5K", "551"])
def test_what_is_no_code_is_refused_with_a_reason(code):
    done = decode(code)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
