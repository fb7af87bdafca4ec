"""Pure. Tables that nobody changes any more, and that therefore remember how they read as JSON.

Ten thousand clinics are fifteen megabytes of JSON. Publishing one change must not write, hash and compare all
of them anew: what was read once keeps its text, and what did not change is the same object.
"""

import copy
import json
from collections.abc import Mapping
from typing import Any, NoReturn

_decode = json.JSONDecoder().raw_decode
_CLINICS, _REGIONS = '{"clinics":[', '],"regions":'


class Fixed(dict[str, Any]):
    """A table that cannot be changed; a copy of it can. It remembers its canonical JSON (`text_of`)."""

    __slots__ = ("text",)
    text: str

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("what is published is copied, never changed")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return copy.deepcopy(dict(self), memo)


def dumps(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, dates as text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def fixed(value: Mapping[str, Any], text: str = "") -> Fixed:
    """The table as it will stay. `text` is its canonical JSON where that is known already."""
    if isinstance(value, Fixed):
        return value
    made = Fixed({key: fixed(part) if isinstance(part, dict) else part for key, part in value.items()})
    made.text = text
    return made


def text_of(value: Any) -> str:
    """The canonical JSON of a table, remembered when it is fixed."""
    if not isinstance(value, Fixed):
        return dumps(value)
    value.text = value.text or dumps(value)
    return value.text


def text_of_body(body: Mapping[str, Any]) -> str:
    """The canonical JSON of a body, put together from that of its clinics."""
    clinics, regions = body.get("clinics"), body.get("regions")
    if len(body) != 2 or not isinstance(clinics, list) or not isinstance(regions, Mapping):
        return dumps(body)
    return f"{_CLINICS}{','.join(map(text_of, clinics))}{_REGIONS}{dumps(regions)}}}"


def read_body(text: str) -> dict[str, Any] | None:
    """The body of that canonical JSON, its clinics fixed; None when it is written in any other way. It
    is read clinic by clinic: other threads have their turn in between."""
    if not text.startswith(_CLINICS):
        return None
    clinics, at = [], len(_CLINICS)
    while text.startswith("{", at):
        raw, behind = _decode(text, at)
        clinics.append(fixed(raw, text[at:behind]))
        at = behind + text.startswith(",", behind)
    if not text.startswith(_REGIONS, at):
        return None
    regions, behind = _decode(text, at + len(_REGIONS))
    return {"clinics": clinics, "regions": regions} if behind == len(text) - 1 else None
