"""Pure. The one list of languages: those that Redo knows, whether they are on yet or not.

One is on when its code stands in ON; a start without its whole catalogue is refused (web/languages.py). A
clinic may write its texts in any.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language: its code in addresses, its number in short links (append-only, design.md 4), names,
    direction; `dates` where a browser's own habit is another than the summons has; `names_dates` where
    browsers do not know the names of its months and days, so that the server sends them."""

    code: str
    number: int
    name: str
    direction: str = "ltr"
    locale: str = ""
    not_on: str = ""
    dates: str = ""
    names_dates: bool = False

    @property
    def babel_locale(self) -> str:
        return self.locale or self.code

    @property
    def date_locale(self) -> str:
        """How a browser is asked to write dates and times (BCP 47): the Gregorian year and Latin digits that
        the summons has, and 24 hours."""
        return self.dates or self.babel_locale.replace("_", "-")


# Numbers are never given twice. 9 to 15 are kept for Tigrinya, Russian, Dari, Kurmanji, Sorani,
# Bosnian-Croatian-Serbian and Spanish: the field in a short link has room for fifteen (design.md 4).
KEPT_NUMBERS = {9: "ti", 10: "ru", 11: "prs", 12: "kmr", 13: "ckb", 14: "bs", 15: "es"}
# `not_on` stands, in the language itself, on pages that a short link asked for before the translation was
# there.
KNOWN = (
    Language("sv", 1, "Svenska"),
    Language(
        "en", 2, "English", locale="en_GB", not_on="This page is not in English yet. Here it is in Swedish."
    ),
    Language("fi", 3, "Suomi", not_on="Tätä sivua ei ole vielä suomeksi. Tässä se on ruotsiksi."),
    Language(
        "ar",
        4,
        "العربية",
        "rtl",
        not_on="هذه الصفحة غير متوفرة بالعربية بعد. ها هي بالسويدية.",
        dates="ar-u-nu-latn-hc-h23",
    ),
    Language(
        "fa",
        5,
        "فارسی",
        "rtl",
        not_on="این صفحه هنوز به فارسی نیست. اینجا به سوئدی است.",
        dates="fa-u-ca-gregory-nu-latn",
    ),
    Language("uk", 6, "Українська", not_on="Цієї сторінки ще немає українською. Ось вона шведською."),
    Language(
        "so",
        7,
        "Soomaali",
        not_on="Boggan weli af-Soomaali kuma qorna. Waa kan oo af-Iswiidhish ah.",
        names_dates=True,
    ),
    Language("pl", 8, "Polski", not_on="Tej strony nie ma jeszcze po polsku. Oto ona po szwedzku."),
)
SWEDISH = KNOWN[0]
ON = ("sv", "en")
STAFF_CODES = ("sv", "en")
