"""The revision of the tables that this release wants, as its migrations tell."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


@lru_cache(maxsize=1)
def newest_revisions() -> frozenset[str]:
    """What a database says of itself that lacks no migration.

    They are read as files: to read them needs no application, which they would bind themselves to.
    """
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to import, and seldom wanted

    return frozenset(ScriptDirectory(str(_MIGRATIONS), version_locations=[str(_MIGRATIONS)]).get_heads())
