"""HTTP/1.1 as the edge reads it: what is plainly right, and nothing that two readers read in two ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patient_app.server.http1 import Body, Head, Refused, answer_head, end_of_head, read_head

PLAIN = "GET /sv/?a=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"


def head(text: str) -> Head:
    return read_head(text.encode("latin-1"))


def test_a_request_is_read():
    found = head("GET /sv/m/D3M0/?a=%20b HTTP/1.1\r\nHost: localhost:8000\r\nAccept-Encoding:  br \r\n\r\n")
    assert (found.method, found.path, found.query, found.host) == (
        "GET",
        "/sv/m/D3M0/",
        "a=%20b",
        "localhost:8000",
    )
    assert found.headers["accept-encoding"] == "br" and found.keep_alive and not found.has_body


@pytest.mark.parametrize(
    "request_text, status",
    [
        ("GET /\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400),  # no Host
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("GET / HTTP/9.1\r\nHost: a\r\n\r\n", 505),
        ("GET / http/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET sv HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET /å HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ("FOO / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\nY: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n: nameless\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ²\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999999999\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 400),
        (f"GET /{'a' * 5000} HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n" * 65 + "\r\n", 431),
    ],
)
def test_what_is_not_plainly_right_is_refused(request_text, status):
    with pytest.raises(Refused) as refused:
        head(request_text)
    assert refused.value.status == status


@pytest.mark.parametrize(
    "line, headers, keeps",
    [
        ("HTTP/1.1", "", True),
        ("HTTP/1.1", "Connection: close\r\n", False),
        ("HTTP/1.1", "Connection: Keep-Alive, Close\r\n", False),
        ("HTTP/1.0", "", False),
        ("HTTP/1.0", "Connection: keep-alive\r\n", True),
    ],
)
def test_who_keeps_the_connection(line, headers, keeps):
    assert head(f"GET / {line}\r\nHost: a\r\n{headers}\r\n").keep_alive is keeps


def test_a_whole_address_gives_its_own_host():
    found = head("GET http://localhost:1/sv/?a HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    assert (found.host, found.path, found.query) == ("localhost:1", "/sv/", "a")
    assert head("GET http://localhost HTTP/1.1\r\nHost: a\r\n\r\n").path == "/"


def test_the_end_of_a_head_is_found_or_refused():
    assert end_of_head(PLAIN.encode() + b"rest") == len(PLAIN)
    assert end_of_head(PLAIN.encode()[:-1]) == 0
    for data, status in (
        (b"GET /" + b"a" * 17_000, 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 17_000, 431),
        (b"GET / HTTP/1.1\nHost: a\n\n", 400),
    ):
        with pytest.raises(Refused) as refused:
            end_of_head(data)
        assert refused.value.status == status


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        end = end_of_head(data)
        if end:
            read_head(data[:end])
        in_chunks().take(data)
    except Refused as refused:
        assert 400 <= refused.status < 600


def in_chunks(largest: int = 100) -> Body:
    return Body(head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"), largest)


CHUNKED = b"4;a=b\r\nWiki\r\nA\r\npedia in c\r\n0\r\nTrailer: x\r\n\r\n"


@pytest.mark.parametrize("step", [1, 2, 3, 7, 100])
def test_a_body_in_chunks_is_read_whatever_its_pieces_and_nothing_behind_it(step):
    body = in_chunks()
    sent = CHUNKED + b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    for start in range(0, len(sent), step):
        if not body.whole:
            assert body.take(sent[start : start + step]) == b""
    assert bytes(body.data) == b"Wikipedia in c" and body.whole


def test_after_a_body_in_chunks_the_connection_ends():
    assert not head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").keep_alive


@pytest.mark.parametrize(
    "data, status",
    [
        (b"x\r\n", 400),
        (b"-1\r\n", 400),
        (b"+1\r\n", 400),
        (b"0x1\r\n", 400),
        (b" 1\r\n", 400),
        (b"1 \r\na\r\n", 400),
        (b"\r\n", 400),
        (b"1\r\nab\r\n", 400),
        (b"1\na\n0\n\n", 400),
        (b"1;a\nb\r\na\r\n", 400),
        (b"f" * 17 + b"\r\n", 400),
        (b"ff\r\n" + b"a" * 101, 413),
        (b"1;" + b"a" * 70_000, 413),
        (b"1\r\na\r\n" * 15_000, 413),
        (b"0\r\n" + b"a: b\r\n" * 15_000, 413),
    ],
)
def test_a_broken_or_long_chunk_is_refused(data, status):
    with pytest.raises(Refused) as refused:
        in_chunks().take(data)
    assert refused.value.status == status


def test_a_body_of_known_length_ends_where_it_said():
    five = head("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
    body = Body(five, 100)
    assert body.take(b"abc") == b"" and not body.whole
    assert body.take(b"defg") == b"fg" and body.whole and bytes(body.data) == b"abcde"
    with pytest.raises(Refused) as refused:
        Body(five, 4)
    assert refused.value.status == 413


def test_a_header_that_would_break_the_line_never_leaves():
    made = answer_head("200 OK", [("A", "b"), ("C", "d\r\nSet-Cookie: x")], True, "now")
    assert made == b"HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nConnection: close\r\n\r\n"
