"""A quiz on paper, printed by a real browser: every question whole on its page, and no key on a question sheet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import OpenPage
from tests.browser.test_screens import TOO_WIDE
from tests.quizapp.exchange.files import a_row, an_item, as_csv, as_json
from tests.quizapp.teachers import signed_in


@pytest.fixture(params=[360, 1280], ids=["phone", "desk"])
def teacher(request: pytest.FixtureRequest, open_page: OpenPage, live_server: str, app: Flask) -> Page:
    """A tab of a teacher who is signed in."""
    page = open_page(viewport={"width": request.param, "height": 800})
    cookie = signed_in(app).client.get_cookie("quiz")
    assert cookie is not None
    page.context.add_cookies([{"name": "quiz", "value": cookie.value, "url": live_server}])
    return page


def check(page: Page) -> None:
    """Accessible in light and dark, and no wider than the window."""
    assert_accessible(page)
    assert not page.evaluate(TOO_WIDE)


def packed(text: str) -> str:
    """Without white space: lines break elsewhere on paper, after hyphens, too."""
    return "".join(text.split())


def printed(page: Page) -> list[str]:
    """What each page of the PDF says."""
    pdf = page.pdf(prefer_css_page_size=True)
    return [packed(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def texts(page: Page, selector: str) -> list[str]:
    """The text of each of these."""
    return [packed(words) for words in page.locator(selector).all_inner_texts()]


def test_in_three_steps_a_paper_is_ready_to_print(teacher: Page) -> None:
    teacher.goto("/admin/paper")
    check(teacher)
    teacher.get_by_label("Questions", exact=True).fill("20")
    teacher.get_by_role("button", name="Make the sheets").click()
    teacher.wait_for_selector("#sheets")
    check(teacher)
    stems = texts(teacher, ".asked-stem")
    sheets = printed(teacher)
    teacher.get_by_role("link", name="Answer key").click()
    teacher.wait_for_selector("#key")
    check(teacher)
    explanations = texts(teacher, ".solved-question p:not([class])")
    quotes = texts(teacher, ".solved-proof q")
    key = printed(teacher)

    whole = "".join(sheets)
    assert len(stems) == 40
    assert all(stem in whole for stem in stems)
    assert [sheet for sheet in sheets if "FormA·Seed" in sheet and "FormB·Seed" in sheet] == []
    assert "Answerkey" not in whole
    assert not any(words in whole for words in explanations)
    assert "AnswerkeyFormA" in key[0]
    assert all(words in "".join(key) for words in [*explanations, *quotes])
    assert len(explanations) == len(stems)
    assert "Makeanotherpaper" not in whole


def test_no_question_is_broken_across_pages(teacher: Page) -> None:
    """Its last option stands on the page on which its number stands."""
    teacher.goto("/admin/paper?topic=referendum&topic=pacific-geopolitics&length=20&seed=3")
    questions = texts(teacher, ".asked-question")

    sheets = printed(teacher)

    assert len(questions) > 30
    assert len(sheets) >= 4
    assert all(any(question in sheet for sheet in sheets) for question in questions)


def test_a_file_is_previewed(teacher: Page, app: Flask, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.csv"
    good.write_bytes(as_json(an_item(app)))
    bad.write_bytes(as_csv(a_row(topic="cooking")))
    teacher.goto("/admin/exchange")
    check(teacher)

    teacher.get_by_label("File").set_input_files(good)
    teacher.get_by_role("button", name="See what it would change").click()
    teacher.wait_for_selector("#preview")
    check(teacher)
    teacher.get_by_role("button", name="Import this question").click()
    teacher.wait_for_selector("#exchange")

    assert "Imported: 1 new as drafts" in teacher.locator(".message").inner_text()


@pytest.mark.console_may_speak  # of the status 422
def test_faults_are_shown(teacher: Page, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(as_csv(a_row(topic="cooking")))
    teacher.goto("/admin/exchange")
    teacher.get_by_label("File").set_input_files(bad)
    teacher.get_by_role("button", name="See what it would change").click()
    teacher.wait_for_selector("#preview")

    check(teacher)
    assert "is no topic" in teacher.locator("tbody").inner_text()
