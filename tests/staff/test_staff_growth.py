"""Growth: ten thousand clinics are published, stored and looked up as quickly as one."""

import itertools
import json
import time

import pytest

from patient_app.clinics import directory, published
from patient_app.codes import symbols
from patient_app.staff.content import publish
from patient_app.staff.content.clinics import Target
from patient_app.staff.models import Version


def many(count: int) -> dict:
    """A body of that many clinics, each with words of its own."""
    body = {"regions": {}, "clinics": []}
    for shipped in directory.shipped_bodies():
        body = directory.merge(body, shipped)
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
    publish.write_file(path, number, after)
    took = time.process_time() - started
    print(f"published in {took:.2f} s of processor time")
    assert took < 4
    started = time.process_time()
    version, read = published.read_published(path)
    directory.build_directory(read, version)
    assert time.process_time() - started < 4
