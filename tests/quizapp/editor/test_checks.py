"""Checks while somebody writes: remarks beside the fields, and the student’s own page as a preview."""

from __future__ import annotations

import html

import pytest
from flask import Flask

from question_bank.errors import SeedFaultsError
from tests.quizapp.editor.sheets import CHECK, NEW, REPORT, Sheet, press, question, said, saved
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import count, query, rows


def test_checks_answer_beside_the_fields_and_write_nothing(app: Flask) -> None:
    teacher = signed_in(app, htmx=True)
    before = rows(app)

    page = teacher.post(CHECK, question(stem="Is it not true that polls favoured No")).text

    assert "does not end in a question mark" in said(page, "stem")
    assert "Why?" in said(page, "stem")
    assert 'id="preview-asked" hx-swap-oob="true"' in page
    assert "<html" not in page
    assert rows(app) == before


def test_checks_without_a_script_come_with_the_whole_page(app: Flask) -> None:
    page = signed_in(app).post(CHECK, question(stem="Is it so")).text

    assert "does not end in a question mark" in said(page, "stem")
    assert Sheet(page).fields["stem"] == "Is it so"


def test_while_one_types_nothing_is_said_about_what_is_missing(app: Flask) -> None:
    teacher = signed_in(app, htmx=True)

    page = teacher.post(CHECK, {"stem": "What is", "options-0-text": "", "options-1-text": ""}).text

    assert "field-error" not in page
    assert "remark" not in page


def test_a_question_that_asks_the_same_is_named(app: Flask) -> None:
    known = query(app, "SELECT v.stem, i.uid FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = "
                       "i.current_version WHERE i.state = 'approved' ORDER BY i.uid LIMIT 1")[0]  # fmt: skip

    page = signed_in(app, htmx=True).post(CHECK, question(stem=known.stem)).text

    assert f'href="/admin/questions/{known.uid}"' in said(page, "stem")


def test_a_wrong_answer_that_may_be_true_is_named_with_its_fact(app: Flask) -> None:
    teacher = signed_in(app)
    fields = Sheet(press(teacher, "fact-NC-A15", {"passage": f"{REPORT} 7"}).text).fields
    fields |= {"stem": "What did polls forecast for No in 2018?", "options-1-text": "70%"}

    page = teacher.post(CHECK, fields, HX_Request="true").text

    assert "This may be a right answer, too. A¶7 states:" in html.unescape(said(page, "options-1-text"))


def test_a_wrong_answer_that_stands_elsewhere_is_named_with_its_place(app: Flask) -> None:
    teacher = signed_in(app)
    fields = Sheet(press(teacher, "fact-NC-A15", {"passage": f"{REPORT} 7"}).text).fields
    fields |= {"stem": "What did polls forecast for No in 2018?", "options-1-text": "80%"}

    page = teacher.post(CHECK, fields, HX_Request="true").text

    assert "This may also be true: it stands in A¶1." in html.unescape(said(page, "options-1-text"))


def test_a_quote_that_is_none_is_told_at_once(app: Flask) -> None:
    page = signed_in(app, htmx=True).post(CHECK, question(evidence__0__quote="opinion polls")).text

    assert "with other spaces, capitals, dashes" in said(page, "evidence-0-quote")
    assert "Use the words that stand there" in said(page, "evidence-0-quote")


def test_without_any_passage_there_is_still_a_form(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.editor.desk.load_passages", lambda _: {})

    assert signed_in(app).get(NEW).status_code == 200


def test_the_preview_is_the_students_page(app: Flask) -> None:
    page = signed_in(app, htmx=True).post(CHECK, question()).text

    assert "Check answer" in page
    assert "Not this one" in page
    assert "The answer is A:" in page
    assert "The side of No" in page
    unsourced = signed_in(app, htmx=True).post(CHECK, question(no_source="y", topic="referendum")).text
    assert "No source: this question was written without a proof" in unsourced


def test_a13_what_is_typed_stays_text(own_app: Flask) -> None:
    payloads = [
        "<script>alert(1)</script>",
        '<b hx-get="/x" hx-trigger="load">',
        "{{7*7}}",
        "</div><img src=x onerror=y>",
    ]
    fields = question(stem=payloads[0], explanation=payloads[2], note=payloads[3], speaker=payloads[1])
    fields |= {f"options-{n}-text": payload for n, payload in enumerate(payloads)}
    teacher = signed_in(own_app)

    pages = [press(teacher, "check", fields).text, teacher.post(CHECK, fields, HX_Request="true").text]
    made = saved(own_app, press(teacher, "draft", fields))
    pages.append(teacher.get(f"/admin/questions/{made.uid}/edit").text)

    for page in pages:
        assert "<script>alert" not in page
        assert "<b hx-get" not in page
        assert "<img" not in page
        assert "{{7*7}}" in page
    assert made.content.stem == payloads[0]


def test_a_seed_that_is_being_edited_is_busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty() -> None:
        raise SeedFaultsError([])

    monkeypatch.setattr("quizapp.editor.desk.get_fact_base", faulty)

    assert signed_in(app).get(NEW).status_code == 503


def test_an_unsaved_question_is_in_no_list(app: Flask) -> None:
    before = count(app, "item")

    press(signed_in(app), "check", question())

    assert count(app, "item") == before
