"""What booking systems fetch: the same code everywhere, no time but a placeholder, and files a vendor can
rely on."""

import io
import json
import re

import jsonschema
import pytest
import zxingcpp
from click.testing import CliRunner
from icalendar import Calendar
from PIL import Image

from patient_app.cli import main
from patient_app.clinics import directory
from patient_app.clinics.schema import visit_profile_schema
from patient_app.codes import short_link
from patient_app.codes.short_link import ShortLink
from patient_app.paths import SHIPPED_CLINICS
from patient_app.problem import ProfileError
from patient_app.support import booking, reading
from patient_app.web.page_store import KEEP

CODE = short_link.encode(ShortLink("D3M0", 1, 1, 1))
ENGLISH = short_link.encode(ShortLink("V3ST", 2, 3, 2))
API = "/sv/support/api/v1/"


def fetched(client, code=CODE, kind="json", staff="sv"):
    answer = client.get(f"/{staff}/support/api/v1/{code}.{kind}")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("code", [CODE, ENGLISH, "D3M0Q", short_link.encode(ShortLink("N0RR", 5, 7, 0))])
def test_every_answer_is_described_by_openapi(client, code):
    described = client.get(f"{API}openapi.json").json
    shape = described["components"]["schemas"]["Texts"]
    jsonschema.Draft202012Validator.check_schema(shape)
    if not reading.link_in(code):
        assert client.get(f"{API}{code}.json").status_code == 404
        return
    jsonschema.validate(fetched(client, code).json, shape)
    for kind in booking.KINDS:
        [media] = described["paths"][f"/{{language}}/support/api/v1/{{code}}.{kind}"]["get"]["responses"][
            "200"
        ]["content"]
        assert fetched(client, code, kind).content_type.startswith(media)


def test_sms_message_letter_sheet_and_qr_code_hold_the_same_code(client, visit):
    found = fetched(client).json
    assert all(CODE in found[text] for text in ("link", "link_with_time", "message", "letter", "html"))
    assert CODE in found["sms"]["text"] and CODE in fetched(client, kind="txt").text
    picture = Image.open(io.BytesIO(fetched(client, kind="png").data))
    assert [read.text for read in zxingcpp.read_barcodes(picture)] == [found["link"]]
    shared = visit("/sv/support/share?clinic=D3M0")
    assert shared.select_one("[data-link]")["data-link"] == found["link"]
    sheet = visit(shared.select_one("[data-sheet]")["href"])
    assert CODE in sheet.select_one(".address").get_text()


def test_the_familys_language_is_the_codes_own_whatever_staff_read(client):
    for staff in ("sv", "en"):
        assert "Before the video visit" in fetched(client, ENGLISH, staff=staff).json["sms"]["text"]
    assert client.get(f"/ar/support/api/v1/{CODE}.json").status_code == 404


def test_no_answer_holds_a_time_but_as_a_placeholder(client):
    for kind in ("json", "txt", "svg", "ics"):
        said = fetched(client, kind=kind).text
        assert set(re.findall(r"\{\{\w+\}\}", said)) <= {"{{t}}", "{{DTSTART}}"}
        if kind != "ics":
            assert not re.search(r"20\d\d(-?\d\d){2}", said)
    assert "#" not in fetched(client).json["link"] and "{{t}}" in fetched(client).json["link_with_time"]


def test_the_calendar_is_read_when_the_caller_has_filled_it_in(client):
    filled = fetched(client, kind="ics").text
    assert all(len(line.encode()) <= 75 for line in filled.split("\r\n"))
    filled = filled.replace("{{DTSTART}}", "20261124T100000").replace("{{t}}", "20261124T1000")
    [event] = Calendar.from_ical(filled).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2026-11-24T10:00:00+01:00"
    assert event["URL"].endswith(f"/{CODE}#t=20261124T1000") and event["URL"] in event["DESCRIPTION"]
    assert "mottagningen, " not in filled.lower() and "Exempelstad" not in filled


@pytest.mark.parametrize("query", ["t=20261124T1000", "x", "name=A"])
@pytest.mark.parametrize("path", [f"{CODE}.json", f"{CODE}.ics", "openapi.json"])
def test_a_query_is_refused_so_that_nobody_comes_to_send_a_time(client, path, query):
    assert client.get(f"{API}{path}?{query}").status_code == 400


@pytest.mark.parametrize("code", ["D3M0-1112", "ZZZZ-0000", "D3M0", "12345678"])
def test_what_is_no_code_of_a_clinic_here_is_not_found(client, code):
    assert client.get(f"{API}{code}.json").status_code == 404


@pytest.mark.parametrize("kind", booking.KINDS)
def test_any_cache_may_keep_an_answer_but_our_own_store_of_pages_does_not(client, kind):
    answer = fetched(client, kind=kind)
    assert answer.headers["Cache-Control"].startswith("public, max-age=60")
    assert KEEP not in answer.headers and "Set-Cookie" not in answer.headers
    again = client.get(f"{API}{CODE}.{kind}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.data


def test_the_snippet_is_one_link_without_script_or_frame(client):
    said = fetched(client, ENGLISH).json["html"]
    assert re.fullmatch(r'<p><a href="http[^"]+" lang="en" dir="ltr">[^<]+</a></p>', said)


@pytest.mark.parametrize("path", sorted(SHIPPED_CLINICS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_shipped_clinics_keep_the_schema_of_the_visit_profile(client, path):
    served = client.get("/visit-profile.schema.json").json
    jsonschema.Draft202012Validator.check_schema(served)
    jsonschema.validate(directory.read_file(path), served)


@pytest.mark.parametrize(
    "settings", [{"link_place": "fax"}, {"phone": "call us"}, {"fee": True}, {"search_alias": "x"}, {"no": 1}]
)
def test_the_schema_refuses_what_the_import_refuses(settings):
    body = {"clinics": [{"code": "V3ND", "name": "Kajen", "settings": {"phone": "010-1234567", **settings}}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(body, visit_profile_schema())


def test_a_vendors_json_file_is_published_by_the_command_line(own_dir, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(own_dir))
    file = own_dir / "vendor.json"
    settings = {"phone": "010-123 45 67", "link_place": "sms", "plan_b": "family-calls"}
    file.write_text(json.dumps({"clinics": [{"code": "V3ND", "name": "Kajen", "settings": settings}]}))
    done = CliRunner().invoke(main, ["clinic", "import", str(file)])
    assert done.exit_code == 0, done.output
    assert "V3ND" in CliRunner().invoke(main, ["clinic", "list"]).output


@pytest.mark.parametrize(
    "data", [b"[1]", b"{", b"\xff", b'{"clinics": 1}', b'{"other": {}}', b"[" * 100_000], ids=range(6)
)
def test_a_json_file_that_is_none_of_ours_is_refused_with_a_reason(data):
    with pytest.raises(ProfileError):
        directory.body_of(data, "vendor.JSON")


@pytest.mark.parametrize(
    ("typed", "clinic", "language"),
    [
        (CODE, "D3M0", 1),
        (CODE.lower().replace("-", " "), "D3M0", 1),
        (f"https://redo.example/{ENGLISH}#t=20261124T1000", "V3ST", 2),
        ("http://127.0.0.1:8000/en/m/N0RR/guide/under-13", "N0RR", 0),
        (" redo.example/sv/m/N0RR/ ", "N0RR", 0),
    ],
)
def test_the_letters_code_or_a_link_says_its_clinic(typed, clinic, language):
    found = reading.link_in(typed)
    assert found and (found.clinic, found.language) == (clinic, language)


@pytest.mark.parametrize("typed", ["", "551-11W-R5K", "D3M0-1112", "https://redo.example/sv/", "hej"])
def test_what_is_neither_is_not_taken_for_a_clinic(typed):
    assert reading.link_in(typed) is None


def test_without_a_script_the_field_keeps_what_was_typed_and_the_clinic_is_set(client):
    def posted(path="/sv/support/code", **typed):
        answer = client.post(path, data=typed)
        assert answer.status_code == 200
        return answer.text

    said = posted(code=ENGLISH)
    assert f'value="{ENGLISH}"' in said and "/sv/m/V3ST/support/code" in said and "data-sms=" in said
    said = posted(code="551-11W-R5K", q="kajen")
    assert 'value="551-11W-R5K"' in said and "/sv/m/V3ST/" in said
    said = posted("/sv/m/D3M0/support/code", code="551-11W-R5J")
    assert 'value="551-11W-R5J"' in said and 'data-fault="check">' in said
    assert 'data-fault="clinic">' in posted(code=short_link.encode(ShortLink("ZZZZ", 1)))
    assert "20121212" not in posted(code="20121212-1212")


@pytest.mark.parametrize("page", ["", "guide/under-13", "guide/13-17"])
def test_the_time_in_the_link_has_its_place_where_the_family_lands(visit, page):
    landed = visit(f"/sv/m/D3M0/{page}")
    assert landed.select_one("[data-visit-time] [data-date]") and landed.select_one(
        "[data-visit-time] [data-time]"
    )
    assert "Den nya kallelsen gäller" in landed.select_one("main").get_text()


def test_the_time_has_its_place_in_the_sms_the_message_and_on_the_sheet(visit):
    shared = visit("/sv/support/share?clinic=D3M0&language=en")
    for text in ("#share-sms", "#share-message"):
        timed = shared.select_one(text)["data-timed"]
        assert timed.count("{when}") == 1 and shared.select_one("[data-link]")["data-link"] in timed
    sheet = visit(shared.select_one("[data-sheet]")["href"])
    assert sheet.select_one(".time[data-locale] [data-written]")
