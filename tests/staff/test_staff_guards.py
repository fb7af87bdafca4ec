"""The guards of the staff's room, each with a test that is red without it: whose clinic, what a provider may
say, what a spreadsheet runs, which browser is known, when a session ends."""

import csv
import io
import time

import pytest
from sqlalchemy import select
from staff_room import PASSWORD, code_at

from patient_app.settings import Settings
from patient_app.staff import operate
from patient_app.staff.access import oidc, passwords, throttle
from patient_app.staff.content import audit
from patient_app.staff.models import User

OTHERS = "/staff/clinics/V3ST"
PROVIDER = {
    "oidc_issuer": "https://login.region.example",
    "oidc_client_id": "redo",
    "oidc_acr": "loa3 loa4",
    "oidc_role_claim": "groups",
    "oidc_admin_value": "redo-admin",
    "oidc_editor_value": "redo-editor",
    "oidc_clinic_claim": "clinics",
}
CLAIMS = {"iss": "https://login.region.example", "sub": "hsa-1234", "acr": "loa3", "groups": ["redo-editor"]}


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", OTHERS),
        ("POST", OTHERS),
        ("GET", OTHERS + "/publish"),
        ("POST", OTHERS + "/publish"),
        ("POST", OTHERS + "/undo/1"),
        ("GET", OTHERS + "/export.toml"),
        ("GET", OTHERS + "/preview/start"),
        ("POST", OTHERS + "/discard"),
        ("GET", "/staff/regions/exempel"),
        ("POST", "/staff/clinics/V3ST/retire"),
    ],
)
def test_an_editor_reaches_nothing_of_another_clinic(sqlite_staff, method, path):
    browser = sqlite_staff.browser(sqlite_staff.user("anna", clinics=("D3M0",)))
    data = {"csrf_token": browser.token("/staff/account")} if method == "POST" else None
    assert browser.client.open(path, method=method, data=data).status_code == 403
    assert browser.get("/staff/clinics/D3M0")


@pytest.mark.parametrize(
    "change, problem",
    [
        ({}, ""),
        ({"acr": "loa4"}, ""),
        ({"acr": "loa2"}, "acr"),
        ({"acr": "loa3 loa4"}, "acr"),
        ({"acr": None}, "acr"),
        ({"iss": "https://evil.example"}, "issuer"),
        ({"sub": ""}, "no id"),
        ({"sub": 7}, "no id"),
        ({"sub": "19811218-9876"}, "personal number"),
    ],
)
def test_a_log_in_that_is_not_strong_enough_or_from_elsewhere_lets_nobody_in(change, problem):
    said = oidc.claims_problem({**CLAIMS, **change}, Settings.from_values(**PROVIDER))
    assert said == "" if not problem else problem in said


@pytest.mark.parametrize(
    "groups, role",
    [
        (["redo-admin"], "admin"),
        (["other", "redo-editor"], "editor"),
        ("redo-editor other", "editor"),
        (["redo-editor", "redo-admin"], "admin"),
        (["redo-administrators"], ""),
        (["REDO-ADMIN"], ""),
        ([], ""),
        (None, ""),
    ],
)
def test_a_role_is_only_what_the_provider_says_by_its_exact_value(groups, role):
    assert oidc.role_of({**CLAIMS, "groups": groups}, Settings.from_values(**PROVIDER)) == role


def test_role_and_clinics_follow_the_provider_at_each_log_in_and_no_role_lets_nobody_in(sqlite_staff):
    settings = Settings.from_values(**PROVIDER)

    def enter(**claims) -> User | None:
        with sqlite_staff.database.write() as writing:
            return oidc.admit(writing, {**CLAIMS, **claims}, settings, sqlite_staff.now)

    first = enter(clinics=["D3M0", "V3ST", "XXXX"])
    assert first.role == "editor" and first.clinic_codes == {"D3M0", "V3ST"}
    later = enter(groups=["redo-admin"], clinics=[])
    assert (later.id, later.role, later.clinic_codes) == (first.id, "admin", frozenset())
    assert enter(groups=["redo-editor"]).role == "editor", "who is no longer an admin there is none here"
    assert enter(groups=["somebody"]) is None
    with sqlite_staff.database.write() as writing:
        writing.scalars(select(User).where(User.external_id == "hsa-1234")).one().disabled = True
    assert enter() is None


def test_no_cell_of_the_exported_file_starts_a_formula(sqlite_staff):
    starts = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|calc", "%calc", "\ufeff=1")
    with sqlite_staff.database.write() as writing:
        for start in starts:
            audit.append(writing, sqlite_staff.now, start[:60], start, start, None, None)
    browser = sqlite_staff.browser(sqlite_staff.user("boss", "admin"))
    rows = list(csv.reader(io.StringIO(browser.get("/staff/log.csv").data.decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows[1:] for cell in row[2:5]]
    assert len([cell for cell in cells if cell.startswith("'")]) >= 3 * len(starts)
    risky = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
    assert [cell for cell in cells if cell.lstrip(" \u00a0\u200b\ufeff").startswith(risky)] == []


def test_a_forged_device_cookie_makes_no_browser_known(sqlite_staff):
    staff = sqlite_staff
    anna = staff.user("anna")
    with staff.database.write() as writing:
        writing.get_one(User, anna.id).password_hash = passwords.hash_password(PASSWORD)
    right = code_at("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", staff.now)
    other = staff.browser()
    with staff.database.write() as writing:
        bo = User(username="bo", name="Bo", role="editor", created_at=staff.now)
        bo.totp_secret, bo.password_hash = anna.totp_secret, passwords.hash_password(PASSWORD)
        writing.add(bo)
    assert other.log_in("bo", code=right)
    bos_own = other.client.get_cookie("redo-staff-device", path="/staff/").value
    for forged in ("name." + "0" * 64, "name.", "name", bos_own):
        guesser = staff.browser()
        guesser.client.set_cookie("redo-staff-device", forged, path="/staff/")
        for _ in range(throttle.PAIR_FREE + 1):
            guesser.log_in("anna", "fel lösenord här", "000000")
        assert not guesser.log_in("anna", code=right), f"{forged} is taken for a browser that was here before"
        staff.now += throttle.REMEMBERED + 1
        right = code_at("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", staff.now)


def test_a_session_is_over_when_its_user_is_disabled_and_stays_over_when_let_in_again(sqlite_staff):
    staff = sqlite_staff
    anna, boss = staff.user("anna"), staff.browser(staff.user("boss", "admin"))
    browser = staff.browser(anna)
    boss.post(f"/staff/users/{anna.id}/disable")
    browser.get("/staff/clinics/", 303)
    boss.post(f"/staff/users/{anna.id}/disable")
    browser.get("/staff/clinics/", 303)


def test_a_user_disabled_on_the_command_line_or_by_hand_is_out_at_the_next_request(sqlite_staff):
    staff = sqlite_staff
    anna, bo = staff.user("anna"), staff.user("bo")
    annas, bos = staff.browser(anna), staff.browser(bo)
    operate.disable_user(staff.settings, "anna")
    annas.get("/staff/clinics/", 303)
    with staff.database.write() as writing:
        writing.get_one(User, bo.id).disabled = True
    bos.get("/staff/clinics/", 303)


TOO_LARGE = (2**63, 10**40)


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_number_that_no_database_holds_is_a_page_that_is_not_there(staff, number):
    boss = staff.browser(staff.user("boss", "admin"))
    for path in (f"/staff/users/{number}", f"/staff/clinics/D3M0/undo/{number}"):
        boss.get(path, 404)
    assert boss.client.get(f"/staff/log?before={number}").status_code in (200, 400)


def test_a_null_character_is_refused_before_any_database_sees_it(staff):
    boss = staff.browser(staff.user("boss", "admin"))
    for path in ("/staff/log?q=a%00b", "/staff/clinics/?q=%00"):
        assert boss.client.get(path).status_code == 400
    for path in ("/staff/clinics/D3M0%00", "/staff/clinics/%00"):
        assert boss.client.get(path).status_code in (400, 404)
    data = {"csrf_token": boss.token(), "username": "a\x00", "password": "b", "code": "c"}
    assert staff.browser().client.post("/staff/log-in", data=data).status_code == 400


def test_ten_thousand_fields_are_refused_at_once(sqlite_staff, client):
    sent = "&".join(f"a{number}=1" for number in range(10_000))
    form = {"data": sent, "content_type": "application/x-www-form-urlencoded"}
    boss = sqlite_staff.browser(sqlite_staff.user("boss", "admin"))
    started = time.process_time()
    for path in ("/staff/log-in", "/staff/clinics/D3M0"):
        assert boss.client.post(path, **form).status_code == 413
    assert client.post("/sv/support/code", **form).status_code == 413
    assert client.get(f"/sv/guide?{sent}").status_code == 413
    assert time.process_time() - started < 1
