"""Compiles every translations/<lang>/LC_MESSAGES/*.po to .mo and fails on an error in any of them.

`pybabel compile` writes the .mo even when it reports errors, so this program reads and checks the catalogue
itself. The wheel's build (setup.py) uses it too.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def compile_catalogues(translations: Path) -> bool:
    """Writes the .mo of every catalogue that changed; each error goes to stderr. False when there was one."""
    right = True
    for po in sorted(translations.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parent.parent.name)
        for message, errors in catalog.check():
            for error in errors:
                print(f"{po}:{message.lineno}: {error}", file=sys.stderr)
                right = False
        with mo.open("wb") as file:
            write_mo(file, catalog)
    return right


if __name__ == "__main__":
    sys.exit(0 if compile_catalogues(TRANSLATIONS) else 1)
