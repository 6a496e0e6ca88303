"""Editing: new questions, new versions, old ones again; nobody's work is ever overwritten."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from quizapp.services.editing import EditedMeanwhileError, create_question, restore_version, save_edit
from quizapp.services.problems import NotReadyError, QuestionNotFoundError, VersionNotFoundError
from quizapp.services.uids import slug
from tests.quizapp.services.questions import (
    JEAN,
    MARIE,
    NOW,
    an_approved,
    changing,
    log_of,
    read,
    rekeyed,
    written,
)
from tests.quizapp.visitors import query, rows


def create(app: Flask, **changes: Any) -> str:
    with changing(app) as session:
        return create_question(session, content=written(app, **changes), teacher=MARIE, now=NOW)


def edit(app: Flask, uid: str, *, teacher: str = MARIE, based_on: int | None = None, **changes: Any) -> None:
    """An edit of fields of the content, and of how it is taken."""
    taken = {name: changes.pop(name) for name in ("cosmetic", "needs_second", "note") if name in changes}
    before = read(app, uid)
    with changing(app) as session:
        save_edit(
            session,
            uid=uid,
            content=replace(before.content, **changes),
            based_on=based_on or before.number,
            teacher=teacher,
            now=NOW,
            **taken,
        )


@pytest.mark.every_database
def test_a_new_question_is_a_draft_with_a_name_of_its_own(own_app: Flask) -> None:
    first, second = create(own_app), create(own_app)

    assert re.fullmatch(r"which-of-these-did-the-report-[0-9a-f]{8}", first)
    assert first != second
    question = read(own_app, first)
    assert (question.origin, question.state, question.number, question.made_by) == (
        "teacher",
        "draft",
        1,
        MARIE,
    )
    assert question.content == written(own_app)
    row = query(own_app, "SELECT family, facts, enemies, camp FROM item WHERE uid = :uid", uid=first)[0]
    assert (row.family, row.camp) == (first, None)
    assert [entry.subject for entry in log_of(own_app, "create")] == [first, second]


def test_a_question_may_bring_its_name_and_be_approved_at_once(own_app: Flask) -> None:
    with changing(own_app) as session:
        uid = create_question(
            session, content=written(own_app), teacher=MARIE, now=NOW, state="approved", uid="from-a-file"
        )

    assert read(own_app, uid).state == "approved"
    assert uid == "from-a-file"


def test_what_cannot_be_asked_is_not_approved_at_once(own_app: Flask) -> None:
    before = rows(own_app)

    with pytest.raises(NotReadyError, match="empty"), changing(own_app) as session:
        create_question(session, content=written(own_app, stem=" "), teacher=MARIE, now=NOW, state="approved")

    assert rows(own_app) == before


def test_a_question_belongs_to_a_topic(own_app: Flask) -> None:
    uid = create(own_app)

    with pytest.raises(NotReadyError, match="no topic"):
        create(own_app, topic="none")
    with pytest.raises(NotReadyError, match="no topic"):
        edit(own_app, uid, topic="none")


@pytest.mark.parametrize(
    ("stem", "expected"), [("Où était Koné, en 2018?", "ou-etait-kone-en-2018"), ("何？", "question")]
)
def test_names_are_made_for_addresses(stem: str, expected: str) -> None:
    assert slug(stem) == expected


@pytest.mark.every_database
def test_an_edit_adds_a_version_and_keeps_the_old_one(own_app: Flask) -> None:
    before = an_approved(own_app)

    edit(own_app, before.uid, stem="What did the report say in 2018?", note="Shorter")

    after = read(own_app, before.uid)
    assert (after.number, after.series, after.made_by) == (2, 2, MARIE)
    assert (after.origin, after.state) == (before.origin, "approved")
    kept = query(own_app, "SELECT stem FROM item_version WHERE item_id = :id ORDER BY number", id=before.id)
    assert [row.stem for row in kept] == [before.content.stem, "What did the report say in 2018?"]
    entry = log_of(own_app, "edit")[0]
    assert (entry.actor, entry.subject) == (MARIE, before.uid)
    for told in ("stem", "Shorter", "keeps_statistics"):
        assert told in str(entry.details)


@pytest.mark.every_database
def test_an_edit_moves_the_question_to_its_topic_and_facts(own_app: Flask) -> None:
    uid = create(own_app)

    edit(own_app, uid, topic="pacific-geopolitics", facts=("NC-A02",))

    row = query(own_app, "SELECT topic_id, facts FROM item WHERE uid = :uid", uid=uid)[0]
    assert row.topic_id == "pacific-geopolitics"
    assert "NC-A02" in str(row.facts)
    standing = query(
        own_app, "SELECT fact_id FROM item_fact f JOIN item i ON i.id = f.item_id WHERE uid = :u", u=uid
    )
    assert [row.fact_id for row in standing] == ["NC-A02"]


def test_a_cosmetic_edit_keeps_the_series(own_app: Flask) -> None:
    uid = create(own_app)

    edit(own_app, uid, stem="Which of those did the report of November 2018 say first?", cosmetic=True)

    assert (read(own_app, uid).number, read(own_app, uid).series) == (2, 1)


@pytest.mark.every_database
def test_an_edit_that_changes_nothing_adds_nothing(own_app: Flask) -> None:
    uid = create(own_app)
    before = rows(own_app)

    edit(own_app, uid)

    assert rows(own_app) == before


@pytest.mark.every_database
def test_the_second_teacher_is_shown_what_the_first_saved(own_app: Flask) -> None:
    uid = create(own_app)
    edit(own_app, uid, stem="Marie’s words, in 2018?")
    before = rows(own_app)

    with pytest.raises(EditedMeanwhileError) as raised:
        edit(own_app, uid, teacher=JEAN, based_on=1, stem="Jean’s words, in 2018?")

    assert raised.value.theirs.content.stem == "Marie’s words, in 2018?"
    assert (raised.value.theirs.number, raised.value.theirs.made_by) == (2, MARIE)
    assert rows(own_app) == before


@pytest.mark.every_database
def test_of_two_who_save_at_once_one_is_told(own_app: Flask) -> None:
    uid = create(own_app)
    told: list[str] = []
    ready = threading.Barrier(2)

    def save(teacher: str) -> None:
        ready.wait(20)
        try:
            edit(own_app, uid, teacher=teacher, based_on=1, stem=f"The words of {teacher}, in 2018?")
        except EditedMeanwhileError as error:
            told.append(error.theirs.made_by)

    threads = [threading.Thread(target=save, args=(teacher,)) for teacher in (MARIE, JEAN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [read(own_app, uid).made_by]
    assert read(own_app, uid).number == 2


def test_what_is_asked_stays_fit_to_be_asked(own_app: Flask) -> None:
    before = an_approved(own_app)

    with pytest.raises(NotReadyError, match="exactly one"):
        edit(
            own_app, before.uid, options=tuple(replace(one, correct=False) for one in before.content.options)
        )

    assert read(own_app, before.uid).number == 1


def test_where_a_second_teacher_approves_an_edit_goes_to_review(own_app: Flask) -> None:
    before = an_approved(own_app)

    edit(own_app, before.uid, stem="What did the report say in 2018?", needs_second=True)

    assert read(own_app, before.uid).state == "in_review"
    assert "second teacher" in str(log_of(own_app, "state")[0].details)


@pytest.mark.every_database
def test_an_old_version_comes_back_as_a_new_one(own_app: Flask) -> None:
    uid = create(own_app)
    edit(own_app, uid, stem="Other words, in 2018?")

    with changing(own_app) as session:
        after = restore_version(session, uid=uid, number=1, teacher=JEAN, now=NOW, based_on=2)

    assert (after.number, after.content, after.made_by) == (3, written(own_app), JEAN)
    assert [entry.actor for entry in log_of(own_app, "restore")] == [JEAN]


def test_only_versions_that_there_are_come_back(own_app: Flask) -> None:
    uid = create(own_app)
    edit(own_app, uid, stem="Other words, in 2018?")

    with pytest.raises(VersionNotFoundError), changing(own_app) as session:
        restore_version(session, uid=uid, number=9, teacher=JEAN, now=NOW)
    with pytest.raises(EditedMeanwhileError), changing(own_app) as session:
        restore_version(session, uid=uid, number=1, teacher=JEAN, now=NOW, based_on=1)

    assert read(own_app, uid).number == 2


def test_a_question_that_is_none_is_not_found(own_app: Flask) -> None:
    with pytest.raises(QuestionNotFoundError):
        read(own_app, "no-such-question")


def test_findings_go_with_the_newest_version(own_app: Flask) -> None:
    uid = create(own_app, stem="Which of these is not in the report of November 2018?")
    found = "SELECT rule FROM item_finding f JOIN item i ON i.id = f.item_id WHERE i.uid = :uid"
    assert "L06" in {row.rule for row in query(own_app, found, uid=uid)}

    edit(own_app, uid, stem="Which of these does the report of November 2018 name?")

    assert "L06" not in {row.rule for row in query(own_app, found, uid=uid)}


def test_changing_the_key_by_an_edit_begins_the_statistics_anew(own_app: Flask) -> None:
    uid = create(own_app)

    edit(own_app, uid, options=rekeyed(written(own_app), 0).options, cosmetic=True)

    assert read(own_app, uid).series == 2
