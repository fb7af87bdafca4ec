"""Which release this is, and which text a page was made of: told by every page and in a header.

Two nodes that differ can be told apart by it (trust-and-speed.md F22), and a copy that a family saved knows
by it when it is old (front/offline.py).
"""

import hashlib
from functools import cache
from importlib.metadata import version

from flask import Flask, Response, g

from patient_app.paths import PACKAGE, SHIPPED_CLINICS, STATIC, TEMPLATES, TRANSLATIONS

HEADER = "Redo-Version"
_MADE_OF = (
    (PACKAGE, "*.py"),
    (TEMPLATES, "*.html"),
    (TEMPLATES, "*.svg"),
    (STATIC, "*.*"),
    (TRANSLATIONS, "*.mo"),
    (SHIPPED_CLINICS, "*.toml"),
)


@cache
def release() -> str:
    """The program's number and eight signs of all that pages are made of: the same wherever that is the
    same."""
    digest = hashlib.sha256()
    for folder, pattern in _MADE_OF:
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('patient-app')}+{digest.hexdigest()[:8]}"


def text_version() -> str:
    """The release, and at a clinic eight signs of what the clinic says."""
    clinic = g.get("clinic")
    if clinic is None:
        return release()
    return f"{release()}.{hashlib.sha256(repr(clinic).encode()).hexdigest()[:8]}"


def init_app(app: Flask) -> None:
    """Gives templates `text_version()`, and every answer of Flask the release in a header."""
    app.jinja_env.globals["text_version"] = text_version

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers[HEADER] = release()
        return response
