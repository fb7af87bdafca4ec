"""What is said about the way in is true at every kind of clinic: words that cannot be true there stand on no
family's and no support page, negated ones neither. And each such sentence has one place."""

import re
from itertools import cycle, product

import pytest
from addresses import public_paths
from house import parsed, text_of
from making import make_app, publish_shipped

from patient_app.clinics import directory, published
from patient_app.clinics.opening import opening
from patient_app.clinics.settings import LABELS
from patient_app.codes import symbols
from patient_app.paths import TEMPLATES

PLACES = ("bookings", "inbox", "app", "sms", "letter")
ACCOUNTS = ("child", "guardian")
PLAN_B = (None, "clinic-calls", "family-calls")
OTHERS = (None, "guest-link", "phone", "on-site", "ask")

# Phone advice, messages that staff may send, and what we say about ourselves hold everywhere.
HOLDS_EVERYWHERE = re.compile(
    r"[Rr]ing(er)? 1177|telefon 1177|på 1177\. Är det|Råd får du på 1177|Redo är inte 1177|112(/| eller )1177"
    r"|meddelande på 1177|Knapparna på 1177\.se|Sidor hos andra, som 1177\.se"
)

ON_1177 = {
    "log in on 1177": r"1177\.se|på 1177|1177 hämtar|Öppna 1177",
    "a button of 1177": r"Hitta och lägg till|Lägg till (barn\b|mottagning)",
    "acting for the child": r"\bombud\b",
    "the child's account": r"barnets konto",
}
BY_PROXY = {
    "press the child's name": r"[Tt]ryck\w* på barnets namn",
    "add the child": r"[Ll]ägg\w* till (barn\b|barnet\b)|lagt till barnet",
    "acting for the child": r"\bombud\b",
    "the child's account": r"barnets konto",
}
IN_BOOKINGS = {"the list of times": r"[Bb]okade tider"}
IN_AN_APP = {"open an app": r"[Öö]ppna(s i)? (appen|regionens app)"}
BY_SMS = {"a link by sms": r"[Öö]ppna sms:et|[Ll]änken (till besöket )?kommer i ett sms"}
BY_LETTER = {"a link in the letter": r"[Ll]änken (till besöket )?står i brevet|länken i brevet"}
ON_THE_GUARDIAN = {"booked on the guardian": r"bokat på dig"}
A_GUEST_LINK = {"a link of one's own": r"egen länk till besöket|länken som du har fått av mottagningen"}
CLINIC_CALLS = {"the clinic is to phone": r"(?<!familjen )ringer mottagningen|[Mm]ottagningen ringer"}
FAMILY_CALLS = {"the family is to phone": r"efter bokad tid\? Ring|Startar inte besöket\? Ring"}


def cannot_be_true(profile) -> dict[str, str]:
    """The words that no page of a clinic with that profile may say: why, and how to find them."""
    found = opening(profile)
    wrong: dict[str, str] = {}
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
    return wrong


def generated() -> list[dict]:
    """One clinic for each opening x account x plan B, the ways of another adult among them."""
    other = cycle(OTHERS)
    clinics = []
    for index, (place, account, plan_b) in enumerate(product(PLACES, ACCOUNTS, PLAN_B)):
        settings = {"phone": "010-111 11 11", "link_place": place, "booked_on": account}
        settings |= {"plan_b": plan_b} if plan_b else {}
        settings |= {"other_adult_way": way} if (way := next(other)) else {}
        code = "W0" + symbols.ALPHABET[index // 32] + symbols.ALPHABET[index % 32]
        clinics.append({"code": code, "name": f"Kajen {code}", "settings": settings})
    return clinics


@pytest.fixture(scope="module")
def many(tmp_path_factory, data_dir, app):
    """An app with the shipped clinics and every generated one."""
    folder = tmp_path_factory.mktemp("ways-in")
    (folder / "assets").symlink_to(data_dir / "assets")
    publish_shipped(folder)
    body: dict = {"regions": {}, "clinics": generated()}
    for shipped in directory.shipped_bodies():
        body = directory.merge(body, shipped)
    published.write_published(folder / published.PUBLISHED, body, 2)
    return make_app(folder)


def said_on(client, path: str) -> str:
    """The words of a page, without what nobody sees and what holds at every clinic."""
    answer = client.get(path)
    if answer.status_code != 200:
        return ""
    page = parsed(answer.data)
    for gone in page.xpath("//script | //style | //svg"):
        gone.drop_tree()
    return HOLDS_EVERYWHERE.sub("", text_of(page.body))


CODES = [clinic["code"] for clinic in generated()]
OFTEN = ["D3M0", "V3ST", "N0RR", CODES[3], CODES[-1]]  # each takes seconds; the rest is read in the whole run


@pytest.mark.parametrize(
    "code", [*OFTEN, *(pytest.param(code, marks=pytest.mark.whole) for code in CODES if code not in OFTEN)]
)
def test_no_page_of_a_clinic_says_what_cannot_be_true_there(many, code):
    profile = many.extensions["clinics"].directory.find(code).profile
    wrong = cannot_be_true(profile)
    client = many.test_client()
    found = {}
    for path in public_paths(many, ("sv",), (f"m/{code}/",)):
        if path.endswith("/support/problems"):
            continue  # the open catalogue tells of every clinic's trouble, not of this one's
        if "/en/" in path or ("/support/sheet/" in path and "/sv/a5" not in path):
            continue
        text = said_on(client, path)
        for why, pattern in wrong.items():
            if match := re.search(pattern, text):
                found.setdefault(f"{why}: {text[max(0, match.start() - 40) : match.end() + 30]}", path)
    assert not found, "\n".join(f"{path}: {why}" for why, path in sorted(found.items()))


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
