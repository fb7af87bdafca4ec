"""trust-and-speed.md 2 to the letter: the table stands here once more, by hand, so that a change in the code
is seen."""

import base64
import hashlib

import pytest
from addresses import public_paths
from flask import Blueprint, abort
from house import parsed, soup
from making import make_app, publish_shipped
from werkzeug.test import Client

from patient_app.codes import short_link
from patient_app.settings import Settings
from patient_app.web.headers import static_sources
from patient_app.web.routing import page, public

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "sw",
}
NO_FORM = {**CSP, "form-action": "'none'"}
NOTHING_LEAVES = {
    **NO_FORM,
    "script-src": "http://127.0.0.1:8000/static/ http://localhost:8000/static/",
    "connect-src": "'none'",
    "img-src": "'none'",
    "media-src": "data:",
    "worker-src": "'none'",
    "trusted-types": "'none'",
}
PERMISSIONS = {
    "accelerometer": "()",
    "autoplay": "(self)",
    "camera": "()",
    "clipboard-read": "()",
    "clipboard-write": "(self)",
    "display-capture": "()",
    "fullscreen": "(self)",
    "geolocation": "()",
    "gyroscope": "()",
    "magnetometer": "()",
    "microphone": "()",
    "midi": "()",
    "payment": "()",
    "screen-wake-lock": "(self)",
    "serial": "()",
    "usb": "()",
    "web-share": "(self)",
    "xr-spatial-tracking": "()",
}
WITH_CAMERA = {**PERMISSIONS, "camera": "(self)", "microphone": "(self)"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
HSTS = "max-age=63072000"
PAGE_CACHE = "public, max-age=60, s-maxage=300, stale-while-revalidate=86400, stale-if-error=604800"
ERRORS = (400, 403, 404, 405, 413, 421, 429, 500, 503)
CAMERA_PAGES = ("check.camera", "practice")

LEADS = f"/{short_link.encode(short_link.ShortLink('D3M0'))}"

# kind -> method, address, status, policy, permissions, cache
KINDS = {
    "plain": ("GET", "/sv/guide/under-13/before", 200, NO_FORM, PERMISSIONS, PAGE_CACHE),
    "plain at a clinic": ("GET", "/sv/m/D3M0/guide/under-13/before", 200, NO_FORM, PERMISSIONS, PAGE_CACHE),
    "asked by HEAD": ("HEAD", "/sv/guide/under-13/before", 200, NO_FORM, PERMISSIONS, PAGE_CACHE),
    "form": ("GET", "/sv/", 200, CSP, PERMISSIONS, PAGE_CACHE),
    "reads a query: guide": ("GET", "/en/guide?age=12", 200, CSP, PERMISSIONS, "no-store"),
    "reads a query: code": ("GET", "/en/code?c=wrong", 200, CSP, PERMISSIONS, "no-store"),
    "answered guide": (
        "GET",
        "/sv/guide?age=0-11&who=guardian&added=no",
        303,
        NO_FORM,
        PERMISSIONS,
        "no-store",
    ),
    "child": ("GET", "/sv/child/3-6/1", 200, NO_FORM, PERMISSIONS, PAGE_CACHE),
    "check": ("GET", "/sv/check", 200, NO_FORM, PERMISSIONS, PAGE_CACHE),
    "camera": ("GET", "/sv/check/camera", 200, NOTHING_LEAVES, WITH_CAMERA, PAGE_CACHE),
    "connection test": ("GET", "/check/ping", 200, NO_FORM, PERMISSIONS, "no-store, no-transform"),
    "card": ("GET", "/sv/card", 200, NOTHING_LEAVES, PERMISSIONS, PAGE_CACHE),
    "picks a language": ("GET", "/", 303, NO_FORM, PERMISSIONS, "no-store"),
    "short link that fails": ("GET", "/K7Q2-062N", 404, CSP, PERMISSIONS, "no-store"),
    "short link that leads": ("GET", LEADS, 303, NO_FORM, PERMISSIONS, "no-store"),
    "adds a slash": ("GET", "/sv", 308, NO_FORM, PERMISSIONS, "no-store"),
    "takes a slash": ("GET", "/sv/youth/", 308, NO_FORM, PERMISSIONS, "no-store"),
    "unknown address": ("GET", "/sv/nowhere", 404, NO_FORM, PERMISSIONS, "no-store"),
    "unknown clinic": ("GET", "/sv/m/ZZZZ/", 404, NO_FORM, PERMISSIONS, "no-store"),
    "wrong method": ("POST", "/sv/", 405, NO_FORM, PERMISSIONS, "no-store"),
    "too much": ("POST", "/check/up", 413, NO_FORM, PERMISSIONS, "no-store"),
    "no such file": ("GET", "/static/0123456789ab/css/none.css", 404, NO_FORM, PERMISSIONS, "no-store"),
    "alive": ("GET", "/healthz", 200, NO_FORM, PERMISSIONS, "no-store"),
    "ready": ("GET", "/readyz", 200, NO_FORM, PERMISSIONS, "no-store"),
    "robots": ("GET", "/robots.txt", 200, NO_FORM, PERMISSIONS, "public, max-age=3600"),
    "manifest": ("GET", "/manifest.webmanifest", 200, NO_FORM, PERMISSIONS, "public, max-age=3600"),
    "saved copy's list": ("GET", "/sv/m/D3M0/offline.json", 200, NO_FORM, PERMISSIONS, PAGE_CACHE),
    "saved copy's worker": ("GET", "/sw.js", 200, NO_FORM, PERMISSIONS, "no-cache"),
    "asks for methods": ("OPTIONS", "/sv/", 200, NO_FORM, PERMISSIONS, "no-store"),
}


def directives(response, separator: str = ";") -> dict[str, str]:
    parts = (
        part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(separator)
    )
    return {name: value for name, _, value in parts}


def permissions(response) -> dict[str, str]:
    return dict(part.strip().split("=", 1) for part in response.headers["Permissions-Policy"].split(","))


def check_headers(response, policy, permitted, cache, https=False) -> None:
    found = directives(response)
    styles = found.pop("style-src").split()
    assert styles[0] == "'self'" and len(styles) == 2 and styles[1].startswith("'sha256-")
    assert ("upgrade-insecure-requests" in found) is https
    if https and policy is NOTHING_LEAVES:
        policy = {**policy, "script-src": "https://redo.example.se/static/"}
    found.pop("upgrade-insecure-requests", None)
    assert found == policy
    assert permissions(response) == permitted
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    assert response.headers.get("Strict-Transport-Security") == (HSTS if https else None)
    assert response.headers["Cache-Control"] == cache
    assert [
        name
        for name, _ in response.headers
        if name.lower().startswith("x-redo") or name in ("Set-Cookie", "Server")
    ] == []


@pytest.fixture(scope="module")
def secure_app(tmp_path_factory, data_dir, app):
    folder = tmp_path_factory.mktemp("https")
    (folder / "assets").symlink_to(data_dir / "assets")
    publish_shipped(folder)
    return with_failing_pages(make_app(folder, public_url="https://redo.example.se"))


def with_failing_pages(app):
    """The app, and beside its own rooms one that fails in every way there is."""
    failing = Blueprint("failing", __name__)

    @public(failing, "/fail/<int:status>")
    def fail(status: int):
        if status == 500:
            raise RuntimeError("the text of an exception")
        abort(status)

    @public(failing, "/camera-and-fail")
    def camera_and_fail():
        page("device_check/nothing.html", id="check.camera", policy="camera")

    app.register_blueprint(failing)
    return app


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_exactly_these_headers(client, secure_app, kind):
    method, address, status, policy, permitted, cache = KINDS[kind]
    for https, asker in ((False, client), (True, Client(secure_app))):
        for _time in ("rendered", "kept"):
            response = asker.open(address, method=method)
            assert response.status_code == status
            check_headers(response, policy, permitted, cache, https)


@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.parametrize("prefix", ["/sv", "/en/m/D3M0"])
def test_every_error_page_has_the_plain_headers(secure_app, status, prefix):
    response = Client(secure_app).get(f"{prefix}/fail/{status}")
    assert response.status_code == status
    check_headers(response, NO_FORM, PERMISSIONS, "no-store", https=True)


def test_an_unknown_host_is_refused_with_the_plain_headers(secure_app):
    response = Client(secure_app).get("/sv/", headers={"Host": "evil.example"})
    assert response.status_code == 421
    check_headers(response, NO_FORM, PERMISSIONS, "no-store", https=True)


def test_a_camera_page_that_fails_asks_for_no_camera(secure_app):
    response = Client(secure_app).get("/sv/camera-and-fail")
    assert response.status_code == 500
    check_headers(response, NO_FORM, PERMISSIONS, "no-store", https=True)


@pytest.mark.parametrize(
    "settings, sources",
    [
        ({}, "http://127.0.0.1:8000/static/ http://localhost:8000/static/"),
        ({"public_url": "http://localhost:81"}, "http://localhost:81/static/ http://127.0.0.1:81/static/"),
        ({"public_url": "https://redo.example.se"}, "https://redo.example.se/static/"),
        (
            {
                "public_url": "https://a.example.se:8443",
                "allowed_hosts": "a.example.se b.example.se localhost",
            },
            "https://a.example.se:8443/static/ https://b.example.se:8443/static/",
        ),
        (
            {"allowed_hosts": "127.0.0.1 redo.test"},
            "http://127.0.0.1:8000/static/ http://redo.test:8000/static/",
        ),
        ({"host": "::1"}, "'self'"),
    ],
)
def test_the_camera_page_takes_scripts_from_the_static_files_of_every_name_it_is_read_under(
    settings, sources
):
    assert static_sources(Settings.from_values(**settings)) == sources


def test_static_files_carry_their_own_few_headers_for_a_year(client, app):
    for name in ("css/print.css", "js/site.js", "images/icon.svg"):
        for asked in (
            {},
            {"Accept-Encoding": "gzip"},
            {"Accept-Encoding": "br"},
            {"Range": "bytes=0-9"},
            {"Range": "bytes=9999999-"},
        ):
            response = client.get(app.jinja_env.globals["asset"](name), headers=asked, buffered=True)
            assert response.status_code == 200 and response.data
            assert response.headers["Content-Security-Policy"] == "default-src 'none'"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert response.headers["Cache-Control"] == "max-age=31536000, public, immutable"
            about_the_bytes = {
                "Content-Type",
                "Content-Length",
                "Content-Encoding",
                "ETag",
                "Last-Modified",
                "Vary",
            }
            assert set(response.headers.keys()) - about_the_bytes == {
                "Content-Security-Policy",
                "X-Content-Type-Options",
                "Cross-Origin-Resource-Policy",
                "Cache-Control",
            }


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_static_file_that_is_written_to_answers_with_our_page(client, app, method):
    response = client.open(app.jinja_env.globals["asset"]("js/site.js"), method=method)
    assert response.status_code in (404, 405)
    check_headers(response, NO_FORM, PERMISSIONS, "no-store")


def test_the_inlined_css_is_the_one_the_policy_allows(client):
    for path in ("/sv/", "/en/check/camera", "/sv/nowhere"):
        response = client.get(path)
        inlined = soup(response.data).style.string
        digest = base64.b64encode(hashlib.sha256(inlined.encode()).digest()).decode()
        assert directives(response)["style-src"] == f"'self' 'sha256-{digest}'"


@pytest.mark.parametrize("prefix", ["", "m/D3M0/"])
def test_every_page_allows_what_it_needs_and_no_more(app, client, prefix):
    asked = 0
    for path in public_paths(app, languages=("sv",), prefixes=(prefix,)):
        response = client.get(path)
        if response.status_code != 200:
            continue
        shown = parsed(response.data)
        identity = shown.body.get("data-page")
        found = directives(response)
        style = found.pop("style-src")
        assert style.startswith("'self' 'sha256-")
        if identity.startswith(CAMERA_PAGES) or identity.endswith((".practice", ".card")):
            assert found == NOTHING_LEAVES, path
        else:
            assert found == (CSP if shown.xpath("//main//form") else NO_FORM), (
                f"{path}: form-action 'self' with a form that sends, else 'none'"
            )
        camera = identity.startswith(CAMERA_PAGES) or identity.endswith(".practice")
        assert permissions(response) == (WITH_CAMERA if camera else PERMISSIONS), path
        asked += 1
    assert asked >= 50
