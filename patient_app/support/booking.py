"""For booking systems: what they fetch for a preset code, and the schema of it all (docs/booking-systems.md).

Every answer is a pure function of the code and the published clinics. The visit's time is never sent to us:
where it belongs stands a placeholder that the caller fills in, and a fragment that no server sees.
"""

import re
from typing import Any

from markupsafe import Markup

from patient_app.clinics.directory import Clinic
from patient_app.codes import short_link
from patient_app.codes.short_link import ShortLink
from patient_app.sources import REVIEWED
from patient_app.support import sharing, texts
from patient_app.web.languages import LANGUAGES, SWEDISH, Language, gettext, in_language
from patient_app.web.routing import absolute

T, DTSTART = "{{t}}", "{{DTSTART}}"  # 20261124T1000, and the same with seconds as RFC 5545 has it
EXAMPLE_T = "20261124T1000"
KINDS = ("json", "txt", "svg", "png", "ics")
LASTS = "PT1H"  # a guess, and the calendar's text says so

# The clock of Sweden (RFC 5545, 3.6.5): the last Sunday of March and of October.
_STOCKHOLM = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE"""


def family_language(link: ShortLink) -> Language:
    """The language a code asks for when it is on, else Swedish."""
    return next((one for one in LANGUAGES.values() if one.number == link.language), SWEDISH)


def address_of(link: ShortLink) -> str:
    """The constant address of a code: what the QR code holds, and never a time."""
    return absolute(f"/{short_link.encode(link)}")


def snippet(address: str, language: Language) -> str:
    """A link for a region's own page: plain HTML, no script, no frame."""
    with in_language(language):
        words = gettext("Så förbereder du videobesöket")
    return str(
        Markup('<p><a href="{}" lang="{}" dir="{}">{}</a></p>').format(
            address, language.code, language.direction, words
        )
    )


def everything(clinic: Clinic, link: ShortLink, here: str) -> dict[str, Any]:
    """The JSON answer: link, sms, message, letter, snippet and files. `here` is the address of the answer
    without its ending."""
    language, code, address = family_language(link), short_link.encode(link), address_of(link)
    timed = f"{address}#t={T}"
    with in_language(language):
        sms = texts.sms(timed, clinic.region_name, clinic.profile)
        message = texts.message(timed, code, clinic.profile.phone)
    length = sharing.sms_length(sms.replace(T, EXAMPLE_T))
    return {
        "version": 1,
        "code": code,
        "clinic": clinic.code,
        "for": short_link.WHO[link.who],
        "start": short_link.START[link.start] if link.start < len(short_link.START) else "start",
        "language": language.code,
        "direction": language.direction,
        "link": address,
        "link_with_time": timed,
        "sms": {"text": sms, "alphabet": length.alphabet, "units": length.units, "parts": length.parts},
        "message": message,
        "letter": letter(clinic, link),
        "html": snippet(address, language),
        "calendar": {"url": timed, "description": _calendar_text(language, timed)},
        "files": {kind: f"{here}.{kind}" for kind in KINDS if kind != "json"},
    }


def letter(clinic: Clinic, link: ShortLink) -> str:
    """The text of a letter on paper, in the family's language."""
    shown = address_of(link).partition("://")[2]
    with in_language(family_language(link)):
        return texts.letter(shown, short_link.encode(link), clinic.profile.phone)


def calendar(link: ShortLink) -> str:
    """A calendar file (RFC 5545) whose time is a placeholder. It names no clinic and no person."""
    language, address = family_language(link), address_of(link)
    timed = f"{address}#t={T}"
    with in_language(language):
        title = gettext("Videobesök")
    host = address.partition("://")[2].partition("/")[0].partition(":")[0]
    lines = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Redo//SV
METHOD:PUBLISH
{_STOCKHOLM}
BEGIN:VEVENT
UID:{DTSTART}-{short_link.encode(link)}@{host}
DTSTAMP:{REVIEWED:%Y%m%d}T000000Z
DTSTART;TZID=Europe/Stockholm:{DTSTART}
DURATION:{LASTS}
SUMMARY;LANGUAGE={language.code}:{_escaped(title)}
DESCRIPTION;LANGUAGE={language.code}:{_escaped(_calendar_text(language, timed))}
URL:{timed}
CLASS:PRIVATE
END:VEVENT
END:VCALENDAR"""
    return "".join(_folded(line) + "\r\n" for line in lines.split("\n"))


def _calendar_text(language: Language, timed: str) -> str:
    with in_language(language):
        return "\n".join(
            (
                gettext("Öppna sidan för dagen: %(address)s", address=timed),
                gettext("Hur länge besöket varar vet bara mottagningen."),
            )
        )


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets (RFC 5545, 3.1), never within a character or a placeholder: the
    caller looks for those as they stand."""
    pieces, piece, room = [], "", 75
    for part in re.findall(r"\{\{\w+\}\}|.", line):
        size = len(part.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", 74
        piece += part
        room -= size
    return "\r\n".join([*pieces, piece])


def openapi(languages: tuple[str, ...]) -> dict[str, Any]:
    """The description of the addresses (OpenAPI 3.1), served beside them. `languages`: those of staff."""
    text = {"type": "string"}
    answers = {
        "json": ("application/json", {"$ref": "#/components/schemas/Texts"}, "Link and all texts."),
        "txt": ("text/plain", text, "The text of a letter on paper."),
        "svg": ("image/svg+xml", text, "The QR code of the link, as a drawing. Never with a time."),
        "png": ("image/png", {"type": "string", "format": "binary"}, "The QR code as a picture."),
        "ics": ("text/calendar", text, "A calendar entry; the time is the placeholder {{DTSTART}}."),
    }
    parameters = [
        {"name": "language", "in": "path", "required": True, "schema": {"enum": list(languages)}},
        {
            "name": "code",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": "^[0-9A-Za-z]{4}([0-9A-Za-z]|-?[0-9A-Za-z]{4})$"},
            "example": "D3M0-1111",
            "description": "The clinic's start code or a preset code, as «Dela länk» makes it.",
        },
    ]
    headers = {
        "Cache-Control": {"schema": text, "example": "public, max-age=60, s-maxage=300"},
        "ETag": {"schema": text},
    }
    paths = {
        f"/{{language}}/support/api/v1/{{code}}.{kind}": {
            "get": {
                "operationId": f"{kind}Of",
                "summary": summary,
                "parameters": parameters,
                "responses": {
                    "200": {
                        "description": summary,
                        "headers": headers,
                        "content": {media: {"schema": shape}},
                    },
                    "304": {"description": "Nothing has changed since that ETag."},
                    "400": {"description": "The address had a query. It takes none: no time, no person."},
                    "404": {"description": "No such code, or no such clinic."},
                },
            }
        }
        for kind, (media, shape, summary) in answers.items()
    }
    strings = (
        "code",
        "clinic",
        "for",
        "start",
        "language",
        "direction",
        "link",
        "link_with_time",
        "message",
        "letter",
        "html",
    )
    sms = {
        "text": text,
        "alphabet": {"enum": ["GSM-7", "UCS-2"]},
        "units": {"type": "integer"},
        "parts": {"type": "integer"},
    }
    shape = {
        "version": {"const": 1},
        **{name: text for name in strings},
        "for": {"enum": list(short_link.WHO)},
        "start": {"enum": list(short_link.START)},
        "sms": _object(sms),
        "calendar": _object({"url": text, "description": text}),
        "files": _object({kind: text for kind in KINDS if kind != "json"}),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Redo: texts for booking systems",
            "version": "1",
            "description": "Stateless and open. Replace {{t}} (20261124T1000, Swedish time) and {{DTSTART}} "
            "(20261124T100000) in your own system; never send a time to these addresses.",
        },
        "paths": paths,
        "components": {"schemas": {"Texts": _object(shape)}},
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
