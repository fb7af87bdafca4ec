"""Staff. The tables: users and their sessions, clinics and regions being edited, published versions, the log
of changes.

Nothing about any family stands in any of them. Times are whole seconds since 1970, UTC.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share: names of constraints that are the same on SQLite and PostgreSQL."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {int: BigInteger().with_variant(Integer, "sqlite"), dict[str, Any]: JSON}


class User(Base):
    """Someone who may log in. `username` is kept in small letters; `state` is setup until password and second
    factor are chosen."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    one_time_until: Mapped[int | None]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_last_step: Mapped[int | None]
    external_id: Mapped[str | None] = mapped_column(String(255), unique=True)
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[int]
    clinics: Mapped[list["UserClinic"]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    recovery_codes: Mapped[list["RecoveryCode"]] = relationship(cascade="all, delete-orphan")

    @property
    def clinic_codes(self) -> frozenset[str]:
        """The clinics an editor may change."""
        return frozenset(row.clinic_code for row in self.clinics)


class UserClinic(Base):
    """An editor's clinic."""

    __tablename__ = "user_clinics"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    clinic_code: Mapped[str] = mapped_column(ForeignKey("clinics.code", ondelete="CASCADE"), primary_key=True)


class RecoveryCode(Base):
    """One way in when the phone with the second factor is lost; the row goes when it is used."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))


class StaffSessionRow(Base):
    """A session: known by the hash of its token, so that reading the table gives nobody a way in."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    data: Mapped[dict[str, Any]]
    created_at: Mapped[int]
    seen_at: Mapped[int] = mapped_column(index=True)


class Throttle(Base):
    """Wrong log-ins by account, address or both, as keyed hashes, for 24 hours."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[int] = mapped_column(index=True)


class RegionRow(Base):
    """A region as it is being edited."""

    __tablename__ = "regions"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    settings: Mapped[dict[str, Any]]
    changed: Mapped[int] = mapped_column(default=0)


class ClinicRow(Base):
    """A clinic as it is being edited; families read the published version."""

    __tablename__ = "clinics"

    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    region_key: Mapped[str | None] = mapped_column(ForeignKey("regions.key"))
    retired: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]]
    changed: Mapped[int] = mapped_column(default=0)


class Version(Base):
    """One published version: the whole body as families got it. Rows are never changed."""

    __tablename__ = "versions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    checksum: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[int]
    who: Mapped[str] = mapped_column(String(64))
    targets: Mapped[str] = mapped_column(Text)


class AuditEntry(Base):
    """One line of the log of changes: append-only (a trigger refuses the rest), each with the hash of the one
    before."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("hash"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(80), index=True)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
