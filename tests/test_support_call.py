"""By phone, before, during and inserts: every way ends in words to say and an address that answers; every
fact is there."""

import pytest
from house import text_of

from patient_app.clinics.opening import opening
from patient_app.clinics.settings import PROXY_ENDS_AT, VisitProfile
from patient_app.support.call import CALL, End, Question, Tree, TreeError

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


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.id)
@pytest.mark.parametrize("prefix", ["/sv/m/D3M0/", "/en/", "/sv/m/V3ST/", "/en/m/N0RR/"])
def test_every_end_says_what_to_say_and_sends_a_page_that_answers(app, client, visit, prefix, end):
    if not end.when(opening(profile_of(app, prefix))):
        answer = client.get(f"{prefix}support/call/{end.id}")
        assert answer.status_code == 303 and answer.location.endswith(f"{prefix}support/call")
        return
    page = visit(f"{prefix}support/call/{end.id}")
    assert text_of(page.select_one(".say-now"))
    link = page.select_one("[data-send] [data-link]")["data-link"]
    assert link.endswith(prefix.replace("/en/", "/sv/") + end.send)
    assert (
        client.get(
            link.partition("://")[2].partition("/")[1] + link.partition("://")[2].partition("/")[2]
        ).status_code
        == 200
    )
    assert bool(page.select_one("[data-send] [data-text]")) is ("/m/" in prefix)


@pytest.mark.parametrize(
    "question", [node for node in CALL.nodes.values() if isinstance(node, Question)], ids=lambda node: node.id
)
def test_every_answer_leads_on(visit, question):
    page = visit("/sv/support/call" if question is CALL.start else f"/sv/support/call/{question.id}")
    links = [link["href"] for link in page.select(".answers a")]
    there = [
        target for _words, target in question.answers if CALL.nodes[target].when(opening(VisitProfile()))
    ]
    assert links == [f"/sv/support/call/{target}" for target in there] and len(links) >= 2


def test_a_tree_that_does_not_hang_together_is_refused():
    end = End("end", "cause", "say", "help")
    for nodes in [
        (Question("start", "?", (("yes", "nowhere"),)),),
        (Question("start", "?", (("yes", "end"), ("no", "end"))), end),
        (Question("start", "?", (("yes", "end"),)), end, End("lost", "cause", "say", "help")),
        (Question("start", "?", (("yes", "end"),)), end, end),
    ]:
        with pytest.raises(TreeError):
            Tree(nodes)


def test_the_tree_uses_the_clinics_own_age_and_buttons(app, visit):
    profile = profile_of(app, "/sv/m/D3M0/")
    assert f"under {profile.label('bookings')}" in text_of(
        visit("/sv/m/D3M0/support/call/own-account").select_one(".say-now")
    )
    assert f"Under {PROXY_ENDS_AT} den dagen" in text_of(visit("/sv/m/N0RR/support/call/wrong-age"))


@pytest.mark.parametrize(
    ("prefix", "says", "never"),
    [
        ("/sv/m/D3M0/", "logga in på 1177", "appen"),
        ("/sv/m/N0RR/", "logga in i appen", "1177"),
        ("/sv/m/V3ST/", "samma länk som förut", "logga in"),
    ],
)
def test_what_to_say_is_true_at_each_clinic(visit, prefix, says, never):
    said = text_of(visit(f"{prefix}support/call/dropped").select_one(".say-now"))
    assert says in said and never not in said


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
