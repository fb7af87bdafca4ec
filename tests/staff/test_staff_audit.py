"""The log of changes: every change is in it, nothing can be altered unseen, and no spreadsheet runs it."""

import csv
import io
import itertools
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from staff_room import form_of

from patient_app.staff import operate
from patient_app.staff.content import audit
from patient_app.staff.database import DatabaseDown
from patient_app.staff.models import AuditEntry
from patient_app.staff.views.admin import changes_of


def test_the_log_cannot_be_changed_or_cut(staff):
    for statement in (
        "UPDATE audit SET who = 'x'",
        "DELETE FROM audit",
        "UPDATE versions SET who = 'x'",
        "DELETE FROM versions",
    ):
        with pytest.raises((DatabaseDown, IntegrityError)), staff.database.write() as writing:
            writing.execute(text(statement))
    with staff.database.read() as reading:
        assert audit.verify(reading)[2] == []


@pytest.mark.parametrize(
    "spoil, found",
    [
        ("UPDATE audit SET after = '{}' WHERE seq = 2", "line 2 was changed"),
        ("DELETE FROM audit WHERE seq = 2", "line 2 is missing"),
        ("UPDATE audit SET who = 'nobody', hash = 'x' WHERE seq = 3", "line 3 was changed"),
    ],
)
def test_who_gets_round_the_trigger_is_found_out(sqlite_staff, spoil, found):
    with sqlite_staff.database.write() as writing:
        for verb in ("update", "delete"):
            writing.execute(text(f"DROP TRIGGER audit_no_{verb}"))
        writing.execute(text(spoil))
    _count, _, problems = operate.verify_audit(sqlite_staff.settings)
    assert any(problem.startswith(found) for problem in problems)


def test_a_log_whose_end_was_cut_off_or_made_anew_is_found_out_by_what_the_service_said(sqlite_staff, caplog):
    logger = logging.getLogger("redo")
    logger.addHandler(caplog.handler)
    try:
        for who in ("anna", "bo"):
            with sqlite_staff.database.write() as writing:
                last = audit.append(writing, sqlite_staff.now, who, "save", "clinic:D3M0")
        with pytest.raises(ZeroDivisionError), sqlite_staff.database.write() as writing:
            audit.append(writing, sqlite_staff.now, "never", "save", "clinic:D3M0")
            _ = 1 / 0
    finally:
        logger.removeHandler(caplog.handler)
    said = [record.event for record in caplog.records if record.getMessage() == "log of changes"]
    assert said == [f"line {last.seq - 1}, hash {last.previous}", f"line {last.seq}, hash {last.hash}"]
    known = {last.seq - 1: last.previous, last.seq: last.hash}
    with sqlite_staff.database.read() as reading:
        assert audit.verify(reading, known)[2] == []
        assert "another" in audit.verify(reading, {last.seq: "0" * 64})[2][0]
    with sqlite_staff.database.write() as writing:
        writing.execute(text("DROP TRIGGER audit_no_delete"))
        writing.execute(text(f"DELETE FROM audit WHERE seq = {last.seq}"))
    with sqlite_staff.database.read() as reading:
        assert audit.verify(reading)[2] == []
        assert "cut off" in audit.verify(reading, known)[2][0]


def test_lines_are_in_sequence_and_chained_even_when_the_clock_jumps(staff):
    for moment in (5, 3, 9):
        with staff.database.write() as writing:
            audit.append(writing, moment, "anna", "save", "clinic:D3M0", {"a": 1}, {"a": 2})
    with staff.database.read() as reading:
        entries = reading.query(AuditEntry).order_by(AuditEntry.seq).all()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert all(later.previous == earlier.hash for earlier, later in itertools.pairwise(entries))


def test_the_log_is_searched_by_words_and_never_by_wildcards(staff):
    with staff.database.write() as writing:
        audit.append(writing, staff.now, "anna", "save", "clinic:D3M0", None, {"name": "Hundra % säkert"})
        audit.append(writing, staff.now, "bo", "publish", "clinic:V3ST")
    with staff.database.read() as reading:
        assert [entry.who for entry in audit.search(reading, "hundra ANNA")] == ["anna"]
        assert [entry.who for entry in audit.search(reading, "%")] == ["anna"]
        assert audit.search(reading, "anna v3st") == []
        assert {entry.target for entry in audit.search(reading, targets=["clinic:V3ST"])} == {"clinic:V3ST"}


@given(st.text(max_size=40))
def test_no_cell_starts_what_a_spreadsheet_would_run(value):
    cell = audit.safe_cell(value)
    assert not cell.strip(" \u00a0\u200b\ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (value, "'" + value)


def test_the_csv_reads_back_line_by_line(sqlite_staff):
    with sqlite_staff.database.write() as writing:
        audit.append(writing, sqlite_staff.now, "anna", "save", "clinic:D3M0", None, '=HYPERLINK("x")\n,;"')
    boss = sqlite_staff.browser(sqlite_staff.user("boss", "admin"))
    rows = list(csv.reader(io.StringIO(boss.get("/staff/log.csv").data.decode("utf-8-sig"))))
    assert rows[0][:3] == ["seq", "at", "who"] and all(len(row) == len(rows[0]) for row in rows)


def test_no_password_code_or_token_is_ever_in_the_log(staff):
    with staff.database.write() as writing:
        from patient_app.staff.access import accounts

        _, one_time = accounts.add_user(writing, "bo", "Bo", "admin", [], staff.now)
    browser = staff.browser()
    assert browser.log_in("bo", one_time)
    token = browser.client.get_cookie("redo-staff", path="/staff/").value
    with staff.database.read() as reading:
        everything = " ".join(f"{e.before}{e.after}{e.who}{e.target}" for e in reading.query(AuditEntry))
    assert one_time not in everything and token not in everything


def test_the_log_is_searched_for_names_with_swedish_letters_large_and_small(staff):
    with staff.database.write() as writing:
        audit.append(writing, staff.now, "anna", "save", "clinic:D3M0", None, {"name": "Ängelholm ÅÖ"})
    with staff.database.read() as reading:
        for word in ("Ängelholm", "ängelholm", "ÄNGEL", "åö"):
            assert [entry.who for entry in audit.search(reading, word)] == ["anna"], word


def test_going_back_to_a_version_is_shown_as_what_it_changed(sqlite_staff):
    browser = sqlite_staff.browser(sqlite_staff.user("anna"))
    place = "/staff/clinics/D3M0"
    old = form_of(browser.get(place))["phone"]
    for phone in ("010-555 00 01", "010-555 00 02"):
        form = form_of(browser.get(place))
        browser.post(place, {**form, "phone": phone})
        seal = browser.get(place + "/publish").find("input", attrs={"name": "seal"})["value"]
        browser.post(place + "/publish", {"seal": seal})
    seal = browser.get(place + "/undo/1").find("input", attrs={"name": "seal"})["value"]
    browser.post(place + "/undo/1", {"seal": seal})
    row = next(row for row in browser.get("/staff/log").find_all("tr") if "Tillbaka till" in row.get_text())
    assert [(line.find("del").get_text(), line.find("ins").get_text()) for line in row.find_all("li")] == [
        ("010-555 00 02", old)
    ]


def test_a_line_of_an_older_program_that_tells_only_the_version_shows_nothing_as_deleted(sqlite_staff):
    with sqlite_staff.database.write() as writing:
        entry = {"name": "X", "settings": {"phone": "010-123 45 00"}}
        line = audit.append(writing, sqlite_staff.now, "anna", "undo", "clinic:D3M0", entry, {"back to": 1})
    assert changes_of(line) == []
