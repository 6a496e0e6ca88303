"""A learner who comes back meets new facts first, then known facts in another form."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.quizapp.visitors import Visitor, query


def asked(app: Flask, public_id: str) -> list[tuple[int, frozenset[str]]]:
    """The items of an attempt with their facts."""
    statement = """
        SELECT i.uid, i.id FROM attempt a JOIN attempt_item ai ON ai.attempt_id = a.id
        JOIN item i ON i.id = ai.item_id WHERE a.public_id = :public_id"""
    facts = dict(every_fact(app))
    return [(row.id, facts[row.id]) for row in query(app, statement, public_id=public_id)]


def every_fact(app: Flask) -> list[tuple[int, frozenset[str]]]:
    from quizapp.models.bank import ItemRow  # noqa: PLC0415 - inside the application's context
    from quizapp.transactions import reading  # noqa: PLC0415

    with app.app_context(), reading() as session:
        return [(item.id, frozenset(item.facts)) for item in session.query(ItemRow)]


@pytest.mark.every_database
def test_the_second_quiz_asks_for_other_facts(app: Flask, visitor: Visitor) -> None:
    first = visitor.start(length=20)
    visitor.finish(app, first)
    second = visitor.start(length=10)

    known = frozenset().union(*(facts for _, facts in asked(app, first)))
    fresh = [facts.isdisjoint(known) for _, facts in asked(app, second)]

    assert sum(fresh) >= len(fresh) - 1  # to let both camps speak one may return


def test_what_was_only_shown_counts_as_new(app: Flask, visitor: Visitor) -> None:
    shown = {item for _ in range(12) for item, _ in asked(app, visitor.start(length=20))}

    assert len(shown) > 100


def test_another_learner_is_dealt_from_the_whole_bank(app: Flask, visitor: Visitor) -> None:
    first = visitor.start(length=20)
    visitor.finish(app, first)
    stranger = Visitor(app.test_client())
    drawn = {item for _ in range(12) for item, _ in asked(app, stranger.start(length=20))}

    assert drawn & {item for item, _ in asked(app, first)}
