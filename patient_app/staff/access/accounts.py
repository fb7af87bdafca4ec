"""Staff. Local accounts: log-in by password and a second factor whose codes hold once, and who may be added
or changed. Whatever is refused is raised as AccountError, with the field it stands at.

Every kind of wrong log-in has one answer and the same work behind it: unknown name, wrong password, wrong or
used code, disabled, too many tries.
"""

import hmac
import re
import unicodedata

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from patient_app.personal_number import contains_personal_number
from patient_app.problem import Problem, ProblemsError
from patient_app.staff.access.passwords import (
    code_hash,
    hash_password,
    one_time_password,
    password_fits,
    recovery_code,
)
from patient_app.staff.access.roles import ADMIN, ROLES
from patient_app.staff.access.throttle import Throttles, Try
from patient_app.staff.database import Database
from patient_app.staff.models import ClinicRow, RecoveryCode, User, UserClinic

USERNAME = re.compile(r"[a-z0-9åäöéü][a-z0-9åäöéü._@-]{1,63}")
ONE_TIME_HOLDS = 24 * 3600
RECOVERY_CODES = 10


class AccountError(ProblemsError):
    """A user that cannot be added or changed as asked."""


def _refusal(place: str, code: str, **values: str) -> AccountError:
    return AccountError([Problem(place, code, values)])


def normalize_username(text: str) -> str:
    """A user name as it is kept: composed, small letters, no spaces around."""
    return unicodedata.normalize("NFC", text.strip()).casefold()[:64]


def check_username(text: str) -> str:
    """A user name that may be used. Raises AccountError."""
    username = normalize_username(text)
    if contains_personal_number(username):
        raise _refusal("username", "account-personal-number")
    if not USERNAME.fullmatch(username):
        raise _refusal("username", "username")
    return username


def log_in(database: Database, key: bytes, attempt: Try, now: int) -> User | None:
    """The user whose log-in this is, or None for every kind of wrong one. Raises DatabaseDown or TooBusy."""
    throttles = Throttles(key, attempt)
    with database.read() as reading:
        if throttles.waiting(reading, now):
            return None
        user = reading.scalars(select(User).where(User.username == attempt.username)).first()
        strict = throttles.strict(reading, now)
        takes_codes = not throttles.codes_used_up(reading, now)
        second_factor = user is not None and _factor_fits(reading, user, attempt.code, now, takes_codes)
    fits = (second_factor or not strict) and password_fits(
        (user.password_hash if user else "") or "", attempt.password, stranger=not attempt.device
    )
    # With the right password, or where passwords are not looked at any more, a wrong code is a guess at it.
    code_guessed = (
        user is not None and user.totp_secret is not None and not second_factor and (fits or strict)
    )
    with database.write() as writing:
        # Read again inside the write: a code may have been used, or the user disabled, in the meantime.
        user = writing.scalars(select(User).where(User.username == attempt.username)).first()
        may_enter = fits and user is not None and not user.disabled
        if may_enter and user is not None and _use_factor(writing, user, attempt.code, now, takes_codes):
            throttles.right(writing)
            if user.one_time_until is not None:
                user.password_hash = None
            return user
        throttles.wrong(writing, now, code_guessed)
    return None


def _factor_fits(reading: Session, user: User, code: str, now: int, takes_codes: bool) -> bool:
    if user.totp_secret is None:
        return False
    by_code = takes_codes and _totp_step(user, code, now) is not None
    return by_code or _recovery_row(reading, user, code) is not None


def _use_factor(writing: Session, user: User, code: str, now: int, takes_codes: bool) -> bool:
    if user.totp_secret is None:
        # No second factor yet: only a one-time password leads in, and only to choosing one.
        return user.one_time_until is not None and now <= user.one_time_until
    step = _totp_step(user, code, now) if takes_codes else None
    if step is not None:
        user.totp_last_step = step
        return True
    row = _recovery_row(writing, user, code)
    if row is None:
        return False
    writing.delete(row)
    return True


def _totp_step(user: User, code: str, now: int) -> int | None:
    return totp_step(user.totp_secret or "", code, now, user.totp_last_step or 0)


def totp_step(secret: str, code: str, now: int, after: int = 0) -> int | None:
    """The 30-second step whose code this is: now, the one before or the one after, and later than `after`;
    else None."""
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    totp = pyotp.TOTP(secret)
    for step in (now // 30, now // 30 - 1, now // 30 + 1):
        if hmac.compare_digest(totp.at(step * 30), digits) and step > after:
            return int(step)
    return None


def _recovery_row(reading: Session, user: User, code: str) -> RecoveryCode | None:
    if len(code) < 16:
        return None
    query = select(RecoveryCode).where(
        RecoveryCode.user_id == user.id, RecoveryCode.code_hash == code_hash(code)
    )
    return reading.scalars(query).first()


def add_user(
    writing: Session, username: str, name: str, role: str, clinics: list[str], now: int, external_id: str = ""
) -> tuple[User, str]:
    """A new user and the one-time password to hand over ("" for one who logs in by the provider).

    Raises AccountError: for what was typed, or a name or id that another user has.
    """
    username = check_username(username)
    if writing.scalars(select(User).where(User.username == username)).first():
        raise _refusal("username", "username-taken")
    if contains_personal_number(external_id):
        raise _refusal("external", "account-personal-number")
    if external_id and writing.scalars(select(User).where(User.external_id == external_id)).first():
        raise _refusal("external", "external-taken")
    user = User(username=username, created_at=now, external_id=external_id or None)
    set_name_and_role(user, name, role)
    set_clinics(writing, user, clinics)
    writing.add(user)
    writing.flush()
    return user, "" if external_id else give_one_time_password(user, now)


def change_user(writing: Session, user: User, name: str, role: str, clinics: list[str]) -> None:
    """Another name, role or other clinics. Raises AccountError, also when no admin would be left."""
    if user.role == ADMIN and role in ROLES and role != ADMIN:
        keep_an_admin(writing, user)
    set_name_and_role(user, name, role)
    set_clinics(writing, user, clinics)


def set_name_and_role(user: User, name: str, role: str) -> None:
    """Who the user is to others. Raises AccountError."""
    if role not in ROLES:
        raise _refusal("role", "no-role", roles=", ".join(ROLES))
    if contains_personal_number(name):
        raise _refusal("name", "account-personal-number")
    user.name, user.role = " ".join(name.split())[:120] or user.username, role


def keep_an_admin(reading: Session, but: User) -> None:
    """Raises AccountError when nobody but this user could let people in."""
    others = reading.scalars(
        select(User).where(User.role == ADMIN, User.disabled.is_(False), User.id != but.id)
    ).first()
    if others is None:
        raise _refusal("role", "last-admin")


def set_clinics(writing: Session, user: User, clinics: list[str]) -> None:
    """Which clinics an editor may change. Raises AccountError for one that is not there."""
    unknown = set(clinics) - set(writing.scalars(select(ClinicRow.code)))
    if unknown:
        raise _refusal("clinics", "no-clinic", codes=", ".join(sorted(unknown)))
    user.clinics = [row for row in user.clinics or [] if row.clinic_code in clinics] + [
        UserClinic(clinic_code=code)
        for code in sorted(set(clinics) - {row.clinic_code for row in user.clinics or []})
    ]


def give_one_time_password(user: User, now: int) -> str:
    """Takes away password, second factor and recovery codes, and gives a password that holds once, for a
    day."""
    password = one_time_password()
    user.password_hash, user.one_time_until = hash_password(password), now + ONE_TIME_HOLDS
    user.totp_secret = user.totp_last_step = None
    user.recovery_codes = []
    user.disabled = False
    return password


def choose(user: User, password_hash: str, totp_secret: str, step: int) -> list[str]:
    """The user's own password and second factor; gives the recovery codes back, to be shown this once."""
    codes = [recovery_code() for _ in range(RECOVERY_CODES)]
    user.password_hash, user.one_time_until = password_hash, None
    user.totp_secret, user.totp_last_step = totp_secret, step
    user.recovery_codes = [RecoveryCode(code_hash=code_hash(code)) for code in codes]
    return codes


def needs_setup(user: User) -> bool:
    """True until a local user has chosen password and second factor; users of the provider have both
    there."""
    return user.external_id is None and user.totp_secret is None
