"""A short run of scripts/kill_during_publish.py; the long one is run by hand."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_process_that_is_killed_while_publishing_loses_nothing_and_breaks_nothing(database_settings):
    environment = {**os.environ, "DATABASE_URL": database_settings.get("database_url", "")}
    done = subprocess.run(
        [sys.executable, "scripts/kill_during_publish.py", "6"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
