"""Short links carry their content: every vector, everything people type, and nothing that leads to another
clinic."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from patient_app.clinics import directory, published
from patient_app.codes import short_link, symbols
from patient_app.codes.short_link import START, WHO, LinkError, ShortLink, decode, encode, encode_long, path
from patient_app.web.languages import KNOWN, LANGUAGES

VECTORS = {
    "K7Q2-0009": ShortLink("K7Q2", 0, 0, 0),
    "K7Q2-062N": ShortLink("K7Q2", 0, 6, 2),
    "3FMT-4159": ShortLink("3FMT", 4, 1, 5),
    "K7Q2Q": ShortLink("K7Q2"),
    "3FMT9": ShortLink("3FMT"),
}
links = st.builds(
    ShortLink,
    st.text(symbols.ALPHABET, min_size=4, max_size=4),
    st.integers(0, 7),
    st.integers(0, 31),
    st.integers(0, 31),
)


@pytest.mark.parametrize("code, link", VECTORS.items())
def test_every_vector_is_written_and_read(code, link):
    assert decode(code) == link
    assert (encode_long if len(code) > 5 else encode)(link) == code


@given(links)
def test_what_is_written_is_read_again(link):
    assert decode(encode(link)) == decode(encode_long(link)) == link


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("k7q2-062n", "K7Q2-062N"),
        ("K7Q2062N", "K7Q2-062N"),
        ("k7 q2 06 2n", "K7Q2-062N"),
        (" K7Q2–062N ", "K7Q2-062N"),
        ("K7Q2‑062N", "K7Q2-062N"),
        ("K7Q2-O62N", "K7Q2-062N"),
        ("k7q2-o62n", "K7Q2-062N"),
        ("3fmt-4i59", "3FMT-4159"),
        ("3FMT-4l59", "3FMT-4159"),
        ("k-7-q-2-q", "K7Q2Q"),
    ],
)
def test_what_people_type_is_read_as_what_they_meant(typed, meant):
    assert decode(typed) == decode(meant)


@pytest.mark.parametrize("code", VECTORS)
def test_every_single_wrong_symbol_is_refused(code):
    whole = code.replace("-", "")
    for place, right in enumerate(whole):
        for wrong in symbols.ALPHABET:
            if wrong != right:
                with pytest.raises(LinkError):
                    decode(whole[:place] + wrong + whole[place + 1 :])


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "K7Q2",
        "K7Q2QQ",
        "K7Q2-062",
        "K7Q2-062NN",
        "U7Q2Q",
        "K7Q2ß",
        "K7Q2!",
        "åäöåä",
        "K7Q2-0009-0009",
        "٣FMT9",
    ],
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(LinkError):
        decode(typed)


@pytest.mark.parametrize("clinic", ["", "K7Q", "K7Q22", "k7q2", "K7QO", "K7 2"])
def test_no_code_is_made_for_half_a_clinic(clinic):
    with pytest.raises(ValueError):
        encode(ShortLink(clinic))


@pytest.mark.parametrize(
    "link",
    [ShortLink("K7Q2", 8), ShortLink("K7Q2", 0, 32), ShortLink("K7Q2", 0, 0, 32), ShortLink("K7Q2", -1)],
)
def test_a_field_that_has_no_room_is_refused(link):
    with pytest.raises(LinkError):
        encode(link)


def test_a_later_version_leads_to_the_clinics_start_page_and_is_not_guessed():
    for high in range(8, 32):  # the two highest of five bits are the version
        data = "K7Q2" + symbols.ALPHABET[high] + "62"
        assert decode(data + symbols.check_symbol(data)) == ShortLink("K7Q2")


def test_the_numbers_are_the_designs_and_only_ever_grow():
    assert WHO[:8] == (
        "not-said",
        "under-13",
        "13-17",
        "other-adult",
        "child-3-6",
        "child-7-9",
        "child-10-12",
        "guardian-13-17",
    )
    assert START[:11] == (
        "start",
        "guide",
        "all",
        "check",
        "practice",
        "day",
        "help",
        "child",
        "card",
        "after",
        "find-visit",
    )


def test_every_place_a_link_can_lead_to_is_there_at_the_demo_clinic(client):
    targets = {path(ShortLink("D3M0", who, start)) for who in range(8) for start in range(32)}
    assert len(targets) >= 20
    for target in sorted(targets):
        assert client.get(f"/sv/m/D3M0/{target}").status_code == 200, target


def test_unused_numbers_lead_to_the_start_page():
    for who in range(8):
        for start in range(len(START), 32):
            assert path(ShortLink("D3M0", who, start)) == ""
    for who in range(len(WHO), 8):
        assert path(ShortLink("D3M0", who, START.index("guide"))) == "guide"


@pytest.mark.parametrize(
    "who, start, leads_to",
    [
        ("under-13", "start", ""),
        ("under-13", "guide", "guide/under-13"),
        ("13-17", "guide", "guide/13-17"),
        ("other-adult", "guide", "guide/other-adult"),
        ("guardian-13-17", "guide", "guide/guardian-13-17"),
        ("child-7-9", "guide", "child/7-9/1"),
        ("child-10-12", "child", "child/10-12/1"),
        ("not-said", "child", "child"),
        ("not-said", "all", "guide/under-13/all"),
        ("13-17", "all", "guide/13-17/all"),
        ("other-adult", "all", "guide/other-adult/all"),
        ("under-13", "find-visit", "guide/under-13/find-visit"),
        ("13-17", "find-visit", "guide/13-17/find-visit"),
        ("other-adult", "find-visit", "guide/other-adult/before"),
        ("guardian-13-17", "all", "guide/guardian-13-17/all"),
        ("guardian-13-17", "find-visit", "guide/guardian-13-17/before"),
        ("13-17", "day", "day/13-17"),
        ("guardian-13-17", "day", "day/guardian-13-17"),
        ("under-13", "day", "day"),
        ("child-3-6", "day", "day"),
        ("not-said", "check", "check"),
        ("not-said", "day", "day"),
        ("not-said", "help", "help"),
    ],
)
def test_a_link_leads_where_it_says(who, start, leads_to):
    assert path(ShortLink("D3M0", WHO.index(who), START.index(start))) == leads_to


def test_a_short_link_opens_the_clinics_page_in_its_language(client):
    for language in KNOWN:
        code = encode(ShortLink("D3M0", 1, 1, language.number))
        response = client.get(f"/{code}", headers={"Accept-Language": "en"})
        shown = language.code if language.code in LANGUAGES else "sv"
        off = "" if language.code in LANGUAGES else f"?l={language.code}"
        assert response.status_code == 303
        assert response.location.partition("8000")[2] == f"/{shown}/m/D3M0/guide/under-13{off}"
        assert client.get(f"/{shown}/m/D3M0/guide/under-13{off}").status_code == 200


@pytest.mark.parametrize("number", [0, *range(9, 32)])
def test_a_language_that_is_not_said_is_the_readers(client, number):
    response = client.get(
        "/" + encode_long(ShortLink("D3M0", 0, 5, number)), headers={"Accept-Language": "en"}
    )
    assert response.location.endswith("/en/m/D3M0/day" if number == 0 else "/sv/m/D3M0/day")


def test_small_letters_and_missing_hyphens_open_the_same_page(client):
    code = encode(ShortLink("D3M0", 0, 5, 1))
    for typed in (
        code,
        code.lower(),
        code.replace("-", ""),
        code.replace("0", "o").lower(),
        f"{code[:2]}%20{code[2:]}",
    ):
        assert client.get(f"/{typed}").location.endswith("/sv/m/D3M0/day"), typed


@pytest.fixture
def retired(own_dir, new_app):
    """A client of an app whose clinic V3ST was retired."""
    body = copy.deepcopy(published.read_published(own_dir / published.PUBLISHED)[1])
    next(clinic for clinic in body["clinics"] if clinic["code"] == "V3ST")["retired"] = True
    published.write_published(own_dir / published.PUBLISHED, body, 2)
    return Client(new_app())


def test_unknown_retired_and_broken_codes_get_one_and_the_same_page(retired):
    unknown = encode(ShortLink("K7Q2", 0, 5, 1))
    gone = encode(ShortLink("V3ST", 0, 5, 1))
    answers = [
        retired.get(f"/{code}")
        for code in (unknown, gone, unknown[:-1] + "0", "K7Q2Q", encode(ShortLink("V3ST")), "UUUUU", "hello")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    page = answers[0].text
    assert "Numret står i kallelsen" in page and 'name="c"' in page
    assert retired.get(f"/{encode(ShortLink('D3M0', 0, 5, 1))}").status_code == 303


def test_the_letters_field_says_the_same_of_unknown_retired_and_broken_codes(retired):
    codes = [encode(ShortLink("K7Q2")), encode(ShortLink("V3ST")), "D3M0X"]
    pages = [retired.get("/sv/code", query_string={"c": code}) for code in codes]
    assert {page.status_code for page in pages} == {200}
    assert len({page.text.replace(code, "") for page, code in zip(pages, codes, strict=True)}) == 1


def test_the_letters_field_leads_to_the_clinic_in_the_pages_language(client):
    response = client.get(
        "/en/code", query_string={"c": " d3m0-" + encode_long(ShortLink("D3M0"))[5:].lower()}
    )
    assert response.status_code == 303 and response.location.endswith("/en/m/D3M0/")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "typed", ["811218-9876", "198112189876", "19811218-9870", "811218 9870", "1 2 3 4 5 6 7 8 9"]
)
def test_what_looks_like_a_personal_number_is_dropped_and_never_shown_again(client, typed):
    answer = client.get("/sv/code", query_string={"c": typed})
    assert answer.status_code == 303 and answer.headers["Cache-Control"] == "no-store"
    assert typed not in answer.location and "c=" not in answer.location
    page = client.get(answer.location)
    assert page.status_code == 200 and typed not in page.text
    assert "ser ut som ett personnummer" in page.text


@pytest.mark.parametrize(
    "root_word", ["robot", "sverige1", "D3M0", "abc", "D3M0-0009-0009", "åäöåä", "staff-x"]
)
def test_other_words_at_the_root_are_no_page(client, root_word):
    assert client.get(f"/{root_word}").status_code == 404


def test_a_typed_code_is_shown_again_as_text_only(client):
    page = client.get("/sv/code", query_string={"c": '"><script>x</script>'}).text
    assert "<script>x" not in page and "&lt;script&gt;" in page


def test_the_reserved_code_is_never_a_clinics():
    assert "STAF" in directory.RESERVED
    assert short_link.VERSION == 0
