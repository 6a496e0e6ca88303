"""How long the teachers' list takes with many questions: ``python tests/benchmarks/question_list.py [COUNT] [URL]``.

It fills a database (a new SQLite file, or the empty PostgreSQL database at URL) with COUNT questions made of the words
of the real ones, then asks for views in turn with a bare page by primary key, the floor, so that the ratio means
something on a busy machine. For each it prints the 50th and 95th percentile, the ratio and the SQL statements.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, insert, text

from question_bank.build import build_bank
from question_bank.loader import CURATED_DIR, SEEDS_DIR
from quizapp import create_app
from quizapp.cli import _plan_and_write
from quizapp.extensions import db
from quizapp.migrating import bring_up_to_date
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.search import ItemListingRow
from quizapp.models.standing import ItemFactRow, ItemFindingRow, ItemPassageRow
from quizapp.services.search import words_in
from tests.quizapp.teachers import signed_in

ROUNDS = 20
A_LOT = 5_000
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

Row = dict[str, Any]

VIEWS = {
    "all": "",
    "second page": "?page=2",
    "middle page": "?page=2000",
    "last page": "?page=4000",
    "one word": "?text=referendum",
    "rare word": "?text=xylo",
    "one letter": "?text=a",
    "three words": "?text=referendum+vote+2018",
    "words, last page": "?text=referendum&page=4000",
    "state and topic": "?state=draft&topic=referendum",
    "document": "?document=000_1a7ee3f22d7662d0.txt",
    "passage": "?document=000_1a7ee3f22d7662d0.txt&paragraph=7",
    "fact": "?fact=NC-A01",
    "model and level": "?model=statement&bloom=understand",
    "any finding": "?finding=any",
    "words, filters, sort": "?text=referendum&state=approved&finding=any&order=hardest",
    "by topic": "?order=topic",
    "by uid, last": "?order=uid&page=4000",
    "hardest": "?order=hardest",
    "most answered": "?order=answered",
    "fewest right": "?order=wrong",
    "most right, last": "?order=right&page=4000",
}


def main() -> None:
    """Fill, ask, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/list.db"
        app = create_app({"DATABASE_URL": url, "INSTANCE": folder, "SECRET_KEY": "k" * 32, "TESTING": True})
        with app.app_context():
            bring_up_to_date(app)
            _plan_and_write(build_bank(SEEDS_DIR, CURATED_DIR), lambda *_: None, dry_run=False)
            _fill(count)
        app = create_app({"DATABASE_URL": url, "INSTANCE": folder, "SECRET_KEY": "k" * 32, "TESTING": True})
        _measure(app)


def _fill(count: int) -> None:
    """Copies of the real questions with some words of their own, in every state, many of them answered."""
    rng = Random(4)  # noqa: S311 - the benchmark's own questions
    engine = db.engine.execution_options(quiz_write=True)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # the application's limits are for requests
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        known = [dict(row) for row in connection.execute(text(_CURRENT)).mappings()]
        facts, passages = _standing(connection, "item_fact"), _standing(connection, "item_passage")
        first = max(row["item_id"] for row in known) + 1
        for start in range(first, count + 1, A_LOT):
            _add(connection, range(start, min(start + A_LOT, count + 1)), rng, known, facts, passages)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT", quiz_write=True) as connection:
        connection.exec_driver_sql("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE")
    print(f"{count} questions on {db.engine.dialect.name}")


_CURRENT = """
    SELECT i.uid, i.topic_id, i.family, i.camp, v.* FROM item i
    JOIN item_version v ON v.item_id = i.id AND v.number = i.current_version
"""


def _standing(connection: Connection, table: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in connection.execute(text(f"SELECT * FROM {table}")).mappings():  # noqa: S608
        found.setdefault(row["item_id"], []).append(dict(row))
    return found


def _add(
    connection: Connection,
    ids: range,
    rng: Random,
    known: list[Row],
    facts: dict[int, list[Row]],
    passages: dict[int, list[Row]],
) -> None:
    rows: dict[str, list[Row]] = {"item": [], "version": [], "listing": [], "search": []}
    stands: dict[str, list[Row]] = {"fact": [], "passage": [], "finding": []}
    for item in ids:
        model = rng.choice(known)
        stem = f"{model['stem']} {item} {'xylophone' if rng.random() < 0.0002 else ''}"
        state = rng.choices(["approved", "draft", "in_review", "retired"], [80, 8, 4, 8])[0]
        answered = rng.choice([0, rng.randrange(1, 400)])
        right = rng.randint(0, answered)
        rows["item"].append(_item(item, model, state, rng))
        rows["version"].append(_version(item, model, stem))
        rows["listing"].append(_listing(item, model, answered, right, rng))
        rows["search"].append({"id": item, "words": " ".join(words_in(stem, str(model["options"])))})
        stands["fact"] += [{**row, "item_id": item} for row in facts.get(model["item_id"], ())]
        stands["passage"] += [{**row, "item_id": item} for row in passages.get(model["item_id"], ())]
        if rng.random() < 0.2:
            stands["finding"].append(
                {
                    "item_id": item,
                    "rule": rng.choice(["L02", "L05"]),
                    "severity": "W",
                    "place": "stem",
                    "message": "x",
                }
            )
    connection.execute(insert(ItemRow), rows["item"])
    connection.execute(insert(ItemVersionRow), rows["version"])
    connection.execute(insert(ItemListingRow), rows["listing"])
    connection.execute(text(_INDEXED[connection.dialect.name]), rows["search"])
    connection.execute(insert(ItemFactRow), stands["fact"])
    connection.execute(insert(ItemPassageRow), stands["passage"])
    connection.execute(insert(ItemFindingRow), stands["finding"])


_INDEXED = {
    "sqlite": "INSERT INTO item_search (rowid, words) VALUES (:id, :words)",
    "postgresql": "INSERT INTO item_search (item_id, words)"
    " VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))",
}


def _item(item: int, model: Row, state: str, rng: Random) -> Row:
    return {
        "id": item, "uid": f"copy-{item}", "origin": "generated", "state": state, "topic_id": model["topic_id"],
        "family": model["family"], "facts": [], "enemies": [], "camp": model["camp"], "current_version": 1,
        "suspended": "The passage changed." if rng.random() < 0.001 else None,
        "updated_at": NOW - dt.timedelta(minutes=rng.randrange(500_000)),
    }  # fmt: skip


def _version(item: int, model: Row, stem: str) -> Row:
    kept = {
        name: value
        for name, value in model.items()
        if name in ItemVersionRow.__table__.columns and name != "id"
    }
    values = {name: _loaded(kept[name]) for name in ("options", "evidence", "facts", "since_then")}
    return {**kept, **values, "item_id": item, "number": 1, "stem": stem, "made_at": NOW}


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _listing(item: int, model: Row, answered: int, right: int, rng: Random) -> Row:
    return {
        "item_id": item, "model": model["model"], "bloom": model["bloom"], "difficulty": rng.gauss(0, 1),
        "unsourced": rng.random() < 0.01, "series": 1, "answered": answered, "answered_right": right,
        "share_right": right / answered if answered else None,
    }  # fmt: skip


def _measure(app: Flask) -> None:
    client = signed_in(app).client
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    floor: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in (*VIEWS, "overview", "a source", "log")}
    counts = {}
    for _ in range(ROUNDS):
        floor.append(_seconds(lambda: _bare_page(app)))
        for name, taken in times.items():
            statements.clear()
            taken.append(_seconds(lambda name=name: _get(client, _address(name))))
            counts[name] = len([one for one in statements if not one.startswith("PRAGMA")])
    base = statistics.median(floor)
    print(f"{'floor: 25 rows by key':24} {base * 1000:7.1f} ms")
    for name, taken in times.items():
        median, late = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95) - 1]
        print(
            f"{name:24} {median * 1000:7.1f} ms, p95 {late * 1000:6.1f} ms, {median / base:6.1f} × the floor,"
            f" {counts[name]} statements"
        )


def _address(name: str) -> str:
    others = {
        "overview": "/admin/",
        "a source": "/admin/sources/000_1a7ee3f22d7662d0.txt",
        "log": "/admin/log",
    }
    return others.get(name) or f"/admin/questions{VIEWS[name]}"


def _get(client: FlaskClient, address: str) -> None:
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200, (address, answer.status)


def _bare_page(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(
            text(
                "SELECT i.uid, v.stem FROM item i JOIN item_version v ON v.item_id = i.id AND v.number ="
                " i.current_version WHERE i.id BETWEEN 50000 AND 50024"
            )
        ).all()


def _seconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
