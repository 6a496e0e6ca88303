"""A rebuild after teachers have edited: what they touched stays, what they left follows, and both are told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask import Flask

from question_bank.build import Build
from quizapp.services.states import change_state
from tests.quizapp.services.bank import (
    edit,
    planned,
    rebuild,
    reworded,
    set_option,
    state,
    versions,
    waiting,
    with_items,
    with_option,
    without,
)
from tests.quizapp.services.questions import JEAN, MARIE, NOW, changing, log_of, read
from tests.quizapp.visitors import execute, query, rows

pytestmark = pytest.mark.every_database


def move(app: Flask, uid: str, to: str) -> None:
    with changing(app) as session:
        change_state(session, uid=uid, to=to, teacher=JEAN, now=NOW, needs_second=False)  # type: ignore[arg-type]


def test_an_edited_field_stays_and_the_others_follow(small_app: Flask, small_build: Build) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")
    told = replace(one, explanation=f"{one.explanation} Indeed.")

    plan = rebuild(small_app, with_items(small_build, told))

    content = read(small_app, one.uid).content
    assert (content.stem, content.explanation) == ("In a teacher's words?", told.explanation)
    assert (plan.counts["changed"], plan.counts["kept"], plan.conflicts) == (1, 0, {})
    assert [row.made_by for row in versions(small_app, one.uid)] == ["command line", MARIE, "command line"]
    assert versions(small_app, one.uid)[-1].note == "Rebuild: explanation"


def test_an_edit_without_a_change_of_the_build_is_kept_as_it_is(small_app: Flask, small_build: Build) -> None:
    edit(small_app, small_build.items[0].uid, stem="In a teacher's words?")
    before = rows(small_app, without=["audit_entry"])

    plan = rebuild(small_app, small_build)

    assert plan.counts == {"added": 0, "changed": 0, "unchanged": 23, "retired": 0, "kept": 1}
    assert rows(small_app, without=["audit_entry"]) == before


def test_where_both_changed_a_field_the_teachers_stays_and_the_other_waits(
    small_app: Flask, small_build: Build
) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")

    plan = rebuild(small_app, with_items(small_build, reworded(one)))

    assert state(small_app, one.uid) == ("approved", None, 2)
    assert read(small_app, one.uid).content.stem == "In a teacher's words?"
    assert waiting(small_app) == {one.uid: {"stem"}}
    assert plan.conflicts == {one.uid: ["stem"]}
    assert plan.counts["kept"] == 1
    assert f"  {one.uid}: stem" in plan.lines


def test_what_waits_is_asked_once_and_follows_the_newest_build(small_app: Flask, small_build: Build) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")
    rebuild(small_app, with_items(small_build, reworded(one)))
    before = rows(small_app, without=["audit_entry"])

    rebuild(small_app, with_items(small_build, reworded(one)))
    assert rows(small_app, without=["audit_entry"]) == before

    rebuild(small_app, with_items(small_build, reworded(one, "Once more")))
    values = [
        json.loads(row.theirs) if isinstance(row.theirs, str) else row.theirs for row in theirs(small_app)
    ]
    assert values == [{"value": f"Once more: {one.stem}"}]


def theirs(app: Flask) -> list[object]:
    return list(query(app, "SELECT theirs FROM item_conflict"))


@pytest.mark.parametrize("words", ["as before", "as the teacher has it"])
def test_a_build_that_no_longer_differs_takes_the_question_back(
    small_app: Flask, small_build: Build, words: str
) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")
    rebuild(small_app, with_items(small_build, reworded(one)))
    agreed = one if words == "as before" else replace(one, stem="In a teacher's words?")

    rebuild(small_app, with_items(small_build, agreed))

    assert waiting(small_app) == {}
    assert read(small_app, one.uid).content.stem == "In a teacher's words?"


def test_a_field_on_which_both_agree_follows_again(small_app: Flask, small_build: Build) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")
    rebuild(small_app, with_items(small_build, replace(one, stem="In a teacher's words?")))

    rebuild(small_app, with_items(small_build, reworded(one)))

    assert read(small_app, one.uid).content.stem == reworded(one).stem


def test_a_typo_in_a_reason_and_a_new_reason_elsewhere_go_together(
    small_app: Flask, small_build: Build
) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, **set_option(read(small_app, one.uid).content, 1, rationale="A typo mended."))

    plan = rebuild(small_app, with_items(small_build, with_option(one, 2, rationale="Another reason.")))

    content = read(small_app, one.uid).content
    assert [option.rationale for option in content.options[1:3]] == ["A typo mended.", "Another reason."]
    assert (plan.conflicts, plan.counts["changed"]) == ({}, 1)


def test_only_what_learners_decide_by_restarts_the_statistics(small_app: Flask, small_build: Build) -> None:
    asked, told = small_build.items[:2]

    rebuild(small_app, with_items(small_build, reworded(asked), replace(told, explanation="Because of A¶1.")))

    assert [row.series for row in versions(small_app, asked.uid)] == [1, 2]
    assert [row.series for row in versions(small_app, told.uid)] == [1, 1]


def test_how_a_question_stands_in_the_bank_follows_without_a_version(
    small_app: Flask, small_build: Build
) -> None:
    one, edited = small_build.items[:2]
    edit(small_app, edited.uid, stem="In a teacher's words?")
    moved = [replace(item, enemies=("other",), family="other", camp="other") for item in (one, edited)]

    plan = rebuild(small_app, with_items(small_build, *moved))

    assert plan.counts["changed"] == 0
    for item in (one, edited):
        row = query(small_app, "SELECT family, camp, current_version FROM item WHERE uid = :u", u=item.uid)[0]
        assert (row.family, row.camp) == ("other", "other")
    assert len(versions(small_app, one.uid)) == 1


@pytest.mark.parametrize("to", ["draft", "in_review", "retired"])
def test_a_teachers_state_stays_while_the_words_follow(small_app: Flask, small_build: Build, to: str) -> None:
    one = small_build.items[0]
    for step in {"draft": ["in_review", "draft"]}.get(to, [to]):
        move(small_app, one.uid, step)

    rebuild(small_app, with_items(small_build, reworded(one)))

    assert state(small_app, one.uid) == (to, None, 2)


def test_what_a_teacher_retired_does_not_come_back(small_app: Flask, small_build: Build) -> None:
    """Not even by leaving the build and returning to it."""
    one = small_build.items[0]
    move(small_app, one.uid, "retired")

    assert rebuild(small_app, without(small_build, one.uid)).counts["retired"] == 0
    plan = rebuild(small_app, small_build)

    assert state(small_app, one.uid)[0] == "retired"
    assert (plan.counts["changed"], plan.counts["kept"], waiting(small_app)) == (0, 1, {})


def test_what_a_rebuild_retired_and_a_teacher_took_back_stays_a_draft(
    small_app: Flask, small_build: Build
) -> None:
    one = small_build.items[0]
    rebuild(small_app, without(small_build, one.uid))
    move(small_app, one.uid, "draft")

    plan = rebuild(small_app, without(small_build, one.uid))
    assert (state(small_app, one.uid)[0], plan.counts["kept"], waiting(small_app)) == ("draft", 1, {})

    rebuild(small_app, small_build)
    assert (state(small_app, one.uid)[0], waiting(small_app)) == ("draft", {})


@pytest.mark.parametrize("touched", ["stem", "state"])
def test_what_a_teacher_touched_is_not_retired_unasked(
    small_app: Flask, small_build: Build, touched: str
) -> None:
    one = small_build.items[0]
    if touched == "stem":
        edit(small_app, one.uid, stem="In a teacher's words?")
    else:
        move(small_app, one.uid, "in_review")
    before = state(small_app, one.uid)

    plan = rebuild(small_app, without(small_build, one.uid))

    assert state(small_app, one.uid) == before
    assert waiting(small_app) == {one.uid: {"state"}}
    assert (plan.counts["retired"], plan.counts["kept"]) == (0, 1)

    rebuild(small_app, small_build)
    assert waiting(small_app) == {}


def test_fields_that_wait_are_forgotten_when_the_question_is_built_no_longer(
    small_app: Flask, small_build: Build
) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")
    rebuild(small_app, with_items(small_build, reworded(one)))

    rebuild(small_app, without(small_build, one.uid))
    assert waiting(small_app) == {one.uid: {"state"}}

    rebuild(small_app, with_items(small_build, reworded(one)))
    assert waiting(small_app) == {one.uid: {"stem"}}


def test_what_is_retired_waits_unseen(small_app: Flask, small_build: Build) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")
    move(small_app, one.uid, "retired")

    assert rebuild(small_app, with_items(small_build, reworded(one))).conflicts == {}


def test_a_dry_run_plans_the_very_same(small_app: Flask, small_build: Build) -> None:
    one, two, three, four = small_build.items[:4]
    edit(small_app, one.uid, stem="In a teacher's words?")
    edit(small_app, two.uid, stem="In a teacher's words, too?")
    changed = without(with_items(small_build, reworded(one), reworded(three)), two.uid, four.uid)
    before = rows(small_app)

    foretold = planned(small_app, changed)

    assert rows(small_app) == before
    done = rebuild(small_app, changed)
    assert (foretold.counts, foretold.lines) == (done.counts, done.lines)
    assert foretold == done


def test_the_lists_are_in_the_log(small_app: Flask, small_build: Build) -> None:
    one = small_build.items[0]
    edit(small_app, one.uid, stem="In a teacher's words?")
    rebuild(small_app, with_items(small_build, reworded(one)))

    details = log_of(small_app, "seed-questions")[-1].details
    told = json.loads(details) if isinstance(details, str) else details
    assert told["conflicts"] == {one.uid: ["stem"]}
    assert (told["suspended"], told["follows"], told["kept"]) == ({}, [], 1)


def test_a_base_that_names_no_state_was_built_as_approved(small_app: Flask, small_build: Build) -> None:
    one = small_build.items[0]
    statement = "SELECT b.content FROM item_base b JOIN item i ON i.id = b.item_id WHERE i.uid = :uid"
    content = query(small_app, statement, uid=one.uid)[0].content
    content = json.loads(content) if isinstance(content, str) else content
    del content["state"]
    execute(
        small_app,
        "UPDATE item_base SET content = :content WHERE item_id = (SELECT id FROM item WHERE uid = :uid)",
        content=json.dumps(content),
        uid=one.uid,
    )

    assert rebuild(small_app, small_build).counts["unchanged"] == 24
