"""Staff. What every page of the room shares: the session read, CSRF, who may enter, and the page that says
the database is down."""

import datetime
import hashlib
import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import flask
from babel.dates import get_timezone
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from patient_app.clinics.published import PUBLISHED
from patient_app.settings import Settings
from patient_app.staff.access.accounts import needs_setup
from patient_app.staff.access.key import KEY_FILE, key_in
from patient_app.staff.access.passwords import TooBusy
from patient_app.staff.access.roles import ADMIN, ROLES
from patient_app.staff.access.session import StaffOnlySession, StaffSession
from patient_app.staff.content.clinics import Target
from patient_app.staff.content.publish import Puller
from patient_app.staff.database import Database, DatabaseDown
from patient_app.staff.models import User
from patient_app.web.errors import error_page
from patient_app.web.languages import LANGUAGES, STAFF_CODES, SWEDISH
from patient_app.web.metrics import one

Who = Literal["open", "session", "staff", "own", "admin"]

# Shown when the database is down: needs no session, no log-in and no language of anybody's.
DOWN_TEMPLATE = "staff/down.html"

staff = Blueprint("staff", __name__, url_prefix="/staff")
csrf = CSRFProtect()
ACCESS: dict[str, Who] = {}


@dataclass
class StaffContext:
    """What the room works with. `clock` is replaced in tests, nothing else is."""

    settings: Settings
    database: Database
    puller: Puller
    clock: Callable[[], float] = time.time

    def now(self) -> int:
        """Whole seconds since 1970."""
        return int(self.clock())

    @property
    def published(self) -> Path:
        """The file that families' pages come from."""
        return self.settings.data_dir / PUBLISHED

    def key(self, purpose: str) -> bytes:
        """A key for that purpose from SECRET_KEY, else from a file in DATA_DIR that is made at first use.
        Raises DatabaseDown."""
        secret = self.settings.secret_key.encode() or key_in(self.settings.data_dir / KEY_FILE)
        return hashlib.blake2b(purpose.encode(), key=hashlib.sha256(secret).digest()).digest()


def staff_context() -> StaffContext:
    """The room of this app."""
    found: StaffContext = current_app.extensions["staff"]
    return found


def own_session() -> StaffSession:
    """The session of this request."""
    proxied: Any = session
    found: StaffSession = proxied._get_current_object()
    return found


def me() -> User:
    """Who is logged in; only in views that are not open to all."""
    user = own_session().user
    if user is None:
        abort(403)
    return user


def route(
    rule: str, who: Who, methods: tuple[str, ...] = ("GET",), **options: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a view of the room and who may enter: everybody, whoever has a session (also before choosing
    a password), staff, staff for whom the clinic or region in the address is their own, or admins."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        endpoint = f"staff.{view.__name__}"
        ACCESS[endpoint] = who

        @wraps(view)
        def ready(**arguments: Any) -> AnyResponse:
            answer = view(**arguments)
            response: AnyResponse = answer if isinstance(answer, AnyResponse) else make_response(answer)
            return response

        staff.add_url_rule(rule, view_func=ready, methods=list(methods), **options)
        return view

    return register


def may_touch(user: User, target: Target) -> bool:
    """True when the user may change that clinic or region."""
    return user.role == ADMIN or (target.kind == "clinics" and target.key in user.clinic_codes)


def enter() -> AnyResponse | None:
    """Before every view of the room: reads the session, checks CSRF on what changes anything, and who may
    enter."""
    g.policy = "form"
    if not staff_context().database.exists:
        raise DatabaseDown("there is none")
    if "\x00" in request.path or any("\x00" in text for _, texts in request.values.lists() for text in texts):
        abort(400)  # PostgreSQL cannot hold it, and nobody types it
    found = own_session()
    found.load(staff_context().database, staff_context().now())
    g.lang = LANGUAGES.get(found.get("language", ""), SWEDISH)
    current_app.config["WTF_CSRF_SECRET_KEY"] = staff_context().key("csrf")
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        csrf.protect()
    who = ACCESS.get(request.endpoint or "", "nobody")
    if who == "open":
        return None
    user = found.user
    if user is None:
        return redirect(url_for("staff.log_in"), 303)
    if who != "session" and needs_setup(user):
        return redirect(url_for("staff.setup"), 303)
    values = request.view_args or {}
    allowed = who in ("session", "staff") or user.role == ADMIN
    if who == "own":
        allowed = may_touch(user, Target(values["kind"], values["key"]))
    if not allowed or who == "nobody":
        abort(403)
    return None


def render(template: str, id: str, status: int = 200, **context: Any) -> Response:
    """A page of the room; `id` becomes `<body data-page="staff.id">`."""
    user = own_session().user
    signed_in = user is not None and not needs_setup(user)
    html = render_template(
        f"staff/{template}.html",
        page_id=f"staff.{id}",
        user=user,
        signed_in=signed_in,
        share_address=_share_address(),
        **context,
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def when(seconds: int, machine: bool = False) -> str:
    """A time as staff read it, in Swedish time; for machines in UTC."""
    if machine:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # Babel brings the time zones along: a container may have none of its own.
    return datetime.datetime.fromtimestamp(seconds, get_timezone("Europe/Stockholm")).strftime(
        "%Y-%m-%d %H:%M"
    )


def _share_address() -> str:
    """The open page for sharing a link in the reader's language; "" where this app has none."""
    if "support.share" not in current_app.view_functions:
        return ""
    return url_for("support.share", lang=g.lang)


def redirect_to(endpoint: str, **values: Any) -> AnyResponse:
    """On to another page of the room after a change."""
    return redirect(url_for(f"staff.{endpoint}", **values), 303)


def flash(sentence: str) -> None:
    """A sentence, in the reader's language already, that the next page shows once."""
    flask.flash(sentence)


def down_page() -> Response:
    """The 503 page of the room; needs neither session nor database."""
    g.policy, g.lang = "plain", SWEDISH
    response = make_response(
        render_template(DOWN_TEMPLATE, page_id="staff.down", user=None, signed_in=False), 503
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = "5"
    return response


def _turn_into_down_page(response: Response) -> None:
    page = down_page()
    response.status_code = 503
    response.set_data(page.get_data())
    response.headers["Content-Type"] = page.headers["Content-Type"]
    response.headers["Retry-After"] = "5"
    response.headers.pop("Location", None)


def init_app(app: Flask) -> None:
    """The room with its session, CSRF, readiness and the thread that keeps the published file new."""
    for views in ("log_in", "clinics", "publish", "toml_files", "admin"):
        importlib.import_module(f"patient_app.staff.views.{views}")
    settings: Settings = app.config["SETTINGS"]
    database = Database(settings)
    found = StaffContext(settings, database, Puller(database, settings.data_dir / PUBLISHED))
    app.extensions["staff"] = found
    app.session_interface = StaffOnlySession(
        database, lambda: found.now(), settings.is_https, _turn_into_down_page
    )
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    csrf.init_app(app)
    app.register_blueprint(staff)
    app.jinja_env.globals.update(STAFF_LANGUAGES=STAFF_LANGUAGES, STAFF_ROLES=ROLES, when=when)
    app.extensions["readiness"]["database"] = lambda: (
        database.answers() if database.exists else not _was_there(found)
    )
    app.extensions["measures"].append(
        lambda: [
            one(
                "staff_database_up",
                "1 when the staff's database answers.",
                float(database.exists and database.answers()),
            )
        ]
    )
    found.puller.start()


def _was_there(found: StaffContext) -> bool:
    """True when this node has had a database: its key file is made together with it."""
    return (found.settings.data_dir / KEY_FILE).is_file()


@staff.before_request
def _before() -> AnyResponse | None:
    return enter()


@staff.errorhandler(DatabaseDown)
def _database_down(error: DatabaseDown) -> Response:
    return down_page()


@staff.errorhandler(TooBusy)
def _too_busy(error: TooBusy) -> Response:
    return down_page()


@staff.errorhandler(CSRFError)
def _old_form(error: CSRFError) -> Response:
    return render("problem", "old-form", 400, kind="old-form")


@staff.errorhandler(HTTPException)
def _http_error(error: HTTPException) -> Response:
    if error.code == 403:
        return render("problem", "refused", 403, kind="refused")
    if error.code == 404:
        return render("problem", "missing", 404, kind="missing")
    return error_page(error.code or 500)


STAFF_LANGUAGES = tuple(LANGUAGES[code] for code in STAFF_CODES)
