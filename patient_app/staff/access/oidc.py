"""Staff. Log-in by the region's OpenID Connect provider: code flow with PKCE (S256), state and nonce; Authlib
does the protocol.

The id we keep is an employee's (OIDC_ID_CLAIM), never a personal number: a value that looks like one is
refused. A role comes from a claim when OIDC_ROLE_CLAIM is set, and is then taken anew at each log-in; else an
admin has added the user beforehand.
"""

import time
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from patient_app.personal_number import contains_personal_number
from patient_app.settings import Settings
from patient_app.staff.access import accounts
from patient_app.staff.access.passwords import keyed_hash
from patient_app.staff.access.roles import ADMIN, EDITOR
from patient_app.staff.access.session import StaffSession
from patient_app.staff.content import audit
from patient_app.staff.context import StaffContext, render
from patient_app.staff.models import ClinicRow, User
from patient_app.web.logs import LOGGER
from patient_app.web.routing import absolute

TIMEOUT = 3.0  # seconds for the provider's answers; staff wait for it, families never do
REST = 15.0  # seconds in which a provider that did not answer is not asked again
BACK = "/staff/log-in/provider/back"


def is_on(settings: Settings) -> bool:
    """True when a provider is set."""
    return bool(settings.oidc_issuer)


def form_origins(settings: Settings) -> tuple[str, ...]:
    """The origins that the log-in page's form may lead to: without them the browser silently stops the
    redirect."""
    if not is_on(settings):
        return ()
    _learn_metadata(settings)
    addresses = [settings.oidc_issuer, _client_metadata().get("authorization_endpoint", "")]
    return tuple(
        dict.fromkeys(
            f"{urlsplit(address).scheme}://{urlsplit(address).netloc}" for address in addresses if address
        )
    )


def rests() -> bool:
    """True while the provider is not asked, because it did not answer just now: who logs in is told at once,
    and no thread waits."""
    until: float = current_app.extensions.get("staff-oidc-rests", 0.0)
    return time.monotonic() < until


def _note(error: Exception) -> None:
    """Lets the provider rest when it was no answer at all; a wrong answer is its own matter."""
    import requests

    if isinstance(error, requests.ConnectionError | requests.Timeout):
        current_app.extensions["staff-oidc-rests"] = time.monotonic() + REST
        LOGGER.error("log-in", extra={"event": f"the provider does not answer; not asked for {REST:.0f} s"})


def _learn_metadata(settings: Settings) -> None:
    """Asks the provider once a minute at most until it has said where its log-in is; that may be another
    origin."""
    asked = current_app.extensions.get("staff-oidc-asked", -60.0)
    if _client_metadata() or rests() or time.monotonic() - asked < 60:
        return
    current_app.extensions["staff-oidc-asked"] = time.monotonic()
    try:
        _client(settings).load_server_metadata()
    except _provider_errors() as error:
        _note(error)


def _provider_errors() -> tuple[type[Exception], ...]:
    """What goes wrong when the provider is down or talks nonsense."""
    import requests
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import JoseError

    return OAuthError, JoseError, requests.RequestException, RuntimeError, ValueError, KeyError


def _client_metadata() -> dict[str, Any]:
    client = current_app.extensions.get("staff-oidc")
    return dict(client.server_metadata) if client is not None else {}


def _client(settings: Settings) -> Any:
    found = current_app.extensions.get("staff-oidc")
    if found is None:
        from authlib.integrations.flask_client import OAuth

        proxied: Any = current_app
        found = OAuth(proxied._get_current_object()).register(
            "redo",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret or None,
            server_metadata_url=f"{settings.oidc_issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scopes,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": settings.oidc_client_auth,
                "default_timeout": TIMEOUT,
            },
        )
        current_app.extensions["staff-oidc"] = found
    return found


def begin(context: StaffContext, session: StaffSession) -> Response:
    """The redirect to the provider, with state, nonce and PKCE kept in the session; a page when the provider
    does not answer."""
    if not is_on(context.settings):
        return render("problem", "missing", 404, kind="missing")
    extra = {"acr_values": context.settings.oidc_acr} if context.settings.oidc_acr else {}
    if rests():
        return _down(context)
    try:
        answer: Response = _client(context.settings).authorize_redirect(absolute(BACK), **extra)
    except _provider_errors() as error:
        LOGGER.error("log-in", extra={"event": "the provider does not answer"})
        _note(error)
        return _down(context)
    answer.status_code = 303
    return answer


def _down(context: StaffContext) -> Response:
    g.form_origins = form_origins(context.settings)
    return render("log_in", "log-in", wrong=False, provider=True, provider_down=True)


def finish(context: StaffContext, session: StaffSession) -> User | None:
    """The user whom the provider vouches for, or None whatever was wrong."""
    if not is_on(context.settings) or rests():
        return None
    try:
        claims = _client(context.settings).authorize_access_token().get("userinfo") or {}
    except _provider_errors() as error:
        LOGGER.info("log-in", extra={"event": f"refused by the provider's answer: {type(error).__name__}"})
        _note(error)
        return None
    problem = claims_problem(claims, context.settings)
    if problem:
        LOGGER.info("log-in", extra={"event": f"refused: {problem}"})
        return None
    with context.database.write() as writing:
        return admit(writing, claims, context.settings, context.now())


def claims_problem(claims: dict[str, Any], settings: Settings) -> str:
    """Why these claims, whose signature and nonce were checked, let nobody in; "" when they may."""
    if str(claims.get("iss", "")).rstrip("/") != settings.oidc_issuer:
        return "another issuer"
    required = settings.oidc_acr.split()
    if required and claims.get("acr") not in required:
        return "the log-in was not strong enough (acr)"
    subject = claims.get(settings.oidc_id_claim)
    if not isinstance(subject, str) or not subject.strip() or len(subject) > 200:
        return "no id"
    if contains_personal_number(subject):
        return "the id looks like a personal number"
    return ""


def role_of(claims: dict[str, Any], settings: Settings) -> str:
    """The role that the provider gives, "" for none."""
    values = _values_of(claims, settings.oidc_role_claim)
    if settings.oidc_admin_value and settings.oidc_admin_value in values:
        return ADMIN
    return EDITOR if settings.oidc_editor_value and settings.oidc_editor_value in values else ""


def _values_of(claims: dict[str, Any], claim: str) -> set[str]:
    """What a claim holds: a list, or words with spaces between; nothing where no claim is named."""
    given = claims.get(claim) if claim else None
    if isinstance(given, list):
        return {str(value) for value in given}
    return set(str(given).split()) if given else set()


def admit(writing: Session, claims: dict[str, Any], settings: Settings, now: int) -> User | None:
    """The user with that id, made at first log-in when the provider gives a role; role and clinics follow the
    claims."""
    external_id = str(claims[settings.oidc_id_claim]).strip()
    user = writing.scalars(select(User).where(User.external_id == external_id)).first()
    if settings.oidc_role_claim:
        role = role_of(claims, settings)
        if not role:
            return None
        if user is None:
            user = _new_user(writing, external_id, role, now)
        if user.role != role:
            audit.append(
                writing, now, "provider", "role", f"user:{user.username}", {"role": user.role}, {"role": role}
            )
            user.role = role
        _follow_clinics(writing, user, claims, settings, now)
    return None if user is None or user.disabled else user


def _new_user(writing: Session, external_id: str, role: str, now: int) -> User:
    name = accounts.normalize_username(
        "".join(symbol if symbol.isalnum() or symbol in "._@-" else "-" for symbol in external_id)
    )
    taken = writing.scalars(select(User).where(User.username == name)).first() is not None
    if taken or not accounts.USERNAME.fullmatch(name):
        name = f"sso-{keyed_hash(b'name', external_id)[:12]}"
    user = User(username=name, name=name, role=role, created_at=now, external_id=external_id)
    writing.add(user)
    audit.append(writing, now, "provider", "user-add", f"user:{name}", None, {"role": role})
    return user


def _follow_clinics(
    writing: Session, user: User, claims: dict[str, Any], settings: Settings, now: int
) -> None:
    if not settings.oidc_clinic_claim:
        return
    values = _values_of(claims, settings.oidc_clinic_claim)
    known = sorted(values & set(writing.scalars(select(ClinicRow.code))))
    before = sorted(user.clinic_codes)
    if known != before:
        accounts.set_clinics(writing, user, known)
        audit.append(writing, now, "provider", "clinics", f"user:{user.username}", before, known)
