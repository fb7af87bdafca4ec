"""Staff. Publishing: what is in the database becomes a version, and the version becomes the file that
families' pages come from.

The version is committed first; the file follows, written whole or not at all, and only ever by a newer
version. A file that could not be written (full disk, another node) is caught up by a thread within seconds,
never on a request's time.

A large body is stored as what differs from the version before it. The newest KEPT versions keep their bodies;
of older ones stay number, checksum, who, when and what about, and what each place said then is in the log of
changes.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from patient_app.clinics import directory, published
from patient_app.clinics.fixed import Fixed, dumps, fixed, read_body
from patient_app.problem import ProfileError
from patient_app.staff.content import audit
from patient_app.staff.content.clinics import (
    Entry,
    Target,
    as_json,
    body_with,
    entry_in,
    entry_of,
    put,
    row_of,
)
from patient_app.staff.database import Database, DatabaseDown
from patient_app.staff.models import AuditEntry, Version
from patient_app.web.logs import LOGGER

WHOLE_UP_TO = 256 * 1024  # characters; a smaller body is stored whole, and an older program can read it
_DIFFERENCE = '{"base":'
LONGEST_CHAIN = 100  # differences on top of each other; then a body is stored whole again
KEPT = 500  # versions that keep their bodies
PULL_EVERY = 4.0  # seconds; another node's version is here within ten, with the two of published.LOOK_EVERY


def newest(reading: Session) -> tuple[int, dict[str, Any]]:
    """Number and body of the newest version; (0, empty) when nothing was ever published."""
    number = reading.scalar(select(func.max(Version.number))) or 0
    return number, version(reading, number) or {"regions": {}, "clinics": []}


def version(reading: Session, number: int) -> dict[str, Any] | None:
    """The body of that version, or None when there is none or it is kept no more."""
    checksum = reading.scalar(select(Version.checksum).where(Version.number == number))
    if checksum is None:
        return None
    body = _memory.find(checksum)
    if body is None:
        body = _read(reading, number)
        if body is not None:
            _memory.keep(checksum, body)
    return body


def _read(reading: Session, number: int) -> dict[str, Any] | None:
    """The body of a version from the database: what was stored whole, and the differences since."""
    changes: list[dict[str, Any]] = []
    while True:
        row = reading.execute(
            select(Version.body, Version.checksum).where(Version.number == number)
        ).one_or_none()
        body = _memory.find(row.checksum) if row is not None else None
        if body is None:
            if row is None or not row.body:
                return None
            stored = read_body(row.body) or dict(json.loads(row.body))
            if "base" in stored:
                changes.append(stored)
                number = stored["base"]
                continue
            body = stored
        for change in reversed(changes):
            body = apply(body, change)
        return body


class _Memory:
    """The bodies read last, by checksum: with ten thousand clinics one takes a third of a second to read.
    They are shared, and nobody changes them (fixed.py)."""

    def __init__(self, most: int = 3) -> None:
        self._bodies: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def find(self, checksum: str) -> dict[str, Any] | None:
        with self._lock:
            if checksum in self._bodies:
                self._bodies.move_to_end(checksum)
            return self._bodies.get(checksum)

    def keep(self, checksum: str, body: dict[str, Any]) -> None:
        with self._lock:
            self._bodies[checksum] = body
            self._bodies.move_to_end(checksum)
            while len(self._bodies) > self._most:
                self._bodies.popitem(last=False)


_memory = _Memory()


def entry_at(reading: Session, target: Target, number: int) -> Entry | None:
    """What a place said in a version that changed it: from the log of changes, which keeps it for ever, else
    from the version's body."""
    query = select(AuditEntry.after).where(
        AuditEntry.target == str(target), AuditEntry.after.contains(f'"version": {number}')
    )
    for text in reading.scalars(query):
        entry = dict(json.loads(text))
        if entry.pop("version", None) == number and "settings" in entry:
            return entry
    return entry_in(version(reading, number) or {}, target)


def difference(base: Mapping[str, Any], body: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Pure. What one must do to the body of version `number` to have the other: entries by key, None for
    those that went."""
    old = {clinic["code"]: clinic for clinic in base["clinics"]}
    new = {clinic["code"]: clinic for clinic in body["clinics"]}
    return {
        "base": number,
        "depth": 1,
        "regions": _changes(base["regions"], body["regions"]),
        "clinics": _changes(old, new),
    }


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    changed = {
        key: entry for key, entry in new.items() if old.get(key) is not entry and old.get(key) != entry
    }
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
    """The text to store: a small body whole, a large one as what differs from the version before it, while
    that saves most of it and few differences lie on top of each other."""
    number, base = newest(writing)
    if len(text) < WHOLE_UP_TO or not base["clinics"]:
        return text
    start = writing.scalar(select(func.substr(Version.body, 1, 60)).where(Version.number == number)) or ""
    found = re.search(r'"depth":(\d+)', start)
    depth = int(found[1]) if found else 0
    if depth >= LONGEST_CHAIN:
        return text
    made = {**difference(base, body, number), "depth": depth + 1}
    short = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return short if len(short) < len(text) / 4 else text


def _let_go(writing: Session, newest_number: int) -> None:
    """Old versions lose their bodies, but for those that a body we keep is made of."""
    oldest = writing.scalar(
        select(Version.number)
        .where(Version.number <= newest_number)
        .order_by(Version.number.desc())
        .offset(KEPT - 1)
        .limit(1)
    )
    if oldest is None:
        return
    begins = func.substr(Version.body, 1, len(_DIFFERENCE))
    whole = writing.scalar(
        select(Version.number)
        .where(Version.number <= oldest, begins.not_in(("", _DIFFERENCE)))
        .order_by(Version.number.desc())
        .limit(1)
    )
    if whole is not None:
        old = (Version.number < whole, func.substr(Version.body, 1, 1) != "")
        writing.execute(update(Version).where(*old).values(body=""))


def add_version(
    writing: Session, body: Mapping[str, Any], targets: list[Target], who: str, now: int, floor: int = 0
) -> int:
    """A new version of that body; its number, above `floor`. Raises ProfileError when families could not be
    shown it."""
    number = max(writing.scalar(select(func.max(Version.number))) or 0, floor) + 1
    # Clinics that did not change are the same objects as before, and are neither read nor built anew.
    kept = {
        "regions": body.get("regions", {}),
        "clinics": [_as_it_stays(clinic) for clinic in body.get("clinics", [])],
    }
    directory.build_directory(kept, number)
    text = published.canonical(kept).decode()
    checksum = hashlib.sha256(text.encode()).hexdigest()
    writing.add(
        Version(
            number=number,
            body=_as_stored(writing, kept, text),
            checksum=checksum,
            published_at=now,
            who=who,
            targets=" " + " ".join(map(str, targets)) + " ",
        )
    )
    writing.flush()
    _memory.keep(checksum, kept)
    _let_go(writing, number)
    return number


def _as_it_stays(clinic: Any) -> Any:
    if isinstance(clinic, Fixed) or not isinstance(clinic, Mapping):
        return clinic
    return fixed(json.loads(dumps(clinic)))


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
        try:
            number, body = published.read_published(path)
        except published.PublishedFileError:
            number, body = 0, directory.shipped_body()
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


def halves(path: Path) -> list[Path]:
    """What processes that were killed while they wrote have left beside the file; only told apart from one
    being written by the lock."""
    return [beside for beside in path.parent.glob(f".{path.name}.*") if beside.suffix != ".lock"]


def write_file(path: Path, number: int, body: Mapping[str, Any]) -> bool:
    """Writes a version as the published file unless that is as new already. Raises OSError or ProfileError;
    then the old stays."""
    with _one_at_a_time(path):
        if published.version_of(path) >= number:
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
        if number <= published.version_of(path):
            return False
        number, body = newest(reading)
    return write_file(path, number, body)


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
