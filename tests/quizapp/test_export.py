"""The command export-questions: the approved bank as scripts outside the project read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import running_app
from tests.quizapp.visitors import execute, query


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def export(app: Flask) -> dict[str, Any]:
    done = run(app, "export-questions", "--format", "json")
    assert done.exit_code == 0, done.output
    bank: dict[str, Any] = json.loads(done.stdout)
    return bank


TEXT = (str,)
SHAPE = {
    "uid": TEXT,
    "version": (int,),
    "origin": TEXT,
    "state": TEXT,
    "topic": TEXT,
    "model": TEXT,
    "family": TEXT,
    "stem": TEXT,
    "options": (list,),
    "explanation": TEXT,
    "evidence": (list,),
    "facts": (list,),
    "bloom": TEXT,
    "stance": TEXT,
    "speaker": (str, type(None)),
    "ordered": (bool,),
    "difficulty": (int, float),
}


@pytest.mark.every_database
def test_it_has_the_documented_shape(app: Flask) -> None:
    bank = export(app)

    assert list(bank) == ["bank", "items"]
    assert list(bank["bank"]) == ["version", "build", "documents"]
    assert [list(document) for document in bank["bank"]["documents"]] == [["id", "sha256"]] * 2
    for item in bank["items"]:
        assert list(item) == list(SHAPE)
        assert [name for name, kinds in SHAPE.items() if not isinstance(item[name], kinds)] == []
        for option in item["options"]:
            assert list(option) == ["text", "correct", "rationale", "reason", "evidence"]
        assert sum(option["correct"] for option in item["options"]) == 1


def test_every_quote_is_an_exact_and_unique_piece_of_its_passage(app: Flask) -> None:
    passages = {(row.document_id, row.n): row.text for row in query(app, "SELECT * FROM passage")}

    for item in export(app)["items"]:
        for quote in [
            *item["evidence"],
            *(quote for option in item["options"] for quote in option["evidence"]),
        ]:
            assert list(quote) == ["document", "paragraph", "quote"]
            assert passages[quote["document"], quote["paragraph"]].count(quote["quote"]) == 1


@pytest.mark.every_database
def test_it_holds_approved_items_alone_in_the_order_of_their_names(own_app: Flask) -> None:
    execute(own_app, "UPDATE item SET state = 'retired' WHERE topic_id = 'referendum'")

    uids = [item["uid"] for item in export(own_app)["items"]]

    approved = [row.uid for row in query(own_app, "SELECT uid FROM item WHERE state = 'approved'")]
    assert uids == sorted(approved)


def test_both_databases_export_the_same_bytes(shared_sqlite_app: Flask, shared_postgresql_app: Flask) -> None:
    one, other = (run(app, "export-questions").stdout for app in (shared_sqlite_app, shared_postgresql_app))

    assert one == other


def test_a_file_is_written_whole(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "bank.json"
    file.write_text("old")

    done = run(app, "export-questions", "-o", str(file))

    assert (done.exit_code, done.output) == (0, "")
    assert file.read_text() == run(app, "export-questions").stdout
    assert list(tmp_path.iterdir()) == [file]


def test_there_is_nothing_to_export_before_the_first_build(empty_database_url: str, tmp_path: Path) -> None:
    with running_app(empty_database_url, tmp_path) as app:
        done = run(app, "export-questions")

    assert done.exit_code == 1
    assert done.stderr == "Error: the bank is empty; run seed-questions first\n"
