"""An answer is never lost, never counted twice, and never said to be saved when it is not."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.quiz import Quiz

NOT_SAVED = "Not saved yet – trying again"


def keys_sent(page: Page) -> list[str]:
    """The idempotency keys of the answers sent from now on, as they are sent."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.post_data:
            sent.append(parse_qs(request.post_data)["key"][0])

    page.on("request", note)
    return sent


@pytest.mark.console_may_speak
def test_without_a_network_the_choice_stays_and_is_saved_once_it_is_back(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.choose(right=True)
    sent = keys_sent(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#notice")).to_contain_text(NOT_SAVED)
    expect(page.locator("#status")).to_be_empty()
    assert page.locator("input:checked").count() == 1
    assert quiz.responses() == []
    page.context.set_offline(False)
    page.wait_for_selector("#feedback")
    expect(page.locator("#notice")).to_be_empty()
    expect(page.locator("#status")).to_have_text("Answer saved.")
    assert len(quiz.responses()) == 1
    assert len(sent) >= 2
    assert len(set(sent)) == 1


@pytest.mark.console_may_speak
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_fails_is_asked_again(quiz: Quiz, status: int) -> None:
    page = quiz.page
    failures = iter(range(2))

    def fail_twice(route: Route) -> None:
        if next(failures, None) is None:
            route.continue_()
        else:
            route.fulfill(status=status, body="<p>busy</p>")

    quiz.start()
    quiz.choose(right=True)
    page.route("**/response", fail_twice)
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#notice")).to_contain_text(NOT_SAVED)
    page.wait_for_selector("#feedback")
    assert len(quiz.responses()) == 1


@pytest.mark.console_may_speak
def test_an_answer_whose_receipt_was_lost_counts_once(quiz: Quiz) -> None:
    page = quiz.page
    lost = iter(range(1))

    def lose_the_receipt(route: Route) -> None:
        response = route.fetch()
        if next(lost, None) is None:
            route.fulfill(response=response)
        else:
            route.abort()

    quiz.start()
    page.route("**/response", lose_the_receipt)
    quiz.choose(right=True)
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#notice")).to_contain_text(NOT_SAVED)
    page.wait_for_selector("#feedback")
    expect(page.locator(".verdict")).to_have_text("Right")
    assert len(quiz.responses()) == 1


@pytest.mark.console_may_speak
def test_a_form_that_is_refused_is_not_sent_again(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.choose(right=True)
    sent = keys_sent(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#notice [role=alert]")).to_contain_text("Nothing was changed")
    page.wait_for_timeout(1500)
    assert len(sent) == 1
    assert page.locator("input:checked").count() == 1
    assert quiz.responses() == []


@pytest.mark.parametrize("visitor", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without"])
def test_a_double_click_gives_one_response_and_skips_nothing(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.choose(right=True)
    page.get_by_role("button", name="Check answer").dblclick()
    page.wait_for_selector("#feedback")
    page.wait_for_timeout(300)
    expect(page.locator(".eyebrow span")).to_have_text("Question 1 of 5")
    expect(page.locator(".verdict")).to_have_text("Right")
    assert len(quiz.responses()) == 1


def test_the_second_half_of_a_slow_double_click_presses_nothing(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.choose(right=True)
    box = page.get_by_role("button", name="Check answer").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    page.wait_for_selector("#feedback")
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.wait_for_timeout(300)
    expect(page.locator(".eyebrow span")).to_have_text("Question 1 of 5")


def test_reload_shows_the_same_feedback(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    question, rows = quiz.stem(), page.locator(".options").inner_text()
    page.reload()
    assert quiz.stem() == question
    assert page.locator(".options").inner_text() == rows
    assert len(quiz.responses()) == 1


def test_reload_keeps_the_order_of_an_open_question(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    rows = page.locator(".options").inner_text()
    page.reload()
    assert page.locator(".options").inner_text() == rows


def test_back_leads_to_the_question_before_as_it_was_answered(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    first = quiz.stem()
    quiz.answer(right=True)
    quiz.go_on()
    second = quiz.stem()
    quiz.answer(right=False)
    page.go_back()
    expect(page.locator(".stem")).to_have_text(first)
    expect(page.locator(".verdict")).to_have_text("Right")
    page.go_forward()
    expect(page.locator(".stem")).to_have_text(second)
    expect(page.locator(".verdict")).to_have_text("Not this one")


@pytest.mark.console_may_speak
def test_the_first_of_two_windows_counts_and_the_second_says_so(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    second = Quiz(page.context.new_page(), quiz.url, quiz.app)
    second.page.goto(page.url)
    quiz.answer(right=True)
    second.answer(right=False)
    expect(second.page.get_by_text("The first answer counts")).to_be_visible()
    expect(second.page.locator(".verdict")).to_have_text("Right")
    assert len(quiz.responses()) == 1


def test_the_quiz_goes_on_where_it_stood(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    address = page.url.removesuffix("/items/1")
    quiz.answer(right=True)
    page.goto(address)
    expect(page.locator(".eyebrow span")).to_have_text("Question 2 of 5")


@pytest.mark.console_may_speak
def test_somebody_else_finds_nothing_there(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    address = page.url
    page.context.clear_cookies()
    response = page.goto(address)
    assert response is not None
    assert response.status == 404
