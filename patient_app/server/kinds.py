"""Pure. Bulkheads: which kind of work a request is, and what each kind may take. What one kind does, no other
kind feels."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of work: how many threads it has, how many requests may wait for one of them, how many answers
    may be on their way to slow readers, and the largest body."""

    name: str
    threads: int
    waiting: int
    leaving: int
    body: int


KiB = 1024
OPERATION = Kind("operation", threads=2, waiting=64, leaving=64, body=0)
PAGE = Kind("page", threads=4, waiting=2_000, leaving=2_000, body=64 * KiB)
TEST = Kind("test", threads=4, waiting=32, leaving=64, body=512 * KiB)
POST = Kind("post", threads=2, waiting=64, leaving=200, body=16 * KiB)
STAFF = Kind("staff", threads=6, waiting=48, leaving=100, body=512 * KiB)
PROVIDER = Kind("provider", threads=2, waiting=8, leaving=50, body=16 * KiB)
KINDS = (OPERATION, PAGE, TEST, POST, STAFF, PROVIDER)

HEADERS_WITHIN = 5.0  # seconds from a request's first byte to the end of its headers
BODY_WITHIN = 10.0  # … and from there to the end of its body
FIRST_BYTE_WITHIN = 15.0  # a connection that says nothing; browsers open some ahead of need
IDLE_WITHIN = 100.0  # between two requests; a visitor who reads keeps the connection
READS_WITHIN = 10.0  # seconds in which a reader must take something of the answer
BODIES_IN_MEMORY = 64 * 1024 * KiB  # all bodies that are coming, together


def kind_of(method: str, path: str) -> Kind:
    """The kind of a request by method and decoded path."""
    if path in ("/healthz", "/readyz", "/metrics"):
        return OPERATION
    if path.startswith("/check/"):
        return TEST
    if path == "/staff" or path.startswith("/staff/"):
        # The log-in page itself may ask the provider where its log-in is.
        return PROVIDER if path.startswith("/staff/log-in/provider") else STAFF
    return PAGE if method in ("GET", "HEAD") else POST
