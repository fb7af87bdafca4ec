"""Who is asking: the list of hosts we answer as, and forwarded headers, believed only from TRUSTED_PROXY."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, request
from werkzeug.sansio.utils import host_is_trusted

from patient_app.settings import Settings
from patient_app.web.logs import LOGGER

SILENT_PROXY = "the proxy sends no X-Forwarded-For: all visitors seem to have its own address"
UNNAMED_PROXY = (
    "a proxy sends X-Forwarded-For, but TRUSTED_PROXY names none: all visitors seem to have one address"
)
ANY_HOST = ("/healthz", "/readyz", "/metrics")  # asked by load balancers that know only an address


def host_is_allowed(environ: dict[str, Any], settings: Settings) -> bool:
    """True when the Host header names one of ALLOWED_HOSTS (the port does not matter), or the path answers on
    any."""
    if environ.get("PATH_INFO") in ANY_HOST:
        return True
    host = str(environ.get("HTTP_HOST", "")).lower().rstrip(".")
    # werkzeug knows which characters and ports a host may have, but compares no IPv6 address.
    return host_is_trusted(host) and host_name(host) in settings.allowed_hosts


def host_name(host: str) -> str:
    """The name or address in a Host header, without port and brackets."""
    host = host.lower().rstrip(".")
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


class TrustedProxy:
    """WSGI layer: takes client address and scheme from X-Forwarded-* when, and only when, our own proxy sent
    them."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], settings: Settings) -> None:
        self._inner = inner
        self._networks = settings.trusted_proxy
        self._public = urlsplit(settings.public_url)
        self._told = False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        forwarded_for = environ.pop("HTTP_X_FORWARDED_FOR", "")
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "")
        for name in (
            "HTTP_X_FORWARDED_HOST",
            "HTTP_X_FORWARDED_PORT",
            "HTTP_X_FORWARDED_PREFIX",
            "HTTP_FORWARDED",
        ):
            environ.pop(name, None)
        if forwarded_for and not self._networks:
            self._warn(UNNAMED_PROXY)
        if self._networks and self._is_proxy(environ.get("REMOTE_ADDR", "")):
            if forwarded_for:
                environ["REMOTE_ADDR"] = forwarded_for.rpartition(",")[2].strip()
            elif environ.get("PATH_INFO") not in ANY_HOST:  # its own probes come for nobody
                self._warn(SILENT_PROXY)
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
            if host_name(environ.get("HTTP_HOST", "")) == self._public.hostname:
                # A proxy that hands on the name alone loses the port, and staff's forms would be refused.
                environ["HTTP_HOST"] = self._public.netloc
        return self._inner(environ, start_response)

    def _warn(self, event: str) -> None:
        """Once: with one address for all, one guesser slows every log-in."""
        if not self._told:
            self._told = True
            LOGGER.warning("server", extra={"event": event})

    def _is_proxy(self, address: str) -> bool:
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(ip in network for network in self._networks)


def init_app(app: Flask) -> None:
    """Refuses unknown hosts with our 421 page, and puts the proxy layer outermost."""
    settings: Settings = app.config["SETTINGS"]

    @app.before_request
    def refuse_unknown_host() -> None:
        if not host_is_allowed(request.environ, settings):
            abort(421)

    app.wsgi_app = TrustedProxy(app.wsgi_app, settings)  # type: ignore[method-assign]
