"""Several at once: two tabs, a double click, a whole class. One answer counts, and nobody meets an error."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from tests.quizapp.visitors import Visitor, query, questions, response_to

pytestmark = pytest.mark.every_database


def at_once(calls: Sequence[Callable[[], int]]) -> list[int]:
    """Run the calls in threads that start together; what each answered."""
    barrier = threading.Barrier(len(calls))
    answers: list[int] = []

    def run(call: Callable[[], int]) -> None:
        barrier.wait()
        answers.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == len(calls)
    return answers


def tab(app: Flask, visitor: Visitor) -> Visitor:
    """Another tab of the same browser."""
    other = Visitor(app.test_client(), htmx=visitor.htmx)
    cookie = visitor.client.get_cookie("quiz")
    assert cookie
    other.client.set_cookie("quiz", cookie.value)
    return other


def stored(app: Flask, public_id: str, position: int) -> list[str]:
    statement = """
        SELECT r.token FROM response r JOIN attempt_item i ON i.id = r.attempt_item_id
        JOIN attempt a ON a.id = i.attempt_id WHERE a.public_id = :id AND i.position = :position
    """
    return [row.token for row in query(app, statement, id=public_id, position=position)]


def test_a05_two_tabs_with_different_answers_leave_the_first(app: Flask, reader: Visitor) -> None:
    public_id = reader.start(length=10)
    for position, question in questions(app, public_id).items():
        tokens = question.tokens[:2]
        calls = [sender(tab(app, reader), public_id, position, token) for token in tokens]

        answers = at_once(calls)

        assert Counter(answers) == Counter({303: 1, 409: 1})
        assert len(stored(app, public_id, position)) == 1


def sender(visitor: Visitor, public_id: str, position: int, token: str) -> Callable[[], int]:
    """Sends the answer; all else was done before."""
    fields = {"csrf_token": visitor.form_token(), "option": token}
    address = response_to(public_id, position)
    return lambda: visitor.client.post(address, data=fields).status_code


def test_a05_a_double_click_is_one_answer(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    for position in range(1, 6):
        token = questions(app, public_id)[position].tokens[0]

        answers = at_once([sender(tab(app, reader), public_id, position, token) for _ in range(3)])

        assert answers == [303, 303, 303]
        assert stored(app, public_id, position) == [token]


def test_a06_eight_tabs_that_finish_at_once_agree_on_the_result(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    asked = questions(app, public_id)
    for position in range(1, 5):
        reader.answer(public_id, position, asked[position].key)
    tabs = [tab(app, reader) for _ in range(8)]

    answers = at_once([sender(one, public_id, 5, asked[5].tokens[n % 4]) for n, one in enumerate(tabs)])

    assert set(answers) <= {303, 409}
    (kept,) = stored(app, public_id, 5)
    right = 5 if kept == asked[5].key else 4
    pages = {one.get(f"/attempts/{public_id}/result").text.count(f"{right} of 5 right") for one in tabs}
    assert pages == {1}


def test_a_class_that_starts_at_once_gets_a_quiz_each(app: Flask) -> None:
    pupils = [Visitor(app.test_client()) for _ in range(12)]
    for pupil in pupils:
        pupil.get("/")

    answers = at_once([lambda pupil=pupil: len(questions(app, pupil.start())) for pupil in pupils])

    assert answers == [5] * 12
