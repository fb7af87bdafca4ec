"""Which hosts we answer as, and whose word about the client is believed."""

import pytest
from werkzeug.test import Client

from patient_app.settings import Settings
from patient_app.web.hosts import SILENT_PROXY, UNNAMED_PROXY, TrustedProxy, host_is_allowed
from patient_app.web.logs import LOGGER


@pytest.mark.parametrize(
    "host, allowed",
    [
        ("redo.example.se", True),
        ("redo.example.se:443", True),
        ("REDO.Example.se", True),
        ("redo.example.se.", True),
        ("[::1]", True),
        ("[::1]:8000", True),
        ("10.0.0.1:80", True),
        ("", False),
        ("example.se", False),
        ("evil.example", False),
        ("redo.example.se.evil.example", False),
        ("evilredo.example.se", False),
        ("redo.example.se@evil.example", False),
        ("evil.example/redo.example.se", False),
        ("[::2]:8000", False),
        ("::1", False),
        ("redo.example.se:443:evil.example", False),
        ("10.0.0.10", False),
    ],
)
def test_only_our_own_hosts_are_answered(host, allowed):
    settings = Settings.from_values(allowed_hosts="redo.example.se,[::1],10.0.0.1")
    assert host_is_allowed({"HTTP_HOST": host, "PATH_INFO": "/sv/"}, settings) is allowed


def test_health_answers_on_any_host_and_nothing_else_does(app):
    client = Client(app)
    for path, status in (
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 200),
        ("/", 421),
        ("/sv/", 421),
        ("/robots.txt", 421),
        ("/healthz/", 421),
        ("/check/ping", 421),
    ):
        assert client.get(path, headers={"Host": "10.11.12.13:8000"}).status_code == status, path


def test_a_static_file_is_given_on_our_own_hosts_only(app):
    client = Client(app)
    address = app.jinja_env.globals["asset"]("js/site.js")
    assert client.get(address, buffered=True).status_code == 200
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "<script>", "a b", "[", "[::1", "x" * 5000, "localhost\x00", "åäö"],
)
def test_no_host_whatever_makes_the_server_fail(app, host):
    response = Client(app).get("/sv/", environ_overrides={"HTTP_HOST": host.encode().decode("latin-1")})
    assert response.status_code == 421
    assert b"evil" not in response.data and b"<script>" not in response.data


def seen_through(environ: dict, trusted: str) -> dict:
    """What the app behind the proxy layer sees."""
    seen = {}
    TrustedProxy(lambda inner, start: seen.update(inner) or [], Settings.from_values(trusted_proxy=trusted))(
        dict(environ), lambda *_: None
    )
    return seen


FORWARDED = {
    "REMOTE_ADDR": "10.0.0.5",
    "wsgi.url_scheme": "http",
    "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PREFIX": "/evil",
    "HTTP_X_FORWARDED_PORT": "1",
    "HTTP_FORWARDED": "host=evil.example",
}


@pytest.mark.parametrize("trusted", ["10.0.0.5", "10.0.0.0/8", "192.168.0.1 10.0.0.5"])
def test_our_proxy_is_believed_about_client_and_scheme_and_nothing_else(trusted):
    seen = seen_through(FORWARDED, trusted)
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("203.0.113.9", "https")
    assert [name for name in seen if "FORWARDED" in name] == []


def test_an_ipv6_proxy_is_believed_too():
    assert seen_through({**FORWARDED, "REMOTE_ADDR": "fd00::5"}, "fd00::/8")["REMOTE_ADDR"] == "203.0.113.9"


@pytest.mark.parametrize("trusted", ["", "10.0.0.6", "192.168.0.0/16", "fd00::/8"])
def test_nobody_else_is_believed(trusted):
    seen = seen_through(FORWARDED, trusted)
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("10.0.0.5", "http")
    assert [name for name in seen if "FORWARDED" in name] == []


@pytest.mark.parametrize("address", ["", "unix:", "not an address", "10.0.0.5:1234"])
def test_a_peer_without_an_address_is_not_believed(address):
    assert seen_through({**FORWARDED, "REMOTE_ADDR": address}, "10.0.0.0/8")["REMOTE_ADDR"] == address


def test_an_odd_scheme_is_not_believed():
    assert (
        seen_through({**FORWARDED, "HTTP_X_FORWARDED_PROTO": "javascript"}, "10.0.0.5")["wsgi.url_scheme"]
        == "http"
    )


@pytest.mark.parametrize(
    "public_url, host, seen",
    [
        ("https://redo.example.se:8443", "redo.example.se", "redo.example.se:8443"),
        ("https://redo.example.se:8443", "redo.example.se:8443", "redo.example.se:8443"),
        ("https://redo.example.se", "redo.example.se:443", "redo.example.se"),
        ("https://redo.example.se:8443", "other.example.se", "other.example.se"),
    ],
)
def test_a_proxy_that_hands_on_the_name_without_its_port_is_understood(public_url, host, seen):
    """As with nginx's $host: else staff's forms, whose Referer names the port, would be refused."""
    found = {}
    settings = Settings.from_values(trusted_proxy="10.0.0.5", public_url=public_url)
    layer = TrustedProxy(lambda environ, start: found.update(environ) or [], settings)
    layer({**FORWARDED, "HTTP_HOST": host}, lambda *_: None)
    assert found["HTTP_HOST"] == seen


@pytest.mark.parametrize(
    "trusted, change, event",
    [
        ("", {}, UNNAMED_PROXY),
        ("10.0.0.5", {"HTTP_X_FORWARDED_FOR": ""}, SILENT_PROXY),
        ("10.0.0.5", {}, None),
        ("10.0.0.5", {"HTTP_X_FORWARDED_FOR": "", "PATH_INFO": "/healthz"}, None),
        ("", {"HTTP_X_FORWARDED_FOR": ""}, None),
    ],
)
def test_a_proxy_that_makes_all_visitors_one_is_told_once(monkeypatch, trusted, change, event):
    told = []
    monkeypatch.setattr(LOGGER, "warning", lambda name, extra: told.append(extra["event"]))
    layer = TrustedProxy(lambda environ, start: [], Settings.from_values(trusted_proxy=trusted))
    for _ in range(3):
        layer({**FORWARDED, **change}, lambda *_: None)
    assert told == ([event] if event else [])
