"""Staff. How a family's pages read with a draft: the real pages, rendered with the draft's profile, as
sentences and as a page."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Any

from flask import Response, current_app, g
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from patient_app.clinics.directory import Clinic
from patient_app.web.languages import SWEDISH, Language
from patient_app.web.languages import staff_lazy as _sl

# The pages that the profile shapes most, in the order a family meets them: our name for it and its address
# (design.md 2).
PAGES: Mapping[str, str] = MappingProxyType(
    {
        "start": "",
        "guardian": "guide/under-13/all",
        "youth": "guide/13-17/all",
        "guardian-of-youth": "guide/guardian-13-17/all",
        "other-adult": "guide/other-adult/all",
        "day": "day",
        "youth-start": "youth",
        "after": "after",
    }
)
NAMES: Mapping[str, Any] = MappingProxyType(
    {
        "start": _sl("Startsidan"),
        "guardian": _sl("Guiden för vårdnadshavare"),
        "youth": _sl("Guiden för 13–17 år"),
        "guardian-of-youth": _sl("Guiden för vuxen till 13–17 år"),
        "other-adult": _sl("Guiden för annan vuxen"),
        "day": _sl("När besöket börjar nu"),
        "youth-start": _sl("Sidan för 13–17 år"),
        "after": _sl("Efter besöket"),
    }
)
_BLOCKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "dt",
    "dd",
    "summary",
    "figcaption",
    "label",
    "div",
    "section",
    "td",
    "th",
    "a",
    "button",
}
_LEFT_OUT = {"style", "script", "svg", "head", "nav", "template"}


class _Sentences(HTMLParser):
    """The visible text of a page's main part and footer, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._words: list[str] = []
        self._inside = 0
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._inside += tag in ("main", "footer")
        self._skipping += tag in _LEFT_OUT
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("main", "footer"):
            self._break()
        self._inside -= tag in ("main", "footer")
        self._skipping -= tag in _LEFT_OUT

    def handle_data(self, data: str) -> None:
        if self._inside and not self._skipping:
            self._words.append(data)

    def _break(self) -> None:
        line = " ".join("".join(self._words).split())
        self._words = []
        if line:
            self.lines.append(line)


@dataclass(frozen=True)
class Line:
    """One sentence of a family's page: `sign` is "+" for new, "-" for gone."""

    sign: str
    text: str


def _match(clinic_code: str, name: str, language: Language) -> tuple[str, str, dict[str, Any]] | None:
    """Address, endpoint and view arguments of one of PAGES, or None when this app has no such page."""
    address = f"/{language.code}/m/{clinic_code}/{PAGES[name]}"
    try:
        endpoint, arguments = current_app.url_map.bind("localhost").match(address, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return (
        address,
        str(endpoint),
        {key: value for key, value in arguments.items() if key not in ("lang", "clinic")},
    )


def pages() -> list[str]:
    """Those of PAGES that this app has."""
    return [name for name in PAGES if _match("D3M0", name, SWEDISH)]


def render_as(clinic: Clinic, name: str, language: Language) -> str:
    """The family's page with that clinic's profile: the public room's own view, in a request of its own that
    nobody sent."""
    found = _match(clinic.code, name, language)
    if found is None:
        raise LookupError(name)
    address, endpoint, arguments = found
    proxied: Any = current_app
    app = proxied._get_current_object()
    # An app context of its own too, or the family's `g` would be ours.
    with app.app_context(), app.test_request_context(address, base_url=app.config["SETTINGS"].public_url):
        g.lang, g.clinic, g.profile, g.view_args = language, clinic, clinic.profile, dict(arguments)
        response: Response = app.view_functions[endpoint](**arguments)
        return response.get_data(as_text=True)


def sentences(clinic: Clinic, name: str, language: Language) -> list[str]:
    """What the page says, sentence by sentence."""
    reader = _Sentences()
    reader.feed(render_as(clinic, name, language))
    return reader.lines


def changes(
    before: Clinic | None, after: Clinic, language: Language = SWEDISH
) -> list[tuple[str, list[Line]]]:
    """What will read differently, page by page, each sentence where a family meets it first (the footer
    stands on all)."""
    found = []
    told: set[Line] = set()
    for name in pages():
        new = sentences(after, name, language)
        old = sentences(before, name, language) if before is not None else []
        differing = [Line(line[0], line[2:]) for line in difflib.ndiff(old, new) if line[:2] in ("+ ", "- ")]
        lines = [line for line in differing if line not in told]
        told.update(lines)
        if lines:
            found.append((name, lines))
    return found
