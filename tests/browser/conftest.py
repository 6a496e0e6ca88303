"""A real Chromium for the tests in this folder, and a page that has to stay silent."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    sync_playwright,
)

from tests.browser.chromium import FLAGS, NoBrowserError, find_chromium, playwright_uses_our_node
from tests.browser.quiz import Quiz

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 800}

# Blocked styles and scripts reach the console, too, but not everywhere and not in one wording.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`blocked by the content security policy: ${event.violatedDirective} ${event.blockedURI}`))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser that stalled on a busy machine gets one more chance, and the report counts it; what is wrong fails."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(
                pytest.mark.flaky(reruns=1, only_rerun=[r"TimeoutError: .*Timeout \d+ms exceeded"])
            )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    playwright_uses_our_node()
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests; without any the run ends, since these tests are never skipped."""
    try:
        chromium = find_chromium()
    except NoBrowserError as fault:
        pytest.exit(str(fault), returncode=2)
    environment: dict[str, str | float | bool] = {**os.environ, **chromium.environment}
    running = playwright.chromium.launch(executable_path=chromium.executable, args=FLAGS, env=environment)
    yield running
    running.close()


class Complaints(list[str]):
    """What pages wrote to the console, and the errors that nobody caught."""

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._page_error)

    def _console(self, message: ConsoleMessage) -> None:
        self.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _page_error(self, error: Error) -> None:
        self.append(f"uncaught: {error}")


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(request: pytest.FixtureRequest, browser: Browser, live_server: str) -> Iterator[OpenPage]:
    """Opens browsers without a past; their pages may not complain, unless the test is marked console_may_speak."""
    complaints = Complaints()
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", complaints.listen)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    if not request.node.get_closest_marker("console_may_speak"):
        assert complaints == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page on a desk."""
    return open_page(viewport=DESK)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page on a small phone."""
    return open_page(viewport=PHONE, has_touch=True)


@pytest.fixture
def dark(open_page: OpenPage) -> Page:
    """A page for somebody who prefers dark colours."""
    return open_page(viewport=DESK, color_scheme="dark")


@pytest.fixture
def no_script(open_page: OpenPage) -> Page:
    """A page for somebody whose browser runs no JavaScript."""
    return open_page(viewport=DESK, java_script_enabled=False)


@pytest.fixture
def visitor() -> dict[str, Any]:
    """Who takes the quiz: parametrise it with a size of window, or java_script_enabled."""
    return {"viewport": DESK}


@pytest.fixture
def quiz(open_page: OpenPage, visitor: dict[str, Any], live_server: str, app: Flask) -> Quiz:
    """A tab of somebody about to take a quiz."""
    return Quiz(open_page(**visitor), live_server, app)
