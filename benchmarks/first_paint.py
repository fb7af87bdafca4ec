"""First paint and largest paint of a family's pages on a poor line, beside twins with the same words made
with govuk-frontend and nhsuk-frontend, in one run.

    python benchmarks/first_paint.py [ROUNDS]

Needs nginx, openssl, npm and Chromium (Debian). The twins' packages are fetched into a folder that is gone
afterwards. All pages, ours as our server sends them and theirs, lie as brotli files behind one nginx with
TLS and HTTP/2; between it and the browser stands a model of a line: 400 kbit/s and 400 ms, the handshakes of
TCP and TLS carried over it, a window of ten segments that grows as what was sent is confirmed. A browser's
own throttling leaves the handshakes and windows out. Each view is a cold one, in a new browser, with a
processor four times slower. Prints milliseconds, and ours as a share of the faster twin's beside the goal,
0.75; exits 1 above it.
"""

import asyncio
import contextlib
import json
import logging
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
import brotli  # noqa: E402
import lxml.html  # noqa: E402
from lxml.html import builder  # noqa: E402
from making import make_app, publish_shipped  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from serving import chromium, free_port  # noqa: E402
from werkzeug.test import Client  # noqa: E402

GOAL = 0.75
PAGES = {
    "start": "/sv/",
    "plan": "/sv/guide/under-13",
    "task": "/sv/guide/under-13/add-child",
    "day": "/sv/day",
    "story": "/sv/child/7-9/1",
}
TWINS = ("govuk", "nhsuk")
ROUND_TRIP = 0.4  # seconds
RATE = 400_000  # bits a second, each way
SEGMENT, FIRST_WINDOW = 1460, 10  # RFC 6928
SLOWER = 4
VIEW = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True}
LARGEST = """() => new Promise((done) => {
  new PerformanceObserver((list) => done({
    first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    largest: Math.max(...list.getEntries().map((entry) => entry.startTime)),
  })).observe({ type: "largest-contentful-paint", buffered: true });
})"""
CONF = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{ access_log off; server_tokens off; etag off;
server {{ listen 127.0.0.1:{port} ssl http2; ssl_protocols TLSv1.3; ssl_certificate {folder}/certificate.pem;
ssl_certificate_key {folder}/key.pem; ssl_session_tickets off; root {folder}/files;
types {{ }} default_type text/plain;
{places} }} }}
"""


@dataclass
class Wire:
    """One direction of the line: what all connections share."""

    free: float = 0.0

    def arrival(self, now: float, size: int) -> float:
        """When the last bit of a piece that is sent now has come to the other end."""
        self.free = max(self.free, now) + size * 8 / RATE
        return self.free + ROUND_TRIP / 2


@dataclass
class Window:
    """What one connection may have under way before it is confirmed; it grows by what is (slow start)."""

    size: int = FIRST_WINDOW * SEGMENT
    under_way: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def room_for(self, size: int) -> None:
        while self.under_way and self.under_way + size > self.size:
            self.changed.clear()
            await self.changed.wait()
        self.under_way += size

    def confirm(self, size: int) -> None:
        self.under_way -= size
        self.size += size
        self.changed.set()


async def carry(wire: Wire, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Bytes from one end to the other, over the wire and within this connection's window."""
    loop, window, under_way = asyncio.get_running_loop(), Window(), asyncio.Queue()

    async def deliver() -> None:
        while piece := await under_way.get():
            at, data = piece
            await asyncio.sleep(max(0, at - loop.time()))
            with contextlib.suppress(OSError):
                writer.write(data)
                await writer.drain()
        writer.close()

    delivering = asyncio.create_task(deliver())
    with contextlib.suppress(OSError):
        while data := await reader.read(SEGMENT):
            await window.room_for(len(data))
            at = wire.arrival(loop.time(), len(data))
            loop.call_at(at + ROUND_TRIP / 2, window.confirm, len(data))
            await under_way.put((at, data))
    await under_way.put(None)
    await delivering


@contextlib.contextmanager
def poor_line(port: int) -> Iterator[int]:
    """The port where the server of that port answers over the line."""
    loop, ready, found = asyncio.new_event_loop(), threading.Event(), {}

    async def serve() -> None:
        up, down = Wire(), Wire()

        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(ROUND_TRIP)  # TCP's handshake; TLS's is carried below
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
            both = carry(up, reader, far_writer), carry(down, far_reader, writer)
            await asyncio.gather(*both, return_exceptions=True)

        server = await asyncio.start_server(meet, "127.0.0.1", 0)
        found["port"], found["stop"] = server.sockets[0].getsockname()[1], asyncio.Event()
        ready.set()
        await found["stop"].wait()
        server.close()

    def run() -> None:
        loop.run_until_complete(serve())
        for task in asyncio.all_tasks(loop):
            task.cancel()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield found["port"]
    finally:
        loop.call_soon_threadsafe(found["stop"].set)
        thread.join(5)


# A twin: the words one sees on our page, in the other house's own classes and its own layout.
CLASSES = {
    "h1": "{0}-heading-xl",
    "h2": "{0}-heading-l",
    "h3": "{0}-heading-m",
    "p": "{0}-body",
    "ul": "{0}-list {0}-list--bullet",
    "ol": "{0}-list {0}-list--number",
    "a": "{0}-link",
    "button": "{0}-button",
    "input": "{0}-input",
    "label": "{0}-label",
    "legend": "{0}-fieldset__legend",
    "details": "{0}-details",
    "summary": "{0}-details__summary",
    "dl": "{0}-summary-list",
}
KEPT = {"id", "href", "type", "name", "value", "for", "lang", "dir"}
TWIN = """<!doctype html><html lang="sv" class="{0}-template"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="stylesheet" href="/{0}/style.css"></head><body class="{0}-template__body">
<a href="#main" class="{0}-skip-link">Hoppa till innehållet</a>
<header class="{0}-header"><div class="{0}-header__container {0}-width-container"><a href="/" class="{0}-header__link">Redo</a></div></header>
<div class="{0}-width-container"><main class="{0}-main-wrapper" id="main">{main}</main></div>
<footer class="{0}-footer"><div class="{0}-width-container">{foot}</div></footer>
<script type="module">import {{ initAll }} from "/{0}/script.js"; initAll()</script></body></html>"""  # noqa: E501


def in_other_clothes(element: lxml.html.HtmlElement, house: str) -> lxml.html.HtmlElement:
    """One of our elements with what is seen in it, as the other house would write it: no picture, no hidden
    word."""
    for gone in element.xpath(".//*[self::svg or self::img or @hidden or self::script]"):
        gone.drop_tree()
    for one in element.iter(lxml.html.etree.Element):
        button = "btn" in (one.get("class") or "").split()
        kept = {name: value for name, value in one.attrib.items() if name in KEPT}
        name = CLASSES["button"] if button else CLASSES.get(one.tag, "")
        one.attrib.clear()
        one.attrib.update(kept | ({"class": name.format(house)} if name else {}))
    for summary in element.iter("summary"):
        words = builder.SPAN(summary.text_content().strip())
        words.set("class", f"{house}-details__summary-text")
        summary.clear()
        summary.set("class", f"{house}-details__summary")
        summary.append(words)
    return element


def twin(ours: str, house: str) -> bytes:
    """A page of ours as the other house would serve it."""
    page = lxml.html.document_fromstring(ours)
    main = in_other_clothes(page.find(".//main"), house)
    foot = page.find(".//footer")
    parts = {
        "main": "".join(lxml.html.tostring(part, encoding="unicode") for part in main),
        "foot": "" if foot is None else lxml.html.tostring(in_other_clothes(foot, house), encoding="unicode"),
    }
    return TWIN.format(house, title=page.findtext(".//title"), **parts).encode()


def packages(folder: Path) -> dict[str, tuple[bytes, bytes]]:
    """Style and script of each house, as npm has them now. Their own letters are left out: they would only
    cost the twin time."""
    found = {}
    for house in TWINS:
        subprocess.run(
            ["npm", "pack", "--silent", f"{house}-frontend"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (packed,) = folder.glob(f"{house}-frontend-*.tgz")
        print(packed.name)
        with tarfile.open(packed) as archive:
            style, script = (
                archive.extractfile(f"package/dist/{house}/{house}-frontend.min.{kind}").read()
                for kind in ("css", "js")
            )
        found[house] = re.sub(rb"@font-face\s*\{[^}]*\}", b"", style), script
    return found


def place(folder: Path, address: str, body: bytes, headers: dict[str, str]) -> str:
    """Lays one answer down as a file; gives nginx's lines for it."""
    name = re.sub(r"\W", "_", address)
    (folder / "files" / name).write_bytes(body)
    lines = "".join(f'add_header {key} "{value}";\n' for key, value in headers.items())
    return f'location = {address} {{ default_type "";\nrewrite ^ /{name} break;\n{lines}}}\n'


def answered(client: Client, address: str) -> tuple[bytes, dict[str, str]]:
    """An answer of ours as a browser gets it."""
    answer = client.get(address, headers={"Accept-Encoding": "br"}, buffered=True)
    left_out = ("content-length", "date", "connection", "server", "etag")
    return answer.data, {name: value for name, value in answer.headers if name.lower() not in left_out}


def lay_out(folder: Path, client: Client) -> str:
    """All answers of one run as files, and nginx's lines for them."""
    places = []
    for house, (style, script) in packages(folder).items():
        for name, kind, body in (("style.css", "text/css", style), ("script.js", "text/javascript", script)):
            headers = {"Content-Type": kind, "Content-Encoding": "br"}
            places.append(place(folder, f"/{house}/{name}", brotli.compress(body), headers))
    assets: set[str] = set()
    for page, address in PAGES.items():
        body, headers = answered(client, address)
        places.append(place(folder, address, body, headers))
        html = brotli.decompress(body).decode()
        assets.update(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
        for house in TWINS:
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "br"}
            places.append(place(folder, f"/{house}/{page}", brotli.compress(twin(html, house)), headers))
    places += [place(folder, address, *answered(client, address)) for address in sorted(assets)]
    return "".join(places)


def view(engine, url: str) -> tuple[float, float]:
    """First paint and largest paint of one cold view, in milliseconds."""
    browser = chromium(engine, "--ignore-certificate-errors", windows=False)
    try:
        page = browser.new_context(ignore_https_errors=True, **VIEW).new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        answer = page.goto(url, wait_until="load", timeout=60_000)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{url}: {answer and answer.status}")
        page.wait_for_timeout(500)
        painted = page.evaluate(LARGEST)
        return painted["first"], painted["largest"]
    finally:
        browser.close()


def main(rounds: int) -> int:
    seen: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("data", "files"):
            (folder / part).mkdir()
        publish_shipped(folder / "data")
        logging.getLogger("redo").setLevel(logging.ERROR)
        places = lay_out(folder, Client(make_app(folder / "data")))
        made = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        where = ("-keyout", f"{name}/key.pem", "-out", f"{name}/certificate.pem", "-subj", "/CN=localhost")
        subprocess.run(["openssl", *made, *where], check=True, stderr=subprocess.DEVNULL)
        port = free_port()
        (folder / "nginx.conf").write_text(CONF.format(folder=folder, port=port, places=places))
        nginx = subprocess.Popen(["nginx", "-p", name, "-c", f"{name}/nginx.conf"])
        stack.callback(nginx.wait)
        stack.callback(nginx.terminate)
        time.sleep(0.5)
        line = stack.enter_context(poor_line(port))
        engine = stack.enter_context(sync_playwright())
        for _ in range(rounds):
            for page, address in PAGES.items():
                for who, path in (("ours", address), *((house, f"/{house}/{page}") for house in TWINS)):
                    seen.setdefault((page, who), []).append(view(engine, f"https://localhost:{line}{path}"))
    return report(seen)


def report(seen: dict[tuple[str, str], list[tuple[float, float]]]) -> int:
    """Medians and shares; 1 when a share is above the goal."""
    worst = 0.0
    for page in PAGES:
        medians = {
            who: [statistics.median(each) for each in zip(*seen[page, who], strict=True)]
            for who in ("ours", *TWINS)
        }
        shares = [medians["ours"][n] / min(medians[house][n] for house in TWINS) for n in (0, 1)]
        worst = max(worst, *shares)
        said = "   ".join(
            f"{who} {first:5.0f} / {largest:5.0f} ms" for who, (first, largest) in medians.items()
        )
        print(f"{page:<6} first / largest paint: {said}   share {shares[0]:.2f} / {shares[1]:.2f}")
    print(f"worst share {worst:.2f} (goal {GOAL:.2f})")
    print(json.dumps({f"{page} {who}": values for (page, who), values in seen.items()}), file=sys.stderr)
    return 0 if worst <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
