"""Pure. Keeps what is read from the left together where the sentence around it is read from the right.

«1177.se» in an Arabic sentence reads «se.1177» without it: digits, a full stop and letters are three runs for
the Unicode bidirectional algorithm (UAX #9). Its isolates are signs and not elements, so that they hold in
attributes, titles and an sms too.
"""

import re

LEFT_TO_RIGHT, FIRST_STRONG, END = "\u2066", "\u2068", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"
# What begins with a digit and goes on after a sign: 1177.se, a telephone number, a code with its hyphen.
# Times and dates need none, nor does what begins with a Latin letter: an address after https:// must not have
# a sign at its end that a telephone takes for a part of it.
RUNS = re.compile(
    r"\u2066[^\u2069]*\u2069"  # what is kept together already
    r"|(?<![\w./-])\d[\w-]*(?:\.[\w-]+)*\.(?:com|eu|net|org|se)\b(?:/[\w/-]*)?"
    r"|(?<![\w./-])\+?\d[\d-]*(?: [\d-]+)+"
    r"|(?<![\w./-])\d[0-9A-Z]{2,3}(?:-[0-9A-Z]{3,4})+\b"
)
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def isolated(text: str) -> str:
    """A sentence that is read from the right, its runs from the left each kept together. The same twice is
    the same once."""

    def keep(match: re.Match[str]) -> str:
        run = match.group()
        return run if run.startswith(LEFT_TO_RIGHT) else f"{LEFT_TO_RIGHT}{run}{END}"

    return RUNS.sub(keep, text)


def isolated_value(value: str) -> str:
    """What is put into such a sentence: a clinic's name, a code, a title; a link stays as it is."""
    if "://" in value or not (LATIN.search(value) or RUNS.search(value)):
        return value
    if value.startswith((LEFT_TO_RIGHT, FIRST_STRONG)):
        return value
    return f"{FIRST_STRONG}{value}{END}"
