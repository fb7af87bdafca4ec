"""The published clinics: checked whole, written whole, and the last good file goes on when a new one is
broken."""

import json
import os
import threading

import pytest
from making import publish_shipped

from patient_app.clinics.directory import build_directory, merge, read_file
from patient_app.clinics.published import (
    PREVIOUS,
    PUBLISHED,
    Published,
    PublishedFileError,
    canonical,
    read_published,
    write_published,
)
from patient_app.codes import symbols
from patient_app.problem import ProfileError

CLINIC = {"code": "K7Q2", "name": "Mottagningen", "settings": {"phone": "010-123 45 00"}}


def body(*clinics_, **regions) -> dict:
    return {"regions": regions, "clinics": list(clinics_)}


def refused(wrong: dict) -> list[tuple[str, str]]:
    with pytest.raises(ProfileError) as error:
        build_directory(wrong, 1)
    return said(error.value)


def said(error: ProfileError) -> list[tuple[str, str]]:
    return [(problem.place, str(problem)) for problem in error.problems]


WRONG = {
    "code too short": (body({**CLINIC, "code": "K7Q"}), "clinics.K7Q.code", "four"),
    "letter that is no symbol": (body({**CLINIC, "code": "K7QU"}), "clinics.K7QU.code", "four"),
    "small letters": (body({**CLINIC, "code": "k7q2"}), "clinics.k7q2.code", "four"),
    "code as a number": (body({**CLINIC, "code": 1234}), "clinics.1.code", "in quotes"),
    "no code": (body({"name": "Mottagningen"}), "clinics.?.code", "four"),
    "reserved code": (body({**CLINIC, "code": "STAF"}), "clinics.STAF.code", "STAF"),
    "code twice": (body(CLINIC, CLINIC), "clinics.K7Q2.code", "twice"),
    "no name": (body({**CLINIC, "name": ""}), "clinics.K7Q2.name", "text"),
    "long name": (body({**CLINIC, "name": "x" * 121}), "clinics.K7Q2.name", "longer"),
    "name with a personal number": (
        body({**CLINIC, "name": "Mottagning 811218-9876"}),
        "clinics.K7Q2.name",
        "personal number",
    ),
    "name with markup": (body({**CLINIC, "name": "<b>Mottagning</b>"}), "clinics.K7Q2.name", "characters"),
    "no phone": (body({"code": "K7Q2", "name": "Mottagningen"}), "clinics.K7Q2.settings.phone", "phone"),
    "wrong phone": (
        body({**CLINIC, "settings": {"phone": "x"}}),
        "clinics.K7Q2.settings.phone",
        "phone number",
    ),
    "unknown field": (body({**CLINIC, "colour": "red"}), "clinics.K7Q2.colour", "no such field"),
    "unknown setting": (
        body({**CLINIC, "settings": {"phone": "010-123 45 00", "x": 1}}),
        "clinics.K7Q2.settings.x",
        "no such setting",
    ),
    "unknown region": (body({**CLINIC, "region": "nowhere"}), "clinics.K7Q2.region", "no region"),
    "retired in words": (body({**CLINIC, "retired": "no"}), "clinics.K7Q2.retired", "true or false"),
    "region without a name": (body(CLINIC, north={}), "regions.north.name", "text"),
    "region with a wrong key": (body(CLINIC, **{"Nörr": {"name": "Norr"}}), "regions.Nörr", "key"),
    "unknown field of a region": (
        body(CLINIC, north={"name": "Norr", "code": "N"}),
        "regions.north.code",
        "no such field",
    ),
    "wrong setting of a region": (
        body(CLINIC, north={"name": "Norr", "settings": {"link_place": "fax"}}),
        "regions.north.settings.link_place",
        "one of",
    ),
    "regions as a list": ({"regions": [], "clinics": []}, "regions", "table"),
    "clinics as a table": ({"regions": {}, "clinics": {"K7Q2": {}}}, "clinics", "[[clinics]]"),
    "clinic as a text": (body("K7Q2"), "clinics.1", "table"),
    "settings as a text": (body({**CLINIC, "settings": "phone"}), "clinics.1", "table"),
    "region as a text": (body(CLINIC, north="Norr"), "regions.north", "table"),
    "settings of a region as a list": (
        body(CLINIC, north={"name": "Norr", "settings": []}),
        "regions.north",
        "table",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_body_is_refused_with_place_and_reason_and_the_old_file_stays(tmp_path, wrong):
    content, place, reason = WRONG[wrong]
    assert any(where == place and reason in why for where, why in refused(content)), refused(content)
    publish_shipped(tmp_path)
    path = tmp_path / PUBLISHED
    before = path.read_bytes()
    with pytest.raises(ProfileError):
        write_published(path, content, 2)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == [PUBLISHED]


def test_every_fault_is_said_not_only_the_first():
    problems = refused(
        body({**CLINIC, "name": ""}, {**CLINIC, "code": "3FMT", "settings": {"phone": "x", "y": 1}}, north={})
    )
    assert {place for place, _ in problems} == {
        "regions.north.name",
        "clinics.K7Q2.name",
        "clinics.3FMT.settings.phone",
        "clinics.3FMT.settings.y",
    }


def test_the_shipped_clinics_are_three_that_differ(own_dir):
    version, found = read_published(own_dir / PUBLISHED)
    directory = build_directory(found, version)
    demo, by_sms, in_app = (directory.find(code).profile for code in ("D3M0", "V3ST", "N0RR"))
    assert directory.find("D3M0").name == "Barn- och ungdomsmottagningen, Exempelstad"
    assert (demo.link_place, by_sms.link_place, in_app.link_place) == ("bookings", "sms", "app")
    assert in_app.booked_on == "guardian" and demo.booked_on == "child"
    assert len({demo.phone, by_sms.phone, in_app.phone}) == 3
    assert demo.reply_days == 2, "said by its region"
    assert directory.find("D3M0").link_code == "D3M0" + symbols.check_symbol("D3M0")
    promises = [name for name in vars(demo) if name.startswith("promise_") and name != "promise_encrypted"]
    assert all(getattr(demo, name) for name in promises), "the demo clinic states all of the leaflet's"


def test_a_retired_clinic_is_known_but_never_found():
    directory = build_directory(body(CLINIC, {**CLINIC, "code": "3FMT", "retired": True}), 1)
    assert directory.find("3FMT") is None and "3FMT" in directory.clinics
    assert [clinic.code for clinic in directory.open_clinics()] == ["K7Q2"]
    assert directory.find("ZZZZ") is None


def test_an_import_is_laid_beside_what_is_there():
    old = body(CLINIC, {**CLINIC, "code": "3FMT"}, north={"name": "Norr"})
    merged = merge(old, body({**CLINIC, "name": "Nya"}, {**CLINIC, "code": "D3M0"}, south={"name": "Syd"}))
    assert [(clinic["code"], clinic["name"]) for clinic in merged["clinics"]] == [
        ("K7Q2", "Nya"),
        ("3FMT", "Mottagningen"),
        ("D3M0", "Mottagningen"),
    ]
    assert set(merged["regions"]) == {"north", "south"}


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "deep" / PUBLISHED
    write_published(path, body({**CLINIC, "name": "Mottagningen Åäö"}), 7)
    version, found = read_published(path)
    assert version == 7 and found["clinics"][0]["name"] == "Mottagningen Åäö"
    assert set(json.loads(path.read_text("utf-8"))) == {"version", "published", "checksum", "body"}


def test_a_date_from_toml_is_published_so_that_it_can_be_read_again(tmp_path):
    toml = tmp_path / "clinics.toml"
    toml.write_text(
        '[[clinics]]\ncode = "K7Q2"\nname = "M"\n[clinics.settings]\nphone = "010-123 45 '
        '00"\nproxy_age_checked = 2026-11-22\n'
    )
    path = tmp_path / PUBLISHED
    write_published(path, read_file(toml), 1)
    version, found = read_published(path)
    assert build_directory(found, version).find("K7Q2").profile.proxy_age_checked.year == 2026
    toml.write_text(toml.read_text().replace("2026-11-22", "2026-11-22T10:00:00"))
    with pytest.raises(ProfileError, match="proxy_age_checked"):
        write_published(path, read_file(toml), 2)


@pytest.mark.parametrize(
    "text, place, reason",
    [
        ("[[clinics]", "TOML", "line 1"),
        ("x = 1", "x", "no such table"),
        ("clinics = 3", "clinics", "[[clinics]]"),
        ("regions = 3", "regions", "table"),
        ('clinics = ["K7Q2"]', "clinics.1", "table"),
        ("[[clinics]]\nsettings = 3", "clinics.1", "table"),
        ("[regions]\nnorth = 3", "regions.north", "table"),
        ('[[clinics]]\ncode = "K7Q2"\n[[clinics]]\ncode = "K7Q2"', "clinics.K7Q2.code", "twice"),
        ("\x00", "TOML", ""),
    ],
)
def test_a_wrong_toml_file_is_refused_with_place_and_reason(tmp_path, text, place, reason):
    toml = tmp_path / "wrong.toml"
    toml.write_text(text)
    with pytest.raises(ProfileError) as error:
        read_file(toml)
    assert any(where == place and reason in why for where, why in said(error.value)), said(error.value)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("binary.toml", "missing.toml"):
        with pytest.raises(ProfileError):
            read_file(tmp_path / name)


def altered(path, change) -> bytes:
    document = json.loads(path.read_text("utf-8"))
    change(document)
    return json.dumps(document).encode()


BROKEN = {
    "empty": lambda path: b"",
    "half written": lambda path: path.read_bytes()[: path.stat().st_size // 2],
    "all but the last byte": lambda path: path.read_bytes().rstrip()[:-1],
    "wrong checksum": lambda path: altered(path, lambda d: d.update(checksum="0" * 64)),
    "altered phone": lambda path: path.read_bytes().replace(b"010-123 45 00", b"010-666 66 66"),
    "no body": lambda path: altered(path, lambda d: d.pop("body")),
    "body of another kind": lambda path: altered(path, lambda d: d.update(body=[1])),
    "no object": lambda path: b"[]",
    "not JSON": lambda path: b"<html>",
    "not text": lambda path: b"\xff\xfe\x00",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_refused_and_the_last_good_one_goes_on(own_dir, broken):
    path = own_dir / PUBLISHED
    published = Published(path)
    good = published.directory
    path.write_bytes(BROKEN[broken](path))
    with pytest.raises(PublishedFileError):
        read_published(path)
    assert published.look() is False
    assert published.directory is good
    assert Published(path).directory.version == 0, "a new process starts without clinics, and starts"
    publish_shipped(own_dir, 3)
    assert published.look() is True and published.directory.version == 3


def test_a_file_with_a_right_checksum_and_a_wrong_body_is_refused_too(own_dir):
    import hashlib

    path = own_dir / PUBLISHED
    published = Published(path)
    for wrong in (body("K7Q2"), {"regions": 3}, body({**CLINIC, "settings": {"x": 1}})):
        document = {"version": 9, "checksum": hashlib.sha256(canonical(wrong)).hexdigest(), "body": wrong}
        path.write_text(json.dumps(document))
        assert published.look() is False
        assert published.directory.find("D3M0") is not None


def test_a_file_that_vanishes_changes_nothing_and_is_taken_again_when_it_is_back(own_dir):
    path = own_dir / PUBLISHED
    published = Published(path)
    path.unlink()
    assert published.look() is False and published.directory.find("D3M0") is not None
    publish_shipped(own_dir, 2)
    assert published.look() is True and published.directory.version == 2
    assert published.look() is False, "an unchanged file is not read again"


def test_a_reader_never_sees_half_a_file(own_dir):
    path = own_dir / PUBLISHED
    seen, stop = [], threading.Event()

    def read_on():
        while not stop.is_set():
            seen.append(read_published(path)[0])

    reader = threading.Thread(target=read_on)
    reader.start()
    for version in range(2, 40):
        publish_shipped(own_dir, version)
    stop.set()
    reader.join()
    assert seen and seen == sorted(seen)
    left = sorted(found.name for found in own_dir.iterdir() if "clinics" in found.name)
    assert left == [PUBLISHED, PREVIOUS]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(own_dir, monkeypatch):
    path = own_dir / PUBLISHED
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError):
        publish_shipped(own_dir, 2)
    assert path.read_bytes() == before
    left = sorted(found.name for found in own_dir.iterdir() if "clinics" in found.name)
    assert left == [PUBLISHED]
