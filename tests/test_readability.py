from bs4 import BeautifulSoup
from readability import lix, measure, sentence_lengths, story_text, words


def test_lix_is_words_per_sentence_plus_the_share_of_long_words():
    assert lix("Du och en vuxen sitter hemma. Ni tittar i en skärm.") == 11 / 2 + 0
    assert lix("Mottagningen ringer.") == 2 + 50
    assert lix("") == 0


def test_a_word_of_seven_letters_is_long_and_one_of_six_is_not():
    assert measure("abcdef abcdefg").long_words == 1


def test_addresses_and_hyphens_are_one_word():
    assert words("Logga in på 1177.se med e-legitimation, du som är 13–17 år.") == [
        "Logga",
        "in",
        "på",
        "1177.se",
        "med",
        "e-legitimation",
        "du",
        "som",
        "är",
        "13–17",
        "år",
    ]


def test_quotes_and_questions_end_sentences():
    assert sentence_lengths("Fråga: «Vem är du?» Sedan svarar den. Bra") == [1, 3, 3, 1]


def test_a_heading_without_a_full_stop_is_a_sentence_of_its_own():
    page = BeautifulSoup("<main><h1>Hej då</h1><p>Ni vinkar.</p></main>", "lxml")
    assert sentence_lengths(story_text(page)) == [2, 2]


def test_buttons_and_notes_are_not_the_story():
    page = BeautifulSoup(
        "<main><p>Ett <b>ord</b> här.</p><nav>Nästa sida</nav><div data-not-story><p>Till den "
        "vuxna.</p></div><p hidden>Dolt.</p></main>",
        "lxml",
    )
    assert story_text(page) == "Ett ord här."
