"""A morning: 50,000 first views in a minute through our nginx, each a visitor of its own.

    python benchmarks/first_views.py [--views 50000] [--seconds 60]

A visitor is a new connection, a TLS handshake, a page and its script, as a browser asks for them. They come
evenly, whether those before have their answers or not, and are made by processes beside the servers on the
same cores. Prints failures, median and 99th percentile (from asking to connect to the last byte of the
page) and how much memory the servers took on, beside the goals: 0, 250 ms, flat (within a tenth). Exits 1
when one is missed.
"""

import argparse
import asyncio
import contextlib
import json
import re
import resource
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from deployed import PAGES, Deployed  # noqa: E402

GOAL_MS = 250
VISITORS = 2  # processes that make visitors
HEADERS = "Host: localhost:{port}\r\nAccept-Encoding: br\r\nAccept-Language: sv\r\n"


async def fetch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, path: str) -> int:
    """One request on an open connection: its status, when all of it has come."""
    writer.write(f"GET {path} HTTP/1.1\r\n{HEADERS.format(port=port)}\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    if length is None:
        raise ConnectionError("no length")
    await reader.readexactly(int(length[1]))
    return int(head.split(b" ", 2)[1])


async def visit(port: int, tls: ssl.SSLContext, page: str, script: str) -> tuple[str, float]:
    """One visitor: what went wrong ("" for nothing), and the seconds until the page was there."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(30):
            reader, writer = await asyncio.open_connection("localhost", port, ssl=tls, limit=256 * 1024)
            with contextlib.closing(writer):
                status = await fetch(reader, writer, port, page)
                there = time.monotonic() - began
                if status == 200:
                    status = await fetch(reader, writer, port, script)
        return ("" if status == 200 else str(status)), there
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        return type(error).__name__, time.monotonic() - began


async def visitors(port: int, certificate: str, script: str, views: int, seconds: float) -> None:
    """One process of visitors, coming evenly; prints what they saw as JSON."""
    tls = ssl.create_default_context(cafile=certificate)
    began, under_way, said = time.monotonic(), set(), []
    for number in range(views):
        delay = began + number * seconds / views - time.monotonic()
        if delay > 0:
            await asyncio.sleep(delay)
        task = asyncio.create_task(visit(port, tls, PAGES[number % len(PAGES)], script))
        under_way.add(task)
        task.add_done_callback(lambda done: (said.append(done.result()), under_way.discard(done)))
        if number % 50 == 0:
            await asyncio.sleep(0)
    took = time.monotonic() - began
    while under_way:
        await asyncio.wait(under_way)
    failed = Counter(why for why, _ in said if why)
    print(json.dumps({"failed": failed, "took": took, "seconds": [there for _, there in said]}))


def memory(pids: list[int]) -> float:
    """Megabytes that the servers hold for themselves."""
    total = 0
    for pid in pids:
        for one in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += one.memory_full_info().uss
    return total / 1e6


def main() -> int:
    """Starts all of it, counts, and says what came of it."""
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("--views", type=int, default=50_000)
    given.add_argument("--seconds", type=float, default=60)
    given.add_argument("--visitor", nargs=3, metavar=("PORT", "CERTIFICATE", "SCRIPT"), help="inner use")
    asked = given.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if asked.visitor:
        port, certificate, script = asked.visitor
        asyncio.run(visitors(int(port), certificate, script, asked.views, asked.seconds))
        return 0
    with tempfile.TemporaryDirectory(prefix="redo-morning-", ignore_cleanup_errors=True) as folder:
        deployed = Deployed(Path(folder))
        try:
            return measure(deployed, asked.views, asked.seconds)
        finally:
            deployed.stop()


def measure(deployed: Deployed, views: int, seconds: float) -> int:
    """The morning on what is running."""
    found = re.search(r'src="(/static/[^"]+)"', deployed.get(PAGES[0]).text)
    assert found
    for page in (*PAGES, found[1]):  # nobody is the very first of a day
        deployed.get(page, **{"Accept-Encoding": "br"})
    nginx = int((deployed.folder / "nginx.pid").read_text())
    servers = [nginx, *(pid for _, pid in deployed.nodes)]
    before = memory(servers)
    crowd = [
        subprocess.Popen(
            [
                *(sys.executable, __file__, "--views", str(views // VISITORS), "--seconds", str(seconds)),
                *("--visitor", str(deployed.port), str(deployed.folder / "fullchain.pem"), found[1]),
            ],
            stdout=subprocess.PIPE,
        )
        for _ in range(VISITORS)
    ]
    said = [json.loads(one.communicate()[0]) for one in crowd]
    after = memory(servers)
    there = sorted(second for one in said for second in one["seconds"])
    failed = sum((Counter(one["failed"]) for one in said), Counter())
    median, p99 = (there[int(len(there) * part) - 1] * 1000 for part in (0.5, 0.99))
    print(f"{len(there)} first views in {max(one['took'] for one in said):.1f} s (asked: {seconds:.0f} s)")
    print(f"failed {dict(failed) or 0} (goal 0)   median {median:.0f} ms   p99 {p99:.0f} ms (goal {GOAL_MS})")
    print(f"memory {before:.0f} MB before, {after:.0f} MB after (goal: flat)")
    return int(bool(failed) or p99 > GOAL_MS or after > before * 1.1 + 10)


if __name__ == "__main__":
    sys.exit(main())
