"""Migrations: bring the schema of the database up to date."""

from __future__ import annotations

import logging

from flask import Flask
from flask_alembic import Alembic
from sqlalchemy import inspect, text

from quizapp.database import WRITES
from quizapp.extensions import db
from quizapp.models import accounts, attempts, bank, editing, log, reports, search, standing, statistics
from quizapp.models.base import Base
from quizapp.revisions import newest_revisions
from quizapp.transactions import alone, reading

TABLES = (
    accounts,
    attempts,
    bank,
    editing,
    log,
    reports,
    search,
    standing,
    statistics,
)  # so that the metadata knows them


def migrations_of(app: Flask) -> Alembic:
    """The migrations of an app, on connections that may write; call inside its context."""
    app.config.setdefault("ALEMBIC", {"script_location": "migrations"})
    # SQLite rolls schema changes back as well as data: a migration that fails leaves nothing behind.
    # Defaults that a migration gave to rows which were there before are no part of the models.
    app.config.setdefault(
        "ALEMBIC_CONTEXT",
        {
            "transactional_ddl": True,
            "render_as_batch": True,
            "compare_server_default": False,
            "include_name": _is_compared,
        },
    )
    engine = db.engine.execution_options(**{WRITES: True})
    return Alembic(app, run_mkdir=False, command_name="", metadatas=Base.metadata, engines=engine)


def bring_up_to_date(app: Flask) -> None:
    """Apply the migrations that the database lacks; of processes that start at once, one does and the others wait."""
    with app.app_context(), alone():
        migrations = migrations_of(app)
        logging.getLogger("alembic.runtime.migration").setLevel(
            logging.WARNING
        )  # says nothing a user can use
        migrations.upgrade()


def is_up_to_date(app: Flask) -> bool:
    """Whether the database lacks no migration and has none that is unknown here; one without tables lacks nothing."""
    with app.app_context(), reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return True
        applied = set(session.scalars(text("SELECT version_num FROM alembic_version")))
        return applied == newest_revisions()


def _is_compared(name: str | None, kind: str, parents: object) -> bool:
    del parents
    return kind != "table" or not search.is_search_table(name)
