"""Migrations: bring the schema of the database up to date."""

from __future__ import annotations

import logging

from flask import Flask
from flask_alembic import Alembic

from quizapp.database import WRITES
from quizapp.extensions import db
from quizapp.models import attempts, bank, log
from quizapp.models.base import Base

TABLES = (attempts, bank, log)  # imported so that the metadata knows every table


def migrations_of(app: Flask) -> Alembic:
    """The migrations of an app, on connections that may write; call inside its context."""
    app.config.setdefault("ALEMBIC", {"script_location": "migrations"})
    # SQLite rolls schema changes back as well as data: a migration that fails leaves nothing behind.
    app.config.setdefault("ALEMBIC_CONTEXT", {"transactional_ddl": True, "render_as_batch": True})
    engine = db.engine.execution_options(**{WRITES: True})
    return Alembic(app, run_mkdir=False, command_name="", metadatas=Base.metadata, engines=engine)


def bring_up_to_date(app: Flask) -> None:
    """Apply the migrations that the database lacks."""
    with app.app_context():
        migrations = migrations_of(app)
        logging.getLogger("alembic.runtime.migration").setLevel(
            logging.WARNING
        )  # says nothing a user can use
        migrations.upgrade()
