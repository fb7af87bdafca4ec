"""Pure. Clinics as families meet them: a directory built from a body of regions and clinics, and bodies read
from TOML."""

import copy
import functools
import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patient_app.clinics import outbound
from patient_app.clinics.fixed import text_of
from patient_app.clinics.settings import NOT_SAID, VisitProfile, build, check_layer, check_text
from patient_app.codes import symbols
from patient_app.paths import SHIPPED_CLINICS
from patient_app.problem import Problem, ProfileError, Refused

# /staff must stay the staff's own address (design.md 4); EX4M is the example beside the letter's field.
RESERVED = frozenset({"STAF", "EX4M"})
_REGION_KEY = re.compile(r"[a-z][a-z0-9-]{1,30}")


TOML_LONGEST = 8 * 1024 * 1024  # ten thousand clinics; the form takes half a MB
TOML_DEEPEST = 8
_TOML_STRINGS = re.compile(
    r'"""[\s\S]*?"""|' + r"'''[\s\S]*?'''" + r'|"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'|#[^\n]*"
)
_TOML_DEEP_KEY = re.compile(rf"(?:q\.){{{TOML_DEEPEST}}}")


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
    """All published clinics of one version. Version 0 is the empty directory that is there before any file
    was read."""

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
    problems: list[Problem] = []
    regions: dict[str, dict[str, Any]] = {}
    names: dict[str, str] = {}
    for key, region in body.get("regions", {}).items():
        place = f"regions.{key}"
        try:
            if not _REGION_KEY.fullmatch(key):
                raise ProfileError([Problem(place, "region-key")])
            _known_fields(region, place, {"name", "settings"})
            names[key] = _name(region, place)
            regions[key] = check_layer(region.get("settings", {}), f"{place}.settings", outbound.ALLOWED)
            if NOT_SAID in regions[key]:
                raise ProfileError([Problem(f"{place}.settings.{NOT_SAID}", "only-clinics-leave-out")])
        except ProfileError as error:
            problems += error.problems
    clinics: dict[str, Clinic] = {}
    known, made = _known[0], {}
    prints = {key: _fingerprint(region) for key, region in body.get("regions", {}).items()}
    for raw in body.get("clinics", []):
        place = f"clinics.{raw.get('code', '?')}"
        try:
            # A clinic that reads as it did the last time, in a region that does, is the same clinic.
            key = _fingerprint(raw) + prints.get(str(raw.get("region", "")), b"")
            clinic = made[key] = known.get(key) or _clinic(raw, place, regions, names)
            if clinic.code in clinics:
                raise ProfileError([Problem(f"{place}.code", "twice")])
            clinics[clinic.code] = clinic
        except ProfileError as error:
            problems += error.problems
    if problems:
        raise ProfileError(problems)
    _known[0] = made
    return Directory(version, clinics, names)


_known: list[dict[bytes, Clinic]] = [{}]  # the clinics built last, by what they were built of


def _fingerprint(raw: Mapping[str, Any]) -> bytes:
    return hashlib.blake2b(text_of(raw).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def build_what_holds(body: Mapping[str, Any], version: int) -> tuple[Directory, int]:
    """As build_directory, but what is wrong is left out: the setting, else the clinic or region whole. How
    many places that were. Raises ProfileError when the body has no shape at all."""
    left_out = 0
    kept: dict[str, Any] = dict(body)
    while True:
        try:
            return build_directory(kept, version), left_out
        except ProfileError as error:
            check_shape(kept)
            if not left_out:
                kept = copy.deepcopy(kept)
            before = left_out
            for problem in error.problems:
                left_out += _leave_out(kept, problem.place)
            if left_out == before:
                raise


def _leave_out(body: dict[str, Any], place: str) -> int:
    """Takes one place out of a body; 1 when it was there."""
    kind, key, *rest = place.split(".")
    entries = body.get("clinics", []) if kind == "clinics" else [body.get("regions", {}).get(key)]
    for entry in entries:
        if entry is None or (kind == "clinics" and entry.get("code") != key):
            continue
        settings = entry.get("settings", {})
        if len(rest) >= 2 and rest[0] == "settings" and rest[1] in settings:
            del settings[rest[1]]
        elif kind == "clinics":
            body["clinics"] = [one for one in entries if one is not entry]
        else:
            del body["regions"][key]
        return 1
    return 0


def _name(raw: Mapping[str, Any], place: str) -> str:
    try:
        return check_text(raw.get("name"), limit=120)
    except Refused as error:
        raise ProfileError([error.at(f"{place}.name")]) from None


def _known_fields(raw: Mapping[str, Any], place: str, known: set[str]) -> None:
    unknown = set(raw) - known
    if unknown:
        raise ProfileError([Problem(f"{place}.{name}", "no-field") for name in sorted(unknown)])


def _clinic(
    raw: Mapping[str, Any], place: str, regions: Mapping[str, Any], names: Mapping[str, str]
) -> Clinic:
    _known_fields(raw, place, {"code", "name", "region", "retired", "settings"})
    if not isinstance(raw.get("retired", False), bool):
        raise ProfileError([Problem(f"{place}.retired", "flag")])
    code = str(raw.get("code", ""))
    if len(code) != 4 or any(symbol not in symbols.ALPHABET for symbol in code) or code in RESERVED:
        raise ProfileError(
            [
                Problem(
                    f"{place}.code",
                    "clinic-code",
                    {"symbols": symbols.ALPHABET, "reserved": ", ".join(RESERVED)},
                )
            ]
        )
    region = str(raw.get("region", ""))
    if region and region not in regions:
        raise ProfileError([Problem(f"{place}.region", "no-region", {"region": region})])
    own = check_layer(raw.get("settings", {}), f"{place}.settings", outbound.ALLOWED)
    profile = build(regions.get(region, {}), own)
    if not profile.phone:
        raise ProfileError([Problem(f"{place}.settings.phone", "no-phone")])
    return Clinic(code, _name(raw, place), region, names.get(region, ""), raw.get("retired", False), profile)


def read_file(path: Path) -> dict[str, Any]:
    """A body from a TOML or JSON file with regions by key and a list of clinics. Raises ProfileError with
    place and reason."""
    try:
        return body_of(path.read_bytes(), path.name)
    except OSError as error:
        raise ProfileError([Problem("TOML", "unreadable", {"said": error})]) from None


def body_of(data: bytes, name: str) -> dict[str, Any]:
    """A body from a file's bytes: JSON where the name ends in .json, else TOML. Raises ProfileError."""
    return body_of_json(data) if name.lower().endswith(".json") else body_of_toml(data)


def body_of_json(data: bytes) -> dict[str, Any]:
    """A body from a JSON file's bytes, as clinics/schema.py describes it. Raises ProfileError with place and
    reason."""
    if len(data) > TOML_LONGEST:
        raise ProfileError([Problem("JSON", "unreadable", {"said": f"longer than {TOML_LONGEST} bytes"})])
    try:
        body = json.loads(data)
    except RecursionError:
        raise ProfileError([Problem("JSON", "unreadable", {"said": "too deep"})]) from None
    except ValueError as error:  # not UTF-8, or no JSON
        raise ProfileError([Problem("JSON", "unreadable", {"said": error})]) from None
    if not isinstance(body, dict):
        raise ProfileError([Problem("JSON", "table")])
    return _known_and_once(body)


def body_of_toml(data: bytes) -> dict[str, Any]:
    """A body from a TOML file's bytes. Raises ProfileError with place and reason, also when a code stands
    there twice."""
    try:
        text = data.decode("utf-8")
        check_toml_limits(text)
        body = tomllib.loads(text)
    except RecursionError:
        raise ProfileError(
            [Problem("TOML", "unreadable", {"said": "tables within tables, too deep"})]
        ) from None
    except ValueError as error:  # not UTF-8, no TOML, or a number beyond all measure
        raise ProfileError([Problem("TOML", "unreadable", {"said": error})]) from None
    return _known_and_once(body)


def _known_and_once(body: dict[str, Any]) -> dict[str, Any]:
    """The body, when it has our two tables in their shape and no code twice. Raises ProfileError."""
    unknown = set(body) - {"regions", "clinics"}
    if unknown:
        raise ProfileError([Problem(name, "no-table") for name in sorted(unknown)])
    check_shape(body)
    codes = [clinic.get("code") for clinic in body.get("clinics", [])]
    doubles = sorted(str(code) for code, count in Counter(codes).items() if count > 1)
    if doubles:
        raise ProfileError([Problem(f"clinics.{code}.code", "twice") for code in doubles])
    return body


def check_toml_limits(text: str) -> None:
    """Raises ValueError for a text that would keep a TOML reader busy for long: too long, or too deep. Ours
    has four levels."""
    if len(text) > TOML_LONGEST:
        raise ValueError(f"longer than {TOML_LONGEST} characters")
    # One letter for each string and each bare word: then every search below is one pass.
    bare = re.sub(r"[\w-]+", "q", re.sub(r"[ \t]+", "", _TOML_STRINGS.sub("q", text)))
    if _TOML_DEEP_KEY.search(bare):
        raise ValueError(f"a key of more than {TOML_DEEPEST} parts")
    depth = 0
    for found in re.finditer(r"[\[{]|[\]}]", bare):
        depth = max(0, depth + (1 if found[0] in "[{" else -1))
        if depth > TOML_DEEPEST:
            raise ValueError(f"more than {TOML_DEEPEST} brackets within each other")


def check_shape(body: Mapping[str, Any]) -> None:
    """Raises ProfileError when a body that somebody wrote is not tables of tables, so that the rest may rely
    on it."""
    regions, clinics = body.get("regions", {}), body.get("clinics", [])
    problems = [] if isinstance(regions, Mapping) else [Problem("regions", "regions-table")]
    problems += [] if isinstance(clinics, list) else [Problem("clinics", "clinics-tables")]
    if not problems:
        tables = [(f"regions.{key}", region) for key, region in regions.items()]
        tables += [(f"clinics.{index + 1}", clinic) for index, clinic in enumerate(clinics)]
        for place, table in tables:
            if not isinstance(table, Mapping) or not isinstance(table.get("settings", {}), Mapping):
                problems.append(Problem(place, "table"))
            elif not isinstance(table.get("code", ""), str):
                # A number would be one clinic when it is read and another when it is compared.
                problems.append(Problem(f"{place}.code", "quotes"))
    if problems:
        raise ProfileError(problems)


def merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The old body with the new one's regions and clinics put in place of those with the same key or code."""
    clinics = {clinic["code"]: clinic for clinic in old.get("clinics", [])}
    clinics.update({str(clinic.get("code", "?")): clinic for clinic in new.get("clinics", [])})
    return {
        "regions": {**old.get("regions", {}), **new.get("regions", {})},
        "clinics": list(clinics.values()),
    }


def shipped_body() -> dict[str, Any]:
    """What comes with the app, as one body: the demo clinic and two that differ, with their regions."""
    nothing: dict[str, Any] = {"regions": {}, "clinics": []}
    return functools.reduce(merge, map(read_file, sorted(SHIPPED_CLINICS.glob("*.toml"))), nothing)
