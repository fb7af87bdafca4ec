"""Staff. The database: SQLite in DATA_DIR, or PostgreSQL by DATABASE_URL. Gone or hanging is said within two
seconds.

Nothing here creates a database but `migrate`: SQLite is opened with mode=rw, so a file that was moved away is
missed and not replaced by an empty one. Each use looks at the file, or at the server, again, so what comes
back heals without a restart.
"""

import concurrent.futures
import contextlib
import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from patient_app.paths import MIGRATIONS
from patient_app.settings import Settings
from patient_app.web.logs import LOGGER

FILE = "redo.sqlite"
HEAD = "0002"
WRITER_LOCK = 7_370_001  # our numbers among PostgreSQL's advisory locks
MIGRATION_LOCK = 7_370_002
LOG_ENDS = "log-ends"  # in a session's info: number and hash of the last line it wrote in the log of changes
PATIENCE = 1.5  # seconds one request may wait for PostgreSQL in all; staff must have an answer within two
CONNECT_WITHIN = 0.7
# after no answer: this long every request is told so at once, so that hanging ones do not fill the threads
REST = 1.0

_patience = threading.local()


class DatabaseDown(Exception):
    """The staff's database is not there, does not answer, cannot be written, or has another schema than this
    program."""


def _left() -> float:
    return float(getattr(_patience, "left", 60.0))


class Database:
    """The staff's database by Settings; `read()` and `write()` give SQLAlchemy sessions in one transaction
    each."""

    def __init__(self, settings: Settings, patience: float = PATIENCE) -> None:
        self.data_dir = settings.data_dir
        self.url = settings.database_url
        self.postgres = self.url.startswith("postgresql")
        self.path = (
            Path(make_url(self.url).database or "")
            if self.url.startswith("sqlite")
            else settings.data_dir / FILE
        )
        self._patience = patience
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._identity: tuple[int, int] | None = None
        self._schema_seen = False
        self._rest_until = 0.0

    @property
    def exists(self) -> bool:
        """True when there is a database to use: PostgreSQL is named, or the SQLite file is there."""
        return self.postgres or self.path.is_file()

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads. Raises DatabaseDown."""
        with self._session({}) as session:
            yield session

    @contextlib.contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end; one writer at a time. Raises
        DatabaseDown."""
        with self._session({"writes": True}) as session:
            if self.postgres:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
            yield session
        if LOG_ENDS in session.info:
            # Whoever owns the database could cut the end of the log of changes off; he does not own this one.
            LOGGER.info("log of changes", extra={"event": session.info[LOG_ENDS]})

    @contextlib.contextmanager
    def _session(self, options: dict[str, Any]) -> Iterator[Session]:
        _patience.left = self._patience
        try:
            engine = self._ready_engine().execution_options(**options)
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (IntegrityError, DataError):
            raise
        except (DBAPIError, PoolTimeout, OSError) as error:
            self._note(error)
            raise DatabaseDown(type(error).__name__) from error
        finally:
            _patience.left = 60.0

    def _note(self, error: Exception) -> None:
        no_answer = self.postgres and getattr(getattr(error, "orig", None), "sqlstate", None) is None
        if no_answer:
            self._rest_until = time.monotonic() + REST
        LOGGER.error("staff database", extra={"event": type(getattr(error, "orig", None) or error).__name__})

    def _ready_engine(self) -> Engine:
        if time.monotonic() < self._rest_until:
            raise DatabaseDown("resting")
        if not self.postgres:
            self._see_file()
        with self._lock:
            if self._engine is None:
                self._engine = _postgres_engine(self.url) if self.postgres else _sqlite_engine(self.path)
            engine = self._engine
        if not self._schema_seen:
            with engine.connect() as connection:
                found = schema_version(connection)
            if found < HEAD:
                raise DatabaseDown("the schema is older than the program: run patient-app migrate")
            self._schema_seen = True
        return engine

    def _see_file(self) -> None:
        try:
            status = self.path.stat()
        except OSError as error:
            self.dispose()
            raise DatabaseDown("the file is gone") from error
        identity = (status.st_dev, status.st_ino)
        if identity != self._identity:
            self.dispose()
            self._identity = identity

    def dispose(self) -> None:
        """Lets go of every connection."""
        with self._lock:
            engine, self._engine, self._identity, self._schema_seen = self._engine, None, None, False
        if engine is not None:
            engine.dispose()

    def answers(self) -> bool:
        """True when the database is there and its schema is ours (readiness)."""
        try:
            with self.read() as session:
                session.execute(text("SELECT 1"))
        except DatabaseDown:
            return False
        return True

    def migrate(self) -> bool:
        """Brings the schema up to date, one process at a time; makes the SQLite file. True when anything was
        done.

        Raises DatabaseDown when the server does not answer.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.postgres:
            engine = _postgres_engine(self.url)
            lock: Any = contextlib.nullcontext()
        else:
            lock = _file_lock(self.path.with_name(self.path.name + ".lock"))
            if not self.path.exists():  # its -wal and -shm take its mode
                os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
            self.path.chmod(0o600)
            engine = _sqlite_engine(self.path, create=True)
        try:
            with lock, engine.connect() as connection:
                return _upgrade(connection, self.postgres)
        except DBAPIError as error:
            raise DatabaseDown(type(error.orig or error).__name__) from error
        finally:
            engine.dispose()
            self.dispose()


def schema_version(connection: Connection) -> str:
    """The schema's number, "" for an empty database."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _upgrade(connection: Connection, postgres: bool) -> bool:
    if postgres:
        connection.execute(text("SET lock_timeout = '60s'"))
        connection.execute(text("SET statement_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
    try:
        before = schema_version(connection)
        connection.rollback()
        if before >= HEAD:
            return False
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return True
    finally:
        if postgres:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
            connection.commit()


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sqlite_engine(path: Path, create: bool = False) -> Engine:
    def connect() -> sqlite3.Connection:
        mode = "rwc" if create else "rw"
        connection = sqlite3.connect(
            f"file:{_quoted(path)}?mode={mode}",
            uri=True,
            timeout=1.2,
            isolation_level=None,
            check_same_thread=False,
        )
        # SQLite's own folds a–z only, and the log of changes is searched for «Ängelholm».
        connection.create_function("lower", 1, _lower, deterministic=True)
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=12, pool_timeout=1
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once, so that what it read is still so when it writes.
        connection.exec_driver_sql(
            "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
        )

    return engine


def _lower(value: str | None) -> str | None:
    return None if value is None else str(value).lower()


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _postgres_engine(url: str) -> Engine:
    import psycopg

    class PatientConnection(psycopg.Connection[Any]):
        """A connection that stops waiting when the request's patience is at an end: a server that hangs
        answers nothing."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            left = _left()
            started = time.monotonic()
            try:
                return super().wait(gen, interval, max(0.0, left) if timeout is None else min(timeout, left))
            except psycopg.OperationalError as error:
                if error.sqlstate is None:
                    self.pgconn.finish()
                raise psycopg.OperationalError("no answer in time") from error
            finally:
                _patience.left = left - (time.monotonic() - started)

    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    limits = "-c statement_timeout=1500 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=10000"
    # libpq waits two seconds at least for a server that hangs, which is all the time we have: another thread
    # does the waiting.
    dialler = concurrent.futures.ThreadPoolExecutor(4, "staff-database")

    def connect() -> Any:
        dialled = dialler.submit(PatientConnection.connect, plain, connect_timeout=2, options=limits)
        started = time.monotonic()
        try:
            return dialled.result(max(0.0, min(CONNECT_WITHIN, _left())))
        except concurrent.futures.TimeoutError:
            dialled.add_done_callback(_hang_up)
            raise psycopg.OperationalError("no connection in time") from None
        finally:
            _patience.left = _left() - (time.monotonic() - started)

    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=12,
        pool_timeout=1,
        pool_recycle=1800,
    )


def _hang_up(dialled: "concurrent.futures.Future[Any]") -> None:
    if not dialled.cancelled() and dialled.exception() is None:
        dialled.result().close()
