"""The teachers' first page, the list, the coverage and the log in a real browser: with a script and without one."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.test_screens import SMALL_TARGETS, TOO_WIDE, WRAPPED
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import execute, query

DOCUMENT = "000_1a7ee3f22d7662d0.txt"
SCREENS = (
    "/admin/",
    "/admin/questions?topic=referendum&text=vote",
    "/admin/questions?text=zzzz",
    "/admin/sources",
    f"/admin/sources/{DOCUMENT}?by=facts",
    "/admin/log",
)


@pytest.fixture
def busy(app: Flask) -> Flask:
    """A bank in which something waits for a teacher."""
    execute(app, "UPDATE item SET state = 'draft' WHERE id BETWEEN 3 AND 9")
    execute(app, "UPDATE item SET state = 'in_review' WHERE id IN (10, 11)")
    execute(
        app, "UPDATE item SET suspended = 'Passage A¶7 has changed: its words are others now.' WHERE id = 12"
    )
    return app


def enter(page: Page, app: Flask, address: str) -> Page:
    """Sign a teacher in and open a page."""
    cookie = signed_in(app).client.get_cookie("quiz")
    assert cookie is not None
    page.context.add_cookies([{"name": "quiz", "value": cookie.value, "url": address}])
    return page


@pytest.fixture
def teacher(page: Page, busy: Flask, live_server: str) -> Page:
    """A tab of a teacher at a desk."""
    return enter(page, busy, live_server)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_light_and_dark(
    open_page: OpenPage, busy: Flask, live_server: str, size: dict[str, int]
) -> None:
    page = enter(open_page(viewport=size, reduced_motion="reduce"), busy, live_server)
    for screen in SCREENS:
        page.goto(screen)
        assert_accessible(page, screen)


def test_nothing_is_wider_than_the_smallest_phone(open_page: OpenPage, busy: Flask, live_server: str) -> None:
    page = enter(open_page(viewport={"width": 320, "height": 640}), busy, live_server)
    for screen in SCREENS:
        page.goto(screen)
        assert not page.evaluate(TOO_WIDE), screen
        assert page.eval_on_selector_all(".button", WRAPPED) == [], screen
        assert (
            page.eval_on_selector_all("button, label, summary, nav a, a.cell, a.chip", SMALL_TARGETS) == []
        ), screen


def told(page: Page) -> str:
    return page.locator("[data-told]").inner_text()


def test_filters_change_the_list_and_its_address_and_back_undoes_them(teacher: Page) -> None:
    teacher.goto("/admin/questions")
    everything = told(teacher)
    teacher.get_by_text("Filter and sort").click()
    teacher.get_by_label("Topic").select_option("referendum")
    teacher.wait_for_url("**/admin/questions?topic=referendum")
    expect(teacher.locator("[data-told]")).not_to_have_text(everything)
    teacher.get_by_label("Find questions by their words").press_sequentially("vote")
    teacher.wait_for_url(re.compile(r"text=vote"))
    some = told(teacher)

    teacher.reload()
    assert told(teacher) == some
    expect(teacher.get_by_label("Topic")).to_have_value("referendum")
    teacher.get_by_role("link", name="Topic: The referendum").click()
    teacher.wait_for_url("**/admin/questions?text=vote")
    teacher.go_back()
    assert told(teacher) == some


def test_after_a_page_turn_the_keyboard_is_at_the_new_list(teacher: Page) -> None:
    teacher.goto("/admin/questions")
    teacher.get_by_role("link", name="Next", exact=True).focus()
    teacher.keyboard.press("Enter")

    expect(teacher.locator("[data-told]")).to_contain_text("page 2 of")
    expect(teacher.locator("[data-told]")).to_be_focused()
    expect(teacher.locator("#status")).to_contain_text("page 2 of")
    assert teacher.url.endswith("?page=2")
    teacher.go_back()
    expect(teacher.locator("[data-told]")).to_contain_text("page 1 of")


def approved(app: Flask) -> int:
    return int(query(app, "SELECT count(*) AS n FROM item WHERE state = 'approved'")[0].n)


@pytest.mark.console_may_speak
def test_many_are_retired_and_brought_back(teacher: Page, busy: Flask) -> None:
    before = approved(busy)
    teacher.goto("/admin/questions?state=approved")
    teacher.get_by_label("Choose all on this page").check()
    expect(teacher.locator("[data-chosen]")).to_have_text("(25)")
    teacher.get_by_label("Do this").select_option("Retire")
    teacher.get_by_role("button", name="Change them").click()
    expect(teacher.get_by_text("Say why: others will read it")).to_be_visible()
    expect(teacher.locator("[data-chosen]")).to_have_text("(25)")
    teacher.get_by_role("textbox", name="Why").fill("Out of date")
    teacher.get_by_role("button", name="Change them").click()

    expect(teacher.get_by_text("25 questions retired.")).to_be_visible()
    assert approved(busy) == before - 25
    teacher.get_by_role("button", name="Undo").click()
    expect(teacher.get_by_text("25 questions put back.")).to_be_visible()
    assert approved(busy) == before


def test_without_a_script_everything_works(open_page: OpenPage, busy: Flask, live_server: str) -> None:
    page = enter(open_page(viewport=DESK, java_script_enabled=False), busy, live_server)
    page.goto("/admin/")
    page.get_by_role("link", name="See all 7 in the list").click()
    assert told(page) == "7 questions"
    expect(page.get_by_text("Choose all on this page")).to_be_hidden()
    page.get_by_label("All 7 of this list").check()
    page.get_by_label("Do this").select_option("Send to review")
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("7 questions sent to review.")).to_be_visible()
    assert query(busy, "SELECT count(*) AS n FROM item WHERE state = 'in_review'")[0].n == 9
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("7 questions put back.")).to_be_visible()
    page.get_by_label("Find questions by their words").fill("vote")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile("text=vote"))


def test_from_a_gap_one_click_leads_to_writing(teacher: Page, busy: Flask) -> None:
    execute(busy, "DELETE FROM item_fact WHERE fact_id = 'NC-A01'")
    teacher.goto("/admin/sources")
    teacher.get_by_label("Paragraph 1:").first.click()
    expect(teacher.locator("#p1")).to_be_in_viewport()
    teacher.get_by_role("link", name="By facts").click()
    teacher.wait_for_url("**?by=facts")
    link = teacher.get_by_role("link", name="Write one on NC-A01", exact=True)

    expect(link).to_have_attribute(
        "href", f"/admin/questions/new?document={DOCUMENT}&paragraph=1&fact=NC-A01"
    )


def test_the_log_is_filtered_and_opened(teacher: Page, busy: Flask) -> None:
    teacher.goto("/admin/log")
    teacher.get_by_label("What", exact=True).select_option("Rebuild")
    teacher.wait_for_url("**/admin/log?action=seed-questions")
    teacher.get_by_text("Details").first.click()

    expect(teacher.locator("pre").first).to_contain_text("build")
