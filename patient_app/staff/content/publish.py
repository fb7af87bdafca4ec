"""Staff. Publishing: what is in the database becomes a version, and the version becomes the file that
families' pages come from.

The version is committed first; the file follows, written whole or not at all, and only ever by a newer
version. A file that could not be written (full disk, another node) is caught up by a thread within seconds,
never on a request's time.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from patient_app.clinics import directory, published
from patient_app.clinics.settings import ProfileError
from patient_app.staff.content import audit
from patient_app.staff.content.clinics import Target, as_json, body_with, entry_in, entry_of, put, row_of
from patient_app.staff.database import Database, DatabaseDown
from patient_app.staff.models import Version
from patient_app.web.logs import LOGGER

WHOLE_UP_TO = 256 * 1024  # characters; a smaller body is stored whole, and an older program can read it
_DIFFERENCE = '{"base":'
PULL_EVERY = 4.0  # seconds; another node's version is here within ten, with the two of published.LOOK_EVERY


def newest(reading: Session) -> tuple[int, dict[str, Any]]:
    """Number and body of the newest version; (0, empty) when nothing was ever published."""
    number = reading.scalar(select(func.max(Version.number))) or 0
    return number, version(reading, number) or {"regions": {}, "clinics": []}


def version(reading: Session, number: int) -> dict[str, Any] | None:
    """The body of that version, or None. A large one may be stored as what differs from an earlier one."""
    text = reading.scalar(select(Version.body).where(Version.number == number))
    if text is None:
        return None
    stored = dict(json.loads(text))
    if "base" not in stored:
        return stored
    base = reading.scalar(select(Version.body).where(Version.number == stored["base"]))
    return None if base is None else apply(json.loads(base), stored)


def difference(base: Mapping[str, Any], body: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Pure. What one must do to the body of version `number` to have the other: entries by key, None for
    those that went."""
    old = {clinic["code"]: clinic for clinic in base["clinics"]}
    new = {clinic["code"]: clinic for clinic in body["clinics"]}
    return {
        "base": number,
        "regions": _changes(base["regions"], body["regions"]),
        "clinics": _changes(old, new),
    }


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    changed = {key: entry for key, entry in new.items() if old.get(key) != entry}
    return {**changed, **{key: None for key in old if key not in new}}


def apply(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Pure. The body that `difference` was made of; its clinics in the base's order, new ones last."""
    regions = {**base["regions"], **changes["regions"]}
    clinics = {**{clinic["code"]: clinic for clinic in base["clinics"]}, **changes["clinics"]}
    return {
        "regions": {key: entry for key, entry in regions.items() if entry is not None},
        "clinics": [entry for entry in clinics.values() if entry is not None],
    }


def _as_stored(writing: Session, body: Mapping[str, Any], text: str) -> str:
    """The text to store: a small body whole, a large one as what differs from the last one stored whole,
    while that saves most of it."""
    if len(text) < WHOLE_UP_TO:
        return text
    whole = select(func.max(Version.number)).where(~Version.body.startswith(_DIFFERENCE))
    number = writing.scalar(whole) or 0
    base = version(writing, number)
    if base is None:
        return text
    made = json.dumps(difference(base, body, number), ensure_ascii=False, separators=(",", ":"))
    return made if made.startswith(_DIFFERENCE) and len(made) < len(text) / 4 else text


def add_version(
    writing: Session, body: Mapping[str, Any], targets: list[Target], who: str, now: int, floor: int = 0
) -> int:
    """A new version of that body; its number, above `floor`. Raises ProfileError when families could not be
    shown it."""
    number = max(writing.scalar(select(func.max(Version.number))) or 0, floor) + 1
    directory.build_directory(body, number)
    text = published.canonical(body).decode()
    writing.add(
        Version(
            number=number,
            body=_as_stored(writing, body, text),
            checksum=hashlib.sha256(text.encode()).hexdigest(),
            published_at=now,
            who=who,
            targets=" " + " ".join(map(str, targets)) + " ",
        )
    )
    writing.flush()
    return number


def publish(writing: Session, target: Target, who: str, now: int, floor: int = 0) -> int:
    """Publishes the target's draft, and nobody else's: the new version's number. Raises ProfileError or
    LookupError.

    `floor` is the version in this node's file: after an old backup was restored the file may be ahead of the
    database.
    """
    row = row_of(writing, target)
    if row is None:
        raise LookupError(str(target))
    entry = entry_of(row)
    _, body = newest(writing)
    body = _with_region(writing, body, target, entry)
    before = entry_in(body, target)
    number = add_version(writing, body_with(body, target, entry), [target], who, now, floor)
    row.changed = 0
    audit.append(writing, now, who, "publish", str(target), before, {**entry, "version": number})
    return number


def _with_region(
    writing: Session, body: dict[str, Any], target: Target, entry: dict[str, Any]
) -> dict[str, Any]:
    """A clinic in a region that was never published takes the region along: without it nobody could read the
    clinic."""
    key = entry.get("region", "") if target.kind == "clinics" else ""
    if key and key not in body.get("regions", {}):
        region = row_of(writing, Target("regions", key))
        if region is not None:
            return body_with(body, Target("regions", key), entry_of(region))
    return body


def take_in(
    writing: Session, body: Mapping[str, Any], who: str, now: int, action: str = "import", floor: int = 0
) -> int:
    """Merges a body into drafts and newest version, whole or not at all: the new version's number. Raises
    ProfileError."""
    body = as_json(body)
    _, old = newest(writing)
    merged = directory.merge(old, body)
    targets = [Target("regions", key) for key in body.get("regions", {})] + [
        Target("clinics", raw.get("code", "?")) for raw in body.get("clinics", [])
    ]
    number = add_version(writing, merged, targets, who, now, floor)
    for target in targets:
        entry = entry_in(merged, target)
        if entry is None:
            continue
        row = row_of(writing, target)
        before = entry_of(row) if row is not None else None
        put(writing, target, entry, changed=0)
        if before != entry:
            audit.append(writing, now, who, action, str(target), before, {**entry, "version": number})
    return number


def seed(database: Database, path: Path, now: int) -> int:
    """First start: what is published already, else the shipped clinics, becomes the first version. 0 when
    there is one."""
    with database.write() as writing:
        if newest(writing)[0]:
            return 0
        number = 0
        body: dict[str, Any] = {"regions": {}, "clinics": []}
        try:
            number, body = published.read_published(path)
        except published.PublishedFileError:
            for shipped in directory.shipped_bodies():
                body = directory.merge(body, shipped)
        return take_in(writing, body, "patient-app", now, action="seed", floor=max(0, number - 1))


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def file_version(path: Path) -> int:
    """The version in the published file, 0 when it is missing or broken."""
    try:
        return published.read_published(path)[0]
    except published.PublishedFileError:
        return 0


def halves(path: Path) -> list[Path]:
    """What processes that were killed while they wrote have left beside the file; only told apart from one
    being written by the lock."""
    return [beside for beside in path.parent.glob(f".{path.name}.*") if beside.suffix != ".lock"]


def write_file(path: Path, number: int, body: Mapping[str, Any]) -> bool:
    """Writes a version as the published file unless that is as new already. Raises OSError or ProfileError;
    then the old stays."""
    with _one_at_a_time(path):
        if _known_version(path) >= number:
            return False
        for half in halves(path):
            half.unlink(missing_ok=True)
        published.write_published(path, body, number)
        return True


def pull(database: Database, path: Path) -> bool:
    """Brings the newest version into this node's file. True when it did. Raises DatabaseDown, OSError or
    ProfileError."""
    with database.read() as reading:
        number = reading.scalar(select(func.max(Version.number))) or 0
        if number <= _known_version(path):
            return False
        number, body = newest(reading)
    return write_file(path, number, body)


_seen: dict[Path, tuple[tuple[int, int, int], int]] = {}


def _known_version(path: Path) -> int:
    """As file_version, read again only when the file changed."""
    try:
        status = path.stat()
    except OSError:
        return 0
    identity = (status.st_mtime_ns, status.st_size, status.st_ino)
    if _seen.get(path, (None, 0))[0] != identity:
        _seen[path] = (identity, file_version(path))
    return _seen[path][1]


class Puller:
    """The thread that keeps this node's file as new as the database. It says a trouble once and goes on
    trying."""

    def __init__(self, database: Database, path: Path, every: float = PULL_EVERY) -> None:
        self._database, self._path, self._every = database, path, every
        self._said = ""
        self.stopped = threading.Event()

    def start(self) -> None:
        """Begins; the thread ends with the process."""
        threading.Thread(target=self._run, name="publish", daemon=True).start()

    def _run(self) -> None:
        while not self.stopped.wait(self._every):
            if not self._database.exists:
                continue
            try:
                pull(self._database, self._path)
                self._said = ""
            except (DatabaseDown, OSError, ProfileError) as error:
                if self._said != type(error).__name__:
                    self._said = type(error).__name__
                    LOGGER.error(
                        "publish", extra={"event": f"{self._said}: the published file stays as it is for now"}
                    )
