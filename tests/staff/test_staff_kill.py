"""A short run of scripts/kill_during_publish.py; the long one is run by hand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from patient_app.clinics import published
from patient_app.staff.content import publish

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.whole
def test_a_process_that_is_killed_while_publishing_loses_nothing_and_breaks_nothing(database_settings):
    environment = {**os.environ, "DATABASE_URL": database_settings.get("database_url", "")}
    done = subprocess.run(
        [sys.executable, "scripts/kill_during_publish.py", "6"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_the_half_that_a_killed_writer_left_goes_with_the_next_version(own_dir):
    path = own_dir / published.PUBLISHED
    half = own_dir / f".{published.PUBLISHED}.abcd1234"
    half.write_text('{"version"')
    version, body = published.read_published(path)
    assert publish.write_file(path, version + 1, body) and not half.exists()
    assert published.read_published(path)[0] == version + 1
