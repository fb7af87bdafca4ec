"""Staff. The forms of clinics and regions: a new one, one in a file, and its profile.

A profile has one field a setting, from the settings' own metadata, so a new setting of VisitProfile is here
by itself. An empty field means "not said here": then the region's value holds, or the common one.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_wtf.file import FileField
from wtforms import Form, IntegerField, StringField
from wtforms.form import BaseForm
from wtforms.validators import NumberRange, Optional

from patient_app.clinics import published
from patient_app.clinics.settings import LABELS, NOT_SAID, SETTINGS
from patient_app.problem import Problem
from patient_app.staff.content.clinics import NEVER_SET, Entry
from patient_app.staff.words import GROUPS, SETTINGS_WORDS, Words, reason, value_of
from patient_app.web.languages import KNOWN

YES, NO = "yes", "no"
SEARCH_MOST = 80  # characters
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


def _trimmed(text: str | None) -> str:
    return (text or "").strip()


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


class SearchForm(Form):  # type: ignore[misc]
    """What is searched for in a list, and from which line of the log on."""

    q = StringField(filters=[lambda text: _trimmed(text)[:SEARCH_MOST]])
    before = IntegerField(validators=[Optional(), NumberRange(0, 2**53)])

    def before_line(self) -> int:
        """The number of a line, 0 for the newest."""
        return self.before.data if self.validate() and self.before.data else 0


class NewClinicForm(Form):  # type: ignore[misc]
    """A new clinic: its code is drawn, not typed."""

    name = StringField(filters=[_trimmed])
    region = StringField(filters=[_trimmed])
    phone = StringField(filters=[_trimmed])


class NewRegionForm(Form):  # type: ignore[misc]
    """A new region, with its key."""

    key = StringField(filters=[_trimmed, str.lower])
    name = StringField(filters=[_trimmed])


class ImportForm(Form):  # type: ignore[misc]
    """A TOML file with clinics and regions."""

    file = FileField()


class ShownForm(Form):  # type: ignore[misc]
    """What goes back with a page that showed an entry: the seal of what was shown."""

    seal = StringField(filters=[_trimmed])


class EntryForm(ShownForm):
    """What stands around the settings in an entry's form: name, region, and where to go then."""

    name = StringField(filters=[_one_line])
    region = StringField()
    then = StringField(filters=[_trimmed])


def inputs_of(name: str) -> dict[str, str]:
    """The names of a setting's inputs: by language of a text, by key of the labels, "" for all others."""
    kind = SETTINGS[name].metadata["kind"]
    if kind == "text":
        return {language.code: f"{name}-{language.code}" for language in KNOWN}
    if kind == "labels":
        return {key: f"{name}-{key}" for key in LABELS}
    return {"": name}


class ProfileForm(BaseForm):  # type: ignore[misc]
    """One input for each part of each setting, and a box for what a clinic leaves out."""

    def __init__(self, typed: Any) -> None:
        inputs = [field for name in SETTINGS for field in inputs_of(name).values()]
        boxes = [f"{NOT_SAID}-{name}" for name in SETTINGS]
        super().__init__({name: StringField(filters=[_one_line]) for name in (*inputs, *boxes)})
        self.process(typed)

    def settings(self) -> dict[str, Any]:
        """What was typed, as an entry's settings; wrong values are left for check_layer to refuse."""
        settings: dict[str, Any] = {}
        for name, spec in SETTINGS.items():
            typed = {part: self[field].data for part, field in inputs_of(name).items() if self[field].data}
            if typed:
                settings[name] = _typed(spec.metadata["kind"], typed[""]) if "" in typed else typed
        left_out = [name for name in SETTINGS if self[f"{NOT_SAID}-{name}"].data]
        return {**settings, NOT_SAID: left_out} if left_out else settings


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
                inputs_of(name)[language.code],
                str(texts.get(language.code, "")),
                language.code,
                language.name,
                missing=missing,
            )
    elif kind == "labels":
        for key, (label, *others) in LABELS.items():
            own = str((value or {}).get(key, ""))
            yield Part(inputs_of(name)[key], own, key, label, ", ".join(others))
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
