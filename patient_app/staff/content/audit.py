"""Staff. The log of changes: who, when, what, before and after. Append-only, each line holding the hash of
the one before.

Order is by sequence, never by clock. `verify` finds a line that was changed, taken out or put in. A tail that
was cut off, or a whole log made anew, is found by a line whose hash is known from elsewhere: every hash is
said in the service's log once its line is committed, and `patient-app audit verify --known LINE:HASH` looks
for it.
"""

import csv
import datetime
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import desc, func, or_, select
from sqlalchemy.orm import Session

from patient_app.staff.database import LOG_ENDS
from patient_app.staff.models import AuditEntry

GENESIS = "0" * 64
FIELDS = ("seq", "at", "who", "action", "target", "before", "after", "previous")
PAGE = 100
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def as_text(value: Any) -> str:
    """A value as the log keeps it: JSON with sorted keys, "" for nothing."""
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over everything the line says and the hash of the line before it."""
    said = json.dumps([getattr(entry, name) for name in FIELDS], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def append(
    writing: Session, now: int, who: str, action: str, target: str, before: Any = None, after: Any = None
) -> AuditEntry:
    """Adds one line in the transaction of the change it tells of; `writing` comes from Database.write()."""
    writing.flush()
    last = writing.scalars(select(AuditEntry).order_by(desc(AuditEntry.seq)).limit(1)).first()
    entry = AuditEntry(
        seq=last.seq + 1 if last else 1,
        at=datetime.datetime.fromtimestamp(now, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        who=who,
        action=action,
        target=target,
        before=as_text(before),
        after=as_text(after),
        previous=last.hash if last else GENESIS,
        hash="",
    )
    entry.hash = entry_hash(entry)
    writing.add(entry)
    writing.flush()
    writing.info[LOG_ENDS] = f"line {entry.seq}, hash {entry.hash}"
    return entry


def verify(reading: Session, known: Mapping[int, str] | None = None) -> tuple[int, str, list[str]]:
    """How many lines there are, the last hash, and what is wrong with them (nothing when the list is
    empty). `known` are hashes that lines had, as the service's log tells them."""
    missing = dict(known or {})
    problems: list[str] = []
    previous, count = GENESIS, 0
    for entry in reading.scalars(
        select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=500)
    ):
        count += 1
        if entry.seq != count:
            problems.append(f"line {count} is missing: the next one there is {entry.seq}")
            count = entry.seq
        if entry.previous != previous:
            problems.append(f"line {entry.seq} does not follow the line before it")
        if entry_hash(entry) != entry.hash:
            problems.append(f"line {entry.seq} was changed")
        if missing.pop(entry.seq, entry.hash) != entry.hash:
            problems.append(f"line {entry.seq} is not the one that was written: its hash was another")
        previous = entry.hash
    problems += [f"line {seq} was written, and is not there: the end was cut off" for seq in sorted(missing)]
    return count, previous, problems


def search(
    reading: Session,
    words: str = "",
    targets: Iterable[str] | None = None,
    before_seq: int = 0,
    limit: int = PAGE,
) -> Sequence[AuditEntry]:
    """The newest lines that hold every one of the words (in who, what or about what), of those targets only
    when given."""
    query = select(AuditEntry).order_by(desc(AuditEntry.seq)).limit(limit)
    for word in words.split()[:8]:
        like = "%" + word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        columns = (
            AuditEntry.who,
            AuditEntry.action,
            AuditEntry.target,
            AuditEntry.at,
            AuditEntry.before,
            AuditEntry.after,
        )
        query = query.where(or_(*(func.lower(column).like(like, escape="\\") for column in columns)))
    if targets is not None:
        query = query.where(AuditEntry.target.in_(list(targets)))
    if before_seq:
        query = query.where(AuditEntry.seq < before_seq)
    return reading.scalars(query).all()


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: what could start one gets an apostrophe before it."""
    text = str(value)
    return "'" + text if text.lstrip(" \u00a0\u200b\ufeff")[:1] in _RISKY or text[:1] in _RISKY else text


def as_csv(entries: Iterable[AuditEntry]) -> str:
    """The lines as CSV (RFC 4180), every cell quoted and safe for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    names = (*FIELDS, "hash")
    writer.writerow(names)
    for entry in entries:
        writer.writerow([safe_cell(getattr(entry, name)) for name in names])
    return out.getvalue()
