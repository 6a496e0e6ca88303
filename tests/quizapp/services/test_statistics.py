"""Statistics: summed over the versions that are one question, and never said with more certainty than they have."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from quizapp.services.editing import Question, save_edit
from quizapp.services.statistics import Series, Tally, statistics_of
from quizapp.transactions import reading
from tests.quizapp.services.questions import MARIE, NOW, an_approved, changing
from tests.quizapp.visitors import execute, query


def series_of(app: Flask, one: Question) -> tuple[Series, ...]:
    with app.app_context(), reading() as session:
        return statistics_of(session, one.id)


def chosen(app: Flask, one: Question, number: int, option: int, times: int, first: int) -> None:
    version = query(
        app, "SELECT id FROM item_version WHERE item_id = :id AND number = :n", id=one.id, n=number
    )[0].id
    execute(
        app,
        "INSERT INTO option_count (item_version_id, option, chosen, chosen_first) VALUES (:v, :o, :c, :f)",
        v=version,
        o=option,
        c=times,
        f=first,
    )


def edit(app: Flask, one: Question, number: int, stem: str, *, cosmetic: bool) -> None:
    with changing(app) as session:
        save_edit(
            session,
            uid=one.uid,
            content=replace(one.content, stem=stem),
            based_on=number,
            teacher=MARIE,
            now=NOW,
            cosmetic=cosmetic,
        )


@pytest.mark.every_database
def test_a_question_that_nobody_has_met_has_no_figures(own_app: Flask) -> None:
    (only,) = series_of(own_app, an_approved(own_app))

    assert (only.first, only.last, only.everybody) == (1, 1, Tally(0, 0))
    assert only.everybody.weight == "none"
    assert [option.chosen for option in only.options] == [0, 0, 0, 0]


@pytest.mark.every_database
def test_a_cosmetic_edit_goes_on_counting_and_another_begins_anew(own_app: Flask) -> None:
    one = an_approved(own_app)
    key = next(n for n, option in enumerate(one.content.options) if option.correct)
    edit(own_app, one, 1, f"{one.content.stem} ", cosmetic=True)
    edit(own_app, one, 2, "What did the report say in 2018?", cosmetic=False)
    chosen(own_app, one, 1, key, 10, 8)
    chosen(own_app, one, 2, key, 5, 5)
    chosen(own_app, one, 2, (key + 1) % 4, 15, 12)
    chosen(own_app, one, 3, key, 2, 1)

    now, before = series_of(own_app, one)

    assert (now.first, now.last, now.everybody, now.first_time) == (3, 3, Tally(2, 2), Tally(1, 1))
    assert (before.first, before.last) == (1, 2)
    assert (before.everybody, before.first_time) == (Tally(30, 15), Tally(25, 13))
    assert [option.chosen for option in before.options if option.is_key] == [15]


@pytest.mark.parametrize(
    ("n", "weight", "share"),
    [
        (0, "none", None),
        (19, "counts", None),
        (20, "indicative", 0.5),
        (49, "indicative", 0.5),
        (50, "full", 0.5),
    ],
)
def test_few_answers_are_counts_only(app: Flask, n: int, weight: str, share: float | None) -> None:
    tally = Tally(n, n // 2)

    assert tally.weight == weight
    assert (tally.share is None) is (share is None)
    if share:
        assert tally.share == pytest.approx(share, abs=0.02)


@pytest.mark.every_database
def test_a_corrected_key_is_the_key_of_old_figures_too(own_app: Flask) -> None:
    one = an_approved(own_app)
    key = next(n for n, option in enumerate(one.content.options) if option.correct)
    chosen(own_app, one, 1, (key + 1) % 4, 4, 4)
    version = query(own_app, "SELECT id FROM item_version WHERE item_id = :id", id=one.id)[0].id
    execute(
        own_app,
        "INSERT INTO key_correction (item_version_id, key, marks, corrected_at, corrected_by, replaced_by)"
        " VALUES (:v, :k, 'left', '2026-03-02 09:30:00.000000', 'x', :v)",
        v=version,
        k=(key + 1) % 4,
    )

    (only,) = series_of(own_app, one)

    assert only.everybody == Tally(4, 4)
