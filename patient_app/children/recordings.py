"""Public. What a region has recorded: one file a page in DATA_DIR/audio/<lang>/, played where the device has
no voice.

A recording is bound to the text it reads: the name carries a fingerprint of the words
(`child-3-6-1.4f2a91c0.mp3`), so a sentence that was changed is never read in its old words: the button goes,
until somebody records it anew.
`patient-app recordings --lang sv` prints the names with the text to read (docs/region/recording.md).
"""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, send_from_directory

from patient_app.children.pages import BANDS, YOUTH

FOLDER = "audio"
KINDS = ("mp3", "m4a")  # what every phone plays
YEAR = 365 * 24 * 60 * 60  # seconds; the name changes with the text

recordings = Blueprint("recordings", __name__)


def fingerprint(text: str) -> str:
    """Eight signs that stand for these words; spaces and line ends do not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def words_of(told: Any) -> str:
    """What is read of a page of a story, or of the youth's: heading and lines, in the language that is on."""
    return "\n".join(str(part) for part in (told.heading, *(line.text for line in told.lines)))


def readable() -> dict[str, str]:
    """Every page that can be recorded, by name, with its words in the language that is on."""
    pages = {
        f"child-{band.slug}-{number}": words_of(told)
        for band in BANDS.values()
        for number, told in enumerate(band.pages, start=1)
    }
    return pages | {f"youth-{told.slug}": words_of(told.page) for told in YOUTH}


def recorded(name: str, text: str) -> str | None:
    """The address of the recording of this text in the language that is on, or None: nobody made one, or the
    words have changed since."""
    folder: Path = current_app.config["SETTINGS"].data_dir / FOLDER / g.lang.code
    for kind in KINDS:
        file = f"{name}.{fingerprint(text)}.{kind}"
        if (folder / file).is_file():
            return f"/{FOLDER}/{g.lang.code}/{file}"
    return None


def all_recorded(pages: Iterable[tuple[str, str]]) -> str | None:
    """The addresses of all these in their order, a space between; None when one is missing: half a book is no
    book."""
    found = [recorded(name, text) for name, text in pages]
    return " ".join(str(address) for address in found) if found and all(found) else None


@recordings.get("/audio/<lang:lang>/<name>")
def recording(name: str) -> Response:
    """One recording. Answers a range with 206: Safari plays nothing that does not."""
    if not re.fullmatch(rf"[a-z0-9-]{{1,60}}\.[0-9a-f]{{8}}\.({'|'.join(KINDS)})", name):
        abort(404)
    folder = current_app.config["SETTINGS"].data_dir / FOLDER / g.lang.code
    response = send_from_directory(folder.resolve(), name, conditional=True, max_age=YEAR)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
