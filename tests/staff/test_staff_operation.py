"""What an operator does: migrate, back up while running, restore on an empty machine, doctor. And what fails
without harm."""

import datetime
import os
import shutil
import sqlite3
import threading
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import text

from patient_app import cli
from patient_app.clinics import published
from patient_app.settings import Settings
from patient_app.staff import operate
from patient_app.staff.content import publish
from patient_app.staff.database import Database, DatabaseDown
from patient_app.staff.models import AuditEntry, Base, Version


def test_the_migrations_make_what_the_models_say(staff):
    with staff.database.read() as reading:
        assert compare_metadata(MigrationContext.configure(reading.connection()), Base.metadata) == []


def test_migrating_at_once_from_many_processes_is_done_once(database_settings, tmp_path_factory):
    settings = {**database_settings}
    if "database_url" not in settings:
        settings["data_dir"] = tmp_path_factory.mktemp("fresh")
    done: list[bool] = []
    threads = [
        threading.Thread(target=lambda: done.append(Database(Settings.from_values(**settings), 30).migrate()))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 4 and sum(done) == (0 if "database_url" in settings else 1)


def test_a_backup_taken_while_somebody_writes_is_whole_and_restores_on_an_empty_machine(staff, tmp_path):
    stop = threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with staff.database.write() as writing:
                publish.take_in(
                    writing,
                    {
                        "clinics": [
                            {"code": "D3M0", "name": f"Namn {number}", "settings": {"phone": "010-123 45 00"}}
                        ]
                    },
                    "x",
                    number,
                )

    writer = threading.Thread(target=write_on)
    writer.start()
    file = tmp_path / "backup.gz"
    try:
        time.sleep(0.2)
        operate.backup(staff.settings, file)
        assert file.stat().st_mode & 0o777 == 0o600
    finally:
        stop.set()
        writer.join()
    empty = Settings.from_values(data_dir=tmp_path / "elsewhere")
    started = time.monotonic()
    operate.restore(empty, file)
    assert time.monotonic() - started < 60
    assert operate.verify_audit(empty)[2] == []
    version, body = published.read_published(empty.data_dir / published.PUBLISHED)
    restored = Database(empty, 30)
    with restored.read() as reading:
        assert publish.newest(reading) == (version, body)
    restored.dispose()
    with pytest.raises(operate.OperationError, match="never overwrites"):
        operate.restore(empty, file)


def test_a_backup_moves_a_house_from_one_database_to_the_other(sqlite_settings, postgres, tmp_path):
    file = tmp_path / "backup.gz"
    operate.backup(Settings.from_values(**sqlite_settings), file)
    postgres.run("CREATE DATABASE moved")
    there = Settings.from_values(data_dir=tmp_path / "pg", database_url=postgres.url("moved"))
    operate.restore(there, file)
    assert operate.verify_audit(there)[2] == []
    assert operate.add_user(there, "bo", "Bo", "editor", ["D3M0"], "")
    postgres.drop("moved")


@pytest.mark.parametrize(
    "damage", [lambda data: data[:200], lambda data: b"", lambda data: data[:-20] + b"x" * 20]
)
def test_half_a_backup_is_refused(sqlite_settings, tmp_path, damage):
    file = tmp_path / "backup.gz"
    operate.backup(Settings.from_values(**sqlite_settings), file)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(operate.OperationError):
        operate.restore(Settings.from_values(data_dir=tmp_path / "elsewhere"), file)


def run(settings, *arguments):
    return CliRunner(
        env={"DATA_DIR": str(settings["data_dir"]), "DATABASE_URL": settings.get("database_url", "")}
    ).invoke(cli.main, arguments)


def test_the_first_start_prints_a_staff_log_in_once(tmp_path):
    settings = {"data_dir": tmp_path / "new"}
    first, second = run(settings, "init"), run(settings, "init")
    said = (tmp_path / "new" / "first-log-in.txt").read_text()
    assert "first-log-in.txt" in first.output and second.output == ""
    assert "admin" in said and said.count("-") >= 4 and said.split()[-1] not in first.output


def test_user_commands_say_what_they_did_and_refuse_in_words(database_settings):
    assert "once" in run(database_settings, "user", "add", "anna", "--clinic", "d3m0").output
    for arguments, words in (
        (("user", "add", "anna"), "name already"),
        (("user", "add", "121212-1212"), "personal number"),
        (("user", "add", "x y"), "small letters"),
        (("user", "add", "bo", "--clinic", "XXXX"), "no clinic XXXX"),
        (("user", "reset", "nobody"), "no user"),
        (("user", "enable", "nobody"), "no user"),
    ):
        refused = run(database_settings, *arguments)
        assert refused.exit_code == 1 and words in refused.output
    assert run(database_settings, "user", "reset", "anna").exit_code == 0
    assert run(database_settings, "user", "disable", "anna").exit_code == 0
    assert "anna  editor  D3M0  anna  (shut out)" in run(database_settings, "user", "list").output
    assert run(database_settings, "user", "enable", "anna").exit_code == 0
    assert "anna  editor  D3M0  anna\n" in run(database_settings, "user", "list").output
    assert run(database_settings, "audit", "verify").exit_code == 0


def test_doctor_says_what_runs_out_and_what_is_wrong(sqlite_staff):
    settings = sqlite_staff.settings
    fine = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    assert list(operate.troubles(settings, fine)) == []
    late = " ".join(operate.troubles(settings, datetime.datetime(2027, 4, 1, tzinfo=datetime.UTC)))
    assert "Digitala vårdmöten" in late and "runs out 2027-05-22" in late
    (settings.data_dir / "clinics.json").write_text("{}")
    assert "published file cannot be used" in " ".join(operate.troubles(settings, fine))


def test_a_database_file_that_is_moved_away_and_back_heals_without_a_restart(sqlite_staff):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    browser.get("/staff/clinics/")
    path = staff.database.path
    path.rename(path.with_name("away"))
    response = browser.client.get("/staff/clinics/")
    assert response.status_code == 503 and "Databasen svarar inte" in response.get_data(as_text=True)
    assert not path.exists(), "nobody made an empty one in its place"
    assert browser.client.get("/sv/m/D3M0/").status_code == 200
    path.with_name("away").rename(path)
    browser.get("/staff/clinics/")


def test_another_file_in_its_place_is_noticed(sqlite_staff, sqlite_template):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    browser.get("/staff/clinics/")
    other = staff.database.path.with_name("other")
    shutil.copy(sqlite_template, other)
    os.replace(other, staff.database.path)
    for ending in (
        "-wal",
        "-shm",
    ):  # SQLite's own files belong to the one that was there (docs/operations.md)
        staff.database.path.with_name(staff.database.path.name + ending).unlink(missing_ok=True)
    assert browser.get("/staff/clinics/", 303).location == "/staff/log-in"


def test_a_database_that_cannot_be_written_refuses_clearly_and_heals(sqlite_staff):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    token = browser.token()
    holder = sqlite3.connect(staff.database.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    response = browser.client.post("/staff/account/revoke", data={"csrf_token": token})
    took = time.monotonic() - started
    holder.execute("ROLLBACK")
    holder.close()
    assert response.status_code == 503 and took < 4
    browser.post("/staff/account/revoke")


def test_an_acknowledged_change_is_there_and_a_failed_one_is_not(staff):
    with pytest.raises(RuntimeError), staff.database.write() as writing:
        writing.add(
            AuditEntry(
                seq=999, at="", who="", action="", target="", before="", after="", previous="", hash="h"
            )
        )
        raise RuntimeError("the process died here")
    with staff.database.read() as reading:
        assert reading.get(AuditEntry, 999) is None and reading.query(Version).count() == 1


def test_an_older_schema_is_not_written_to(staff):
    with staff.database.write() as writing:
        writing.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    staff.database.dispose()
    with pytest.raises(DatabaseDown), staff.database.read():
        pass
