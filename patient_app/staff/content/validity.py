"""Staff. What runs out: sources, checked dates and our own addresses, told 90 days before. The page and
`patient-app doctor` read it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from patient_app.clinics.directory import Directory
from patient_app.clinics.settings import VisitProfile
from patient_app.sources import REVIEW_AGAIN, SOURCES
from patient_app.web.languages import staff_gettext as _s
from patient_app.web.languages import staff_lazy as _sl

AHEAD = 90  # days
CHECK_AGAIN = datetime.timedelta(days=365)  # a checked date is believed for a year


@dataclass(frozen=True)
class Item:
    """One thing with a day when it must be looked at again."""

    title: str
    scope: str
    words: Any
    read: datetime.date | None
    date: datetime.date
    days: int


def items(directory: Directory, today: datetime.date) -> list[Item]:
    """Everything that has such a day, the soonest first."""
    return sorted(_items(directory, today), key=lambda item: (item.date, item.title))


def due(directory: Directory, today: datetime.date) -> list[Item]:
    """What runs out within AHEAD days, or has run out."""
    return [item for item in items(directory, today) if item.days <= AHEAD]


def _items(directory: Directory, today: datetime.date) -> Iterator[Item]:
    for source in SOURCES:
        date = min(source.valid_until, REVIEW_AGAIN) if source.valid_until else REVIEW_AGAIN
        yield Item(
            source.title, source.scope, _sl("Läs källan igen."), source.read, date, (date - today).days
        )
    common = VisitProfile().proxy_age_checked
    checked: dict[datetime.date, list[str]] = {}
    for clinic in directory.open_clinics():
        if clinic.profile.proxy_age_checked:
            checked.setdefault(clinic.profile.proxy_age_checked, []).append(clinic.code)
    if common:
        checked.setdefault(common, [])
    for read, codes in checked.items():
        date = read + CHECK_AGAIN
        scope = ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")
        yield Item(
            _s("Åldersgräns för ombud"),
            scope or _s("Gemensamt"),
            _sl("Kontrollera att åldersgränsen stämmer."),
            read,
            date,
            (date - today).days,
        )
