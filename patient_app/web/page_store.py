"""A public page rendered once per (address, version), kept compressed, answered before Flask.

What Flask or the static files mark with KEEP is kept; what is kept is answered whatever the query
(design.md 2), by this WSGI layer or, without any thread, by our own server. Only the br bytes are kept:
identity and gzip are made from them when asked. A new version of the published clinics empties the store,
so no page of an old version is served after it was seen.
"""

import contextlib
import functools
import gzip
import hashlib
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import brotli
from flask import Flask

from patient_app.web.hosts import host_is_allowed
from patient_app.web.logs import log_request
from patient_app.web.routing import KEEP

LIMIT_BYTES = 160 * 1024 * 1024  # in each process: ten clinics in eight languages; beyond it the oldest go
RENDERED_WITHIN = 2.0  # seconds in which who asks for a page that is being rendered waits for it
OVERHEAD = 700  # what Python's objects take beside the bytes, measured
# What arrives compressed already, or so.
PACKED = ("image/png", "image/webp", "image/jpeg", "audio/", "video/", "font/")
# Measured on our pages: 5 takes 1–5 ms, 11 some 50 ms, and makes the page 9 % smaller. Who asks first gets
# the fast one, and all who come after the best.
FAST_BROTLI, BEST_BROTLI = 5, 11
STATIC = "/static/"
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class HeaderSet:
    """Headers that many pages share word for word, and the same as they go on the wire."""

    headers: Headers
    block: bytes


@dataclass(frozen=True)
class Kept:
    """An answer that is kept: its bytes in one coding ("br", or "identity" for what is packed already), its
    headers, ETag and the rule it came from."""

    rule: str
    shared: HeaderSet
    etag: str
    coding: str
    data: bytes

    def coding_for(self, accepted: str) -> str:
        """The coding to answer in, by an Accept-Encoding header."""
        return "identity" if self.coding == "identity" else best_coding(accepted)

    def body(self, coding: str) -> bytes:
        """The bytes in that coding."""
        if coding == self.coding:
            return self.data
        plain = self.data if self.coding == "identity" else bytes(brotli.decompress(self.data))
        return compress(plain, coding)

    def etag_in(self, coding: str) -> str:
        """The ETag header of that coding."""
        return f'"{self.etag}-{coding}"'

    @property
    def size(self) -> int:
        """What the page takes."""
        return len(self.data) + OVERHEAD


@functools.lru_cache(256)  # browsers send a handful
def best_coding(accepted: str) -> str:
    """br, gzip or identity by an Accept-Encoding header; a coding with q=0 is not taken."""
    offered = set()
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        if parameters.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            offered.add(name.strip())
    return "br" if "br" in offered else "gzip" if "gzip" in offered else "identity"


def compress(body: bytes, coding: str, quality: int = BEST_BROTLI) -> bytes:
    """The body in that coding."""
    if coding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))
    return gzip.compress(body, 6, mtime=0) if coding == "gzip" else body


class PageStore:
    """The store, and the WSGI layer that fills it and answers from it."""

    def __init__(self, app: Flask, inner: Callable[..., Iterable[bytes]]) -> None:
        self.first_quality = FAST_BROTLI
        self.improves = True
        self._waiting: queue.SimpleQueue[tuple[str, Kept]] = queue.SimpleQueue()
        self._improving: threading.Thread | None = None
        self._app = app
        self._inner = inner
        self._kept: dict[str, Kept] = {}
        self._header_sets: dict[tuple[tuple[str, str], ...], HeaderSet] = {}
        self._size = 0
        self._directory: object = None
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Event] = {}

    def find(self, path: str) -> Kept | None:
        """What is kept for that path, of the version that is published now."""
        # The directory itself is compared, not its number: a backup put back may carry a number that was seen
        # before.
        directory = self._app.extensions["clinics"].directory
        if directory is not self._directory:
            self._empty(directory)
        return self._kept.get(path)

    @property
    def pages(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    @property
    def size(self) -> int:
        """Bytes that the kept answers take."""
        return self._size

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not host_is_allowed(
            environ, self._app.config["SETTINGS"]
        ):
            return self._inner(environ, start_response)
        started = time.monotonic()
        path = environ["PATH_INFO"]
        kept = self.find(path)
        if kept is None:
            with self._lock:
                made = self._under_way.get(path)
                if made is None:
                    self._under_way[path] = threading.Event()
            if made is not None:  # a whole morning asks for one page: it is rendered once
                made.wait(RENDERED_WITHIN)
                kept = self.find(path)
            if kept is None:
                try:
                    return self._ask(environ, start_response, self._directory)
                finally:
                    if made is None:
                        with self._lock:
                            self._under_way.pop(path).set()
        status, answer = self._answer(kept, environ, start_response)
        log_request(kept.rule, status, started)
        return answer

    def _ask(
        self, environ: dict[str, Any], start_response: Callable[..., Any], directory: object
    ) -> Iterable[bytes]:
        seen: list[Any] = []

        def remember(status: str, headers: Headers, exc_info: Any = None) -> None:
            seen[:] = [status, headers]

        # The body is always asked for, so that a HEAD fills the store with the page and not with nothing.
        method, environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"], "GET"
        chunks = self._inner(environ, remember)
        environ["REQUEST_METHOD"] = method
        status, headers = seen
        rule = next((value for name, value in headers if name == KEEP), None)
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        staff = environ["PATH_INFO"].startswith("/staff")
        if rule is None and (not kind.startswith("text/html") or staff):
            start_response(status, headers)
            return chunks if method == "GET" else _nothing(chunks)
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        headers = [(name, value) for name, value in headers if name not in (KEEP, "Content-Length")]
        headers.append(("Vary", "Accept-Encoding"))
        if rule is None:
            coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
            data = compress(body, coding, FAST_BROTLI)
            start_response(status, _with_coding(headers, coding, data))
            return [data] if method == "GET" else []
        etag = hashlib.sha256(body).hexdigest()[:20]
        coding = "identity" if kind.startswith(PACKED) else "br"
        kept = Kept(rule, self._shared(headers), etag, coding, compress(body, coding, self.first_quality))
        self._keep(environ["PATH_INFO"], kept, directory)
        if coding == "br" and self.improves:
            self._improve_later(environ["PATH_INFO"], kept)
        return self._answer(kept, environ, start_response)[1]

    def _answer(
        self, kept: Kept, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> tuple[int, Iterable[bytes]]:
        coding = kept.coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        etag = kept.etag_in(coding)
        headers = kept.shared.headers
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response(
                "304 NOT MODIFIED", [*(h for h in headers if h[0] != "Content-Type"), ("ETag", etag)]
            )
            return 304, []
        body = kept.body(coding)
        start_response("200 OK", [*_with_coding(headers, coding, body), ("ETag", etag)])
        return 200, [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _shared(self, headers: Headers) -> HeaderSet:
        key = tuple(headers)
        found = self._header_sets.get(key)
        if found is None:
            block = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("latin-1")
            found = self._header_sets[key] = HeaderSet(headers, block)
        return found

    def _keep(self, path: str, kept: Kept, directory: object) -> None:
        with self._lock:
            if directory is not self._directory:
                return
            old = self._kept.pop(path, None)
            self._size += kept.size - (old.size if old else 0)
            self._kept[path] = kept
            while self._size > LIMIT_BYTES:
                self._size -= self._kept.pop(next(iter(self._kept))).size

    def _improve_later(self, path: str, kept: Kept) -> None:
        self._waiting.put((path, kept))
        with self._lock:
            if self._improving is None:  # not in __init__: a process that forks after it would have none
                self._improving = threading.Thread(target=self._improve, name="page-store", daemon=True)
                self._improving.start()

    def _improve(self) -> None:
        """Compresses what was kept as well as can be, page after page, when nothing else is to do."""
        with contextlib.suppress(OSError):  # Linux has a priority for each thread; others know none
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        while True:
            path, kept = self._waiting.get()
            if self._kept.get(path) is not kept:
                continue  # the clinics changed meanwhile
            better = replace(kept, data=compress(kept.body("identity"), "br"))
            with self._lock:
                if self._kept.get(path) is kept:
                    self._kept[path] = better
                    self._size += better.size - kept.size

    def _empty(self, directory: object) -> None:
        """Only the static files stay: their address says what they hold."""
        with self._lock:
            self._kept = {path: kept for path, kept in self._kept.items() if path.startswith(STATIC)}
            self._size = sum(kept.size for kept in self._kept.values())
            self._directory = directory


def _with_coding(headers: Headers, coding: str, body: bytes) -> Headers:
    sized = [*headers, ("Content-Length", str(len(body)))]
    return sized if coding == "identity" else [*sized, ("Content-Encoding", coding)]


def _nothing(chunks: Iterable[bytes]) -> list[bytes]:
    if hasattr(chunks, "close"):
        chunks.close()
    return []


def init_app(app: Flask) -> None:
    """Puts the store in front of Flask, as the outermost layer."""
    store = PageStore(app, app.wsgi_app)
    app.extensions["page-store"] = store
    app.wsgi_app = store  # type: ignore[method-assign]
