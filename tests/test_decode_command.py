"""`patient-app decode CODE`: the same reading as the support page's, for a terminal."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from patient_app.cli import main

KEYS = [
    "version",
    "os",
    "age",
    "browser",
    "camera",
    "microphone",
    "speaker",
    "down",
    "up",
    "net",
    "udp",
    "rtt",
    "jitter",
]


def test_a_code_is_read_as_one_json_object():
    command = [sys.executable, "-m", "patient_app", "decode", "5a5 34j 8j2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    fields = json.loads(done.stdout)
    assert done.returncode == 0
    assert sorted(fields) == sorted(KEYS)
    assert (fields["camera"], fields["microphone"], fields["browser"], fields["rtt"]) == (3, 4, 5, 4)


@pytest.mark.parametrize("code", ["551-11W-R5J", "000-000-000", "U51-11W-R5K", "551"])
def test_what_is_no_code_is_refused_with_a_reason(code):
    done = CliRunner().invoke(main, ["decode", code])
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
