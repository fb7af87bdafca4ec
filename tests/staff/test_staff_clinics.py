"""Clinics and regions: drafts, what families read, versions and the way back, TOML, names that tell."""

import io
import tomllib

import pytest
from house import text_of
from staff_room import form_of

from patient_app.clinics import directory, published
from patient_app.clinics.settings import SETTINGS, check_layer
from patient_app.problem import ENGLISH, Problem, ProfileError
from patient_app.staff import operate, words
from patient_app.staff.content import clinics, publish
from patient_app.staff.content.clinics import Target, neutral_name, tells_of_care

DEMO = "/staff/clinics/D3M0"


@pytest.fixture
def anna(staff):
    return staff.browser(staff.user("anna"))


def change(browser, path=DEMO, then="stay", status=303, **fields):
    return browser.post(path, {**form_of(browser.get(path)), **fields, "then": then}, status)


def publish_it(browser, path=DEMO):
    page = browser.get(path + "/publish")
    seal = page.main.find("input", attrs={"name": "seal"})["value"]
    return browser.post(path + "/publish", {"seal": seal})


def test_a_draft_is_seen_by_nobody_until_it_is_published(staff, anna):
    change(anna, phone="010-999 88 77")
    staff.look()
    assert "010-999 88 77" not in anna.client.get("/sv/m/D3M0/").get_data(as_text=True)
    page = anna.get(DEMO + "/publish")
    assert "010-123 45 00" in text_of(page.main.find("del")) and "010-999 88 77" in text_of(
        page.main.find("ins")
    )
    publish_it(anna)
    staff.look()
    assert "010-999 88 77" in anna.client.get("/sv/m/D3M0/").get_data(as_text=True)
    assert "Version 2" in text_of(anna.get(DEMO + "/history").main)


def test_publishing_takes_nobody_elses_draft_along(staff, anna):
    other = staff.browser(staff.user("bo", clinics=("V3ST",)))
    change(other, "/staff/clinics/V3ST", phone="010-000 11 22")
    change(anna, phone="010-999 88 77")
    publish_it(anna)
    staff.look()
    assert "010-000 11 22" not in anna.client.get("/sv/m/V3ST/").get_data(as_text=True)


def test_going_back_to_an_earlier_version_publishes_it_again(staff, anna):
    change(anna, phone="010-999 88 77")
    publish_it(anna)
    page = anna.get(DEMO + "/undo/1")
    assert "010-123 45 00" in text_of(page.main.find("ins"))
    anna.post(DEMO + "/undo/1", {"seal": page.main.find("input", attrs={"name": "seal"})["value"]})
    staff.look()
    assert "010-123 45 00" in anna.client.get("/sv/m/D3M0/").get_data(as_text=True)
    assert "Version 3" in text_of(anna.get(DEMO + "/history").main)


def test_what_was_shown_is_what_is_published_or_it_is_shown_again(staff, anna):
    change(anna, phone="010-999 88 77")
    seal = anna.get(DEMO + "/publish").main.find("input", attrs={"name": "seal"})["value"]
    change(staff.browser(staff.user("bo")), phone="010-999 88 78")
    assert anna.post(DEMO + "/publish", {"seal": seal}).location.endswith("/publish")
    assert "Någon har ändrat" in text_of(anna.get(DEMO + "/publish").main)


def test_two_who_edit_at_once_do_not_overwrite_each_other(staff, anna):
    old = form_of(anna.get(DEMO))
    change(staff.browser(staff.user("bo")), plan_b_minutes="7")
    anna.post(DEMO, {**old, "plan_b_minutes": "9"}, 200)
    assert "Någon annan har sparat" in text_of(anna.page.main)
    assert anna.page.find("input", id="plan_b_minutes")["value"] == "7"


def test_a_thrown_away_draft_is_what_families_read(staff, anna):
    change(anna, phone="010-999 88 77")
    anna.post(DEMO + "/discard")
    assert anna.get(DEMO).find("input", id="phone")["value"] == "010-123 45 00"


def test_a_retired_clinic_says_kindly_whom_to_call_and_can_open_again(staff, anna):
    change(anna, phone="010-999 88 77")  # a draft stays a draft through it
    anna.post(DEMO + "/retire")
    staff.look()
    gone = anna.client.get("/sv/m/D3M0/")
    assert gone.status_code == 404 and "kallelsen" in gone.get_data(as_text=True)
    anna.post(DEMO + "/retire")
    staff.look()
    again = anna.client.get("/sv/m/D3M0/")
    assert again.status_code == 200 and "010-999 88 77" not in again.get_data(as_text=True)


def test_a_region_changes_every_clinic_that_says_nothing_of_its_own(staff):
    boss = staff.browser(staff.user("boss", "admin"))
    change(boss, "/staff/regions/exempel", reply_days="4")
    publish_it(boss, "/staff/regions/exempel")
    assert "Från regionen: 4" in text_of(boss.get(DEMO).find(id="reply_days-help"))
    staff.look()
    assert staff.app.extensions["clinics"].directory.find("D3M0").profile.reply_days == 4


def test_a_clinic_leaves_out_what_its_region_says_and_takes_it_up_again(staff):
    boss = staff.browser(staff.user("boss", "admin"))
    change(boss, "/staff/regions/exempel", reply_days="4", **{"late_cancel-sv": "Avboka senast dagen före."})
    publish_it(boss, "/staff/regions/exempel")
    change(
        boss,
        **{
            "reply_days": "",
            "late_cancel-sv": "",
            "late_cancel-en": "",
            "not_said-reply_days": "yes",
            "not_said-late_cancel": "yes",
        },
    )
    page = boss.get(DEMO)
    assert "meningen visas inte" in text_of(page.find(id="reply_days-help")) and page.find(
        attrs={"name": "not_said-reply_days"}
    ).has_attr("checked")
    assert any(
        "Ni svarar på meddelanden" in text_of(new) for new in boss.get(DEMO + "/publish").main.find_all("ins")
    )
    publish_it(boss)
    staff.look()
    profile = staff.app.extensions["clinics"].directory.find("D3M0").profile
    assert profile.reply_days is None and profile.late_cancel is None
    text = boss.get(DEMO + "/export.toml").get_data(as_text=True)
    assert tomllib.loads(text)["clinics"][0]["settings"]["not_said"] == ["reply_days", "late_cancel"]
    form = form_of(boss.get(DEMO))
    del form["not_said-reply_days"]
    boss.post(DEMO, {**form, "then": "stay"})
    publish_it(boss)
    staff.look()
    assert staff.app.extensions["clinics"].directory.find("D3M0").profile.reply_days == 4


def test_a_phone_cannot_be_left_out_nor_a_value_be_said_and_left_out_at_once(sqlite_staff):
    boss = sqlite_staff.browser(sqlite_staff.user("boss", "admin"))
    change(boss, status=200, **{"not_said-phone": "yes", "phone": ""})
    assert "måste ha ett telefonnummer" in text_of(boss.page.main.find(class_="stop"))
    change(boss, status=200, **{"not_said-reply_days": "yes", "reply_days": "3"})
    assert "eget värde eller kryssa" in text_of(boss.page.main.find(class_="stop"))
    change(boss, "/staff/regions/exempel", status=200, **{"not_said-reply_days": "yes", "reply_days": ""})
    assert "Bara en mottagning" in text_of(boss.page.main.find(class_="stop"))


def test_a_new_clinic_and_region_reach_families_when_published(staff):
    boss = staff.browser(staff.user("boss", "admin"))
    boss.post("/staff/regions/new", {"key": "sjo", "name": "Region Sjö"})
    where = boss.post(
        "/staff/clinics/new", {"name": "Mottagningen Viken", "region": "sjo", "phone": "010-555 00 00"}
    ).location
    code = where.rpartition("/")[2]
    assert boss.client.get(f"/sv/m/{code}/").status_code == 404
    publish_it(boss, where)
    staff.look()
    assert "010-555 00 00" in boss.client.get(f"/sv/m/{code}/").get_data(as_text=True)


@pytest.mark.parametrize(
    "field, value",
    [
        ("phone", "ring oss"),
        ("phone", "19121212-1212"),
        ("phone", ""),
        ("phone_hours-sv", "19 12 12 12-12 12"),
        ("phone_hours-sv", "<script>x</script>"),
        ("phone_hours-sv", "se www.evil.se"),
        ("interpreter-sv", "{{ config }}"),
        ("interpreter-sv", "a\u202eb"),
        ("fee_url", "https://evil.example/"),
        ("fee_url", "javascript:alert(1)"),
        ("join_minutes_before", "-1"),
        ("join_minutes_before", "tio"),
        ("proxy_age_checked", "igår"),
        ("plan_b", "x"),
        ("hidden_number", "kanske"),
        ("labels-join-now", "<b>"),
        ("name", "<img>"),
        ("name", ""),
        ("late_cancel-en", "Only English"),
        ("devices-sv", "x" * 401),
    ],
)
def test_a_wrong_value_is_refused_in_words_and_nothing_is_saved(sqlite_staff, field, value):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    extra = {"late_cancel-sv": ""} if field == "late_cancel-en" else {}
    change(browser, status=200, **{field: value}, **extra)
    assert all(
        group.has_attr("open")
        for group in browser.page.find_all(class_="group")
        if group.find(class_="wrong")
    )
    note = text_of(browser.page.main.find(class_="stop"))
    assert "Inget är sparat än" in note and "must" not in note and "holds" not in note
    assert browser.page.main.find(class_="wrong"), "the field says it too"
    with staff.database.read() as reading:
        assert (
            clinics.differences(
                *[clinics.entry_in(publish.newest(reading)[1], Target("clinics", "D3M0"))] * 2
            )
            == []
        )
        row = clinics.row_of(reading, Target("clinics", "D3M0"))
        assert clinics.entry_of(row)["settings"]["phone"] == "010-123 45 00" and row.changed == 0


def test_every_reason_for_a_refusal_has_words():
    wrong = [
        {"add_clinic": 1},
        {"reply_days": 999},
        {"proxy_age_checked": "x"},
        {"login": "x"},
        {"phone": "x"},
        {"phone": "191212121212"},
        {"fee_url": "x"},
        {"labels": 1},
        {"labels": {"x": "y"}},
        {"interpreter": 1},
        {"app_name": 1},
        {"interpreter": {"sv": "a", "xx": "b"}},
        {"app_name": "x" * 500},
        {"app_name": "<"},
        {"not_said": "fee"},
        {"not_said": ["fee"], "fee": "free"},
        {"not_said": ["phone"]},
        {"not_said": ["x"]},
        {"app_name": "www.x.se"},
        {"app_name": "bit。ly"},
        {"app_name": "Mottаgningen"},
        {"app_name": "121212-1212"},
        {"nope": 1},
    ]
    for settings in wrong:
        with pytest.raises(ProfileError) as refusal:
            check_layer(settings, "x", frozenset({"www.1177.se"}))
        for problem in refusal.value.problems:
            assert words.reason(problem) != str(problem), problem


def test_every_kind_of_problem_has_words_for_staff_and_no_other():
    assert set(words.REASONS) == set(ENGLISH)


def test_a_problem_of_an_unknown_kind_cannot_be_made():
    with pytest.raises(LookupError):
        Problem("here", "no-such-kind")


def test_every_setting_and_choice_has_words():
    assert set(words.SETTINGS_WORDS) == set(SETTINGS)
    for name, spec in SETTINGS.items():
        assert set(words.SETTINGS_WORDS[name].choices) == (
            set(spec.metadata["choices"]) if spec.metadata["kind"] == "choice" else set()
        )
        assert spec.metadata["group"] in words.GROUPS


def test_the_live_view_says_what_will_read_differently(sqlite_staff):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    form = form_of(browser.get(DEMO))
    found = browser.post(DEMO + "/reads", {**form, "phone": "010-999 88 77"}, 200).get_json()["pages"]
    lines = [line for page in found for line in page["lines"]]
    assert any(sign == "+" and "010-999 88 77" in text for sign, text in lines)
    assert any(sign == "-" and "010-123 45 00" in text for sign, text in lines)
    assert browser.post(DEMO + "/reads", form, 200).get_json()["pages"] == []
    assert browser.post(DEMO + "/reads", {**form, "phone": "x"}, 200).get_json()["problems"]
    preview = browser.client.get(DEMO + "/preview/start")
    assert preview.status_code == 200 and preview.headers["Cache-Control"] == "no-store"


def test_toml_goes_out_and_comes_in_the_same(staff, anna):
    text = anna.get(DEMO + "/export.toml").get_data(as_text=True)
    body = tomllib.loads(text)
    directory.build_directory(body, 1)
    response = anna.client.post(
        "/staff/import", data={"csrf_token": anna.token(), "file": (io.BytesIO(text.encode()), "demo.toml")}
    )
    assert "Inget är ändrat" in response.get_data(as_text=True)
    changed = text.replace("010-123 45 00", "010-777 00 00")
    anna.client.post(
        "/staff/import",
        data={"csrf_token": anna.token(), "file": (io.BytesIO(changed.encode()), "demo.toml")},
    )
    assert anna.get(DEMO).find("input", id="phone")["value"] == "010-777 00 00"


@pytest.mark.parametrize(
    "text, word",
    [
        ("nonsense", "TOML"),
        ("clinics = 3", "clinics"),
        ("[[clinics]]\ncode = 'V3ST'\nname='X'\nsettings.phone='010-111 11 11'", "inte till dig"),
        ("[[clinics]]\ncode = 'D3M0'\nname='X'\nsettings.phone='<b>'", "telefonnummer"),
        ("[evil]\nx=1", "evil"),
        (
            "[[clinics]]\ncode='D3M0'\nname='X'\nsettings.phone='010-111 11 "
            "11'\n[[clinics]]\ncode='D3M0'\nname='Y'\nsettings.phone='010-111 11 12'",
            "Samma kod står två gånger",
        ),
        (
            "[[clinics]]\ncode='D3M0'\nname='X'\nsettings.phone='010-111 11 11'\nsettings.not_said='fee'",
            "lista med inställningar",
        ),
        ("[[clinics]]\nname=1", "clinics"),
        ("[[clinics]]\ncode=1234\nname='X'\nsettings.phone='010-111 11 11'", "inom citattecken"),
    ],
)
def test_a_wrong_toml_file_is_refused_whole_with_file_place_and_reason(sqlite_staff, text, word):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    response = browser.client.post(
        "/staff/import", data={"csrf_token": browser.token(), "file": (io.BytesIO(text.encode()), "fel.toml")}
    )
    html = response.get_data(as_text=True)
    assert response.status_code == 200 and "Inget är inläst" in html and "fel.toml" in html and word in html


@pytest.mark.parametrize(
    "name, word, instead",
    [
        ("BUP Mölndal", "BUP", "Barn- och ungdomsmottagningen, Mölndal"),
        (
            "Barn- och ungdomspsykiatrin Kungälv",
            "ungdomspsykiatrin",
            "Barn- och ungdomsmottagningen, Kungälv",
        ),
        ("Psykiatrimottagningen för unga", "Psykiatrimottagningen", "Barn- och ungdomsmottagningen"),
        ("ADHD-teamet Lund", "ADHD", "Barn- och ungdomsmottagningen, Lund"),
        ("Mottagningen Kajen", "", ""),
        ("Barnmottagningen Hisingen", "", ""),
        ("Bupa torg", "", ""),
    ],
)
def test_a_name_that_tells_the_kind_of_care_gets_a_neutral_proposal(name, word, instead):
    assert tells_of_care(name) == word
    if word:
        assert neutral_name(name) == instead and not tells_of_care(instead)


def test_a_name_that_tells_is_warned_about_and_may_stand(sqlite_staff):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    change(browser, name="BUP Exempelstad")
    for path in (DEMO, DEMO + "/publish"):
        assert "Barn- och ungdomsmottagningen, Exempelstad" in text_of(browser.get(path).main)


def test_a_file_that_could_not_be_written_follows_by_itself(sqlite_staff):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    change(browser, phone="010-999 88 77")
    path = staff.room.published
    held = path.with_name("held")
    path.rename(held)
    path.mkdir()
    try:
        publish_it(browser)
        assert "försöker igen" in text_of(browser.get(DEMO + "/history").main)
    finally:
        path.rmdir()
        held.rename(path)
    assert publish.pull(staff.database, path) and published.read_published(path)[0] == 2


def test_an_import_on_the_command_line_goes_through_the_database(staff):
    body = {"clinics": [{"code": "NYAA", "name": "Mottagningen Ny", "settings": {"phone": "010-121 00 00"}}]}
    assert operate.import_file(staff.settings, body) == 2
    assert "NYAA" in directory.build_directory(published.read_published(staff.room.published)[1], 2).clinics
    with staff.database.read() as reading:
        assert clinics.row_of(reading, Target("clinics", "NYAA")).name == "Mottagningen Ny"
    with pytest.raises(ProfileError):
        operate.import_file(staff.settings, {"clinics": [{"code": "BAD", "name": "x"}]})
    assert published.read_published(staff.room.published)[0] == 2
