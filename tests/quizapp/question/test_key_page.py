"""The page on which a key is corrected: it first says what would change, and does nothing until all is chosen."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from quizapp.services.editing import save_edit
from tests.quizapp.services.questions import MARIE, NOW, an_approved, changing, read
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import Visitor, query, questions, rows

REST = {
    "rationale": "It is right, since A¶1 says so.",
    "old_rationale": "A¶1 says otherwise.",
    "explanation": "The report says so in its first paragraph, A¶1.",
    "marks": "rescored",
}


def page(teacher: SignedIn, uid: str, more: str = "") -> str:
    answer = teacher.get(f"/admin/questions/{uid}/key{more}")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.text)).split())


def send(teacher: SignedIn, uid: str, option: int, **changes: Any) -> Any:
    fields = {"version": "1", "key": str(option), "of": ["1"], **REST, **changes}
    return teacher.post(
        f"/admin/questions/{uid}/key", {name: value for name, value in fields.items() if value}
    )


def other_than_the_key(app: Flask, uid: str) -> int:
    return next(n for n, option in enumerate(read(app, uid).content.options) if not option.correct)


def an_answered(app: Flask) -> tuple[Visitor, str, str]:
    """A student whose first answer is the key, in a quiz that is done."""
    student = Visitor(app.test_client())
    public_id = student.start()
    asked = questions(app, public_id)[1]
    student.finish(app, public_id, right=[1])
    return student, public_id, query(app, "SELECT uid FROM item WHERE id = :id", id=asked.item)[0].uid


def test_it_asks_for_the_right_option_first(app: Flask) -> None:
    one = an_approved(app)

    told = page(signed_in(app), one.uid)

    assert f"{one.content.key.text} Called right so far" in told
    assert "What students read" not in told


@pytest.mark.parametrize("key", ["x", "9", "-1", "²", "٣", "99999999999"])
def test_an_option_that_there_is_not_is_asked_for_again(app: Flask, key: str) -> None:
    assert "What students read" not in page(signed_in(app), an_approved(app).uid, f"?key={key}")


@pytest.mark.every_database
def test_it_says_what_would_change_before_anything_does(own_app: Flask) -> None:
    _, _, uid = an_answered(own_app)
    teacher = signed_in(own_app)
    before = rows(own_app)

    told = page(teacher, uid, f"?key={other_than_the_key(own_app, uid)}")

    assert "1 answer in 1 quiz was judged by the wrong key." in told
    assert "Re-score. Answers count by the corrected key. 1 answer in as many quizzes would change" in told
    assert "0 would count as right, 1 as wrong." in told
    assert "Full marks. Everybody who answered gets the point. 0 answers" in told
    assert "No answer would change." in told
    assert rows(own_app) == before


def test_where_nobody_answered_only_words_change(own_app: Flask) -> None:
    uid = an_approved(own_app).uid

    told = page(signed_in(own_app), uid, f"?key={other_than_the_key(own_app, uid)}")

    assert "Nobody has answered the question with the wrong key." in told


@pytest.mark.every_database
def test_a_key_is_corrected_and_the_result_follows(own_app: Flask) -> None:
    student, public_id, uid = an_answered(own_app)
    option = other_than_the_key(own_app, uid)
    teacher = signed_in(own_app)

    answer = send(teacher, uid, option)

    assert answer.status_code == 303
    assert "0 of 5 right" in student.get(f"/attempts/{public_id}/result").text
    after = read(own_app, uid)
    assert (after.number, after.content.options[option].rationale) == (2, REST["rationale"])
    told = html.unescape(teacher.get(f"/admin/questions/{uid}").text)
    assert "The key is corrected." in told
    assert "corrected the key: answers re-scored, 1 answer of 1 changed" in told
    assert "Wrong key, corrected since" in told


@pytest.mark.parametrize("missing", ["key", "rationale", "old_rationale", "explanation", "marks", "version"])
def test_all_has_to_be_said(own_app: Flask, missing: str) -> None:
    _, _, uid = an_answered(own_app)
    option = other_than_the_key(own_app, uid)
    teacher = signed_in(own_app)
    before = rows(own_app)

    answer = send(teacher, uid, option, **{missing: ""})

    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text or 'role="alert"' in answer.text
    if missing not in {"key", "rationale"}:
        assert REST["rationale"] in html.unescape(answer.text)
    assert rows(own_app) == before


@pytest.mark.parametrize("changes", [{"marks": "double"}, {"rationale": "x" * 2001}, {"key": "x"}])
def test_what_is_garbled_changes_nothing(own_app: Flask, changes: dict[str, str]) -> None:
    uid = an_approved(own_app).uid
    teacher = signed_in(own_app)
    before = rows(own_app)

    assert send(teacher, uid, other_than_the_key(own_app, uid), **changes).status_code == 422

    assert rows(own_app) == before


def test_the_key_itself_is_no_correction(own_app: Flask) -> None:
    one = an_approved(own_app)
    key = next(n for n, option in enumerate(one.content.options) if option.correct)

    answer = send(signed_in(own_app), one.uid, key)

    assert answer.status_code == 422
    assert "Choose the option that is right instead." in answer.text


def test_somebody_elses_edit_comes_first(own_app: Flask) -> None:
    uid = an_approved(own_app).uid

    answer = send(signed_in(own_app), uid, other_than_the_key(own_app, uid), version="7")

    assert answer.status_code == 409


def test_a_version_can_be_left_out(own_app: Flask) -> None:
    student, public_id, uid = an_answered(own_app)
    before = read(own_app, uid)
    with changing(own_app) as session:
        content = replace(before.content, stem="Something else, in 2018?")
        save_edit(session, uid=uid, content=content, based_on=1, teacher=MARIE, now=NOW)
    teacher = signed_in(own_app)
    option = other_than_the_key(own_app, uid)

    told = page(teacher, uid, f"?key={option}")
    send(teacher, uid, option, version="2", of=["2", "²"])

    assert f"Version 1 (1 answer): {before.content.stem}" in told
    assert "1 of 5 right" in student.get(f"/attempts/{public_id}/result").text
    assert read(own_app, uid).number == 3
