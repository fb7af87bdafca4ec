"""Odd requests against the bare server over real sockets: no answer of 5xx but those that refuse a protocol.

    python benchmarks/fuzz.py [HOW MANY] [SEED] [postgres]

Methods, addresses, headers and bodies that fit or do not fit together, a fifth of them with broken bytes.
Prints the answers by status and what was wrong, and exits 1 when something was, or when the server answers no
more.
"""

import asyncio
import contextlib
import random
import sys
import tempfile
import urllib.request
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from making import publish_shipped  # noqa: E402
from serving import Server  # noqa: E402

AT_ONCE = 50
REFUSALS_OF_PROTOCOL = (b"501", b"505")
METHODS = ("GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "FOO", "get")
VERSIONS = (*["HTTP/1.1"] * 8, "HTTP/1.0", "HTTP/2.0")
HOSTS = ("Host: localhost", "Host: localhost", "Host: 127.0.0.1:1", "Host: [::1", "Host: ", "")
ADDRESSES = (
    *(
        "/",
        "/sv/",
        "/sv/day",
        "/sv/m/D3M0/",
        "/healthz",
        "/readyz?staff",
        "/metrics",
        "/K7Q2Q",
        "/sw.js",
        "*",
    ),
    *("/check/up", "/check/ping", "/check/down/32", "/check/down/99999999999999999999"),
    *("/staff/", "/staff/log-in", "/staff/users/9223372036854775808", "/staff/clinics/%00", "/staff/log.csv"),
    *("/sv/guide?age=%00", "/sv/code?c=%F0%9F", "/sv/support/share?who=x", "/sv/?" + "a=1&" * 900),
    *("/%ff%fe", "/static/../x", "/static/aaaaaaaaaaaa/js/%2e%2e/x", "//sv/", "/sv/m/%00/", "/" + "a" * 3000),
    *("http://localhost/sv/", "http://evil.example/sv/", "/sv/%2f%2f", "/sv/support/api/v1/D3M0Q.svg"),
)
HEADERS = (
    *("Accept-Encoding: br", "Accept-Encoding: gzip", "Accept-Encoding: " + "x," * 500, "If-None-Match: *"),
    *("Cookie: redo-staff=" + "a" * 500, "Cookie: \x00", "Range: bytes=0-", "X-Forwarded-For: ::1"),
    *("Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=x"),
    *("Content-Type: ;;;", "Transfer-Encoding: chunked", "Content-Length: 5", "Content-Length: 0"),
    *("Expect: 100-continue", "Expect: x", "Connection: upgrade", "Upgrade: websocket", "Host: evil.example"),
    *(
        "Accept-Language: " + "sv," * 300,
        "Referer: \xe5",
        "X: " + "y" * 8000,
        "bad header",
        "Connection: close",
    ),
)
BODIES = (b"", b"", b"hello", b"5\r\nhello\r\n0\r\n\r\n", b"a=1&b=%00", b"zz\r\n", b"username=%00&password=x")


def odd_request(chance: random.Random) -> bytes:
    """One of them."""
    lines = [f"{chance.choice(METHODS)} {chance.choice(ADDRESSES)} {chance.choice(VERSIONS)}"]
    lines += [line for line in (chance.choice(HOSTS), *chance.sample(HEADERS, chance.randint(0, 5))) if line]
    made = bytearray("\r\n".join([*lines, "", ""]).encode("latin-1") + chance.choice(BODIES))
    if chance.random() < 0.2:
        for _ in range(chance.randint(1, 6)):
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


async def answer(port: int, request: bytes) -> bytes:
    """What comes back for it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        writer.write_eof()
        return await asyncio.wait_for(reader.read(65536), 20)
    finally:
        writer.close()


async def ask(port: int, count: int, seed: int) -> tuple[Counter[bytes], list[tuple[bytes, bytes]]]:
    """The answers by status, and those that should not be."""
    chance, seen, wrong = random.Random(seed), Counter[bytes](), []
    places = asyncio.Semaphore(AT_ONCE)

    async def one(request: bytes) -> None:
        async with places:
            try:
                status = (await answer(port, request))[9:12]
            except (OSError, TimeoutError) as error:
                status = type(error).__name__.encode()
        seen[status] += 1
        if status == b"TimeoutError" or (status[:1] == b"5" and status not in REFUSALS_OF_PROTOCOL):
            wrong.append((status, request[:300]))

    for begun in range(0, count, 2000):
        await asyncio.gather(*(one(odd_request(chance)) for _ in range(min(2000, count - begun))))
    return seen, wrong


@contextlib.contextmanager
def database(postgres: bool):
    """The settings of the staff's database: SQLite, or a PostgreSQL of this run's own."""
    if not postgres:
        yield {}
        return
    from staff_room import Postgres

    with tempfile.TemporaryDirectory(prefix="redo-fuzz-", ignore_cleanup_errors=True) as folder:
        running = Postgres(Path(folder) / "data")
        try:
            yield {"DATABASE_URL": running.url(running.clone())}
        finally:
            running.server.cleanup()


def main(count: int, seed: int, postgres: bool) -> int:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        database(postgres) as settings,
    ):
        publish_shipped(Path(folder))
        server = Server(Path(folder), **settings)
        try:
            seen, wrong = asyncio.run(ask(server.port, count, seed))
            urllib.request.urlopen(f"{server.url}/sv/", timeout=5).read()
        finally:
            server.stop()
    print(", ".join(f"{status.decode() or 'nothing'}: {number}" for status, number in seen.most_common()))
    for status, request in wrong[:10]:
        print(status.decode(), request)
    print(f"{len(wrong)} wrong answers of {count} (goal 0)")
    return 1 if wrong else 0


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "postgres"]
    numbers = [*map(int, words), *(50_000, 1)[len(words) :]]
    sys.exit(main(*numbers, postgres="postgres" in sys.argv))
