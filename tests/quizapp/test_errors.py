"""Errors: a page or fragment of our own that says what to do, and nothing of what went on inside."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from quizapp.extensions import db
from tests.conftest import running_app
from tests.quizapp.visitors import Visitor, execute, item

INSIDE = re.compile(
    r"Traceback|File \"|line \d+, in|sqlalchemy|SELECT|werkzeug|quizapp/|\.py\b", re.IGNORECASE
)


@pytest.fixture
def broken(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application with two routes that fail, and which answers as it would for real."""
    with running_app(database_url, tmp_path / "instance", PROPAGATE_EXCEPTIONS=False) as app:
        app.add_url_rule("/slip", "slip", lambda: str(1 / 0))
        app.add_url_rule("/sql", "sql", lambda: str(db.session.execute(text("SELECT * FROM nothing"))))
        yield app


@pytest.fixture(params=["plain", "htmx"])
def victim(broken: Flask, request: pytest.FixtureRequest) -> Visitor:
    return Visitor(broken.test_client(), htmx=request.param == "htmx")


def test_a36_a_slip_of_ours_shows_a_number_that_the_log_has_too(
    victim: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    answer = victim.get("/slip")

    assert answer.status_code == 500
    number = re.search(r"tell your teacher the number ([0-9a-f]{8})", answer.text)
    assert number
    assert f"number {number[1]}" in caplog.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("address", ["/slip", "/sql", "/nowhere", "/attempts/x"])
def test_a36_no_error_tells_what_went_on_inside(victim: Visitor, address: str) -> None:
    answer = victim.get(address)

    assert answer.status_code >= 400
    assert not INSIDE.search(answer.text)
    assert ("<!doctype html>" in answer.text) is not victim.htmx
    assert "Content-Security-Policy" in answer.headers


def test_an_error_page_says_what_to_do_and_leads_on(reader: Visitor) -> None:
    page = reader.get("/nowhere").text

    assert "<h1>This page is not here</h1>" in page
    assert 'href="/">To the first page</a>' in page


def test_an_error_fragment_is_announced(reader: Visitor) -> None:
    answer = reader.get("/nowhere", HX_Request="true")

    assert 'role="alert"' in answer.text
    assert answer.headers["HX-Retarget"] == "#notice"


def test_a_database_that_lacks_its_tables_is_away_not_broken(own_app: Flask, own_reader: Visitor) -> None:
    execute(own_app, "DROP TABLE response")
    with own_reader.client.session_transaction() as session:
        session["learner"] = "x"

    answer = own_reader.get(item("A" * 22, 1))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert "Try once more" in answer.text


def test_when_all_connections_are_taken_a_visitor_is_asked_to_come_back(
    database_url: str, tmp_path: Path
) -> None:
    pool = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.05}
    with running_app(database_url, tmp_path, SQLALCHEMY_ENGINE_OPTIONS=pool) as app:
        visitor = Visitor(app.test_client())
        with app.app_context(), db.engine.connect():
            answer = visitor.get("/")

    assert answer.status_code == 503


def test_junk_for_a_host_is_no_crash(reader: Visitor) -> None:
    for host in ("a b", '"><script>', "x" * 3000, "[", ""):
        answer = reader.client.get("/", headers={"Host": host})
        assert answer.status_code in {200, 400}
        assert "<script>" not in answer.text


def test_a40_a_log_line_holds_no_answer(
    app: Flask, reader: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    public_id = reader.start()

    reader.answer(public_id, 1, "a-forged-token")

    assert "a-forged-token" not in caplog.text
    assert public_id not in caplog.text
