"""A real server, a real browser. `serve` starts `patient-app serve` on a free port; `launch` a Chromium with the flags a case needs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from devices import PHONE
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

expect.set_options(timeout=15_000)  # a machine that does other things too is slow, not wrong


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    """One `patient-app serve` of this checkout, with a data folder of its own."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir / "server.log"
        environment = {**os.environ, "PORT": str(self.port), "DATA_DIR": str(data_dir), **settings}
        environment.pop("PUBLIC_URL", None) if "PUBLIC_URL" not in settings else None
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "patient_app", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).read()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise RuntimeError(f"the server did not start:\n{self.log.read_text()}") from None
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The app as `./run` serves it, with the demo clinics."""
    running = Server(tmp_path_factory.mktemp("served"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def playwright_engine():
    with sync_playwright() as engine:
        yield engine


def chromium(engine, *flags: str):
    path = shutil.which("chromium") or engine.chromium.executable_path
    return engine.chromium.launch(executable_path=path, args=[*QUIET, *flags])


@pytest.fixture(scope="session")
def plain_chromium(playwright_engine):
    """One Chromium for every journey that needs no fed camera."""
    browser = chromium(playwright_engine)
    yield browser
    browser.close()


@pytest.fixture
def launch(playwright_engine):
    """Starts a Chromium with flags of its own (fed camera and sound hold per process); closed after the test."""
    started = []

    def start(*flags: str):
        started.append(chromium(playwright_engine, *flags))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture
def phone(plain_chromium, server):
    """A page on a phone of 390x844; fails the test on any error in the page or any request to another origin."""
    context = plain_chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: problems.append(request.url) if not request.url.startswith((server.url, "data:", "blob:")) else None)
    yield page
    context.close()
    assert not problems, problems
