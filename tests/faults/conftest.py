"""The whole as a region runs it, and bare servers, to be broken."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from deployed import Bare, Deployed


@pytest.fixture(scope="session")
def shared_deployed():
    yield from _deployed()


@pytest.fixture
def deployed():
    """One of a test's own, to be broken."""
    yield from _deployed()


def _deployed():
    if not shutil.which("nginx") and os.geteuid() != 0:
        pytest.fail(
            "nginx-light, postgresql and openssl are needed: deploy/try-it installs them where it is root"
        )
    # Not below pytest's own folder, which is root's alone: PostgreSQL and nginx run as users of their own.
    with tempfile.TemporaryDirectory(prefix="redo-deployed-", ignore_cleanup_errors=True) as folder:
        running = Deployed(Path(folder))
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A bare server that tests of one file break and mend."""
    running = Bare(tmp_path_factory.mktemp("bare"))
    yield running
    running.server.stop()


@pytest.fixture
def start(tmp_path_factory):
    """Starts bare servers of a test's own."""
    started = []

    def begin(folder: Path | None = None, **how) -> Bare:
        started.append(Bare(folder or tmp_path_factory.mktemp("own"), **how))
        return started[-1]

    yield begin
    for one in started:
        one.server.stop()
