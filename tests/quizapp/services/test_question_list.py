"""The list: every filter, every order, every page, and the same on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from werkzeug.datastructures import MultiDict

from quizapp.models.bank import ItemRow
from quizapp.models.editing import ItemConflictRow
from quizapp.models.reports import ReportRow
from quizapp.models.search import ItemListingRow
from quizapp.models.standing import ItemFindingRow
from quizapp.services import question_list
from quizapp.services.question_list import ORDERS, Filter, Listed, Page, list_choices, list_questions, uids_of
from quizapp.transactions import reading, writing
from tests.quizapp.visitors import query

DOCUMENT = "000_1a7ee3f22d7662d0.txt"
ON_PASSAGES = "SELECT DISTINCT uid FROM item JOIN item_passage p ON p.item_id = id"
ON_VERSIONS = (
    "SELECT uid FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.current_version"
)
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def listed(app: Flask, wanted: Filter | None = None, *, order: str = "changed", number: int = 1) -> Page:
    with app.app_context(), reading() as session:
        return list_questions(session, wanted or Filter(), order=order, number=number)


def all_uids(app: Flask, wanted: Filter) -> list[str]:
    with app.app_context(), reading() as session:
        return uids_of(session, wanted)


def test_a_filter_goes_into_an_address_and_comes_back() -> None:
    wanted = Filter(
        text="vote 2018", topic="referendum", document=DOCUMENT, paragraph=7, fact="NC-A01", model="date",
        state="draft", origin="teacher", bloom="apply", finding="any", reported=True, suspended=True, unsourced=True,
        conflicting=True,
    )  # fmt: skip

    assert Filter.from_args(MultiDict(wanted.to_args())) == wanted
    assert Filter().to_args() == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"state": "published", "origin": "nobody", "unknown": "x"}, Filter()),
        ({"paragraph": "-1"}, Filter()),
        ({"paragraph": "99999999999999999999"}, Filter()),
        ({"paragraph": "٣"}, Filter()),
        ({"text": "  a\x00b\ud800c\n "}, Filter(text="abc")),
        ({"text": "x" * 5000}, Filter(text="x" * 200)),
        ({"topic": "no-such-topic"}, Filter(topic="no-such-topic")),
    ],
)
def test_what_cannot_be_meant_is_left_out(typed: dict[str, str], kept: Filter) -> None:
    assert Filter.from_args(typed) == kept


@pytest.fixture
def varied(own_app: Flask) -> Flask:
    """A bank in which the first questions differ in all that can be asked for."""
    with own_app.app_context(), writing() as session:
        for number, state in ((1, "draft"), (2, "in_review"), (3, "retired")):
            session.execute(update(ItemRow).where(ItemRow.id == number).values(state=state))
        session.execute(update(ItemRow).where(ItemRow.id == 4).values(suspended="The passage changed."))
        session.execute(update(ItemRow).where(ItemRow.id == 5).values(origin="teacher"))
        session.execute(update(ItemListingRow).where(ItemListingRow.item_id == 5).values(unsourced=True))
        finding = {"severity": "W", "place": "stem", "message": "Long."}
        session.execute(ItemFindingRow.__table__.delete())  # type: ignore[attr-defined]
        session.execute(
            insert(ItemFindingRow),
            [{"item_id": n, "rule": rule, **finding} for n, rule in ((6, "L02"), (7, "L05"))],
        )
        session.execute(
            insert(ItemConflictRow),
            [{"item_id": 8, "field": "stem", "theirs": {"value": "x"}, "fingerprint": "f", "found_at": NOW}],
        )
        report = {"item_version_id": 9, "reason": "wrong", "text": "No.", "made_at": NOW}
        session.execute(
            insert(ReportRow),
            [
                {**report, "item_id": n, "state": state}
                for n, state in ((9, "open"), (9, "open"), (10, "settled"))
            ],
        )
    return own_app


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("wanted", "items"),
    [
        (Filter(state="draft"), [1]),
        (Filter(state="in_review"), [2]),
        (Filter(state="retired"), [3]),
        (Filter(suspended=True), [4]),
        (Filter(origin="teacher"), [5]),
        (Filter(unsourced=True), [5]),
        (Filter(finding="any"), [6, 7]),
        (Filter(finding="L05"), [7]),
        (Filter(finding="L99"), []),
        (Filter(conflicting=True), [8]),
        (Filter(reported=True), [9]),
        (Filter(text="zzzz"), []),
        (Filter(topic="no-such-topic"), []),
        (Filter(state="draft", finding="any"), []),
    ],
)
def test_each_filter_finds_what_it_asks_for(varied: Flask, wanted: Filter, items: list[int]) -> None:
    uids = {row.uid for row in query(varied, "SELECT id, uid FROM item") if row.id in items}

    page = listed(varied, wanted)

    assert {row.uid for row in page.questions} == uids
    assert page.total == len(uids)
    assert all_uids(varied, wanted) == sorted(uids)


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("wanted", "statement"),
    [
        (Filter(topic="referendum"), "SELECT uid FROM item WHERE topic_id = 'referendum'"),
        (
            Filter(fact="NC-A01"),
            "SELECT uid FROM item JOIN item_fact f ON f.item_id = id WHERE f.fact_id = 'NC-A01'",
        ),
        (
            Filter(document=DOCUMENT, paragraph=7),
            f"{ON_PASSAGES} WHERE p.document_id = '000_1a7ee3f22d7662d0.txt' AND p.paragraph = 7",
        ),
        (
            Filter(paragraph=7, topic="referendum"),
            f"{ON_PASSAGES} WHERE p.paragraph = 7 AND topic_id = 'referendum'",
        ),
        (
            Filter(model="statement", bloom="understand"),
            f"{ON_VERSIONS} WHERE v.model = 'statement' AND v.bloom = 'understand'",
        ),
    ],
    ids=["topic", "fact", "passage", "paragraph of any source", "kind and level"],
)
def test_filters_agree_with_what_the_bank_says(app: Flask, wanted: Filter, statement: str) -> None:
    expected = sorted(row.uid for row in query(app, statement))

    assert expected
    assert all_uids(app, wanted) == expected
    assert listed(app, wanted).total == len(expected)


@pytest.fixture
def answered(own_app: Flask) -> Flask:
    """A bank whose questions differ in every column that lists are sorted by; some were never answered."""
    rng = Random(7)  # noqa: S311
    with own_app.app_context(), writing() as session:
        for item in session.scalars(select(ItemRow.id)):
            answers = rng.choice([0, 0, 4, 8])
            right = rng.randint(0, answers)
            session.execute(
                update(ItemListingRow)
                .where(ItemListingRow.item_id == item)
                .values(
                    answered=answers, answered_right=right, share_right=right / answers if answers else None
                )
            )
            session.execute(
                update(ItemRow)
                .where(ItemRow.id == item)
                .values(updated_at=NOW + dt.timedelta(hours=rng.randrange(9)))
            )
    return own_app


SORTED_BY: dict[str, Callable[[Listed], Any]] = {
    "changed": lambda row: -row.updated_at.timestamp(),
    "unchanged": lambda row: row.updated_at,
    "answered": lambda row: -row.answered,
    "unanswered": lambda row: row.answered,
    "wrong": lambda row: 2 if row.share_right is None else row.share_right,
    "right": lambda row: 2 if row.share_right is None else -row.share_right,
}


@pytest.mark.every_database
def test_pages_of_every_order_hold_each_question_once(answered: Flask) -> None:
    for wanted in (Filter(), Filter(text="referendum", topic="referendum")):
        for order in ORDERS:
            pages = listed(answered, wanted, order=order).pages
            found = [
                row
                for number in range(1, pages + 1)
                for row in listed(answered, wanted, order=order, number=number).questions
            ]

            assert sorted(row.uid for row in found) == all_uids(answered, wanted), order
            if order in SORTED_BY:
                assert found == sorted(found, key=SORTED_BY[order]), order


def test_a_page_too_far_is_the_last_one(app: Flask) -> None:
    last = listed(app, number=10_000)

    assert last.number == last.pages
    assert 0 < len(last.questions) <= question_list.A_PAGE


def test_an_empty_list_has_one_page(app: Flask) -> None:
    assert replace(listed(app, Filter(text="zzzz")), questions=()) == Page(
        (), 0, is_longer=False, number=1, pages=1
    )


def test_a_longer_list_than_is_counted_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_list, "MOST_COUNTED", 60)

    page = listed(app, number=3)

    assert (page.total, page.is_longer, page.pages, len(page.questions)) == (60, True, 3, 10)


def test_choices_are_what_the_bank_has(app: Flask) -> None:
    with app.app_context(), reading() as session:
        choices = list_choices(session)

    assert [topic for topic, _ in choices.topics] == [
        "referendum", "kanak-settler-history", "pacific-geopolitics",
    ]  # fmt: skip
    assert len(choices.documents) == 2
    assert "statement" in choices.models


@pytest.mark.every_database
def test_a_row_tells_what_stands_against_a_question(varied: Flask) -> None:
    [reported] = listed(varied, Filter(reported=True)).questions
    [suspended] = listed(varied, Filter(suspended=True)).questions
    [conflicting] = listed(varied, Filter(conflicting=True)).questions

    assert (reported.reports, reported.findings, reported.conflicts) == (2, 0, 0)
    assert suspended.suspended == "The passage changed."
    assert conflicting.conflicts == 1
