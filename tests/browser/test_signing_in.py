"""From the set-up link to a colleague's first sign-in, in a real browser: accessible, narrow, without a script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pyotp import TOTP

from quizapp.services.links import make_setup_link
from quizapp.transactions import writing
from tests.browser.accessible import assert_accessible
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.test_screens import SMALL_TARGETS, TOO_WIDE, WRAPPED

BOSS, MARIE = "boss@school.example", "a.rather.long.name@lycee-de-noumea.example"
PASSWORD = "lagoon under quiet thunder"  # noqa: S105 - opens nothing but what tests make


def setup_link(app: Flask) -> str:
    with app.app_context(), writing() as session:
        return f"/teachers/welcome/{make_setup_link(session, dt.datetime.now(dt.UTC))}"


def choose_password(page: Page) -> None:
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()


def set_up(page: Page, app: Flask) -> None:
    page.goto(setup_link(app))
    page.get_by_label("E-mail").fill(BOSS)
    choose_password(page)


def screens(page: Page, app: Flask) -> Iterator[str]:
    """Every page of signing in and of accounts, one after the other."""
    page.goto("/admin/questions")
    yield "sign-in"
    address = setup_link(app)
    page.goto(address)
    yield "set-up"
    page.get_by_label("E-mail").fill(BOSS)
    page.get_by_label("New password").fill("too short")
    page.get_by_label("The same once more").fill("another")
    page.get_by_role("button", name="Save and sign in").click()
    yield "set-up with errors"
    choose_password(page)
    page.goto("/admin/people")
    page.get_by_label("E-mail").fill(MARIE)
    page.get_by_role("button", name="Make the link").click()
    yield "link"
    page.goto("/admin/people")
    yield "people"
    page.goto("/admin/confirm?next=/admin/people")
    yield "confirm"
    page.goto("/admin/account")
    yield "account"
    page.get_by_role("link", name="Turn it on").click()
    yield "second step"
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(TOTP(secret).now())
    page.get_by_role("button", name="Turn it on").click()
    yield "codes"
    page.get_by_role("link", name="I have them").click()
    yield "account with second step"
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.get_by_label("E-mail").fill(BOSS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    yield "code"
    page.goto("/teachers/welcome/none")
    yield "closed"


@pytest.mark.console_may_speak
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_light_and_dark(open_page: OpenPage, app: Flask, size: dict[str, int]) -> None:
    page = open_page(viewport=size, reduced_motion="reduce")
    for screen in screens(page, app):
        assert_accessible(page, screen)


@pytest.mark.console_may_speak
def test_nothing_is_wider_than_the_smallest_phone(open_page: OpenPage, app: Flask) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    for screen in screens(page, app):
        assert not page.evaluate(TOO_WIDE), screen
        assert page.eval_on_selector_all("main .button", WRAPPED) == [], screen
        assert (
            page.eval_on_selector_all("main button, main label, .rooms a, a.button", SMALL_TARGETS) == []
        ), screen


def test_without_a_script_a_colleague_is_invited_and_comes_in(
    no_script: Page, open_page: OpenPage, app: Flask
) -> None:
    set_up(no_script, app)
    no_script.goto("/admin/people")
    no_script.get_by_label("E-mail").fill(MARIE)
    no_script.get_by_role("button", name="Make the link").click()
    address = no_script.get_by_label("The link").input_value()

    marie = open_page(viewport=PHONE, java_script_enabled=False)
    marie.goto(address)
    choose_password(marie)
    marie.goto("/admin/account")

    expect(marie.locator(".lede")).to_contain_text(MARIE)
    marie.goto("/")
    marie.get_by_role("button", name=re.compile("Start")).click()
    expect(marie.locator(".stem")).to_be_visible()


def test_after_the_sign_out_back_shows_the_sign_in(page: Page, app: Flask) -> None:
    """A29: on a shared computer."""
    set_up(page, app)
    page.goto("/admin/account")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url("**/teachers/sign-in")

    page.go_back()

    page.wait_for_url(re.compile(r"/teachers/sign-in\?next="))
    expect(page.get_by_label("Password")).to_be_visible()
    assert BOSS not in page.content()


def test_the_foot_of_every_page_leads_to_the_door(page: Page, live_server: str) -> None:
    page.goto(live_server)
    page.get_by_role("link", name="Teachers").click()

    expect(page.get_by_role("heading", name="Teachers’ room")).to_be_visible()
