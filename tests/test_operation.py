"""Operation: readiness, measures, and starts that families never notice."""

import copy
import datetime
import json
import re

import pytest
from making import publish_shipped
from werkzeug.test import Client

from patient_app.clinics import published
from patient_app.clinics.published import PREVIOUS, PUBLISHED
from patient_app.web.metrics import Measure, text_of
from patient_app.web.operation import expires

LINE = re.compile(
    r"# (?:EOF|(?:TYPE|HELP) redo_\w+ .+)|redo_\w+(?:\{[a-z]+=\"[\w-]+\"(?:,[a-z]+=\"[\w-]+\")*\})? \S+"
)


def test_ready_means_that_families_are_served_whatever_the_database_does(new_app, own_dir):
    client = Client(new_app())
    (own_dir / "staff.key").write_text("there was a database once")
    assert client.get("/readyz").status_code == 200
    staff = client.get("/readyz?staff")
    assert staff.status_code == 503 and staff.text == "database: not ready\n"


def test_a_node_without_a_published_version_is_not_ready(new_app, own_dir):
    (own_dir / PUBLISHED).unlink()
    answer = Client(new_app()).get("/readyz")
    assert answer.status_code == 503 and "families" in answer.text


def test_measures_name_no_clinic_and_no_address(client):
    for path in ("/sv/m/D3M0/", "/sv/nowhere", "/sv/m/V3ST/day"):
        client.get(path)
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n") and "redo_published_version 1" in answer.text
    assert not re.search("D3M0|V3ST|/sv|localhost|127", answer.text)
    for line in answer.text.splitlines():
        assert LINE.fullmatch(line), line


def test_measures_are_written_as_openmetrics():
    measure = Measure("requests", "counter", "Some.", {(("kind", "page"), ("status", "200")): 2.0})
    assert text_of([measure]) == (
        "# TYPE redo_requests counter\n# HELP redo_requests Some.\n"
        'redo_requests_total{kind="page",status="200"} 2\n# EOF\n'
    )


@pytest.mark.parametrize(
    "today, until", [("2026-11-24", "2027-05-01"), ("2026-06-01", "2026-12-01"), ("2026-07-31", "2027-01-01")]
)
def test_the_security_contact_never_runs_out(today, until):
    assert str(expires(datetime.date.fromisoformat(today))) == until


def test_the_security_contact_is_the_operators(new_app):
    app = new_app(security_contact="mailto:security@example.se")
    assert "Contact: mailto:security@example.se\n" in Client(app).get("/.well-known/security.txt").text


def test_a_broken_file_at_start_leaves_families_the_previous_one(new_app, own_dir):
    _, body = published.read_published(own_dir / PUBLISHED)
    published.write_published(own_dir / PUBLISHED, body, 2)
    assert published.read_published(own_dir / PREVIOUS)[0] == 1
    (own_dir / PUBLISHED).write_bytes((own_dir / PUBLISHED).read_bytes()[:100])
    app = new_app()
    assert Client(app).get("/sv/m/D3M0/").status_code == 200
    assert app.extensions["clinics"].directory.version == 1
    publish_shipped(own_dir, 3)
    assert app.extensions["clinics"].look() and app.extensions["clinics"].directory.version == 3
    assert published.read_published(own_dir / PREVIOUS)[0] == 1, "a broken file is nobody's previous one"


def test_what_an_older_program_published_is_served_but_for_what_is_refused_now(new_app, own_dir):
    version, body = copy.deepcopy(published.read_published(own_dir / PUBLISHED))
    demo = next(clinic for clinic in body["clinics"] if clinic["code"] == "D3M0")
    demo["settings"]["a_setting_of_long_ago"] = "x"
    body["clinics"].append({"code": "ZZZZ", "name": "Utan telefon", "settings": {}})
    document = {"version": version, "checksum": published.checksum(body), "body": body}
    (own_dir / PUBLISHED).write_text(json.dumps(document))
    client = Client(new_app())
    assert client.get("/sv/m/D3M0/").status_code == 200 and client.get("/sv/m/V3ST/").status_code == 200
    assert client.get("/sv/m/ZZZZ/").status_code == 404
