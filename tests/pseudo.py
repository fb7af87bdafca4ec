"""Two languages that only tests have, made by program from the Swedish sentences.

`qr` is written from the right, in Arabic letters, three tenths longer; `ql` has words four tenths longer.
Neither is ever in a list of production: `switched_on()` adds them to this process and takes them away again,
and `python tests/pseudo.py` serves the whole app with them.
"""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from flask_babel import Domain

from patient_app.settings import Settings
from patient_app.web import languages
from patient_app.web.languages import Language

ROOT = Path(__file__).resolve().parent.parent
RIGHT_TO_LEFT, LONG_WORDS = "qr", "ql"
# Each borrows the dates of a real language that Redo will not have: Babel must know the name.
PSEUDO = (
    Language(RIGHT_TO_LEFT, 0, "Right to left", "rtl", locale="ug"),
    Language(LONG_WORDS, 0, "Long words", locale="kl"),
)
CODES = (RIGHT_TO_LEFT, LONG_WORDS)
# What a translation keeps as it is: placeholders, addresses, numbers, 1177.
KEPT = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|[\w-]+(?:\.[\w-]+)*\.(?:se|com|org|eu|net)\b|\w*\d\w*|:\w+:")
WORD = re.compile(r"[^\W\d_]+")
ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyzåäöé", "ابچدهفگحيجكلمنوپقرستۇڤۋخىزآعؤئ", strict=True))


class Look(NamedTuple):
    """How a word looks in a pseudo-language: how much longer it is, and in which letters."""

    longer: float
    letters: dict[str, str]


LOOKS = {RIGHT_TO_LEFT: Look(1.3, ARABIC), LONG_WORDS: Look(1.4, {})}


def lengthened(word: str, longer: float) -> str:
    """The word with some of its letters doubled, evenly, until it is that much longer."""
    more = round(len(word) * longer) - len(word)
    doubled = {round((index + 0.5) * len(word) / more) for index in range(more)} if more else set()
    return "".join(letter * 2 if place in doubled else letter for place, letter in enumerate(word))


def translated(sentence: str, code: str) -> str:
    """A Swedish sentence as it reads in a pseudo-language."""
    look = LOOKS[code]

    def word(match: re.Match[str]) -> str:
        longer = lengthened(match.group(), look.longer)
        return "".join(look.letters.get(letter.lower(), letter) for letter in longer)

    parts, last = [], 0
    for kept in KEPT.finditer(sentence):
        parts += [WORD.sub(word, sentence[last : kept.start()]), kept.group()]
        last = kept.end()
    return "".join([*parts, WORD.sub(word, sentence[last:])])


def write_catalogues(folder: Path) -> None:
    """A translations folder: the real languages as they are, and the two beside them."""
    for real in languages.TRANSLATIONS.iterdir():
        (folder / real.name).symlink_to(real)
    for language in PSEUDO:
        kept = folder / language.babel_locale / "LC_MESSAGES"
        kept.mkdir(parents=True)
        (folder / language.code).symlink_to(folder / language.babel_locale)
        with (languages.TRANSLATIONS / "messages.pot").open("rb") as file:
            catalog = read_po(file, locale=language.babel_locale)
        for message in catalog:
            if message.id:
                sources = message.id if isinstance(message.id, tuple) else (message.id,)
                forms = tuple(translated(source, language.code) for source in sources)
                message.string = forms if isinstance(message.id, tuple) else forms[0]
        with (kept / "messages.mo").open("wb") as file:
            write_mo(file, catalog)
        with (kept / "messages.po").open("wb") as file:
            file.write(b"# Pseudo-language. Review: only for tests.\n")
            write_po(file, catalog, omit_header=True)


@contextlib.contextmanager
def switched_on() -> Iterator[None]:
    """Apps made inside have the two languages, with every page in them; outside nothing is changed."""
    with tempfile.TemporaryDirectory(prefix="redo-pseudo-") as name:
        folder = Path(name)
        write_catalogues(folder)
        before = languages.TRANSLATIONS, languages._messages
        try:
            languages.TRANSLATIONS = folder
            languages._messages = Domain(translation_directories=[name], domain="messages")
            languages.LANGUAGES.update({language.code: language for language in PSEUDO})
            yield
        finally:
            languages.TRANSLATIONS, languages._messages = before
            for code in CODES:
                languages.LANGUAGES.pop(code, None)


def serve() -> None:
    """The whole app with the two languages, by PORT and DATA_DIR as always, until stopped."""
    from making import make_app, publish_shipped
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_request(self, *_: object) -> None:
            pass

    given = Settings.from_environment()
    with switched_on():
        given.data_dir.mkdir(parents=True, exist_ok=True)
        publish_shipped(given.data_dir)
        app = make_app(given.data_dir, port=given.port)
        make_server("127.0.0.1", given.port, app, threaded=True, request_handler=Quiet).serve_forever()


if __name__ == "__main__":
    serve()
