"""Pure. What sharing a link needs: finding a clinic while one types, and the length of an sms."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from patient_app.codes import short_link
from patient_app.codes.short_link import ShortLink

# Whom a link is for and where it may start, in the order the form shows them: the usual ones first.
WHO = ("under-13", "13-17", "guardian-13-17", "other-adult", "child-3-6", "child-7-9", "child-10-12")
START = ("guide", "check", "find-visit", "day", "help", "practice", "all", "child", "card", "after", "start")

# GSM 03.38: the basic alphabet is one septet each, the extension two (escape and symbol).
_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("^{}\\[~]|€\f")
# A part of many gives room to its header (3GPP TS 23.040)
GSM_ONE, GSM_PART, UCS2_ONE, UCS2_PART = 160, 153, 70, 67


@dataclass(frozen=True)
class SmsLength:
    """How long a text is as sms: its alphabet, its units, how many fit in one, and how many messages it
    becomes."""

    alphabet: str
    units: int
    limit: int
    parts: int


def sms_length(text: str) -> SmsLength:
    """The length of a text as GSM-7 or, when one character is outside it, as UCS-2. An escape or a pair is
    never split."""
    gsm = all(character in _GSM_BASIC or character in _GSM_EXTENSION for character in text)
    if gsm:
        sizes = [2 if character in _GSM_EXTENSION else 1 for character in text]
        alphabet, one, part = "GSM-7", GSM_ONE, GSM_PART
    else:
        sizes = [2 if ord(character) > 0xFFFF else 1 for character in text]
        alphabet, one, part = "UCS-2", UCS2_ONE, UCS2_PART
    if sum(sizes) <= one:
        return SmsLength(alphabet, sum(sizes), one, 1)
    parts, room = 1, part
    for size in sizes:
        if size > room:
            parts, room = parts + 1, part
        room -= size
    return SmsLength(alphabet, sum(sizes), one, parts)


def short_code(clinic: str, who: str, start: str, language: int) -> str:
    """The eight symbols of a link (design.md 4). Raises ValueError for a word that has no number."""
    return short_link.encode_long(
        ShortLink(clinic, short_link.WHO.index(who), short_link.START.index(start), language)
    )


def fold(text: str) -> str:
    """A text as one searches in it: small letters, no marks over them, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


class ClinicSearch:
    """Finds clinics by parts of name, region or code. Built once per published version; a search is one pass
    in memory."""

    def __init__(self, clinics: Iterable[tuple[str, str, str]]) -> None:
        """`clinics`: (code, name, region's name), in the order they are to be found in."""
        self._clinics = [
            (code, fold(f"{name} {region} {code}"), fold(name)) for code, name, region in clinics
        ]

    def find(self, text: str, limit: int = 8) -> list[str]:
        """Codes of the clinics that hold every word of the text, those whose name begins with it first."""
        typed = fold(text)
        words = typed.split()
        if not words:
            return []
        begins: list[str] = []
        holds: list[str] = []
        for code, haystack, name in self._clinics:
            if all(word in haystack for word in words):
                (begins if name.startswith(typed) or code.casefold() == typed else holds).append(code)
                if len(begins) >= limit:
                    break
        return (begins + holds)[:limit]
