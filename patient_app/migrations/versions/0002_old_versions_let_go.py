"""Old published versions may lose their bodies, and nothing else of a version may ever change."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OTHERS = ("number", "checksum", "published_at", "who", "targets")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in OTHERS)
        op.execute("DROP TRIGGER versions_no_update")
        op.execute(
            f"CREATE TRIGGER versions_no_update BEFORE UPDATE ON versions WHEN NEW.body <> '' OR {changed} "
            "BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END"
        )
        return
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in OTHERS)
    op.execute("DROP TRIGGER versions_append_only ON versions")
    op.execute(
        "CREATE TRIGGER versions_append_only BEFORE DELETE OR TRUNCATE ON versions "
        "FOR EACH STATEMENT EXECUTE FUNCTION versions_append_only()"
    )
    op.execute(
        "CREATE FUNCTION versions_only_let_go() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NEW.body <> '' OR {changed} THEN RAISE EXCEPTION 'versions is append-only'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER versions_only_let_go BEFORE UPDATE ON versions "
        "FOR EACH ROW EXECUTE FUNCTION versions_only_let_go()"
    )
