"""A learner's own data in a real browser: taken to a phone, deleted without a script; accessible, narrow, on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_screens import RULES, SMALL_TARGETS, TOO_WIDE


def answer_one(page: Page) -> None:
    """A quiz whose first question is answered."""
    page.goto("/")
    page.locator("#start button.button").click()
    page.locator("label", has=page.locator("input[name=option]")).first.click()
    page.locator("#item form.response button").first.click()
    page.wait_for_selector("#item form.response", state="detached")


def make_code(page: Page) -> str:
    page.goto("/my-data")
    page.get_by_role("button", name="Make a").click()
    return page.locator(".resume-code").inner_text()


def type_code(page: Page, code: str) -> None:
    page.goto("/resume")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on here").click()


def screens(desk: Page, phone: Page) -> Iterator[tuple[str, Page]]:
    """Every page, on the device where it is seen."""
    phone.goto("/my-data")
    yield "nothing", phone
    answer_one(desk)
    code = make_code(desk)
    yield "code", desk
    desk.goto("/my-data")
    yield "my data", desk
    answer_one(phone)
    type_code(phone, "wrong")
    yield "wrong code", phone
    type_code(phone, code)
    yield "choice", phone
    phone.get_by_role("button", name="Join both").click()
    yield "joined", phone
    phone.get_by_role("link", name="Delete everything").click()
    yield "delete", phone


@pytest.mark.console_may_speak
def test_axe_finds_nothing_and_the_smallest_phone_shows_it_all(open_page: OpenPage) -> None:
    smallest = {"width": 320, "height": 640}
    desk, phone = (open_page(viewport=smallest, reduced_motion="reduce") for _ in range(2))
    for screen, page in screens(desk, phone):
        assert not page.evaluate(TOO_WIDE), screen
        assert page.eval_on_selector_all("main button, main .button", SMALL_TARGETS) == [], screen
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{screen}, {scheme}: {found.generate_report()}"


def test_without_a_script_progress_goes_along_and_is_deleted_everywhere(open_page: OpenPage) -> None:
    desk, phone = (open_page(viewport=PHONE, java_script_enabled=False) for _ in range(2))
    answer_one(desk)
    quiz = desk.url
    code = make_code(desk)
    desk.emulate_media(media="print")
    expect(desk.locator(".resume-code")).to_be_visible()
    expect(desk.get_by_text("/resume")).to_be_visible()
    expect(desk.locator("main .button")).to_be_hidden()
    desk.emulate_media(media="screen")

    type_code(phone, code.lower())
    expect(phone.get_by_role("status").last).to_contain_text("goes on with your progress")
    phone.goto(quiz)
    expect(phone.locator(".stem")).to_be_visible()

    phone.get_by_role("link", name="My data").click()
    phone.get_by_role("link", name="Delete everything").click()
    phone.get_by_role("button", name="Delete everything now").click()
    expect(phone.get_by_text("Nothing is stored about you any more.")).to_be_visible()
    desk.goto("/my-data")
    expect(desk.get_by_text("Nothing is stored about you here.")).to_be_visible()
