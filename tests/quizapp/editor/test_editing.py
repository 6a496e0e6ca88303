"""Editing: what is not touched stays as it was, two teachers never overwrite each other, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from quizapp.services.editing import Question, get_question, save_edit
from quizapp.transactions import reading, writing
from tests.quizapp.editor.sheets import NEW, Fields, Sheet, press, question, said, saved
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import query

JEAN = "jean@school.example"


def uids(app: Flask) -> list[str]:
    """One approved question for each item model."""
    found = query(
        app,
        "SELECT min(i.uid) AS uid FROM item i JOIN item_version v ON v.item_id = i.id "
        "WHERE i.state = 'approved' GROUP BY v.model ORDER BY 1",
    )
    return [row.uid for row in found]


def read(app: Flask, uid: str) -> Question:
    with app.app_context(), reading() as session:
        return get_question(session, uid)


def edit(uid: str) -> str:
    return f"/admin/questions/{uid}/edit"


def open_form(teacher: SignedIn, uid: str) -> Fields:
    return Sheet(teacher.get(edit(uid)).text).fields


def somebody_else_saves(app: Flask, uid: str, **changes: Any) -> None:
    before = read(app, uid)
    with app.app_context(), writing() as session:
        save_edit(
            session,
            uid=uid,
            content=replace(before.content, **changes),
            based_on=before.number,
            teacher=JEAN,
            now=dt.datetime.now(dt.UTC),
        )


def test_a_form_that_is_sent_back_as_it_came_changes_nothing(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    for uid in uids(own_app):
        before = read(own_app, uid)

        answer = press(teacher, "save", open_form(teacher, uid), edit(uid))

        assert answer.status_code == 303, uid
        assert read(own_app, uid) == before, uid


@pytest.mark.every_database
def test_only_what_was_typed_is_another(own_app: Flask) -> None:
    uid = uids(own_app)[0]
    teacher, before = signed_in(own_app), read(own_app, uid)

    fields = open_form(teacher, uid) | {
        "stem": "What is it, according to the post-vote report of 2018?",
        "note": "Shorter",
    }
    after = saved(own_app, press(teacher, "save", fields, edit(uid)))

    assert after.content == replace(before.content, stem=fields["stem"])
    assert (after.number, after.made_by, after.state) == (before.number + 1, teacher.email, "approved")


def test_a_slip_of_the_pen_keeps_the_statistics(own_app: Flask) -> None:
    uid = uids(own_app)[0]
    teacher = signed_in(own_app)
    fields = open_form(teacher, uid)

    kept = saved(
        own_app,
        press(teacher, "save", fields | {"stem": f"So, {fields['stem']}", "cosmetic": "y"}, edit(uid)),
    )
    fields = open_form(teacher, uid)
    restarted = saved(
        own_app, press(teacher, "save", fields | {"stem": f"Well: {fields['stem']}"}, edit(uid))
    )

    assert (kept.number, kept.series) == (2, 1)
    assert (restarted.number, restarted.series) == (3, 3)


def test_another_right_answer_gets_its_reason(own_app: Flask) -> None:
    uid = uids(own_app)[0]
    teacher = signed_in(own_app)
    fields = open_form(teacher, uid)
    key = int(fields["correct"])
    other = (key + 1) % 4

    after = saved(own_app, press(teacher, "save", fields | {"correct": str(other)}, edit(uid)))

    assert after.content.options[other].reason == "key"
    assert after.content.options[key].reason == "contradicted"


def test_an_approved_question_cannot_lose_what_students_need(app: Flask) -> None:
    uid = uids(app)[0]
    teacher = signed_in(app)

    answer = press(teacher, "save", open_form(teacher, uid) | {"explanation": ""}, edit(uid))

    assert answer.status_code == 422
    assert "Explain the right answer" in said(answer.text, "explanation")


def test_a_draft_is_published_from_its_form(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    draft = saved(own_app, press(teacher, "draft", question()))
    sheet = Sheet(teacher.get(edit(draft.uid)).text)

    assert {"save", "review", "publish"} <= set(sheet.buttons)
    after = saved(own_app, press(teacher, "publish", sheet.fields | {"note": "Ready"}, edit(draft.uid)))

    assert (after.state, after.number) == ("approved", 1)


def test_more_answers_than_usual_stay_where_they_came_with_the_question(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    made = saved(own_app, press(teacher, "draft", question()))
    options = made.content.options
    more = tuple(replace(options[1], text=f"Another side {n}") for n in range(4))
    somebody_else_saves(own_app, made.uid, options=(*options, *more))

    fields = open_form(teacher, made.uid)
    after = saved(
        own_app, press(teacher, "save", fields | {"stem": "What else was there in 2018?"}, edit(made.uid))
    )

    assert len(after.content.options) == 8


def test_there_is_no_form_for_a_question_that_there_is_not(app: Flask) -> None:
    teacher = signed_in(app)

    assert teacher.get(edit("no-such-question")).status_code == 404
    assert press(teacher, "save", question(), edit("no-such-question")).status_code == 404
    assert teacher.post("/admin/questions/check", {"uid": "no-such-question"}).status_code == 404
    assert press(teacher, "save", question(based_on="77"), edit(uids(app)[0])).status_code == 404


# --- two teachers


@pytest.mark.every_database
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_the_second_to_save_sees_what_the_first_changed_and_keeps_all_of_theirs(
    own_app: Flask, htmx: bool
) -> None:
    uid = uids(own_app)[0]
    teacher = signed_in(own_app, htmx=htmx)
    fields = Sheet(signed_in(own_app).get(edit(uid)).text).fields
    somebody_else_saves(own_app, uid, stem="What did they write in 2018?", difficulty=1.5)
    theirs = read(own_app, uid)

    mine = fields | {
        "stem": "What did I write in 2018?",
        "note": "My note",
        "csrf_token": teacher.form_token(),
    }
    answer = press(teacher, "save", mine, edit(uid))

    assert answer.status_code == 409
    assert read(own_app, uid) == theirs
    page = html.unescape(answer.text)
    assert JEAN in page
    assert "<ins>they</ins>" in page
    assert "<ins>I</ins>" in page
    kept = Sheet(answer.text).fields
    assert kept["stem"] == "What did I write in 2018?"
    assert kept["note"] == "My note"
    assert kept["difficulty"] == "hard"  # only they changed it, so it is taken over
    assert kept["based_on"] == str(theirs.number)
    assert kept["take-stem"] == "mine"
    assert "take-difficulty" not in kept


@pytest.mark.parametrize(
    ("take", "stem", "number"), [("mine", "Mine of 2018?", 3), ("theirs", "Theirs of 2018?", 2)]
)
def test_then_one_chooses_and_saves_on_top(own_app: Flask, take: str, stem: str, number: int) -> None:
    uid = uids(own_app)[0]
    teacher = signed_in(own_app)
    fields = open_form(teacher, uid)
    somebody_else_saves(own_app, uid, stem="Theirs of 2018?", explanation="Their explanation (A¶1).")
    conflict = press(teacher, "save", fields | {"stem": "Mine of 2018?"}, edit(uid))

    chosen = Sheet(conflict.text).fields | {"take-stem": take}
    checked = Sheet(
        press(teacher, "add-evidence", chosen, edit(uid)).text
    ).fields  # the choice outlasts other buttons
    assert checked["take-stem"] == take
    after = saved(own_app, press(teacher, "save", checked, edit(uid)))

    assert after.content.stem == stem
    assert after.content.explanation == "Their explanation (A¶1)."
    assert (
        after.number == number
    )  # nothing of mine is left where theirs was taken, so there is no new version


def test_all_of_theirs_can_be_taken(own_app: Flask) -> None:
    uid = uids(own_app)[0]
    teacher, before = signed_in(own_app), read(own_app, uid)
    fields = open_form(teacher, uid)
    options = tuple(
        replace(option, rationale=f"{option.rationale} Theirs.") for option in before.content.options
    )
    somebody_else_saves(own_app, uid, options=options, evidence=(), ordered=True)
    theirs = read(own_app, uid)
    mine = fields | {"options-0-rationale": "Mine is another one.", "ordered": ""}

    conflict = Sheet(press(teacher, "save", mine, edit(uid)).text).fields
    choices = {name: "theirs" for name in conflict if name.startswith("take-")}
    press(teacher, "save", conflict | choices, edit(uid))

    assert "take-options" in choices
    assert read(own_app, uid).content == theirs.content


def test_a_third_version_is_a_conflict_again(own_app: Flask) -> None:
    uid = uids(own_app)[0]
    teacher = signed_in(own_app)
    fields = open_form(teacher, uid)
    somebody_else_saves(own_app, uid, stem="Theirs of 2018?")
    fields = Sheet(press(teacher, "save", fields | {"stem": "Mine of 2018?"}, edit(uid)).text).fields
    somebody_else_saves(own_app, uid, stem="Once more theirs of 2018?")

    again = press(teacher, "save", fields, edit(uid))

    assert again.status_code == 409
    assert "Once" in again.text
    assert Sheet(again.text).fields["stem"] == "Mine of 2018?"


# --- a sign-in that ran out while somebody was writing


def test_what_was_sent_too_late_is_there_after_the_next_sign_in(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = uids(own_app)[0]
    teacher = signed_in(own_app)
    kept = {
        name: [value] if isinstance(value, str) else value for name, value in question(note="Late").items()
    }
    monkeypatch.setattr("quizapp.editor.routes.take_kept_form", lambda _: kept)

    for address in (NEW, edit(uid)):
        page = teacher.get(address).text
        fields = Sheet(page).fields

        assert "is here again. It is not saved yet." in page
        assert fields["stem"] == question()["stem"]
        assert fields["note"] == "Late"
        assert fields["options-3-rationale"] == question()["options-3-rationale"]
