"""Clinics: the published file, read only, with the last good one kept. Public rooms read; staff and the CLI publish.

A published file is one JSON object {version, published, checksum, body}: body holds regions and clinics with their settings as
typed, checksum is SHA-256 over the canonical body. It is written beside and renamed, so it is never half there.
"""

import datetime
import hashlib
import json
import os
import re
import tempfile
import threading
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from patient_app import outbound, symbols
from patient_app.logs import LOGGER
from patient_app.visit_profile import NOT_SAID, ProfileError, VisitProfile, build, check_layer, check_text

PUBLISHED = "clinics.json"
SHIPPED = Path(__file__).resolve().parent / "shipped"
RESERVED = frozenset({"STAF"})  # /staff must stay the staff's own address (design.md 4)
LOOK_EVERY = 2.0  # seconds between looks for a newer file, in a thread of its own
_REGION_KEY = re.compile(r"[a-z][a-z0-9-]{1,30}")


class PublishedFileError(ValueError):
    """The published file is missing, broken, or its checksum does not fit."""


@dataclass(frozen=True)
class Clinic:
    """A clinic as families meet it. `code` is its four neutral symbols; `name` the neutral display name."""

    code: str
    name: str
    region: str
    region_name: str
    retired: bool
    profile: VisitProfile

    @property
    def link_code(self) -> str:
        """The five symbols of the short link to the clinic's start page."""
        return self.code + symbols.check_symbol(self.code)


@dataclass(frozen=True)
class Directory:
    """All published clinics of one version. Version 0 is the empty directory that is there before any file was read."""

    version: int = 0
    clinics: Mapping[str, Clinic] = None  # type: ignore[assignment]
    regions: Mapping[str, str] = None  # type: ignore[assignment]

    def find(self, code: str) -> Clinic | None:
        """The open clinic with that code, or None when there is none or it was retired."""
        clinic = (self.clinics or {}).get(code)
        return None if clinic is None or clinic.retired else clinic

    def open_clinics(self) -> list[Clinic]:
        """Every clinic that is not retired, by name."""
        return sorted((c for c in (self.clinics or {}).values() if not c.retired), key=lambda c: c.name)


def build_directory(body: Mapping[str, Any], version: int) -> Directory:
    """A directory of a body {regions, clinics}. Raises ProfileError naming every wrong place."""
    check_shape(body)
    problems: list[tuple[str, str]] = []
    regions: dict[str, dict[str, Any]] = {}
    names: dict[str, str] = {}
    for key, region in body.get("regions", {}).items():
        place = f"regions.{key}"
        try:
            if not _REGION_KEY.fullmatch(key):
                raise ProfileError([(place, "a region's key is small letters, digits and hyphens")])
            _known_fields(region, place, {"name", "settings"})
            names[key] = _name(region, place)
            regions[key] = check_layer(region.get("settings", {}), f"{place}.settings", outbound.ALLOWED)
            if NOT_SAID in regions[key]:
                raise ProfileError([(f"{place}.settings.{NOT_SAID}", "only a clinic leaves out what its region says")])
        except ProfileError as error:
            problems += error.problems
    clinics: dict[str, Clinic] = {}
    for raw in body.get("clinics", []):
        place = f"clinics.{raw.get('code', '?')}"
        try:
            clinic = _clinic(raw, place, regions, names)
            if clinic.code in clinics:
                raise ProfileError([(f"{place}.code", "stands there twice")])
            clinics[clinic.code] = clinic
        except ProfileError as error:
            problems += error.problems
    if problems:
        raise ProfileError(problems)
    return Directory(version, clinics, names)


def _name(raw: Mapping[str, Any], place: str) -> str:
    try:
        return check_text(raw.get("name"), limit=120)
    except ValueError as error:
        raise ProfileError([(f"{place}.name", str(error))]) from None


def _known_fields(raw: Mapping[str, Any], place: str, known: set[str]) -> None:
    unknown = set(raw) - known
    if unknown:
        raise ProfileError([(f"{place}.{name}", "there is no such field") for name in sorted(unknown)])


def _clinic(raw: Mapping[str, Any], place: str, regions: Mapping[str, Any], names: Mapping[str, str]) -> Clinic:
    _known_fields(raw, place, {"code", "name", "region", "retired", "settings"})
    if not isinstance(raw.get("retired", False), bool):
        raise ProfileError([(f"{place}.retired", "must be true or false")])
    code = str(raw.get("code", ""))
    if len(code) != 4 or any(symbol not in symbols.ALPHABET for symbol in code) or code in RESERVED:
        raise ProfileError([(f"{place}.code", f"a clinic's code is four of {symbols.ALPHABET}, and not {', '.join(RESERVED)}")])
    region = str(raw.get("region", ""))
    if region and region not in regions:
        raise ProfileError([(f"{place}.region", f"there is no region {region!r}")])
    own = check_layer(raw.get("settings", {}), f"{place}.settings", outbound.ALLOWED)
    profile = build(regions.get(region, {}), own)
    if not profile.phone:
        raise ProfileError([(f"{place}.settings.phone", "every clinic has a phone: families must have somebody to call")])
    return Clinic(code, _name(raw, place), region, names.get(region, ""), raw.get("retired", False), profile)


def read_toml(path: Path) -> dict[str, Any]:
    """A body from a TOML file with [regions.KEY] and [[clinics]]. Raises ProfileError with place and reason."""
    try:
        return body_of_toml(path.read_bytes())
    except OSError as error:
        raise ProfileError([("TOML", str(error))]) from None


def body_of_toml(data: bytes) -> dict[str, Any]:
    """A body from a TOML file's bytes. Raises ProfileError with place and reason, also when a code stands there twice."""
    try:
        body = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError([("TOML", str(error))]) from None
    unknown = set(body) - {"regions", "clinics"}
    if unknown:
        raise ProfileError([(name, "there is no such table") for name in sorted(unknown)])
    check_shape(body)
    codes = [clinic.get("code") for clinic in body.get("clinics", [])]
    doubles = sorted({str(code) for code in codes if codes.count(code) > 1})
    if doubles:
        raise ProfileError([(f"clinics.{code}.code", "stands there twice") for code in doubles])
    return body


def check_shape(body: Mapping[str, Any]) -> None:
    """Raises ProfileError when a body that somebody wrote is not tables of tables, so that the rest may rely on it."""
    regions, clinics = body.get("regions", {}), body.get("clinics", [])
    problems = [] if isinstance(regions, Mapping) else [("regions", "must be a table of regions by key")]
    problems += [] if isinstance(clinics, list) else [("clinics", "must be written [[clinics]]")]
    if not problems:
        tables = [(f"regions.{key}", region) for key, region in regions.items()]
        tables += [(f"clinics.{index + 1}", clinic) for index, clinic in enumerate(clinics)]
        for place, table in tables:
            if not isinstance(table, Mapping) or not isinstance(table.get("settings", {}), Mapping):
                problems.append((place, "must be a table, and so must its settings"))
    if problems:
        raise ProfileError(problems)


def merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The old body with the new one's regions and clinics put in place of those with the same key or code."""
    clinics = {clinic["code"]: clinic for clinic in old.get("clinics", [])}
    clinics.update({str(clinic.get("code", "?")): clinic for clinic in new.get("clinics", [])})
    return {"regions": {**old.get("regions", {}), **new.get("regions", {})}, "clinics": list(clinics.values())}


def canonical(body: Mapping[str, Any]) -> bytes:
    """The bytes a checksum is taken over."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def read_published(path: Path) -> tuple[int, dict[str, Any]]:
    """Version and body of a published file. Raises PublishedFileError when it is missing, half written or altered."""
    try:
        document = json.loads(path.read_bytes())
        version, body, checksum = int(document["version"]), dict(document["body"]), str(document["checksum"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishedFileError(f"{path.name} cannot be read: {type(error).__name__}") from error
    if hashlib.sha256(canonical(body)).hexdigest() != checksum:
        raise PublishedFileError(f"{path.name}: the checksum does not fit")
    return version, body


def write_published(path: Path, body: Mapping[str, Any], version: int) -> Directory:
    """Checks the body and writes it as that version, whole or not at all. Raises ProfileError; then the old file stays."""
    # Checked as it will be read again: a TOML date, for one, is a text once it was JSON.
    body = json.loads(canonical(body))
    directory = build_directory(body, version)
    document = {
        "version": version,
        "published": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "checksum": hashlib.sha256(canonical(body)).hexdigest(),
        "body": body,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return directory


def shipped_bodies() -> Iterable[dict[str, Any]]:
    """The bodies that come with the app: the demo clinic and two that differ."""
    for path in sorted(SHIPPED.glob("*.toml")):
        yield read_toml(path)


class Published:
    """Keeps the last good directory in memory and looks for a newer file now and then, never on a request's time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.directory = Directory(0, {}, {})
        self._seen: tuple[int, int, int] | None = None
        self._said = ""
        self.look()

    def look(self) -> bool:
        """Reads the file if it changed. True when a new directory took over; a broken file is said once and left."""
        try:
            status = self.path.stat()
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
            if seen == self._seen:
                return False
            version, body = read_published(self.path)
            directory = build_directory(body, version)
        except (OSError, PublishedFileError, ProfileError) as error:
            if str(error) != self._said:
                self._said = str(error)
                LOGGER.error("clinics", extra={"event": "published file cannot be used; the last good one is kept"})
            return False
        self._seen, self._said = seen, ""
        self.directory = directory
        return True

    def watch(self) -> None:
        """Starts the thread that looks every LOOK_EVERY seconds; it ends with the process."""

        def look_on() -> None:
            pause = threading.Event()
            while not pause.wait(LOOK_EVERY):
                self.look()

        threading.Thread(target=look_on, name="clinics", daemon=True).start()


def init_app(app: Flask) -> None:
    """The directory as app.extensions["clinics"], a Published."""
    published = Published(app.config["SETTINGS"].data_dir / PUBLISHED)
    app.extensions["clinics"] = published
    published.watch()
