"""Log-in by local account: what leads in, what does not, and that every wrong way has one answer."""

import contextlib
import datetime
import errno
import os
import re
import socket
import time

import argon2
import pytest
from house import text_of
from staff_room import NOW, PASSWORD, code_at

from patient_app.staff import operate
from patient_app.staff.access import accounts, oidc, passwords, session, throttle
from patient_app.staff.access.passwords import password_problem
from patient_app.staff.access.throttle import wait_after
from patient_app.staff.database import DatabaseDown
from patient_app.staff.models import RecoveryCode, StaffSessionRow, Throttle, User


@pytest.fixture
def anna(staff):
    """Anna has a password and a second factor."""
    user = staff.user("anna")
    with staff.database.write() as writing:
        writing.get_one(User, user.id).password_hash = passwords.hash_password(PASSWORD)
    return user


def test_a_real_hash_is_argon2id_and_costs_what_it_should(real_hasher):
    parameters = argon2.extract_parameters(passwords.hash_password(PASSWORD))
    assert parameters.type is argon2.Type.ID
    assert (parameters.time_cost, parameters.memory_cost, parameters.parallelism) == (3, 65536, 1)


def right_code(staff) -> str:
    return code_at("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", staff.now)


def wrong_answer(browser, username, password=PASSWORD, code="000000", **options) -> str:
    response = browser.client.post(
        "/staff/log-in",
        data={"csrf_token": browser.token(), "username": username, "password": password, "code": code},
        **options,
    )
    assert response.status_code == 200
    return re.sub(r'value="[^"]*"', "", response.get_data(as_text=True))


def test_password_and_code_lead_in_and_the_session_gets_a_new_id(staff, anna):
    browser = staff.browser()
    browser.token()
    before = browser.client.get_cookie("redo-staff", path="/staff/").value
    assert browser.log_in("  ANNA ", code=right_code(staff))
    cookie = browser.client.get_cookie("redo-staff", path="/staff/")
    assert (
        cookie.value != before
        and len(cookie.value) >= 43
        and cookie.http_only
        and cookie.path == "/staff/"
        and cookie.same_site == "Lax"
    )
    assert "D3M0" in text_of(browser.get("/staff/clinics/").main)
    with staff.database.read() as reading:
        assert reading.get(StaffSessionRow, session.token_hash(before)) is None


def test_a_code_holds_once(staff, anna):
    code = right_code(staff)
    assert staff.browser().log_in("anna", code=code)
    assert not staff.browser().log_in("anna", code=code)
    staff.now += 30
    assert staff.browser().log_in("anna", code=right_code(staff))


def test_every_wrong_log_in_has_one_answer(staff, anna):
    with staff.database.write() as writing:
        off = User(
            username="off",
            name="Off",
            role="editor",
            created_at=NOW,
            totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            disabled=True,
        )
        off.password_hash = passwords.hash_password(PASSWORD)
        writing.add(off)
    used = right_code(staff)
    assert staff.browser().log_in("anna", code=used)
    fresh = [staff.browser() for _ in range(6)]
    answers = {
        wrong_answer(fresh[0], "nobody"),
        wrong_answer(fresh[1], "anna", password="fel lösenord här", code="123456"),
        wrong_answer(fresh[2], "anna", code="000000"),
        wrong_answer(fresh[3], "anna", code=used),
        wrong_answer(fresh[4], "off", code=right_code(staff)),
        wrong_answer(fresh[5], "anna", code=""),
    }
    assert len(answers) == 1


def test_a_recovery_code_leads_in_once(staff, anna):
    with staff.database.write() as writing:
        user = writing.get_one(User, anna.id)
        codes = accounts.choose(user, user.password_hash, user.totp_secret, 0)
    assert staff.browser().log_in("anna", code=codes[3].lower().replace("-", " "))
    assert not staff.browser().log_in("anna", code=codes[3])
    with staff.database.read() as reading:
        assert reading.query(RecoveryCode).count() == 9


def test_guessing_is_slowed_but_the_right_user_on_a_known_browser_gets_in(staff, anna):
    known = staff.browser()
    assert known.log_in("anna", code=right_code(staff))
    known.post("/staff/log-out")
    staff.now += 30
    guesser = staff.browser()
    for _ in range(12):
        staff.now += 20
        assert not guesser.log_in("anna", password="gissning nummer ett", code="111111")
    assert not guesser.log_in("anna", code=right_code(staff)), "too soon, even with everything right"
    assert known.log_in("anna", code=right_code(staff))


def test_a_guess_from_everywhere_never_locks_out_who_has_the_code(staff, anna):
    for number in range(throttle.ACCOUNT_FREE):
        guess = throttle.Throttles(b"k", throttle.Try("anna", "gissning", "111111", f"192.0.2.{number}"))
        with staff.database.write() as writing:
            guess.wrong(writing, staff.now)
    wrong_factor = throttle.Try("anna", PASSWORD, "222222", "198.51.100.1")
    assert accounts.log_in(staff.database, b"k", wrong_factor, staff.now) is None
    right = throttle.Try("anna", PASSWORD, right_code(staff), "198.51.100.2")
    assert accounts.log_in(staff.database, b"k", right, staff.now) is not None


def test_twenty_guessed_codes_an_hour_end_guessing_even_with_the_password_and_everywhere(staff, anna):
    for number in range(throttle.CODES_AN_HOUR):
        guess = throttle.Try("anna", PASSWORD, f"{number:06d}", f"192.0.2.{number}")
        assert accounts.log_in(staff.database, b"k", guess, staff.now) is None
    right = throttle.Try("anna", PASSWORD, right_code(staff), "198.51.100.2")
    assert accounts.log_in(staff.database, b"k", right, staff.now) is None
    known = throttle.Try("anna", PASSWORD, right_code(staff), "198.51.100.3", device="known")
    assert accounts.log_in(staff.database, b"k", known, staff.now) is not None
    staff.now += 2 * 3600
    later = throttle.Try("anna", PASSWORD, right_code(staff), "198.51.100.2")
    assert accounts.log_in(staff.database, b"k", later, staff.now) is not None


def test_a_known_browser_may_guess_no_more_codes_than_all_others_together(staff, anna):
    for number in range(throttle.CODES_AN_HOUR):
        guess = throttle.Try("anna", PASSWORD, f"{number:06d}", "192.0.2.1", device="lost")
        staff.now += throttle.DEVICE_WAIT if number >= throttle.DEVICE_FREE else 0
        assert accounts.log_in(staff.database, b"k", guess, staff.now) is None
    staff.now += throttle.DEVICE_WAIT
    for device, leads_in in (("lost", False), ("kept", True)):
        right = throttle.Try("anna", PASSWORD, right_code(staff), "192.0.2.1", device=device)
        assert (accounts.log_in(staff.database, b"k", right, staff.now) is not None) is leads_in


def test_a_recovery_code_leads_in_when_no_code_is_taken_any_more(staff, anna):
    with staff.database.write() as writing:
        user = writing.get_one(User, anna.id)
        codes = accounts.choose(user, user.password_hash, user.totp_secret, 0)
    for number in range(throttle.CODES_AN_HOUR):
        guess = throttle.Try("anna", PASSWORD, f"{number:06d}", f"192.0.2.{number}")
        assert accounts.log_in(staff.database, b"k", guess, staff.now) is None
    by_letter = throttle.Try("anna", PASSWORD, codes[0], "198.51.100.2")
    assert accounts.log_in(staff.database, b"k", by_letter, staff.now) is not None


def test_guessed_passwords_are_no_guessed_codes(staff, anna):
    for number in range(throttle.CODES_AN_HOUR + 5):
        guess = throttle.Try("anna", "gissning nummer ett", "111111", f"192.0.2.{number}")
        assert accounts.log_in(staff.database, b"k", guess, staff.now) is None
    right = throttle.Try("anna", PASSWORD, right_code(staff), "198.51.100.2")
    assert accounts.log_in(staff.database, b"k", right, staff.now) is not None


@pytest.mark.parametrize(
    "address, group",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
    ],
)
def test_ipv6_addresses_are_counted_by_household(address, group):
    assert throttle.address_group(address) == group


def test_others_tries_leave_places_for_those_who_work_here():
    with contextlib.ExitStack() as strangers:
        for _ in range(4):
            passwords._STRANGERS.acquire()
            strangers.callback(passwords._STRANGERS.release)
        with pytest.raises(passwords.TooBusy):
            passwords.password_fits("", "x", stranger=True)
        assert passwords.password_fits("", "x") is False


def test_the_slow_down_keeps_only_keyed_hashes_and_only_for_a_day(staff, anna):
    attempt = throttle.Try("anna", "gissning", "1", "192.0.2.77")
    accounts.log_in(staff.database, b"k", attempt, staff.now)
    with staff.database.read() as reading:
        rows = reading.query(Throttle).all()
        assert rows and all(re.fullmatch(r"[0-9a-f]{64}", row.key) for row in rows)
    accounts.log_in(
        staff.database, b"k", throttle.Try("other", "x", "1", "192.0.2.78"), staff.now + 24 * 3600 + 1
    )
    with staff.database.read() as reading:
        assert not {row.key for row in rows} & {row.key for row in reading.query(Throttle)}


def test_waits_double_up_to_a_limit():
    assert [wait_after(n, 5, 900) for n in (0, 4, 5, 6, 8, 30)] == [0, 0, 1, 2, 8, 900]


def test_the_first_log_in_chooses_password_and_factor_and_its_password_holds_once(staff):
    with staff.database.write() as writing:
        _, one_time = accounts.add_user(writing, "bo", "Bo", "admin", [], staff.now)
    browser = staff.browser()
    assert browser.log_in("bo", one_time)
    assert not staff.browser().log_in("bo", one_time)
    assert browser.get("/staff/clinics/", 303).location.endswith("/staff/account/setup")
    secret = browser.get("/staff/account/setup").find("code", class_="secret").get_text()
    form = {"password": PASSWORD, "again": PASSWORD, "code": code_at(secret, staff.now)}
    browser.post(
        "/staff/account/setup",
        {**form, "password": "Sommar2024!!", "again": "Sommar2024!!"},
        200,
        token_from="/staff/account/setup",
    )
    assert browser.page.find(id="password-wrong")
    browser.post("/staff/account/setup", form, 200, token_from="/staff/account/setup")
    codes = [code.get_text() for code in browser.page.find(class_="codes").find_all("code")]
    assert len(codes) == 10
    assert browser.get("/staff/users/")
    staff.now += 30
    assert staff.browser().log_in("bo", code=code_at(secret, staff.now))
    assert staff.browser().log_in("bo", code=codes[0])


def test_a_one_time_password_runs_out_after_a_day(staff):
    with staff.database.write() as writing:
        _, one_time = accounts.add_user(writing, "bo", "Bo", "editor", [], staff.now)
    staff.now += accounts.ONE_TIME_HOLDS + 1
    assert not staff.browser().log_in("bo", one_time)


@pytest.mark.parametrize(
    "password, problem",
    [
        ("kort", "password-short"),
        ("x" * 201, "password-long"),
        ("password1234", "password-common"),
        ("P@ssw0rd2026!", "password-common"),
        ("123456789012", "password-common"),
        ("Sommar2026!!", "password-common"),
        ("fotbollfotboll", "password-common"),
        ("aaaaaaaaaaaaaa", "password-common"),
        ("1qaz2wsx3edc4rfv", "password-common"),
        ("annas hemliga ord", "password-holds-name"),
        (PASSWORD, ""),
        ("korvgubbe-tåg-lampa", ""),
    ],
)
def test_what_a_password_may_not_be(password, problem):
    found = password_problem(password, "anna")
    assert (found.code if found else "") == problem


def test_a_session_ends_when_idle_when_a_day_old_and_when_the_clock_jumped_back(staff):
    anna = staff.user("anna")
    for seconds in (session.IDLE + 1, session.ABSOLUTE + 1, -session.CLOCK_SLACK - 1):
        staff.now = NOW
        browser = staff.browser(anna)
        browser.get("/staff/clinics/")
        staff.now = NOW + seconds
        assert browser.get("/staff/clinics/", 303).location == "/staff/log-in"


def test_a_session_that_is_used_lives_on_but_not_past_a_day(staff):
    anna = staff.user("anna")
    browser = staff.browser(anna)
    while staff.now - NOW + 1500 < session.ABSOLUTE:
        staff.now += 1500
        browser.get("/staff/clinics/")
    staff.now = NOW + session.ABSOLUTE + 1
    browser.get("/staff/clinics/", 303)


def test_revoking_and_disabling_end_sessions_at_once(staff):
    anna, boss = staff.user("anna"), staff.user("boss", "admin")
    one, two, admin = staff.browser(anna), staff.browser(anna), staff.browser(boss)
    one.post("/staff/account/revoke")
    two.get("/staff/clinics/", 303)
    three = staff.browser(anna)
    admin.post(f"/staff/users/{anna.id}/disable")
    three.get("/staff/clinics/", 303)


def test_log_out_is_a_post_and_ends_the_session_for_good(staff):
    browser = staff.browser(staff.user("anna"))
    token = browser.client.get_cookie("redo-staff", path="/staff/").value
    assert browser.client.get("/staff/log-out").status_code == 405
    browser.post("/staff/log-out")
    browser.client.set_cookie("redo-staff", token, path="/staff/")
    browser.get("/staff/clinics/", 303)


def test_a_post_without_its_token_changes_nothing(staff):
    browser = staff.browser(staff.user("anna"))
    response = browser.client.post("/staff/log-out")
    assert response.status_code == 400 and "för gammal" in response.get_data(as_text=True)
    browser.get("/staff/clinics/")


def test_no_session_exists_outside_the_room(staff):
    from flask import session as flask_session

    with staff.app.test_request_context("/sv/"):
        assert type(flask_session._get_current_object()).__name__ == "NullSession"
        with pytest.raises(RuntimeError):
            flask_session["x"] = 1
    browser = staff.browser(staff.user("anna"))
    assert "Set-Cookie" not in browser.client.get("/sv/").headers


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/sv/", "/staff/\\evil", "/staff/log\r\nX: y"]
)
def test_the_language_switch_never_leads_out_of_the_room(sqlite_staff, back):
    response = sqlite_staff.browser().post("/staff/language", {"language": "en", "back": back})
    assert response.location == "/staff/"


def test_the_cookie_is_secure_behind_https(sqlite_settings):
    from staff_room import Staff

    staff = Staff({**sqlite_settings, "public_url": "https://redo.example"})
    response = staff.browser().client.get("/staff/log-in", base_url="https://redo.example")
    cookie = next(value for value in response.headers.getlist("Set-Cookie"))
    assert cookie.startswith("__Secure-redo-staff=") and "; Secure" in cookie and "Path=/staff/" in cookie
    staff.close()


def test_who_only_looks_at_the_log_in_page_leaves_no_row(staff):
    for _ in range(3):
        staff.browser().get("/staff/log-in")
    browser = staff.browser()
    assert not browser.log_in("nobody", PASSWORD, "000000")
    with staff.database.read() as reading:
        assert reading.query(StaffSessionRow).count() == 0


def test_a_visitors_cookie_is_no_session(sqlite_staff):
    browser = sqlite_staff.browser()
    browser.token()
    assert browser.client.get_cookie("redo-staff", path="/staff/").value.startswith(session.VISITOR)
    assert browser.get("/staff/clinics/", 303).location == "/staff/log-in"


def test_the_log_in_page_says_so_when_the_database_is_gone(sqlite_staff):
    (sqlite_staff.settings.data_dir / "redo.sqlite").rename(sqlite_staff.settings.data_dir / "away")
    assert sqlite_staff.browser().client.get("/staff/log-in").status_code == 503


def test_a_second_user_with_the_same_id_at_the_provider_is_refused_in_words(staff):
    boss = staff.browser(staff.user("boss", "admin"))
    form = {"name": "Ny", "role": "editor", "clinics": "", "external": "abc-1"}
    boss.post("/staff/users/new", {**form, "username": "first"}, 200)
    boss.post("/staff/users/new", {**form, "username": "second"}, 200)
    field = boss.page.main.select_one("#external")
    assert "En annan användare har det id:t" in text_of(boss.page.main.select_one("#external-wrong"))
    assert "external-wrong" in field["aria-describedby"] and field["value"] == "abc-1", "what was typed stays"
    with staff.database.read() as reading:
        assert reading.query(User).filter_by(username="second").first() is None


def test_a_full_disk_at_first_start_leaves_no_key(sqlite_staff, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = sqlite_staff.settings.data_dir
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(DatabaseDown):
            sqlite_staff.room.key("csrf")
    assert [path.name for path in folder.iterdir() if "staff.key" in path.name] == []
    made = sqlite_staff.room.key("csrf")
    assert made == sqlite_staff.room.key("csrf") and (folder / "staff.key").stat().st_size >= 32


def test_a_key_that_was_cut_off_is_refused(sqlite_staff):
    (sqlite_staff.settings.data_dir / "staff.key").write_bytes(b"")
    assert sqlite_staff.browser().client.get("/staff/log-in").status_code == 503
    assert "staff.key" in " ".join(
        operate.troubles(sqlite_staff.settings, datetime.datetime.now(datetime.UTC))
    )


def test_a_provider_that_hangs_is_waited_for_once_and_then_left_alone(sqlite_settings):
    from staff_room import Staff

    with socket.create_server(("127.0.0.1", 0)) as hanging:
        issuer = f"http://127.0.0.1:{hanging.getsockname()[1]}"
        staff = Staff({**sqlite_settings, "oidc_issuer": issuer, "oidc_client_id": "redo"})
        took = []
        for _ in range(3):
            started = time.monotonic()
            staff.browser().post("/staff/log-in/provider", {}, 200)
            took.append(time.monotonic() - started)
        staff.close()
    assert max(took) < 2 * oidc.TIMEOUT + 2 and max(took[1:]) < 1.5
