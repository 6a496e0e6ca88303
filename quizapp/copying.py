"""Copying: every row of one database into another that is empty, whichever of the two kinds they are."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, insert, select, text

from quizapp.models.base import Base

_AT_ONCE = 1000  # rows that are held in memory


class NotEmptyError(Exception):
    """The database to copy into holds rows already; its message names a table."""


def copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Copy all rows in the order in which tables refer to each other; answers how many of each table.

    Both connections are in transactions of the caller's, so that the copy is of one moment and arrives whole or
    not at all. Raises NotEmptyError where the target holds anything.
    """
    for table in Base.metadata.sorted_tables:
        if target.execute(select(table).limit(1)).first() is not None:
            raise NotEmptyError(table.name)
    return {table.name: _copy(table, source, target) for table in Base.metadata.sorted_tables}


def _copy(table: Table, source: Connection, target: Connection) -> int:
    count = 0
    rows = source.execute(select(table).execution_options(yield_per=_AT_ONCE)).mappings()
    for batch in rows.partitions():
        target.execute(insert(table), [dict(row) for row in batch])
        count += len(batch)
    _count_on(table, target)
    return count


def _count_on(table: Table, target: Connection) -> None:
    """PostgreSQL numbers new rows by counters of its own, which explicit numbers do not move."""
    column = table.autoincrement_column
    if column is None or target.dialect.name != "postgresql":
        return
    highest = target.execute(select(func.max(column))).scalar()
    if highest is not None:
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"),
            {"table": table.name, "column": column.name, "highest": highest},
        )


def empty(target: Connection) -> None:
    """Remove every row, on PostgreSQL. The log refuses to lose entries, except here, where all is replaced."""
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    target.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    target.execute(text(f"TRUNCATE {names} CASCADE"))
    target.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))
