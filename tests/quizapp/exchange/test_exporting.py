"""Questions go out: as JSON in the documented shape, as tables that are safe to open, and never without the log."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import time_machine
from flask import Flask

from tests.conftest import new_database
from tests.databases import PostgresServer
from tests.quizapp.exchange.files import a_row, as_csv, confirm, exported, send
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import query, rows

SCHEMA = json.loads(
    Path(__file__).parents[3].joinpath("quizapp/services/questions.schema.json").read_text(encoding="utf-8")
)


def faults_of(bank: Any) -> list[str]:
    return [fault.message for fault in jsonschema.Draft202012Validator(SCHEMA).iter_errors(bank)]


def log_of_exports(app: Flask) -> list[dict[str, Any]]:
    entries = query(app, "SELECT details FROM audit_entry WHERE action = 'export' ORDER BY id")
    return [one.details if isinstance(one.details, dict) else json.loads(one.details) for one in entries]


@pytest.mark.every_database
def test_json_is_what_the_command_writes(own_app: Flask) -> None:
    teacher = signed_in(own_app)

    answer = exported(teacher)

    assert answer.text == own_app.test_cli_runner().invoke(args=["export-questions"]).stdout
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="questions-2')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert faults_of(json.loads(answer.text)) == []
    number = len(json.loads(answer.text)["items"])
    assert log_of_exports(own_app) == [{"format": "json", "count": number, "filter": {}}]


FLAWS: dict[str, Any] = {
    "without a stem": lambda item: item.pop("stem"),
    "with more": lambda item: item.update(more=1),
    "of no level": lambda item: item.update(bloom="guess"),
    "with a version in words": lambda item: item.update(version="1"),
    "with four keys": lambda item: [option.update(correct=True) for option in item["options"]],
    "without a key": lambda item: [option.update(correct=False) for option in item["options"]],
    "with half a quote": lambda item: item["evidence"][0].pop("quote"),
    "without options": lambda item: item["options"].clear(),
}


@pytest.mark.parametrize("name", FLAWS)
def test_the_schema_refuses_what_is_no_export(app: Flask, name: str) -> None:
    bank = json.loads(exported(signed_in(app)).text)
    FLAWS[name](bank["items"][0])

    assert faults_of(bank)


def test_the_schema_can_be_had(app: Flask) -> None:
    teacher = signed_in(app)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    assert json.loads(teacher.get("/admin/exchange/questions.schema.json").data) == SCHEMA
    assert "/admin/exchange/questions.schema.json" in teacher.get("/admin/exchange").text


@pytest.mark.every_database
def test_a_list_is_exported_with_its_states(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    confirm(teacher, send(teacher, as_csv(a_row())))

    page = teacher.get("/admin/exchange?state=draft").text
    assert "What your list shows (1)" in page
    bank = json.loads(exported(teacher, which="list", list="state=draft").text)

    assert [item["state"] for item in bank["items"]] == ["draft"]
    assert faults_of(bank) == []
    assert log_of_exports(own_app)[-1] == {"format": "json", "count": 1, "filter": {"state": "draft"}}


def test_an_empty_list_is_an_empty_export(app: Flask) -> None:
    teacher = signed_in(app)

    bank = exported(teacher, which="list", list="text=nobodyeverwrotethis").text
    table = exported(teacher, "csv", which="list", list="text=nobodyeverwrotethis").data

    assert json.loads(bank)["items"] == []
    assert bank == json.dumps(json.loads(bank), indent=2, ensure_ascii=False) + "\n"
    assert table.count(b"\r\n") == 1


def test_nothing_leaves_without_a_choice(app: Flask) -> None:
    teacher = signed_in(app)
    before = rows(app)

    assert "Choose a format." in exported(teacher, "exe").text
    assert exported(teacher, which="everything").status_code == 422
    assert rows(app) == before


@pytest.mark.every_database
def test_a39_the_password_is_asked_for_again(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=20)):
        answer = exported(teacher)

    assert answer.status_code == 302
    assert "stem" not in answer.text
    assert log_of_exports(own_app) == []


def test_a_table_begins_with_the_mark_only_when_asked(app: Flask) -> None:
    teacher = signed_in(app)

    assert exported(teacher, "csv", mark="1").data.startswith(b"\xef\xbb\xbf")
    assert exported(teacher, "csv").data.startswith(b'"uid"')


def test_the_command_writes_the_same_table(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"

    done = app.test_cli_runner().invoke(
        args=["export-questions", "--format", "csv", "--mark", "-o", str(file)]
    )

    assert done.exit_code == 0
    assert file.read_bytes() == exported(signed_in(app), "csv", mark="1").data


def test_a22_another_program_reads_the_table_as_it_was_meant(app: Flask, postgresql: PostgresServer) -> None:
    """PostgreSQL's COPY, which is strict: every cell is compared with the JSON."""
    import psycopg  # noqa: PLC0415 - for this test alone

    teacher = signed_in(app)
    table = exported(teacher, "csv").data
    items = json.loads(exported(teacher).text)["items"]
    names = next(csv.reader(io.StringIO(table.decode())))
    with new_database(postgresql) as url, psycopg.connect(url.replace("+psycopg", "")) as connection:
        columns = ", ".join(f'"{name}" text' for name in names)
        connection.execute(f"CREATE TABLE questions ({columns})")  # type: ignore[arg-type]
        with connection.cursor().copy("COPY questions FROM STDIN (FORMAT csv, HEADER MATCH)") as copy:
            copy.write(table)
        found = connection.execute(
            "SELECT uid, stem, option_3_text, difficulty, ordered, explanation FROM questions"
        ).fetchall()

    assert sorted(found) == sorted(
        (
            item["uid"],
            item["stem"],
            item["options"][2]["text"],
            str(item["difficulty"]),
            "yes" if item["ordered"] else "no",
            item["explanation"],
        )
        for item in items
    )
