"""Counting: each response is counted once with the option chosen, and apart where the learner met the item first."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.quizapp.visitors import Visitor, query, questions

pytestmark = pytest.mark.every_database

COUNTED = "SELECT item_version_id, option, chosen, chosen_first FROM option_count"
RECOUNT = """
    SELECT ai.item_version_id, o.option, count(*) AS chosen
    FROM response r JOIN attempt_item ai ON ai.id = r.attempt_item_id
    JOIN attempt_option o ON o.attempt_item_id = r.attempt_item_id AND o.token = r.token
    GROUP BY ai.item_version_id, o.option
"""


def counted(app: Flask) -> dict[tuple[int, int], tuple[int, int]]:
    return {(row.item_version_id, row.option): (row.chosen, row.chosen_first) for row in query(app, COUNTED)}


def test_the_counts_are_the_recount_of_the_responses(own_app: Flask) -> None:
    for _ in range(3):
        visitor = Visitor(own_app.test_client())
        visitor.finish(own_app, visitor.start(), right=[1, 3])

    recount = {(row.item_version_id, row.option): row.chosen for row in query(own_app, RECOUNT)}

    assert {place: chosen for place, (chosen, _) in counted(own_app).items()} == recount


def test_an_answer_sent_twice_counts_once(own_app: Flask, own_reader: Visitor) -> None:
    public_id = own_reader.start()
    question = questions(own_app, public_id)[1]

    for token in (question.key, question.key, question.wrong[0]):
        own_reader.answer(public_id, 1, token)

    assert list(counted(own_app).values()) == [(1, 1)]


def test_a_learner_meets_a_question_for_the_first_time_once(own_app: Flask, own_reader: Visitor) -> None:
    """What was missed comes back in the practice, here as the same question or as another on its fact."""
    public_id = own_reader.start()
    own_reader.finish(own_app, public_id)
    practice = own_reader.post(f"/attempts/{public_id}/practice").headers["Location"].rpartition("/")[2]
    met = {question.item for question in questions(own_app, public_id).values()}
    again = [place for place, question in questions(own_app, practice).items() if question.item in met]
    own_reader.finish(own_app, practice)

    first = sum(first for _, first in counted(own_app).values())
    chosen = sum(chosen for chosen, _ in counted(own_app).values())

    assert chosen == 5 + len(questions(own_app, practice))
    assert first == chosen - len(again)
