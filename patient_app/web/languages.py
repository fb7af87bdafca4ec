"""Languages: which there are, which are on, and the only door to gettext. Nobody else imports flask_babel."""

import struct
from collections.abc import Callable, Collection, Mapping
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, g, has_request_context
from flask_babel import Babel, Domain, force_locale, get_locale
from flask_babel.speaklater import LazyString as LazyString
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

from patient_app.known_languages import KNOWN as KNOWN
from patient_app.known_languages import ON
from patient_app.known_languages import STAFF_CODES as STAFF_CODES
from patient_app.known_languages import SWEDISH as SWEDISH
from patient_app.known_languages import Language as Language
from patient_app.marks import N_ as N_
from patient_app.paths import TRANSLATIONS
from patient_app.web import direction

LANGUAGES: dict[str, Language] = {language.code: language for language in KNOWN if language.code in ON}

_messages = Domain(translation_directories=[str(TRANSLATIONS)], domain="messages")
_staff = Domain(translation_directories=[str(TRANSLATIONS)], domain="staff")


class MissingCatalogue(RuntimeError):
    """A language is on but its compiled catalogue is not there, or not whole; the message says what to do."""


def current() -> Language:
    """The language of this request; Swedish outside one."""
    if has_request_context():
        found: Language = g.get("lang", SWEDISH)
        return found
    return SWEDISH


def gettext(message: str, **variables: object) -> str:
    """The sentence in the reader's language, from the public catalogue."""
    return _filled(str(_messages.get_translations().ugettext(message)), variables)


def _filled(text: str, variables: Mapping[str, object]) -> str:
    """The sentence with its variables; where it is read from the right, what is read from the left is kept
    together. A Markup stays one, and so do variables that are: they say their direction by elements."""
    if _from_the_right():
        text = type(text)(direction.isolated(text))
        variables = {
            name: direction.isolated_value(value) if type(value) is str else value
            for name, value in variables.items()
        }
    return text % variables if variables else text


def message_text(text: str) -> str:
    """A text that stands alone in an sms or a message: it begins with a mark of its direction, for many
    phones go by the first letter, and an address would be that."""
    return direction.RIGHT_TO_LEFT_MARK + text if _from_the_right() else text


def _from_the_right() -> bool:
    """Whether the language that gettext answers in is read from the right: a family's text on a page of staff
    has a direction of its own."""
    locale = get_locale()
    return locale is not None and locale.text_direction == "rtl"


def ngettext(one: str, many: str, num: int, **variables: object) -> str:
    """As gettext, for a sentence with a number; %(num)s is filled in."""
    text = str(_messages.get_translations().ungettext(one, many, num))
    return _filled(text, {"num": num, **variables})


def staff_gettext(message: str, **variables: object) -> str:
    """As gettext, from the catalogue of support and staff (sv, en)."""
    text = str(_staff.get_translations().ugettext(message))
    return text % variables if variables else text


def lazy(message: str) -> LazyString:
    """A sentence in data, translated when it is shown."""
    return LazyString(gettext, message)


def staff_lazy(message: str) -> LazyString:
    """As lazy, from the catalogue of support and staff."""
    return LazyString(staff_gettext, message)


def language_name(language: Language) -> str:
    """What a language is called in the reader's own: «arabiska» for العربية."""
    name = Locale.parse(language.babel_locale, sep="_").get_language_name(current().babel_locale)
    return name or language.name


def in_language(language: Language) -> Any:
    """Context manager: gettext answers in that language inside it."""
    return force_locale(language.babel_locale)


def negotiate(accepted: LanguageAccept) -> Language:
    """The served language the browser likes best, else Swedish. Only `/` and short links ask (design.md
    2)."""
    return LANGUAGES.get(accepted.best_match(list(LANGUAGES), default="sv") or "sv", SWEDISH)


def by_number(number: int) -> Language | None:
    """The known language with that number in short links, on or not; None for 0 and unused numbers."""
    return next((language for language in KNOWN if language.number == number), None)


def reviews() -> list[tuple[Language, str]]:
    """For each translation how it was reviewed, from the first comment of its catalogue (`# English. Review:
    …`)."""
    found = []
    for language in LANGUAGES.values():
        if language is not SWEDISH:
            first = (
                (TRANSLATIONS / language.code / "LC_MESSAGES" / "messages.po")
                .read_text("utf-8")
                .partition("\n")[0]
            )
            found.append((language, first.partition("Review:")[2].strip()))
    return found


def date_in_words(date: Any) -> str:
    """A date as one reads it: 22 november 2026."""
    return format_date(date, format="long", locale=Locale.parse(current().babel_locale, sep="_"))


def decimal(number: float) -> str:
    """A number as one reads it: 1,5."""
    return str(format_decimal(number, locale=Locale.parse(current().babel_locale, sep="_")))


def date_names(language: Language) -> str:
    """Seven days from Sunday and twelve months, with | between, for a language that browsers have no names
    for; else ""."""
    if not language.names_dates:
        return ""
    locale = Locale.parse(language.babel_locale, sep="_")
    days = [locale.days["format"]["wide"][(number + 6) % 7] for number in range(7)]
    return "|".join([*days, *(locale.months["format"]["wide"][month] for month in range(1, 13))])


_TORN = ("e-legitimation", "E-legitimation", "e-ID")  # words a line must not be broken in


def _unbroken(text: str) -> str:
    """A text for a page, with hyphens that do not break where a word would be torn; not for an sms."""
    for word in _TORN:
        text = text.replace(word, word.replace("-", "\u2011"))
    return text


def _as_markup(translate: Callable[..., str]) -> Callable[..., Markup]:
    """Jinja's way: the sentence is ours and safe, the variables are escaped unless they are Markup
    themselves."""

    def markup(message: str, **variables: object) -> Markup:
        return Markup(_filled(Markup(_unbroken(translate(message))), variables))

    return markup


def _ngettext_markup(one: str, many: str, num: int, **variables: object) -> Markup:
    text = Markup(_unbroken(str(_messages.get_translations().ungettext(one, many, num))))
    return Markup(_filled(text, {"num": num, **variables}))


def _check_whole(domain: str, codes: Collection[str]) -> None:
    """Raises MissingCatalogue when a catalogue is not there, or holds fewer sentences than another
    language's: half a page in another language is worse than a page in Swedish."""
    sentences = {}
    for code in codes:
        mo = TRANSLATIONS / code / "LC_MESSAGES" / f"{domain}.mo"
        if not mo.is_file():
            raise MissingCatalogue(f"{code} has no compiled catalogue {domain}: run ./run or ./test once.")
        with mo.open("rb") as file:
            # What is not translated is not compiled; the third word of the file is how many sentences it has.
            sentences[code] = struct.unpack("<3I", file.read(12))[2]
    most = max(sentences.values(), default=0)
    for code, there in sentences.items():
        if there < most:
            raise MissingCatalogue(
                f"{code} lacks {most - there} sentences in {domain}.po. Translate them "
                "(docs/translating.md), or take the language off ON in patient_app/known_languages.py."
            )


def init_app(app: Flask) -> None:
    """Wires gettext into app and templates. Raises MissingCatalogue when a language that is on has no whole
    catalogue."""
    for domain, codes in (("messages", LANGUAGES), ("staff", STAFF_CODES)):
        _check_whole(domain, [code for code in codes if code != SWEDISH.code])
    Babel(
        app,
        default_locale="sv",
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: current().babel_locale,
    )
    app.jinja_env.filters["unbroken"] = lambda words: _unbroken(str(words))  # for sentences in data
    app.jinja_env.globals.update(
        _=_as_markup(gettext),
        ngettext=_ngettext_markup,
        _s=_as_markup(staff_gettext),
        date_in_words=date_in_words,
        date_names=date_names,
        decimal=decimal,
        LANGUAGES=LANGUAGES,
        language_name=language_name,
        KNOWN_LANGUAGES=KNOWN,
    )
