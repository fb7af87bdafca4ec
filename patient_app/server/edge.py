"""The edge: takes connections, reads whole requests within limits, and answers what is kept by itself. A
thread is asked only for a request that has come whole, and each kind of work has its own (kinds.py).

One event loop does all of it, so that a connection costs some memory and nothing else. Kept pages, static
files and /healthz are answered here, whatever the threads, the database or the log are doing.
"""

import asyncio
import io
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from typing import Any

from flask import Flask

from patient_app.server import http1, kinds
from patient_app.server.http1 import Body, Head, Refused
from patient_app.server.kinds import Kind
from patient_app.server.slots import Counts, Slots
from patient_app.web import errors, hosts, logs
from patient_app.web.metrics import Measure, one
from patient_app.web.page_store import Kept, PageStore

LINGER = 2.0  # seconds in which one who was refused while sending may still read why
SWEEP = 0.5
OWN_REFUSALS = (400, 408, 413, 414, 431, 500, 501, 503, 505)
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "date", "server")
NOTHING_FOLLOWS = ("204", "304")

Answer = tuple[str, list[tuple[str, str]], bytes]


class Edge:
    """What the connections of one process share."""

    def __init__(self, app: Flask, most: int, https: bool = False, slots: Slots | None = None) -> None:
        self.app = app
        self._slots = slots
        self.most = most
        self.scheme = "https" if https else "http"
        self.settings = app.config["SETTINGS"]
        self.store: PageStore = app.extensions["page-store"]
        self.connections: set[Connection] = set()
        self.waiting: dict[Connection, None] = {}  # those whom we wait for, the longest first
        self.bodies = 0  # bytes of bodies that are coming
        self.counts: Counts = slots.counts if slots is not None else Counter()
        self.quotas = {kind.name: Quota(kind) for kind in kinds.KINDS}
        self.refusals = {status: errors.plain_answer(app, status) for status in OWN_REFUSALS}
        self.alive = call(app.wsgi_app, self.environ(_HEALTH, b"", ""))
        self.stopping = False
        self.date = ""
        self._hosts: dict[str, bool] = {}
        app.extensions["measures"].append(self.measures)
        self.tick()

    def measures(self) -> list[Measure]:
        """For /metrics: what all workers have answered, and what this one holds."""
        counts = self._slots.total() if self._slots is not None else self.counts
        refused: dict[tuple[tuple[str, str], ...], float] = {
            (("kind", name),): quota.refused for name, quota in self.quotas.items()
        }
        return [
            Measure(
                "requests",
                "counter",
                "Requests answered, by kind of work and status.",
                {
                    (("kind", kind), ("status", str(status))): count
                    for (kind, status), count in counts.items()
                },
            ),
            Measure("refused", "counter", "Requests for whom no thread and no place was left.", refused),
            one("connections", "Open connections of this worker.", len(self.connections)),
            one("body_bytes", "Bytes of requests that are still coming.", self.bodies),
        ]

    def tick(self) -> None:
        """Now and then: the time of day, and whoever has had his time."""
        self.date = formatdate(usegmt=True)
        if self._slots is not None:
            self._slots.write()
        now = time.monotonic()
        for connection in [c for c in self.connections if c.deadline < now]:
            try:
                connection.expire(now)
            except Exception as error:  # one connection's trouble is nobody else's
                logs.LOGGER.error("server", exc_info=error, extra={"event": "a connection ended badly"})
                connection.transport.abort()

    def may_ask(self, host: str) -> bool:
        """As hosts.host_is_allowed, remembered for the hosts that are asked for."""
        known = self._hosts.get(host)
        if known is None:
            known = hosts.host_is_allowed({"HTTP_HOST": host}, self.settings)
            if len(self._hosts) < 64:
                self._hosts[host] = known
        return known

    def make_room(self) -> None:
        """Too many connections: the one we have waited for longest goes."""
        if len(self.connections) > self.most and self.waiting:
            next(iter(self.waiting)).transport.abort()

    def count(self, kind: str, status: int) -> None:
        """For /metrics: requests by kind and status."""
        self.counts[kind, status] += 1

    def environ(self, head: Head, body: bytes, address: str) -> dict[str, Any]:
        """What WSGI wants to know of a request."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": head.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": head.decoded_path,
            "QUERY_STRING": head.query,
            "SERVER_NAME": self.settings.host,
            "SERVER_PORT": str(self.settings.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": address,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": _Unheard(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for name, value in head.headers.items():
            # With an underscore it could pass itself off as another header, a forwarded one for example.
            if "_" not in name and name not in ("transfer-encoding", "expect", "connection"):
                environ["HTTP_" + name.upper().replace("-", "_")] = value
        environ["HTTP_HOST"] = head.host
        kind = environ.pop("HTTP_CONTENT_TYPE", None)
        environ.pop("HTTP_CONTENT_LENGTH", None)
        if kind is not None:
            environ["CONTENT_TYPE"] = kind
        if head.has_body or head.method not in ("GET", "HEAD"):
            environ["CONTENT_LENGTH"] = str(len(body))
        return environ


_HEALTH = Head("GET", "/healthz", "", "localhost", True, 0, False)


class Quota:
    """The threads of one kind of work, and how many may wait for them."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.under_way = 0
        self.leaving = 0
        self.refused = 0
        self._threads = ThreadPoolExecutor(kind.threads, f"{kind.name}")

    def begin(self, work: Callable[..., Answer], *arguments: Any) -> "asyncio.Future[Answer] | None":
        """The answer to come, or None when too many wait or are still being sent theirs."""
        kind = self.kind
        if self.under_way >= kind.threads + kind.waiting or self.leaving >= kind.leaving:
            self.refused += 1
            return None
        self.under_way += 1
        future = asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        future.add_done_callback(self._end)
        return future

    def _end(self, future: "asyncio.Future[Answer]") -> None:
        self.under_way -= 1


class Connection(asyncio.Protocol):
    """One connection: waits for a head, for a body, for its answer, and for the next head. `deadline` is when
    its patience ends."""

    __slots__ = (
        "_body",
        "_buffer",
        "_counted",
        "_edge",
        "_going",
        "_half_closed",
        "_head",
        "_kind",
        "_left_before",
        "_paused",
        "_started",
        "deadline",
        "state",
        "transport",
    )

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._buffer = bytearray()
        self._head: Head | None = None
        self._body: Body | None = None
        self._kind: Kind | None = None  # whose quota this request is under; None for what is kept
        self._going = False
        self._counted = 0  # bytes of this body among edge.bodies
        self._paused = False
        self._half_closed = False
        self._left_before = 0
        self._started = 0.0
        self.state = "head"
        self.deadline = 0.0
        self.transport: asyncio.Transport = None  # type: ignore[assignment]

    @property
    def is_owed_an_answer(self) -> bool:
        """True when a whole request has come and its answer has not left."""
        return self.state in ("work", "leaving", "linger")

    # What the event loop tells us

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self.transport.set_write_buffer_limits(high=48 * 1024)
        self._edge.connections.add(self)
        self._wait_for_head(kinds.FIRST_BYTE_WITHIN)
        self._edge.make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._edge.connections.discard(self)
        self._edge.waiting.pop(self, None)
        self._forget_body()
        self._left()
        self.state = "gone"

    def eof_received(self) -> bool:
        self._half_closed = True
        return self.state in ("work", "leaving")  # whoever sent it all may still wait for the answer

    def data_received(self, data: bytes) -> None:
        if self.state == "linger":
            return
        self._buffer += data
        if self.state in ("work", "leaving"):
            if len(self._buffer) > http1.HEAD_LARGEST:
                self.transport.pause_reading()
            return
        self._go_on()

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        if self.state == "leaving":
            self._left()
            self._next()

    def expire(self, now: float) -> None:
        """Its time is over."""
        if self.state in ("leaving", "linger"):
            left = self.transport.get_write_buffer_size()
            if left < self._left_before:  # a poor line, not a dead one
                self._left_before, self.deadline = left, now + kinds.READS_WITHIN
                return
        if self.state == "body" or (self.state == "head" and self._buffer):
            self._refuse(408)
        else:
            self.transport.abort()

    # One request after another

    def _go_on(self) -> None:
        self._going = True
        try:
            while self._buffer and self.state in ("head", "body"):
                if self.state == "body":
                    self._take_body()
                    continue
                end = http1.end_of_head(self._buffer)
                if not end:
                    if self._started == 0.0:
                        self._started = time.monotonic()
                        self.deadline = self._started + kinds.HEADERS_WITHIN
                    return
                raw = bytes(self._buffer[:end])
                del self._buffer[:end]
                self._started = time.monotonic()
                self._begin(http1.read_head(raw))
        except Refused as refused:
            self._refuse(refused.status)
        finally:
            self._going = False

    def _begin(self, head: Head) -> None:
        edge = self._edge
        edge.waiting.pop(self, None)
        self._head, self._kind = head, None
        path = head.decoded_path
        if head.method in ("GET", "HEAD") and not head.has_body:
            if path == "/healthz":
                self._answer(edge.alive)
                return
            kept = edge.store.find(path)
            if kept is not None and edge.may_ask(head.host) and self._answer_kept(kept, head):
                return
        self._kind = kinds.kind_of(head.method, path)
        if not head.has_body:
            self._work(b"")
            return
        self._body = Body(head, self._kind.body)
        self.state = "body"
        self.deadline = self._started + kinds.BODY_WITHIN
        edge.waiting[self] = None
        if head.expects_continue and not self._buffer:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _take_body(self) -> None:
        body = self._body
        assert body is not None
        rest = body.take(bytes(self._buffer))
        self._buffer[:] = rest
        edge = self._edge
        edge.bodies += len(body.data) - self._counted
        self._counted = len(body.data)
        if body.whole:
            edge.waiting.pop(self, None)
            data = bytes(body.data)
            self._forget_body()
            self._work(data)
        elif edge.bodies > kinds.BODIES_IN_MEMORY:
            raise Refused(503)

    def _forget_body(self) -> None:
        self._edge.bodies -= self._counted
        self._counted, self._body = 0, None

    def _work(self, body: bytes) -> None:
        head, kind, edge = self._head, self._kind, self._edge
        assert head is not None and kind is not None
        self.state, self.deadline = "work", float("inf")
        peer = self.transport.get_extra_info("peername")
        environ = edge.environ(head, body, peer[0] if isinstance(peer, tuple) else "")
        future = edge.quotas[kind.name].begin(call, edge.app.wsgi_app, environ)
        if future is None:
            self._answer(edge.refusals[503])
        else:
            future.add_done_callback(self._done)

    def _done(self, future: "asyncio.Future[Answer]") -> None:
        if self.state == "gone":
            return
        if future.cancelled() or future.exception() is not None:
            logs.LOGGER.error("unhandled", extra={"event": type(future.exception()).__name__})
            self._answer(self._edge.refusals[500])
        else:
            self._answer(future.result())

    # Answers

    def _answer_kept(self, kept: Kept, head: Head) -> bool:
        """Answers at once with what is kept; False when that needs work (gzip)."""
        coding = kept.coding_for(head.headers.get("accept-encoding", ""))
        if coding == "gzip":
            return False
        etag = kept.etag_in(coding)
        edge = self._edge
        if etag in head.headers.get("if-none-match", ""):
            headers = [(n, v) for n, v in kept.shared.headers if n != "Content-Type"]
            logs.write_request(kept.rule, 304, self._started)
            self._answer(("304 Not Modified", [*headers, ("ETag", etag)], b""))
            return True
        body = kept.body(coding)
        encoded = "" if coding == "identity" else f"Content-Encoding: {coding}\r\n"
        end = "" if self._keeps(head) else "Connection: close\r\n"
        tail = (
            f"{encoded}Content-Length: {len(body)}\r\nETag: {etag}\r\nDate: {edge.date}\r\n{end}\r\n".encode()
        )
        parts = (b"HTTP/1.1 200 OK\r\n", kept.shared.block, tail, body if head.method == "GET" else b"")
        edge.count("kept", 200)
        logs.write_request(kept.rule, 200, self._started)
        self._send(b"".join(parts), not end)
        return True

    def _answer(self, answer: Answer) -> None:
        status, headers, body = answer
        head, edge = self._head, self._edge
        keeps = head is not None and self._keeps(head)
        headers = [(name, value) for name, value in headers if name.lower() not in HOP_BY_HOP]
        if not status.startswith(NOTHING_FOLLOWS) and not any(
            n.lower() == "content-length" for n, _ in headers
        ):
            headers.append(("Content-Length", str(len(body))))
        data = http1.answer_head(status, headers, not keeps, edge.date)
        if head is None or head.method != "HEAD":
            data += body
        edge.count(self._kind.name if self._kind else "kept", int(status[:3]))
        self._send(data, keeps)

    def _refuse(self, status: int) -> None:
        """Our own refusal; nothing that comes after it on this connection is looked at."""
        self._forget_body()
        self._edge.waiting.pop(self, None)
        _, headers, body = self._edge.refusals.get(status, self._edge.refusals[400])
        data = http1.answer_head(f"{status} {http1.reason(status)}", headers, True, self._edge.date)
        self._edge.count("refused", status)
        self._buffer.clear()
        if self._head is None or self._head.method != "HEAD":
            data += body
        self.transport.write(data)
        self._left_before = self.transport.get_write_buffer_size()
        self.state, self.deadline = "linger", time.monotonic() + LINGER
        try:
            self.transport.write_eof()
        except (NotImplementedError, OSError):  # TLS has no such thing; or it is gone already
            self.transport.close()

    def _keeps(self, head: Head) -> bool:
        return head.keep_alive and not self._half_closed and not self._edge.stopping

    def _send(self, data: bytes, keeps: bool) -> None:
        self.transport.write(data)
        if keeps and not self._paused:
            self._next()
            return
        self._left_before = self.transport.get_write_buffer_size()
        self.deadline = time.monotonic() + kinds.READS_WITHIN
        self.state = "leaving" if keeps else "linger"
        if not keeps:
            self.transport.close()
        elif self._kind is not None:
            self._edge.quotas[self._kind.name].leaving += 1

    def _left(self) -> None:
        """A reader who kept us waiting has it all, or is gone."""
        if self.state == "leaving" and self._kind is not None:
            self._edge.quotas[self._kind.name].leaving -= 1

    def _next(self) -> None:
        """The answer is sent: the next request may come, and may be here already."""
        self._wait_for_head(kinds.IDLE_WITHIN)
        self.transport.resume_reading()
        if self._buffer and not self._going:
            self._go_on()

    def _wait_for_head(self, within: float) -> None:
        self.state, self._head, self._started = "head", None, 0.0
        self.deadline = time.monotonic() + within
        self._edge.waiting[self] = None


class _Unheard(io.TextIOBase):
    """What a WSGI program says to `wsgi.errors`: it could quote an address, and so goes nowhere."""

    def write(self, text: str) -> int:
        return len(text)


def call(app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """Asks a WSGI app, and gives its whole answer."""
    said: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        said[:] = [status, headers]
        return lambda data: None

    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return said[0], list(said[1]), body
