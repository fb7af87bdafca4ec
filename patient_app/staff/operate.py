"""Staff. What an operator does from the command line: first start, import, users, backup and restore,
doctor."""

import datetime
import gzip
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from patient_app.clinics import published
from patient_app.clinics.directory import Directory, build_directory
from patient_app.settings import Settings
from patient_app.staff.access import accounts
from patient_app.staff.access.key import KEY_FILE, KEY_LEAST
from patient_app.staff.access.roles import ADMIN
from patient_app.staff.content import audit, publish, validity
from patient_app.staff.database import HEAD, Database, DatabaseDown
from patient_app.staff.models import Base, ClinicRow, User, Version
from patient_app.web import certificates

WHO = "patient-app"
CLI_PATIENCE = 30.0
FORMAT = 1
# Nobody is logged in after a restore, and no trace of tries is kept in backups.
LEFT_OUT = ("sessions", "throttle")
LITTLE_DISK = 512 * 1024 * 1024
CERTIFICATE_DAYS = 21


class OperationError(Exception):
    """A command that could not be carried out; the message says why and what to do."""


def database_of(settings: Settings) -> Database:
    """The database, with the patience of a command line."""
    return Database(settings, patience=CLI_PATIENCE)


def published_path(settings: Settings) -> Path:
    """The file that families' pages come from."""
    return settings.data_dir / published.PUBLISHED


def prepare(settings: Settings) -> str:
    """Schema, first content and published file, each unless it is there. The first admin's one-time password,
    once, else "".

    Raises DatabaseDown.
    """
    database = database_of(settings)
    try:
        database.migrate()
        now = int(time.time())
        publish.seed(database, published_path(settings), now)
        publish.pull(database, published_path(settings))
        with database.write() as writing:
            if writing.scalar(select(func.count(User.id))):
                return ""
            user, one_time = accounts.add_user(writing, "admin", "Administratör", ADMIN, [], now)
            audit.append(writing, now, WHO, "user-add", f"user:{user.username}", None, {"role": ADMIN})
            return one_time
    finally:
        database.dispose()


def import_file(settings: Settings, body: dict[str, Any]) -> int:
    """Drafts, version and file of a body, whole or not at all: the version's number. Raises ProfileError or
    DatabaseDown."""
    database = database_of(settings)
    path = published_path(settings)
    try:
        with database.write() as writing:
            number = publish.take_in(writing, body, WHO, int(time.time()), floor=published.version_of(path))
        publish.pull(database, path)
        return number
    finally:
        database.dispose()


def add_user(
    settings: Settings, username: str, name: str, role: str, codes: list[str], external_id: str
) -> str:
    """Adds a user; the one-time password, "" with an external id. Raises OperationError."""
    with _writing(settings) as writing:
        try:
            user, one_time = accounts.add_user(
                writing, username, name, role, codes, int(time.time()), external_id
            )
        except accounts.AccountError as error:
            raise OperationError(f"{error}.") from None
        after = {"role": role, "clinics": sorted(codes), "provider": bool(external_id)}
        audit.append(writing, int(time.time()), WHO, "user-add", f"user:{user.username}", None, after)
        return one_time


def reset_user(settings: Settings, username: str) -> str:
    """A new one-time password; password, second factor and sessions end. Raises OperationError."""
    from patient_app.staff.access.session import revoke_all

    with _writing(settings) as writing:
        user = _user(writing, username)
        if user.external_id is not None:
            raise OperationError(f"{user.username} logs in by the provider and has no password here.")
        one_time = accounts.give_one_time_password(user, int(time.time()))
        revoke_all(writing, user.id)
        audit.append(writing, int(time.time()), WHO, "user-reset", f"user:{user.username}")
        return one_time


def disable_user(settings: Settings, username: str) -> None:
    """Shuts a user out and ends the sessions. Raises OperationError."""
    from patient_app.staff.access.session import revoke_all

    with _writing(settings) as writing:
        user = _user(writing, username)
        user.disabled = True
        revoke_all(writing, user.id)
        audit.append(writing, int(time.time()), WHO, "user-disable", f"user:{user.username}")


def enable_user(settings: Settings, username: str) -> None:
    """Lets a user in again who was shut out, with the password and second factor there were. Raises
    OperationError."""
    with _writing(settings) as writing:
        user = _user(writing, username)
        user.disabled = False
        audit.append(writing, int(time.time()), WHO, "user-enable", f"user:{user.username}")


@dataclass(frozen=True)
class Listed:
    """A user as `patient-app user list` prints one."""

    username: str
    name: str
    role: str
    clinics: tuple[str, ...]
    by_provider: bool
    disabled: bool


def list_users(settings: Settings) -> list[Listed]:
    """All users, by user name. Raises OperationError."""
    database = database_of(settings)
    try:
        with database.read() as reading:
            return [
                Listed(
                    user.username,
                    user.name,
                    user.role,
                    tuple(sorted(user.clinic_codes)),
                    user.external_id is not None,
                    user.disabled,
                )
                for user in reading.scalars(select(User).order_by(User.username))
            ]
    except DatabaseDown as error:
        raise OperationError(_down(error)) from error
    finally:
        database.dispose()


def _user(writing: Session, username: str) -> User:
    found = writing.scalars(
        select(User).where(User.username == accounts.normalize_username(username))
    ).first()
    if found is None:
        raise OperationError(f"There is no user {username}.")
    return found


class _writing:
    """A writing session of the settings' database. Raises OperationError when the database is down."""

    def __init__(self, settings: Settings) -> None:
        self._database = database_of(settings)

    def __enter__(self) -> Session:
        try:
            self._context = self._database.write()
            return self._context.__enter__()
        except DatabaseDown as error:
            raise OperationError(_down(error)) from error

    def __exit__(self, *exc: Any) -> None:
        try:
            self._context.__exit__(*exc)
        except DatabaseDown as error:
            raise OperationError(_down(error)) from error
        finally:
            self._database.dispose()


def _down(error: Exception) -> str:
    return f"The staff's database cannot be used: {error}. Start it, or run patient-app migrate."


def verify_audit(settings: Settings, known: dict[int, str] | None = None) -> tuple[int, str, list[str]]:
    """As audit.verify. Raises OperationError."""
    database = database_of(settings)
    try:
        with database.read() as reading:
            return audit.verify(reading, known)
    except DatabaseDown as error:
        raise OperationError(_down(error)) from error
    finally:
        database.dispose()


def backup(settings: Settings, file: Path) -> int:
    """A consistent copy of all that must not be lost, while the service runs; how many rows. Raises
    OperationError."""
    database = database_of(settings)
    tables: dict[str, list[dict[str, Any]]] = {}
    try:
        with database.read() as reading:
            if database.postgres:
                reading.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            for table in Base.metadata.sorted_tables:
                if table.name not in LEFT_OUT:
                    order = list(table.primary_key.columns)
                    tables[table.name] = [
                        dict(row) for row in reading.execute(select(table).order_by(*order)).mappings()
                    ]
    except DatabaseDown as error:
        raise OperationError(_down(error)) from error
    finally:
        database.dispose()
    document = {"format": FORMAT, "schema": HEAD, "checksum": _checksum(tables), "tables": tables}
    data = gzip.compress(json.dumps(document, ensure_ascii=False).encode(), 6)
    try:
        _write_whole(file, data)
    except OSError as error:
        raise OperationError(f"{file} cannot be written: {error.strerror}.") from error
    return sum(len(rows) for rows in tables.values())


def _checksum(tables: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(tables, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _write_whole(file: Path, data: bytes) -> None:
    descriptor, beside = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def restore(settings: Settings, file: Path) -> int:
    """Puts a backup into an empty database, SQLite or PostgreSQL, and publishes its newest version; how many
    rows.

    Raises OperationError: the file is no whole backup, or there is something in the database already.
    """
    try:
        document = json.loads(gzip.decompress(file.read_bytes()))
        tables, checksum, form, schema = (
            document["tables"],
            document["checksum"],
            document["format"],
            document["schema"],
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise OperationError(f"{file.name} is no whole backup of ours ({type(error).__name__}).") from error
    if form != FORMAT or schema > HEAD or _checksum(tables) != checksum:
        raise OperationError(
            f"{file.name} is no whole backup of ours, or of a newer version of this program."
        )
    database = database_of(settings)
    try:
        database.migrate()
        with database.write() as writing:
            if writing.scalar(select(func.count(Version.number))) or writing.scalar(
                select(func.count(User.id))
            ):
                raise OperationError(
                    "There is something in the database already, and a restore never overwrites. "
                    "Move the database file away, or name an empty PostgreSQL database, and restore again."
                )
            for table in Base.metadata.sorted_tables:
                if tables.get(table.name):
                    writing.execute(insert(table), tables[table.name])
            if database.postgres:
                _set_sequences(writing)
            count, _, problems = audit.verify(writing)
            if problems:
                raise OperationError(f"The log of changes in {file.name} is broken: {problems[0]}.")
            audit.append(writing, int(time.time()), WHO, "restore", "database", None, {"lines": count})
        publish.pull(database, published_path(settings))
    except (DatabaseDown, SQLAlchemyError) as error:
        raise OperationError(_down(error)) from error
    finally:
        database.dispose()
    return sum(len(rows) for rows in tables.values())


def _set_sequences(writing: Session) -> None:
    """PostgreSQL counts ids in sequences, which rows that bring their own id do not move."""
    for table in ("users", "recovery_codes"):
        writing.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE((SELECT MAX(id) FROM "
                f"{table}), 0) + 1, false)"
            )
        )


def troubles(settings: Settings, now: datetime.datetime) -> Iterator[str]:
    """Everything that is wrong, or soon will be, one sentence each."""
    path = published_path(settings)
    directory = Directory(0, {}, {})
    try:
        version, body = published.read_published(path)
        directory = build_directory(body, version)
    except ValueError as error:
        yield f"The published file cannot be used: {error}."
    yield from _database_troubles(settings, directory.version)
    yield from _key_troubles(settings.data_dir / KEY_FILE)
    yield from _disk_troubles(settings)
    yield from _certificate_troubles(settings, now)
    for item in validity.due(directory, now.date()):
        yield (
            f"{item.title} ({item.scope}): {'ran out' if item.days < 0 else 'runs out'} {item.date}. "
            f"{item.words}"
        )


def _key_troubles(path: Path) -> Iterator[str]:
    if path.is_file() and path.stat().st_size < KEY_LEAST:
        yield (
            f"{path} is shorter than {KEY_LEAST} bytes and is refused: staff cannot log in. "
            "Put a backup of it back, or take it away and a new one is made."
        )


def _database_troubles(settings: Settings, live: int) -> Iterator[str]:
    database = database_of(settings)
    try:
        if not database.exists:
            yield "There is no staff's database: patient-app migrate makes it."
            return
        with database.read() as reading:
            newest = reading.scalar(select(func.max(Version.number))) or 0
            if newest > live:
                yield (
                    f"Version {newest} is in the database but {live} in the published file: is the service "
                    "running, and the disk writable?"
                )
            if live > newest:
                yield (
                    f"The published file is of version {live}, the database knows {newest}: was an old "
                    "backup restored? Publish once more."
                )
            for problem in audit.verify(reading)[2]:
                yield f"The log of changes: {problem}."
            if not reading.scalar(
                select(func.count(User.id)).where(User.role == ADMIN, User.disabled.is_(False))
            ):
                yield "There is no admin who may log in: patient-app user add NAME --role admin."
            if not reading.scalar(select(func.count(ClinicRow.code))):
                yield "There is no clinic."
    except DatabaseDown as error:
        yield _down(error)
    finally:
        database.dispose()
    if settings.database_url.startswith("postgresql") and not settings.secret_key:
        yield "SECRET_KEY is not set: with more than one node each must have the same."


def _disk_troubles(settings: Settings) -> Iterator[str]:
    try:
        free = shutil.disk_usage(settings.data_dir).free
    except OSError as error:
        yield f"DATA_DIR cannot be used: {error.strerror}."
        return
    if free < LITTLE_DISK:
        yield f"Little room on the disk of DATA_DIR: {free // (1024 * 1024)} MB."


def _certificate_troubles(settings: Settings, now: datetime.datetime) -> Iterator[str]:
    if not settings.tls_certificate:
        return
    try:
        ends = certificates.ends(settings.tls_certificate)
    except ValueError as error:
        yield f"TLS_CERTIFICATE cannot be read ({error})."
        return
    if ends - now < datetime.timedelta(days=CERTIFICATE_DAYS):
        yield f"TLS_CERTIFICATE runs out {ends:%Y-%m-%d}."
