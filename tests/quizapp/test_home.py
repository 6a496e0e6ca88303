"""The home page: what there is to choose, and the way to the first question."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.quizapp.visitors import TOPICS, Visitor, count, execute, options, query, questions, rows, target


def test_it_offers_every_topic_with_its_number_of_questions(app: Flask, reader: Visitor) -> None:
    page = reader.get("/").text

    for row in query(
        app, "SELECT topic_id, count(*) AS n FROM item WHERE state = 'approved' GROUP BY topic_id"
    ):
        label = re.search(
            rf'<label[^>]*>(?:(?!</label>).)*value="{row.topic_id}".*?</label>', page, re.DOTALL
        )
        assert label
        assert f"{row.n} questions" in label[0]


def test_it_counts_no_question_that_is_not_approved(own_app: Flask, own_reader: Visitor) -> None:
    execute(own_app, "UPDATE item SET state = 'draft' WHERE topic_id = 'referendum'")

    assert ">0 questions" in own_reader.get("/").text


def test_all_topics_and_ten_questions_are_chosen_at_first(reader: Visitor) -> None:
    page = reader.get("/").text

    assert re.findall(r'name="topic" value="([^"]+)" checked', page) == list(dict.fromkeys(topics_on(page)))
    assert set(topics_on(page)) == set(TOPICS)
    assert re.findall(r'name="length" value="(\d+)"', page) == ["5", "10", "20"]
    assert re.findall(r'name="length" value="(\d+)" checked', page) == ["10"]


def topics_on(page: str) -> list[str]:
    return re.findall(r'name="topic" value="([^"]+)"', page)


def test_a_cold_visitor_is_two_requests_away_from_the_first_question(visitor: Visitor) -> None:
    started = visitor.post("/attempts", {"topic": TOPICS, "length": "10"})

    assert len(options(visitor.client.get(target(started)).text)) >= 3


def test_nothing_is_stored_for_somebody_who_only_looks(app: Flask, visitor: Visitor) -> None:
    before = rows(app)

    visitor.get("/")

    assert rows(app) == before


def test_a_start_without_a_topic_is_refused_in_words(app: Flask, visitor: Visitor) -> None:
    before = rows(app)

    answer = visitor.post("/attempts", {"length": "20"})

    assert answer.status_code == 422
    assert "Choose at least one topic." in answer.text
    assert rows(app) == before


def test_a_refused_start_keeps_what_was_chosen(visitor: Visitor) -> None:
    answer = visitor.post("/attempts", {"topic": ["referendum", "elsewhere"], "length": "20"})

    assert answer.status_code == 422
    assert re.findall(r'name="topic" value="([^"]+)" checked', answer.text) == ["referendum"]
    assert re.findall(r'name="length" value="(\d+)" checked', answer.text) == ["20"]


@pytest.mark.parametrize(
    "fields",
    [
        {"topic": "elsewhere", "length": "10"},
        {"topic": "referendum\0", "length": "10"},
        {"topic": "x" * 10_000, "length": "10"},
        {"topic": "referendum", "length": "1000000"},
        {"topic": "referendum", "length": "-5"},
        {"topic": "referendum", "length": "²"},
        {"topic": "referendum", "length": ["5", "10"]},
    ],
)
def test_junk_starts_no_quiz_and_is_not_repeated(app: Flask, reader: Visitor, fields: dict[str, str]) -> None:
    before = rows(app)

    answer = reader.post("/attempts", fields)

    assert answer.status_code == 422
    assert "garbled" in answer.text
    assert "x" * 100 not in answer.text
    assert rows(app) == before


def test_a_start_without_a_length_takes_the_usual_one(app: Flask, reader: Visitor) -> None:
    public_id = target(reader.post("/attempts", {"topic": "referendum"})).rpartition("/")[2]

    assert len(questions(app, public_id)) == 10


def test_an_empty_bank_says_that_there_is_nothing_to_ask(own_app: Flask, own_reader: Visitor) -> None:
    execute(own_app, "UPDATE item SET state = 'retired'")

    answer = own_reader.post("/attempts", {"topic": TOPICS, "length": "5"})

    assert answer.status_code == 409
    assert "no questions" in answer.text
    assert count(own_app, "attempt") == 0
