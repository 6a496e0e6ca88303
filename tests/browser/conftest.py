"""A real Chromium for the tests in this folder, and a page that has to stay silent."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
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

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 800}

# Blocked styles and scripts reach the console, too, but not everywhere and not in one wording.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`blocked by the content security policy: ${event.violatedDirective} ${event.blockedURI}`))
"""


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


@pytest.fixture
def viewport() -> dict[str, int]:
    """The size of the window; parametrise it with PHONE or DESK."""
    return DESK


@pytest.fixture
def javascript() -> bool:
    """Whether scripts run; parametrise it for somebody whose browser has none."""
    return True


@pytest.fixture
def context(
    request: pytest.FixtureRequest, browser: Browser, viewport: dict[str, int], javascript: bool
) -> Iterator[BrowserContext]:
    """A browser without a past, whose pages may not complain unless the test is marked console_may_speak."""
    complaints = Complaints()
    with browser.new_context(
        viewport={"width": viewport["width"], "height": viewport["height"]}, java_script_enabled=javascript
    ) as fresh:
        fresh.set_default_timeout(10_000)
        fresh.add_init_script(REPORT_VIOLATIONS)
        fresh.on("page", complaints.listen)
        yield fresh
    if not request.node.get_closest_marker("console_may_speak"):
        assert complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab."""
    return context.new_page()
