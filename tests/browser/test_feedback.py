"""The answer is followed by its verdict and its proof, and nothing jumps."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.quiz import Quiz

NARROW = {"width": 320, "height": 640}
everywhere = pytest.mark.parametrize(
    "visitor", [{"viewport": size} for size in (NARROW, PHONE, DESK)], ids=["narrow", "phone", "desk"]
)
without_too = pytest.mark.parametrize(
    "visitor",
    [{"viewport": size, "java_script_enabled": js} for size in (PHONE, DESK) for js in (True, False)],
    ids=["phone", "phone without JavaScript", "desk", "desk without JavaScript"],
)


@everywhere
@pytest.mark.parametrize("right", [True, False])
def test_the_rows_stay_where_they_are(quiz: Quiz, right: bool) -> None:
    quiz.start()
    before = quiz.rows()
    quiz.answer(right=right)
    assert quiz.rows() == before


@everywhere
def test_focus_is_on_the_verdict_which_is_in_view(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    verdict = page.locator(".verdict")
    expect(verdict).to_be_focused()
    expect(verdict).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("status").first).to_have_text("Answer saved.")


def test_focus_goes_on_to_the_next_question(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=True)
    quiz.go_on()
    expect(page.locator(".stem")).to_be_focused()


def test_the_reason_of_the_chosen_option_is_open_and_the_others_can_be_opened(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    expect(page.locator("#chosen p")).to_be_visible()
    for row in page.locator(".options details").all():
        expect(row.locator(".reason")).to_be_hidden()
        row.locator("summary").click()
        expect(row.locator(".reason p")).to_be_visible()
        expect(row.locator(".proof").first).to_be_visible()


@without_too
def test_one_activation_opens_the_exact_words_and_one_leads_back(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    question = quiz.stem()
    link = page.locator("#proof figcaption a").first
    quote = parse_qs(urlsplit(str(link.get_attribute("href"))).query)["quote"][0]
    link.click()
    mark = page.locator("mark")
    expect(mark).to_have_text(quote)
    expect(mark).to_be_in_viewport(ratio=1)
    page.locator(".way-back a").click()
    assert quiz.stem() == question
    expect(page.locator(".verdict")).to_be_visible()


def test_the_way_back_does_not_cover_the_words(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    page.locator("#proof figcaption a").first.click()
    bar = page.locator(".way-back").bounding_box()
    mark = page.locator("mark").bounding_box()
    assert bar is not None
    assert mark is not None
    assert mark["y"] >= bar["y"] + bar["height"]


def test_on_a_desk_the_proof_stands_beside_the_question(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    asked, proof = page.locator(".asked").bounding_box(), page.locator("#proof").bounding_box()
    assert asked is not None
    assert proof is not None
    assert proof["x"] > asked["x"] + asked["width"]
    assert proof["y"] == asked["y"]


def test_locators_lead_to_their_paragraph(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    locator = page.locator("#proof .locator").first
    anchor = urlsplit(str(locator.get_attribute("href"))).fragment
    locator.click()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
