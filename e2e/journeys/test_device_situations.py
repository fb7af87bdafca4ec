"""Device trouble: every situation of scenarios.py in a real browser, with what the page must say, the fix it
must show and the code.

Most of a case is waiting for a camera, so some are played at a time, each in a browser of its own.
REDO_MATRIX=FILE keeps the times.
"""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import media
import pytest
from devices import PHONE
from link import poor_line
from playwright.sync_api import Page, expect, sync_playwright
from scenarios import SCENARIOS, Scenario
from serving import Server, chromium

from patient_app.codes.support_code import decode

AT_ONCE = 2  # beside another worker of the same run: more would starve the pictures of the cameras
MOST_SECONDS = {"camera": 15, "light": 15, "microphone": 15, "speaker": 15, "connection": 15, "call": 8}

# Notes when each check started to run and when it ended, without asking the page again and again.
WATCH = """
window.times = {};
new MutationObserver((changes) => changes.forEach(({target}) => {
  const {check, state} = target.dataset;
  const seen = (times[check] = times[check] || {});
  if (state === "running" && !seen.from) seen.from = performance.now();
  if (state === "done" && seen.from && !seen.to) seen.to = performance.now();
})).observe(document, {subtree: true, attributeFilter: ["data-state"]});
"""


def flags(scenario: Scenario, folder: Path) -> list[str]:
    """What Chromium is started with: a fed camera and microphone, or their absence."""
    if scenario.insecure:
        return ["--host-resolver-rules=MAP redo.test 127.0.0.1"]
    if scenario.device == "none" or scenario.page == "connection":
        return []
    if scenario.device == "no-camera":
        made = ["--use-fake-device-for-media-stream=device-count=0"]
    else:
        made = ["--use-fake-device-for-media-stream"]
        name = scenario.picture
        film = (
            media.slow_picture(folder)
            if name == "slow"
            else media.picture(folder, name.removesuffix("-still"), noise=0 if name.endswith("-still") else 8)
        )
        made.append(f"--use-file-for-fake-video-capture={film}")
    if scenario.sound:
        made.append(f"--use-file-for-fake-audio-capture={media.sound(folder, scenario.sound)}")
    if scenario.device == "deny":
        made.append("--use-fake-ui-for-media-stream=deny")
    return made


def play(scenario: Scenario, url: str, folder: Path) -> dict:
    """Plays one situation as a person would, and tells what stood on the page at the end."""
    with sync_playwright() as engine:
        browser = chromium(engine, *flags(scenario, folder))
        try:
            options = {
                **PHONE,
                "has_touch": scenario.touch,
                **({"user_agent": scenario.agent} if scenario.agent else {}),
            }
            context = browser.new_context(
                permissions=[] if scenario.insecure else list(scenario.permissions), **options
            )
            page = context.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.add_init_script(WATCH + scenario.script)
            if scenario.clock:
                page.clock.install()
            base = url.replace("127.0.0.1", "redo.test") if scenario.insecure else url
            page.goto(f"{base}/sv/check{'/camera' if scenario.page == 'camera' else ''}")
            seconds = run_through(page, scenario)
            return {**outcome(page), "errors": errors, "seconds": seconds}
        finally:
            browser.close()


def run_through(page: Page, scenario: Scenario) -> float:
    """Skips, starts, answers; returns the seconds from start to verdict."""
    overall = page.locator("[data-overall]")
    if scenario.verdicts.get("environment") in ("insecure", "missing"):
        expect(overall).to_be_visible()
        return 0.0
    alone = scenario.page == "connection" and scenario.overall != "ok" and "call" not in scenario.verdicts
    for check in (*scenario.skip, *(["call"] if alone else [])):
        page.locator(f'[data-check="{check}"] [data-action="skip"]').click()
    if scenario.aids:
        page.locator("[data-aids]").check()
    if scenario.offline:
        page.context.set_offline(True)
    started = time.monotonic()
    page.locator('[data-action="start"]').click()
    if scenario.clock:
        expect(page.locator('[data-check="camera"]')).to_have_attribute("data-state", "running")
        page.clock.fast_forward(31_000)
    if "speaker" not in scenario.skip and scenario.page == "camera":
        for answer in scenario.answers:
            page.locator(f'[data-action="{answer}"]').click(timeout=45_000)
    overall.locator("visible=true").first.wait_for(timeout=60_000)
    return time.monotonic() - started


def outcome(page: Page) -> dict:
    """What the page says, as tests read it."""
    return page.evaluate(
        """() => {
          const one = (selector) => document.querySelector(selector);
          const all = (selector, root = document) => [...root.querySelectorAll(selector)];
          const seen = (selector, root) => all(selector, root).filter((element) => element.offsetParent);
          const rows = (value) =>
            Object.fromEntries(all("[data-check]").map((row) => [row.dataset.check, value(row)]));
          const times = Object.entries(window.times).filter(([, { to }]) => to);
          return {
            overall: one("[data-overall]").dataset.overall,
            verdicts: rows((row) => row.dataset.verdict),
            states: rows((row) => row.dataset.state),
            said: rows((row) => seen("[data-verdict]", row).map((sentence) => sentence.dataset.verdict)),
            fixes: seen(".fix").map(({ dataset }) => [dataset.fix, dataset.for || ""]),
            headings: seen("[data-overall] h2").length,
            code: one("[data-support-code]").textContent,
            spelling: one("[data-spelling]").innerText.split(/\\s+/).filter(Boolean).length,
            live: all("video").filter((video) => video.srcObject).length,
            times: Object.fromEntries(times.map(([check, { from, to }]) => [check, (to - from) / 1000])),
          };
        }"""
    )


@pytest.fixture(scope="module")
def server_of_two_names(tmp_path_factory):
    """A server that also answers to a name that is neither localhost nor https."""
    running = Server(tmp_path_factory.mktemp("served"), ALLOWED_HOSTS="127.0.0.1,redo.test")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def matrix(request, server_of_two_names, tmp_path_factory) -> dict[str, dict]:
    """Every situation that was asked for (-k), played once."""
    server = server_of_two_names
    folder = tmp_path_factory.mktemp("media")
    scenarios = [
        item.callspec.params["scenario"] for item in request.session.items if item.module is request.module
    ]
    for scenario in scenarios:
        flags(scenario, folder)

    def one(scenario: Scenario) -> dict:
        try:
            if scenario.line:
                with poor_line(server.url, scenario.line) as url:
                    return play(scenario, url, folder)
            return play(scenario, server.url, folder)
        except Exception as error:  # told by the test of that situation, so that the others are still seen
            return {"broken": f"{type(error).__name__}: {error}"}

    # What is measured on the wire is played alone, or the others would be part of the measure.
    alone = [
        scenario
        for scenario in scenarios
        if scenario.page == "connection" and "connection" not in scenario.skip
    ]
    together = [scenario for scenario in scenarios if scenario not in alone]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = dict(zip([scenario.name for scenario in together], pool.map(one, together), strict=True))
    with ThreadPoolExecutor(1) as pool:
        played.update(zip([scenario.name for scenario in alone], pool.map(one, alone), strict=True))
    if os.environ.get("REDO_MATRIX"):
        Path(os.environ["REDO_MATRIX"]).write_text(json.dumps(played, indent=1, ensure_ascii=False))
    return played


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_check_says_what_is_wrong_and_what_to_do(matrix, scenario):
    seen = matrix[scenario.name]
    assert "broken" not in seen, seen["broken"]
    assert seen["errors"] == []
    assert {check: seen["verdicts"][check] for check in scenario.verdicts} == scenario.verdicts
    assert seen["overall"] == scenario.overall
    for check, verdict in scenario.verdicts.items():
        assert seen["said"][check] == [verdict], "exactly the sentence of the verdict is shown"
    assert seen["headings"] == 1
    if scenario.fix:
        assert seen["fixes"], "something to do is shown"
        for recipes, platforms in seen["fixes"]:
            assert scenario.fix in recipes.split()
            assert not scenario.platform or not platforms or scenario.platform in platforms.split()
    else:
        assert seen["fixes"] == []
    fields = decode(seen["code"]).fields()
    for name, expected in scenario.code.items():
        assert fields[name] in (expected if isinstance(expected, tuple) else (expected,)), (
            f"{name} of {seen['code']}"
        )
    assert seen["spelling"] == 9
    assert seen["live"] == 0, "the camera is let go"
    for check, seconds in seen["times"].items():
        if not scenario.clock:
            assert seconds <= MOST_SECONDS.get(check, 1), f"{check} took {seconds:.1f} s"
    assert seen["seconds"] <= 60
