"""G3: whoever writes holds the file from the first moment, also against programs that do not know our lock."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from flask import Flask

from quizapp.transactions import writing


def test_g3_a_writer_holds_the_file_before_its_first_statement(app: Flask) -> None:
    """A transaction that begins as a reader's fails in the middle once somebody else has written."""
    file = app.config["DATABASE_URL"].removeprefix("sqlite:///")

    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as shell:
        with app.app_context(), writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            shell.execute("BEGIN IMMEDIATE")
        shell.execute("BEGIN IMMEDIATE")
        shell.execute("ROLLBACK")
