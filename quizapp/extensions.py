"""The extensions, unbound; ``create_app`` binds them."""

from __future__ import annotations

from flask import Flask
from flask_htmx import HTMX
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from quizapp.database import prepare_engine
from quizapp.models.base import Base

db = SQLAlchemy(metadata=Base.metadata)
htmx = HTMX()
csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Bind the extensions and prepare the engine."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    db.init_app(app)
    htmx.init_app(app)
    csrf.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def _engine_options(url: str) -> dict[str, object]:
    # The messages of faults go to the log: without what learners wrote.
    quiet: dict[str, object] = {"hide_parameters": True}
    if not url.startswith("postgresql"):
        return quiet
    return quiet | {
        "pool_pre_ping": True,
        "pool_size": 8,
        "max_overflow": 8,
        "pool_timeout": 5,
        "pool_recycle": 1800,
        "connect_args": {
            "connect_timeout": 5,
            # Compiling takes longer than any statement of a request.
            "options": "-c jit=off -c statement_timeout=10000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=15000",
        },
    }
