"""Coverage: counts of approved questions on passages and facts, against what the versions themselves say."""

from __future__ import annotations

import pytest
from flask import Flask

from quizapp.services.coverage import CoveredDocument, CoveredFact, get_coverage, list_coverage
from quizapp.services.problems import SourceNotFoundError
from quizapp.services.sources import list_sources
from quizapp.transactions import reading
from tests.quizapp.visitors import execute, query

DOCUMENT = "000_1a7ee3f22d7662d0.txt"


def covered(app: Flask) -> tuple[CoveredDocument, ...]:
    with app.app_context(), reading() as session:
        return list_coverage(session)


@pytest.mark.every_database
def test_passages_count_the_approved_questions_that_quote_them(app: Flask) -> None:
    rows = query(
        app,
        "SELECT document_id, paragraph, count(*) AS n FROM item_passage JOIN item ON id = item_id"
        " WHERE state = 'approved' GROUP BY document_id, paragraph",
    )

    found = {
        (document.id, passage.n): passage.questions
        for document in covered(app)
        for passage in document.passages
        if passage.questions
    }

    assert found == {(row.document_id, row.paragraph): row.n for row in rows}


@pytest.mark.every_database
def test_every_fact_stands_under_its_passage(app: Flask) -> None:
    found = {
        fact.id: (document.id, passage.n)
        for document in covered(app)
        for passage in document.passages
        for fact in passage.facts
    }

    assert found == {
        row.id: (row.document_id, row.paragraph)
        for row in query(app, "SELECT id, document_id, paragraph FROM fact")
    }


@pytest.mark.every_database
def test_what_is_not_approved_covers_nothing(own_app: Flask) -> None:
    execute(own_app, "UPDATE item SET state = 'draft'")

    for document in covered(own_app):
        assert all(passage.questions == 0 for passage in document.passages)
        assert all(fact.questions == 0 for passage in document.passages for fact in passage.facts)
    with own_app.app_context(), reading() as session:
        assert [source.questions for source in list_sources(session)] == [0, 0]


def test_only_a_fact_that_is_good_for_a_question_can_be_missing_one() -> None:
    assert CoveredFact("NC-A01", "So.", "item", 0).is_uncovered
    assert not CoveredFact("NC-A01", "So.", "item", 1).is_uncovered
    assert not CoveredFact("NC-A01", "So.", "context", 0).is_uncovered


def test_one_document_is_like_it_is_among_all(app: Flask) -> None:
    with app.app_context(), reading() as session:
        assert get_coverage(session, DOCUMENT) == covered(app)[0]
        with pytest.raises(SourceNotFoundError):
            get_coverage(session, "none")
