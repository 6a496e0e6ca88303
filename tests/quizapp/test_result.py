"""The result: a recount of the stored answers, every question with its proof, and practice on what was missed."""

from __future__ import annotations

import html
import json
import re

import pytest
from flask import Flask

from tests.quizapp.visitors import Visitor, execute, query, questions, rows, target


def result(public_id: str) -> str:
    return f"/attempts/{public_id}/result"


def practise(visitor: Visitor, public_id: str) -> str:
    """The public id of the new quiz on what was missed."""
    return target(visitor.post(f"/attempts/{public_id}/practice")).rpartition("/")[2]


@pytest.mark.every_database
def test_the_score_is_a_recount_of_the_answers(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(length=10)
    visitor.finish(app, public_id, right=[1, 4, 7])

    page = visitor.get(result(public_id)).text

    assert "3 of 10 right" in page
    for title, right, total in by_topic(app, public_id):
        assert re.search(
            rf"<dt lang=\"en\">{re.escape(html.escape(title))}</dt>\s*<dd>{right} of {total} right</dd>", page
        )


def by_topic(app: Flask, public_id: str) -> list[tuple[str, int, int]]:
    statement = """
        SELECT t.title, sum(CASE WHEN r.correct THEN 1 ELSE 0 END) AS correct, count(*) AS total
        FROM attempt a JOIN attempt_item i ON i.attempt_id = a.id JOIN topic t ON t.id = i.topic_id
        JOIN response r ON r.attempt_item_id = i.id WHERE a.public_id = :id GROUP BY t.title
    """
    return [(row.title, row.correct, row.total) for row in query(app, statement, id=public_id)]


def test_every_question_is_listed_with_answer_key_and_proof(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.finish(app, public_id, right=[2])

    page = html.unescape(visitor.get(result(public_id)).text)

    for position, question in questions(app, public_id).items():
        assert f'href="/attempts/{public_id}/items/{position}"' in page
        assert question.texts[question.tokens.index(question.key)] in page
    assert page.count('class="proof" href="/sources/') >= 5


@pytest.mark.parametrize("answered", [0, 1, 4])
def test_an_unfinished_quiz_goes_on_instead(app: Flask, visitor: Visitor, answered: int) -> None:
    public_id = visitor.start()
    for position in range(1, answered + 1):
        visitor.answer(public_id, position, questions(app, public_id)[position].key)

    assert target(visitor.get(result(public_id))) == f"/attempts/{public_id}"


def test_a_finished_quiz_shows_its_result(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.finish(app, public_id)

    assert target(visitor.get(f"/attempts/{public_id}")) == result(public_id)


def test_htmx_gets_the_result_as_a_fragment(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.finish(app, public_id)

    answer = visitor.get(result(public_id))

    assert answer.status_code == 200
    assert ("<!doctype html>" in answer.text) is not visitor.htmx


@pytest.mark.every_database
def test_practice_asks_every_missed_fact_again(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(length=20)
    visitor.finish(app, public_id, right=range(1, 11))
    missed = [question.item for position, question in questions(app, public_id).items() if position > 10]

    again = [question.item for question in questions(app, practise(visitor, public_id)).values()]

    assert len(again) == len(missed)
    assert all(any(facts(app, old) & facts(app, new) for new in again) for old in missed)


def test_practice_asks_in_another_question_where_there_is_one(app: Flask, reader: Visitor) -> None:
    public_id, position = with_an_alternative(app, reader)
    old = questions(app, public_id)[position].item
    reader.finish(app, public_id, right=[other for other in range(1, 21) if other != position])

    (new,) = questions(app, practise(reader, public_id)).values()

    assert new.item != old
    assert facts(app, new.item) & facts(app, old)


def with_an_alternative(app: Flask, reader: Visitor) -> tuple[str, int]:
    """A quiz and the place in it of a question whose facts another question asks, too."""
    public_id = reader.start(length=20)
    for position, question in questions(app, public_id).items():
        if alternatives(app, question.item):
            return public_id, position
    pytest.fail("no question of twenty has an alternative")


def alternatives(app: Flask, item: int) -> list[int]:
    own = facts(app, item)
    in_topic = (
        "SELECT id, facts FROM item WHERE state = 'approved' AND id <> :id "
        "AND topic_id = (SELECT topic_id FROM item WHERE id = :id)"
    )
    bank = query(app, in_topic, id=item)
    return [row.id for row in bank if own & set(json.loads(row.facts))]


def facts(app: Flask, item: int) -> set[str]:
    kept = query(app, "SELECT facts FROM item WHERE id = :id", id=item)[0].facts
    return set(kept if isinstance(kept, list) else json.loads(kept))


def test_practice_never_asks_a_retired_question(own_app: Flask, own_reader: Visitor) -> None:
    public_id = own_reader.start()
    own_reader.finish(own_app, public_id)
    retired = questions(own_app, public_id)[1].item
    execute(own_app, "UPDATE item SET state = 'retired' WHERE id = :id", id=retired)

    again = questions(own_app, practise(own_reader, public_id))

    assert retired not in {question.item for question in again.values()}


def test_when_all_that_was_missed_is_retired_there_is_nothing_to_practise(
    own_app: Flask, own_reader: Visitor
) -> None:
    public_id = own_reader.start()
    own_reader.finish(own_app, public_id)
    execute(own_app, "UPDATE item SET state = 'retired'")

    assert own_reader.post(f"/attempts/{public_id}/practice").status_code == 409


def test_practice_is_a_quiz_like_any_other(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.finish(app, public_id)

    again = practise(visitor, public_id)

    assert f"Question 1 of {len(questions(app, again))}" in visitor.get(f"/attempts/{again}").text


def test_a_quiz_without_a_miss_has_nothing_to_practise(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.finish(app, public_id, right=range(1, 6))
    before = rows(app)

    answer = visitor.post(f"/attempts/{public_id}/practice")

    assert answer.status_code == 409
    assert "nothing to practise" in answer.text
    assert rows(app) == before
    assert "Practise what I missed" not in visitor.get(result(public_id)).text
