"""Second tries, certainty and tests in a real browser: by keyboard alone, without JavaScript, in two tabs, offline."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import PHONE
from tests.browser.quiz import Quiz

without_too = pytest.mark.parametrize(
    "visitor", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without"]
)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field is reached."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.tagName") == name:
            return
    pytest.fail(f"Tab never reaches {name}")


def letter(quiz: Quiz, *, right: bool) -> str:
    """The key that chooses an option which is open."""
    keys = quiz.keys()
    radios = quiz.page.locator("input[name=option]").all()
    places = [n for n, radio in enumerate(radios) if radio.is_enabled()]
    return "abcdefgh"[next(n for n in places if (radios[n].get_attribute("value") in keys) is right)]


@pytest.mark.console_may_speak
def test_by_keyboard_alone_with_second_tries_and_certainty(quiz: Quiz) -> None:
    page = quiz.page
    page.goto(quiz.url)
    tab_to(page, "SUMMARY")
    page.keyboard.press("Enter")
    tab_to(page, "certainty")
    page.keyboard.press("Space")
    expect(page.locator(".start [name=second_try]")).to_be_checked()
    expect(page.locator(".start .rule")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector("#item")
    # not sure and wrong: a second try, at which what is struck out cannot be chosen
    page.keyboard.press(letter(quiz, right=False))
    page.keyboard.press("Enter")
    expect(page.locator("#choose-certainty")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert page.locator("input[name=option]:checked").count() == 1
    assert page.locator("input[name=certainty]:checked").count() == 0
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("#second-try")
    assert not page.title().startswith("Error: ")
    expect(page.locator(".verdict")).to_be_focused()
    struck = [n for n, radio in enumerate(page.locator("input[name=option]").all()) if radio.is_disabled()]
    page.keyboard.press("abcd"[struck[0]])
    assert page.locator("input:checked").count() == 0
    page.keyboard.press(letter(quiz, right=True))
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_have_text("Right at the second try")
    expect(page.locator(".verdict")).to_be_focused()
    expect(page.locator("#status")).to_have_text("Answer saved.")
    # letters belong to the report while it is written
    page.locator(".report summary").focus()
    page.keyboard.press("Enter")
    tab_to(page, "text")
    page.keyboard.type("abc 1")
    page.keyboard.press("Enter")
    assert page.input_value(".report textarea") == "abc 1\n"
    page.locator(".is-next").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#item")
    expect(page.locator(".keys")).to_be_visible()
    # sure and wrong: both answers side by side, and no second try
    page.keyboard.press(letter(quiz, right=False))
    tab_to(page, "certainty")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector("#contrast")
    expect(page.locator(".marks")).to_have_text("You said: sure. That makes −6 marks.")
    page.keyboard.press("Enter")
    page.wait_for_selector("#item")


@pytest.mark.console_may_speak
def test_offline_a_second_try_keeps_its_choice_and_giving_up_stays_giving_up(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start(second_try=True)
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("second-try"):
            sent.append(request.post_data or "")

    page.on("request", note)
    for button, verdict in (("Try again", "Right at the second try"), ("Show the answer", "Not this one")):
        quiz.choose(right=False)
        quiz.send()
        page.wait_for_selector("#second-try")
        quiz.choose(right=True)
        sent.clear()
        page.context.set_offline(True)
        page.get_by_role("button", name=button).click()
        expect(page.locator("#notice")).to_contain_text("Not saved yet – trying again")
        expect(page.get_by_role("button", name=button)).to_be_focused()
        assert page.locator("input:checked").count() == 1
        page.context.set_offline(False)
        page.wait_for_selector("#feedback")
        expect(page.locator(".verdict")).to_have_text(verdict)
        expect(page.locator("#notice")).to_be_empty()
        assert len(sent) >= 2
        assert len(set(sent)) == 1
        quiz.go_on()


@without_too
def test_a_test_from_its_limit_to_its_result(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start(mode="test", minutes="10")
    assert page.inner_text(".clock").endswith("s left")
    expect(page.locator(".end-line")).to_contain_text("0 of 5 answered")
    quiz.choose(right=True)
    quiz.send()
    page.wait_for_url("**/items/2")
    if page.locator(
        ".keys"
    ).is_visible():  # only with JavaScript has the first question an address to go back to
        page.go_back()
    else:
        page.goto(page.url.replace("/items/2", "/items/1"))
    expect(page.locator(".saved-note")).to_be_visible()
    expect(page.locator(".tag")).to_have_text("Your answer")
    page.locator(".is-next").click()
    page.wait_for_url("**/items/2")
    page.locator(".hand-in summary").click()
    expect(page.locator(".hand-in p")).to_contain_text("4 questions are open.")
    page.locator(".hand-in .button").click()
    expect(page.locator("h1")).to_have_text("1 of 5 right")
    page.emulate_media(media="print", color_scheme="dark")
    inks = "getComputedStyle(document.documentElement).getPropertyValue('--right')"
    assert page.evaluate(inks) == "#27673f"  # as in the light
    expect(page.locator(".quotes q").first).to_be_visible()
    for button in page.locator("main .button, footer").all():
        expect(button).to_be_hidden()


@pytest.mark.console_may_speak
@without_too
def test_a_late_answer_is_told_so_and_enter_leads_on(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start(mode="test", minutes="5")
    quiz.choose(right=True)
    quiz.let_time_pass(6)
    quiz.send()
    expect(page.locator("#over h1")).to_have_text("Time is over")
    expect(page.locator("#over [role=alert]")).to_have_text("No answer was saved in time.")
    assert page.locator("#item").count() == 0
    if page.evaluate("document.activeElement.tagName") == "H1":
        page.keyboard.press("Enter")
    else:
        page.locator("#over .button").click()
    expect(page.locator("h1")).to_have_text("0 of 5 right")


@pytest.mark.console_may_speak
def test_in_two_tabs_the_first_answer_counts_and_the_end_is_the_end(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start(mode="test")
    second = Quiz(page.context.new_page(), quiz.url, quiz.app)
    third = Quiz(page.context.new_page(), quiz.url, quiz.app)
    second.page.goto(page.url)
    third.page.goto(page.url.replace("/items/1", "/items/2"))
    quiz.choose(right=True)
    quiz.send()
    page.wait_for_url("**/items/2")
    second.choose(right=False)
    second.send()
    expect(second.page.get_by_text("The first answer counts")).to_be_visible()
    expect(second.page.locator("#saved")).to_be_visible()
    second.hand_in()
    third.choose(right=True)
    third.send()
    expect(third.page.get_by_text("The test was handed in before")).to_be_visible()
    expect(third.page.locator(".verdict")).to_have_text("Not answered")
    assert len(quiz.responses()) == 1


@pytest.mark.parametrize("visitor", [{"viewport": PHONE, "has_touch": True}], ids=["phone"])
def test_a_cold_visitor_begins_within_the_first_screen_and_once(quiz: Quiz) -> None:
    page = quiz.page
    page.goto(quiz.url)
    expect(page.locator(".start .button")).to_be_in_viewport(ratio=1)
    page.locator(".start .button").dblclick()
    page.wait_for_selector("#item")
    assert quiz.attempts() == 1


def test_the_clock_counts_by_itself_and_leads_to_what_counts_when_it_is_over(quiz: Quiz) -> None:
    page = quiz.page
    page.clock.install()
    quiz.start(mode="test", minutes="5")
    page.clock.run_for(241_000)
    expect(page.locator("#status")).to_have_text("One minute left.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.clock.run_for(60_000)
    expect(page.locator(".clock")).to_have_text("Time is over")
    expect(page.locator("#status")).to_have_text("Time is over")
    expect(page.get_by_role("button", name="Save answer")).to_be_disabled()
    quiz.let_time_pass(5)
    page.clock.run_for(2_000)
    expect(page.locator("#over h1")).to_be_focused()
    page.clock.run_for(10_000)
    assert asked == [f"GET {page.url.partition('/items')[0]}"]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("0 of 5 right")
