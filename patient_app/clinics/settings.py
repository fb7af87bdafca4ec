"""Pure. What varies between regions and clinics, as one frozen value: common defaults <- region <- clinic.

Every setting stands in families.md with the reason why it varies. A setting without a value hides its
sentence; it never becomes a guess. Defaults come from the source `leaflet`; promises of the platform, app,
fee, plan B and reply time have none.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from patient_app.clinics.problems import Problem, Refused
from patient_app.clinics.problems import ProfileError as ProfileError
from patient_app.personal_number import contains_personal_number

LocalText = Mapping[str, str]

# The words on 1177's own buttons, by key: the usual one first, then those seen in other regions
# (families.md).
LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "log-in": ("Logga in",),
        "add-child": ("Lägg till barn", "Lägg till barn att vara ombud för", "Agera ombud för ditt barn"),
        "clinics": ("Mottagningar",),
        "find-and-add": ("Hitta och lägg till", "Lägg till mottagning"),
        "bookings": ("Bokade tider", "Mina bokade tider"),
        "inbox": ("Inkorg",),
        "join-link": ("Klicka här för att ansluta till videomötet", "Anslut till videobesöket"),
        "allow": ("Tillåt",),
        "join-now": ("Anslut nu", "Anslut"),
        "settings": ("Inställningar",),
    }
)

LANGUAGE_CODES = ("sv", "en", "fi", "ar", "fa", "uk", "so", "pl")
TEXT_LIMIT = 400


def _setting(kind: str, group: str, default: Any = None, choices: tuple[str, ...] = ()) -> Any:
    metadata = {"kind": kind, "group": group, "choices": choices}
    return (
        field(default_factory=dict, metadata=metadata)
        if kind == "labels"
        else field(default=default, metadata=metadata)
    )


@dataclass(frozen=True)
class VisitProfile:
    """How a video visit works at one clinic. Templates ask this, never the clinic's name."""

    # The way in
    proxy_age_limit: int = _setting("number", "way-in", 13)
    proxy_age_checked: datetime.date | None = _setting("date", "way-in", datetime.date(2026, 11, 22))
    link_place: str = _setting("choice", "way-in", "bookings", ("bookings", "inbox", "app", "sms"))
    booked_on: str = _setting("choice", "way-in", "child", ("child", "guardian"))
    add_clinic: bool = _setting("flag", "way-in", True)
    login: str = _setting("choice", "way-in", "e-id", ("e-id", "bankid", "bankid-freja"))
    labels: Mapping[str, str] = _setting("labels", "way-in")
    app_name: str | None = _setting("line", "way-in")
    app_for_child: str | None = _setting("choice", "way-in", None, ("yes", "no"))
    visible_hours_before: int | None = _setting("number", "way-in")
    join_minutes_before: int | None = _setting("number", "way-in")
    # Who
    who_attends: str | None = _setting("choice", "who", None, ("both",))
    youth_guardian_part: LocalText | None = _setting("text", "who")
    other_adult_way: str | None = _setting("choice", "who", None, ("guest-link", "phone", "on-site", "ask"))
    two_places: str | None = _setting("choice", "who", None, ("yes", "no", "ask"))
    interpreter: LocalText | None = _setting("text", "who")
    guardian_waiting_room: bool | None = _setting("flag", "who")
    # The platform
    platform_name: str | None = _setting("line", "platform")
    platform_app: str | None = _setting("choice", "platform", None, ("yes", "no"))
    devices: LocalText | None = _setting("text", "platform")
    test_link: str | None = _setting("url", "platform")
    self_view_hidden: bool | None = _setting("flag", "platform")
    promise_in_record: bool | None = _setting("flag", "promises")
    promise_e_id_login: bool | None = _setting("flag", "promises")
    promise_no_personal_data: bool | None = _setting("flag", "promises")
    promise_nothing_stored: bool | None = _setting("flag", "promises")
    promise_not_recorded: bool | None = _setting("flag", "promises")
    promise_encrypted: bool | None = _setting("flag", "promises")
    staff_look: bool | None = _setting("flag", "promises")
    # Contact and plan B
    phone: str | None = _setting("phone", "contact")
    phone_hours: LocalText | None = _setting("text", "contact")
    support_phone: str | None = _setting("phone", "contact")
    support_hours: LocalText | None = _setting("text", "contact")
    plan_b: str | None = _setting("choice", "contact", None, ("clinic-calls", "family-calls"))
    plan_b_minutes: int | None = _setting("number", "contact")
    hidden_number: bool | None = _setting("flag", "contact")
    reply_days: int | None = _setting("number", "contact")
    # Money and messages
    fee: str | None = _setting("choice", "messages", None, ("as-physical", "free"))
    fee_url: str | None = _setting("url", "messages")
    late_cancel: LocalText | None = _setting("text", "messages")
    reminders: LocalText | None = _setting("text", "messages")
    paper_letters: bool | None = _setting("flag", "messages")
    region_in_sms: bool | None = _setting("flag", "messages")

    def label(self, key: str) -> str:
        """The words on a button of 1177 at this clinic. Raises KeyError for a key that is not in LABELS."""
        return self.labels.get(key) or LABELS[key][0]


SETTINGS = {f.name: f for f in fields(VisitProfile)}
NOT_SAID = "not_said"  # in a clinic's layer: the settings of its region that do not hold for it
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,18}[0-9]")
# One phone number in ten has a personal number's check digit: it is only taken for one when it is written
# like one.
_NUMBER_AS_PERSONAL = re.compile(r"^(?:18|19|20)\d{10}$|\d{6}[-+]\d{4}$")
_URL = re.compile(r"https://(?P<host>[a-z0-9.-]+)(?:[/?#][A-Za-z0-9/?#&=%_.,:;+~!*()-]*)?")
_MARKUP = re.compile(r"[<>{}\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"(?:https?://|www\.|\b[a-z0-9-]+\.(?:se|com|net|org|nu|io|eu)\b)[^\s]*", re.IGNORECASE)


def build(*layers: Mapping[str, Any]) -> VisitProfile:
    """The profile of checked layers, the last one strongest. Labels are merged key by key.

    What a layer names in `not_said` falls back to the common default, which for most settings is to say
    nothing.
    """
    merged: dict[str, Any] = {}
    labels: dict[str, str] = {}
    for layer in layers:
        for name in layer.get(NOT_SAID, ()):
            merged.pop(name, None)
            labels = {} if name == "labels" else labels
        merged.update((name, value) for name, value in layer.items() if name != NOT_SAID)
        labels.update(layer.get("labels", {}))
    return VisitProfile(**{**merged, "labels": MappingProxyType(labels)})


def check_layer(
    settings: Mapping[str, Any], place: str, allowed_hosts: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """One layer's settings, as typed in TOML, JSON or a form, to the types of VisitProfile.

    Raises ProfileError that names every wrong setting by place: unknown, wrong kind, a phone that is none, an
    unknown label key, a text with a personal number, markup or a link to a host outside `allowed_hosts`.
    """
    problems: list[Problem] = []
    checked: dict[str, Any] = {}
    for name, value in settings.items():
        if name == NOT_SAID:
            wrong = _not_said_problems(value, settings)
            problems += [Problem(f"{place}.{found.place}", found.code) for found in wrong]
            checked[NOT_SAID] = () if wrong else tuple(value)
            continue
        if name not in SETTINGS:
            problems.append(Problem(f"{place}.{name}", "no-setting"))
            continue
        meta = SETTINGS[name].metadata
        try:
            checked[name] = _check(meta["kind"], value, meta["choices"], allowed_hosts)
        except Refused as error:
            problems.append(error.at(f"{place}.{name}"))
    if problems:
        raise ProfileError(problems)
    return checked


def _not_said_problems(names: Any, settings: Mapping[str, Any]) -> list[Problem]:
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        return [Problem(NOT_SAID, "list-of-settings")]
    found = [Problem(name, "no-setting") for name in names if name not in SETTINGS]
    found += [Problem(name, "said-and-left-out") for name in names if name in settings and name in SETTINGS]
    if "phone" in names:
        found.append(Problem("phone", "no-phone"))
    return found


def _check(kind: str, value: Any, choices: tuple[str, ...], hosts: frozenset[str]) -> Any:
    if kind == "flag":
        if not isinstance(value, bool):
            raise Refused("flag")
        return value
    if kind == "number":
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 365:
            raise Refused("number")
        return value
    if kind == "date":
        try:
            return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
        except ValueError:
            raise Refused("date") from None
    if kind == "choice":
        if value not in choices:
            raise Refused("choice", choices=", ".join(choices))
        return value
    if kind == "phone":
        if not isinstance(value, str) or not _PHONE.fullmatch(value.strip()):
            raise Refused("phone")
        if _NUMBER_AS_PERSONAL.search(value) and contains_personal_number(value):
            raise Refused("phone-personal-number")
        return value.strip()
    if kind == "url":
        # Only this much of the grammar: a browser and urlsplit read user names and backslashes as different
        # hosts.
        match = _URL.fullmatch(str(value))
        if not match or (hosts and match["host"] not in hosts):
            raise Refused("address")
        return str(value)
    if kind == "labels":
        return _check_labels(value)
    if kind == "line":
        return check_text(value)
    return _check_local_text(value)


def _check_labels(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Refused("labels")
    for key, text in value.items():
        if key not in LABELS:
            raise Refused("no-label", key=key, keys=", ".join(LABELS))
        check_text(text, limit=80)
    return dict(value)


def _check_local_text(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        value = {"sv": value}
    if not isinstance(value, Mapping) or "sv" not in value:
        raise Refused("local-text")
    for code, text in value.items():
        if code not in LANGUAGE_CODES:
            raise Refused("no-language", language=code)
        check_text(text)
    return {code: value[code].strip() for code in LANGUAGE_CODES if code in value}


def check_text(value: Any, limit: int = TEXT_LIMIT) -> str:
    """A free text that may stand on a family's page. Raises Refused when it may not."""
    if not isinstance(value, str) or not value.strip():
        raise Refused("text")
    if len(value) > limit:
        raise Refused("too-long", limit=limit)
    if contains_personal_number(value):
        raise Refused("personal-number")
    if _MARKUP.search(value):
        raise Refused("characters")
    if _LINK.search(value):
        raise Refused("link")
    return value.strip()
