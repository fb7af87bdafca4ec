"""A real server, a real browser, for every journey. How they are started stands in serving.py."""

import sys

import letters
import pytest
from axe import Eyes
from devices import ALWAYS, EVERY, PHONE, SIZES
from playwright.sync_api import expect, sync_playwright
from serving import ROOT, Server, chromium

expect.set_options(timeout=15_000)  # a machine that does other things too is slow, not wrong


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


@pytest.fixture(scope="session")
def plain_chromium(playwright_engine):
    """One Chromium for every journey that needs no fed camera."""
    browser = chromium(playwright_engine, windows=False)
    yield browser
    browser.close()


@pytest.fixture(scope="module", params=letters.FAMILIES)
def lettered_chromium(request, playwright_engine, tmp_path_factory):
    """As plain_chromium, with one family of letters and no other: what it draws and prints holds whatever a
    machine has. Its name stands in `letters`."""
    if not letters.installed(request.param):
        pytest.fail(f"install {letters.FAMILIES[request.param]}: scripts/see_to_browser.sh")
    folder = tmp_path_factory.mktemp("letters")
    browser = chromium(
        playwright_engine, windows=False, environment=letters.environment(request.param, folder)
    )
    browser.letters = request.param
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def eyes():
    """What axe sees on the pages of one file; each part's colours once."""
    return Eyes()


@pytest.fixture
def launch(playwright_engine):
    """Starts a Chromium with flags of its own (fed camera and sound hold per process); closed after the
    test."""
    started = []

    def start(*flags: str):
        started.append(chromium(playwright_engine, *flags))
        return started[-1]

    yield start
    for browser in started:
        browser.close()


@pytest.fixture
def at_sizes():
    """`for size in at_sizes(page):` the open page in one size after the other, devices.ALWAYS in `./test`,
    all of devices.SIZES in `./test every`. The name of the size belongs in what the test says."""

    def one_after_the_other(page):
        for name, (width, height) in sorted(SIZES.items(), key=lambda size: size[0] != "phone"):
            if name in ALWAYS or EVERY:
                page.set_viewport_size({"width": width, "height": height})
                yield name

    return one_after_the_other


@pytest.fixture(scope="session")
def pseudo_server(tmp_path_factory):
    """As `server`, with the two pseudo-languages on (tests/pseudo.py)."""
    running = Server(
        tmp_path_factory.mktemp("pseudo"),
        program=[sys.executable, str(ROOT / "tests" / "pseudo.py")],
    )
    yield running
    running.stop()


@pytest.fixture
def phone(plain_chromium, server):
    """A page on a phone of 390x664; fails the test on any error in the page or any request to another
    origin."""
    context = plain_chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            problems.append(request.url)
            if not request.url.startswith((server.url, "data:", "blob:"))
            else None
        ),
    )
    yield page
    context.close()
    assert not problems, problems
