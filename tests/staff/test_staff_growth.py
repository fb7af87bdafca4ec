"""Growth: ten thousand clinics are published, stored and looked up as quickly as one."""

import copy
import itertools
import json
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from patient_app.clinics import directory, published
from patient_app.clinics.fixed import read_body
from patient_app.codes import symbols
from patient_app.staff.content import clinics, publish
from patient_app.staff.content.clinics import Target
from patient_app.staff.database import DatabaseDown
from patient_app.staff.models import Version


def many(count: int) -> dict:
    """A body of that many clinics, each with words of its own."""
    body = directory.shipped_body()
    demo = next(clinic for clinic in body["clinics"] if clinic["code"] == "D3M0")
    taken = {clinic["code"] for clinic in body["clinics"]} | directory.RESERVED
    codes = ("".join(found) for found in itertools.product(symbols.ALPHABET, repeat=4))
    for number, code in enumerate(itertools.islice((c for c in codes if c not in taken), count)):
        settings = {**demo["settings"], "phone": f"010-{number:06d}"}
        body["clinics"].append({**demo, "code": code, "name": f"Mottagning {number}", "settings": settings})
    return json.loads(published.canonical(body))


def renamed(body: dict, code: str, name: str) -> dict:
    clinics = [{**one, "name": name} if one["code"] == code else one for one in body["clinics"]]
    return {**body, "clinics": clinics}


def test_what_differs_and_what_it_was_made_of_give_the_body_again():
    base = many(5)
    body = renamed(base, "D3M0", "Nya namnet")
    body["regions"] = {"ny": {"name": "Ny region", "settings": {}}}
    gone = body["clinics"].pop()
    body["clinics"].append({**gone, "code": "ZZZZ"})
    changes = publish.difference(base, body, 7)
    assert changes["base"] == 7 and changes["clinics"][gone["code"]] is None
    assert set(changes["clinics"]) == {"D3M0", gone["code"], "ZZZZ"}
    assert published.canonical(publish.apply(base, changes)) == published.canonical(body)


def test_a_change_among_many_is_stored_as_a_change_and_read_as_a_whole(sqlite_staff):
    body = many(400)
    target = [Target("clinics", "D3M0")]
    with sqlite_staff.database.write() as writing:
        first = publish.add_version(writing, body, target, "anna", 1)
        bodies = [renamed(body, "D3M0", f"Namn {number}") for number in range(5)]
        numbers = [publish.add_version(writing, one, target, "anna", 2) for one in bodies]
    with sqlite_staff.database.read() as reading:
        whole = len(reading.get(Version, first).body)
        assert all(len(reading.get(Version, number).body) < whole / 50 for number in numbers)
        for number, one in zip(numbers, bodies, strict=True):
            assert publish.version(reading, number) == one
        assert publish.newest(reading) == (numbers[-1], bodies[-1])


def test_a_change_of_most_of_it_is_stored_whole(sqlite_staff):
    body = many(400)
    other = {**body, "clinics": [{**one, "name": "Alla nya"} for one in body["clinics"]]}
    with sqlite_staff.database.write() as writing:
        publish.add_version(writing, body, [], "anna", 1)
        number = publish.add_version(writing, other, [], "anna", 2)
        assert "base" not in json.loads(writing.get(Version, number).body)


def test_differences_lie_on_top_of_each_other_and_begin_anew(sqlite_staff, monkeypatch):
    monkeypatch.setattr(publish, "LONGEST_CHAIN", 3)
    body = many(400)
    with sqlite_staff.database.write() as writing:
        first = publish.add_version(writing, body, [], "anna", 1)
        bodies = [renamed(body, "D3M0", f"Namn {number}") for number in range(5)]
        numbers = [publish.add_version(writing, one, [], "anna", 2) for one in bodies]
        stored = [json.loads(writing.get(Version, number).body) for number in numbers]
    assert [one.get("base") for one in stored] == [first, *numbers[:2], None, numbers[3]]
    publish._memory = publish._Memory()
    with sqlite_staff.database.read() as reading:
        assert [publish.version(reading, number) for number in numbers] == bodies


def test_old_versions_let_go_of_their_bodies_and_what_a_place_said_stays(sqlite_staff, monkeypatch):
    monkeypatch.setattr(publish, "KEPT", 3)
    monkeypatch.setattr(publish, "WHOLE_UP_TO", 0)
    monkeypatch.setattr(publish, "LONGEST_CHAIN", 2)
    target, said = Target("clinics", "D3M0"), {}
    for number in range(10):
        with sqlite_staff.database.write() as writing:
            entry = {**clinics.entry_of(clinics.row_of(writing, target)), "name": f"Namn {number}"}
            clinics.put(writing, target, entry, changed=number)
            said[publish.publish(writing, target, "anna", number)] = entry
    monkeypatch.setattr(publish, "_memory", publish._Memory())
    with sqlite_staff.database.read() as reading:
        kept = [number for number in said if reading.get(Version, number).body]
        assert kept == list(said)[-len(kept) :] and 3 <= len(kept) <= 6
        assert [publish.version(reading, number) is not None for number in said] == [n in kept for n in said]
        assert {number: publish.entry_at(reading, target, number) for number in said} == said
    browser = sqlite_staff.browser(sqlite_staff.user("anna"))
    assert "Namn 0" in browser.get("/staff/clinics/D3M0/undo/2").get_text()
    assert len(browser.get("/staff/clinics/D3M0/history").find_all("details")) >= 9


def test_a_version_may_lose_its_body_and_nothing_else(staff):
    for statement in (
        "body = 'x'",
        "body = '', who = 'x'",
        "body = '', checksum = 'x'",
        "number = number + 9",
    ):
        with pytest.raises((DatabaseDown, IntegrityError)), staff.database.write() as writing:
            writing.execute(text(f"UPDATE versions SET {statement}"))
    with staff.database.write() as writing:
        writing.execute(text("UPDATE versions SET body = ''"))


def test_a_table_that_stays_cannot_be_changed_and_reads_as_its_text():
    body = json.loads(published.canonical(many(3)))
    read = read_body(published.canonical(body).decode())
    assert read == body and published.canonical(read) == published.canonical(body)
    clinic = read["clinics"][0]
    for change in (lambda: clinic.update(name="x"), lambda: clinic["settings"].pop("phone")):
        with pytest.raises(TypeError):
            change()
    copied = copy.deepcopy(read)
    copied["clinics"][0]["settings"]["phone"] = "010-1"
    assert published.canonical(copied) != published.canonical(read)
    for other in ("{}", '{"regions":{},"clinics":[]}', '{"clinics":[{}', '{"clinics":[],"regions":{}} '):
        assert read_body(other) is None


@pytest.mark.whole
def test_one_change_among_ten_thousand_is_published_within_a_second_or_so(sqlite_staff, tmp_path):
    body = many(10_000)
    path = tmp_path / published.PUBLISHED
    with sqlite_staff.database.write() as writing:
        number = publish.add_version(writing, body, [], "anna", 1)
    publish.write_file(path, number, body)
    started = time.process_time()
    with sqlite_staff.database.write() as writing:
        _, before = publish.newest(writing)
        after = renamed(before, "D3M0", "Nytt")
        number = publish.add_version(writing, after, [Target("clinics", "D3M0")], "anna", 2)
        assert len(writing.get(Version, number).body) < 10_000
    publish.write_file(path, number, after)
    assert time.process_time() - started < 2  # goal 1, on a machine that does nothing else
    started = time.process_time()
    version, read = published.read_published(path)
    directory.build_directory(read, version)
    assert time.process_time() - started < 4
