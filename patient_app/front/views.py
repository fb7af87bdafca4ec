"""Public. No session, no database. Start page, the letter's code, short links, and what stands about the app
itself."""

from typing import Any

from flask import Blueprint, abort, current_app, g, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from patient_app.codes import short_link
from patient_app.personal_number import contains_personal_number
from patient_app.room_addresses import CHILDRENS, NEVER_OFFLINE, OFFLINE, public_paths
from patient_app.sources import REVIEWED, SOURCES
from patient_app.web.languages import LANGUAGES, SWEDISH, by_number, negotiate, reviews
from patient_app.web.release import text_version
from patient_app.web.routing import KEEP, PUBLIC_CACHE, absolute, page, public

# What saving says before it is pressed, in megabytes; tests/test_offline_list.py weighs the pages.
TO_FETCH, ON_THE_DEVICE = 2, 6.5

front = Blueprint("front", __name__)


@front.app_context_processor
def offered() -> dict[str, bool]:
    """Whether families may save pages for reading without a net (OFFLINE_COPY)."""
    return {"offline_copy": current_app.config["SETTINGS"].offline_copy}


@front.get("/")
def pick_language() -> Response:
    """Leads to the start page in the language the browser asks for, else Swedish."""
    return _redirect(f"/{negotiate(request.accept_languages).code}/", vary=True)


@public(front, "/")
def start() -> Response:
    """Three doors, four quick ways, and on the common page the field for the letter's code."""
    return page("front/start.html", id="front.start", policy="plain" if g.clinic else "form")


@public(front, "/code")
def code() -> Response:
    """The letter's field: 303 to where the code leads, or 200 with help. Anything like a personal number is
    dropped, and leads to an address without it."""
    typed = request.args.get("c", "").strip()[:40]
    # A code has eight symbols at most: nine digits can only be a number of another kind, also one that was
    # mistyped.
    if contains_personal_number(typed) or sum(symbol.isdigit() for symbol in typed) > 8:
        # Another address takes its place in the browser's history, so that nobody finds the number there.
        return _redirect(url_for("front.code", number="dropped"))
    if request.args.get("number") == "dropped":
        return page(
            "front/code.html",
            id="front.code",
            policy="form",
            store=False,
            typed="",
            problem="personal-number",
        )
    if not typed:
        return page("front/code.html", id="front.code", policy="form", store=False, typed="", problem="empty")
    target = _target(typed, g.lang)
    if target is None:
        return page(
            "front/code.html", id="front.code", policy="form", store=False, typed=typed, problem="wrong"
        )
    return _redirect(target)


@front.get("/<code:typed>")
def open_short_link(typed: str) -> Response:
    """A short link: leads to page, language and clinic; a code that fails gets a page that helps, always the
    same one."""
    language = negotiate(request.accept_languages)
    target = _target(typed, language)
    if target is not None:
        return _redirect(target, vary=True)
    # The page is that of the letter's field: with the code in it, unknown and retired ones could be told
    # apart.
    g.lang, g.endpoint, g.view_args = language, "front.code", {}
    return page(
        "front/code.html", id="front.code", policy="form", store=False, status=404, typed="", problem="wrong"
    )


@public(front, "/about/<any(privacy, accessibility, sources, languages):topic>")
def about(topic: str) -> Response:
    """What the app promises and does not: privacy, accessibility, sources and their validity, languages."""
    settings = current_app.config["SETTINGS"]
    return page(
        f"front/about/{topic}.html",
        id=f"front.about-{topic}",
        sources=SOURCES,
        reviewed=REVIEWED,
        reviews=reviews(),
        operator_name=settings.operator_name,
        operator_contact=settings.operator_contact,
    )


@public(front, "/offline")
def offline() -> Response:
    """Where one saves the pages of this clinic in this language, sees how much that is, and erases them."""
    if not current_app.config["SETTINGS"].offline_copy:
        abort(404)
    return page("front/offline.html", id="front.offline", to_fetch=TO_FETCH, on_the_device=ON_THE_DEVICE)


@public(front, "/offline.json")
def offline_list() -> Response:
    """What that copy has, for the worker that keeps it (static/js/offline/worker.js): which text, and the
    addresses of the adult's and the children's part."""
    if not current_app.config["SETTINGS"].offline_copy:
        abort(404)
    where = (current_app, (g.lang.code,), (f"m/{g.clinic.code}/" if g.clinic else "",))
    childrens = public_paths(*where, CHILDRENS, NEVER_OFFLINE)
    everything = public_paths(*where, OFFLINE, NEVER_OFFLINE)
    response = jsonify(
        version=text_version(),
        locale=g.lang.date_locale,
        pages=sorted(set(everything) - set(childrens)),
        childrens=childrens,
    )
    response.headers[KEEP] = request.url_rule.rule if request.url_rule else "-"
    response.headers["Cache-Control"] = PUBLIC_CACHE
    return response


@front.get("/sw.js")
def worker() -> Response:
    """The worker of the saved copies; when they are switched off, one that erases them and itself."""
    assets = current_app.extensions["assets"]
    name = "worker" if current_app.config["SETTINGS"].offline_copy else "worker-off"
    response = make_response(assets.read(assets.url(f"js/offline/{name}.js")) or b"")
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _target(typed: str, readers: Any) -> str | None:
    """The address a code leads to, or None. Unknown, retired and broken codes are one and the same."""
    try:
        link = short_link.decode(typed)
    except short_link.LinkError:
        return None
    clinic = current_app.extensions["clinics"].directory.find(link.clinic)
    if clinic is None:
        return None
    asked = by_number(link.language)
    language = (LANGUAGES.get(asked.code, SWEDISH) if asked else SWEDISH) if link.language else readers
    not_on = f"?l={asked.code}" if asked and asked.code not in LANGUAGES else ""
    return f"/{language.code}/m/{clinic.code}/{short_link.path(link)}{not_on}"


def _redirect(path: str, vary: bool = False) -> Response:
    response = make_response(redirect(absolute(path), 303))
    response.headers["Cache-Control"] = "no-store"
    if vary:
        response.headers["Vary"] = "Accept-Language"
    return response
