"""A public page rendered once per (address, version), kept as bytes with its compressed twins, answered
before Flask.

A WSGI layer: what Flask marks with KEEP is kept; what is kept is answered here, whatever the query (design.md
2). A new version of the published clinics empties the store, so no page of an old version is served after it
was seen.
"""

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import brotli
from flask import Flask

from patient_app.web.hosts import host_is_allowed
from patient_app.web.logs import log_request
from patient_app.web.routing import KEEP

LIMIT_BYTES = 64 * 1024 * 1024  # all twins together; beyond it the oldest go
FAST_BROTLI, BEST_BROTLI = (
    5,
    11,
)  # 11 costs some 30 ms once a page, and takes 2 % more off what a family waits for
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """A page's bytes, each coding made when it is first asked for, its headers, ETag and the rule it came
    from."""

    rule: str
    headers: Headers
    etag: str
    bodies: dict[str, bytes]

    def body(self, coding: str) -> bytes:
        """The bytes in that coding. Two threads may make the same twin at once: both come to the same
        bytes."""
        if coding not in self.bodies:
            self.bodies[coding] = compress(self.bodies["identity"], coding)
        return self.bodies[coding]

    @property
    def size(self) -> int:
        """What the page may come to hold: its bytes and both twins, each at most half of them."""
        return 2 * len(self.bodies["identity"])


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
    """The WSGI layer itself."""

    def __init__(self, app: Flask, inner: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._inner = inner
        self._kept: dict[str, Kept] = {}
        self._size = 0
        self._directory: object = None
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not host_is_allowed(
            environ, self._app.config["SETTINGS"]
        ):
            return self._inner(environ, start_response)
        started = time.monotonic()
        # The directory itself is compared, not its number: a backup put back may carry a number that was seen
        # before.
        directory = self._app.extensions["clinics"].directory
        if directory is not self._directory:
            self._empty(directory)
        kept = self._kept.get(environ["PATH_INFO"])
        if kept is not None:
            status, answer = self._answer(kept, environ, start_response)
            log_request(kept.rule, status, started)
            return answer
        return self._ask(environ, start_response, directory)

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
        is_page = any(
            name.lower() == "content-type" and value.startswith("text/html") for name, value in headers
        )
        staff = environ["PATH_INFO"].startswith("/staff")
        if rule is None and (not is_page or staff):
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
        kept = Kept(rule, headers, etag, {"identity": body})
        self._keep(environ["PATH_INFO"], kept, directory)
        return self._answer(kept, environ, start_response)[1]

    def _answer(
        self, kept: Kept, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> tuple[int, Iterable[bytes]]:
        coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        etag = f'"{kept.etag}-{coding}"'
        if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response(
                "304 NOT MODIFIED", [*(h for h in kept.headers if h[0] != "Content-Type"), ("ETag", etag)]
            )
            return 304, []
        body = kept.body(coding)
        start_response("200 OK", [*_with_coding(kept.headers, coding, body), ("ETag", etag)])
        return 200, [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _keep(self, path: str, kept: Kept, directory: object) -> None:
        with self._lock:
            if directory is not self._directory:
                return
            old = self._kept.pop(path, None)
            self._size += kept.size - (old.size if old else 0)
            self._kept[path] = kept
            while self._size > LIMIT_BYTES:
                self._size -= self._kept.pop(next(iter(self._kept))).size

    def _empty(self, directory: object) -> None:
        with self._lock:
            self._kept, self._size, self._directory = {}, 0, directory


def _with_coding(headers: Headers, coding: str, body: bytes) -> Headers:
    sized = [*headers, ("Content-Length", str(len(body)))]
    return sized if coding == "identity" else [*sized, ("Content-Encoding", coding)]


def _nothing(chunks: Iterable[bytes]) -> list[bytes]:
    if hasattr(chunks, "close"):
        chunks.close()
    return []


def init_app(app: Flask) -> None:
    """Puts the store in front of Flask, as the outermost layer."""
    app.wsgi_app = PageStore(app, app.wsgi_app)  # type: ignore[method-assign]
