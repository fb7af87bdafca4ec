"""The moves of a family's page, taken from the page itself, so that what staff read aloud is what the family
sees: the same sentences, the same drawings."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from flask import current_app
from markupsafe import Markup
from werkzeug.test import Client

_ID = re.compile(r' id="[^"]*"')
_WAY_OUT = re.compile(r'<p class="open">\s*<a.*?</p>', re.DOTALL)  # staff never log in for a family
_ICON = re.compile(r"<svg.*?</svg>", re.DOTALL)  # a page brings only the icons it uses itself
_VOID = {"br", "img", "input", "hr", "path", "rect", "circle", "use"}  # a drawing's shapes are written closed


@dataclass(frozen=True)
class Move:
    """One numbered move as HTML of ours: its `drawing` (may be "") and its `words`. `part` is the heading it
    stands under, where a page has one set of moves for each device."""

    words: Markup
    drawing: Markup
    part: Markup


@dataclass(frozen=True)
class FamilyPage:
    """What a page of ours says: its heading, its moves, and the symbols that its drawings use."""

    heading: Markup
    moves: tuple[Move, ...]
    symbols: Markup


def read(path: str) -> FamilyPage | None:
    """The page at that address, asked for as a family would; None when there is none with moves."""
    # A context of its own: the page settles its own language and clinic.
    with current_app.app_context():
        answer = Client(current_app.wsgi_app).get(path, base_url=current_app.config["SETTINGS"].public_url)
    if answer.status_code != 200:
        return None
    reader = _Reader()
    reader.feed(answer.get_data(as_text=True))
    if not reader.moves:
        return None
    return FamilyPage(_tidy(reader.heading), tuple(reader.moves), Markup(reader.symbols))


def _tidy(pieces: list[str]) -> Markup:
    """Words of ours, as they stand in the page's source, with their spaces folded."""
    return Markup(" ".join("".join(pieces).split()))


class _Reader(HTMLParser):
    """Reads h1, h2, `ol.moves > li`, drawings, and the symbols on a page of ours: well-formed, no nested list
    of moves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.heading: list[str] = []
        self.moves: list[Move] = []
        self.symbols = ""
        self._part: list[str] = []
        self._words: list[str] | None = None  # of the move being read
        self._drawing: list[str] = []
        self._above: list[str] = []  # the open elements
        self._into = ""  # what the open svg or picture belongs to
        self._until = 0  # the depth at which it ends
        self._section_drawing = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        marks = dict(attributes)
        classes = (marks.get("class") or "").split()
        if tag not in _VOID:
            self._above.append(tag)
        if not self._into:
            self._open(tag, classes)
        self._keep(self.get_starttag_text() or "")

    def _open(self, tag: str, classes: list[str]) -> None:
        if tag == "svg" and "screen-reader-only" in classes:
            self._start("symbols")
        elif "shot" in classes or "drawing" in classes:
            self._start("drawing")
            self._drawing = []
        elif tag in ("h1", "h2"):
            self._start(tag)
            if tag == "h2":
                self._part, self._section_drawing = [], ""
        elif tag == "ol" and "moves" in classes:
            self._above[-1] = "ol.moves"
        elif tag == "li" and self._above[-2:-1] == ["ol.moves"]:
            self._words = []

    def _start(self, into: str) -> None:
        self._into, self._until = into, len(self._above)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        ends_move = tag == "li" and self._above[-2:-1] == ["ol.moves"]
        if not ends_move:
            self._keep(f"</{tag}>")
        if self._into and len(self._above) == self._until:
            if self._into == "drawing" and self._words is None:
                self._section_drawing = "".join(self._drawing)
            self._into = ""
        if self._above and self._above[-1].partition(".")[0] == tag:
            self._above.pop()
        if ends_move and self._words is not None:
            drawing = "".join(self._drawing) or ("" if self._has_moves_here() else self._section_drawing)
            words = _ID.sub("", "".join(self._words).partition(">")[2])
            words = _ICON.sub("", _WAY_OUT.sub("", words))
            self.moves.append(Move(Markup(words), Markup(_ID.sub("", drawing)), self._here()))
            self._words, self._drawing = None, []

    def _has_moves_here(self) -> bool:
        return bool(self.moves) and self.moves[-1].part == self._here()

    def _here(self) -> Markup:
        return _tidy(self._part)

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def _keep(self, source: str) -> None:
        if self._into == "symbols":
            self.symbols += source
        elif self._into == "drawing":
            self._drawing.append(source)
        elif self._into == "h1" and not source.startswith("<"):
            self.heading.append(source)
        elif self._into == "h2" and not source.startswith("<"):
            self._part.append(source)
        elif self._words is not None and not self._into:
            self._words.append(source)
