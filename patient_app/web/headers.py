"""The headers of trust-and-speed.md 2, the same on every page, errors included. One table, no settings."""

from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from patient_app.settings import Settings

# What a page may load. "plain" is every page without a form; the rest differ only where the page needs it to.
POLICIES: dict[str, dict[str, str]] = {
    "plain": {"form-action": "'none'"},
    "form": {},
    "check": {"form-action": "'none'"},
    "camera": {
        "connect-src": "'none'",
        "form-action": "'none'",
        "img-src": "'none'",
        "media-src": "data:",
        "worker-src": "'none'",
        "trusted-types": "'none'",
    },
    "card": {
        "connect-src": "'none'",
        "form-action": "'none'",
        "img-src": "'none'",
        "media-src": "data:",
        "worker-src": "'none'",
        "trusted-types": "'none'",
    },
}
WITH_CAMERA = ("camera",)
# Here a script comes from our static files and nowhere else: import() of a page of ours would be a request.
STATIC_SCRIPTS_ONLY = ("camera", "card")
LOOPBACK = ("localhost", "127.0.0.1")

_BASE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
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
_PERMISSIONS = {
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


def static_sources(settings: Settings) -> str:
    """Our static files under every name we answer as, with PUBLIC_URL's scheme and port; over https nobody
    reads us under a loopback name. A source cannot name an IPv6 address: there all of our own."""
    parts = urlsplit(settings.public_url)
    others = [host for host in settings.allowed_hosts if not settings.is_https or host not in LOOPBACK]
    hosts = dict.fromkeys((parts.hostname or "", *others))
    if any(":" in host for host in hosts):
        return "'self'"
    port = f":{parts.port}" if parts.port else ""
    return " ".join(f"{parts.scheme}://{host}{port}/static/" for host in hosts)


def content_security_policy(
    policy: str, css_source: str, https: bool, static: str, form_origins: tuple[str, ...] = ()
) -> str:
    """The CSP of a page with that policy; `static` as static_sources gives it. `form_origins` is for the
    log-in page alone (the identity provider)."""
    directives = {**_BASE, **POLICIES[policy]}
    if policy in STATIC_SCRIPTS_ONLY:
        directives["script-src"] = static
    directives["style-src"] += f" {css_source}"
    if form_origins:
        directives["form-action"] = " ".join(("'self'", *form_origins))
    text = "; ".join(f"{name} {value}" for name, value in directives.items())
    return f"{text}; upgrade-insecure-requests" if https else text


def permissions_policy(policy: str) -> str:
    """The Permissions-Policy: camera and microphone only where the check and the rehearsal are."""
    allowed = {"camera": "(self)", "microphone": "(self)"} if policy in WITH_CAMERA else {}
    return ", ".join(f"{name}={value}" for name, value in {**_PERMISSIONS, **allowed}.items())


def init_app(app: Flask) -> None:
    """Puts the headers on every response of Flask; static files get their own few (assets.py)."""
    https = app.config["SETTINGS"].is_https
    static = static_sources(app.config["SETTINGS"])

    @app.after_request
    def secure(response: Response) -> Response:
        policy = g.get("policy", "plain")
        sheet = g.get("sheet") or app.extensions["assets"].sheet("errors")
        staff = request.path.startswith("/staff")
        headers = response.headers
        headers["Content-Security-Policy"] = content_security_policy(
            policy, sheet.csp_source, https, static, g.get("form_origins", ())
        )
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin" if staff else "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        headers["Permissions-Policy"] = permissions_policy(policy)
        if https:
            headers["Strict-Transport-Security"] = app.config["SETTINGS"].hsts
        headers.setdefault("Cache-Control", "no-store")
        return response
