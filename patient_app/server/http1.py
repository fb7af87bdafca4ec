"""Pure. HTTP/1.1 as we accept it: strict, small, and nothing that two readers could read in two ways.

RFC 9112. A request that is not plainly right is refused by its status; the connection then ends.
"""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

HEAD_LARGEST = 16 * 1024
TARGET_LONGEST = 4 * 1024
FIELDS_MOST = 64

_REQUEST_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}) ([\x21-\x7e]+) HTTP/(\d)\.(\d)")
_FIELDS = re.compile(r"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*(?:\r\n|\Z))*")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]{0,200})?")
_ABSOLUTE = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE)
_ONCE = ("host", "content-length", "transfer-encoding", "content-type", "authorization", "if-none-match")


class Refused(Exception):
    """A request that gets this status and no more."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


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
    line, _, fields = data[:-4].decode("latin-1").partition("\r\n")
    found = _REQUEST_LINE.fullmatch(line)
    if found is None:
        raise Refused(414 if len(line) > TARGET_LONGEST else 400)
    method, target, major, minor = found.groups()
    if len(target) > TARGET_LONGEST:
        raise Refused(414)
    if major != "1":
        raise Refused(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    headers = _read_fields(fields)
    host = headers.get("host")
    if not target.startswith("/"):
        absolute = _ABSOLUTE.fullmatch(target)
        if absolute is None:
            raise Refused(400)
        host, target = absolute[1], absolute[2] if absolute[2].startswith("/") else f"/{absolute[2]}"
    if host is None and minor != "0":
        raise Refused(400)
    path, _, query = target.partition("?")
    if "#" in target:
        raise Refused(400)
    connection = headers.get("connection", "").lower()
    return Head(
        method=method,
        path=path,
        query=query,
        host=host or "",
        keep_alive="close" not in connection and (minor != "0" or "keep-alive" in connection),
        length=_body_length(headers, minor),
        expects_continue=headers.get("expect", "").lower() == "100-continue",
        headers=headers,
    )


def _read_fields(fields: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    if not fields:
        return headers
    if not _FIELDS.fullmatch(fields):
        raise Refused(400)
    lines = fields.split("\r\n")
    if len(lines) > FIELDS_MOST:
        raise Refused(431)
    for line in lines:
        name, _, value = line.partition(":")
        name, value = name.lower(), value.strip(" \t")
        if name in headers:
            if name in _ONCE:
                raise Refused(400)
            value = f"{headers[name]}{'; ' if name == 'cookie' else ', '}{value}"
        headers[name] = value
    return headers


def _body_length(headers: dict[str, str], minor: str) -> int | None:
    length, coding = headers.get("content-length"), headers.get("transfer-encoding")
    if coding is not None:
        if length is not None or minor == "0":
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

    def __init__(self, length: int | None, largest: int) -> None:
        if length is not None and length > largest:
            raise Refused(413)
        self._left = length
        self._largest = largest
        self._raw = bytearray()
        self._chunk_left = 0
        self._state = "size"
        self.data = bytearray()
        self.whole = length == 0

    def take(self, data: bytes) -> bytes:
        """Takes what belongs to the body, and gives back what does not."""
        if self._left is not None:
            mine, rest = data[: self._left], data[self._left :]
            self.data += mine
            self._left -= len(mine)
            self.whole = self._left == 0
            return rest
        self._raw += data
        while not self.whole and self._step():
            pass
        if self.whole:
            return bytes(self._raw)
        if len(self._raw) > 8 * 1024 and self._state != "data":
            raise Refused(400)
        return b""

    def _step(self) -> bool:
        """One line or one piece of a chunk; False when more bytes are needed."""
        if self._state == "data":
            piece = self._raw[: self._chunk_left]
            del self._raw[: len(piece)]
            self.data += piece
            self._chunk_left -= len(piece)
            if self._chunk_left:
                return False
            self._state = "end"
            return True
        end = self._raw.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._raw[:end])
        del self._raw[: end + 2]
        if self._state == "end":
            if line:
                raise Refused(400)
            self._state = "size"
        elif self._state == "size":
            found = _CHUNK.fullmatch(line)
            if found is None:
                raise Refused(400)
            self._chunk_left = int(found[1], 16)
            if len(self.data) + self._chunk_left > self._largest:
                raise Refused(413)
            self._state = "data" if self._chunk_left else "trailer"
        else:  # trailers are read over, and never looked at
            self.whole = not line
        return True


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
