"""Crowds against the bare server: what an ordinary visitor waits while others hold it up.

    python benchmarks/crowds.py [--way edge|granian|waitress] [--seconds 12] [CASE …]

Starts the server on a free port with a data folder of its own. Visitors come 60 a second, each on a
connection of their own that they keep, as browsers do; meanwhile a crowd does what the case says, and begins
anew when it is cut.
Prints failed, median and 99th percentile beside the goals (0 failed, 200 ms), and exits 1 when one is missed.

The other ways in (`pip install granian waitress`) are for comparing: docs/adr/0080.
"""

import argparse
import asyncio
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from making import publish_shipped  # noqa: E402
from serving import free_port  # noqa: E402

VISITORS = 60  # a second
GOAL_MS = 200
PAGE = b"GET /sv/ HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n"
WAYS = {
    "edge": ["-m", "patient_app", "serve"],
    "granian": [
        *("-m", "granian", "--interface", "wsgi", "--no-log", "--http", "1", "--blocking-threads", "64"),
        *("--backlog", "4096", "--backpressure", "20000", "--http1-header-read-timeout", "5000"),
        *("--respawn-failed-workers", "--port", "{port}", "patient_app.wsgi:application"),
    ],
    "waitress": [
        *("-m", "waitress", "--listen=127.0.0.1:{port}", "--threads=64", "--connection-limit=20000"),
        *("--channel-timeout=10", "--backlog=4096", "patient_app.wsgi:application"),
    ],
}
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def stuck_body(port: int, number: int) -> None:
    """Says that a body comes, and sends a little of it: to the connection test, to staff, to support."""
    place = (b"/check/up", b"/staff/log-in", b"/sv/support/code")[number % 3]
    await stay(port, b"POST " + place + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8192\r\n\r\nabc")


async def slow_headers(port: int, number: int) -> None:
    """Sends a header now and then, and never the last."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.closing(writer):
        writer.write(b"GET /sv/ HTTP/1.1\r\nHost: localhost\r\n")
        while not reader.at_eof():
            writer.write(b"X-Slow: 1\r\n")
            await writer.drain()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(reader.read(4096), 1)


async def silent(port: int, number: int) -> None:
    """Connects and says nothing."""
    await stay(port, b"")


async def kept_open(port: int, number: int) -> None:
    """Reads one page and keeps the connection."""
    await stay(port, PAGE)


async def stay(port: int, said: bytes) -> None:
    """Says that, and stays until it is cut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.closing(writer):
        writer.write(said)
        while await reader.read(65536):
            pass


Crowd = Callable[[int, int], Awaitable[None]]
CASES: dict[str, dict[Crowd, int]] = {
    "alone": {},
    "together": {stuck_body: 300, slow_headers: 300, silent: 300},
    "bodies": {stuck_body: 2000},
    "headers": {slow_headers: 2000},
    "silent": {silent: 2000},
    "idle": {kept_open: 5000},
}


async def again_and_again(one: Crowd, port: int, number: int) -> None:
    """One of the crowd: begins anew when it is cut."""
    await asyncio.sleep(number / 1000)  # they come within some seconds, not in one
    while True:
        with contextlib.suppress(OSError):
            await one(port, number)
        await asyncio.sleep(0.5)


async def visit(port: int, kept: list[asyncio.StreamWriter]) -> float:
    """One visitor: connects, reads a whole page, keeps the connection. Milliseconds."""
    started = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    kept.append(writer)
    writer.write(PAGE)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise OSError(head[:20])
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.split(b":")[1]))
    return (time.perf_counter() - started) * 1000


async def be(port: int, crowd: dict[Crowd, int]) -> None:
    """The crowd itself, in a process of its own: what it costs us is not what it costs the visitors."""
    await asyncio.gather(
        *(again_and_again(one, port, number) for one, count in crowd.items() for number in range(count))
    )


async def run(port: int, seconds: float) -> tuple[int, list[float]]:
    """Failed visits, and how long the others took."""
    kept: list[asyncio.StreamWriter] = []
    visits = []
    began = time.perf_counter()
    for number in range(int(VISITORS * seconds)):
        await asyncio.sleep(max(0.0, began + number / VISITORS - time.perf_counter()))
        visits.append(asyncio.ensure_future(asyncio.wait_for(visit(port, kept), 10)))
    done = await asyncio.gather(*visits, return_exceptions=True)
    for writer in kept:
        writer.transport.abort()
    took = sorted(one for one in done if isinstance(one, float))
    return len(done) - len(took), took


@contextlib.contextmanager
def beside_crowd(port: int, name: str):
    """While that crowd is there."""
    process = subprocess.Popen([sys.executable, __file__, "--crowd", str(port), name])
    try:
        time.sleep(max(CASES[name].values(), default=0) / 1000 + 2)
        yield
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def served(way: str):
    """A server of that way; gives its port."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        publish_shipped(Path(folder))
        port = free_port()
        command = [sys.executable, *(word.format(port=port) for word in WAYS[way])]
        environment = {**os.environ, "PORT": str(port), "DATA_DIR": folder}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            asyncio.run(until_served(port, process))
            yield port
        finally:
            process.terminate()
            process.wait(20)


async def until_served(port: int, process: subprocess.Popen) -> None:
    """Waits for the first page, and so for the page to be kept."""
    for _ in range(600):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await visit(port, [])
            return
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        await asyncio.sleep(0.1)
    raise SystemExit("the server did not answer")


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--way", choices=WAYS, default="edge")
    asked.add_argument("--seconds", type=float, default=12)
    asked.add_argument("cases", nargs="*", metavar="CASE")
    asked.add_argument("--crowd", type=int, metavar="PORT", help=argparse.SUPPRESS)
    options = asked.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if options.crowd:
        asyncio.run(be(options.crowd, CASES[options.cases[0]]))
        return 0
    missed = 0
    print(f"{options.way}: goal 0 failed, p99 < {GOAL_MS} ms")
    with served(options.way) as port:
        for name in options.cases or CASES:
            with beside_crowd(port, name):
                failed, took = asyncio.run(run(port, options.seconds))
            p99 = took[int(len(took) * 0.99)] if took else float("inf")
            median = took[len(took) // 2] if took else float("inf")
            missed += failed > 0 or p99 >= GOAL_MS
            print(f"{name:9} {failed} failed of {failed + len(took)}, median {median:.1f}, p99 {p99:.1f} ms")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
