"""The page of one question: everything about it, its state, its versions, its reports."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from quizapp import create_app
from quizapp.services.editing import create_question, save_edit
from quizapp.services.findings import Finding, store_findings
from quizapp.services.reports import report
from quizapp.services.states import OWN_VERSION
from tests.quizapp.services.questions import JEAN, MARIE, NOW, an_approved, changing, log_of, read, written
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import Visitor, execute, query, questions, rows


def page(teacher: SignedIn, uid: str, more: str = "", status: int = 200) -> str:
    answer = teacher.get(f"/admin/questions/{uid}{more}")
    assert answer.status_code == status, answer.text[:500]
    return html.unescape(answer.text)


def a_draft(app: Flask, **changes: Any) -> str:
    with changing(app) as session:
        return create_question(session, content=written(app, **changes), teacher=MARIE, now=NOW)


def edit(app: Flask, uid: str, *, teacher: str = MARIE, **changes: Any) -> None:
    before = read(app, uid)
    content = replace(before.content, **changes)
    with changing(app) as session:
        save_edit(session, uid=uid, content=content, based_on=before.number, teacher=teacher, now=NOW)


def without_tags(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.every_database
def test_it_works(own_app: Flask) -> None:
    one = an_approved(own_app)

    told = page(signed_in(own_app), one.uid)

    plain = without_tags(told)
    assert one.content.stem in plain
    for option in one.content.options:
        assert option.text in plain
    facts = {row.id: row.statement for row in query(own_app, "SELECT id, statement FROM fact")}
    for fact in one.content.facts:
        assert facts[fact] in plain
    for quote in one.content.evidence:
        assert f"<mark>{quote.quote}</mark>" in told
    for words in ("Approved", "Generated", "Nobody has answered it yet.", "Nobody has reported anything."):
        assert words in plain
    assert f'href="/admin/questions/{one.uid}/edit"' in told
    assert 'aria-current="page">Questions' in told


def test_every_question_that_ships_has_a_page(app: Flask) -> None:
    teacher = signed_in(app)
    for row in query(app, "SELECT uid FROM item ORDER BY uid")[::8]:
        page(teacher, row.uid)


def test_htmx_gets_the_question_alone(app: Flask) -> None:
    answer = signed_in(app, htmx=True).get(f"/admin/questions/{an_approved(app).uid}")

    assert answer.text.startswith('<article class="one-question" id="question">')


@pytest.mark.parametrize("more", ["", "/versions", "/preview", "/key", "/conflicts"])
def test_a_question_that_is_none_is_not_here(app: Flask, more: str) -> None:
    page(signed_in(app), "no-such-question", more, 404)


def test_a13_what_a_teacher_typed_is_text(own_app: Flask) -> None:
    evil = '<script>alert(1)</script><a hx-get="/x">'
    uid = a_draft(own_app, stem=evil, explanation=evil, speaker=evil)
    teacher = signed_in(own_app)

    for more in ("", "/preview", "/preview?answer=1", "/key?key=0", "/versions"):
        raw = teacher.get(f"/admin/questions/{uid}{more}").text
        assert "<script>alert" not in raw
        assert '<a hx-get="/x">' not in raw


def test_a_question_without_a_source_says_so_everywhere(own_app: Flask) -> None:
    bare = tuple(replace(option, evidence=()) for option in written(own_app).options)
    uid = a_draft(own_app, evidence=(), options=bare)
    teacher = signed_in(own_app)

    assert '<li class="tag is-alert">No source</li>' in page(teacher, uid)
    assert "No source: this question was written without a proof" in page(teacher, uid, "/preview?answer=1")
    execute(own_app, "UPDATE item SET state = 'approved' WHERE uid = :uid", uid=uid)
    execute(own_app, "UPDATE item SET state = 'retired' WHERE uid <> :uid", uid=uid)
    student = Visitor(own_app.test_client())
    public_id = student.start(["referendum"])
    student.finish(own_app, public_id)
    for address in (f"/attempts/{public_id}/items/1", f"/attempts/{public_id}/result"):
        assert "No source: this question was written without a proof" in student.get(address).text


def test_findings_stand_there_with_their_reason(own_app: Flask) -> None:
    one = an_approved(own_app)
    with changing(own_app) as session:
        store_findings(
            session,
            {one.id: (Finding("L14", "E", "option 2", "is long"), Finding("L10", "W", "stem", "odd"))},
        )

    told = without_tags(page(signed_in(own_app), one.uid))

    assert "Flaw Option B: is long L14 · The right option is not the longest option" in told
    assert "From: SAQUET 2024" in told
    assert "Look at this The question: odd" in told


# --- states


def move(teacher: SignedIn, uid: str, to: str, **fields: str) -> Any:
    return teacher.post(f"/admin/questions/{uid}/state", {"to": to, "version": "1", **fields})


@pytest.mark.every_database
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a_teacher_approves_a_draft(own_app: Flask, htmx: bool) -> None:
    uid = a_draft(own_app)
    teacher = signed_in(own_app, htmx=htmx)

    answer = move(teacher, uid, "approved", why="Read twice")

    assert answer.status_code == (204 if htmx else 303)
    told = without_tags(page(teacher, uid))
    assert "It is approved now." in told
    assert f"{teacher.email} moved it from draft to approved: “Read twice”" in told
    assert read(own_app, uid).state == "approved"


def test_a_reason_is_wanted_for_what_takes_it_away(own_app: Flask) -> None:
    uid = an_approved(own_app).uid
    teacher = signed_in(own_app)

    answer = move(teacher, uid, "retired", why="  ")

    assert answer.status_code == 422
    assert "Say why: others will read it beside the question." in html.unescape(answer.text)
    assert move(teacher, uid, "retired", why="Too easy").status_code == 303
    assert read(own_app, uid).state == "retired"


def test_what_was_typed_stays(own_app: Flask) -> None:
    answer = move(signed_in(own_app), an_approved(own_app).uid, "nowhere", why="A good reason")

    assert answer.status_code == 422
    assert 'value="A good reason"' in answer.text


@pytest.mark.parametrize(
    "fields", [{}, {"version": "x", "to": "approved"}, {"version": "1", "to": "approved", "why": "w" * 501}]
)
def test_what_is_garbled_changes_nothing(own_app: Flask, fields: dict[str, str]) -> None:
    uid = a_draft(own_app)
    before = rows(own_app)

    assert signed_in(own_app).post(f"/admin/questions/{uid}/state", fields).status_code == 422

    assert rows(own_app, without=["account", "account_session"]) == {
        name: value for name, value in before.items() if name not in {"account", "account_session"}
    }


def test_what_keeps_it_from_being_approved_is_said_beforehand(own_app: Flask) -> None:
    uid = a_draft(own_app, options=tuple(replace(one, correct=False) for one in written(own_app).options))
    teacher = signed_in(own_app)

    told = page(teacher, uid)
    answer = move(teacher, uid, "approved")

    assert "It cannot be approved yet:" in told
    assert 'value="approved" disabled' in told
    assert answer.status_code == 422
    assert "That was not done:" in answer.text


def test_a_setting_asks_for_a_second_teacher(own_app: Flask) -> None:
    own_app.config["QUESTIONS_NEED_SECOND_TEACHER"] = True
    uid = a_draft(own_app)
    first, second = signed_in(own_app, email=MARIE), signed_in(own_app, email=JEAN)

    assert OWN_VERSION in page(first, uid)
    assert move(first, uid, "approved").status_code == 422
    assert move(second, uid, "approved").status_code == 303


def test_who_read_an_older_version_is_told(own_app: Flask) -> None:
    uid = a_draft(own_app)
    edit(own_app, uid, stem="Other words, in 2018?")

    answer = move(signed_in(own_app), uid, "approved")

    assert answer.status_code == 409
    assert "Somebody else changed this question" in answer.text
    assert read(own_app, uid).state == "draft"


def test_a_suspended_question_says_why_and_can_be_approved_anew(own_app: Flask) -> None:
    uid = an_approved(own_app).uid
    execute(own_app, "UPDATE item SET suspended = 'A¶7 changed.' WHERE uid = :uid", uid=uid)
    teacher = signed_in(own_app)

    assert "Quizzes do not ask it until a teacher has looked at it: A¶7 changed." in without_tags(
        page(teacher, uid)
    )
    assert move(teacher, uid, "approved").status_code == 303
    assert "Suspended" not in page(teacher, uid)


# --- versions


def test_versions_are_told_apart_word_by_word(own_app: Flask) -> None:
    uid = a_draft(own_app)
    edit(own_app, uid, stem="Which of these did the article of November 2018 say first of all?")
    teacher = signed_in(own_app)

    told = page(teacher, uid, "/versions")

    assert "<del>report</del>" in told
    assert "<ins>article</ins>" in told
    assert told.count('<section class="difference">') == 1
    assert "They say the same." in page(teacher, uid, "/versions?old=2&new=2")
    assert "<ins>report</ins>" in page(teacher, uid, "/versions?old=2&new=1")


def test_options_facts_and_particulars_are_compared(own_app: Flask) -> None:
    uid = a_draft(own_app)
    options = written(own_app).options[:3]
    edit(
        own_app,
        uid,
        options=options,
        ordered=True,
        speaker="Somebody",
        facts=(),
        since_then={"text": "Later", "source": "x"},
    )

    told = without_tags(page(signed_in(own_app), uid, "/versions"))

    for words in ("Option D", "Poindimié", "always as written", "Somebody", "NC-A01", "Later"):
        assert words in told


@pytest.mark.parametrize("numbers", ["old=9&new=1", "old=1&new=9", "old=x", "new=0", "old=99999999999"])
def test_only_versions_that_there_are_are_compared(app: Flask, numbers: str) -> None:
    page(signed_in(app), an_approved(app).uid, f"/versions?{numbers}", 404)


@pytest.mark.every_database
def test_one_click_brings_a_version_back(own_app: Flask) -> None:
    uid = a_draft(own_app)
    edit(own_app, uid, stem="Other words, in 2018?")
    teacher = signed_in(own_app)

    answer = teacher.post(f"/admin/questions/{uid}/restore", {"number": "1", "version": "2"})

    assert answer.status_code == 303
    assert "Version 1 is back, as version 3." in page(teacher, uid)
    assert read(own_app, uid).content == written(own_app)


def test_nothing_comes_back_over_what_somebody_saved_meanwhile(own_app: Flask) -> None:
    uid = a_draft(own_app)
    edit(own_app, uid, stem="Other words, in 2018?")
    teacher = signed_in(own_app)

    assert teacher.post(f"/admin/questions/{uid}/restore", {"number": "1", "version": "1"}).status_code == 409
    assert teacher.post(f"/admin/questions/{uid}/restore", {"number": "7", "version": "2"}).status_code == 404
    assert (
        teacher.post(f"/admin/questions/{uid}/restore", {"number": "-1", "version": "2"}).status_code == 422
    )
    assert read(own_app, uid).number == 2


def test_a_version_whose_key_was_wrong_does_not_come_back(own_app: Flask) -> None:
    one = an_approved(own_app)
    edit(own_app, one.uid, stem="Other words, in 2018?")
    execute(
        own_app,
        "INSERT INTO key_correction (item_version_id, key, marks, corrected_at, corrected_by, replaced_by)"
        " SELECT id, 0, 'left', '2026-03-02 09:30:00.000000', 'x', id FROM item_version"
        " WHERE item_id = :id AND number = 1",
        id=one.id,
    )

    answer = signed_in(own_app).post(f"/admin/questions/{one.uid}/restore", {"number": "1", "version": "2"})

    assert answer.status_code == 422
    assert "The key of version 1 was wrong and has been corrected since." in answer.text


# --- answers and reports


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (5, "Answered 5 times. Right at first sight: 5 of 5 Fewer than 20 answers"),
        (30, "Answered 30 times. Right at first sight: 30 of 30 (100%), indicative Fewer than 50 answers"),
        (60, "Answered 60 times. Right at first sight: 60 of 60 (100%) Option"),
    ],
)
def test_every_figure_has_the_number_it_stands_on(own_app: Flask, n: int, words: str) -> None:
    one = an_approved(own_app)
    key = next(place for place, option in enumerate(one.content.options) if option.correct)
    execute(
        own_app,
        "INSERT INTO option_count (item_version_id, option, chosen, chosen_first)"
        " SELECT id, :key, :n, :n FROM item_version WHERE item_id = :id",
        id=one.id,
        key=key,
        n=n,
    )

    told = without_tags(page(signed_in(own_app), one.uid))

    assert words in told
    assert f"{n} of {n} {'100%' if n >= 20 else '–'}" in told


def test_earlier_words_keep_their_figures(own_app: Flask) -> None:
    one = an_approved(own_app)
    execute(
        own_app,
        "INSERT INTO option_count (item_version_id, option, chosen, chosen_first)"
        " SELECT id, 0, 1, 1 FROM item_version WHERE item_id = :id",
        id=one.id,
    )
    edit(own_app, one.uid, explanation="It says so in so many words, A¶1.")
    edit(own_app, one.uid, stem="Other words, in 2018?")
    edit(own_app, one.uid, stem="Still other words, in 2018?")
    execute(
        own_app,
        "INSERT INTO option_count (item_version_id, option, chosen, chosen_first)"
        " SELECT id, 0, 2, 2 FROM item_version WHERE item_id = :id AND number = 3",
        id=one.id,
    )

    told = without_tags(page(signed_in(own_app), one.uid))

    assert "Nobody has answered it yet since version 4." in told
    assert "Version 3: answered twice, right at first sight" in told
    assert "Versions 1 to 2: answered once, right at first sight" in told


@pytest.mark.every_database
def test_a_report_is_read_and_settled(own_app: Flask) -> None:
    student = Visitor(own_app.test_client())
    public_id = student.start()
    asked = questions(own_app, public_id)[1]
    student.answer(public_id, 1, asked.key)
    with student.client.session_transaction() as cookie:
        learner = cookie["learner"]
    with changing(own_app) as session:
        report(
            session,
            public_id=public_id,
            learner=learner,
            position=1,
            reason="key",
            text="<b>No!</b>",
            now=NOW,
        )
    uid = query(own_app, "SELECT uid FROM item WHERE id = :id", id=asked.item)[0].uid
    number = query(own_app, "SELECT id FROM report")[0].id
    teacher = signed_in(own_app)

    raw = teacher.get(f"/admin/questions/{uid}").text
    assert "&lt;b&gt;No!&lt;/b&gt;" in raw
    assert "Reported</li>" in raw
    settle = f"/admin/questions/{uid}/reports/settle"
    assert teacher.post(settle, {"report": "x"}).status_code == 422
    assert teacher.post(settle, {"report": "99999"}).status_code == 404
    assert teacher.post(settle, {"report": str(number)}).status_code == 303

    told = page(teacher, uid)
    assert f"Settled by {teacher.email}" in told
    assert "Reported</li>" not in told
    assert len(log_of(own_app, "settle")) == 1


def test_evidence_is_compared_by_its_place(own_app: Flask) -> None:
    uid = a_draft(own_app)
    edit(own_app, uid, evidence=())

    told = without_tags(page(signed_in(own_app), uid, "/versions"))

    assert f"A¶{written(own_app).evidence[0].paragraph} “" in told


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("", False), ("0", False)])
def test_the_environment_asks_for_a_second_teacher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, expected: bool
) -> None:
    monkeypatch.setenv("QUIZAPP_SECOND_TEACHER", value)

    assert create_app({"INSTANCE": str(tmp_path)}).config["QUESTIONS_NEED_SECOND_TEACHER"] is expected
