"""Staff. The form of a clinic or region: fields from the settings' own metadata, and what was typed back to
an entry.

One field a setting, so a new setting of VisitProfile is here by itself. An empty field means "not said here":
then the region's value holds, or the common one.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from patient_app.clinics import published
from patient_app.clinics.problems import Problem
from patient_app.clinics.settings import LABELS, NOT_SAID, SETTINGS
from patient_app.staff.content.clinics import NEVER_SET, Entry
from patient_app.staff.words import GROUPS, SETTINGS_WORDS, Words, reason, value_of
from patient_app.web.languages import KNOWN

YES, NO = "yes", "no"
ENTRY_FIELDS = ("name", "region", "code", "key")  # fields of the form that are no settings


@dataclass(frozen=True)
class Origin:
    """Where the value that families read comes from: "own", "region", "common", "none", or "left-out", and
    what it is in words."""

    source: str
    value: str


@dataclass(frozen=True)
class Part:
    """One input: its name in the form, its value, and what it is a part of (a language or a label's key), ""
    for the whole."""

    name: str
    value: str
    part: str = ""
    label: str = ""
    hint: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Field:
    """One setting in the form."""

    name: str
    kind: str
    words: Words
    parts: tuple[Part, ...]
    choices: tuple[tuple[str, str], ...]
    origin: Origin
    problem: str
    may_leave_out: bool = False


def typed_settings(form: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as an entry's settings; wrong values are left as they are for check_layer to refuse."""
    settings: dict[str, Any] = {}
    for name, spec in SETTINGS.items():
        kind = spec.metadata["kind"]
        if kind == "text":
            texts = {
                code: form.get(f"{name}-{code}", "").strip() for code in (language.code for language in KNOWN)
            }
            texts = {code: _one_line(text) for code, text in texts.items() if text}
            if texts:
                settings[name] = texts
        elif kind == "labels":
            labels = {key: form.get(f"{name}-{key}", "").strip() for key in LABELS}
            labels = {key: text for key, text in labels.items() if text}
            if labels:
                settings[name] = labels
        else:
            value = form.get(name, "").strip()
            if value:
                settings[name] = _typed(kind, value)
    left_out = [name for name in SETTINGS if form.get(f"{NOT_SAID}-{name}")]
    return {**settings, NOT_SAID: left_out} if left_out else settings


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _typed(kind: str, value: str) -> Any:
    if kind == "flag":
        return {YES: True, NO: False}.get(value, value)
    if kind == "number" and value.isascii() and value.isdigit() and len(value) < 6:
        return int(value)
    return value


def fields(
    entry: Entry, region: Mapping[str, Any], problems: Mapping[str, str]
) -> Iterator[tuple[str, list[Field]]]:
    """The form's groups with their fields, for an entry on top of its region's settings."""
    for group in GROUPS:
        found = [
            _field(name, entry.get("settings", {}), region, problems)
            for name, spec in SETTINGS.items()
            if spec.metadata["group"] == group
        ]
        yield group, found


def _field(
    name: str, own: Mapping[str, Any], region: Mapping[str, Any], problems: Mapping[str, str]
) -> Field:
    spec = SETTINGS[name]
    kind = spec.metadata["kind"]
    words = SETTINGS_WORDS[name]
    value = own.get(name)
    choices: tuple[tuple[str, str], ...] = ()
    if kind == "flag":
        choices = ((YES, value_of(name, True)), (NO, value_of(name, False)))
    elif kind == "choice":
        choices = tuple((choice, str(words.choices[choice])) for choice in spec.metadata["choices"])
    return Field(
        name,
        kind,
        words,
        tuple(_parts(name, kind, value)),
        choices,
        origin(name, own, region),
        problems.get(name, ""),
        name in own.get(NOT_SAID, ()) or (name != "phone" and region.get(name) not in (None, {})),
    )


def _parts(name: str, kind: str, value: Any) -> Iterator[Part]:
    if kind == "text":
        texts = {"sv": value} if isinstance(value, str) else dict(value or {})
        for language in KNOWN:
            missing = bool(texts) and language.code not in texts
            yield Part(
                f"{name}-{language.code}",
                str(texts.get(language.code, "")),
                language.code,
                language.name,
                missing=missing,
            )
    elif kind == "labels":
        for key, usual in LABELS.items():
            yield Part(f"{name}-{key}", str((value or {}).get(key, "")), key, usual[0], ", ".join(usual[1:]))
    elif kind == "flag" and isinstance(value, bool):
        yield Part(name, YES if value else NO)
    else:
        yield Part(name, "" if value is None else str(value))


def origin(name: str, own: Mapping[str, Any], region: Mapping[str, Any]) -> Origin:
    """Where the value of a setting comes from."""
    common = getattr(NEVER_SET, name)
    if name in own.get(NOT_SAID, ()) and own.get(name) is None:
        return Origin("left-out", "" if common is None or common == {} else _in_words(name, common))
    for source, value in (("own", own.get(name)), ("region", region.get(name)), ("common", common)):
        if value is not None and value != {}:
            return Origin(source, _in_words(name, value))
    return Origin("none", "")


def _in_words(name: str, value: Any) -> str:
    if name == "labels":
        return ", ".join(f"«{text}»" for text in value.values()) if isinstance(value, Mapping) else ""
    if isinstance(value, Mapping):
        return str(value.get("sv", ""))
    return value_of(name, value)


def seal(entry: Entry) -> str:
    """A short mark of an entry: a form that was opened before somebody else saved is known by it."""
    return hashlib.sha256(published.canonical(entry)).hexdigest()[:16]


def problems_by_field(problems: Iterable[Problem]) -> dict[str, str]:
    """What a ProfileError found, worded, by the field of the form that it stands at; "" for what has none."""
    found: dict[str, str] = {}
    for problem in problems:
        name = problem.place.rpartition(".")[2]
        field = "key" if problem.code == "region-key" else name
        found.setdefault(field if field in SETTINGS or field in ENTRY_FIELDS else "", reason(problem))
    return found
