"""Full-text search: the same questions on both databases, whatever is typed, and always of the current version."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.migrating import bring_up_to_date, migrations_of
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.services.search import is_found, words_in
from quizapp.services.versions import Content, NewVersion, OptionContent, add_versions, content_of_row
from quizapp.transactions import reading, writing
from tests.conftest import running_app
from tests.quizapp.visitors import Visitor, query

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
COUNTED = """
    SELECT item_id, answered, answered_right, share_right FROM item_listing WHERE answered > 0 ORDER BY item_id
"""


def test_words_are_folded_and_told_once() -> None:
    assert words_in("Nouméa’s NOUMÉA", "La Straße; 80%", "x" * 99) == [
        "noumea", "s", "la", "strasse", "80", "x" * 60,
    ]  # fmt: skip


def found(app: Flask, typed: str) -> set[int]:
    with app.app_context(), reading() as session:
        return set(session.scalars(select(ItemRow.id).where(is_found(session, typed))))


def say(app: Flask, content: Content, *, number: int = 2, series: int | None = None) -> int:
    """The item with id 1 says something else."""
    with app.app_context(), writing() as session:
        add_versions(session, [NewVersion(1, number, content, "marie", NOW, series=series)])
        item = session.get_one(ItemRow, 1)
        item.current_version = number
    return 1


def content_of(app: Flask, item: int = 1) -> Content:
    with app.app_context(), reading() as session:
        row = session.scalars(select(ItemVersionRow).where(ItemVersionRow.item_id == item)).first()
        assert row is not None
        return content_of_row(row)


@pytest.fixture
def spoken(own_app: Flask) -> Flask:
    """A bank in which the first question has words that no other has."""
    known = content_of(own_app)
    options = (
        replace(known.options[0], text="A coupé-décalé", rationale="It spins xylophonically."),
        *known.options[1:],
    )
    say(own_app, replace(known, stem="Zwölf Böxkämpfer?", options=options, explanation="Quuxly so."))
    return own_app


@pytest.mark.every_database
@pytest.mark.parametrize(
    "typed",
    [
        "zwolf", "ZWÖLF", "zwo", "bo zw", "boxkampfer quuxly xylophon", "coupe-decale", "zwölf*", '"zwolf"',
        "zwolf)( *", "zwolf'", "zwölf\x00",
    ],
)  # fmt: skip
def test_it_finds_every_text_of_a_question_by_the_beginnings_of_its_words(spoken: Flask, typed: str) -> None:
    assert 1 in found(spoken, typed)
    assert len(found(spoken, typed)) < 5


@pytest.mark.every_database
@pytest.mark.parametrize(
    "typed",
    [
        "zwolf nowhere",
        "wolf",
        "%",
        "***",
        "''",
        "NEAR(zwolf",
        "zwolf OR kanak",
        "'; DROP TABLE item; --",
        "z" * 5000,
    ],
)
def test_all_words_have_to_be_there_and_signs_mean_nothing(spoken: Flask, typed: str) -> None:
    assert found(spoken, typed) == set()


@pytest.mark.every_database
def test_a_single_letter_is_a_word_of_its_own(spoken: Flask) -> None:
    say(spoken, replace(content_of(spoken), stem="Vitamin Q?"), number=3)

    assert found(spoken, "q") == {1}
    assert found(spoken, "qu") != {1}


@pytest.mark.every_database
def test_what_a_question_said_before_is_not_found(spoken: Flask) -> None:
    known = content_of(spoken)
    say(
        spoken, replace(known, stem="Only this?", explanation="So.", options=_options("One", "Two")), number=3
    )

    assert found(spoken, "zwolf") == set()
    assert 1 in found(spoken, "only this")


def _options(*texts: str) -> tuple[OptionContent, ...]:
    return tuple(OptionContent(text, n == 0, "Because.", "sibling") for n, text in enumerate(texts))


def listed(app: Flask, item: int = 1) -> tuple[int, int]:
    row = query(app, "SELECT answered, answered_right FROM item_listing WHERE item_id = :item", item=item)[0]
    return row.answered, row.answered_right


@pytest.mark.every_database
def test_answers_are_counted_where_they_are_given(own_app: Flask) -> None:
    reader = Visitor(own_app.test_client())
    quiz = reader.start(length=5)
    reader.finish(own_app, quiz, right=[1, 3])

    rows = query(own_app, COUNTED)

    assert len(rows) == 5
    assert sorted(row.answered_right for row in rows) == [0, 0, 0, 1, 1]
    assert all(row.answered == 1 and row.share_right == row.answered_right for row in rows)


@pytest.mark.every_database
def test_a_new_series_counts_from_nothing_and_a_cosmetic_edit_goes_on(own_app: Flask) -> None:
    reader = Visitor(own_app.test_client())
    quiz = reader.start(length=5)
    reader.finish(own_app, quiz, right=[1])
    item = query(own_app, "SELECT item_id FROM attempt_item WHERE position = 1")[0].item_id
    known = content_of(own_app, item)

    with own_app.app_context(), writing() as session:
        add_versions(session, [NewVersion(item, 2, known, "marie", NOW, series=1)])
    assert listed(own_app, item) == (1, 1)

    with own_app.app_context(), writing() as session:
        add_versions(session, [NewVersion(item, 3, known, "marie", NOW)])
    assert listed(own_app, item) == (0, 0)


@pytest.mark.every_database
def test_a_late_answer_to_an_earlier_series_is_not_counted(own_app: Flask) -> None:
    reader = Visitor(own_app.test_client())
    quiz = reader.start(length=5)
    item = query(own_app, "SELECT item_id FROM attempt_item WHERE position = 1")[0].item_id
    with own_app.app_context(), writing() as session:
        add_versions(session, [NewVersion(item, 2, content_of(own_app, item), "marie", NOW)])

    reader.finish(own_app, quiz, right=[1])

    assert listed(own_app, item) == (0, 0)


@pytest.mark.every_database
def test_the_migration_makes_of_an_old_bank_what_an_index_is_today(
    own_app: Flask, database_url: str, tmp_path: Path
) -> None:
    reader = Visitor(own_app.test_client())
    for _ in range(3):
        reader.finish(own_app, reader.start(length=10), right=[1, 4])
    searched = {word: found(own_app, word) for word in ("referendum", "noumea", "china", "percent")}
    counted = query(own_app, COUNTED)

    with running_app(database_url, tmp_path / "migrating") as app:
        with app.app_context():
            migrations_of(app).downgrade("0002")
        bring_up_to_date(app)

    assert {word: found(own_app, word) for word in searched} == searched
    assert all(searched.values())
    assert query(own_app, COUNTED) == counted
