"""Every screen: accessible in light and dark, no wider than a small phone, light to load, and fit to print."""

from __future__ import annotations

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.quiz import Quiz, screens

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": ["color-contrast"]}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WRAPPED = """buttons => buttons.filter(button => button.getClientRects().length && button.clientHeight > 60)
    .map(button => button.textContent)"""
SMALL_TARGETS = """targets => targets.filter(target => {
    const box = target.getBoundingClientRect();
    return box.width > 1 && (box.height < 24 || box.width < 24);
}).map(target => target.outerHTML)"""


@pytest.mark.parametrize("visitor", [{"viewport": PHONE}, {"viewport": DESK}], ids=["phone", "desk"])
def test_axe_finds_nothing_in_light_and_dark(quiz: Quiz) -> None:
    """In the dark only colours are other than in the light."""
    for screen in screens(quiz):
        for scheme, rules in (("dark", COLOURS), ("light", RULES)):
            quiz.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(quiz.page, options=rules)
            assert found.violations_count == 0, f"{screen}, {scheme}: {found.generate_report()}"


@pytest.mark.parametrize("visitor", [{"viewport": PHONE, "locale": "fr"}], ids=["phone"])
def test_axe_finds_nothing_in_french_and_nothing_is_too_wide(quiz: Quiz) -> None:
    for screen in screens(quiz):
        assert quiz.page.get_attribute("html", "lang") == "fr", screen
        assert not quiz.page.evaluate(TOO_WIDE), screen
        found = Axe().run(quiz.page, options=RULES)
        assert found.violations_count == 0, f"{screen}: {found.generate_report()}"


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 320, "height": 640}}], ids=["narrow"])
def test_nothing_is_wider_than_the_smallest_phone(quiz: Quiz) -> None:
    page = quiz.page
    for screen in screens(quiz):
        assert not page.evaluate(TOO_WIDE), screen
        assert page.eval_on_selector_all(".button", WRAPPED) == [], screen
        assert (
            page.eval_on_selector_all("button, label, summary, nav a, a.button, a.proof", SMALL_TARGETS) == []
        )


@pytest.mark.console_may_speak
def test_an_error_page_is_accessible_and_leads_on(live_server: str, page: Page) -> None:
    page.goto(f"{live_server}/attempts/none-of-this-name")
    assert Axe().run(page, options=RULES).violations_count == 0
    page.locator("main a").click()
    page.wait_for_url(f"{live_server}/")


def test_a_cold_visit_is_light(live_server: str, page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright cannot mark a built-in
    page.goto(live_server, wait_until="networkidle")
    assert all(answer.url.startswith(live_server) for answer in answers)
    assert len(answers) <= 10
    assert sum(map(packed_size, answers)) <= 100_000


def packed_size(answer: Response) -> int:
    """The size as `flask serve` sends it: static files packed, pages with form tokens as they are."""
    body = answer.body()
    return len(brotli.compress(body)) if answer.url.partition("?")[0].endswith((".css", ".js")) else len(body)


def test_no_page_is_kept_in_the_browser(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=True)
    quiz.go_on()
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "option" not in kept
    assert len(kept) < 200


def test_print_shows_every_reason_and_no_buttons(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    quiz.answer(right=False)
    page.emulate_media(media="print")
    for reason in page.locator(".reason p").all():
        expect(reason).to_be_visible()
    expect(page.locator(".is-next")).to_be_hidden()
    expect(page.get_by_role("navigation")).to_be_hidden()


def test_reduced_motion_moves_nothing(quiz: Quiz) -> None:
    page = quiz.page
    page.emulate_media(reduced_motion="reduce")
    quiz.start()
    moving = "all => all.filter(one => getComputedStyle(one).transitionDuration !== '0s').length"
    assert page.eval_on_selector_all("*", moving) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_forced_colours_show_what_is_chosen(quiz: Quiz) -> None:
    page = quiz.page
    quiz.start()
    page.emulate_media(forced_colors="active")
    quiz.choose(right=True)
    outline = "getComputedStyle(document.querySelector('.option:has(:checked)')).outlineStyle"
    assert page.evaluate(outline) == "solid"
