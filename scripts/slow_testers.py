"""Do 50 families who test a poor line make a guide page slow for the others? `python scripts/slow_testers.py
[testers] [kbit/s]`.

Starts the app, times a guide page alone, then again while the testers climb the stairs of the connection test
over lines of 150 kbit/s each way. Prints both, and exits 1 when the median page takes more than twice as
long, or when any page fails.
"""

import asyncio
import multiprocessing
import socket
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from serving import Server

PAGE = "/sv/guide/under-13/before"
SECONDS, PAUSE, PACKET, LIMIT = 8, 0.05, 1460, 2.0


async def answer(reader: asyncio.StreamReader, seconds_a_packet: float = 0) -> int:
    """Reads one answer, a packet at a time at the line's pace; gives its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    lengths = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    left = int(lengths[0]) if lengths else 0
    while left > 0:
        left -= len(await reader.readexactly(min(PACKET, left)))
        await asyncio.sleep(seconds_a_packet)
    return status


async def connect(port: int, slow: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    link = socket.socket()
    if slow:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # so that the server feels the line
    link.setblocking(False)
    await asyncio.get_running_loop().sock_connect(link, ("127.0.0.1", port))
    return await asyncio.open_connection(sock=link, limit=65536 if not slow else 4096)


async def tester(port: int, kbit: float, until: float, seen: Counter) -> None:
    """A family on a poor line, testing again and again."""
    pace = PACKET * 8 / 1000 / kbit
    while time.monotonic() < until:
        reader, writer = await connect(port, slow=True)
        try:
            for _ in range(12):
                writer.write(b"GET /check/ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                await answer(reader)
                await asyncio.sleep(0.08)
            writer.write(b"GET /check/down/32 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            seen[await answer(reader, pace)] += 1
            writer.write(b"POST /check/up HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 32768\r\n\r\n")
            for at in range(0, 32768, PACKET):
                writer.write(bytes(min(PACKET, 32768 - at)))
                await writer.drain()
                await asyncio.sleep(pace)
            seen[await answer(reader)] += 1
        except (OSError, asyncio.IncompleteReadError):
            seen["cut"] += 1
        writer.close()


async def readers(port: int, seconds: float) -> list[float]:
    """Milliseconds of a guide page, one after the other on new connections; raises when one is not 200."""
    times = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.perf_counter()
        reader, writer = await connect(port, slow=False)
        writer.write(f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n".encode())
        status = await answer(reader)
        times.append((time.perf_counter() - started) * 1000)
        writer.close()
        if status != 200:
            raise SystemExit(f"the guide page answered {status}")
        await asyncio.sleep(PAUSE)
    return times


def crowded(port: int, testers: int, kbit: float, seconds: float, counts: multiprocessing.Queue) -> None:
    """All testers at once, for so long; their statuses go into `counts`."""
    seen: Counter = Counter()

    async def all_of_them() -> None:
        until = time.monotonic() + seconds
        await asyncio.wait(
            [asyncio.create_task(tester(port, kbit, until, seen)) for _ in range(testers)],
            timeout=seconds + 5,
        )

    asyncio.run(all_of_them())
    counts.put(seen)


async def measure(port: int, testers: int, kbit: float) -> float:
    await readers(port, 1)
    alone = await readers(port, SECONDS)
    counts: multiprocessing.Queue = multiprocessing.Queue()
    crowd = multiprocessing.Process(target=crowded, args=(port, testers, kbit, SECONDS + 3, counts))
    crowd.start()  # a process of its own, or the clock of the readers would wait for the testers
    await asyncio.sleep(2)
    beside = await readers(port, SECONDS)
    seen = counts.get(timeout=30)
    crowd.join()
    for name, times in (("alone", alone), (f"beside {testers} testers at {kbit:.0f} kbit/s", beside)):
        print(
            f"{name:<38} median {statistics.median(times):6.1f} ms   p95 "
            f"{statistics.quantiles(times, n=20)[-1]:6.1f} ms   pages {len(times)}"
        )
    print(
        "transfers:",
        ", ".join(f"{count} x {status}" for status, count in sorted(seen.items(), key=str)),
        "(503 is shown as not tested)",
    )
    return statistics.median(beside) / statistics.median(alone)


def main() -> None:
    testers, kbit = (
        int(sys.argv[1]) if len(sys.argv) > 1 else 50,
        float(sys.argv[2]) if len(sys.argv) > 2 else 150,
    )
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            ratio = asyncio.run(measure(server.port, testers, kbit))
        finally:
            server.stop()
    print(f"ratio {ratio:.2f} (at most {LIMIT})")
    sys.exit(0 if ratio <= LIMIT else 1)


if __name__ == "__main__":
    main()
