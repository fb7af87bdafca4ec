"""The staff room: users, sessions, clinics, versions, the log of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _named(kind: str, *parts: str) -> str:
    return op.f("_".join((kind, *parts)))


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("one_time_until", WHOLE),
        sa.Column("totp_secret", sa.String(64)),
        sa.Column("totp_last_step", WHOLE),
        sa.Column("external_id", sa.String(255)),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=_named("pk", "users")),
        sa.UniqueConstraint("username", name=_named("uq", "users", "username")),
        sa.UniqueConstraint("external_id", name=_named("uq", "users", "external_id")),
    )
    op.create_table(
        "regions",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("changed", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("key", name=_named("pk", "regions")),
    )
    op.create_table(
        "clinics",
        sa.Column("code", sa.String(4), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("region_key", sa.String(32)),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("changed", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("code", name=_named("pk", "clinics")),
        sa.ForeignKeyConstraint(["region_key"], ["regions.key"], name=_named("fk", "clinics", "region_key")),
    )
    op.create_table(
        "user_clinics",
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("clinic_code", sa.String(4), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "clinic_code", name=_named("pk", "user_clinics")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=_named("fk", "user_clinics", "user_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_code"],
            ["clinics.code"],
            name=_named("fk", "user_clinics", "clinic_code"),
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=_named("pk", "recovery_codes")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=_named("fk", "recovery_codes", "user_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(_named("ix", "recovery_codes", "user_id"), "recovery_codes", ["user_id"])
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", WHOLE),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.Column("seen_at", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=_named("pk", "sessions")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=_named("fk", "sessions", "user_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(_named("ix", "sessions", "user_id"), "sessions", ["user_id"])
    op.create_index(_named("ix", "sessions", "seen_at"), "sessions", ["seen_at"])
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", WHOLE, nullable=False),
        sa.Column("last_at", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("key", name=_named("pk", "throttle")),
    )
    op.create_index(_named("ix", "throttle", "last_at"), "throttle", ["last_at"])
    op.create_table(
        "versions",
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("published_at", WHOLE, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=_named("pk", "versions")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("target", sa.String(80), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=_named("pk", "audit")),
        sa.UniqueConstraint("hash", name=_named("uq", "audit", "hash")),
    )
    op.create_index(_named("ix", "audit", "target"), "audit", ["target"])
    _append_only("audit")
    _append_only("versions")


def _append_only(table: str) -> None:
    """A trigger that refuses to change or take away what was once written."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )
