"""The preview: the very page that students get, before and after the answer, and nothing of it is stored."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from tests.quizapp.services.questions import an_approved, read
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import HTMX, Visitor, item, options, query, questions, rows


def asked_of_a_student(app: Flask) -> tuple[str, str, str]:
    """A uid, and the fragments that a student gets of it before and after the right answer."""
    student = Visitor(app.test_client(), htmx=True)
    public_id = student.start()
    asked = questions(app, public_id)[1]
    before = student.get(item(public_id, 1)).text
    student.answer(public_id, 1, asked.key)
    uid = query(app, "SELECT uid FROM item WHERE id = :id", id=asked.item)[0].uid
    return uid, before, student.get(item(public_id, 1)).text


def shape(fragment: str) -> str:
    """A fragment without what belongs to one quiz: tokens, addresses, where it stands, the order of options."""
    bare = re.sub(r'<div class="report" id="report">.*?</details>\s*</div>', "", fragment, flags=re.DOTALL)
    bare = re.sub(r' data-address="[^"]*"| id="choose-option"', "", bare)
    bare = re.sub(r'(value|href|action|hx-\w+|data-title)="[^"]*"', r"\1", bare)
    bare = re.sub(r"Question \d+ of \d+|<ol class=\"track\".*?</ol>", "", bare, flags=re.DOTALL)
    bare = re.sub(r'<div class="actions is-last">.*?</div>', "", bare, flags=re.DOTALL)
    bare = re.sub(r"(?<=\bis )[A-H](?=:)|(?<=, )[A-H](?=: )", "?", bare)
    pieces = re.split(r"(<li.*?</li>)", bare, flags=re.DOTALL)
    told = (re.sub(r'"letter">[A-H]|Keys: A to [A-H]', "", " ".join(piece.split())) for piece in pieces)
    return " ".join(sorted(filter(None, told)))  # without what is empty: how much is, depends on the order


@pytest.mark.every_database
def test_it_shows_the_options_that_a_student_sees(app: Flask) -> None:
    uid, before, _ = asked_of_a_student(app)

    told = signed_in(app).client.get(f"/admin/questions/{uid}/preview", headers=HTMX).text

    assert sorted(one.text for one in options(told)) == sorted(one.text for one in options(before))
    assert len(options(told)) == 4
    assert shape(told) == shape(before)


def test_the_answer_is_the_page_that_a_student_sees(app: Flask) -> None:
    uid, _, after = asked_of_a_student(app)

    told = signed_in(app).client.get(f"/admin/questions/{uid}/preview?answer=1", headers=HTMX).text

    assert shape(told) == shape(after)


def test_a01_before_the_answer_nothing_tells_the_key(app: Flask) -> None:
    one = an_approved(app)

    told = html.unescape(signed_in(app).get(f"/admin/questions/{one.uid}/preview").text)

    assert one.content.explanation not in told
    assert "is-key" not in told
    assert f'href="/admin/questions/{one.uid}/preview?answer=1"' in told


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_an_answer_can_be_tried_and_leaves_no_trace(app: Flask, htmx: bool) -> None:
    one = an_approved(app)
    wrong = next(n for n, option in enumerate(one.content.options) if not option.correct)
    teacher = signed_in(app, htmx=htmx)
    before = rows(app)

    answer = teacher.post(f"/admin/questions/{one.uid}/preview", {"option": str(wrong)})

    assert answer.status_code == 200
    assert "Not this one" in answer.text
    assert ("<!doctype html>" in answer.text) is not htmx
    assert rows(app) == before
    assert read(app, one.uid) == one


@pytest.mark.parametrize("fields", [{}, {"option": "x"}])
def test_an_answer_has_to_be_chosen(app: Flask, fields: dict[str, str]) -> None:
    answer = signed_in(app).post(f"/admin/questions/{an_approved(app).uid}/preview", fields)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_an_option_that_there_is_not_shows_the_question_again(app: Flask) -> None:
    answer = signed_in(app).post(f"/admin/questions/{an_approved(app).uid}/preview", {"option": "7"})

    assert answer.status_code == 200
    assert 'id="item"' in answer.text
