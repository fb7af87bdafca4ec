"""By phone, before, during and inserts: every way ends in words to say and an address that answers; every
fact is there."""

import re

import pytest
from house import parsed, text_of
from making import each_opening

from patient_app.clinics.settings import PROXY_ENDS_AT, VisitProfile
from patient_app.support.call import CALL
from patient_app.support.tree import End, Line, Question, Tree, TreeError

FACTS = {
    "staff.share": "share",
    "staff.support-code": "code",
    "staff.no-code": "call",
    "staff.before-sharing": "before",
    "staff.during": "during",
    "staff.summons": "inserts",
    "guidance.not-suited-list": "before",
    "routine.no-home-questions": "before",
    "routine.maturity": "before",
    "routine.sms-rule": "share",
    "routine.local-additions": "",
    "routine.fallback": "call/dropped",
    "guidance.platform": "before",
    "staff.governance": "",
}


def profile_of(app, prefix: str) -> VisitProfile:
    """The profile an address of that prefix speaks of."""
    found = app.extensions["clinics"].directory.find(prefix[6:10])
    return found.profile if found else VisitProfile()


ENDS = [node for node in CALL.nodes.values() if isinstance(node, End)]


@pytest.mark.parametrize(
    "prefix", ["/sv/support/", "/en/support/", "/sv/m/D3M0/support/", "/en/m/V3ST/support/"]
)
@pytest.mark.parametrize("fact, where", FACTS.items())
def test_every_fact_for_staff_is_found_in_visible_text(visit, prefix, fact, where):
    marked = visit(prefix + where).select_one(f'[data-facts~="{fact}"]')
    assert marked and text_of(marked) and not marked.find_parent(hidden=True)


@pytest.mark.parametrize("page", ["", "share", "code", "call", "before", "during", "inserts"])
def test_every_page_says_what_it_builds_on_where_it_holds_and_when_it_was_reviewed(visit, page):
    said = text_of(visit(f"/sv/support/{page}").select_one(".sources"))
    assert "Granskad 22 november 2026" in said and "Gäller:" in said


def test_rules_of_one_region_are_marked_with_it(visit):
    page = visit("/sv/support/before")
    for fact in ("routine.no-home-questions", "routine.maturity"):
        assert "Västra Götaland" in text_of(page.select_one(f'[data-facts~="{fact}"]'))


def claims(text: str, profile: VisitProfile) -> set[str]:
    """What a text says of the way in, of plan B and of who takes part: what a page sent must say too."""
    said = {
        name
        for name, pattern in {
            "1177": r"på 1177|1177\.se",
            "an app": r"\b[Aa]ppen\b|regionens app",
            "an sms": r"öppna sms:et|i ett sms",
            "a letter": r"i brevet",
            "the child's account": r"barnets (namn|konto)",
            "one's own account": r"eget konto|som dig själv",
            "the clinic phones": r"mottagningen ringer|ringer mottagningen",
            "both may be in two places": r"från olika platser",
            "all in one place": r"på samma plats",
            "a guest link": r"egen länk till besöket",
            "told on the phone": r"berättar i telefon",
            "112": r"\b112\b",
            "an interpreter": r"\btolk\b",
            "VPN": r"VPN",
            "e-ID": r"e-legitimation|BankID",
            "the waiting room": r"väntrummet",
        }.items()
        if re.search(pattern, text, re.IGNORECASE)
    }
    said |= {profile.label(key) for key in ("inbox", "clinics", "find-and-add") if profile.label(key) in text}
    return said | set(re.findall(r"(\d+) (?:min|timm)", text))


SHIPPED = ["", "m/D3M0/", "m/V3ST/", "m/N0RR/"]
EVERY_OTHER = [pytest.param(f"m/{clinic['code']}/", marks=pytest.mark.whole) for clinic in each_opening()]


@pytest.mark.parametrize("at_clinic", [*SHIPPED, *EVERY_OTHER])
def test_every_end_agrees_with_the_page_it_sends(every_opening, at_clinic):
    client = every_opening.test_client()
    profile = profile_of(every_opening, f"/sv/{at_clinic}")
    seen, wrong = 0, []
    for end in ENDS:
        answer = client.get(f"/sv/{at_clinic}support/call/{end.id}")
        if not CALL.holds(end.id, profile):
            assert answer.status_code == 303, end.id
            continue
        seen += 1
        page = parsed(answer.data)
        [link] = page.xpath("//*[@data-send]//*[@data-link]/@data-link")
        assert link.endswith(f"/sv/{at_clinic}{end.send}"), end.id
        sent = client.get(f"/sv/{at_clinic}{end.send}")
        assert sent.status_code == 200, f"{end.id} sends {end.send}: {sent.status_code}"
        family = parsed(sent.data)
        said = " ".join(text_of(line) for line in page.xpath("//ol[@class='say-now']/li"))
        assert len(end.lines(profile)) >= 2, end.id
        missing = claims(said, profile) - claims(text_of(family.body), profile)
        if missing:
            wrong.append(f"{end.id} says {missing}, {end.send} does not: {said}")
        # Both sides give the call to the technicians, or neither does.
        hands_over = page.xpath("//@data-hand-over") == ["technical"]
        if end.send.startswith("help/"):
            technical = bool(family.xpath("//*[@data-setting='support_phone']"))
            if profile.support_phone and technical is not hands_over:
                wrong.append(f"{end.id}: only one side knows the technical line")
        if hands_over and profile.support_phone:
            assert profile.support_phone in text_of(page.body), end.id
    assert not wrong, "\n".join(wrong)
    assert seen >= 30


@pytest.mark.parametrize("prefix", ["/sv/m/D3M0/", "/en/"])
def test_every_end_keeps_the_house_rules_and_says_the_log_in_rule_first(visit, prefix):
    for end in ENDS:
        page = visit(f"{prefix}support/call/{end.id}") if CALL.holds(end.id, VisitProfile()) else None
        if page:
            main = text_of(page.main)
            rule = "Guida en inloggning bara" if "/sv/" in prefix else "Guide a log-in only"
            assert main.index(rule) < main.index(text_of(page.select_one("ol.say-now > li:last-child"))), (
                end.id
            )
            assert bool(page.select_one("[data-send] [data-text]")) is ("/m/" in prefix)


def test_no_end_confirms_a_visit_a_time_or_a_clinic():
    for end in ENDS:
        for line in end.say:
            assert not re.search(
                r"er tid är|ni har (en )?tid (den|kl)|jag ser (att|efter|er)", str(line.words)
            ), end.id


@pytest.mark.parametrize(
    "question", [node for node in CALL.nodes.values() if isinstance(node, Question)], ids=lambda node: node.id
)
def test_every_answer_leads_on(visit, question):
    page = visit("/sv/support/call" if question is CALL.start else f"/sv/support/call/{question.id}")
    links = [link["href"] for link in page.select(".answers a")]
    there = [target for _words, target in question.answers if CALL.nodes[target].holds(VisitProfile())]
    assert links == [f"/sv/support/call/{target}" for target in there] and len(links) >= 2


def test_a_tree_that_does_not_hang_together_is_refused():
    end = End("end", "cause", (Line("say"),), "help")
    for nodes in [
        (Question("start", "?", (("yes", "nowhere"),)),),
        (Question("start", "?", (("yes", "end"), ("no", "end"))), end),
        (Question("start", "?", (("yes", "end"),)), end, End("lost", "cause", (Line("say"),), "help")),
        (Question("start", "?", (("yes", "end"),)), end, end),
        (Question("start", "?", (("yes", "end"),)), End("end", "cause", (), "help")),
    ]:
        with pytest.raises(TreeError):
            Tree(nodes)


def test_the_tree_uses_the_clinics_own_age_and_buttons(app, visit):
    profile = profile_of(app, "/sv/m/D3M0/")
    assert f"under {profile.label('bookings')}" in text_of(
        visit("/sv/m/D3M0/support/call/own-account").select_one("ol.say-now")
    )
    assert f"Under {PROXY_ENDS_AT} den dagen" in text_of(visit("/sv/m/N0RR/support/call/wrong-age"))


@pytest.mark.parametrize(
    ("prefix", "says", "never"),
    [
        ("/sv/m/D3M0/", "Logga in igen", "appen"),
        ("/sv/m/N0RR/", "Öppna appen igen", "1177"),
        ("/sv/m/V3ST/", "samma länk som förut", "ogga in"),
    ],
)
def test_what_to_say_is_true_at_each_clinic(visit, prefix, says, never):
    said = text_of(visit(f"{prefix}support/call/dropped").select_one("ol.say-now"))
    assert says in said and never not in said


@pytest.mark.parametrize(
    ("node", "at_demo", "at_sms"),
    [
        ("waited-15", "mottagningen ringer er", "ring mottagningen, 010-222 11 00"),
        ("second-place", "Fråga mottagningen först", "kan vara med från olika platser"),
        ("not-guardian", "berättar i telefon", "egen länk till besöket"),
        ("lost-letter-child", "tryck på barnets namn", "i ett sms"),
        ("turned-13", "loggar barnet in själv på 1177.se", "vem som ska få länken"),
    ],
)
def test_the_same_question_ends_otherwise_where_the_visit_opens_otherwise(visit, node, at_demo, at_sms):
    for clinic, says in (("D3M0", at_demo), ("V3ST", at_sms)):
        assert says in text_of(visit(f"/sv/m/{clinic}/support/call/{node}").select_one("ol.say-now"))


def test_a_call_about_logging_in_is_not_asked_of_where_nobody_logs_in(client, visit):
    answers = [link["href"] for link in visit("/sv/m/V3ST/support/call").select(".answers a")]
    assert not any(address.endswith("/log-in") for address in answers)
    assert client.get("/sv/m/V3ST/support/call/bankid-dead").status_code == 303


def test_a_line_for_the_ticket_names_the_way_and_what_was_sent(visit):
    said = visit("/sv/support/call/picture-black").select_one("#ticket")["data-text"]
    assert said.startswith("Ingen bild → ") and said.endswith("(help/picture)")


@pytest.mark.parametrize("family", ["sv", "en"])
@pytest.mark.parametrize("sent", ["help/dropped", "guide/under-13/add-child", "check/fix/microphone-refused"])
def test_the_familys_page_stands_beside_word_for_word_with_its_drawings(visit, family, sent):
    page = visit(f"/sv/m/D3M0/support/beside/{family}/{sent}")
    its = visit(f"/{family}/m/D3M0/{sent}")
    theirs = []
    for move in its.select("ol.moves > li"):
        way_out = move.select_one(".open a")  # staff never log in for a family
        theirs.append(" ".join(text_of(move).replace(text_of(way_out) if way_out else "\0", "").split()))
    rows = page.select("ol.say-now > li")[1:]
    beside = ".their-words" if family != "sv" else ".said-aloud"
    # A drawing's own label lies on the picture; the words beside it say the same.
    for drawing in its.select("ol.moves .shot"):
        label = text_of(drawing)
        theirs = [move.removesuffix(f" {label}") if label else move for move in theirs]
    assert [text_of(row.select_one(beside)) for row in rows] == theirs
    assert "Vad står överst på skärmen?" in text_of(page.select_one("ol.say-now > li"))
    if "help" not in sent:
        assert page.select("ol.say-now .shot, ol.say-now .drawing")


@pytest.mark.parametrize("sent", ["help/nothing", "start", "support/call", "guide/under-13", "../staff"])
def test_only_a_family_page_with_moves_stands_beside(client, sent):
    assert client.get(f"/sv/support/beside/en/{sent}").status_code in (404, 308)
    assert client.get("/sv/support/beside/xx/help/sound").status_code == 404


@pytest.mark.parametrize("node", ["start", "nowhere", "<script>"])
def test_a_node_that_is_not_there_is_not_found(client, node):
    assert client.get(f"/sv/support/call/{node}").status_code == 404


def test_the_neutral_branch_gives_no_reason_and_no_way_round(visit):
    said = text_of(visit("/sv/support/call/child-missing").main)
    assert "mottagningen" in said
    for word in ("skyddad", "spärr", "anmälan", "orosanmäl"):
        assert word not in said.lower()


def test_the_six_lines_end_in_an_offer_or_go_on_to_share(visit):
    page = visit("/sv/support/before")
    assert len(page.select(".six-questions > li")) == 6
    assert "Erbjud besök på plats" in text_of(page.main)
    assert page.select_one('main a[href="/sv/support/share"]')


def test_the_inserts_lead_to_a_sheet_for_every_age_and_language(visit):
    page = visit("/sv/m/D3M0/support/inserts")
    sheets = [link["href"] for link in page.select(".inserts a")]
    assert {sheet.split("/")[6] for sheet in sheets} == {
        "under-13",
        "child-3-6",
        "child-7-9",
        "child-10-12",
        "13-17",
    }
    for sheet in sheets:
        assert visit(sheet).select("main svg")


@pytest.mark.parametrize("who", ["child-3-6", "child-7-9", "child-10-12", "13-17", "under-13"])
def test_an_insert_says_the_words_of_its_age_and_has_a_line_for_the_time(visit, who):
    page = visit(f"/sv/m/D3M0/support/sheet/{who}/guide/sv/a5")
    assert page.select_one(".time .line") and page.select_one("main svg:not(.icon):not(.sheet-qr)")
    if who == "child-3-6":
        assert all(
            len(sentence.split()) <= 8
            for caption in page.select("figcaption")
            for sentence in text_of(caption).split(".")
            if sentence
        )
