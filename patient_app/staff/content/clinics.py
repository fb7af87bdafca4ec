"""Staff. Clinics and regions as they are edited: what stands where, what differs from what families read,
undo, TOML.

An entry is what one clinic or region says, as in the published body: {name, settings} and for a clinic {code,
region, retired}.
"""

import datetime
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import tomli_w
from sqlalchemy import select
from sqlalchemy.orm import Session

from patient_app.clinics import directory, outbound, published
from patient_app.clinics.settings import NOT_SAID, SETTINGS, VisitProfile, build, check_layer
from patient_app.codes import symbols
from patient_app.problem import ProfileError
from patient_app.staff.content import audit
from patient_app.staff.models import ClinicRow, RegionRow, Version

Kind = Literal["clinics", "regions"]
Entry = dict[str, Any]
NEVER_SET = VisitProfile()

# What in a name tells which care a family gets: then an sms, a QR sheet or the browser's history tells it too
# (families.md).
TELLING = re.compile(
    r"\b(BUP|psyk\w*|\w*psykiatri\w*|beroende\w*|missbruk\w*|neuropsyk\w*|NPF|ADHD|autism\w*|ätstörning\w*|anorexi\w*|trauma\w*|"
    r"självskade\w*|suicid\w*|könsidentitet\w*|könsdysfori\w*|habilitering\w*|onkolog\w*|cancer\w*|barnskydd\w*|våld\w*|"
    r"hiv|smittskydd\w*|venere\w*|abort\w*|SiS|HVB|LVU|barnahus|first step|maria\s?mottagning\w*|(?<!barn- "
    r"och )ungdomsmottagning\w*|epilepsi\w*|diabetes\w*|"
    r"reproduktion\w*|genetik\w*|palliativ\w*|smärt\w*)\b",
    re.IGNORECASE,
)
NEUTRAL = "Barn- och ungdomsmottagningen"
_OTHER_WORDS = re.compile(
    r"\b(mottagning\w*|klinik\w*|enhet\w*|öppenvård\w*|team\w*|barn\w*|ungdom\w*|unga|och|för|på|i|vid|center|centrum)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Target:
    """A clinic or a region, as addresses and the log name it."""

    kind: Kind
    key: str

    def __str__(self) -> str:
        return f"{'clinic' if self.kind == 'clinics' else 'region'}:{self.key}"


@dataclass(frozen=True)
class Difference:
    """One thing that two entries say differently; `place` is a setting's name, `name`, `region`, `retired`,
    or setting.part."""

    place: str
    before: Any
    after: Any


def row_of(session: Session, target: Target) -> ClinicRow | RegionRow | None:
    """The row of a target, or None."""
    return (
        session.get(ClinicRow, target.key) if target.kind == "clinics" else session.get(RegionRow, target.key)
    )


def entry_of(row: ClinicRow | RegionRow) -> Entry:
    """What a row says, as an entry of a body."""
    if isinstance(row, RegionRow):
        return {"name": row.name, "settings": dict(row.settings)}
    entry: Entry = {
        "code": row.code,
        "name": row.name,
        "region": row.region_key or "",
        "settings": dict(row.settings),
    }
    return {**entry, "retired": True} if row.retired else entry


def entry_in(body: Mapping[str, Any], target: Target) -> Entry | None:
    """What a published body says of a target, in the same form, or None."""
    if target.kind == "regions":
        region = body.get("regions", {}).get(target.key)
        return (
            None if region is None else {"name": region["name"], "settings": dict(region.get("settings", {}))}
        )
    for raw in body.get("clinics", []):
        if raw["code"] == target.key:
            entry: Entry = {
                "code": raw["code"],
                "name": raw["name"],
                "region": raw.get("region", ""),
                "settings": dict(raw.get("settings", {})),
            }
            return {**entry, "retired": True} if raw.get("retired") else entry
    return None


def body_with(body: Mapping[str, Any], target: Target, entry: Entry) -> dict[str, Any]:
    """The body with that one entry put in place of the target's."""
    if target.kind == "regions":
        return directory.merge(body, {"regions": {target.key: entry}})
    return directory.merge(body, {"clinics": [entry]})


def as_json(entry: Mapping[str, Any]) -> Entry:
    """The entry (or a whole body) with dates as text and its name on one line, as it is kept and
    published."""
    plain = dict(json.loads(published.canonical(entry)))
    if isinstance(plain.get("name"), str):
        plain["name"] = " ".join(plain["name"].split())
    return plain


def working_body(session: Session) -> dict[str, Any]:
    """Everything as it is being edited."""
    regions = {row.key: entry_of(row) for row in session.scalars(select(RegionRow).order_by(RegionRow.key))}
    return {
        "regions": regions,
        "clinics": [entry_of(row) for row in session.scalars(select(ClinicRow).order_by(ClinicRow.code))],
    }


def check(session: Session, target: Target, entry: Entry) -> None:
    """Raises ProfileError when the entry could not be published as it is."""
    regions = {row.key: entry_of(row) for row in session.scalars(select(RegionRow))}
    if target.kind == "regions":
        directory.build_directory({"regions": {target.key: entry}, "clinics": []}, 0)
        own = [
            entry_of(row)
            for row in session.scalars(select(ClinicRow).where(ClinicRow.region_key == target.key))
        ]
        directory.build_directory({"regions": {**regions, target.key: entry}, "clinics": own}, 0)
    else:
        directory.build_directory({"regions": regions, "clinics": [entry]}, 0)


def save(writing: Session, target: Target, entry: Entry, who: str, now: int) -> list[Difference]:
    """Keeps the entry as the target's draft and writes it in the log; gives what changed. Raises
    ProfileError."""
    entry = as_json(entry)
    check(writing, target, entry)
    row = row_of(writing, target)
    before = entry_of(row) if row is not None else None
    if before == entry:
        return []
    put(writing, target, entry, changed=now)
    audit.append(writing, now, who, "save" if before else "create", str(target), before, entry)
    return differences(before or {}, entry)


def put(writing: Session, target: Target, entry: Entry, changed: int) -> None:
    """Writes an entry that was checked into its row."""
    row = row_of(writing, target)
    if target.kind == "regions":
        if not isinstance(row, RegionRow):
            row = RegionRow(key=target.key)
            writing.add(row)
    else:
        if not isinstance(row, ClinicRow):
            row = ClinicRow(code=target.key)
            writing.add(row)
        row.region_key = entry.get("region") or None
        row.retired = bool(entry.get("retired"))
    row.name, row.settings, row.changed = entry["name"], dict(entry.get("settings", {})), changed
    writing.flush()


def new_code(session: Session) -> str:
    """Four random symbols that no clinic has; never one that an address of ours begins with."""
    taken = set(session.scalars(select(ClinicRow.code))) | directory.RESERVED
    while True:
        code = "".join(secrets.choice(symbols.ALPHABET) for _ in range(4))
        if code not in taken:
            return code


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What two entries say differently, field by field, in the order of the form."""
    found = [
        Difference(
            place,
            before.get(place, False if place == "retired" else None),
            after.get(place, False if place == "retired" else None),
        )
        for place in ("name", "region", "retired")
        if (before.get(place) or None) != (after.get(place) or None)
    ]
    old, new = before.get("settings", {}), after.get("settings", {})
    for name in SETTINGS:
        if old.get(name) == new.get(name):
            continue
        if isinstance(old.get(name), dict) or isinstance(new.get(name), dict):
            parts_old, parts_new = _parts(old.get(name)), _parts(new.get(name))
            found += [
                Difference(f"{name}.{part}", parts_old.get(part), parts_new.get(part))
                for part in [*parts_old, *(p for p in parts_new if p not in parts_old)]
                if parts_old.get(part) != parts_new.get(part)
            ]
        else:
            found.append(Difference(name, old.get(name), new.get(name)))
    if (old.get(NOT_SAID) or None) != (new.get(NOT_SAID) or None):
        found.append(Difference(NOT_SAID, old.get(NOT_SAID), new.get(NOT_SAID)))
    return found


def _parts(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {} if value is None else {"sv": value}


def region_settings(session: Session, entry: Entry) -> tuple[str, dict[str, Any]]:
    """Name and settings of the region an entry of a clinic belongs to, as being edited."""
    row = session.get(RegionRow, entry.get("region") or "")
    return (row.name, dict(row.settings)) if row is not None else ("", {})


def profile_of(region: Mapping[str, Any], entry: Entry) -> VisitProfile:
    """The visit profile of an entry on top of its region's settings. Raises ProfileError."""
    layers = [
        check_layer(layer, "settings", outbound.ALLOWED) for layer in (region, entry.get("settings", {}))
    ]
    return build(*layers)


def clinic_of(region_name: str, region: Mapping[str, Any], entry: Entry) -> directory.Clinic:
    """The entry as families would meet it. Raises ProfileError."""
    return directory.Clinic(
        entry["code"],
        entry["name"],
        entry.get("region", ""),
        region_name,
        bool(entry.get("retired")),
        profile_of(region, entry),
    )


def tells_of_care(name: str) -> str:
    """The word in a display name that tells the kind of care, or ""."""
    match = TELLING.search(name)
    return match.group() if match else ""


def neutral_name(name: str) -> str:
    """A name in place of one that tells: the neutral word and what is left of place names."""
    left = _OTHER_WORDS.sub(" ", TELLING.sub(" ", name))
    place = " ".join(re.sub(r"[^\w\s-]", " ", left).replace(" - ", " ").split()).strip("- ")
    return f"{NEUTRAL}, {place}" if place else NEUTRAL


def as_toml(body: Mapping[str, Any]) -> str:
    """A body as TOML that `read_file` reads back to the same."""
    document: dict[str, Any] = {}
    if body.get("regions"):
        document["regions"] = {
            key: {"name": region["name"], "settings": _plain(region.get("settings", {}))}
            for key, region in body["regions"].items()
        }
    if body.get("clinics"):
        document["clinics"] = [
            {name: clinic[name] for name in ("code", "name", "region", "retired") if clinic.get(name)}
            | {"settings": _plain(clinic.get("settings", {}))}
            for clinic in body["clinics"]
        ]
    return tomli_w.dumps(document)


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as TOML has them: a date as text, a table as a plain one."""
    return {
        name: dict(value)
        if isinstance(value, Mapping)
        else value.isoformat()
        if isinstance(value, datetime.date)
        else value
        for name, value in settings.items()
    }


def history(reading: Session, target: Target, limit: int = 50) -> list[Version]:
    """The published versions that changed a target, newest first."""
    query = (
        select(Version)
        .where(Version.targets.contains(f" {target} ", autoescape=True))
        .order_by(Version.number.desc())
        .limit(limit)
    )
    return list(reading.scalars(query))


__all__ = ["ProfileError", "Target"]
