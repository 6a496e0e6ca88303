"""Banks and histories of any size, made of bare rows, and how the time of a request grows with them."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import Connection, func, insert, select, text

from quizapp.database import WRITES
from quizapp.extensions import db
from quizapp.models.bank import ItemRow, TopicRow
from quizapp.services.pool import draw
from quizapp.services.statistics import statistics_of
from quizapp.transactions import reading

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
_TOPICS = ("north", "south", "islands")
_A_LOT = 10_000
_ROUNDS = 15
_LENGTH = 20  # answers of a quiz

# A history in bare rows: quizzes of twenty questions, fifty quizzes a learner, the first option always chosen.
_HISTORY = (
    """INSERT INTO attempt (id, public_id, learner, topics, length, seed, mode, second_try, asks_certainty, started_at)
    WITH RECURSIVE quiz(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM quiz WHERE n + 1 < :last)
    SELECT n, 'quiz ' || n, 'learner ' || n / 50, '[]', 20, 1, 'practice', 0, 0, '2026-01-01 08:00:00' FROM quiz""",
    """INSERT INTO attempt_item (id, attempt_id, position, item_id, item_version_id, topic_id, key)
    WITH RECURSIVE place(p) AS (SELECT 1 UNION ALL SELECT p + 1 FROM place WHERE p < 20)
    SELECT a.id * 20 + p, a.id, p, i.id, v.id, i.topic_id, '' FROM attempt a CROSS JOIN place
    JOIN item i ON i.id = (SELECT min(id) FROM item) + (a.id * 7 + p * 13) % :items
    JOIN item_version v ON v.item_id = i.id AND v.number = i.current_version
    WHERE a.id >= :first AND a.id < :last""",
    """INSERT INTO attempt_option (attempt_item_id, token, place, option)
    SELECT id, 'token', 0, 0 FROM attempt_item WHERE attempt_id >= :first AND attempt_id < :last""",
    """INSERT INTO response (attempt_item_id, token, correct, key, responded_at)
    SELECT id, 'token', 1, '', '2026-01-01 08:00:00' FROM attempt_item
    WHERE attempt_id >= :first AND attempt_id < :last""",
    """INSERT OR REPLACE INTO option_count (item_version_id, option, chosen, chosen_first)
    SELECT item_version_id, 0, count(*), 1 FROM attempt_item WHERE attempt_id >= 1000000 GROUP BY item_version_id""",
)
_FIRST_QUIZ = 1_000_000  # behind those of others


def grow(app: Flask, until: int) -> None:
    """Add items, four of five approved, on three topics in turn of chance, until there are so many."""
    rng = Random(until)  # noqa: S311 - the benchmark's own items
    with app.app_context(), db.engine.execution_options(**{WRITES: True}).begin() as connection:
        if not connection.scalar(select(TopicRow.id).where(TopicRow.id == _TOPICS[0])):
            topics = [
                {"id": one, "title": one, "covers": "", "position": 90 + n} for n, one in enumerate(_TOPICS)
            ]
            connection.execute(insert(TopicRow), topics)
        last = connection.scalar(select(func.max(ItemRow.id))) or 0
        _insert(
            connection,
            (_item(number, rng) for number in range(last + 1, last + 1 + until - _count(connection))),
        )


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).where(ItemRow.topic_id.in_(_TOPICS))) or 0


def _insert(connection: Connection, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, _A_LOT)):
        connection.execute(insert(ItemRow), some)


def _item(number: int, rng: Random) -> dict[str, Any]:
    return {
        "id": number, "uid": f"large-{number}", "origin": "generated", "topic_id": rng.choice(_TOPICS),
        "state": rng.choices(("approved", "draft"), (4, 1))[0], "family": f"family {number // 3}",
        "facts": [f"fact {number // 5}"], "enemies": [], "camp": None, "current_version": 1, "suspended": None,
        "updated_at": NOW,
    }  # fmt: skip


def drawing(app: Flask) -> float:
    """Processor seconds to draw a quiz of ten, in the median."""
    with app.app_context(), reading() as session:
        return _median(
            lambda seed: draw(session, _TOPICS, 10, Random(seed), learner="nobody"),  # noqa: S311 - no secret
            range(_ROUNDS),
        )


def _median(what: Callable[[int], object], seeds: Iterable[int]) -> float:
    taken = []
    for seed in seeds:
        started = time.process_time()
        what(seed)
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def remember(app: Flask, since: int, until: int, items: int) -> None:
    """Let there be so many responses to the first ``items`` items, of which ``since`` are there."""
    quizzes = {
        "first": _FIRST_QUIZ + since // _LENGTH,
        "last": _FIRST_QUIZ + until // _LENGTH,
        "items": items,
    }
    with app.app_context(), db.engine.execution_options(**{WRITES: True}).begin() as connection:
        for statement in _HISTORY:
            connection.execute(text(statement), quizzes)


def telling_statistics(app: Flask) -> float:
    """Processor seconds to tell how one item was answered, in the median."""
    with app.app_context(), reading() as session:
        items = session.scalars(select(ItemRow.id).order_by(ItemRow.id).limit(200)).all()
        return _median(lambda item: statistics_of(session, item), items)
