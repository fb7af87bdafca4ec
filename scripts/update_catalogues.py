"""Brings translations/<lang>/LC_MESSAGES/*.po up to date with the .pot files, keeping each header, dropping
what is gone.

No fuzzy guesses: a changed Swedish sentence is a new sentence, so that nobody reads a translation of the old
one.
"""

import io
import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

HEADER = """{0}
msgid ""
msgstr ""
"Language: {1}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {2}\\n"

"""


def main() -> int:
    missing = 0
    for po in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        with (TRANSLATIONS / f"{po.stem}.pot").open("rb") as file:
            template = read_po(file)
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parent.parent.name)
        header = catalog.header_comment
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.header_comment = header
        catalog.obsolete.clear()
        written = io.BytesIO()
        write_po(
            written,
            catalog,
            width=0,
            no_location=True,
            sort_output=True,
            ignore_obsolete=True,
            omit_header=True,
        )
        po.write_bytes(
            HEADER.format(header, catalog.locale, catalog.plural_forms).encode() + written.getvalue()
        )
        absent = [
            m
            for m in catalog
            if m.id and not (all(m.string) if isinstance(m.string, (list, tuple)) else m.string)
        ]
        missing += len(absent)
        print(f"{po.parent.parent.name} {po.stem}: {len(absent)} to translate")
    return 0 if not missing or "--strict" not in sys.argv else 1


if __name__ == "__main__":
    sys.exit(main())
