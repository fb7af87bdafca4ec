"""Operation: health, robots, security contact, manifest. Nothing here knows about families."""

from flask import Blueprint, Flask, Response, current_app, jsonify

from patient_app.web.languages import SWEDISH

operation = Blueprint("operation", __name__)

ROBOTS = "User-agent: *\nDisallow: /staff/\nDisallow: /*/m/\n"


@operation.get("/healthz")
def healthz() -> Response:
    """200 as long as the process answers."""
    return Response("ok\n", mimetype="text/plain")


@operation.get("/readyz")
def readyz() -> Response:
    """200 when everything this node is for works, else 503 that names what does not; the public side goes on
    either way."""
    problems = [name for name, check in current_app.extensions["readiness"].items() if not check()]
    body = "".join(f"{name}: not ready\n" for name in problems) or "ready\n"
    return Response(body, status=503 if problems else 200, mimetype="text/plain")


@operation.get("/robots.txt")
def robots() -> Response:
    """Clinic pages and the staff's room are left out of search engines."""
    return _cached(Response(ROBOTS, mimetype="text/plain"))


@operation.get("/.well-known/security.txt")
def security() -> Response:
    """RFC 9116: where to tell of a weakness."""
    base = current_app.config["SETTINGS"].public_url
    text = (
        f"Contact: {base}/sv/about/accessibility\nExpires: 2027-11-22T00:00:00Z\nPreferred-Languages: sv, "
        f"en\nCanonical: {base}/.well-known/security.txt\n"
    )
    return _cached(Response(text, mimetype="text/plain"))


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
    """The blueprint, and the list of readiness checks that rooms may add to: name -> function that says
    True."""
    app.extensions["readiness"] = {}
    app.register_blueprint(operation)
