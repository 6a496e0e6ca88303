"""Conflicts: a teacher takes over the generator's value, keeps the own one, or declines the version as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from question_bank.build import Build
from question_bank.items import Item
from quizapp.services.conflicts import conflicts_of, count_conflicts, list_conflicts
from quizapp.services.deciding import decide, decline_version
from quizapp.services.editing import EditedMeanwhileError, Question
from quizapp.services.problems import ConflictSettledError, NotReadyError, QuestionNotFoundError
from quizapp.services.states import change_state
from quizapp.services.versions import content_of_item
from quizapp.transactions import reading
from tests.quizapp.services.bank import (
    LATER,
    edit,
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
from tests.quizapp.services.questions import JEAN, NOW, changing, log_of, read
from tests.quizapp.visitors import rows

pytestmark = pytest.mark.every_database

MINE = "In a teacher's words?"


@pytest.fixture
def one(small_build: Build) -> Item:
    return small_build.items[0]


@pytest.fixture
def changed(small_build: Build, one: Item) -> Build:
    """Another stem, and another explanation."""
    return with_items(small_build, theirs(one))


def theirs(one: Item) -> Item:
    return replace(reworded(one), explanation=f"{one.explanation} Indeed.")


@pytest.fixture
def disputed(small_app: Flask, one: Item, changed: Build) -> Item:
    """A question whose stem both have changed; its explanation has followed."""
    edit(small_app, one.uid, stem=MINE)
    rebuild(small_app, changed)
    return one


def settle(app: Flask, uid: str, decisions: Mapping[str, Any], **more: Any) -> Question:
    with changing(app) as session:
        return decide(session, uid=uid, decisions=decisions, teacher=JEAN, now=NOW, **more)


def decline(app: Flask, uid: str, **more: Any) -> Question:
    with changing(app) as session:
        return decline_version(session, uid=uid, teacher=JEAN, now=NOW, **more)


def test_a_conflict_shows_all_three_values(small_app: Flask, disputed: Item) -> None:
    with small_app.app_context(), reading() as session:
        listed, found, number = (
            list_conflicts(session),
            conflicts_of(session, disputed.uid),
            count_conflicts(session),
        )

    assert number == 1
    assert [(row.uid, row.stem, row.fields, row.found_at) for row in listed] == [
        (disputed.uid, MINE, ("stem",), LATER)
    ]
    assert [(row.field, row.base, row.mine, row.theirs, row.version) for row in found] == [
        ("stem", disputed.stem, MINE, reworded(disputed).stem, 3)
    ]


def test_where_nothing_waits_there_is_nothing_to_show(small_app: Flask, one: Item) -> None:
    with small_app.app_context(), reading() as session:
        assert (list_conflicts(session), conflicts_of(session, one.uid), count_conflicts(session)) == (
            (),
            (),
            0,
        )
        with pytest.raises(QuestionNotFoundError):
            conflicts_of(session, "nowhere")


def test_what_is_retired_is_not_listed(small_app: Flask, disputed: Item) -> None:
    with changing(small_app) as session:
        change_state(session, uid=disputed.uid, to="retired", teacher=JEAN, now=NOW, needs_second=False)

    with small_app.app_context(), reading() as session:
        assert (list_conflicts(session), count_conflicts(session)) == ((), 0)


def test_what_is_taken_over_follows_the_generator_again(
    small_app: Flask, small_build: Build, disputed: Item
) -> None:
    after = settle(small_app, disputed.uid, {"stem": "theirs"})

    assert after.content == content_of_item(theirs(disputed))
    assert (after.made_by, after.number, waiting(small_app)) == (JEAN, 4, {})
    again = replace(theirs(disputed), stem="And once more?")
    assert rebuild(small_app, with_items(small_build, again)).conflicts == {}
    assert read(small_app, disputed.uid).content.stem == "And once more?"


def test_what_is_kept_asks_again_only_when_the_generator_changes_it_again(
    small_app: Flask, small_build: Build, changed: Build, disputed: Item
) -> None:
    after = settle(small_app, disputed.uid, {"stem": "mine"})

    assert (after.content.stem, after.number, waiting(small_app)) == (MINE, 3, {})
    before = rows(small_app, without=["audit_entry"])
    rebuild(small_app, changed)
    assert rows(small_app, without=["audit_entry"]) == before
    elsewhere = replace(theirs(disputed), explanation="Something else (A¶1).")
    assert rebuild(small_app, with_items(small_build, elsewhere)).conflicts == {}
    again = replace(elsewhere, stem="And once more?")
    assert rebuild(small_app, with_items(small_build, again)).conflicts == {disputed.uid: ["stem"]}


def test_a_declined_version_leaves_the_question_as_it_was(
    small_app: Flask, changed: Build, disputed: Item
) -> None:
    """Also what had followed before anybody was asked."""
    after = decline(small_app, disputed.uid)

    assert after.content == replace(content_of_item(disputed), stem=MINE)
    assert (after.made_by, waiting(small_app)) == (JEAN, {})
    before = rows(small_app, without=["audit_entry"])
    plan = rebuild(small_app, changed)
    assert rows(small_app, without=["audit_entry"]) == before
    assert (plan.counts["kept"], plan.counts["changed"]) == (1, 0)


def test_after_a_declined_version_another_one_asks_anew(
    small_app: Flask, small_build: Build, changed: Build, disputed: Item
) -> None:
    decline(small_app, disputed.uid)
    later = replace(theirs(disputed), explanation="Something else (A¶1).")

    plan = rebuild(small_app, with_items(small_build, later))

    assert plan.conflicts == {disputed.uid: ["stem"]}
    assert read(small_app, disputed.uid).content.explanation == "Something else (A¶1)."
    rebuild(small_app, changed)
    assert waiting(small_app) == {}


def test_what_was_edited_after_the_rebuild_is_not_taken_back(small_app: Flask, disputed: Item) -> None:
    edit(small_app, disputed.uid, explanation="A teacher's own.")

    assert decline(small_app, disputed.uid).content == replace(
        content_of_item(disputed), stem=MINE, explanation="A teacher's own."
    )


def test_a_version_that_only_waits_is_declined_without_a_new_version(
    small_app: Flask, small_build: Build, one: Item
) -> None:
    edit(small_app, one.uid, stem=MINE)
    rebuild(small_app, with_items(small_build, reworded(one)))

    assert decline(small_app, one.uid).number == 2


def test_options_that_followed_in_part_go_back_in_part(
    small_app: Flask, small_build: Build, one: Item
) -> None:
    before = edit(
        small_app,
        one.uid,
        stem=MINE,
        **set_option(read(small_app, one.uid).content, 1, rationale="A typo mended."),
    )
    other = with_option(reworded(one), 2, rationale="Another reason.")
    rebuild(small_app, with_items(small_build, other))
    assert read(small_app, one.uid).content.options[2].rationale == "Another reason."

    assert decline(small_app, one.uid).content == before.content
    later = with_option(other, 3, rationale="A third reason.")
    rebuild(small_app, with_items(small_build, later))
    assert [option.rationale for option in read(small_app, one.uid).content.options[1:]] == [
        "A typo mended.",
        "Another reason.",
        "A third reason.",
    ]


def test_declining_another_number_of_options_takes_all_of_them_back(
    small_app: Flask, small_build: Build, one: Item
) -> None:
    edit(small_app, one.uid, stem=MINE)
    fewer = replace(
        reworded(one), options=tuple(option for option in one.options if option is not one.distractors[0])
    )
    rebuild(small_app, with_items(small_build, fewer))

    assert decline(small_app, one.uid).content.options == content_of_item(one).options


@pytest.mark.parametrize("decision", ["theirs", "mine", "declined"])
def test_a_question_that_is_built_no_longer_is_retired_or_kept(
    small_app: Flask, small_build: Build, one: Item, decision: str
) -> None:
    edit(small_app, one.uid, stem=MINE)
    smaller = without(small_build, one.uid)
    rebuild(small_app, smaller)
    with small_app.app_context(), reading() as session:
        assert [(row.field, row.base, row.mine, row.theirs) for row in conflicts_of(session, one.uid)] == [
            ("state", "approved", "approved", "retired")
        ]

    if decision == "declined":
        decline(small_app, one.uid)
    else:
        settle(small_app, one.uid, {"state": decision})

    expected = "retired" if decision == "theirs" else "approved"
    assert (state(small_app, one.uid), waiting(small_app)) == ((expected, None, 2), {})
    before = rows(small_app, without=["audit_entry"])
    rebuild(small_app, smaller)
    assert rows(small_app, without=["audit_entry"]) == before
    rebuild(small_app, small_build)
    assert (state(small_app, one.uid), waiting(small_app)) == (("approved", None, 2), {})


def test_each_decision_is_in_the_log(small_app: Flask, small_build: Build, disputed: Item) -> None:
    settle(small_app, disputed.uid, {"stem": "theirs"})
    edit(small_app, disputed.uid, stem=MINE)
    rebuild(small_app, with_items(small_build, reworded(disputed, "Once more")))
    decline(small_app, disputed.uid)

    entries = log_of(small_app, "conflict")
    details = [json.loads(row.details) if isinstance(row.details, str) else row.details for row in entries]
    assert [(row.actor, row.subject) for row in entries] == [(JEAN, disputed.uid)] * 2
    assert details[0] == {"accepted": ["stem"], "kept": [], "version": 4}
    assert details[1]["fields"] == ["stem"]
    assert len(details[1]["declined"]) == 64
    assert versions(small_app, disputed.uid)[3].note == "Taken over from the rebuild: stem"


def test_what_was_decided_or_changed_meanwhile_is_not_decided_again(
    small_app: Flask, small_build: Build, disputed: Item
) -> None:
    with small_app.app_context(), reading() as session:
        seen = conflicts_of(session, disputed.uid)[0]
    edit(small_app, disputed.uid, explanation="A colleague's.")
    with pytest.raises(EditedMeanwhileError):
        settle(small_app, disputed.uid, {"stem": "theirs"}, version=seen.version)
    with pytest.raises(EditedMeanwhileError):
        decline(small_app, disputed.uid, version=seen.version)
    rebuild(small_app, with_items(small_build, reworded(disputed, "Once more")))
    with pytest.raises(ConflictSettledError):
        settle(small_app, disputed.uid, {"stem": "theirs"}, fingerprint=seen.fingerprint)
    with pytest.raises(ConflictSettledError):
        settle(small_app, disputed.uid, {"bloom": "theirs"})
    settle(small_app, disputed.uid, {"stem": "mine", "explanation": "mine"})
    with pytest.raises(ConflictSettledError):
        decline(small_app, disputed.uid)
    assert read(small_app, disputed.uid).content.stem == MINE


def test_what_would_make_no_whole_question_is_refused(
    small_app: Flask, small_build: Build, one: Item
) -> None:
    """The evidence that is taken over does not stand in the passage, as after a change by hand behind our back."""
    edit(small_app, one.uid, evidence=())
    quotation = one.evidence[0].model_copy(update={"quote": "words of no passage"})
    rebuild(small_app, with_items(small_build, replace(one, evidence=(quotation,))))
    before = rows(small_app)

    with pytest.raises(NotReadyError) as refused:
        settle(small_app, one.uid, {"evidence": "theirs"})

    assert "words of no passage" in refused.value.reasons[0]
    assert rows(small_app) == before


def test_a_second_teacher_looks_at_what_was_taken_over_where_that_is_the_rule(
    small_app: Flask, disputed: Item
) -> None:
    settle(small_app, disputed.uid, {"stem": "theirs"}, needs_second=True)

    assert state(small_app, disputed.uid) == ("in_review", None, 4)
