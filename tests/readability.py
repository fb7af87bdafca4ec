"""Pure. How heavy a text is: its words, its sentences, LIX. Measures a rendered page by block, so a heading
is a sentence of its own.

LIX (Björnsson 1968) = words per sentence + 100 x share of words longer than six letters. The limits are
families.md's. LIX is a tripwire: it does not show that anyone understands.
"""

import re
from dataclasses import dataclass

LONG = 6  # letters; a word with more is long
LIMITS = {"adult": 36, "13-17": 32, "10-12": 28, "7-9": 24, "3-6": 20}  # LIX
WORDS_A_PAGE = {"13-17": 110, "10-12": 70, "7-9": 45, "3-6": 25}
WORDS_A_SENTENCE = {"7-9": 12, "3-6": 8}

# A word is letters or digits, with hyphens, apostrophes, points and dashes between them: «1177.se»,
# «e-legitimation», «13–17».
_WORD = re.compile(r"[^\W_]+(?:[-‑'’.–/:][^\W_]+)*")
# A sentence ends at . ! ? or a colon that a space, a quote or the end follows, and at every line's end: one
# block, one line.
_SENTENCE_END = re.compile(r"[.!?:…]+[\"”»)]*(?=\s|$)|\n")

BLOCKS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "dt",
    "dd",
    "figcaption",
    "summary",
    "label",
    "legend",
    "td",
    "th",
    "blockquote",
)
NOT_STORY = ("nav", "script", "style", "svg", "template", "[data-not-story]", "[hidden]")


@dataclass(frozen=True)
class Measure:
    """What a text weighs."""

    words: int
    sentences: int
    long_words: int
    longest_sentence: int
    lix: float


def words(text: str) -> list[str]:
    """The words of a text in their order."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; those without a word are left out."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and words(part)]


def sentence_lengths(text: str) -> list[int]:
    """Words in each sentence."""
    return [len(words(sentence)) for sentence in sentences(text)]


def is_long(word: str) -> bool:
    """True for a word of more than six letters; digits and marks between are not letters."""
    return sum(letter.isalpha() for letter in word) > LONG


def lix(text: str) -> float:
    """LIX of a text; 0 for a text without words."""
    return measure(text).lix


def measure(text: str) -> Measure:
    """All the figures of a text at once."""
    found, lengths = words(text), sentence_lengths(text)
    if not found:
        return Measure(0, 0, 0, 0, 0.0)
    heavy = sum(is_long(word) for word in found)
    return Measure(
        len(found), len(lengths), heavy, max(lengths), len(found) / len(lengths) + 100 * heavy / len(found)
    )


def story_text(page) -> str:
    """The story of a parsed page: the text of `<main>`, a line a block, without what style.md 7 does not
    count."""
    return block_text(page.main, NOT_STORY)


def block_text(
    root, without: tuple[str, ...] = ("nav", "script", "style", "svg", "template", "[hidden]")
) -> str:
    """The visible text below a parsed element, a line a block; elements that match `without` are left out."""
    left_out = {id(found) for selector in without for found in root.select(selector)}
    lines: list[str] = [""]

    def walk(element) -> None:
        for child in element.children:
            if getattr(child, "name", None) is None:
                if type(child).__name__ == "NavigableString":
                    lines[-1] += str(child)
                continue
            if id(child) in left_out:
                continue
            if (
                child.name == "br"
                or child.name in BLOCKS
                or child.name in ("div", "ul", "ol", "section", "article")
            ):
                lines.append("")
                walk(child)
                lines.append("")
            else:
                walk(child)

    walk(root)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
