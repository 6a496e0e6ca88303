"""A quiz is drawn from a large bank as from a small one: evenly, again alike with the same seed, without reading it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, insert

from quizapp.extensions import db
from quizapp.models.bank import ItemRow, TopicRow
from quizapp.services.sampling import sample
from quizapp.transactions import reading
from tests.quizapp.services.questions import NOW, changing

FIRST = 10_000  # behind the bank that ships
HOLES = "holes"


def fill(app: Flask, ids: list[int], *, topic: str = HOLES, state: str = "approved") -> None:
    """Items of a topic with these ids."""
    with changing(app) as session:
        if not session.get(TopicRow, topic):
            session.execute(insert(TopicRow).values(id=topic, title=topic, covers="", position=9))
        session.execute(insert(ItemRow), [item(number, topic, state) for number in ids])


def item(number: int, topic: str, state: str) -> dict[str, object]:
    return {
        "id": number, "uid": f"{topic}-{number}", "origin": "teacher", "state": state, "topic_id": topic,
        "family": str(number), "facts": [], "enemies": [], "camp": None, "current_version": 1,
        "suspended": None, "updated_at": NOW,
    }  # fmt: skip


def drawn(app: Flask, wanted: int, seed: int, topic: str = HOLES) -> list[int]:
    with app.app_context(), reading() as session:
        return sample(session, topic, wanted, Random(seed))  # noqa: S311 - not for secrets


@pytest.mark.every_database
def test_items_beside_holes_are_no_likelier(own_app: Flask) -> None:
    """An eighth of the ids holds most items; the others lie one by one, and drafts between them."""
    crowded, lonely = list(range(FIRST, FIRST + 800)), list(range(FIRST + 900, FIRST + 7000, 25))
    fill(own_app, crowded + lonely)
    fill(own_app, [number + 1 for number in lonely], state="draft")
    approved = {*crowded, *lonely}

    counts = Counter(number for seed in range(200) for number in drawn(own_app, 100, seed))

    assert counts.keys() <= approved
    expected = 200 * 100 / len(approved)
    assert sum(counts[number] for number in lonely) / len(lonely) == pytest.approx(expected, rel=0.05)
    strayed = sum((counts[number] - expected) ** 2 / expected for number in approved)
    free = len(approved) - 1
    assert strayed < free + 4 * (2 * free) ** 0.5  # chi-square


@pytest.mark.every_database
def test_the_same_seed_draws_the_same(own_app: Flask) -> None:
    fill(own_app, list(range(FIRST, FIRST + 30_000, 7)))

    assert drawn(own_app, 50, 3) == drawn(own_app, 50, 3) != drawn(own_app, 50, 4)


def test_a_topic_with_few_items_far_apart_gives_them_all(own_app: Flask) -> None:
    few = [FIRST, FIRST + 5, FIRST + 70_000, FIRST + 2_000_000]
    fill(own_app, few)

    assert sorted(drawn(own_app, 100, 1)) == few
    assert len(drawn(own_app, 3, 1)) == 3
    assert drawn(own_app, 100, 1, topic="nothing on it") == []


def test_it_looks_into_an_index_and_reads_no_table(own_app: Flask) -> None:
    with own_app.app_context():
        with sent(db.engine) as statements:
            drawn(own_app, 50, 1, topic="referendum")
        with reading() as session:
            plans = [
                session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                for statement, values in statements
            ]

    of_topic = "SEARCH item USING COVERING INDEX ix_item_state_topic (state=? AND topic_id=?"
    assert [plan[-1].detail for plan in plans] == [
        f"{of_topic})",
        f"{of_topic})",
        f"{of_topic} AND id>? AND id<?)",
    ]


@contextmanager
def sent(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The questions put to the database meanwhile."""
    statements: list[tuple[str, Any]] = []

    def note(connection: object, cursor: object, statement: str, values: Any, *more: object) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
