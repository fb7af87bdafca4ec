"""Which parts of static/css/parts/ a page gets, and how they become its one inlined style sheet.

Sources stay readable, one part a file; at start they are joined and minified. A page carries all of its style
under the hash that its policy names (headers.py), so the first view needs nothing but its own HTML.
"""

import base64
import hashlib
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import rcssmin
from markupsafe import Markup

# Page ids and the parts those pages get, added together from top to bottom: a later part may refine an
# earlier one.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("*", ("tokens", "document", "header", "footer", "buttons", "bar", "notes", "folds", "rows", "fields")),
    ("*", ("label", "moves", "says")),
    ("front.*", ("doors", "scene", "quick", "trust", "code-field", "quiet")),
    ("front.start", ("title", "wide", "start")),
    ("errors.*", ("code-field", "quick")),
    ("guide.*", ("screens", "tools", "handover", "visit-time", "quiet", "panel", "title", "scene")),
    ("guide.plan", ("wide", "thumb", "plan")),
    ("guide.step", ("wide", "step", "read-aloud")),
    ("guide.ready", ("wide", "step", "note-card")),
    ("guide.day", ("wide", "thumb", "day")),
    ("guide.all", ("sheet", "note-card")),
    ("guide.questions", ("questions", "quick")),
    ("guide.problem*", ("quick", "problem")),
    ("check.*", ("progress", "scene", "trust", "device-check")),
    ("children.*", ("scene", "doors", "people", "child", "story", "read-aloud")),
    ("children.youth*", ("youth", "rig", "book")),
    ("children.story", ("rig", "book")),
    ("children.book", ("rig", "booklet")),
    ("children.pictures", ("youth", "rig", "aids")),
    ("children.adult", ("youth", "quick")),
    ("children.chooser", ("youth", "rig")),
    ("children.card", ("card",)),
    ("children.after", ("card",)),
    ("children.practice", ("youth", "device-check", "practice")),
    ("support.*", ("doors", "quick", "scene", "trust", "screens", "support")),
    ("support.sheet", ("support-sheet",)),
    ("staff.*", ("doors", "quick", "progress", "trust", "staff")),
    ("staff.*", ("staff-edit", "staff-lists", "staff-account")),
)


def parts_of(page_id: str) -> tuple[str, ...]:
    """The parts a page gets, each once, in the order they are joined."""
    named = (part for pattern, parts in PARTS if fnmatchcase(page_id, pattern) for part in parts)
    return tuple(dict.fromkeys(named))


def compact_style(source: str) -> str:
    """A style sheet as it is served: reasons and indentation stay in the repository."""
    return str(rcssmin.cssmin(source))


class Sheet:
    """One page's style as it stands in its <style>, and the source that a policy names for it."""

    def __init__(self, source: str) -> None:
        self.text = Markup(compact_style(source))
        digest = hashlib.sha256(self.text.encode()).digest()
        self.csp_source = f"'sha256-{base64.b64encode(digest).decode()}'"


def sheets(folder: Path) -> Callable[[str], Sheet]:
    """A function from a page's id to its Sheet. Reads every part now: one that is missing, or that no page
    gets, stops the start."""
    sources = {path.stem: path.read_text("utf-8") for path in folder.glob("*.css")}
    used = {part for _, parts in PARTS for part in parts}
    if used != set(sources):
        raise ValueError(f"static/css/parts and PARTS differ in {', '.join(sorted(used ^ set(sources)))}")

    @cache
    def joined(parts: tuple[str, ...]) -> Sheet:
        return Sheet("\n".join(sources[part] for part in parts))

    return lambda page_id: joined(parts_of(page_id))
