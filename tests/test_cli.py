"""The command line as an operator meets it: plain words, a right exit code, and nothing half done."""

import json
import shutil
import time

import pytest
from click.testing import CliRunner
from making import publish_shipped

from patient_app.cli import main
from patient_app.clinics.directory import body_of_toml, build_directory
from patient_app.clinics.published import PUBLISHED, read_published, write_published
from patient_app.problem import ProfileError

GOOD = """
[regions.syd]
name = "Region Syd, exempel"
[regions.syd.settings]
link_place = "inbox"

[[clinics]]
code = "K7Q2"
name = "Mottagningen Solen"
region = "syd"
[clinics.settings]
phone = "010-444 55 66"
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a data folder of its own; gives exit code, what was said, and what was said of
    faults."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PUBLIC_URL", "https://redo.example.se")

    def command(*words: str):
        return CliRunner().invoke(main, [*map(str, words)])

    return command


@pytest.fixture
def published(tmp_path):
    """What is published in that folder now, by code."""

    def read() -> dict:
        version, body = read_published(tmp_path / "data" / PUBLISHED)
        return {"version": version, **build_directory(body, version).clinics}

    return read


@pytest.fixture(scope="module")
def after_init(tmp_path_factory):
    """A data folder as `init` leaves it, made once: it hashes a password, which takes its time on purpose."""
    folder = tmp_path_factory.mktemp("init") / "data"
    done = CliRunner(env={"DATA_DIR": str(folder)}).invoke(main, ["init"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def with_staff(after_init, tmp_path):
    """A copy of that folder for the test's own."""
    shutil.copytree(after_init, tmp_path / "data")


@pytest.fixture
def without_staff(tmp_path):
    """The folder as a node has it that only serves families: published clinics, no staff database."""
    publish_shipped(tmp_path / "data")


def test_init_publishes_the_demo_clinics_once(run, with_staff, published, tmp_path):
    assert {"D3M0", "V3ST", "N0RR"} <= set(published())
    before = (tmp_path / "data" / PUBLISHED).read_bytes()
    again = run("init")
    assert (again.exit_code, again.output) == (0, "")
    assert (tmp_path / "data" / PUBLISHED).read_bytes() == before


def test_clinics_are_imported_beside_those_there_are_and_listed(run, with_staff, published, tmp_path):
    version = published()["version"]
    (tmp_path / "syd.toml").write_text(GOOD)
    imported = run("clinic", "import", tmp_path / "syd.toml")
    assert imported.exit_code == 0, imported.output
    after = published()
    assert after["version"] > version and after["K7Q2"].profile.link_place == "inbox" and "D3M0" in after
    listed = run("clinic", "list").output
    assert "K7Q2  K7Q2Q  Mottagningen Solen" in listed and "D3M0" in listed


def test_without_a_staff_database_clinics_are_imported_all_the_same(run, without_staff, published, tmp_path):
    (tmp_path / "syd.toml").write_text(GOOD)
    assert run("clinic", "import", tmp_path / "syd.toml").output == "Published version 2.\n"
    assert published()["K7Q2"].name == "Mottagningen Solen"


@pytest.mark.parametrize(
    "old, new, place, reason",
    [
        ("phone =", "telephone =", "clinics.K7Q2.settings.telephone", "no such setting"),
        ("010-444 55 66", "ring", "clinics.K7Q2.settings.phone", "phone number"),
        ("Mottagningen Solen", "Solen 811218-9876", "clinics.K7Q2.name", "personal number"),
        ('"inbox"', '"fax"', "regions.syd.settings.link_place", "one of"),
        ('code = "K7Q2"', 'code = "STAF"', "clinics.STAF.code", "four"),
        (
            "[clinics.settings]",
            "[clinics.settings.labels]\nbuy = 'x'\n[clinics.settings]",
            "clinics.K7Q2.settings.labels",
            "no label",
        ),
        ("[[clinics]]", "[clinics]", "clinics", "[[clinics]]"),
        ("[[clinics]]", "[[clinics]", "TOML", ""),
    ],
)
@pytest.mark.parametrize("folder", ["with_staff", "without_staff"])
def test_a_wrong_file_is_refused_with_file_place_and_reason_and_the_old_one_stays(
    request, run, tmp_path, folder, old, new, place, reason
):
    request.getfixturevalue(folder)
    path = tmp_path / "data" / PUBLISHED
    before = path.read_bytes()
    (tmp_path / "wrong.toml").write_text(GOOD.replace(old, new))
    refused = run("clinic", "import", tmp_path / "wrong.toml")
    assert refused.exit_code == 1
    assert f"Error: wrong.toml: {place}" in refused.stderr and reason in refused.stderr
    assert path.read_bytes() == before


def test_a_broken_published_file_is_told_and_not_written_over(run, without_staff, tmp_path):
    path = tmp_path / "data" / PUBLISHED
    path.write_bytes(path.read_bytes()[:100])
    (tmp_path / "syd.toml").write_text(GOOD)
    for words in (("clinic", "list"), ("clinic", "import", tmp_path / "syd.toml")):
        refused = run(*words)
        assert refused.exit_code == 1 and "clinics.json" in refused.stderr
    assert len(path.read_bytes()) == 100


def test_a_list_before_anything_is_published_says_so(run):
    refused = run("clinic", "list")
    assert refused.exit_code == 1 and "clinics.json" in refused.stderr


def test_a_file_that_is_not_there_is_said_to_be_so(run, tmp_path):
    assert run("clinic", "import", tmp_path / "none.toml").exit_code == 2


@pytest.mark.parametrize(
    "words, link",
    [
        (("--clinic", "K7Q2"), "K7Q2Q"),
        (("--clinic", "k7q2", "--start", "help", "--lang", "en"), "K7Q2-062N"),
        (("--clinic", "3FMT", "--for", "child-3-6", "--start", "guide", "--lang", "fa"), "3FMT-4159"),
    ],
)
def test_a_link_is_printed_as_in_the_vectors(run, tmp_path, words, link):
    clinics = [
        {"code": code, "name": "Kajen", "settings": {"phone": "010-111 11 11"}} for code in ("K7Q2", "3FMT")
    ]
    write_published(tmp_path / "data" / PUBLISHED, {"regions": {}, "clinics": clinics}, 1)
    printed = run("link", *words)
    assert (printed.exit_code, printed.output) == (0, f"https://redo.example.se/{link}\n")


def test_the_link_of_the_contract_is_printed(run, without_staff):
    printed = run("link", "--clinic", "D3M0", "--for", "under-13", "--start", "check", "--lang", "ar")
    assert printed.exit_code == 0 and printed.output.startswith("https://redo.example.se/D3M0-")


def test_a_letter_that_reads_as_a_digit_is_taken_for_it(run, without_staff):
    assert run("link", "--clinic", "d3mo").exit_code == 0
    assert run("link", "--clinic", "d3mo").output == run("link", "--clinic", "D3M0").output


@pytest.mark.parametrize("clinic", ["K7Q", "K7Q22", "UUUU", "", "D3M!"])
def test_no_link_is_printed_for_what_is_no_clinics_code(run, without_staff, clinic):
    refused = run("link", "--clinic", clinic)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "D3M0" in refused.stderr


def test_no_link_is_printed_to_a_clinic_that_is_not_published(run, without_staff):
    refused = run("link", "--clinic", "7XK2")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "patient-app clinic list" in refused.stderr


@pytest.mark.parametrize("words", [("--for", "parent"), ("--start", "nowhere"), ("--lang", "xx")])
def test_an_unknown_choice_is_refused(run, words):
    assert run("link", "--clinic", "D3M0", *words).exit_code == 2


def test_a_wrong_setting_is_said_before_anything_is_done(run, monkeypatch):
    monkeypatch.setenv("PORT", "web")
    refused = run("clinic", "list")
    assert refused.exit_code == 1 and "PORT must be a whole number" in refused.stderr


def test_a_support_code_is_one_json_object(run):
    fields = json.loads(run("decode", "551-11W-R5K").output)
    assert fields["camera"] == 1 and len(fields) == 13


def test_the_first_password_stands_in_a_file_that_only_its_owner_reads(after_init):
    file = after_init / "first-log-in.txt"
    assert file.stat().st_mode & 0o777 == 0o600 and "admin" in file.read_text()
    assert (after_init / "redo.sqlite").stat().st_mode & 0o777 == 0o600
    assert after_init.stat().st_mode & 0o777 == 0o700
    open_to_others = {
        found.name for found in after_init.iterdir() if found.is_file() and found.stat().st_mode & 0o077
    }
    assert open_to_others <= {"clinics.json", "clinics.previous.json"}, "what families read, and nothing else"


def test_an_empty_folder_is_an_error_where_data_is_expected(run, tmp_path, monkeypatch):
    monkeypatch.setenv("REDO_EXPECT_DATA", "1")
    refused = run("init")
    assert refused.exit_code == 1 and "REDO_EXPECT_DATA" in refused.stderr
    assert not (tmp_path / "data" / "redo.sqlite").exists()


def test_the_doctor_speaks_json_too(run, with_staff):
    said = run("doctor", "--json")
    found = json.loads(said.output)
    assert found["well"] == (said.exit_code == 0) == (not found["troubles"])


@pytest.mark.parametrize(
    "text",
    [
        ".".join("a" * 60_000) + "=1",
        "a = " + "[" * 100_000,
        "a = " + "{b=" * 10_000,
        "[" + ".".join("a" * 60_000) + "]",
        ".".join(['"a"'] * 30_000) + "=1",
        "a = " + "9" * 10_000,
        "a = 2026-99-99",
        "a = 1\n" * 2_000_000,
        "[[clinics]]\n" * 20_000,
    ],
    ids=["dotted", "arrays", "inline-tables", "header", "quoted", "number", "date", "long", "alike"],
)
def test_no_toml_keeps_the_reader_busy(text):
    started = time.process_time()
    with pytest.raises(ProfileError):
        body_of_toml(text.encode())
    assert time.process_time() - started < 2


def test_dots_and_brackets_in_words_and_comments_are_no_depth():
    words = "a.b.c.d.e.f.g.h.i.j.k [[[[[[[[[[[[ b"
    good = GOOD.replace("Mottagningen Solen", words) + "# don't [[[[[[[[[[[[[[ x.y.z.a.b.c.d.e.f.g\n"
    assert body_of_toml(good.encode())["clinics"][0]["code"] == "K7Q2"
