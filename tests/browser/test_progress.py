"""Progress in a real browser: accessible, narrow enough, fit to print, and one press from what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_about import CUT_OFF, OPEN_ALL, OVERLAPPING
from tests.browser.test_screens import RULES, SMALL_TARGETS, TOO_WIDE
from tests.quizapp.test_progress import begin, play
from tests.quizapp.visitors import Visitor

Open = Callable[..., Page]


@pytest.fixture
def open_progress(app: Flask, open_page: Open, live_server: str) -> Open:
    """Opens the page of somebody who came back after four days, with all that can be unfolded unfolded."""
    learner = Visitor(app.test_client())
    now = dt.datetime.now(dt.UTC)
    for days, mode, right in (
        (9, "practice", range(1, 8)),
        (8, "mistakes", (1, 2)),
        (4, "due", range(1, 13)),
    ):
        with time_machine.travel(now - dt.timedelta(days=days), tick=False):
            play(app, learner, begin(learner, mode, 20, certainty=True), right, sure=2)
    cookie = learner.client.get_cookie("quiz")
    assert cookie is not None

    def open_progress(**options: Any) -> Page:
        page = open_page(**options)
        page.context.add_cookies([{"name": "quiz", "value": cookie.value, "url": live_server}])
        page.goto(f"{live_server}/progress")
        page.eval_on_selector_all("details", OPEN_ALL)
        return page

    return open_progress


def test_it_is_accessible_and_fits_any_window_in_both_languages(open_progress: Open) -> None:
    for size in (PHONE, DESK):
        page = open_progress(viewport=size, reduced_motion="reduce")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{size}, {scheme}: {found.generate_report()}"
    for language in ("en", "fr"):
        page = open_progress(viewport={"width": 320, "height": 640}, locale=language)
        assert page.locator(".chart").count() == 4
        assert not page.evaluate(TOO_WIDE)
        assert page.eval_on_selector_all(".chart text, td, th", CUT_OFF) == []
        assert page.eval_on_selector_all(".chart", OVERLAPPING) == []
        assert page.eval_on_selector_all("summary, nav a, button, .facts a", SMALL_TARGETS) == []


def test_a_review_is_one_press_away_and_paper_shows_the_charts(open_progress: Open) -> None:
    page = open_progress(viewport=DESK)
    page.emulate_media(media="print")
    for chart in page.locator(".chart").all():
        expect(chart).to_be_visible()
    expect(page.locator(".again button").first).to_be_hidden()

    page.emulate_media(media="screen")
    page.locator(".again button").first.press("Enter")
    expect(page.locator("#item")).to_be_visible()
