"""The child's pages: measured as rendered, never asking, never promising, never sending."""

import gzip
import re

import pytest
from house import soup, text_of
from readability import LIMITS, WORDS_A_PAGE, WORDS_A_SENTENCE, measure, story_text

from patient_app.children.pages import BANDS, CHILDREN, story_addresses

LANGUAGES = ("sv", "en")
STORIES = [(language, page["band"], page["number"]) for language in LANGUAGES for page in story_addresses()]

# Words a child of the band may not know, and why. None stands on a story page unless the page's picture shows it.
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
ASKS_ABOUT_HOME = re.compile(r"(hur (är|har) (det|ni|du det) hemma|hemma hos dig|hur mår du\?|ont någonstans|how are you\?|at home\?)", re.IGNORECASE)


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
    assert 6 <= last <= 9
    for number in (0, last + 1, 99):
        visit(f"/sv/child/{band}/{number}", status=404)


@pytest.mark.parametrize(("language", "band", "number"), STORIES)
def test_hard_words_and_false_comfort_stand_on_no_story_page(visit, language, band, number):
    text = story_text(story(visit, language, band, number)).lower()
    for word, reason in (HARD_WORDS | NEVER).items():
        assert word not in text, f"{word}: {reason}"
    assert not ASKS_ABOUT_HOME.search(text)


@pytest.mark.parametrize(("language", "band", "number"), STORIES)
def test_every_story_page_is_one_picture_with_words_to_listen_to(visit, language, band, number):
    page = story(visit, language, band, number)
    scenes = page.select(".scene > svg")
    assert len(scenes) == 1 and len(scenes[0]["aria-label"]) > 30
    assert scenes[0].find("text") is None, "no text inside pictures"
    assert len(gzip.compress(str(scenes[0]).encode(), 9)) <= 4096


def test_the_set_has_a_scene_a_page(visit):
    for band in BANDS.values():
        scenes = [str(story(visit, "sv", band.slug, n).select_one(".scene > svg")) for n in range(1, len(band.pages) + 1)]
        assert len(set(scenes)) == len(scenes)


def test_every_drawn_child_can_be_chosen_and_the_style_sheet_knows_it(visit, app):
    links = visit("/sv/child").select("[data-choose] a")
    assert [link["href"] for link in links] == [f"#c={n}" for n in CHILDREN]
    css = (app.extensions["assets"].root / app.extensions["assets"].version / "css/child.css").read_text()
    assert all(f'[data-child="{n}"]' in css for n in CHILDREN)


def test_every_band_can_be_reached_from_the_chooser(visit):
    hrefs = {link["href"] for link in visit("/sv/child").select("a.door")}
    assert hrefs >= {f"/sv/child/{band}/1" for band in BANDS}


def test_every_childs_page_has_the_safe_line_and_the_way_out(app, client):
    for path in childs_pages(app):
        page = soup(client.get(path).data)
        safe = page.select_one("main [data-facts~='child.safe']")
        assert safe and safe.find_parent(attrs={"data-not-story": True}), path
        assert {"tel:116111", "tel:112"} <= {link["href"] for link in safe.find_all("a")}, path
        way_out = page.select_one("a[data-leave]")
        assert way_out and "yr.no" in way_out["href"], path


def test_addresses_and_titles_of_the_childs_pages_are_neutral(app, client):
    for path in childs_pages(app):
        title = text_of(soup(client.get(path).data).title).lower()
        assert not any(word in title or word in path for word in ("bup", "psyk", "våld", "bris", "mår")), path


def childs_pages(app) -> list[str]:
    from addresses import public_paths

    rooms = re.compile(r"^/(sv|en)/(child|youth|practice|card|after)(/|$)")
    return [path for path in public_paths(app) if rooms.match(path)]
