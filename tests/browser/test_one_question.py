"""One question in a browser: readable on a phone and by machines, and a wrong key is corrected without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from quizapp.services.editing import create_question, save_edit
from quizapp.services.findings import Finding, store_findings
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_screens import SMALL_TARGETS, TOO_WIDE
from tests.quizapp.services.questions import MARIE, NOW, an_approved, changing, read, written
from tests.quizapp.teachers import signed_in
from tests.quizapp.visitors import Visitor, execute, query, questions

SCREENS = ("", "/versions", "/preview", "/preview?answer=1", "/key", "/key?key={wrong}", "/conflicts")


@pytest.fixture
def room(app: Flask, open_page: Callable[..., Page], live_server: str) -> Callable[..., Page]:
    """Opens a browser in which a teacher is signed in."""

    def open_room(**options: object) -> Page:
        page = open_page(**options)
        cookie = signed_in(app).client.get_cookie("quiz")
        assert cookie is not None
        page.context.add_cookies([{"name": "quiz", "value": cookie.value, "url": live_server}])
        return page

    return open_room


@pytest.fixture
def uid(app: Flask) -> str:
    """A question about which there is something to tell in each part of its page."""
    one = an_approved(app)
    with changing(app) as session:
        save_edit(
            session,
            uid=one.uid,
            content=replace(one.content, stem="What did the report of November 2018 say?"),
            based_on=1,
            teacher=MARIE,
            now=NOW,
            note="Shorter",
        )
        store_findings(session, {one.id: (Finding("L14", "E", "option 2", "is long"),)})
    execute(
        app,
        "INSERT INTO option_count (item_version_id, option, chosen, chosen_first)"
        " SELECT id, 0, 30, 30 FROM item_version WHERE item_id = :id",
        id=one.id,
    )
    execute(
        app,
        "INSERT INTO item_conflict (item_id, field, theirs, fingerprint, found_at)"
        """ VALUES (:id, 'stem', '{"value": "What now, in 2018?"}', 'abc', '2026-03-02 09:30:00.000000')""",
        id=one.id,
    )
    execute(
        app,
        "INSERT INTO report (item_id, item_version_id, reason, text, state, made_at)"
        " SELECT item_id, id, 'key', 'No!', 'open', '2026-03-02 09:30:00.000000' FROM item_version"
        " WHERE item_id = :id AND number = 1",
        id=one.id,
    )
    return one.uid


def wrong(app: Flask, uid: str) -> int:
    return next(n for n, option in enumerate(read(app, uid).content.options) if not option.correct)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_light_and_dark(
    app: Flask, uid: str, room: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = room(viewport=viewport)
    for screen in SCREENS:
        page.goto(f"/admin/questions/{uid}{screen.format(wrong=wrong(app, uid))}")
        assert not page.evaluate(TOO_WIDE), screen
        assert_accessible(page, screen)


def test_nothing_is_wider_than_the_smallest_phone(app: Flask, uid: str, room: Callable[..., Page]) -> None:
    page = room(viewport={"width": 320, "height": 640})
    for screen in SCREENS:
        page.goto(f"/admin/questions/{uid}{screen.format(wrong=wrong(app, uid))}")
        assert not page.evaluate(TOO_WIDE), screen
        assert page.eval_on_selector_all("button, summary, nav a, a.button, a.proof", SMALL_TARGETS) == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_teacher_approves_a_draft(app: Flask, room: Callable[..., Page], script: bool) -> None:
    with changing(app) as session:
        draft = create_question(session, content=written(app), teacher=MARIE, now=NOW)
    page = room(viewport=DESK, java_script_enabled=script)
    page.goto(f"/admin/questions/{draft}")

    page.get_by_label("Why", exact=True).fill("Read twice")
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("status").filter(has_text="It is approved now.")).to_be_visible()
    expect(page.get_by_text("“Read twice”")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_wrong_key_is_corrected(app: Flask, room: Callable[..., Page], script: bool) -> None:
    student = Visitor(app.test_client())
    public_id = student.start()
    asked = questions(app, public_id)[1]
    student.finish(app, public_id, right=[1])
    uid = query(app, "SELECT uid FROM item WHERE id = :id", id=asked.item)[0].uid
    right = read(app, uid).content.options[wrong(app, uid)].text
    page = room(viewport=DESK, java_script_enabled=script)
    page.goto(f"/admin/questions/{uid}")

    page.get_by_role("link", name="Correct the key").click()
    page.get_by_role("link", name=right).click()
    page.get_by_label(re.compile("is right$")).fill("A¶1 says so.")
    page.get_by_label(re.compile("is wrong$")).fill("A¶1 says otherwise.")
    page.get_by_label("Explanation").fill("The report says so, A¶1.")
    page.get_by_role("radio", name=re.compile("Re-score")).check()
    page.get_by_role("button", name="Correct the key").click()

    expect(page.get_by_text("The key is corrected.")).to_be_visible()
    expect(page.get_by_text("1 answer of 1 changed")).to_be_visible()
    assert "0 of 5 right" in student.get(f"/attempts/{public_id}/result").text


def test_an_answer_is_tried_in_the_preview(app: Flask, uid: str, room: Callable[..., Page]) -> None:
    page = room(viewport=DESK)
    page.goto(f"/admin/questions/{uid}/preview")

    page.locator(".option").nth(wrong(app, uid)).click()
    page.get_by_role("button", name="Check answer").click()

    expect(page.get_by_role("heading", name="Not this one")).to_be_visible()
    page.get_by_role("link", name="Back to the question").last.click()
    expect(page).to_have_url(re.compile(f"/admin/questions/{uid}$"))
