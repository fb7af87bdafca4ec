"""Operation: health, measures, robots, security contact, manifest. Nothing here knows about families."""

import datetime

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from patient_app.web import certificates, logs, metrics, page_store
from patient_app.web.languages import SWEDISH
from patient_app.web.metrics import Measure, one

operation = Blueprint("operation", __name__)

ROBOTS = "User-agent: *\nDisallow: /staff/\nDisallow: /*/m/\n"


@operation.get("/healthz")
def healthz() -> Response:
    """200 as long as the process answers."""
    return Response("ok\n", mimetype="text/plain")


@operation.get("/readyz")
def readyz() -> Response:
    """200 when families are served: a published version is in memory, whatever the database does. `?staff`
    asks for the staff's side too. Else 503 that names what does not work."""
    checks = current_app.extensions["readiness"]
    asked = checks if "staff" in request.args else ["families"]
    problems = [name for name in asked if not checks[name]()]
    body = "".join(f"{name}: not ready\n" for name in problems) or "ready\n"
    return Response(body, status=503 if problems else 200, mimetype="text/plain")


@operation.get("/metrics")
def show_metrics() -> Response:
    """Measures for operators (OpenMetrics); the proxy refuses this address to the outside."""
    measures = [measure for said in current_app.extensions["measures"] for measure in said()]
    return Response(metrics.text_of(measures), content_type=metrics.MEDIA_TYPE)


@operation.get("/robots.txt")
def robots() -> Response:
    """Clinic pages and the staff's room are left out of search engines."""
    return _cached(Response(ROBOTS, mimetype="text/plain"))


@operation.get("/.well-known/security.txt")
def security() -> Response:
    """RFC 9116: where to tell of a weakness. It expires half a year from the first of this month."""
    settings = current_app.config["SETTINGS"]
    contact = settings.security_contact or f"{settings.public_url}/sv/about/accessibility"
    text = (
        f"Contact: {contact}\nExpires: {expires(datetime.datetime.now(datetime.UTC).date())}T00:00:00Z\n"
        f"Preferred-Languages: sv, en\nCanonical: {settings.public_url}/.well-known/security.txt\n"
    )
    return _cached(Response(text, mimetype="text/plain"))


def expires(today: datetime.date) -> datetime.date:
    """The first of the month half a year from now: the same for all of a month, so that nodes agree."""
    months = today.year * 12 + today.month - 1 + 6
    return datetime.date(months // 12, months % 12 + 1, 1)


@operation.get("/manifest.webmanifest")
def manifest() -> Response:
    """The home-screen entry; its name is neutral."""
    icon = current_app.jinja_env.globals["asset"]("images/icon.svg")  # type: ignore[operator]
    response = jsonify(
        name="Redo",
        short_name="Redo",
        lang=SWEDISH.code,
        start_url="/",
        display="browser",
        background_color="#faf6ef",
        theme_color="#0a5c50",
        icons=[{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    )
    response.mimetype = "application/manifest+json"
    return _cached(response)


def _cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def init_app(app: Flask) -> None:
    """The blueprint, the readiness checks (name -> function that says True) and the sources of measures;
    rooms add theirs."""
    clinics = app.extensions["clinics"]
    certificate = app.config["SETTINGS"].tls_certificate

    def own_measures() -> list[Measure]:
        store = app.extensions["page-store"]
        found = [
            one("store_pages", "Answers kept by this worker.", store.pages),
            one("store_bytes", "Bytes that they take.", store.size),
            one("store_limit_bytes", "Bytes that they may take.", page_store.LIMIT_BYTES),
            one("published_version", "The published version in memory.", clinics.directory.version),
            one("published_age_seconds", "Seconds since it was written.", clinics.age),
            one("log_dropped", "Log lines that could not be written.", logs.WRITER.dropped, "counter"),
        ]
        days = certificates.days_left(certificate, datetime.datetime.now(datetime.UTC))
        if days is not None:
            found.append(one("certificate_days", "Days until TLS_CERTIFICATE runs out.", days))
        return found

    app.extensions["readiness"] = {"families": lambda: clinics.is_loaded}
    app.extensions["measures"] = [own_measures]
    app.register_blueprint(operation)
