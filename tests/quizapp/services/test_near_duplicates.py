"""Near-duplicates: the same question in other words is found, another one in like words is not, and it stays quick."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import insert, select

from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.standing import ItemFactRow
from quizapp.services.editing import create_question
from quizapp.services.near_duplicates import find_similar
from quizapp.services.versions import OptionContent
from quizapp.transactions import reading
from tests.quizapp.services.questions import MARIE, NOW, an_approved, changing, written


def similar(app: Flask, content: object, besides: str = "") -> list[str]:
    with app.app_context(), reading() as session:
        return [one.uid for one in find_similar(session, content, besides=besides)]  # type: ignore[arg-type]


@pytest.mark.every_database
def test_the_same_question_is_found_but_not_in_itself(small_app: Flask) -> None:
    known = an_approved(small_app)

    assert similar(small_app, known.content)[0] == known.uid
    assert known.uid not in similar(small_app, known.content, besides=known.uid)


@pytest.mark.every_database
def test_without_a_fact_or_passage_words_find_it(small_app: Flask) -> None:
    content = written(
        small_app, facts=(), evidence=(), stem="Which municipalities welcomed the delegation in 2018?"
    )
    with changing(small_app) as session:
        uid = create_question(session, content=content, teacher=MARIE, now=NOW)

    again = replace(content, stem="In 2018, which municipalities welcomed the delegation?")

    assert similar(small_app, again) == [uid]


def test_other_matter_in_like_words_is_not_the_same(small_app: Flask) -> None:
    austria = written(small_app, facts=(), evidence=(), stem="What is the capital of Austria?")
    with changing(small_app) as session:
        create_question(session, content=austria, teacher=MARIE, now=NOW)
    options = (OptionContent("Canberra", True, "…", "key"), *austria.options[:2])

    assert (
        similar(small_app, replace(austria, stem="What is the capital of Australia?", options=options)) == []
    )


def test_the_right_answer_counts(small_app: Flask) -> None:
    content = written(small_app, facts=(), evidence=(), stem="How many votes did the congress cast in 2018?")
    fifty = OptionContent("54 votes", True, "…", "key")
    with changing(small_app) as session:
        uid = create_question(
            session, content=replace(content, options=(fifty, *content.options[:2])), teacher=MARIE, now=NOW
        )
    other = replace(content, stem="How many votes did the congress of Nouméa cast during 2018?")

    same = replace(other, options=(replace(fifty, text="Fifty-four votes"), *content.options[:2]))
    assert similar(small_app, same) == [uid]
    assert similar(small_app, replace(other, options=(replace(fifty, text="60 votes"),))) == []


def test_nothing_is_similar_to_what_has_not_been_written(small_app: Flask) -> None:
    content = written(small_app)

    assert similar(small_app, replace(content, stem="What?")) == []
    assert similar(small_app, replace(content, options=())) == []


def test_retired_questions_do_not_count(small_app: Flask) -> None:
    content = written(small_app, stem="Which municipalities welcomed the delegation in 2018?")
    with changing(small_app) as session:
        create_question(session, content=content, teacher=MARIE, now=NOW, state="retired")

    assert similar(small_app, content) == []


def test_it_is_found_quickly_where_thousands_share_its_facts(small_app: Flask) -> None:
    known = an_approved(small_app)
    with changing(small_app) as session:
        item = session.get_one(ItemRow, known.id)
        version = session.scalars(select(ItemVersionRow).where(ItemVersionRow.item_id == known.id)).one()
        row = {c.key: getattr(item, c.key) for c in ItemRow.__table__.columns if c.key != "id"}
        said = {c.key: getattr(version, c.key) for c in ItemVersionRow.__table__.columns if c.key != "id"}
        ids = session.execute(
            insert(ItemRow).returning(ItemRow.id), [row | {"uid": f"copy-{n}"} for n in range(5000)]
        ).scalars().all()  # fmt: skip
        session.execute(
            insert(ItemVersionRow), [said | {"item_id": one, "stem": f"Another thing, {one}?"} for one in ids]
        )
        session.execute(
            insert(ItemFactRow), [{"item_id": one, "fact_id": known.content.facts[0]} for one in ids]
        )

    with small_app.app_context(), reading() as session:
        assert find_similar(session, known.content)[0].uid == known.uid
        began = time.perf_counter()
        find_similar(session, known.content)
        assert time.perf_counter() - began < 0.5
