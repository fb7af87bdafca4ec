"""The child's pages: measured as rendered, never asking, never promising, never sending."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
from house import soup, text_of
from making import make_app
from readability import LIMITS, WORDS_A_PAGE, WORDS_A_SENTENCE, block_text, measure, story_text
from werkzeug.test import Client

from patient_app.children.pages import (
    BANDS,
    CHILDREN,
    FEWEST,
    MOST,
    TEENS,
    YOUTH,
    YOUTH_CAST,
    Band,
    Line,
    folded,
    story_addresses,
    youth_addresses,
)
from patient_app.children.recordings import fingerprint, words_of
from patient_app.paths import STATIC
from patient_app.web.pictures import scenes

LANGUAGES = ("sv", "en")
STORIES = [(language, page["band"], page["number"]) for language in LANGUAGES for page in story_addresses()]

# Words a child of the band may not know, and why. None stands on a story page unless the page's picture shows
# it.
HARD_WORDS = {
    "journal": "the record: say that the care staff write down what matters",
    "vårdnadshavare": "the law's word: say your adult",
    "e-legitimation": "the adult's matter",
    "behandlare": "say the person from the care staff",
    "vårdpersonal": "say the person from the care staff",
    "personnummer": "the adult's matter",
    "integritet": "say who may hear",
    "samtycke": "say what you may choose",
    "digital": "say on a screen",
    "fysisk": "say meet in a room",
    "uppkoppling": "say the screen goes black",
    "delta": "say be there",
    "anhörig": "say your adult",
    "orosanmälan": "nothing a story should name",
}
NEVER = {
    "hemligt": "no page can promise it",
    "secret": "no page can promise it",
    "ingen får veta": "no page can promise it",
    "duktig": "a child owes us nothing",
    "rädd": "never tell a child what to feel",
    "gör inte ont": "a promise",
    "måste": "you may, never you must",
    "rättighet": "a right no source gives",
    "har rätt": "a right no source gives",
}
ASKS_ABOUT_HOME = re.compile(
    r"(hur (är|har) (det|ni|du det) hemma|hemma hos dig|hur mår du\?|ont någonstans|how are you\?|at home\?)",
    re.IGNORECASE,
)


def story(visit, language, band, number):
    return visit(f"/{language}/child/{band}/{number}")


@pytest.mark.parametrize(("language", "band", "number"), STORIES)
def test_a_story_page_keeps_within_its_bands_limits(visit, language, band, number):
    text = story_text(story(visit, language, band, number))
    weight = measure(text)
    assert weight.words <= WORDS_A_PAGE[band], f"{weight.words} words\n{text}"
    assert weight.lix <= LIMITS[band], f"LIX {weight.lix:.1f}\n{text}"
    assert weight.longest_sentence <= WORDS_A_SENTENCE.get(band, 99), text


@pytest.mark.parametrize("band", BANDS)
def test_a_story_has_its_pages_and_404_beyond(visit, band):
    last = len(BANDS[band].pages)
    assert FEWEST <= last <= MOST
    for number in (0, last + 1, 99, "01"):
        visit(f"/sv/child/{band}/{number}", status=404)


@pytest.mark.parametrize(("language", "band", "number"), STORIES)
def test_hard_words_and_false_comfort_stand_on_no_story_page(visit, language, band, number):
    text = story_text(story(visit, language, band, number)).lower()
    if band != "3-6" and BANDS[band].pages[number - 1].topic == "kept":
        assert "vårdnadshavare" in text or "guardians" in text, "from seven, who may read is told by its name"
        text = text.replace("vårdnadshavare", "")
    for word, reason in (HARD_WORDS | NEVER).items():
        assert word not in text, f"{word}: {reason}"
    assert not ASKS_ABOUT_HOME.search(text)


@pytest.mark.parametrize(("language", "band", "number"), STORIES)
def test_every_story_page_has_its_pictures_whole_and_without_words(visit, language, band, number):
    page = story(visit, language, band, number)
    scenes = page.select(".scene > svg")
    assert len(scenes) == len(BANDS[band].pages[number - 1].scenes)
    for scene in scenes:
        assert len(scene["aria-label"]) > 30 and scene.find("text") is None
    used = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', "".join(map(str, scenes))))
    assert used <= {part["id"] for scene in scenes for part in scene.select("[id]")}, (
        "a part that is not there"
    )


def test_each_picture_with_the_parts_it_uses_is_four_kilobytes_at_most(app):
    cast_of = [(band.cast, page) for band in BANDS.values() for page in band.pages]
    cast_of += [(YOUTH_CAST, told.page) for told in YOUTH]
    with app.test_request_context("/sv/child"):
        app.preprocess_request()
        for cast, page in cast_of:
            for scene in page.scenes:
                alone = scenes([scene], cast)[0]
                assert len(gzip.compress(alone.encode(), 9)) <= 4096, f"{page.topic}: {scene.name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_book_comes_with_its_pictures_in_the_first_flight(app, client, weighed_app, language):
    def bytes_of(path: str, by: Client, coding: str) -> int:
        return len(by.get(path, headers={"Accept-Encoding": coding}).data)

    paths = [path for path in childs_pages(app) if re.search(rf"^/{language}/(child/\d|youth/)", path)]
    assert len(paths) > 50
    for path in paths:
        # All of the book at once is for paper, as /all is.
        most = 20_000 if path.endswith("/book") else 14_600 - 1_100
        # What fits as gzip fits as brotli, which takes some fifty times as long to make.
        if bytes_of(path, client, "gzip") > most:
            assert bytes_of(path, Client(weighed_app), "br") <= most, path


def test_the_set_has_a_scene_a_page(visit):
    for band in BANDS.values():
        scenes = [
            str(story(visit, "sv", band.slug, n).select_one(".scene > svg"))
            for n in range(1, len(band.pages) + 1)
        ]
        assert len(set(scenes)) == len(scenes)


def test_every_drawn_child_can_be_chosen_and_the_style_sheet_knows_it(visit, app):
    links = visit("/sv/child").select("[data-choose] a")
    assert [link["href"] for link in links] == [f"#c={n}" for n in CHILDREN]
    teens = visit("/sv/youth").select("[data-choose] a")
    assert [link["href"] for link in teens] == [f"#c={n}" for n in TEENS]
    css = app.extensions["assets"].sheet("children.story").text
    assert all(f'[data-child="{n}"]' in css for n in CHILDREN)


def test_every_band_can_be_reached_from_the_chooser(visit):
    hrefs = {link["href"] for link in visit("/sv/child").select("a.door")}
    assert hrefs >= {f"/sv/child/{band}/1" for band in BANDS}


def test_every_childs_page_has_the_safe_line_and_the_way_out(app, client):
    for path in childs_pages(app):
        page = soup(client.get(path).data)
        safe = page.select_one("main [data-facts~='child.safe']")
        assert safe and safe.find_parent(attrs={"data-not-story": True}), path
        ways = {link["href"] for link in safe.find_all("a")}
        assert {"tel:116111", "tel:112", "https://www.bris.se/"} <= ways, path
        assert all(link.get("dir") == "ltr" for link in safe.find_all("a")), (
            f"{path}: right to left would read 111 116"
        )
        way_out = page.select_one("a[data-leave]")
        assert way_out and way_out["href"] == "https://www.smhi.se/", path
        assert way_out.find_parent("header") and not way_out.find_parent("nav"), path


def test_addresses_and_titles_of_the_childs_pages_are_neutral(app, client):
    for path in childs_pages(app):
        title = text_of(soup(client.get(path).data).title).lower()
        assert not any(word in title or word in path for word in ("bup", "psyk", "våld", "bris", "mår")), path


YOUTH_PAGES = [
    (language, slug)
    for language in LANGUAGES
    for slug in ("", *(f"/{page['slug']}" for page in youth_addresses()))
]
# Every fact of requirements.md D, and what else these pages state.
FACTS = {
    "guidance.age-adapted",
    "guidance.child-voice",
    "child.may-ask",
    "child.what-is-kept",
    "guidance.clear-words",
    "research.self-view",
    "research.harder-to-talk",
    "research.not-said",
    "research.first-in-person",
    "research.voluntary",
    "research.small-children",
    "research.tech-tiring",
    "research.camera-off",
    "child.questions",
    "research.comfort",
    "child.13-17",
    "child.no-eid",
    "child.safe",
    "guidance.summary",
    "guidance.evaluate",
}
WAYS_TO_SEND = re.compile(
    r"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeerConnection|window\.open|import\(|document\.cookie|indexedDB|\.submit\("
)


@pytest.mark.parametrize(("language", "slug"), YOUTH_PAGES)
def test_a_youth_page_keeps_within_its_limits(visit, language, slug):
    text = story_text(visit(f"/{language}/youth{slug}"))
    weight = measure(text)
    assert weight.words <= WORDS_A_PAGE["13-17"], f"{weight.words} words\n{text}"
    assert weight.lix <= LIMITS["13-17"], f"LIX {weight.lix:.1f}\n{text}"


@pytest.mark.parametrize(
    "path",
    ["/sv/child/adult", "/sv/youth/adult", "/sv/after", "/en/child/adult", "/en/youth/adult", "/en/after"],
)
def test_what_is_said_to_the_adult_keeps_the_adults_limit(visit, path):
    text = block_text(visit(path).select_one("[data-measure=adult]"))
    assert measure(text).words > 40 and measure(text).lix <= LIMITS["adult"], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_the_child_and_the_young_stands_on_these_pages(app, client, language):
    found = set()
    for path in childs_pages(app):
        if path.startswith(f"/{language}/"):
            for element in soup(client.get(path).data).select("[data-facts]"):
                assert text_of(element), path
                found |= set(element["data-facts"].split())
    assert found >= FACTS, FACTS - found


def test_no_page_of_the_child_promises_asks_about_home_or_has_a_form(app, client):
    for path in childs_pages(app):
        page = soup(client.get(path).data)
        text = text_of(page.main).lower()
        for word, reason in NEVER.items():
            assert word not in text, f"{path}: {word}: {reason}"
        assert not ASKS_ABOUT_HOME.search(text), path
        assert page.find("form") is None, path


def test_a_number_of_the_study_stands_with_the_study_and_never_as_a_percentage(app, client):
    for path in childs_pages(app):
        text = text_of(soup(client.get(path).data).main)
        assert "%" not in text and "procent" not in text and "percent" not in text, path
        if "31" in text:
            assert "31 unga 16–23 år" in text or "31 young people of 16–23" in text, path


def test_the_pages_where_a_child_writes_or_is_seen_refuse_every_request(client):
    for path, sends in (("/sv/card", "card"), ("/sv/practice", "camera")):
        policy = client.get(path).headers["Content-Security-Policy"]
        for part in (
            "connect-src 'none'",
            "form-action 'none'",
            "img-src 'none'",
            "worker-src 'none'",
            "trusted-types 'none'",
        ):
            assert part in policy, f"{path} ({sends}): {part}"
    assert "camera=()" in client.get("/sv/card").headers["Permissions-Policy"]
    assert "camera=(self)" in client.get("/sv/practice").headers["Permissions-Policy"]


def test_no_module_of_the_child_knows_a_way_to_send():
    modules = list((Path(__file__).parent.parent / "static/js/children").glob("*.js"))
    assert len(modules) >= 5
    for module in modules:
        assert not WAYS_TO_SEND.search(module.read_text()), module.name
        if module.name not in ("card.js", "leave.js"):
            assert "Storage" not in module.read_text(), f"{module.name} keeps something"


def test_the_line_that_nothing_is_sent_is_word_for_word(visit):
    for path in ("/sv/card", "/sv/after"):
        line = text_of(visit(path).select_one("[data-facts='guidance.child-voice']"))
        assert line == (
            "Det här skickas inte. Mottagningen ser det bara om du visar det. Andra som använder "
            "telefonen kan läsa det du sparar."
        )


def test_the_rehearsal_says_on_every_screen_that_it_is_one(visit):
    page = visit("/sv/practice")
    drill = page.select_one("[data-drill]")
    assert text_of(drill) == (
        "Det här är en övning. Kim är ritad och kan varken höra eller se dig. De som är nära dig kan höra."
    )
    assert drill.find_parent(attrs={"data-screen": True}) is None, (
        "it stands outside the screens, so it is on all of them"
    )
    screens = {
        name for element in page.select("section[data-screen]") for name in element["data-screen"].split()
    }
    assert {"name", "wait", "wave", "swap", "end"} <= screens
    for screen in screens - {"end"}:
        bar = page.select_one(f".bar[data-screen~='{screen}']")
        assert bar.select_one("button.fill"), f"{screen} holds the child up"


def test_the_rehearsal_never_asks_who_is_near_and_teaches_no_child_to_allow_by_itself(visit):
    told = text_of(visit("/sv/practice").select_one("[data-rehearsal]"))
    assert "någon är nära" not in told
    assert "Be din vuxna trycka Tillåt" in told and "I besöket säger du stopp eller håller upp handen" in told


def test_free_text_is_asked_for_in_two_places_only(app, client):
    for path in childs_pages(app):
        fields = soup(client.get(path).data).select("textarea, input[type=text]:not([readonly])")
        allowed = {"/sv/card": 2, "/en/card": 2, "/sv/practice": 1, "/en/practice": 1}
        assert len(fields) == allowed.get(path, 0), path


def test_a_clinic_that_says_whether_the_own_picture_can_be_hidden_is_quoted(visit):
    assert "Så säger mottagningen" in text_of(visit("/sv/m/D3M0/youth/picture").main)
    assert "Så säger mottagningen" not in text_of(visit("/sv/youth/picture").main)


def recorded(app, language, name, text):
    """Puts a recording where a region puts it; gives its address."""
    file = f"{name}.{fingerprint(text)}.mp3"
    folder = app.config["SETTINGS"].data_dir / "audio" / language
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(bytes(range(256)) * 8)
    return f"/audio/{language}/{file}"


@pytest.fixture
def own_app(own_dir):
    return make_app(own_dir)


def test_a_recording_is_offered_until_the_words_it_reads_are_changed(own_app):
    words = words_of(BANDS["3-6"].pages[0])
    address = recorded(own_app, "sv", "child-3-6-1", words)
    recorded(own_app, "sv", "child-3-6-2", "Det som stod här förut.")
    client = Client(own_app)
    first = soup(client.get("/sv/child/3-6/1").data).select_one("[data-read-aloud]")
    assert first["data-audio"] == address
    assert "data-audio" not in soup(client.get("/sv/child/3-6/2").data).select_one("[data-read-aloud]").attrs
    assert "data-audio" not in soup(client.get("/en/child/3-6/1").data).select_one("[data-read-aloud]").attrs


def test_a_player_that_asks_for_ranges_gets_them(own_app):
    client = Client(own_app)
    address = recorded(own_app, "sv", "child-3-6-1", "Hej.")
    whole = client.get(address, buffered=True)
    assert whole.status_code == 200 and len(whole.data) == 2048
    assert whole.content_type == "audio/mpeg" and whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(address, headers={"Range": "bytes=0-1"}, buffered=True)
    assert (part.status_code, part.data) == (206, b"\x00\x01")
    assert part.headers["Content-Range"] == "bytes 0-1/2048"
    last = client.get(address, headers={"Range": "bytes=-3"}, buffered=True)
    assert (last.status_code, last.data) == (206, b"\xfd\xfe\xff")
    assert client.get(address, headers={"Range": "bytes=9999-"}, buffered=True).status_code == 416


@pytest.mark.parametrize(
    "name", ["../secret.mp3", "child-3-6-1.mp3", "child-3-6-1.00000000.exe", "x.00000000.mp3"]
)
def test_nothing_but_recordings_comes_out_of_the_folder(own_app, name):
    assert Client(own_app).get(f"/audio/sv/{name}").status_code == 404


def test_the_pages_with_camera_and_card_name_no_recording(client):
    for path in ("/sv/card", "/sv/practice"):
        assert "data-audio" not in client.get(path).text


@pytest.mark.parametrize("band", BANDS)
def test_the_whole_book_is_on_one_page_and_leaves_talking_alone_out_of_the_reading(visit, band):
    page = visit(f"/sv/child/{band}/book")
    leaves = page.select(".leaf-of-book")
    assert [text_of(leaf.h2) for leaf in leaves] == [str(told.heading) for told in BANDS[band].pages]
    assert text_of(page.select_one("[data-read-start]")) == "Läs hela boken"
    assert "Det hörs i rummet." in text_of(page.select_one("[data-read-aloud]"))
    for private in page.select("[data-not-whole]"):
        private.extract()
    read = " ".join(text_of(leaf) for leaf in leaves)
    for words in ("Bris", "prata själv", "116 111"):
        assert words not in read, f"«{words}» would be read aloud into the room"


def test_the_pictures_to_print_have_everything_to_point_at_and_never_put_a_pause_on_then(visit):
    page = visit("/sv/child/pictures")
    sheet = page.select_one(".sheets.paper-a4")
    assert [text_of(one) for one in sheet.select(".always li")] == [
        "Ja",
        "Nej",
        "Stopp",
        "Vet inte",
        "Hör inte",
        "Ont",
        "Hjälp",
        "Toa",
        "Paus",
        "Nalle",
    ]
    cut = [text_of(one) for one in sheet.select(".cut-out-cards li")]
    assert cut[0] == "En vuxen loggar in" and not {"Paus", "Nalle"} & set(cut)
    assert page.select_one('symbol#c-login > .adult-1:last-child use[href="#point"]'), "an adult's finger"
    assert "Använd barnets egna bilder först" in text_of(page.main)
    assert page.select(".sheets.paper-a5 .aid-sheet")


@pytest.mark.parametrize("pages", [5, 8, 13, 15, 17])
def test_the_sheets_of_a_booklet_folded_into_each_other_give_its_pages_in_order(pages):
    places = folded(pages)
    halves = sorted(range(1, len(places) + 1), key=lambda page: places[page - 1])
    sheets = [halves[at : at + 4] for at in range(0, len(halves), 4)]
    assert len(places) % 4 == 0 and pages <= len(places) < pages + 4
    # Read as one turns the leaves: the right half of each front and the left of each back from the outermost
    # sheet inwards, then the left of each back's other side outwards again.
    inwards = [page for _, right, left, _ in sheets for page in (right, left)]
    outwards = [page for left, _, _, right in reversed(sheets) for page in (right, left)]
    assert inwards + outwards == list(range(1, len(places) + 1))


def test_a_booklet_never_has_more_pages_than_the_style_knows_places():
    style = (STATIC / "css/parts/booklet.css").read_text("utf-8")
    known = {int(place) for place in re.findall(r"\.at-(\d+) \{\s+order: \1;", style)}
    assert all(set(folded(1 + len(band.pages))) <= known for band in BANDS.values())


def test_a_wish_to_talk_alone_is_no_tick_on_the_card(visit):
    card = visit("/sv/card")
    assert card.select_one("[name=alone]") is None and "prata själv" not in text_of(card.main)


def test_the_data_refuses_to_be_wrong():
    band = BANDS["3-6"]
    with pytest.raises(ValueError, match="6 to 16"):
        replace(band, pages=band.pages[:5])
    with pytest.raises(ValueError, match="tells of worry"):
        replace(band, pages=tuple(page for page in band.pages if page.topic != "worry"))
    with pytest.raises(ValueError, match="one or two scenes"):
        replace(band.pages[0], scenes=())
    with pytest.raises(ValueError, match="no touch"):
        replace(band.pages[0], touch="shake")
    with pytest.raises(ValueError, match="three facts"):
        Line(band.hint, ("a", "b", "c", "d"))
    assert isinstance(band, Band) and len({told.slug for told in YOUTH}) == len(YOUTH)


ASKED = {
    "how long": r"[Hh]ur länge",
    "does it hurt": r"[Gg]ör (det|något) ont",
    "who sees and hears": r"[Vv]em ser och hör|[Ss]er eller hör",
    "may I be silent": r"vara tyst",
    "the toilet": r"på toa",
    "walk around": r"gå runt",
    "something to hold": r"Nalle|hålla i",
    "a sibling": r"[Ss]yskon",
    "hide my picture": r"gömma",
    "what if I do not want to": r"[Vv]ill du inte",
    "is it filmed": r"[Ff]ilm",
    "the body": r"på kroppen visas\? Fråga varför\.",
}


@pytest.mark.parametrize("band", BANDS)
def test_what_children_ask_is_answered_in_every_band(visit, band):
    told = " ".join(story_text(story(visit, "sv", band, n)) for n in range(1, len(BANDS[band].pages) + 1))
    assert {question for question, answer in ASKED.items() if not re.search(answer, told)} == set()


def test_whether_it_is_filmed_is_said_only_where_the_clinic_says_it(visit):
    for path in ("child/3-6/12", "child/7-9/11", "child/10-12/10", "youth/record"):
        assert "spelar inte in" in text_of(visit(f"/sv/m/D3M0/{path}").main)
        assert "spelar inte in" not in text_of(visit(f"/sv/{path}").main)


def test_the_young_are_told_the_way_in_of_their_clinic_and_no_other(visit):
    at_1177, by_sms = visit("/sv/m/D3M0/youth/log-in"), visit("/sv/m/V3ST/youth/log-in")
    assert "1177.se" in text_of(at_1177.main) and "e-legitimation" in text_of(at_1177.main)
    assert "sms" in text_of(by_sms.main) and "e-legitimation" not in text_of(by_sms.main)
    assert "1177.se" not in text_of(by_sms.main)
    assert "logga in" not in text_of(visit("/sv/m/V3ST/youth/trouble").main)


def test_the_study_is_told_truly(visit):
    text = text_of(visit("/sv/youth/choose").main)
    assert "tyckte 14 att det var svårare" in text and "Var femte tyckte att det var lättare" in text
    assert "ville de flesta" not in text and "Behandlare i studien säger att de flesta" in text


def test_titles_of_the_stories_say_a_number_and_nothing_else(visit):
    assert text_of(visit("/sv/child/7-9/6").title) == "Videobesök, sida 6 av 13 – Redo"
    assert text_of(visit("/sv/youth/record").title) == "Videobesök, sida 9 av 12 – Redo"


def childs_pages(app) -> list[str]:
    from addresses import public_paths

    rooms = re.compile(r"^/(sv|en)/(child|youth|practice|card|after)(/|$)")
    return [path for path in public_paths(app) if rooms.match(path)]
