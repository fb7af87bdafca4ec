"""Staff. Local accounts: argon2id, a second factor whose codes hold once, and a slow-down that does not lock
the right user out.

Every kind of wrong log-in has one answer and the same work behind it: unknown name, wrong password, wrong or
used code, disabled, too many tries.
"""

import hashlib
import hmac
import ipaddress
import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from patient_app.codes import symbols
from patient_app.personal_number import contains_personal_number
from patient_app.staff.access.roles import ROLES
from patient_app.staff.database import Database
from patient_app.staff.models import ClinicRow, RecoveryCode, Throttle, User, UserClinic

USERNAME = re.compile(r"[a-z0-9åäöéü][a-z0-9åäöéü._@-]{1,63}")
PASSWORD_LEAST, PASSWORD_MOST = 12, 200
ONE_TIME_HOLDS = 24 * 3600
RECOVERY_CODES = 10
COMMON = Path(__file__).with_name("common_passwords.txt")
REMEMBERED = 24 * 3600  # how long wrong tries are kept

# Wrong tries that are free, and the longest wait in seconds after them, which doubles from one second on.
PAIR_FREE, PAIR_WAIT = 5, 900  # one account from one address: somebody who types, or guesses
ADDRESS_FREE, ADDRESS_WAIT = 50, 60  # one address over all accounts: a whole hospital may share it, so mild
DEVICE_FREE, DEVICE_WAIT = (
    10,
    300,
)  # a browser that has logged in to the account before: never slowed by what others do
ACCOUNT_FREE = (
    30  # one account over all addresses: from here on only a right second factor has its password looked at
)

# Wrong six-digit codes an hour for one account, from browsers that never logged in to it: a code can be
# guessed, and a password may be known. After them only a recovery code, eighty bits, leads in from there.
CODES_AN_HOUR = 20

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)  # hashes at a time: each takes a core and 64 MiB
_IN_LINE = threading.BoundedSemaphore(6)  # those and who may wait for one: the rest are told to come back
_STRANGERS = threading.BoundedSemaphore(
    4
)  # of these places, for browsers that never logged in to the account


class TooBusy(Exception):
    """So many log-ins at once that another must be tried again."""


@dataclass(frozen=True)
class Try:
    """What somebody typed to log in, and where from. `device` is the account that this browser logged in to
    before, or ""."""

    username: str
    password: str
    code: str
    address: str
    device: str = ""


def normalize_username(text: str) -> str:
    """A user name as it is kept: composed, small letters, no spaces around."""
    return unicodedata.normalize("NFC", text.strip()).casefold()[:64]


def check_username(text: str) -> str:
    """A user name that may be used. Raises ValueError: "form", or "personal-number"."""
    username = normalize_username(text)
    if contains_personal_number(username):
        raise ValueError("personal-number")
    if not USERNAME.fullmatch(username):
        raise ValueError("form")
    return username


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())


def password_problem(password: str, username: str = "") -> str:
    """Why the password cannot be used: "short", "long", "common", "name", or "" when it can."""
    if len(password) < PASSWORD_LEAST:
        return "short"
    if len(password) > PASSWORD_MOST:
        return "long"
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(username) >= 3 and username in folded:
        return "name"
    plain = folded.translate(str.maketrans("013457@$!", "oleastasi"))
    bare = {re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text) for text in (folded, plain)}
    halves = {text[: len(text) // 2] for text in (folded,) if text[: len(text) // 2] * 2 == text}
    if ({folded, plain} | bare | halves) & _common() or len(set(folded)) < 6 or "" in bare:
        return "common"
    return ""


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Raises TooBusy."""
    with _Turn():
        return _HASHER.hash(password)


def password_fits(password_hash: str, password: str, stranger: bool = False) -> bool:
    """True when the password is the hash's. Takes as long for a hash that is none. Raises TooBusy, earlier
    for
    a stranger: others' tries do not take the places of those who work here."""
    with _Turn(stranger):
        try:
            return _HASHER.verify(password_hash or _nobodys_hash(), password[:PASSWORD_MOST]) and bool(
                password_hash
            )
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex())


class _Turn:
    """A place in line for the hasher."""

    def __init__(self, stranger: bool = False) -> None:
        self._places = (_STRANGERS, _IN_LINE) if stranger else (_IN_LINE,)

    def __enter__(self) -> None:
        taken: list[threading.Semaphore] = []
        for place in self._places:
            if not place.acquire(blocking=False):
                for other in taken:
                    other.release()
                raise TooBusy
            taken.append(place)
        _AT_ONCE.acquire()

    def __exit__(self, *_: object) -> None:
        _AT_ONCE.release()
        for place in self._places:
            place.release()


def one_time_password() -> str:
    """Twenty symbols that are easy to read out, a hundred bits."""
    return "-".join("".join(secrets.choice(symbols.ALPHABET) for _ in range(4)) for _ in range(5))


def recovery_code() -> str:
    """Sixteen symbols, eighty bits."""
    return "-".join("".join(secrets.choice(symbols.ALPHABET) for _ in range(4)) for _ in range(4))


def _code_hash(code: str) -> str:
    try:
        read = symbols.normalize(code)
    except symbols.SymbolError:
        read = ""
    return hashlib.sha256(read.encode()).hexdigest()


def keyed_hash(key: bytes, *parts: str) -> str:
    """A hash that says nothing without our key."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def wait_after(failures: int, free: int, longest: int) -> int:
    """Seconds to wait after that many wrong tries."""
    return 0 if failures < free else min(longest, 2 ** min(failures - free, 20))


def address_group(address: str) -> str:
    """The address as wrong tries are counted: whole for IPv4, the first 64 bits for IPv6, of which one
    household has as many addresses as it likes."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


class Throttles:
    """The slow-down of one try: which rows count for it, whether it must wait, and one more when it was
    wrong."""

    def __init__(self, key: bytes, attempt: Try) -> None:
        name, address = attempt.username, address_group(attempt.address)
        self._account = keyed_hash(key, "account", name)
        self._key, self._name = key, name
        self._limits: dict[str, tuple[int, int]] = (
            {keyed_hash(key, "device", name, attempt.device): (DEVICE_FREE, DEVICE_WAIT)}
            if attempt.device
            else {
                keyed_hash(key, "pair", name, address): (PAIR_FREE, PAIR_WAIT),
                keyed_hash(key, "address", address): (ADDRESS_FREE, ADDRESS_WAIT),
            }
        )
        self._known_device = bool(attempt.device)

    def waiting(self, reading: Session, now: int) -> bool:
        """True when this try comes too soon."""
        for row in reading.scalars(select(Throttle).where(Throttle.key.in_(self._limits))):
            if row.last_at > now - REMEMBERED and now < row.last_at + wait_after(
                row.failures, *self._limits[row.key]
            ):
                return True
        return False

    def strict(self, reading: Session, now: int) -> bool:
        """True when the account was tried so often that only a right second factor has its password looked
        at."""
        row = reading.get(Throttle, self._account)
        return (
            not self._known_device
            and row is not None
            and row.last_at > now - REMEMBERED
            and row.failures >= ACCOUNT_FREE
        )

    def _codes_in(self, hour: int) -> str:
        return keyed_hash(self._key, "codes", self._name, str(hour))

    def codes_used_up(self, reading: Session, now: int) -> bool:
        """True when so many codes were guessed in this hour and the last that none is taken from this
        browser."""
        keys = [self._codes_in(now // 3600), self._codes_in(now // 3600 - 1)]
        guessed = sum(reading.scalars(select(Throttle.failures).where(Throttle.key.in_(keys))))
        return not self._known_device and guessed >= CODES_AN_HOUR

    def wrong(self, writing: Session, now: int, code_guessed: bool = False) -> None:
        """Counts one wrong try, and whether it was a guess at the code; what is older than a day goes."""
        writing.execute(delete(Throttle).where(Throttle.last_at < now - REMEMBERED))
        codes = [self._codes_in(now // 3600)] if code_guessed and not self._known_device else []
        for key in (*self._limits, self._account, *codes):
            row = writing.get(Throttle, key)
            if row is None:
                writing.add(Throttle(key=key, failures=1, last_at=now))
            else:
                row.failures, row.last_at = row.failures + 1, now

    def right(self, writing: Session) -> None:
        """Forgets this browser's own wrong tries; those of others stay."""
        keys = [key for key, limits in self._limits.items() if limits != (ADDRESS_FREE, ADDRESS_WAIT)]
        writing.execute(delete(Throttle).where(Throttle.key.in_(keys)))


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
        RecoveryCode.user_id == user.id, RecoveryCode.code_hash == _code_hash(code)
    )
    return reading.scalars(query).first()


def add_user(
    writing: Session, username: str, name: str, role: str, clinics: list[str], now: int, external_id: str = ""
) -> tuple[User, str]:
    """A new user and the one-time password to hand over ("" for one who logs in by the provider).

    Raises ValueError: "form", "personal-number" or "taken" for the name, "role", "clinic", "external-taken".
    """
    username = check_username(username)
    if role not in ROLES:
        raise ValueError("role")
    if writing.scalars(select(User).where(User.username == username)).first():
        raise ValueError("taken")
    if contains_personal_number(external_id) or contains_personal_number(name):
        raise ValueError("personal-number")
    if external_id and writing.scalars(select(User).where(User.external_id == external_id)).first():
        raise ValueError("external-taken")
    user = User(
        username=username,
        name=name.strip()[:120] or username,
        role=role,
        created_at=now,
        external_id=external_id or None,
    )
    set_clinics(writing, user, clinics)
    writing.add(user)
    writing.flush()
    return user, "" if external_id else give_one_time_password(user, now)


def set_clinics(writing: Session, user: User, clinics: list[str]) -> None:
    """Which clinics an editor may change. Raises ValueError "clinic" for one that is not there."""
    known = set(writing.scalars(select(ClinicRow.code)))
    if not set(clinics) <= known:
        raise ValueError("clinic")
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
    user.recovery_codes = [RecoveryCode(code_hash=_code_hash(code)) for code in codes]
    return codes


def needs_setup(user: User) -> bool:
    """True until a local user has chosen password and second factor; users of the provider have both
    there."""
    return user.external_id is None and user.totp_secret is None
