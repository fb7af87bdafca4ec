"""The guide's questions: every combination of answers leads to a step that is there, or to what is
missing."""

from itertools import product

import pytest
from house import text_of

from patient_app.guide.forms import age_band

AGES = ("0-12", "13-17")
YES_NO = (None, "no", "yes")
WHO = ("guardian", "other", "self")


def asked(client, prefix: str = "", **answers):
    return client.get(
        f"/sv/{prefix}guide",
        query_string={name: value for name, value in answers.items() if value is not None},
    )


def expected(age: str, who: str, added: str | None) -> str:
    """Written from leaflet.turns-13 and proxy-once, not from the code."""
    if who == "other":
        return "other-adult"
    if age == "13-17":
        return "13-17" if who == "self" else "guardian-13-17"
    return "under-13#done=add-child" if added == "yes" else "under-13"


@pytest.mark.parametrize("age, who, added", list(product(AGES, WHO, YES_NO)))
def test_whole_answers_lead_to_the_right_plan(client, age, who, added):
    response = asked(client, age=age, who=who, added=added)
    leads_to = expected(age, who, added)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.status_code == 303
    assert response.location.endswith(f"/sv/guide/{leads_to}")
    assert client.get(f"/sv/guide/{leads_to.partition('#')[0]}").status_code == 200


@pytest.mark.parametrize(
    "before, leads_to",
    [
        ({"age": "0-11", "who": "guardian"}, "under-13"),
        ({"age": "12", "turns13": "no", "who": "guardian"}, "under-13"),
        ({"age": "12", "turns13": "yes", "who": "guardian"}, "guardian-13-17"),
        ({"age": "12", "turns13": "yes", "who": "self"}, "13-17"),
    ],
)
def test_an_address_from_before_the_birthday_was_no_question_still_leads_where_it_did(
    client, before, leads_to
):
    assert asked(client, **before).location.endswith(f"/sv/guide/{leads_to}")


@pytest.mark.parametrize("prefix", ["m/V3ST/", "m/N0RR/"])
def test_whether_the_child_was_added_is_asked_only_where_a_child_is_added(client, visit, prefix):
    page = visit(f"/sv/{prefix}guide")
    assert [field["data-question"] for field in page.select("fieldset")] == ["age", "who"]
    answer = asked(client, prefix, age="0-12", who="guardian", added="yes")
    assert answer.location.endswith(f"/sv/{prefix}guide/under-13")


@pytest.mark.parametrize(
    "answers, missing",
    [
        ({"age": "0-12"}, {"who"}),
        ({"who": "guardian"}, {"age"}),
        ({"added": "yes"}, {"age", "who"}),
        ({"age": "25", "who": "guardian"}, {"age"}),
        ({"age": "-1", "who": "guardian"}, {"age"}),
        ({"age": "x", "who": "x"}, {"age", "who"}),
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
    page = visit("/sv/guide?age=0-12&added=yes")
    assert {(field["name"], field["value"]) for field in page.select("input[checked]")} == {
        ("age", "0-12"),
        ("added", "yes"),
    }


@pytest.mark.parametrize(
    "typed, band",
    [(str(years), "0-12") for years in range(13)]
    + [(str(years), "13-17") for years in range(13, 18)]
    + [("0-11", "0-12"), ("0-12", "0-12"), ("13-17", "13-17")]
    + [(odd, "") for odd in ("18", "99", "100", "-1", "", "tolv", "1.5", "١٢", "²")],
)
def test_an_age_is_read_as_its_band(typed, band):
    assert age_band(typed) == band


def test_the_answers_lead_to_the_clinics_own_pages(client):
    response = asked(client, "m/V3ST/", age="0-12", who="guardian", added="no")
    assert response.location.endswith("/sv/m/V3ST/guide/under-13")
    assert client.get("/sv/m/V3ST/guide/under-13").status_code == 200


def test_the_routes_stand_below_as_plain_links(visit):
    links = {link["href"] for link in visit("/en/m/D3M0/guide").main.find_all("a", href=True)}
    for route in ("under-13", "other-adult", "13-17", "guardian-13-17", "under-13/all"):
        assert f"/en/m/D3M0/guide/{route}" in links
    assert "/en/m/D3M0/guide/under-13#done=add-child" in links


def test_no_answer_stands_in_the_page_it_leads_to(client):
    page = client.get("/sv/guide", query_string={"age": '"><script>', "who": "x" * 50}).text
    assert '<script>"' not in page and "x" * 50 not in page


def test_the_page_asks_three_questions_and_the_age_on_the_day(visit):
    page = visit("/sv/guide")
    assert [field["data-question"] for field in page.select("fieldset")] == ["age", "who", "added"]
    assert "Hur gammalt är barnet på besöksdagen?" in text_of(page.main)
