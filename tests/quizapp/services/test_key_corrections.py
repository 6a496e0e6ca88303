"""A wrong key: a student's result before and after, for each thing that old answers may count."""

from __future__ import annotations

import html
import re
import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask

from quizapp.services.editing import EditedMeanwhileError, Question, get_question, restore_version, save_edit
from quizapp.services.key_corrections import Affected, Marks, NewKey, affected_by, correct_key
from quizapp.services.problems import NotReadyError
from quizapp.transactions import reading
from tests.quizapp.services.questions import MARIE, NOW, changing, log_of, read
from tests.quizapp.test_transactions import statements
from tests.quizapp.visitors import HTMX, Visitor, item, query, questions, response_to, rows
from tests.quizapp.visitors import Question as Asking

NOTE = "The key of this question was corrected on 2 Mar 2026; your answer"


class Sitting:
    """A finished quiz of five: the learner chose the key twice, and at ``position`` what the test says."""

    def __init__(self, app: Flask, choice: str) -> None:
        self.app, self.visitor = app, Visitor(app.test_client())
        self.public_id = self.visitor.start()
        self.asked = questions(app, self.public_id)[1]
        self.uid = query(app, "SELECT uid FROM item WHERE id = :id", id=self.asked.item)[0].uid
        self.question = read(app, self.uid)
        self.key = next(n for n, option in enumerate(self.question.content.options) if option.correct)
        self.right = next(n for n in range(4) if n != self.key)  # what turns out to be right
        self.other = next(n for n in range(4) if n not in {self.key, self.right})
        place = {"old key": self.key, "new key": self.right, "neither": self.other}[choice]
        self.visitor.answer(self.public_id, 1, self.token(place))
        for position in (2, 3, 4, 5):
            asked = questions(app, self.public_id)[position]
            self.visitor.answer(self.public_id, position, asked.key if position < 4 else asked.wrong[0])

    def token(self, place: int) -> str:
        return self.asked.tokens[self.asked.texts.index(self.question.content.options[place].text)]

    def score(self) -> str:
        page = self.visitor.get(f"/attempts/{self.public_id}/result").text
        return re.search(r"<h1>(\d of 5) right</h1>", page)[1]  # type: ignore[index]

    def result(self) -> str:
        return html.unescape(self.visitor.get(f"/attempts/{self.public_id}/result").text)

    def feedback(self) -> str:
        return html.unescape(self.visitor.get(item(self.public_id, 1)).text)

    def correct(self, marks: Marks, **more: Any) -> Question:
        return correct(self.app, self.uid, self.right, marks, **more)


def correct(app: Flask, uid: str, option: int, marks: Marks, **more: Any) -> Question:
    before = read(app, uid)
    new_key = NewKey(option, "New: this is right.", "New: this is wrong.", "New: the answer is another, A¶1.")
    with changing(app) as session:
        return correct_key(
            session,
            uid=uid,
            new_key=new_key,
            marks=marks,
            **{"based_on": before.number, "teacher": MARIE, "now": NOW, **more},
        )


@dataclass
class Asked:
    """Somebody else who has the question before them, and has not answered it yet."""

    visitor: Visitor
    public_id: str
    position: int
    asked: Asking

    @classmethod
    def of(cls, sitting: Sitting) -> Asked:
        visitor = Visitor(sitting.app.test_client())
        for _ in range(80):
            public_id = visitor.start(length=20)
            for position, asked in questions(sitting.app, public_id).items():
                if asked.item == sitting.asked.item:
                    return cls(visitor, public_id, position, asked)
        raise AssertionError(sitting.uid)

    def token(self, text: str) -> str:
        return self.asked.tokens[self.asked.texts.index(text)]

    def counts(self, app: Flask) -> list[bool]:
        statement = """
            SELECT r.correct FROM response r JOIN attempt_item i ON i.id = r.attempt_item_id
            JOIN attempt a ON a.id = i.attempt_id WHERE a.public_id = :id AND i.position = :position
        """
        found = query(app, statement, id=self.public_id, position=self.position)
        return [bool(row.correct) for row in found]


def affected(app: Flask, uid: str, option: int) -> tuple[Affected, ...]:
    with app.app_context(), reading() as session:
        return affected_by(session, get_question(session, uid), option)


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("choice", "marks", "before", "after", "counts"),
    [
        ("old key", "rescored", "3 of 5", "2 of 5", "counts as wrong"),
        ("new key", "rescored", "2 of 5", "3 of 5", "counts as right"),
        ("neither", "rescored", "2 of 5", "2 of 5", "counts as wrong"),
        ("old key", "full", "3 of 5", "3 of 5", "counts as right"),
        ("new key", "full", "2 of 5", "3 of 5", "counts as right"),
        ("neither", "full", "2 of 5", "3 of 5", "counts as right"),
        ("old key", "left", "3 of 5", "3 of 5", "stays as it was counted then, as right"),
        ("new key", "left", "2 of 5", "2 of 5", "stays as it was counted then, as wrong"),
        ("neither", "left", "2 of 5", "2 of 5", "stays as it was counted then, as wrong"),
    ],
)
def test_a_result_follows_the_decision(
    own_app: Flask, choice: str, marks: Marks, before: str, after: str, counts: str
) -> None:
    sitting = Sitting(own_app, choice)
    assert sitting.score() == before
    untouched = ["item", "item_version", "response", "audit_entry", "key_correction", "item_finding"]
    untouched += ["item_listing", "item_search", "item_fact", "item_passage"]
    kept = rows(own_app, without=untouched)

    corrected = sitting.correct(marks)

    assert sitting.score() == after
    right = sitting.question.content.options[sitting.right].text
    for page in (sitting.result(), sitting.feedback()):
        assert f"{NOTE} {counts}." in page
        assert right in page
    assert "New: the answer is another" in sitting.feedback()
    assert "New: this is right." in sitting.feedback()
    assert (corrected.number, corrected.series, corrected.content.key.text) == (2, 2, right)
    assert rows(own_app, without=untouched) == kept


VERDICTS = [
    ("old key", "rescored", "Not this one"),
    ("new key", "rescored", "Right"),
    ("old key", "full", "Counts as right"),
    ("new key", "left", "Counts as not right"),
    ("old key", "left", "Counts as right"),
]


@pytest.mark.parametrize(("choice", "marks", "verdict"), VERDICTS)
def test_the_verdict_says_what_the_answer_counts_as(
    own_app: Flask, choice: str, marks: Marks, verdict: str
) -> None:
    sitting = Sitting(own_app, choice)
    sitting.correct(marks)

    assert re.search(rf"</svg>\s*{verdict}</h2>", sitting.feedback())


def test_the_learner_sees_the_right_answer_whatever_theirs_counts(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")
    sitting.correct("full")

    right = sitting.question.content.options[sitting.right].text
    assert f'<dt>Right answer</dt><dd lang="en">{right}</dd>' in sitting.result()


def test_old_questions_without_a_correction_say_nothing_of_any(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")
    sitting.correct("rescored")

    assert sitting.result().count(NOTE) == 1
    assert NOTE not in sitting.visitor.get(item(sitting.public_id, 2)).text


@pytest.mark.every_database
def test_what_would_change_is_told_beforehand_and_in_the_log(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")

    (one,) = affected(own_app, sitting.uid, sitting.right)
    sitting.correct("rescored")

    assert (one.number, one.responses, one.attempts) == (1, 1, 1)
    assert (one.to_right, one.to_wrong, one.to_full) == (0, 1, 0)
    (entry,) = log_of(own_app, "rescore")
    assert (entry.actor, entry.subject) == (MARIE, sitting.uid)
    details = str(entry.details).replace("'", '"')
    for told in ('"marks": "rescored"', '"responses": 1', '"responses_changed": 1', '"versions": [1]'):
        assert told in details


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("marks", "place", "counts"),
    [
        ("rescored", "right", True),
        ("rescored", "key", False),
        ("full", "other", True),
        ("left", "right", True),
        ("left", "key", False),
    ],
)
def test_an_open_question_is_judged_by_the_corrected_key(
    own_app: Flask, marks: Marks, place: str, counts: bool
) -> None:
    sitting = Sitting(own_app, "neither")
    other = Asked.of(sitting)
    sitting.correct(marks)
    text = sitting.question.content.options[getattr(sitting, place)].text

    other.visitor.answer(other.public_id, other.position, other.token(text))

    assert other.counts(own_app) == [counts]
    assert NOTE in html.unescape(other.visitor.get(item(other.public_id, other.position)).text)


def test_versions_with_the_same_options_are_corrected_too(own_app: Flask) -> None:
    """Also where a cosmetic edit has changed their words; whoever asked something else is left out by number."""
    sitting = Sitting(own_app, "old key")
    content = sitting.question.content
    shouted = tuple(replace(one, text=one.text.upper()) for one in content.options)
    for n, (changes, cosmetic) in enumerate(
        [({"options": shouted}, True), ({"stem": "Something else, in 2018?"}, False)], start=1
    ):
        with changing(own_app) as session:
            save_edit(
                session,
                uid=sitting.uid,
                content=replace(content, **changes),
                based_on=n,
                teacher=MARIE,
                now=NOW,
                cosmetic=cosmetic,
            )
    found = affected(own_app, sitting.uid, sitting.right)
    assert [(one.number, one.responses) for one in found] == [(3, 0), (2, 0), (1, 1)]

    sitting.correct("rescored", versions={3})
    assert sitting.score() == "3 of 5"
    assert NOTE not in sitting.result()


def test_a_version_with_other_options_keeps_its_key(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")
    options = sitting.question.content.options
    with changing(own_app) as session:
        save_edit(
            session,
            uid=sitting.uid,
            content=replace(
                sitting.question.content,
                options=tuple(
                    replace(one, text="Something else altogether") if n == sitting.other else one
                    for n, one in enumerate(options)
                ),
            ),
            based_on=1,
            teacher=MARIE,
            now=NOW,
        )

    assert [one.number for one in affected(own_app, sitting.uid, sitting.right)] == [2]


@pytest.mark.every_database
def test_a_correction_can_be_corrected(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")
    sitting.correct("rescored")
    assert sitting.score() == "2 of 5"

    correct(own_app, sitting.uid, sitting.key, "rescored")

    assert sitting.score() == "3 of 5"
    assert read(own_app, sitting.uid).number == 3
    assert query(own_app, "SELECT count(*) AS n FROM key_correction")[0].n == 2


def test_a_version_with_a_wrong_key_does_not_come_back(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")
    sitting.correct("left")

    with pytest.raises(NotReadyError, match="has been corrected"), changing(own_app) as session:
        restore_version(session, uid=sitting.uid, number=1, teacher=MARIE, now=NOW)


@pytest.mark.parametrize("option", [-1, 4, None])
def test_only_another_option_can_become_the_key(own_app: Flask, option: int | None) -> None:
    sitting = Sitting(own_app, "old key")
    before = rows(own_app)

    with pytest.raises(NotReadyError, match="Choose the option"):
        correct(own_app, sitting.uid, sitting.key if option is None else option, "rescored")

    assert rows(own_app) == before


def test_a_key_is_corrected_in_the_version_that_was_looked_at(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")
    before = rows(own_app)

    with pytest.raises(EditedMeanwhileError):
        sitting.correct("rescored", based_on=7)

    assert rows(own_app) == before


@pytest.mark.every_database
def test_an_answer_that_comes_in_at_that_moment_is_judged_by_one_key_or_the_other(own_app: Flask) -> None:
    """Whoever answers while the key is being corrected ends up with what the correction says."""
    sitting = Sitting(own_app, "neither")
    other = Asked.of(sitting)
    token = other.token(sitting.question.content.options[sitting.key].text)
    fields = {"csrf_token": other.visitor.form_token(), "option": token}
    address = response_to(other.public_id, other.position)

    def answer() -> None:
        other.visitor.client.post(address, data=fields, headers=HTMX)

    thread = threading.Thread(target=answer)
    before = read(own_app, sitting.uid)
    new_key = NewKey(sitting.right, "New: this is right.", "New: this is wrong.", "New: another, A¶1.")
    with changing(own_app) as session:
        correct_key(
            session,
            uid=sitting.uid,
            new_key=new_key,
            marks="rescored",
            based_on=before.number,
            teacher=MARIE,
            now=NOW,
        )
        thread.start()
        time.sleep(0.5)  # the answer waits, or is being written
    thread.join()

    assert other.counts(own_app) == [False]


@pytest.mark.every_database
def test_a_corrected_question_costs_no_statement_more(own_app: Flask) -> None:
    sitting = Sitting(own_app, "old key")
    place = item(sitting.public_id, 1)
    sitting.visitor.get(place)
    with statements(own_app) as before:
        sitting.visitor.get(place)

    sitting.correct("rescored")
    with statements(own_app) as after:
        sitting.visitor.get(place)

    assert len(after) == len(before)
