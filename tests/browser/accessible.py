"""What axe says of a page: every rule in light, and in dark those that a colour can break."""

from __future__ import annotations

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SCRIPT = Axe().axe_script


def assert_accessible(page: Page, where: str = "") -> None:
    """No violation in light or dark; the page is dark afterwards."""
    _assert_none(page, where, "light", _RULES)
    _assert_none(page, where, "dark", ["color-contrast"])


def _assert_none(page: Page, where: str, scheme: str, rules: list[str]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = AxeResults(page.evaluate("options => axe.run(options)", options))
    assert found.violations_count == 0, f"{where}, {scheme}: {found.generate_report()}"
