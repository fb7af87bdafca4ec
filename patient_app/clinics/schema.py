"""Pure. The visit profile as a JSON Schema, made from the rows of settings.py: what a vendor writes a file
by, for `patient-app clinic import FILE.json`. Served at /visit-profile.schema.json."""

from typing import Any

from patient_app.clinics.settings import (
    LABELS,
    LANGUAGE_CODES,
    NOT_SAID,
    SETTINGS,
    TEXT_LIMIT,
)
from patient_app.codes import symbols

ID = "visit-profile.schema.json"
_TEXT = {"type": "string", "minLength": 1, "maxLength": TEXT_LIMIT}
_KINDS: dict[str, dict[str, Any]] = {
    "flag": {"type": "boolean"},
    "number": {"type": "integer", "minimum": 0, "maximum": 365},
    "date": {"type": "string", "format": "date"},
    "phone": {"type": "string", "pattern": r"^\+?[0-9][0-9 -]{4,18}[0-9]$"},
    "url": {"type": "string", "pattern": "^https://"},
    "line": _TEXT,
    "text": {
        "anyOf": [
            _TEXT,
            {
                "type": "object",
                "properties": {code: _TEXT for code in LANGUAGE_CODES},
                "required": ["sv"],
                "additionalProperties": False,
            },
        ]
    },
    "labels": {
        "type": "object",
        "properties": {key: {"type": "string", "minLength": 1, "maxLength": 80} for key in LABELS},
        "additionalProperties": False,
    },
}


def visit_profile_schema() -> dict[str, Any]:
    """The schema of a file {regions, clinics}, in the order the settings stand in staff's form. Names that
    are never published are left out: a file from outside has no use for them."""
    known = {name: _property(spec.metadata) for name, spec in SETTINGS.items() if spec.metadata["published"]}
    settings = {"type": "object", "properties": known, "additionalProperties": False}
    own = {**known, NOT_SAID: {"type": "array", "items": {"enum": list(known)}, "uniqueItems": True}}
    clinic = {
        "code": {"type": "string", "pattern": f"^[{symbols.ALPHABET}]{{4}}$"},
        "name": {"type": "string", "minLength": 1, "maxLength": 120},
        "region": {"type": "string"},
        "retired": {"type": "boolean"},
        "settings": {**settings, "properties": own},
    }
    region = {"name": clinic["name"], "settings": settings}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Visit profile: how a video visit works at a clinic",
        "type": "object",
        "properties": {
            "regions": {
                "type": "object",
                "propertyNames": {"pattern": "^[a-z][a-z0-9-]{1,30}$"},
                "additionalProperties": _object(region, ("name",)),
            },
            "clinics": {"type": "array", "items": _object(clinic, ("code", "name"))},
        },
        "additionalProperties": False,
    }


def _property(row: Any) -> dict[str, Any]:
    """One setting; `title` and `description` are what staff read beside it, in Swedish."""
    shape = {"enum": list(row["choices"])} if row["kind"] == "choice" else _KINDS[row["kind"]]
    return {"title": row["label"], "description": row["help"], **shape}


def _object(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
