"""The app is plain WSGI: a strict server from the standard library serves it, so gunicorn or waitress can
too."""

import threading
import urllib.request
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import brotli
import pytest


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Nothing: the app has its own log."""


@pytest.fixture
def served(new_app):
    """An app served on a free port by wsgiref, every call checked against PEP 3333; gives its address."""
    app = new_app()
    server = make_server("127.0.0.1", 0, validator(app), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", app
    server.shutdown()
    thread.join()
    server.server_close()


def answer(address: str, method: str = "GET", body: bytes | None = None, **headers):
    request = urllib.request.Request(
        address,
        method=method,
        data=body,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    opener = urllib.request.build_opener(Unredirected)
    try:
        with opener.open(request, timeout=20) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


class Unredirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        """Nothing: a redirect is an answer here."""


def test_a_strict_wsgi_server_can_serve_every_kind_of_answer(served):
    address, app = served
    asset = app.jinja_env.globals["asset"]("js/site.js")
    visits = [
        ("/", 303),
        ("/sv/", 200),
        ("/sv/", 200),
        ("/sv/m/D3M0/day", 200),
        ("/sv/check/camera", 200),
        ("/check/ping", 200),
        ("/check/down/32", 200),
        ("/sv/guide?age=12", 200),
        ("/sv/nowhere", 404),
        ("/healthz", 200),
        (asset, 200),
        ("/sv", 308),
    ]
    for path, status in visits:
        got, headers, body = answer(address + path)
        assert got == status, path
        assert "Content-Security-Policy" in headers, path
        if "Content-Length" in headers:
            assert int(headers["Content-Length"]) == len(body), path


def test_compressed_pages_heads_and_conditional_requests_pass_through_it(served):
    address, _ = served
    plain = answer(f"{address}/sv/day")[2]
    _, headers, body = answer(f"{address}/sv/day", Accept_Encoding="br")
    assert brotli.decompress(body) == plain
    assert answer(f"{address}/sv/day", "HEAD")[2] == b""
    assert answer(f"{address}/sv/day", Accept_Encoding="br", If_None_Match=headers["ETag"])[0] == 304


def test_a_body_that_is_sent_is_read_or_refused(served):
    address, _ = served
    assert (
        answer(f"{address}/check/up", "POST", b"x" * 32 * 1024, Content_Type="application/octet-stream")[0]
        == 200
    )
    assert answer(f"{address}/check/up", "POST", b"x" * 10, Content_Type="application/octet-stream")[0] == 413
    assert (
        answer(f"{address}/sv/", "POST", b"x=1", Content_Type="application/x-www-form-urlencoded")[0] == 405
    )
