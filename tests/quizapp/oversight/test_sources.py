"""The sources as the bank covers them: every number leads to the questions that it counts."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask

from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import execute, query

DOCUMENT = "000_1a7ee3f22d7662d0.txt"


def passage(page: str, n: int) -> str:
    found = re.search(
        rf'<li class="passage" id="p{n}">.*?(?=<li class="passage"|</ol>\s*</div>)', page, re.DOTALL
    )
    assert found is not None
    return html.unescape(found[0])


def test_every_document_has_a_cell_a_paragraph(app: Flask) -> None:
    page = signed_in(app).get("/admin/sources").text
    paragraphs = query(app, "SELECT count(*) AS n FROM passage")[0].n

    assert len(re.findall(r'<a class="cell shade-[0-3]"', page)) == paragraphs
    assert "3 or more" in page


def test_a_number_leads_to_a_list_of_so_many(app: Flask) -> None:
    teacher = signed_in(app)
    page = teacher.get(f"/admin/sources/{DOCUMENT}?by=facts").text
    links = re.findall(r'href="(/admin/questions\?[^"]+)"[^>]*>(\d+) questions?<', page)

    assert len(links) > 20
    for href, number in links[::7]:
        listed = teacher.get(html.unescape(href)).text
        assert f'<h2 data-told tabindex="-1">{number} question' in listed, href


@pytest.mark.every_database
def test_shades_are_told_in_words(own_app: Flask) -> None:
    execute(
        own_app, "DELETE FROM item_passage WHERE document_id = :d AND paragraph IN (2, 3, 4, 5)", d=DOCUMENT
    )
    for paragraph, questions in ((3, 1), (4, 2), (5, 3)):
        execute(
            own_app,
            "INSERT INTO item_passage SELECT id, :d, :p FROM item WHERE state = 'approved' ORDER BY id LIMIT :n",
            d=DOCUMENT, p=paragraph, n=questions,
        )  # fmt: skip

    page = signed_in(own_app).get(f"/admin/sources/{DOCUMENT}").text

    for n, told in ((2, "no questions"), (3, "1 question"), (4, "2 questions"), (5, "3 questions")):
        assert f"shade-{n - 2}" in passage(page, n)
        assert f">{told}<" in passage(page, n)


def test_facts_without_a_question_are_listed_and_can_be_written_on(own_app: Flask) -> None:
    execute(own_app, "DELETE FROM item_fact WHERE fact_id = 'NC-A01'")
    teacher = signed_in(own_app)

    page = teacher.get(f"/admin/sources/{DOCUMENT}").text

    assert "No question yet on" in passage(page, 1)
    assert f"/admin/questions/new?document={DOCUMENT}&paragraph=1&fact=NC-A01" in passage(page, 1)
    assert f'"/admin/questions/new?document={DOCUMENT}&paragraph=1"' in passage(page, 1)
    assert "1 fact has no question yet." in page or "facts have no question yet." in page


def test_by_facts_every_fact_is_there(app: Flask) -> None:
    facts = [row.id for row in query(app, "SELECT id FROM fact WHERE document_id = :d", d=DOCUMENT)]

    page = signed_in(app, htmx=True).get(f"/admin/sources/{DOCUMENT}?by=facts").text

    assert page.startswith('<div class="covered-passages" id="passages">')
    assert [fact for fact in facts if f">{fact}<" not in page] == []


def test_what_is_no_ground_for_a_question_offers_none(app: Flask) -> None:
    row = query(app, "SELECT id, document_id, paragraph FROM fact WHERE use <> 'item' ORDER BY id LIMIT 1")[0]

    page = signed_in(app).get(f"/admin/sources/{row.document_id}?by=facts").text

    assert "kept out of questions" in passage(page, row.paragraph)
    assert f"fact={row.id}" not in passage(page, row.paragraph)


def test_of_very_many_questions_only_that_is_told(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.services.coverage.MOST", 3)
    monkeypatch.setattr("quizapp.oversight.source_pages.MOST", 3)
    teacher = signed_in(own_app)

    assert "3 questions or more" in teacher.get(f"/admin/sources/{DOCUMENT}").text
    assert "<b>3+</b>" in teacher.get("/admin/sources").text


def test_a_document_that_is_none_is_not_there(app: Flask) -> None:
    assert signed_in(app).get("/admin/sources/none.txt").status_code == 404
