"""Pure. Whether a text that somebody typed leads somewhere: an address, also of a shortener, also written so
that a program misses it and a reader or a phone does not; or a word that only looks like another.

A phone makes links of what looks like one, and a family trusts what stands on our page. Links have settings
of their own, with a reviewed list of hosts.
"""

import re
import unicodedata

# Endings that addresses have and Swedish abbreviations do not (t.ex., bl.a., kl.10). In small letters, or all
# in capitals: «hit.Ring» is a missing space.
_ENDINGS = (
    "se|com|net|org|nu|io|eu|gl|ly|me|co|to|gg|link|app|dev|info|biz|help|online|site|xyz|top|click|live|shop|"
    "store|page|web|ai|cc|tv|ws|su|ru|uk|de|dk|fi|id|gd|im|pw|tk|ml|cf|ga|gq|icu|vip|care|health|clinic|support|"
    "zip|mov|fr|es|it|nl|be|at|ch|pl|cz|us|ca|au|jp|cn|kr|br|in|st|sh|ee|lv|lt|ua|by|рф|укр"
)
_ADDRESS = re.compile(
    r"https?:|\bwww\."
    rf"|[\w-]\.(?:{_ENDINGS}|{_ENDINGS.upper()})(?![\w-])"
    r"|[\w-]\.\w{2,}/\w"  # whatever its ending, with a path behind it
    r"|\b\d{3,}\.[^\W\d]"  # 1177.anything
)
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # what nobody sees
_OTHER_DOTS = str.maketrans(dict.fromkeys("。｡．․‧∙・", "."))  # a browser or a reader takes them for one
_WORD = re.compile(r"[^\W_]+")
_NEARLY_1177 = re.compile(r"(?<![^\W_])(?!1177)[1lI|іІΙ]{2}77(?![^\W_])")


def plain(text: str) -> str:
    """The text as it will be read: full-width and other forms as the usual ones, what is hidden left out."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _HIDDEN.sub("", text.translate(_OTHER_DOTS)))


def leads_out(text: str) -> bool:
    """True when the text holds an address, in whatever dots and letters it is written."""
    return _ADDRESS.search(plain(text)) is not None


def looks_like_another(text: str) -> bool:
    """True when a word mixes alphabets that share letters' looks, or a number only looks like 1177."""
    read = plain(text)
    if _NEARLY_1177.search(read):
        return True
    return not read.isascii() and any(_is_mixed(word) for word in _WORD.findall(read))


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN", "COPTIC"}) > 1
