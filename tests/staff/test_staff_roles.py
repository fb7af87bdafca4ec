"""Roles x routes x own or another's clinic, in full. A route of the room without a row here fails."""

import pytest

from patient_app.staff.access.roles import ROLES as STAFF_ROLES
from patient_app.staff.content.clinics import Target
from patient_app.staff.context import ACCESS, may_touch
from patient_app.staff.models import User

IN, OUT, SETUP, REFUSED = "in", "log in first", "choose a password first", 403

# Who may enter, by (nobody, one who must choose a password, editor's own, editor's other, admin).
OPEN = (IN, IN, IN, IN, IN)
SESSION = (OUT, IN, IN, IN, IN)
STAFF = (OUT, SETUP, IN, IN, IN)
OWN = (OUT, SETUP, IN, REFUSED, IN)
ADMIN = (OUT, SETUP, REFUSED, REFUSED, IN)

MATRIX = {
    "log_in": OPEN,
    "language": OPEN,
    "provider": OPEN,
    "provider_back": OPEN,
    "log_out": SESSION,
    "setup": SESSION,
    "revoke": SESSION,
    "home": STAFF,
    "account": STAFF,
    "import_toml": STAFF,
    "log": STAFF,
    "log_csv": STAFF,
    "validity": STAFF,
    "places": STAFF,  # regions: see REGIONS
    "edit": OWN,
    "reads": OWN,
    "preview": OWN,
    "show_publish": OWN,
    "do_publish": OWN,
    "discard": OWN,
    "history": OWN,
    "show_undo": OWN,
    "do_undo": OWN,
    "retire": OWN,
    "export": OWN,
    "new_place": ADMIN,
    "users": ADMIN,
    "new_user": ADMIN,
    "user": ADMIN,
    "reset_user": ADMIN,
    "end_sessions": ADMIN,
    "disable_user": ADMIN,
}
ROLES = ("nobody", "new", "own", "other", "admin")


@pytest.fixture
def people(sqlite_staff):
    staff = sqlite_staff
    with staff.database.write() as writing:
        new = User(username="new", name="New", role="admin", created_at=staff.now)
        spare = User(username="spare", name="Spare", role="editor", created_at=staff.now)
        writing.add_all([new, spare])
    return {
        "nobody": None,
        "new": new,
        "own": staff.user("own", clinics=("D3M0",)),
        "other": staff.user("other", clinics=("V3ST",)),
        "admin": staff.user("boss", "admin"),
        "spare": spare,
    }


def routes(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff."):
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield rule, method


def address(app, rule, kind: str, people) -> str:
    kind = "clinics" if rule.endpoint == "staff.retire" else kind  # regions are not retired
    values = {
        "kind": kind,
        "key": "D3M0" if kind == "clinics" else "exempel",
        "page": "start",
        "number": 1,
        "id": people["spare"].id,
    }
    adapter = app.url_map.bind("localhost")
    return adapter.build(
        rule.endpoint,
        {name: values[name] for name in rule.arguments},
        method=next(iter(rule.methods - {"HEAD", "OPTIONS"})),
    )


def test_every_route_has_its_row_and_every_row_its_route(sqlite_staff):
    assert {rule.endpoint.removeprefix("staff.") for rule, _ in routes(sqlite_staff.app)} == set(MATRIX)
    assert {name.removeprefix("staff.") for name in ACCESS} == set(MATRIX)


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["clinics", "regions"])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_enter_where(sqlite_staff, people, role, kind):
    staff, checked = sqlite_staff, 0
    for rule, method in routes(staff.app):
        name = rule.endpoint.removeprefix("staff.")
        expected = MATRIX[name][ROLES.index(role)]
        if (
            kind == "regions"
            and expected == IN
            and name in (*[n for n in MATRIX if MATRIX[n] == OWN], "places")
            and name != "retire"
        ):
            expected = REFUSED if role in ("own", "other") else IN
        browser = staff.browser(people[role])
        path = address(staff.app, rule, kind, people)
        data = {"csrf_token": browser.token()} if method == "POST" else None
        if role != "nobody" and method == "POST" and name == "language":
            data["language"] = "sv"
        response = browser.client.open(path, method=method, data=data)
        checked += 1
        where = f"{role} {method} {path}"
        if expected == OUT:
            assert response.status_code == 303 and response.location == "/staff/log-in", where
        elif expected == SETUP:
            assert response.status_code == 303 and response.location == "/staff/account/setup", where
        elif expected == REFUSED:
            assert response.status_code == 403, f"{where}: {response.status_code}"
        else:
            assert response.status_code in (200, 303, 404) and response.location not in (
                "/staff/account/setup",
            ), f"{where}: {response.status_code}"
            if response.status_code == 404:
                assert name in ("provider", "retire", "do_undo", "show_undo"), where
        with staff.database.write() as writing:  # what one row did must not change the next
            writing.get_one(User, people["spare"].id).disabled = False
    assert checked > 35


def test_every_role_has_its_columns_in_the_table():
    """A new role gets a column, a person in `people`, and its name here."""
    assert set(STAFF_ROLES) == {"editor", "admin"}


def test_what_an_editor_may_touch():
    editor = User(username="e", role="editor", clinics=[])
    assert not may_touch(editor, Target("regions", "exempel")) and not may_touch(
        editor, Target("clinics", "D3M0")
    )


def test_an_editor_sees_only_own_clinics_and_their_log(sqlite_staff):
    staff = sqlite_staff
    browser = staff.browser(staff.user("anna", clinics=("V3ST",)))
    page = browser.get("/staff/clinics/").main.get_text()
    assert "V3ST" in page and "D3M0" not in page
    log = browser.get("/staff/log").main.get_text()
    assert "clinic:V3ST" in log and "clinic:D3M0" not in log
    assert b"clinic:D3M0" not in browser.get("/staff/log.csv").data


def test_an_editor_cannot_move_a_clinic_to_another_region_by_hand(sqlite_staff):
    from staff_room import form_of

    staff = sqlite_staff
    browser = staff.browser(staff.user("anna"))
    form = form_of(browser.get("/staff/clinics/D3M0"))
    browser.post("/staff/clinics/D3M0", {**form, "region": "vast", "phone": "010-123 45 01"})
    with staff.database.read() as reading:
        from patient_app.staff.content.clinics import entry_of, row_of

        entry = entry_of(row_of(reading, Target("clinics", "D3M0")))
    assert entry["region"] == "exempel" and entry["settings"]["phone"] == "010-123 45 01"


def test_the_last_admin_cannot_be_shut_out_or_made_an_editor(sqlite_staff):
    staff = sqlite_staff
    boss = staff.user("boss", "admin")
    browser = staff.browser(boss)
    with staff.database.read() as reading:
        first = reading.query(User).filter_by(username="admin").one()
    browser.post(f"/staff/users/{first.id}/disable")
    browser.post(f"/staff/users/{boss.id}/disable", status=200)
    assert "minst en administratör" in browser.page.main.get_text()
    browser.post(f"/staff/users/{boss.id}", {"name": "Boss", "role": "editor", "clinics": ""}, 200)
    assert "minst en administratör" in browser.page.main.get_text()
