"""The page about the bank in a real browser: accessible, narrow enough, readable without a script and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.test_screens import SMALL_TARGETS, TOO_WIDE

OPEN_ALL = "all => all.forEach(one => one.open = true)"
CUT_OFF = """words => words.filter(one => {
    const box = one.getBoundingClientRect();
    return box.left < -1 || box.right > document.documentElement.clientWidth + 1;
}).map(one => one.textContent)"""
OVERLAPPING = """charts => charts.flatMap(chart => {
    const boxes = [...chart.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
        .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2)
        .map(([other]) => `${one} / ${other}`));
})"""


def visit(page: Page, address: str) -> Page:
    page.goto(f"{address}/about-the-bank")
    page.eval_on_selector_all("details", OPEN_ALL)
    return page


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_light_and_dark(
    open_page: OpenPage, live_server: str, size: dict[str, int]
) -> None:
    page = visit(open_page(viewport=size, reduced_motion="reduce"), live_server)
    assert_accessible(page)


def test_nothing_is_wider_than_the_smallest_phone(open_page: OpenPage, live_server: str) -> None:
    page = visit(open_page(viewport={"width": 320, "height": 640}), live_server)

    assert not page.evaluate(TOO_WIDE)
    assert page.eval_on_selector_all(".chart text", CUT_OFF) == []
    assert page.eval_on_selector_all(".chart", OVERLAPPING) == []
    assert page.eval_on_selector_all("summary, nav a, .cell", SMALL_TARGETS) == []


def test_a_cell_leads_to_its_paragraph(page: Page, live_server: str) -> None:
    page.goto(live_server)
    page.get_by_role("link", name="How good are these questions?").click()
    page.locator(".cell").nth(6).click()

    expect(page.locator("#p7")).to_be_in_viewport()


def test_without_a_script_the_numbers_open(no_script: Page, live_server: str) -> None:
    no_script.goto(f"{live_server}/about-the-bank")
    no_script.locator("summary").first.click()

    expect(no_script.locator("table").first).to_be_visible()


def test_paper_shows_the_charts_and_no_empty_headings_of_tables(page: Page, live_server: str) -> None:
    page.goto(f"{live_server}/about-the-bank")
    page.emulate_media(media="print")

    for chart in page.locator(".chart").all():
        expect(chart).to_be_visible()
    expect(page.locator("summary").first).to_be_hidden()
