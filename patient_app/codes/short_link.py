"""Pure. Short links: fields <-> symbols. A link carries what it means, so no table of links is needed
(design.md 4).

Five symbols: the clinic's four and their check. Eight: clinic, three symbols of presets (version 2 bits, who
3, start 5, language 5, most significant first), and the check of `symbols.py`. The numbers are append-only.
"""

from dataclasses import dataclass

from patient_app.clinics.opening import ROUTES
from patient_app.codes import symbols

VERSION = 0
WHO = (
    "not-said",
    "under-13",
    "13-17",
    "other-adult",
    "child-3-6",
    "child-7-9",
    "child-10-12",
    "guardian-13-17",
)
START = ("start", "guide", "all", "check", "practice", "day", "help", "child", "card", "after", "find-visit")
BANDS = {"child-3-6": "3-6", "child-7-9": "7-9", "child-10-12": "10-12"}


class LinkError(ValueError):
    """The text is no short link: wrong symbols, wrong length or a check symbol that does not fit."""


@dataclass(frozen=True)
class ShortLink:
    """What a short link says: clinic, for whom, where to start, the number of a language (0 not said)."""

    clinic: str
    who: int = 0
    start: int = 0
    language: int = 0

    @property
    def short(self) -> bool:
        """True for the five-symbol link to the clinic's start page."""
        return not (self.who or self.start or self.language)


def encode(link: ShortLink) -> str:
    """Five symbols when only the clinic is said (`K7Q2Q`), else eight with a hyphen (`K7Q2-062N`).

    Raises LinkError when the clinic is not four symbols, or a field is out of range.
    """
    if len(link.clinic) != 4 or any(symbol not in symbols.ALPHABET for symbol in link.clinic):
        raise LinkError("a clinic's code is four symbols")
    return link.clinic + symbols.check_symbol(link.clinic) if link.short else encode_long(link)


def encode_long(link: ShortLink) -> str:
    """The eight-symbol form, also when nothing but the clinic is said."""
    if not (0 <= link.who < 8 and 0 <= link.start < 32 and 0 <= link.language < 32):
        raise LinkError("a field is out of range")
    packed = VERSION << 13 | link.who << 10 | link.start << 5 | link.language
    data = link.clinic + "".join(symbols.ALPHABET[packed >> shift & 31] for shift in (10, 5, 0))
    return f"{link.clinic}-{data[4:]}{symbols.check_symbol(data)}"


def decode(text: str) -> ShortLink:
    """What a typed or scanned code says; small letters, o, i, l, spaces and missing hyphens are forgiven.

    Raises LinkError. A later version's presets are not guessed: such a link leads to the clinic's start page.
    """
    try:
        read = symbols.normalize(text)
    except symbols.SymbolError as error:
        raise LinkError(str(error)) from None
    if len(read) not in (5, 8) or not symbols.is_valid(read):
        raise LinkError("the code is not whole")
    clinic = read[:4]
    if len(read) == 5:
        return ShortLink(clinic)
    high, middle, low = (symbols.value(symbol) for symbol in read[4:7])
    packed = high << 10 | middle << 5 | low
    if packed >> 13 != VERSION:
        return ShortLink(clinic)
    return ShortLink(clinic, packed >> 10 & 7, packed >> 5 & 31, packed & 31)


def path(link: ShortLink) -> str:
    """Where the link leads below `/<lang>/m/<CCCC>/`; an unused number leads to the clinic's start page
    ("")."""
    who = WHO[link.who] if link.who < len(WHO) else "not-said"
    start = START[link.start] if link.start < len(START) else "start"
    route = who if who in ROUTES else ""
    if start == "guide":
        return f"child/{BANDS[who]}/1" if who in BANDS else f"guide/{route}" if route else "guide"
    if start == "all":
        return f"guide/{route or 'under-13'}/all"
    if start == "child":
        return f"child/{BANDS[who]}/1" if who in BANDS else "child"
    if start == "find-visit":
        # Two readers have no visit of their own to find: their way in stands on their first page.
        if route in ("other-adult", "guardian-13-17"):
            return f"guide/{route}/before"
        return f"guide/{route or 'under-13'}/find-visit"
    if start == "day":
        return f"day/{route}" if route and route != "under-13" else "day"
    return "" if start == "start" else start
