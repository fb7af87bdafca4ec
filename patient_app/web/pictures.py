"""Pictures: our own SVG, drawn in templates/pictures, put inside the page so that nothing more is fetched."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from flask import Flask, render_template
from markupsafe import Markup

from patient_app.paths import TEMPLATES
from patient_app.web import rig

_STROKE = (
    'fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"'
)
ICONS = {
    "go": '<path class="flip" d="M9 5l7 7-7 7"/>',
    "back": '<path class="flip" d="M15 5l-7 7 7 7"/>',
    "check": '<path d="M5 13l5 5 9-11"/>',
    "warn": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.1"/>',
    "stop": '<path d="M6 6l12 12M18 6L6 18"/>',
    "lock": '<rect x="4" y="10" width="16" height="11" rx="3"/><path d="M8 10V7a4 4 0 0 1 8 0v3"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.1"/>',
    "phone": (
        '<path d="M6 3h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z"/>'
    ),
    "say": '<path d="M4 10v4h4l5 4V6L8 10zM17 9q2 3 0 6M20 6q4 6 0 12"/>',
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4v-7h16v7h-3M7 14h10v7H7z"/>',
    "share": '<path d="M12 15V3M8 7l4-4 4 4M5 12v8h14v-8"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l4 2"/>',
    "camera": '<rect x="3" y="7" width="12" height="10" rx="3"/><path d="M15 11l6-3v8l-6-3z"/>',
    "mic": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>',
    "speaker": '<path d="M4 10v4h4l5 4V6L8 10zM17 9q2 3 0 6"/>',
    "wifi": '<path d="M3 9q9-8 18 0M6.500 13q5.500-5 11 0M10 17q2-2 4 0"/>',
    "light": (
        '<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M6 6l1 1M17 17l1 1M18 6l-1 '
        '1M7 17l-1 1"/>'
    ),
    "window": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 9.500h18"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "again": '<path d="M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5"/>',
    "out": '<path d="M13 4h7v7M20 4l-9 9M18 14v6H4V6h6"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5c0-4 5.5-3 5 0-.3 1.8-2.5 2-2.5 4M12 17v.1"/>',
    "save": '<path d="M7 4h10v16l-5-4-5 4z"/>',
    "calendar": '<rect x="4" y="5" width="16" height="15" rx="3"/><path d="M4 10h16M8 3v4M16 3v4"/>',
    "key": '<circle cx="8" cy="12" r="4"/><path d="M12 12h9v4M17 12v3"/>',
    "tap": (
        '<path d="M9 20v-5l-3-3c-2-2 1-4 2.5-2.5L10 11V5a1.7 1.7 0 0 1 3.5 0v5l4 1q2 .5 2 3v2l-1.5 4'
        'M5 4l1 1M16 3l-1 1"/>'
    ),
    "mute": '<path d="M4 10v4h4l5 4V6L8 10zM17 10l4 4M21 10l-4 4"/>',
    "unseen": '<path d="M2 12c5-9 15-9 20 0-5 9-15 9-20 0zM4 21L20 3"/>',
    "cut": '<path d="M3 12h5M16 12h5M10 8l4 8M14 8l-4 8"/>',
    "child-missing": (
        '<circle cx="10" cy="8" r="4"/><path d="M3 20c0-5 3-7 7-7 2 0 4 .6 5 2M17 17l4 4M21 17l-4 4"/>'
    ),
    "people": (
        '<circle cx="9" cy="8" r="4"/><path d="M2 20c0-5 3-7 7-7s7 2 7 7M16 4.500a4 4 0 0 1 0 7M19 14q3 2 3 '
        '6"/>'
    ),
    "copy": '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V4H4v12h4"/>',
}


def icon(name: str) -> Markup:
    """A small sign beside words; hidden from screen readers, for the words say it."""
    return Markup(f'<svg viewBox="0 0 24 24" aria-hidden="true" class="icon" {_STROKE}>{ICONS[name]}</svg>')


def picture(name: str, alt: str = "", **variables: object) -> Markup:
    """The drawing templates/pictures/<name>.svg. With `alt` it is an image with that text, else
    decoration."""
    return Markup(render_template(f"pictures/{name}.svg", alt=alt, **variables).strip())


@cache
def _parts() -> dict[str, str]:
    return rig.read_parts((TEMPLATES / "pictures" / "rig" / "parts.svg").read_text("utf-8"))


# What a set-up is drawn with unless a story or a scene says otherwise.
_AT_FIRST: Mapping[str, Any] = {
    "teen": False,
    "face": "calm",
    "gaze": "gaze-right",
    "hand": "",
    "phones": False,
    "beside": "",
    "own": "",
    "screen": "kim",
    "kim_face": "calm",
    "kim_does": "",
    "kim_gaze": "gaze-left",
    "left": "",
    "doing": "",
    "pile": False,
    "ring": False,
    "dim": False,
    "adult_hand": False,
    "away": False,
}


def scenes(wanted: Iterable[Any], cast: Mapping[str, Any]) -> list[Markup]:
    """The pictures of one page, from objects with name, alt and cast (children/pages.py): set-ups of
    templates/pictures/book, peopled from the rig. The first carries the parts of them all."""
    drawn = [
        render_template(
            f"pictures/book/{scene.name}.svg",
            **{**_AT_FIRST, **cast, **scene.cast},
            alt=scene.alt,
            key=index or "",
        )
        for index, scene in enumerate(wanted)
    ]
    first, *others = drawn
    return [Markup(rig.with_parts(first, _parts(), others)), *(Markup(rig.compact(one)) for one in others)]


def rig_parts(*names: str, without: Iterable[str] = ()) -> Markup:
    """The named parts of the rig, and those they use, for <defs> of a page that draws with them itself. What
    stands in the page already, in the drawings `without`, is left out."""
    uses = "".join(f'<use href="#{name}"/>' for name in names)
    there = "".join(without)
    return Markup(
        "".join(_parts()[name] for name in rig.needed(uses, _parts()) if f'id="{name}"' not in there)
    )


def init_app(app: Flask) -> None:
    """`icon()`, `picture()`, `scenes()` and `rig_parts()` for templates."""
    app.jinja_env.globals.update(icon=icon, picture=picture, scenes=scenes, rig_parts=rig_parts)
