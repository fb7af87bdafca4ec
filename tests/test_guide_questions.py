"""The guide's questions: every combination of answers leads to a step that is there, or to what is
missing."""

from itertools import product

import pytest
from house import text_of

from patient_app.guide.forms import age_band

AGES = ("0-11", "12", "13-17")
YES_NO = (None, "no", "yes")
WHO = ("guardian", "other", "self")


def asked(client, prefix: str = "", **answers):
    return client.get(
        f"/sv/{prefix}guide",
        query_string={name: value for name, value in answers.items() if value is not None},
    )


def expected(age: str, turns13: str | None, who: str, added: str | None) -> str | None:
    """Written from leaflet.turns-13 and proxy-once, not from the code."""
    if age == "12" and turns13 is None:
        return None
    thirteen_by_then = age == "13-17" or (age == "12" and turns13 == "yes")
    if who == "other":
        return "other-adult/before"
    if thirteen_by_then:
        return "13-17/before"
    return "under-13/find-visit" if added == "yes" else "under-13/before"


@pytest.mark.parametrize("age, turns13, who, added", list(product(AGES, YES_NO, WHO, YES_NO)))
def test_whole_answers_lead_to_the_right_step(client, age, turns13, who, added):
    response = asked(client, age=age, turns13=turns13, who=who, added=added)
    leads_to = expected(age, turns13, who, added)
    assert response.headers["Cache-Control"] == "no-store"
    if leads_to is None:
        assert response.status_code == 200
        return
    assert response.status_code == 303
    assert response.location.endswith(f"/sv/guide/{leads_to}")
    assert client.get(f"/sv/guide/{leads_to}").status_code == 200


@pytest.mark.parametrize(
    "answers, missing",
    [
        ({"age": "0-11"}, {"who"}),
        ({"who": "guardian"}, {"age"}),
        ({"added": "yes"}, {"age", "who"}),
        ({"age": "12", "who": "guardian"}, {"turns13"}),
        ({"age": "25", "who": "guardian"}, {"age"}),
        ({"age": "-1", "who": "guardian"}, {"age"}),
        ({"age": "x", "who": "x"}, {"age", "who"}),
        ({"age": "12", "turns13": "maybe", "who": "other"}, {"turns13"}),
        ({"age": "٣", "who": "guardian"}, {"age"}),
    ],
)
def test_what_is_missing_is_said_beside_its_question(client, visit, answers, missing):
    page = visit("/sv/guide?" + "&".join(f"{name}={value}" for name, value in answers.items()))
    wrong = {
        field["data-question"]
        for field in page.select("fieldset[data-question]")
        if field.select_one(".wrong")
    }
    assert wrong == missing
    assert page.find(role="alert") is not None
    for name in missing:
        field = page.select_one(f'fieldset[data-question="{name}"]')
        assert page.find(id=field["aria-describedby"]) is not None


def test_nothing_is_wrong_before_anything_was_answered(visit):
    page = visit("/sv/guide?utm_source=sms")
    assert page.find(role="alert") is None and page.select(".wrong") == []
    assert page.select("input[checked]") == []


def test_an_answer_that_was_given_is_kept_beside_the_one_that_is_missing(visit):
    page = visit("/sv/guide?age=12&added=yes")
    assert {(field["name"], field["value"]) for field in page.select("input[checked]")} == {
        ("age", "12"),
        ("added", "yes"),
    }


@pytest.mark.parametrize(
    "typed, band",
    [(str(years), "0-11") for years in range(12)]
    + [("12", "12")]
    + [(str(years), "13-17") for years in range(13, 18)]
    + [(odd, "") for odd in ("18", "99", "100", "-1", "", "tolv", "1.5", "١٢", "²")],
)
def test_an_age_is_read_as_its_band(typed, band):
    assert age_band(typed) == band


def test_the_answers_lead_to_the_clinics_own_pages(client):
    response = asked(client, "m/V3ST/", age="0-11", who="guardian", added="no")
    assert response.location.endswith("/sv/m/V3ST/guide/under-13/before")
    assert client.get("/sv/m/V3ST/guide/under-13/before").status_code == 200


def test_the_routes_stand_below_as_plain_links(visit):
    links = {link["href"] for link in visit("/en/m/D3M0/guide").main.find_all("a", href=True)}
    for route in (
        "under-13/before",
        "other-adult/before",
        "13-17/before",
        "under-13/find-visit",
        "under-13/all",
    ):
        assert f"/en/m/D3M0/guide/{route}" in links


def test_no_answer_stands_in_the_page_it_leads_to(client):
    page = client.get("/sv/guide", query_string={"age": '"><script>', "who": "x" * 50}).text
    assert '<script>"' not in page and "x" * 50 not in page


def test_the_page_asks_three_questions_and_the_birthday(visit):
    page = visit("/sv/guide")
    assert [field["data-question"] for field in page.select("fieldset")] == ["age", "turns13", "who", "added"]
    assert "Hur gammalt är barnet den dag besöket är?" in text_of(page.main)
