"""Taking a quiz: each answer is on disk before it is judged, is taken once, and is never changed."""

from __future__ import annotations

import html
import json
import re
from collections import Counter

import pytest
from flask import Flask

from quizapp.asking.pages import LATE
from tests.quizapp.visitors import (
    TOPICS,
    Visitor,
    item,
    options,
    query,
    questions,
    rows,
    target,
    without_form_tokens,
)

RESPONSES = """
    SELECT r.token, r.correct FROM response r
    JOIN attempt_item i ON i.id = r.attempt_item_id JOIN attempt a ON a.id = i.attempt_id WHERE a.public_id = :id
"""
FOR_HTMX = {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"}


@pytest.mark.parametrize("length", [5, 10, 20])
def test_a_quiz_has_as_many_questions_as_wanted(app: Flask, reader: Visitor, length: int) -> None:
    assert len(questions(app, reader.start(length=length))) == length


def test_topics_are_balanced(app: Flask, reader: Visitor) -> None:
    topics = Counter(question.topic for question in questions(app, reader.start(length=10)).values())

    assert sorted(topics.values()) == [3, 3, 4]


def test_only_chosen_topics_are_asked(app: Flask, reader: Visitor) -> None:
    asked = questions(app, reader.start(["referendum", "referendum"], 10))

    assert {question.topic for question in asked.values()} == {"referendum"}


def test_starting_leads_to_the_quiz(visitor: Visitor) -> None:
    answer = visitor.post("/attempts", {"topic": TOPICS, "length": "5"})

    assert (answer.status_code, answer.text) == (204, "") if visitor.htmx else answer.status_code == 303
    assert re.fullmatch(r"/attempts/[A-Za-z0-9_-]{22}", target(answer))


def test_a_question_shows_its_stem_and_every_option(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    asked = questions(app, public_id)[1]

    page = visitor.get(item(public_id, 1)).text

    stem = query(app, "SELECT stem FROM item_version WHERE id = :id", id=asked.version)[0].stem
    assert stem in html.unescape(page)
    assert [(shown.token, shown.text) for shown in options(page)] == list(
        zip(asked.tokens, asked.texts, strict=True)
    )
    assert "Question 1 of 5" in page


def test_htmx_gets_a_fragment_and_others_a_page(visitor: Visitor) -> None:
    public_id = visitor.start()

    answer = visitor.get(item(public_id, 1))

    assert ("<!doctype html>" in answer.text) is not visitor.htmx
    assert set(answer.vary) >= FOR_HTMX
    assert answer.headers.get("HX-Push-Url") == (item(public_id, 1) if visitor.htmx else None)


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a31_a_boosted_or_restored_page_is_a_whole_one(reader: Visitor, header: str) -> None:
    answer = reader.get(item(reader.start(), 1), HX_Request="true", **{header: "true"})

    assert "<!doctype html>" in answer.text


def test_an_attempt_shows_its_first_open_question(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.answer(public_id, 1, questions(app, public_id)[1].key)

    assert "Question 2 of 5" in visitor.get(f"/attempts/{public_id}").text


@pytest.mark.every_database
def test_an_answer_is_recorded_and_judged(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    asked = questions(app, public_id)[1]

    answer = visitor.answer(public_id, 1, asked.wrong[0])

    assert answer.status_code == (200 if visitor.htmx else 303)
    stored = query(app, RESPONSES, id=public_id)
    assert [(row.token, bool(row.correct)) for row in stored] == [(asked.wrong[0], False)]
    assert "Not this one" in visitor.get(item(public_id, 1)).text


def test_a_right_answer_is_called_right(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()

    visitor.answer(public_id, 1, questions(app, public_id)[1].key)

    page = visitor.get(item(public_id, 1)).text
    assert "Your answer, right" in page
    assert "Not this one" not in page


def test_feedback_gives_the_reason_of_every_option_and_marks_the_proof(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    asked = questions(app, public_id)[1]
    visitor.answer(public_id, 1, asked.wrong[0])

    page = visitor.get(item(public_id, 1)).text

    words = html.unescape(re.sub(r"<[^>]+>", "", page))
    for rationale in rationales(app, asked.version):
        assert without_locators(rationale) in without_locators(words)
    assert page.count("<mark>") >= 1
    assert 'href="/sources/' in page


def rationales(app: Flask, version: int) -> list[str]:
    options = query(app, "SELECT options FROM item_version WHERE id = :id", id=version)[0].options
    return [option["rationale"] for option in json.loads(options)]


def without_locators(text: str) -> str:
    return " ".join(re.sub(r"\w+ ?¶\d+([–-]\d+)?", "¶", text).split())


def test_a04_the_same_answer_again_gets_the_same_feedback(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    token = questions(app, public_id)[1].wrong[0]
    first = visitor.answer(public_id, 1, token)
    before = rows(app)

    again = visitor.answer(public_id, 1, token)

    assert again.status_code == first.status_code
    assert without_form_tokens(again.text) == without_form_tokens(first.text)
    assert rows(app) == before


@pytest.mark.every_database
def test_a04_another_answer_later_changes_nothing(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    asked = questions(app, public_id)[1]
    visitor.answer(public_id, 1, asked.wrong[0])
    before = rows(app)

    late = visitor.answer(public_id, 1, asked.key)

    assert late.status_code == 409
    assert LATE in html.unescape(late.text)
    assert "Not this one" in late.text
    assert rows(app) == before


def test_the_page_of_an_answered_question_shows_its_feedback_for_good(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.answer(public_id, 1, questions(app, public_id)[1].key)

    assert visitor.get(item(public_id, 1)).text == visitor.get(item(public_id, 1)).text
    assert LATE not in visitor.get(item(public_id, 1)).text


def test_feedback_leads_to_the_next_open_question(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.answer(public_id, 5, questions(app, public_id)[5].key)

    page = visitor.get(item(public_id, 5)).text

    assert f'href="{item(public_id, 1)}"' in page
    assert "Next question" in page


def test_feedback_on_the_last_question_leads_to_the_result(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    visitor.finish(app, public_id)

    assert f'href="/attempts/{public_id}/result"' in visitor.get(item(public_id, 5)).text
