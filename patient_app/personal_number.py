"""Finds Swedish personal numbers (and coordination numbers) in free text, so that none is ever stored or sent
on."""

import re

# Groups of digits that only a space, a hyphen of some kind, a dot, a plus or a slash holds apart.
_APART = "[ \\t\u00a0\u2009\u202f./+\\-\u2010-\u2015\u2212]{1,3}"
_RUN = re.compile(rf"\d+(?:{_APART}\d+)*")
_CENTURIES = ("18", "19", "20")


def contains_personal_number(text: str) -> bool:
    """True when ten or twelve digits in the text, also split by spaces, dots or hyphens, form a valid number.

    Valid means a possible date (day + 60 for coordination numbers) and the right Luhn check digit
    (Skatteverket). A number begins and ends where a group of digits does, so that "rum 3, 8112189876" hides
    nothing and a longer number is not cut.
    """
    for run in _RUN.finditer(text):
        groups = re.findall(r"\d+", run.group())
        for first in range(len(groups)):
            digits = ""
            for group in groups[first:]:
                digits += group
                if len(digits) > 12:
                    break
                if _is_number(digits):
                    return True
    return False


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
