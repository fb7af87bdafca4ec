"""Pure. HTTP/1.1 as we accept it: strict, small, and nothing that two readers could read in two ways.

llhttp (by httptools) reads lines, headers and chunks; what it leaves open stands here: limits, what may stand
there once, which target, which version, which body (RFC 9112). A request that is not plainly right is refused
by its status; the connection then ends.
"""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

import httptools

HEAD_LARGEST = 16 * 1024
TARGET_LONGEST = 4 * 1024
FIELDS_MOST = 64
CHUNKS_OVERHEAD = 64 * 1024  # bytes that sizes, extensions and trailers may take beside the body

_VERSIONS = (b"HTTP/1.1", b"HTTP/1.0")
_ANY_VERSION = re.compile(rb"HTTP/\d\.\d")
_ABSOLUTE = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE)
_ONCE = ("host", "content-length", "transfer-encoding", "content-type", "authorization", "if-none-match")


class Refused(Exception):
    """A request that gets this status and no more."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Reader:
    """What the parser finds: headers by small name, and the pieces of a body in chunks."""

    __slots__ = ("complete", "data", "fields", "headers", "largest", "parser", "refused", "target", "whole")

    def __init__(self) -> None:
        self.target = b""
        self.headers: dict[str, str] = {}
        self.data = bytearray()
        self.complete = self.whole = False
        self.fields = self.largest = self.refused = 0
        self.parser = httptools.HttpRequestParser(self)

    def feed(self, data: bytes) -> None:
        """Raises Refused for what is no HTTP, or breaks a limit."""
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:  # nobody is upgraded: it is an ordinary request
            return
        except httptools.HttpParserInvalidMethodError:
            raise Refused(HTTPStatus.NOT_IMPLEMENTED) from None
        except httptools.HttpParserError:
            if not self.whole:  # what comes after a body in chunks is not looked at
                raise Refused(self.refused or 400) from None

    def on_message_begin(self) -> None:
        """A second message is never begun."""
        if self.complete:
            raise Refused(400)

    def on_url(self, url: bytes) -> None:
        """A piece of the target."""
        self.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """One line of the head. Trailers are read over, and never looked at."""
        if self.complete:
            return
        self.fields += 1
        if self.fields > FIELDS_MOST:
            raise self._refuse(431)
        key, text = name.decode("latin-1").lower(), value.decode("latin-1").strip(" \t")
        if key in self.headers:
            if key in _ONCE:
                raise self._refuse(400)
            text = f"{self.headers[key]}{'; ' if key == 'cookie' else ', '}{text}"
        self.headers[key] = text

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self.complete = True

    def on_body(self, data: bytes) -> None:
        """A piece of the body."""
        self.data += data
        if len(self.data) > self.largest:
            raise self._refuse(413)

    def on_message_complete(self) -> None:
        """The body is whole."""
        self.whole = True

    def _refuse(self, status: int) -> Refused:
        self.refused = status
        return Refused(status)


@dataclass(slots=True)  # not frozen: that would cost a tenth of a kept page's time
class Head:
    """A request's line and headers; names in small letters. `length` is None for a body in chunks."""

    method: str
    path: str
    query: str
    host: str
    keep_alive: bool
    length: int | None
    expects_continue: bool
    headers: dict[str, str] = field(default_factory=dict)
    reader: _Reader | None = None  # of a body in chunks

    @property
    def has_body(self) -> bool:
        """True when bytes follow the head."""
        return self.length is None or self.length > 0

    @property
    def decoded_path(self) -> str:
        """The path with %XX undone, a byte a character, as WSGI wants it."""
        return unquote_to_bytes(self.path).decode("latin-1") if "%" in self.path else self.path


def end_of_head(data: bytes | bytearray) -> int:
    """Where the head ends (behind its empty line), 0 when it has not come whole. Raises Refused when it never
    can."""
    end = data.find(b"\r\n\r\n")
    if end >= 0 and end <= HEAD_LARGEST:
        return end + 4
    if len(data) > HEAD_LARGEST:
        first = data.find(b"\r\n")
        raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG if not 0 <= first <= TARGET_LONGEST else 431)
    if b"\n\n" in data:
        raise Refused(400)
    return 0


def read_head(data: bytes) -> Head:
    """The head in `data`, which ends with its empty line. Raises Refused."""
    line = data[: data.find(b"\r\n")]
    if len(line) > TARGET_LONGEST:
        raise Refused(414)
    if line[-8:] not in _VERSIONS or line.count(b" ") != 2:
        known = _ANY_VERSION.fullmatch(line[-8:])
        raise Refused(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED if known and line[-8:] not in _VERSIONS else 400)
    reader = _Reader()
    reader.feed(data)
    if not reader.complete:
        raise Refused(400)
    headers, old = reader.headers, line.endswith(b"0")
    host, target = headers.get("host"), reader.target.decode("latin-1")
    if not target.startswith("/"):
        absolute = _ABSOLUTE.fullmatch(target)
        if absolute is None:
            raise Refused(400)
        host, target = absolute[1], absolute[2] if absolute[2].startswith("/") else f"/{absolute[2]}"
    if (host is None and not old) or "#" in target:
        raise Refused(400)
    path, _, query = target.partition("?")
    connection = headers.get("connection", "").lower()
    length = _body_length(headers, old)
    return Head(
        method=reader.parser.get_method().decode("latin-1"),
        path=path,
        query=query,
        host=host or "",
        # After a body in chunks the connection ends: then nobody can read its end in two ways.
        keep_alive=length is not None
        and "close" not in connection
        and (not old or "keep-alive" in connection),
        length=length,
        expects_continue=headers.get("expect", "").lower() == "100-continue",
        headers=headers,
        reader=reader if length is None else None,
    )


def _body_length(headers: dict[str, str], old: bool) -> int | None:
    length, coding = headers.get("content-length"), headers.get("transfer-encoding")
    if coding is not None:
        if length is not None or old:
            raise Refused(400)
        if coding.lower() != "chunked":
            raise Refused(HTTPStatus.NOT_IMPLEMENTED)
        return None
    if length is None:
        return 0
    if not length.isascii() or not length.isdigit() or len(length) > 15:
        raise Refused(400)
    return int(length)


class Body:
    """Takes a body's bytes as they come: a known length, or chunks. Raises Refused when it is malformed or
    longer than `largest`."""

    def __init__(self, head: Head, largest: int) -> None:
        if head.length is not None and head.length > largest:
            raise Refused(413)
        self._left = head.length
        self._reader = head.reader
        self._room = largest + CHUNKS_OVERHEAD
        self.data = bytearray()
        self.whole = head.length == 0
        if head.reader is not None:
            head.reader.largest = largest
            self.data = head.reader.data

    def take(self, data: bytes) -> bytes:
        """Takes what belongs to the body, and gives back what does not: nothing, after chunks."""
        if self._reader is None:
            left = self._left or 0
            mine, rest = data[:left], data[left:]
            self.data += mine
            self._left = left - len(mine)
            self.whole = self._left == 0
            return rest
        self._room -= len(data)
        if self._room < 0:
            raise Refused(413)
        self._reader.feed(data)
        self.whole = self._reader.whole
        return b""


def reason(status: int) -> str:
    """The words behind a status number."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def answer_head(status: str, headers: list[tuple[str, str]], close: bool, date: str) -> bytes:
    """A status line and headers as they go on the wire. A header that could break the line is left out."""
    lines = [f"HTTP/1.1 {status}", f"Date: {date}"]
    lines += [f"{name}: {value}" for name, value in headers if "\n" not in value and "\r" not in value]
    if close:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
