"""Operating: what those who run the site ask of its data."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def revisions_of(session: Session) -> frozenset[str]:
    """The revision that the tables have."""
    return frozenset(session.scalars(text("SELECT version_num FROM alembic_version")))
