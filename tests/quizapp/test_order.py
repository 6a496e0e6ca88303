"""The order of options: shuffled once for each attempt, or ascending where it means something."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, AttemptRow
from quizapp.models.bank import ItemVersionRow
from quizapp.services.starting import start_attempt
from quizapp.transactions import writing
from tests.quizapp.visitors import TOPICS, Visitor, item, options, questions

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
ATTEMPTS = 150

Shown = list[tuple[list[int], ItemVersionRow]]


@pytest.fixture(scope="module")
def many(shared_sqlite_app: Flask) -> Shown:
    """The places of the options in every question of many attempts, which are not kept."""
    rng = Random(20181104)  # noqa: S311 - not for secrets
    with shared_sqlite_app.app_context(), writing() as session:
        attempts = [start(session, seed=rng.getrandbits(30)) for _ in range(ATTEMPTS)]
        found = [pair for attempt in attempts for pair in seen(session, attempt)]
        versions = {version.id: version for version in session.scalars(select(ItemVersionRow))}
        session.expunge_all()
        session.rollback()
    return [(places, versions[version]) for version, places in found]


@pytest.mark.every_database
def test_options_stay_where_they_are(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()

    pages = [options(visitor.get(item(public_id, position)).text) for position in (1, 2, 1, 2)]

    assert pages[:2] == pages[2:]


def test_they_stay_there_once_answered(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    before = visitor.options(public_id, 1)
    visitor.answer(public_id, 1, questions(app, public_id)[1].wrong[0])

    page = visitor.get(item(public_id, 1)).text

    places = [page.index(f"<span>{shown.text}</span>") for shown in before if "&" not in shown.text]
    assert places == sorted(places)


def test_ordered_options_ascend(many: Shown) -> None:
    """As authored; that authored order ascends is a rule of the bank."""
    for places, version in many:
        if version.ordered:
            assert places == sorted(places)


def test_a01_every_place_holds_the_key_equally_often(many: Shown) -> None:
    """Of unordered questions with as many options; chance strays by five deviations once in a million."""
    keys: dict[int, Counter[int]] = {}
    for places, version in many:
        if not version.ordered:
            key = next(place for place, option in enumerate(places) if version.options[option]["correct"])
            keys.setdefault(len(places), Counter())[key] += 1

    for size, counts in keys.items():
        total = sum(counts.values())
        deviation = (total * (1 / size) * (1 - 1 / size)) ** 0.5
        assert all(abs(counts[place] - total / size) < 5 * deviation for place in range(size)), counts


def test_every_order_of_a_question_occurs(many: Shown) -> None:
    orders: dict[int, set[tuple[int, ...]]] = {}
    for places, version in many:
        if not version.ordered:
            orders.setdefault(version.id, set()).add(tuple(places))

    assert max(map(len, orders.values())) >= 8


def test_the_same_seed_asks_the_same_questions_in_the_same_order(app: Flask) -> None:
    with app.app_context(), writing() as session:
        first, second = (seen(session, start(session, seed=7)) for _ in range(2))
        third = seen(session, start(session, seed=8))
        session.rollback()

    assert first == second
    assert first != third


def start(session: Session, *, seed: int) -> str:
    return start_attempt(session, learner="x", topics=TOPICS, length=10, seed=seed, now=NOW)


def seen(session: Session, public_id: str) -> list[tuple[int, list[int]]]:
    """Each question's version with the places of its options."""
    rows = session.execute(
        select(AttemptItemRow.position, AttemptItemRow.item_version_id, AttemptOptionRow.option)
        .join(AttemptRow, AttemptRow.id == AttemptItemRow.attempt_id)
        .join(AttemptOptionRow, AttemptOptionRow.attempt_item_id == AttemptItemRow.id)
        .where(AttemptRow.public_id == public_id)
        .order_by(AttemptItemRow.position, AttemptOptionRow.place)
    )
    questions: dict[tuple[int, int], list[int]] = {}
    for position, version, option in rows:
        questions.setdefault((position, version), []).append(option)
    return [(version, places) for (_, version), places in questions.items()]
