"""What is said about the way in is true at every kind of clinic: words that cannot be true there stand on no
family's and no support page, negated ones neither. And each such sentence has one place."""

import re
from itertools import product

import pytest
from addresses import every_public_path
from house import parsed, text_of
from making import each_opening

from patient_app.clinics.opening import opening
from patient_app.clinics.settings import LABELS
from patient_app.paths import TEMPLATES

LANGUAGES = ("sv", "en")

# Phone advice, messages that staff may send, and what we say about ourselves hold everywhere.
HOLDS_EVERYWHERE = {
    "sv": re.compile(
        r"[Rr]ing(er)? 1177|telefon 1177|på 1177\. Är det|Råd får du på 1177|Redo är inte 1177"
        r"|112(/| eller )1177|meddelande på 1177|Knapparna på 1177\.se|Sidor hos andra, som 1177\.se"
    ),
    "en": re.compile(
        r"([Cc]all|[Pp]hone)(ing)? 1177|(advice|help)[^.]* on 1177|Redo is not (part of )?1177"
        r"|112(/| or )1177|message on 1177|buttons on 1177\.se|Others, such as 1177\.se"
    ),
}

# What is said where, and how each language says it.
ON_1177 = {
    "log in on 1177": (r"1177\.se|på 1177|1177 hämtar|Öppna 1177", r"1177\.se|on 1177|1177 gets|Open 1177"),
    "a button of 1177": (
        r"Hitta och lägg till|Lägg till (barn\b|mottagning)",
        r"Hitta och lägg till|Lägg till (barn\b|mottagning)|[Aa]dd the clinic",
    ),
    "acting for the child": (r"\bombud\b", r"\bproxy\b|act(ing)? for (the|your|a) child"),
    "the child's account": (r"barnets konto", r"child['’]s account"),
}
BY_PROXY = {
    "press the child's name": (r"[Tt]ryck\w* på barnets namn", r"[Pp]ress\w* the child['’]s name"),
    "add the child": (
        r"[Ll]ägg\w* till (barn\b|barnet\b)|lagt till barnet",
        r"[Aa]dd(ed)? (the|your) child|Lägg till barn\b",
    ),
    "acting for the child": ON_1177["acting for the child"],
    "the child's account": ON_1177["the child's account"],
}
IN_BOOKINGS = {"the list of times": (r"[Bb]okade tider", r"[Bb]okade tider|[Bb]ooked (visits|times)")}
IN_AN_APP = {
    "open an app": (r"[Öö]ppna(s i)? (appen|regionens app)", r"[Oo]pens? (in )?the (app\b|region['’]s app)")
}
BY_SMS = {
    "a link by sms": (
        r"[Öö]ppna sms:et|[Ll]änken (till besöket )?kommer i ett sms",
        r"[Oo]pen the text message|link (to the visit )?comes in a text",
    )
}
BY_LETTER = {
    "a link in the letter": (
        r"[Ll]änken (till besöket )?står i brevet|länken i brevet",
        r"link (to the visit )?is in the letter|link in the letter",
    )
}
ON_THE_GUARDIAN = {"booked on the guardian": (r"bokat på dig", r"booked (in your name|on you|for you)")}
A_GUEST_LINK = {
    "a link of one's own": (
        r"egen länk till besöket|länken som du har fått av mottagningen",
        r"your own link to the visit|link (that )?(the clinic gave you|you got from the clinic)",
    )
}
CLINIC_CALLS = {
    "the clinic is to phone": (
        r"(?<!familjen )ringer mottagningen|[Mm]ottagningen ringer",
        r"[Tt]he clinic (will )?(calls?|phones?|rings?) (you\b|the family|\d)",
    )
}
FAMILY_CALLS = {
    "the family is to phone": (
        r"efter bokad tid\? Ring|Startar inte besöket\? Ring",
        r"after the booked time\? Call|visit does not start\? Call",
    )
}


def cannot_be_true(profile, language: str) -> dict[str, str]:
    """The words that no page of a clinic with that profile may say: why, and how to find them."""
    found = opening(profile)
    wrong: dict[str, tuple[str, str]] = {}
    if not found.on_1177:
        wrong |= ON_1177
    if not found.by_proxy:
        wrong |= BY_PROXY
    if found.place not in ("bookings", "app"):
        wrong |= IN_BOOKINGS
    if found.place != "app":
        wrong |= IN_AN_APP
    if found.place != "sms":
        wrong |= BY_SMS
    if found.place != "letter":
        wrong |= BY_LETTER
    if found.account != "guardian":
        wrong |= ON_THE_GUARDIAN
    if profile.other_adult_way != "guest-link":
        wrong |= A_GUEST_LINK
    if profile.plan_b != "clinic-calls":
        wrong |= CLINIC_CALLS
    if profile.plan_b != "family-calls":
        wrong |= FAMILY_CALLS
    return {why: patterns[LANGUAGES.index(language)] for why, patterns in wrong.items()}


def said_on(client, path: str, language: str) -> str:
    """The words of a page, without what nobody sees and what holds at every clinic."""
    answer = client.get(path)
    if answer.status_code != 200:
        return ""
    page = parsed(answer.data)
    for gone in page.xpath("//script | //style | //svg"):
        gone.drop_tree()
    return HOLDS_EVERYWHERE[language].sub("", text_of(page.body))


def pages_of(app, code: str, language: str) -> list[str]:
    """What families and support read of a clinic in a language. The open catalogue tells of every clinic's
    trouble; the insert is the same in each size and language but for its words."""
    return [
        path
        for path in every_public_path(app, (language,), (f"m/{code}/",))
        if path.startswith(f"/{language}/")
        and not path.endswith("/support/problems")
        and ("/support/sheet/" not in path or f"/{language}/a5" in path)
    ]


CODES = [clinic["code"] for clinic in each_opening()]
# Each takes seconds: clinics unlike each other in one language each; the others in Swedish in ./test, in
# English in ./test every.
OFTEN = [("D3M0", "sv"), ("V3ST", "sv"), ("N0RR", "en")]
AT_LEISURE = [one for one in product((*(pair[0] for pair in OFTEN), *CODES), LANGUAGES) if one not in OFTEN]
LEISURE = {"sv": pytest.mark.whole, "en": pytest.mark.every}


@pytest.mark.parametrize(
    "code, language",
    [
        *OFTEN,
        *(pytest.param(*one, marks=LEISURE[one[1]]) for one in AT_LEISURE),
    ],
)
def test_no_page_of_a_clinic_says_what_cannot_be_true_there(every_opening, code, language):
    profile = every_opening.extensions["clinics"].directory.find(code).profile
    wrong = cannot_be_true(profile, language)
    client = every_opening.test_client()
    found = {}
    for path in pages_of(every_opening, code, language):
        text = said_on(client, path, language)
        for why, pattern in wrong.items():
            if match := re.search(pattern, text):
                found.setdefault(f"{why}: {text[max(0, match.start() - 40) : match.end() + 30]}", path)
    assert not found, "\n".join(f"{path}: {why}" for path, why in sorted((p, w) for w, p in found.items()))


# A pattern that never bites guards nothing: each finds its words at a clinic where they are true.
WHERE_TRUE = [
    ("D3M0", ON_1177 | BY_PROXY | IN_BOOKINGS | CLINIC_CALLS),
    ("V3ST", BY_SMS | FAMILY_CALLS | A_GUEST_LINK),
    ("N0RR", IN_AN_APP | ON_THE_GUARDIAN),
    (
        next(one["code"] for one in each_opening() if one["settings"]["link_place"] == "letter"),
        BY_LETTER,
    ),
]
SAYING_IT = ("day", "guide/under-13/add-child", "guide/under-13/find-visit", "guide/other-adult/before")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code, true", WHERE_TRUE, ids=[code for code, _ in WHERE_TRUE])
def test_each_of_these_words_is_found_where_it_is_true(every_opening, code, true, language):
    client = every_opening.test_client()
    paths = (f"/{language}/m/{code}/{path}" for path in (*SAYING_IT, "guide/under-13/add-clinic"))
    said = " ".join(said_on(client, path, language) for path in paths)
    for why, patterns in true.items():
        assert re.search(patterns[LANGUAGES.index(language)], said), why


def test_the_labels_of_1177_stand_in_one_file_of_templates():
    own = {text for texts in LABELS.values() for text in texts if " " in text} - {"Logga in"}  # said by all
    labels = re.compile("|".join(map(re.escape, own)))
    elsewhere = set()
    for path in TEMPLATES.rglob("*.html"):
        source = path.read_text("utf-8")
        if path.name != "way_in.html" and (re.search(r"\bui\(", source) or labels.search(source)):
            elsewhere.add(path.relative_to(TEMPLATES).as_posix())
    assert elsewhere == set()


def test_no_template_but_the_way_in_asks_where_the_link_is():
    asking = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"profile\.(link_place|booked_on|add_clinic)", path.read_text("utf-8"))
    }
    assert asking == set()
