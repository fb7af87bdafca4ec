"""Behind our nginx.conf: what families get when nodes or everything of ours is gone (trust-and-speed.md
4)."""

import asyncio
import contextlib
import re
import resource
import shutil
import signal
import ssl
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest
from deployed import NAME, READER, Deployed, Probe, lines_that_name_a_reader, until
from serving import ROOT

from patient_app.codes.short_link import ShortLink, encode, encode_long

pytestmark = pytest.mark.whole

HEADERS = (
    "content-security-policy",
    "permissions-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cross-origin-embedder-policy",
    "strict-transport-security",
)


def test_pages_go_on_when_every_process_of_ours_is_gone(deployed):
    """F5: what the proxy kept, then the copy of the common pages; short links too; no log says who read
    what."""
    kept = deployed.get("/sv/m/D3M0/help", **{"Accept-Encoding": "br"})
    assert kept.status == 200 and kept.headers["content-encoding"] == "br"
    live = {path: deployed.get(path) for path in ("/sv/day", "/en/check/camera", "/sv/check")}
    script = re.search(r'src="(/static/[^"]+[.]js)"', live["/sv/day"].text)
    assert script
    with Probe(deployed, "/sv/day", "/sv/m/D3M0/help", "/sv/child/3-6/2", "/en/") as asking:
        deployed.kill_nodes()
        asking.until(40)
    assert not asking.failed

    again = deployed.get("/sv/m/D3M0/help", **{"Accept-Encoding": "br"})
    assert (again.status, again.body) == (200, kept.body), "the proxy has lost what it kept"
    common = deployed.get("/sv/m/D3M0/guide/under-13/check")
    assert common.status == 200 and 'data-page="guide' in common.text, (
        "no common page in the place of a clinic's"
    )
    assert deployed.get(script[1]).status == 200
    for path, before in live.items():
        # Asked in a coding nobody asked for before, so that the copy answers and not the proxy's own store.
        answer = deployed.get(path, **{"Accept-Encoding": "gzip"})
        assert answer.status == 200, path
        assert answer.headers["content-security-policy"] == before.headers["content-security-policy"], path
        assert answer.headers["permissions-policy"] == before.headers["permissions-policy"], path
        assert not set(HEADERS) - set(answer.headers), path

    link = deployed.get("/" + encode_long(ShortLink("D3M0", 1, 3, 2)))
    assert link.status == 303 and link.headers["location"].endswith("/en/check"), link.headers
    assert deployed.get("/" + encode(ShortLink("D3M0"))).headers["location"].endswith("/sv/")
    assert deployed.get("/sv/nothing/here").status == 200, "an unknown page leads to the start page"
    assert lines_that_name_a_reader(deployed.folder) == []


def test_what_is_for_operators_and_other_names_are_refused(shared_deployed):
    deployed = shared_deployed
    assert deployed.get("/metrics").status == 404
    assert deployed.get("/readyz").status == 200
    twice = deployed.get("/sv//day")
    assert twice.status in (301, 303, 308) and twice.headers["location"].endswith("/sv/day")
    assert deployed.get("/sv/day").status == 200, "the way to a page is kept as the page"
    assert "nginx/" not in str(deployed.get("/sv/").headers)


@pytest.mark.every
def test_f4_postgresql_hangs(shared_deployed):
    """Staff are told within two seconds, and families notice nothing."""
    deployed = shared_deployed
    with Probe(deployed) as asking:
        for process in deployed.postgres:
            process.send_signal(signal.SIGSTOP)
        try:
            for _ in range(3):
                began = time.monotonic()
                assert deployed.get("/staff/log-in").status == 503
                assert time.monotonic() - began < 2
            assert deployed.get("/readyz").status == 200
            asking.until(40)
        finally:
            for process in deployed.postgres:
                process.send_signal(signal.SIGCONT)
        until(lambda: deployed.get("/staff/log-in").status == 200, 5, "staff do not come back")
    assert not asking.failed


def restart_postgres(deployed: Deployed, times: int) -> None:
    with Probe(deployed) as asking:
        for _ in range(times):
            deployed.pg_ctl("-m", "fast", "stop")
            assert deployed.get("/staff/log-in").status == 503
            deployed.pg_ctl("-l", str(deployed.folder / "postgres" / "log"), "start")
            until(lambda: deployed.get("/staff/log-in").status == 200, 5, "staff do not come back")
    assert not asking.failed


@pytest.mark.every
def test_f3_postgresql_is_stopped_and_started(shared_deployed):
    restart_postgres(shared_deployed, 2)


@pytest.mark.every
def test_f3_postgresql_is_stopped_and_started_ten_times(shared_deployed):
    restart_postgres(shared_deployed, 10)


POISON = (
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-Prefix": "/evil"},
    {"Forwarded": "host=evil.example", "X-Original-URL": "/staff", "X-Rewrite-URL": "/staff"},
    {"Accept-Language": "xx", "Cookie": "lang=xx", "X-HTTP-Method-Override": "POST"},
)


@pytest.mark.every
def test_f21_who_asks_first_changes_nothing_for_the_next(shared_deployed):
    """Forwarded names, languages, a query, a GET with a body: the page is the clean page, byte for byte."""
    for number, poison in enumerate(POISON, start=1):
        path = f"/sv/m/V3ST/child/7-9/{number}"
        shared_deployed.get(f"{path}?evil={number}", "GET", b"evil=1", **poison, **{"Accept-Encoding": "br"})
        through = shared_deployed.get(path, **{"Accept-Encoding": "br"})
        clean = shared_deployed.node(0, path)
        assert through.status == 200 and b"evil" not in clean.body
        assert shared_deployed.get(path).body == clean.body, poison
    refused = shared_deployed.get("/sv/", Host="evil.example")
    assert refused.status in (0, 421) and 'data-page="front.start"' not in refused.text


Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
ENOUGH = 14.0  # seconds: ten, and some for a busy machine


async def slow_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A header now and then, never the last."""
    writer.write(b"GET /sv/ HTTP/1.1\r\nHost: localhost\r\n")
    while not reader.at_eof():
        writer.write(b"X-Slow: 1\r\n")
        await writer.drain()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reader.read(4096), 1)


async def slow_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says that a body comes, and sends a little of it."""
    writer.write(b"POST /sv/support/code HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8192\r\n\r\nabc")
    while await reader.read(4096):
        pass


async def slow_reader(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Asks for page after page, and reads none of it."""
    writer.write(b"GET /sv/guide/under-13/all HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
    while not writer.is_closing():
        await asyncio.sleep(0.5)
        writer.write(b"\r\n")
        await writer.drain()


async def crowd(
    port: int,
    context: ssl.SSLContext,
    size: int,
    does: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]],
) -> list[float]:
    """That many do the same at once: how long each was let."""
    opening = asyncio.Semaphore(64)

    async def one() -> float:
        async with opening:
            streams = await asyncio.open_connection(
                NAME, port, ssl=context, limit=4096, local_addr=(READER, 0)
            )
        began = time.monotonic()
        with contextlib.suppress(ConnectionError, ssl.SSLError, TimeoutError):
            await asyncio.wait_for(does(*streams), 40)
        streams[1].close()
        return time.monotonic() - began

    return list(await asyncio.gather(*(one() for _ in range(size))))


def slow(deployed: Deployed, size: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    context = ssl.create_default_context(cafile=str(deployed.folder / "fullchain.pem"))
    try:
        for does in (slow_headers, slow_body, slow_reader):
            with Probe(deployed) as asking:
                let = asyncio.run(crowd(deployed.port, context, size, does))
                asking.until(100)
            print(does.__name__, f"let {max(let):.1f} s, p99 {asking.p99 * 1000:.0f} ms")
            assert not asking.failed, does.__name__
            assert max(let) < ENOUGH, f"{does.__name__}: let {max(let):.1f} s"
            assert asking.p99 < 0.2 or size < 2000, f"{does.__name__}: p99 {asking.p99:.3f} s"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert lines_that_name_a_reader(deployed.folder) == []


@pytest.mark.every
def test_f15_two_hundred_slow_ones_are_cut_and_no_log_names_a_reader(shared_deployed):
    slow(shared_deployed, 200)


@pytest.mark.every
def test_f15_two_thousand_slow_ones_are_cut_and_nobody_waits(shared_deployed):
    slow(shared_deployed, 2000)


@pytest.mark.every
def test_f16_what_the_proxy_refuses_itself_carries_our_headers(shared_deployed):
    for answer in (
        shared_deployed.get("/sv/", **{"X-Large": "x" * 60_000}),
        shared_deployed.get("/check/up", method="POST", **{"Content-Length": "1000000000"}),
        shared_deployed.get("/sv/" + "x" * 9_000),
    ):
        assert 400 <= answer.status < 500, answer.status
        assert not set(HEADERS) - set(answer.headers), set(HEADERS) - set(answer.headers)
        assert answer.headers["server"] == "nginx", "no version"


def other_release(folder: Path) -> Path:
    """This program as a release with another text and another script would be."""
    for name in ("patient_app", "templates", "static", "translations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    script = folder / "static" / "js" / "site.js"
    script.write_text(script.read_text("utf-8") + "\ndocument.documentElement.dataset.release = 'new';\n")
    return folder


SCRIPT = re.compile(r'src="(/static/\w+/js/[^"]+)"')
VERSION = re.compile(r'<meta name="version" content="([^"]+)">')


def upgrade_and_back(deployed: Deployed, new: Path) -> None:
    """New beside old, then the old ended; and the way back. Every page finds its script all along."""

    def page_of(number: int) -> tuple[str, str]:
        answer = deployed.node(number, "/sv/m/D3M0/day")
        script, version = SCRIPT.search(answer.text), VERSION.search(answer.text)
        assert script and version and version[1].startswith(answer.headers["redo-version"])
        return script[1], version[1]

    def both_serve(scripts: set[str]) -> None:
        for script in scripts:
            for _ in range(4):  # whichever node the proxy asks
                assert deployed.get(script).status == 200, script

    old_script, old_version = page_of(0)
    with Probe(deployed, "/sv/", "/sv/m/D3M0/day", "/sv/check", old_script) as asking:
        for number in (0, 1):
            deployed.stop_node(number)
            deployed.start_node(number, new)
            script, version = page_of(number)
            assert script != old_script and version != old_version, "F22: nodes that differ say so"
            both_serve({old_script, script})
        new_script = script
        for number in (0, 1):
            deployed.stop_node(number)
            deployed.start_node(number)
            assert page_of(number) == (old_script, old_version)
            both_serve({old_script, new_script})
        asking.until(100)
    assert not asking.failed, asking.failed


@pytest.mark.every
def test_f18_f19_f22_an_upgrade_and_the_way_back_are_noticed_by_nobody(deployed, tmp_path):
    upgrade_and_back(deployed, other_release(tmp_path))
    assert lines_that_name_a_reader(deployed.folder) == []


@pytest.mark.every
def test_f19_ten_rolling_restarts(deployed):
    with Probe(deployed) as asking:
        for turn in range(10):
            deployed.stop_node(turn % 2)
            deployed.start_node(turn % 2)
    assert not asking.failed, asking.failed
