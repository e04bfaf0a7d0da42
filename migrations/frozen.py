"""Triggers that keep frozen rows as they are, on SQLite and PostgreSQL.

A frozen table refuses UPDATE of its frozen columns and DELETE of a row that no
`disposal_item` names. Batch migrations on SQLite rebuild a table and drop its triggers: call
`freeze` again at the end of such a migration.
"""

from alembic import op


def freeze(table: str, columns: tuple[str, ...] = ()) -> None:
    """Make the triggers of `table`; no columns means that no column may change."""
    of = f" OF {', '.join(columns)}" if columns else ""
    named = (
        "EXISTS (SELECT 1 FROM disposal_item WHERE disposal_item.table_name = "  # noqa: S608
        f"'{table}' AND disposal_item.row_id = OLD.id)"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER frozen_update_{table} BEFORE UPDATE{of} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
        )
        op.execute(
            f"CREATE TRIGGER frozen_delete_{table} BEFORE DELETE ON {table} "
            f"WHEN NOT {named} BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION refuse_{table}() RETURNS trigger AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF {named} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{table} is frozen' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER frozen_update_{table} BEFORE UPDATE{of} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_{table}()"
    )
    op.execute(
        f"CREATE TRIGGER frozen_delete_{table} BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_{table}()"
    )
    op.execute(
        f"CREATE TRIGGER frozen_truncate_{table} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_{table}()"
    )


def thaw(table: str) -> None:
    """Drop the triggers of `table`, for a downgrade or before a batch migration."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER IF EXISTS frozen_update_{table}")
        op.execute(f"DROP TRIGGER IF EXISTS frozen_delete_{table}")
        return
    op.execute(f"DROP TRIGGER IF EXISTS frozen_update_{table} ON {table}")
    op.execute(f"DROP TRIGGER IF EXISTS frozen_delete_{table} ON {table}")
    op.execute(f"DROP TRIGGER IF EXISTS frozen_truncate_{table} ON {table}")
    op.execute(f"DROP FUNCTION IF EXISTS refuse_{table}()")
