"""A quiz from the first page to the result: by touch, by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.quiz import Quiz

phone = pytest.mark.parametrize("visitor", [{"viewport": PHONE, "has_touch": True}], ids=["phone"])
without_javascript = pytest.mark.parametrize(
    "visitor", [{"viewport": PHONE, "java_script_enabled": False}], ids=["without JavaScript"]
)


@phone
def test_by_touch_on_a_phone(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    for right in (True, False, True, False, True):
        quiz.answer(right=right)
        expect(page.locator(".verdict")).to_have_text("Right" if right else "Not this one")
        quiz.go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 5 right")
    assert len(quiz.responses()) == 5


@without_javascript
def test_without_javascript(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    for right in (True, False, True, False, True):
        quiz.answer(right=right)
        expect(page.locator(".verdict")).to_have_text("Right" if right else "Not this one")
        quiz.go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 5 right")


def test_by_keyboard_alone(quiz: Quiz) -> None:
    page = quiz.page
    page.goto(quiz.url)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "length":
            break
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempts/*")
    for number, key in enumerate("a2C4b", start=1):
        page.wait_for_selector("#item")
        assert page.inner_text(".eyebrow span") == f"Question {number} of 5"
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.wait_for_selector("#feedback, #second-try")
        if page.locator("#second-try").count():
            page.get_by_role("button", name="Show the answer").focus()
            page.keyboard.press("Enter")
            page.wait_for_selector("#feedback")
        page.keyboard.press("Enter")
    page.wait_for_selector("#result")
    assert len(quiz.responses()) == 5


def test_arrows_tab_and_space_work_as_everywhere(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=option]").nth(1).is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_selector("#feedback")


def test_a_letter_outside_the_question_does_nothing(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    page.locator(".brand").focus()
    page.keyboard.press("b")
    assert page.locator("input:checked").count() == 0


@pytest.mark.parametrize("visitor", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without"])
@pytest.mark.console_may_speak
def test_nothing_chosen_is_said_and_nothing_is_saved(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("alert")).to_have_text("Choose an answer first.")
    assert quiz.responses() == []
    quiz.answer(right=True)
    assert len(quiz.responses()) == 1


def test_what_was_missed_is_practised(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    for right in (False, True, True, True, False):
        quiz.answer(right=right)
        quiz.go_on()
    page.get_by_role("button", name="Practise what I missed").click()
    expect(page.locator(".eyebrow span")).to_have_text("Question 1 of 2")


def test_a_quiz_with_nothing_missed_offers_no_practice(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    for _ in range(5):
        quiz.answer(right=True)
        quiz.go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("5 of 5 right")
    assert page.get_by_role("button", name="Practise what I missed").count() == 0
    page.get_by_role("link", name="Start again").click()
    page.wait_for_url(f"{quiz.url}/")


def test_titles_follow_the_screens(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    expect(page).to_have_title("Question 1 of 5 · Ibid")
    quiz.answer(right=True)
    expect(page).to_have_title("Right: question 1 of 5 · Ibid")
    quiz.go_on()
    expect(page).to_have_title("Question 2 of 5 · Ibid")
    expect(page).to_have_url(re.compile("/items/2$"))
