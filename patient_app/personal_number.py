"""Finds Swedish personal numbers (and coordination numbers) in free text, so that none is ever stored or sent on."""

import re

_DIGITS = re.compile(r"(?<!\d)(?:\d[ \t\u00a0.\-+]*){9,11}\d(?!\d)")
_CENTURIES = ("18", "19", "20")


def contains_personal_number(text: str) -> bool:
    """True when ten or twelve digits in the text, also split by spaces, dots or hyphens, form a valid number.

    Valid means a possible date (day + 60 for coordination numbers) and the right Luhn check digit (Skatteverket).
    """
    return any(_is_number(re.sub(r"\D", "", match.group())) for match in _DIGITS.finditer(text))


def _is_number(digits: str) -> bool:
    if len(digits) == 12 and digits[:2] in _CENTURIES:
        digits = digits[2:]
    if len(digits) != 10:
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    if not (1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)):
        return False
    total = sum(sum(divmod(int(digit) * (2 - index % 2), 10)) for index, digit in enumerate(digits))
    return total % 10 == 0
