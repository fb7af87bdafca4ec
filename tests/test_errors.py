"""Error pages: each says what to do and whom to call, and none of them can fail."""

import gettext

import pytest
from flask import Blueprint, abort
from house import checked, text_of
from jinja2 import ChoiceLoader, DictLoader
from making import make_app, publish_shipped
from werkzeug.test import Client

from patient_app.clinics import published
from patient_app.paths import TEMPLATES
from patient_app.web.errors import PAGES
from patient_app.web.languages import LANGUAGES, TRANSLATIONS
from patient_app.web.routing import public

STATUSES = PAGES  # a new page enrols itself
CALL = "Är besöket snart? Ring mottagningen. Numret står i kallelsen."


def words(language: str, swedish: str) -> str:
    if language == "sv":
        return swedish
    return gettext.translation("messages", TRANSLATIONS, [language]).gettext(swedish)


@pytest.fixture(scope="module")
def failing(tmp_path_factory, data_dir, app):
    """An app whose pages fail as they are asked to."""
    folder = tmp_path_factory.mktemp("failing")
    (folder / "assets").symlink_to(data_dir / "assets")
    publish_shipped(folder)
    made = make_app(folder)
    room = Blueprint("failing", __name__)

    @public(room, "/fail/<int:status>")
    def fail(status: int):
        if status == 500:
            raise RuntimeError("811218-9876 in the text of an exception")
        abort(status)

    made.register_blueprint(room)
    return Client(made)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_error_page_says_what_to_do_and_whom_to_call(failing, status, language):
    for prefix in (f"/{language}", f"/{language}/m/D3M0"):
        response = failing.get(f"{prefix}/fail/{status}")
        shown = checked(response, response.request.path)
        assert response.status_code == status
        assert shown.html["lang"] == language
        assert shown.body["data-page"] == f"errors.{status}"
        assert words(language, CALL) in text_of(shown.main)
        assert len(text_of(shown.main.select_one(".lead"))) > 15
        assert shown.main.find("a", href=f"/{language}/") is not None
        assert "exception" not in response.text and "811218" not in response.text


def test_every_template_of_an_error_is_shown_for_something():
    there = {path.stem for path in (TEMPLATES / "errors").glob("*.html")}
    assert there - {"error", "clinic"} == {str(status) for status in PAGES}


def test_no_two_errors_say_the_same(failing):
    said = [text_of(checked(failing.get(f"/sv/fail/{status}"), "").main) for status in STATUSES]
    assert len(set(said)) == len(STATUSES)


@pytest.mark.parametrize(
    "method, address, headers, status",
    [
        ("GET", "/sv/nowhere", {}, 404),
        ("GET", "/nowhere/at/all", {}, 404),
        ("GET", "/xx/", {}, 404),
        ("GET", "/sv/guide/under-13/nowhere", {}, 404),
        ("GET", "/sv/child/3-6/0", {}, 404),
        ("POST", "/sv/", {}, 405),
        ("POST", "/check/up", {}, 413),
        ("GET", "/sv/", {"Host": "evil.example"}, 421),
    ],
)
def test_what_goes_wrong_in_real_life_gets_its_page(client, method, address, headers, status):
    response = client.open(address, method=method, headers=headers)
    shown = checked(response, address)
    assert (response.status_code, shown.body["data-page"]) == (status, f"errors.{status}")
    assert CALL in text_of(shown.main)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize(
    "typed, leads_to",
    [
        ("/sv", "/sv/"),
        ("/sv/youth/", "/sv/youth"),
        ("/en/m/D3M0/check//", "/en/m/D3M0/check"),
        ("/en/support", "/en/support/"),
        ("/sv/m/ZZZZ/day/", "/sv/m/ZZZZ/day"),
        ("/k7q2-062n/", "/k7q2-062n"),
        ("/sv/code/?c=K7Q2-062N&x=%C3%A5", "/sv/code?c=K7Q2-062N&x=%C3%A5"),
        ("/en/support?to=D3M0", "/en/support/?to=D3M0"),
    ],
)
def test_a_slash_too_few_or_too_many_still_leads_there(app, client, typed, leads_to, host):
    response = client.get(typed, headers={"Host": host})
    assert (response.status_code, response.headers["Location"]) == (
        308,
        f"{app.config['SETTINGS'].public_url}{leads_to}",
    )


@pytest.mark.parametrize(
    "method, address",
    [("GET", "/sv/nowhere/"), ("POST", "/sv/youth/"), ("GET", "/nowhere//"), ("GET", "/xx/")],
)
def test_a_slash_leads_nowhere_where_no_page_is(client, method, address):
    assert client.open(address, method=method).status_code == 404


def test_a_wrong_method_says_which_are_right(client):
    assert "GET" in client.post("/sv/").headers["Allow"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_whose_template_is_broken_gets_the_500_page_and_the_others_go_on(new_app, language):
    app = new_app()
    broken = DictLoader(
        {"front/start.html": "{% extends 'base.html' %}{% block main %}{{ nothing.at.all }}{% endblock %}"}
    )
    app.jinja_env.loader = ChoiceLoader([broken, app.jinja_env.loader])
    client = Client(app)
    response = client.get(f"/{language}/")
    shown = checked(response, "start")
    assert (response.status_code, shown.body["data-page"], shown.html["lang"]) == (
        500,
        "errors.500",
        language,
    )
    assert client.get(f"/{language}/day").status_code == 200


@pytest.mark.parametrize("broken", ["{% block", "{{ nothing.at.all }}", "{{ 1 / 0 }}"])
@pytest.mark.parametrize("address", ["/sv/", "/sv/nowhere", "/sv/m/ZZZZ/"])
def test_when_even_the_error_page_is_broken_the_last_resort_speaks(new_app, broken, address):
    app = new_app()
    app.jinja_env.loader = DictLoader({"base.html": broken, "errors/error.html": broken})
    response = Client(app).get(address)
    shown = checked(response, address)
    assert response.status_code == (500 if address == "/sv/" else 404)
    assert shown.body["data-page"] == "errors.last"
    assert "Ring mottagningen, numret står i kallelsen." in text_of(shown.main)
    assert "Call the clinic" in text_of(shown.main.find(lang="en"))
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b'{"version": 1, "bo',
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"version":1,"checksum":"0","body":{}}',
    ],
)
def test_a_missing_or_broken_clinics_file_costs_the_clinic_pages_only(new_app, own_dir, content):
    path = own_dir / published.PUBLISHED
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    client = Client(new_app())
    for language in LANGUAGES:
        for address in ("", "guide/under-13/before", "check"):
            assert client.get(f"/{language}/{address}").status_code == 200
        for address in ("", "guide/under-13/before"):
            response = client.get(f"/{language}/m/D3M0/{address}")
            shown = checked(response, address)
            assert (response.status_code, shown.body["data-page"]) == (404, "errors.clinic")
            assert words(language, "Ring mottagningen om du är osäker. Numret står i kallelsen.") in text_of(
                shown.main
            )
            assert shown.main.find("a", href=f"/{language}/") is not None
    assert client.get("/healthz").status_code == 200


def test_an_error_page_is_never_kept(failing):
    for _time in range(2):
        response = failing.get("/sv/fail/503")
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers
