"""Public. What every open room shares: addresses with language and clinic, and pages that may be kept as
bytes."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, make_response, render_template, request
from markupsafe import Markup
from werkzeug.routing import BaseConverter, ValidationError

from patient_app.clinics.opening import ROUTES, opening
from patient_app.clinics.settings import LABELS, PROXY_ENDS_AT, LocalText, VisitProfile
from patient_app.codes import symbols
from patient_app.web import languages
from patient_app.web.languages import LANGUAGES, Language

COMMON = VisitProfile()
KEEP = "X-Redo-Keep"  # tells page_store.py that these bytes may be kept; it is taken off before they leave
PUBLIC_CACHE = "public, max-age=60, s-maxage=300, stale-while-revalidate=86400, stale-if-error=604800"


class UnknownClinic(Exception):
    """An address names a clinic that is not there, or was retired: one kind page for both."""


class LanguageConverter(BaseConverter):
    """`<lang:lang>`: only a language that is on, handed on as a Language."""

    part_isolating = True
    regex = "[a-z]{2}"

    def to_python(self, value: str) -> Language:
        if value not in LANGUAGES:
            raise ValidationError
        return LANGUAGES[value]

    def to_url(self, value: Any) -> str:
        return value.code if isinstance(value, Language) else str(value)


class ClinicConverter(BaseConverter):
    """`<clinic:clinic>`: four symbols of Crockford's alphabet; whether the clinic is there is asked later,
    kindly."""

    part_isolating = True
    regex = f"[{symbols.ALPHABET}]{{4}}"

    def to_url(self, value: Any) -> str:
        return str(getattr(value, "code", value))


class CodeConverter(BaseConverter):
    """`<code:code>`: what reads as five or eight symbols, hyphens, spaces and small letters forgiven
    (design.md 4)."""

    part_isolating = True
    regex = r"[0-9A-Za-z][0-9A-Za-z \-]{3,12}[0-9A-Za-z]"

    def to_python(self, value: str) -> str:
        if len(value.replace("-", "").replace(" ", "")) not in (5, 8):
            raise ValidationError
        return value


def public(
    blueprint: Blueprint, rule: str, **options: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a view at `/<lang>RULE` and at `/<lang>/m/<CCCC>RULE`; language and clinic arrive in `g`, not
    as arguments."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        for prefix in ("/<lang:lang>", "/<lang:lang>/m/<clinic:clinic>"):
            blueprint.add_url_rule(prefix + rule, view_func=view, **options)
        return view

    return register


def page(
    template: str, id: str, policy: str = "plain", store: bool = True, status: int = 200, **context: Any
) -> Response:
    """A rendered public page. `id` becomes `<body data-page>`; with `store` its bytes are kept until content
    or clinic changes."""
    g.policy = policy
    response = make_response(render_template(template, page_id=id, **context), status)
    if store:
        response.headers[KEEP] = request.url_rule.rule if request.url_rule else "-"
        response.headers["Cache-Control"] = PUBLIC_CACHE
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def local_text(value: LocalText | None) -> Markup:
    """A clinic's own text in the reader's language, else in Swedish and marked so; "" when it is not set."""
    if not value:
        return Markup("")
    code = languages.current().code
    if code in value:
        return Markup("{}").format(value[code])
    return Markup('<span lang="sv" dir="ltr">{}</span>').format(value["sv"])


def label_meaning(text: str) -> str:
    """What a label of 1177 means in the reader's language; "" in Swedish and for labels we have no words
    for."""
    if languages.current().code == "sv":
        return ""
    known = _meanings()
    return languages.gettext(known[text]) if text in known else ""


def _meanings() -> dict[str, str]:
    _ = languages.N_
    # Translators: these are buttons on 1177.se. They stay in Swedish there; translate what the button means.
    return {
        text: text
        for text in (
            _("Logga in"),
            _("Lägg till barn"),
            _("Lägg till barn att vara ombud för"),
            _("Agera ombud för ditt barn"),
            _("Mottagningar"),
            _("Hitta och lägg till"),
            _("Lägg till mottagning"),
            _("Bokade tider"),
            _("Mina bokade tider"),
            _("Inkorg"),
            _("Klicka här för att ansluta till videomötet"),
            _("Anslut till videobesöket"),
            _("Tillåt"),
            _("Anslut nu"),
            _("Anslut"),
            _("Inställningar"),
        )
    }


def ui(key: str) -> Markup:
    """A button of 1177 as it stands there, in Swedish, with its meaning beside it for those who read another
    language."""
    return ui_text(g.get("profile", COMMON).label(key))


def ui_text(text: str) -> Markup:
    """As ui, for words that are not a label key."""
    chip = Markup('<b class="button-name" lang="sv" dir="ltr">{}</b>').format(text)
    meaning = label_meaning(text)
    return chip + Markup(' <span class="means">({})</span>').format(meaning) if meaning else chip


def absolute(path: str) -> str:
    """The full address of a path of ours, from PUBLIC_URL and never from Host."""
    return str(current_app.config["SETTINGS"].public_url) + path


def room_url(path: str) -> str:
    """The address of another room's page in this language and at this clinic: rooms link, but do not import,
    each other."""
    clinic = g.get("clinic")
    return f"/{languages.current().code}/{f'm/{clinic.code}/' if clinic else ''}{path}"


def phone_number(value: str | None) -> Markup:
    """A phone number that keeps its order among words written from the right."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(value or "")


def _readers_route() -> str:
    """The route whose opening a page speaks of: the address's own, the young person's on youth pages, else a
    guardian's of a child under 13."""
    arguments = g.get("view_args", {})
    route = arguments.get("route", arguments.get("who"))  # an insert says whom it is for
    if route is not None:
        return str(getattr(route, "slug", route))
    if request.endpoint == "children.youth_adult":
        return "guardian-13-17"
    return "13-17" if (request.endpoint or "").startswith("children.youth") else "under-13"


def help_url(problem: str = "") -> str:
    """The address of the help, or of one problem, for the reader of the page: an own one for every route but
    under-13."""
    return room_url("/".join(filter(None, ("help", _own_route(), problem))))


def day_url() -> str:
    """The address of the day of the visit for the reader of the page."""
    return room_url("/".join(filter(None, ("day", _own_route()))))


def _own_route() -> str:
    """The route that stands in a reader's addresses; "" for under-13, and for whoever is on no route."""
    route = _readers_route()
    return route if route in ROUTES and route != "under-13" else ""


def tel(number: str) -> str:
    """The address that phones a number."""
    return "tel:" + "".join(symbol for symbol in number if symbol.isdigit() or symbol == "+")


def init_app(app: Flask) -> None:
    """Converters, and language and clinic of every public address into `g` before any view."""
    app.url_map.converters.update(lang=LanguageConverter, clinic=ClinicConverter, code=CodeConverter)
    app.jinja_env.globals.update(
        ui=ui,
        ui_text=ui_text,
        local_text=local_text,
        absolute=absolute,
        room_url=room_url,
        help_url=help_url,
        day_url=day_url,
        phone_number=phone_number,
        tel=tel,
        COMMON=COMMON,
        LABELS=LABELS,
        PROXY_ENDS_AT=PROXY_ENDS_AT,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.url_value_preprocessor
    def settle(endpoint: str | None, values: dict[str, Any] | None) -> None:
        values = values if values is not None else {}
        g.lang = values.pop("lang", languages.SWEDISH)
        g.clinic, g.profile = None, COMMON
        g.clinic_code = values.pop("clinic", None)
        g.view_args = dict(values)

    @app.before_request
    def find_clinic() -> None:
        if g.get("clinic_code"):
            published = app.extensions["clinics"].directory
            g.clinic = published.find(g.clinic_code)
            if g.clinic is None:
                raise UnknownClinic
            g.profile = g.clinic.profile

    @app.url_defaults
    def fill_in(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values.setdefault("lang", g.get("lang", languages.SWEDISH))
            if (
                "clinic" not in values
                and g.get("clinic") is not None
                and app.url_map.is_endpoint_expecting(endpoint, "clinic")
            ):
                values["clinic"] = g.clinic
            if values.get("clinic", "") is None:
                del values["clinic"]

    @app.context_processor
    def give() -> dict[str, Any]:
        return {
            "lang": g.get("lang", languages.SWEDISH),
            "clinic": g.get("clinic"),
            "profile": g.get("profile", COMMON),
            "reader": _readers_route(),
            "opening": opening(g.get("profile", COMMON), _readers_route()),
            "guardians_opening": opening(g.get("profile", COMMON)),
            "view_args": g.get("view_args", {}),
            "endpoint": g.get("endpoint", request.endpoint),  # what the links to other languages lead to
        }


__all__ = ["COMMON", "KEEP", "UnknownClinic", "absolute", "page", "public", "ui"]
