"""A changed passage or fact: exactly the questions that stand on it and are not proved anew are suspended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from question_bank.build import Build
from quizapp.services.editing import create_question
from quizapp.services.states import change_state
from quizapp.services.versions import Quote
from tests.quizapp.services.bank import (
    LATER,
    edit,
    planned,
    rebuild,
    state,
    waiting,
    with_fact,
    with_items,
    with_passage,
    without,
    without_fact,
)
from tests.quizapp.services.questions import JEAN, MARIE, NOW, changing, log_of, read, written
from tests.quizapp.visitors import query, rows

pytestmark = pytest.mark.every_database

Place = tuple[str, int]


def passage_of(build: Build, place: Place) -> str:
    return build.base.passage(*place).text


def standing_on(app: Flask, place: Place) -> set[str]:
    statement = """
        SELECT i.uid FROM item i JOIN item_passage p ON p.item_id = i.id
        WHERE p.document_id = :document AND p.paragraph = :paragraph
    """
    return {row.uid for row in query(app, statement, document=place[0], paragraph=place[1])}


@pytest.fixture
def place(small_app: Flask) -> Place:
    """The passage that most questions quote."""
    statement = """
        SELECT document_id, paragraph FROM item_passage
        GROUP BY document_id, paragraph ORDER BY count(*) DESC, document_id, paragraph LIMIT 1
    """
    row = query(small_app, statement)[0]
    return (row.document_id, row.paragraph)


@pytest.fixture
def changed(small_build: Build, place: Place) -> Build:
    """The passage says one thing more."""
    return with_passage(small_build, *place, f"{passage_of(small_build, place)} And so it was.")


def write_on(app: Flask, place: Place, words: str, *, facts: tuple[str, ...] = (), **named: Any) -> str:
    """A teacher's question that quotes these words of the passage."""
    quote = (Quote(*place, words),)
    content = written(app, evidence=quote, facts=facts)
    content = replace(content, options=tuple(replace(one, evidence=quote) for one in content.options))
    with changing(app) as session:
        return create_question(
            session, content=content, teacher=MARIE, now=NOW, state="approved", suffix=lambda: "x", **named
        )


def suspended(app: Flask) -> dict[str, str]:
    return {
        row.uid: row.suspended
        for row in query(app, "SELECT uid, suspended FROM item WHERE suspended IS NOT NULL")
    }


def test_what_the_build_proved_anew_follows_and_is_told(
    small_app: Flask, place: Place, changed: Build
) -> None:
    plan = rebuild(small_app, changed)

    assert suspended(small_app) == {}
    assert set(plan.follows) == standing_on(small_app, place)
    assert f"Proved anew on what was changed ({len(plan.follows)}):" in plan.lines
    assert plan.counts["unchanged"] == 24


def test_teachers_questions_and_edited_ones_wait_for_a_look(
    small_app: Flask, small_build: Build, place: Place, changed: Build
) -> None:
    own = write_on(small_app, place, passage_of(small_build, place)[:20])
    elsewhere = next(
        (document.id, passage.n)
        for document in small_build.base.documents
        for passage in document.passage
        if (document.id, passage.n) != place
    )
    far = write_on(small_app, elsewhere, passage_of(small_build, elsewhere)[:20], uid="far")
    edited, *rest = sorted(standing_on(small_app, place) - {own})
    unmoved = next(item.uid for item in small_build.items if item.uid not in standing_on(small_app, place))
    for uid in (edited, unmoved):
        edit(small_app, uid, stem=f"In a teacher's words {uid}?")

    plan = rebuild(small_app, changed)

    assert set(suspended(small_app)) == {own, edited} == set(plan.suspended)
    assert [state(small_app, uid)[0] for uid in (own, edited, far, unmoved)] == [
        "in_review",
        "in_review",
        "approved",
        "approved",
    ]
    assert set(plan.follows) == set(rest)
    assert state(small_app, own)[1] == plan.suspended[own]
    assert "Rebuild of 22 November 2026: " in plan.suspended[own]
    assert "¶" in plan.suspended[own]
    assert "was changed, though its quoted words are still there" in plan.suspended[own]
    assert any(line.startswith(f"  {own}: Rebuild of ") for line in plan.lines)


def test_the_same_rebuild_again_suspends_nothing_more(
    small_app: Flask, small_build: Build, place: Place, changed: Build
) -> None:
    own = write_on(small_app, place, passage_of(small_build, place)[:20])
    rebuild(small_app, changed)
    with changing(small_app) as session:
        change_state(session, uid=own, to="approved", teacher=JEAN, now=NOW, needs_second=False)
    before = rows(small_app, without=["audit_entry"])

    plan = rebuild(small_app, changed)

    assert (plan.suspended, plan.follows) == ({}, ())
    assert rows(small_app, without=["audit_entry"]) == before


def test_only_what_is_asked_is_suspended(
    small_app: Flask, small_build: Build, place: Place, changed: Build
) -> None:
    own = write_on(small_app, place, passage_of(small_build, place)[:20])
    with changing(small_app) as session:
        change_state(session, uid=own, to="retired", teacher=JEAN, now=NOW, needs_second=False)

    rebuild(small_app, changed)

    assert state(small_app, own) == ("retired", None, 1)


def test_a_second_change_is_told_beside_the_first(
    small_app: Flask, small_build: Build, place: Place, changed: Build
) -> None:
    own = write_on(small_app, place, passage_of(small_build, place)[:20])
    first = rebuild(small_app, changed).suspended[own]

    second = rebuild(
        small_app, with_passage(changed, *place, "Something else altogether, at last.")
    ).suspended[own]

    assert second.startswith(f"{first} Rebuild of ")
    assert second.endswith("was changed, and its quoted words are no longer there.")


def texts(quote: str, before: str) -> Iterator[tuple[str | None, str]]:
    yield f"{before} And so it was.", "was changed, though its quoted words are still there."
    yield f"{before} {quote}", "was changed, and its quoted words stand there more than once."
    yield before.replace(quote, "Instead of it"), "was changed, and its quoted words are no longer there."
    yield None, "is no longer in the source."


@pytest.mark.parametrize("n", range(4))
def test_what_became_of_the_quoted_words_is_told(
    small_app: Flask, small_build: Build, place: Place, n: int
) -> None:
    quote = passage_of(small_build, place)[:20]
    own = write_on(small_app, place, quote)
    text, told = list(texts(quote, passage_of(small_build, place)))[n]

    plan = planned(small_app, with_passage(small_build, *place, text))

    letter = small_build.base.document_by_id[place[0]].letter
    assert f"{letter}¶{place[1]} {told}" in plan.suspended[own].replace("; fact", ". fact")


def test_a_question_that_named_the_passage_only_by_its_fact_is_told_the_fact(
    small_app: Flask, small_build: Build, place: Place
) -> None:
    facts = [fact for fact in small_build.base.facts.values() if (fact.document, fact.paragraph) != place]
    restated, gone, left = facts[:3]
    uids = {
        fact.id: write_on(
            small_app, place, passage_of(small_build, place)[:20], facts=(fact.id,), uid=fact.id.lower()
        )
        for fact in (restated, gone, left)
    }
    changed = without_fact(with_fact(small_build, restated.id, statement="It was otherwise."), gone.id)

    plan = rebuild(small_app, changed)

    assert set(plan.suspended) == {uids[restated.id], uids[gone.id]}
    assert (
        f"fact {restated.id} was changed and reads now: “It was otherwise”"
        in plan.suspended[uids[restated.id]]
    )
    assert f"fact {gone.id} is no longer stated" in plan.suspended[uids[gone.id]]


def test_how_a_fact_is_asked_for_is_no_part_of_it(small_app: Flask, small_build: Build, place: Place) -> None:
    fact = next(iter(small_build.base.facts))
    write_on(small_app, place, passage_of(small_build, place)[:20], facts=(fact,))

    plan = rebuild(small_app, with_fact(small_build, fact, label="the same by another name", difficulty=1.0))

    assert (plan.suspended, plan.follows) == ({}, ())


def test_a_question_that_moves_to_a_changed_passage_with_the_build_is_looked_at_when_edited(
    small_app: Flask, small_build: Build, place: Place, changed: Build
) -> None:
    """Its new evidence stands on what was changed, and its stem is a teacher's."""
    one = next(item for item in small_build.items if item.uid not in standing_on(small_app, place))
    edit(small_app, one.uid, stem="In a teacher's words?")
    proof = replace_evidence(one, place, passage_of(changed, place)[:20])

    assert set(rebuild(small_app, with_items(changed, proof)).suspended) == {one.uid}


def replace_evidence(item: Any, place: Place, words: str) -> Any:
    quotation = item.evidence[0].model_copy(
        update={"document": place[0], "paragraph": place[1], "quote": words}
    )
    return replace(item, evidence=(quotation,))


def test_what_is_built_no_longer_on_changed_ground_is_retired_or_asked_about(
    small_app: Flask, place: Place, changed: Build
) -> None:
    edited, left, *_ = sorted(standing_on(small_app, place))
    edit(small_app, edited, stem="In a teacher's words?")

    plan = rebuild(small_app, without(changed, edited, left))

    assert state(small_app, left) == ("retired", None, 1)
    assert set(plan.suspended) == {edited}
    assert waiting(small_app) == {edited: {"state"}}


def test_the_reasons_are_in_the_log(
    small_app: Flask, small_build: Build, place: Place, changed: Build
) -> None:
    own = write_on(small_app, place, passage_of(small_build, place)[:20])

    plan = rebuild(small_app, changed)

    details = log_of(small_app, "seed-questions")[-1].details
    told = json.loads(details) if isinstance(details, str) else details
    assert told["suspended"] == plan.suspended == {own: state(small_app, own)[1]}
    assert told["follows"] == list(plan.follows)


def test_what_the_linter_says_of_suspended_questions_is_kept(
    small_app: Flask, small_build: Build, place: Place
) -> None:
    own = write_on(small_app, place, passage_of(small_build, place)[:20])

    rebuild(small_app, with_passage(small_build, *place, "Something else altogether, at last."))

    found = query(
        small_app,
        "SELECT f.rule FROM item_finding f JOIN item i ON i.id = f.item_id WHERE i.uid = :uid",
        uid=own,
    )
    assert "L26" in {row.rule for row in found}


def test_teachers_questions_are_left_alone_but_for_that(
    small_app: Flask, small_build: Build, place: Place, changed: Build
) -> None:
    own = write_on(small_app, place, passage_of(small_build, place)[:20])
    before = read(small_app, own)

    rebuild(small_app, changed)

    after = read(small_app, own)
    assert after == replace(before, state="in_review", suspended=after.suspended, updated_at=LATER)
