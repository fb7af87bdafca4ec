"""Staff. What a password may be, its argon2id hash, and the codes that hold once."""

import hashlib
import hmac
import re
import secrets
import threading
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from patient_app.codes import symbols
from patient_app.personal_number import contains_personal_number
from patient_app.problem import Problem

PASSWORD_LEAST, PASSWORD_MOST = 12, 200
COMMON = Path(__file__).with_name("common_passwords.txt")

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)  # hashes at a time: each takes a core and 64 MiB
_IN_LINE = threading.BoundedSemaphore(6)  # those and who may wait for one: the rest are told to come back
# Of these places, for browsers that never logged in to the account.
_STRANGERS = threading.BoundedSemaphore(4)


class TooBusy(Exception):
    """So many log-ins at once that another must be tried again."""


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())


def password_problem(password: str, username: str = "") -> Problem | None:
    """Why the password cannot be used, or None when it can."""
    if len(password) < PASSWORD_LEAST:
        return Problem("password", "password-short", {"least": PASSWORD_LEAST})
    if len(password) > PASSWORD_MOST:
        return Problem("password", "password-long", {"most": PASSWORD_MOST})
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(username) >= 3 and username in folded:
        return Problem("password", "password-holds-name")
    return Problem("password", "password-common") if _is_easy_to_guess(folded) else None


def _is_easy_to_guess(folded: str) -> bool:
    plain = folded.translate(str.maketrans("013457@$!", "oleastasi"))
    bare = {re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text) for text in (folded, plain)}
    halves = {text[: len(text) // 2] for text in (folded,) if text[: len(text) // 2] * 2 == text}
    return (
        bool(({folded, plain} | bare | halves) & _common())
        or len(set(folded)) < 6
        or "" in bare
        or contains_personal_number(folded)
    )


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Raises TooBusy."""
    with _Turn():
        return _HASHER.hash(password)


def password_fits(password_hash: str, password: str, stranger: bool = False) -> bool:
    """True when the password is the hash's. Takes as long for a hash that is none.

    Raises TooBusy, earlier for a stranger: others' tries do not take the places of those who work here.
    """
    with _Turn(stranger):
        try:
            verified = _HASHER.verify(password_hash or _nobodys_hash(), password[:PASSWORD_MOST])
        except (VerificationError, InvalidHashError):
            return False
        return verified and bool(password_hash)


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


def code_hash(code: str) -> str:
    try:
        read = symbols.normalize(code)
    except symbols.SymbolError:
        read = ""
    return hashlib.sha256(read.encode()).hexdigest()


def keyed_hash(key: bytes, *parts: str) -> str:
    """A hash that says nothing without our key."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
