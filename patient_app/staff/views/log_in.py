"""Staff. In and out: log-in by local account or the region's provider, choosing password and second factor,
own account, language."""

import hmac
import secrets
from typing import Any

import pyotp
from flask import current_app, g, request
from werkzeug.wrappers import Response

from patient_app.problem import Problem
from patient_app.staff import words
from patient_app.staff.access import accounts, oidc
from patient_app.staff.access.forms import ChangePasswordForm, LanguageForm, LogInForm, NewPasswordForm
from patient_app.staff.access.passwords import hash_password, keyed_hash
from patient_app.staff.access.session import PATH, revoke_all
from patient_app.staff.access.throttle import Try
from patient_app.staff.content import audit
from patient_app.staff.context import flash, me, own_session, redirect_to, render, route, staff_context
from patient_app.staff.models import User
from patient_app.web.languages import STAFF_CODES
from patient_app.web.languages import staff_gettext as _s
from patient_app.web.logs import LOGGER
from patient_app.web.qr import qr_svg

DEVICE_HOLDS = 180 * 24 * 3600


@route("/", who="staff")
def home() -> Response:
    """Where one lands: one's clinics."""
    return redirect_to("places", kind="clinics")


@route("/log-in", who="open", methods=("GET", "POST"))
def log_in() -> Any:
    """The one form for local accounts, and the button to the provider where there is one. One answer for
    every wrong log-in."""
    g.form_origins = oidc.form_origins(staff_context().settings)
    if own_session().user is not None:
        return redirect_to("home")
    if request.method == "GET":
        return render("log_in", "log-in", wrong=False, provider=oidc.is_on(staff_context().settings))
    form = LogInForm(request.form)
    attempt = Try(
        username=form.username.data,
        password=form.password.data,
        code=form.code.data,
        address=request.remote_addr or "",
        device=_known_device(form.username.data),
    )
    user = accounts.log_in(
        staff_context().database, staff_context().key("throttle"), attempt, staff_context().now()
    )
    if user is None:
        LOGGER.info("log-in", extra={"event": "refused"})
        return render("log_in", "log-in", wrong=True, provider=oidc.is_on(staff_context().settings))
    welcome(user, "log-in")
    response = redirect_to("home")
    _remember_device(response, user.username)
    return response


def welcome(user: User, action: str) -> None:
    """A new session for a user who has just proved who it is, and a line in the log."""
    own_session().renew(user, staff_context().now())
    with staff_context().database.write() as writing:
        audit.append(writing, staff_context().now(), user.username, action, f"user:{user.username}")


def _device_cookie() -> str:
    return ("__Secure-" if staff_context().settings.is_https else "") + "redo-staff-device"


def _known_device(username: str) -> str:
    """The random name of a browser that has logged in to this account before, else ""."""
    name, _, seal = request.cookies.get(_device_cookie(), "").partition(".")
    return (
        name
        if name and hmac.compare_digest(seal, keyed_hash(staff_context().key("device"), username, name))
        else ""
    )


def _remember_device(response: Response, username: str) -> None:
    name = _known_device(username) or secrets.token_urlsafe(12)
    value = f"{name}.{keyed_hash(staff_context().key('device'), username, name)}"
    response.set_cookie(
        _device_cookie(),
        value,
        max_age=DEVICE_HOLDS,
        path=PATH,
        secure=staff_context().settings.is_https,
        httponly=True,
        samesite="Lax",
    )


@route("/log-out", who="session", methods=("POST",))
def log_out() -> Response:
    """Ends this session."""
    user = me()
    own_session().renew(None, staff_context().now())
    with staff_context().database.write() as writing:
        audit.append(writing, staff_context().now(), user.username, "log-out", f"user:{user.username}")
    flash(_s("Du är utloggad."))
    return redirect_to("log_in")


@route("/language", who="open", methods=("POST",))
def language() -> Response:
    """The room's language, kept in the session."""
    form = LanguageForm(request.form)
    if form.language.data in STAFF_CODES:
        own_session()["language"] = form.language.data
    back = form.back.data
    # Only back into the room: an address that somebody else made must not lead out of it.
    safe = back.startswith(PATH) and not back.startswith("//") and "\\" not in back and back.isprintable()
    return current_app.redirect(back if safe else PATH, 303)


@route("/log-in/provider", who="open", methods=("POST",))
def provider() -> Response:
    """On to the region's log-in."""
    return oidc.begin(staff_context(), own_session())


@route("/log-in/provider/back", who="open")
def provider_back() -> Any:
    """Back from the region's log-in: the user, or the one answer for every wrong log-in."""
    user = oidc.finish(staff_context(), own_session())
    if user is None:
        g.form_origins = oidc.form_origins(staff_context().settings)
        return render("log_in", "log-in", wrong=True, provider=True)
    welcome(user, "log-in-provider")
    return redirect_to("home")


@route("/account/setup", who="session", methods=("GET", "POST"))
def setup() -> Any:
    """First log-in, or after a reset: choose a password and prove the second factor; then the recovery codes,
    shown once."""
    user, kept = me(), own_session()
    if not accounts.needs_setup(user):
        return redirect_to("account")
    if "totp" not in kept:
        kept["totp"] = pyotp.random_base32()
    secret = str(kept["totp"])
    problems: list[Problem] = []
    if request.method == "POST":
        form = NewPasswordForm(request.form)
        problems = form.problems(user.username)
        step = accounts.totp_step(secret, form.code.data, staff_context().now())
        if step is None:
            problems.append(Problem("code", "wrong-code"))
        if not problems and step is not None:
            hashed = hash_password(form.password.data)
            with staff_context().database.write() as writing:
                changed = writing.get_one(User, user.id)
                codes = accounts.choose(changed, hashed, secret, step)
                revoke_all(writing, user.id, but=kept.token)
                audit.append(
                    writing, staff_context().now(), user.username, "choose-password", f"user:{user.username}"
                )
            kept.renew(changed, staff_context().now())
            return render("recovery_codes", "recovery-codes", codes=codes)
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name="Redo")
    # The label is in words beside it, and the key as text: the picture itself is decoration.
    picture = qr_svg(address, css_class=None)
    return render("setup", "setup", secret=secret, picture=picture, problems=words.by_field(problems))


@route("/account", who="staff", methods=("GET", "POST"))
def account() -> Any:
    """One's own account: who one is, a new password, log out everywhere."""
    user = me()
    problems: list[Problem] = []
    if request.method == "POST" and user.external_id is None:
        form = ChangePasswordForm(request.form)
        attempt = Try(user.username, form.old.data, form.code.data, request.remote_addr or "", "account")
        problems = form.problems(user.username)
        # The one that holds now is only tried, and a wrong one counted, when the new one can be used.
        if not problems and (
            accounts.log_in(
                staff_context().database, staff_context().key("throttle"), attempt, staff_context().now()
            )
            is None
        ):
            problems.append(Problem("old", "wrong-log-in"))
        if not problems:
            hashed = hash_password(form.password.data)
            with staff_context().database.write() as writing:
                changed = writing.get_one(User, user.id)
                changed.password_hash = hashed
                ended = revoke_all(writing, user.id, but=own_session().token)
                audit.append(
                    writing,
                    staff_context().now(),
                    user.username,
                    "change-password",
                    f"user:{user.username}",
                    None,
                    {"sessions ended": ended},
                )
            own_session().renew(changed, staff_context().now())
            flash(_s("Lösenordet är bytt. Andra inloggningar är avslutade."))
            return redirect_to("account")
    return render("account", "account", problems=words.by_field(problems))


@route("/account/revoke", who="session", methods=("POST",))
def revoke() -> Response:
    """Ends all of one's own sessions, this one too."""
    user = me()
    with staff_context().database.write() as writing:
        ended = revoke_all(writing, user.id)
        audit.append(
            writing,
            staff_context().now(),
            user.username,
            "revoke-sessions",
            f"user:{user.username}",
            None,
            {"sessions ended": ended},
        )
    own_session().renew(None, staff_context().now())
    flash(_s("Du är utloggad överallt."))
    return redirect_to("log_in")
