"""Crockford base32 and its check symbol: short links and support codes are written in it.

The check runs over GF(32) with x^5 + x^2 + 1: each step adds a symbol and doubles. Doubling has order 31, so
for words of up to 31 symbols every single wrong symbol and every swap of two symbols is caught; the check is
always an ordinary symbol, never one of Crockford's extra five.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_NOT_MEANT = str.maketrans("", "", " -\u00a0\u2009\u202f\u2010\u2011\u2012\u2013\u2212\t\r\n")


class SymbolError(ValueError):
    """The text holds something that is no symbol."""


def normalize(text: str) -> str:
    """Read what a person typed: drop spaces and hyphens, upper-case, take O for 0 and I and L for 1.

    Returns only symbols of ALPHABET (possibly none); raises SymbolError on anything else, U included.
    """
    symbols = text.translate(_NOT_MEANT)
    if not symbols.isascii():  # upper() makes ordinary letters of some odd ones, such as ı and ſ
        raise SymbolError("not a symbol of a code")
    symbols = symbols.upper().translate(_FORGIVEN)
    if any(symbol not in _VALUE for symbol in symbols):
        raise SymbolError("not a symbol of a code")
    return symbols


def value(symbol: str) -> int:
    """The number 0-31 a normalized symbol stands for; SymbolError if it is none."""
    try:
        return _VALUE[symbol]
    except KeyError:
        raise SymbolError("not a symbol of a code") from None


def check_symbol(data: str) -> str:
    """The check symbol of normalized data; SymbolError if data holds anything else."""
    accumulated = 0
    for symbol in data:
        accumulated = _double(accumulated ^ value(symbol))
    return ALPHABET[accumulated]


def is_valid(symbols_with_check: str) -> bool:
    """Whether normalized symbols end in their own check symbol. Never raises: odd symbols are simply not
    valid."""
    if len(symbols_with_check) < 2:
        return False
    try:
        return check_symbol(symbols_with_check[:-1]) == symbols_with_check[-1]
    except SymbolError:
        return False


def _double(element: int) -> int:
    return (element << 1) ^ 0b100101 if element & 16 else element << 1
