"""The trail and the words beside it are only added to; words may be erased, never changed.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

REFUSED = (("trail", "UPDATE"), ("trail", "DELETE"), ("trail_words", "UPDATE"))


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, act in REFUSED:
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the trail is only added to'; END $$"
    )
    for table, act in REFUSED:
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION only_added_to()"
        )
    op.execute(
        "CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act in REFUSED:
        op.execute(
            f"DROP TRIGGER {table}_no_{act.lower()}" + ("" if sqlite else f" ON {table}")
        )
    if not sqlite:
        op.execute("DROP TRIGGER trail_no_truncate ON trail")
        op.execute("DROP FUNCTION only_added_to()")
