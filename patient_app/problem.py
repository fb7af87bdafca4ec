"""Pure. One thing that is wrong with what somebody typed or sent, as data: where, which kind, which values.

It is worded at the edge: here in English for the command line and the log, by the staff's room in the
reader's language (staff/words.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

# One row a kind: its code, and what an operator reads. staff/words.py has the same codes for staff.
ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "flag": "must be true or false",
        "number": "must be a whole number from 0 to 365",
        "date": "must be a date such as 2026-11-22",
        "choice": "must be one of %(choices)s",
        "phone": "must be a phone number: digits, spaces and hyphens, at least six digits",
        "phone-personal-number": "looks like a personal number",
        "address": "must be an https address on the list of reviewed hosts",
        "labels": "must be a table of label keys",
        "no-label": "there is no label %(key)r; the keys are %(keys)s",
        "local-text": "must be a text, or a table of texts by language with sv among them",
        "no-language": "there is no language %(language)r",
        "text": "must be a text",
        "too-long": "is longer than %(limit)s characters",
        "personal-number": "holds something that looks like a personal number",
        "characters": "holds characters that do not belong in a text (< > { } or control characters)",
        "link": "holds a link; links stand in their own settings",
        "look-alike": "mixes alphabets in one word, or holds a number that only looks like 1177",
        "list-of-settings": "must be a list of settings",
        "said-and-left-out": "is said and left out at once",
        "only-clinics-leave-out": "only a clinic leaves out what its region says",
        "no-phone": "every clinic has a phone: families must have somebody to call",
        "no-setting": "there is no such setting",
        "no-field": "there is no such field",
        "no-table": "there is no such table",
        "no-region": "there is no region %(region)r",
        "region-key": "a region's key is small letters, digits and hyphens",
        "clinic-code": "a clinic's code is four of %(symbols)s, and not %(reserved)s",
        "quotes": "must be a text in quotes",
        "twice": "stands there twice",
        "regions-table": "must be a table of regions by key",
        "clinics-tables": "must be written [[clinics]]",
        "table": "must be a table, and so must its settings",
        "unreadable": "%(said)s",
        "no-file": "must be a file of at most %(limit)s KiB",
        "not-yours": "is not a clinic of yours",
        "username": "a user name is 2 to 64 small letters, digits, dots, hyphens, underscores or @",
        "username-taken": (
            "there is a user with that name already: patient-app user reset NAME gives a new one-time log-in"
        ),
        "external-taken": "another user has that id at the provider: one id lets in one user",
        "account-personal-number": "looks like a personal number; use an employee id or a name",
        "no-role": "the role is one of %(roles)s",
        "no-clinic": "there is no clinic %(codes)s: patient-app clinic list shows their codes",
        "last-admin": "there must be an admin who may log in",
        "password-short": "must be at least %(least)s characters",
        "password-long": "must be at most %(most)s characters",
        "password-holds-name": "holds the user name",
        "password-common": "is too common",
        "passwords-differ": "is not the same as the first",
        "wrong-code": "is not the code that the app shows now",
        "wrong-log-in": "password or code is not right",
    }
)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the place in the body, a code of ENGLISH, and the values its words name."""

    place: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in ENGLISH:
            raise LookupError(f"no such problem: {self.code}")

    def __str__(self) -> str:
        return ENGLISH[self.code] % self.values


class Refused(ValueError):
    """A value that cannot be used, before it is known where it stands."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)

    def at(self, place: str) -> Problem:
        """The problem, in its place."""
        return Problem(place, self.code, self.values)


class ProblemsError(ValueError):
    """What was typed or sent cannot be used. `problems` holds everything that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(f"{problem.place}: {problem}" for problem in self.problems))


class ProfileError(ProblemsError):
    """A profile of a clinic or region that is wrong."""
