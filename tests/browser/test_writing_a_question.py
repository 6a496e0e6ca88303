"""Writing a question in a real browser: quickly, from selected words, beside others, and without losing any."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, expect

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.desk import Desk, whole_question
from tests.browser.test_screens import SMALL_TARGETS, TOO_WIDE
from tests.quizapp.visitors import execute, query

PAYLOADS = (
    "<script>document.title = 'taken'</script>",
    '<b hx-get="/healthz" hx-trigger="load">x</b>',
    '</div><form action="/healthz" hx-post="/healthz" hx-trigger="load"><img src=x onerror="document.title=1">',
    "{{7*7}}",
)


@pytest.fixture
def desk(page: Page, app: Flask) -> Desk:
    desk = Desk(page, app)
    desk.sign_in()
    return desk


def question(app: Flask, uid: str) -> dict[str, str]:
    row = query(
        app,
        "SELECT i.state, v.stem, v.number, v.series, v.explanation FROM item i JOIN item_version v "
        "ON v.item_id = i.id AND v.number = i.current_version WHERE i.uid = :uid",
        uid=uid,
    )[0]
    return dict(row._mapping)


def uid_of(page: Page) -> str:
    page.wait_for_url(lambda url: "/admin/questions/" in url and "/new" not in url and "/edit" not in url)
    return page.url.rpartition("/")[2].partition("?")[0]


def an_approved(app: Flask) -> str:
    return str(query(app, "SELECT uid FROM item WHERE state = 'approved' ORDER BY uid LIMIT 1")[0].uid)


# --- how much it takes


def test_a_question_from_selected_words(desk: Desk, app: Flask) -> None:
    desk.open_new()
    began = time.perf_counter()
    desk.select("Opinion polls", "the No side")
    desk.click("[data-use-quote] button")
    assert desk.focused() == "stem"
    assert desk.page.inner_text("#passage-text mark").startswith("Opinion polls")
    whole_question(desk)
    desk.click("button[value=publish]")

    uid = uid_of(desk.page)
    assert question(app, uid)["state"] == "approved"
    assert len(desk.done) == 13  # of which ten are its own words
    assert time.perf_counter() - began < 20
    expect(desk.page.get_by_text("Published.")).to_be_visible()


def test_a_question_from_a_fact_with_suggested_answers(desk: Desk, app: Flask) -> None:
    desk.open_new()
    desk.press_and_wait("button[value='fact-NC-A15']")
    assert desk.focused() == "stem"
    desk.type(
        "stem", "Which share of votes for No had polls forecast, according to the post-vote report of 2018?"
    )
    desk.press_and_wait("#do-suggest")
    for _ in range(3):
        desk.press_and_wait("#suggestions button")
    desk.click("button[value=publish]")

    assert question(app, uid_of(desk.page))["state"] == "approved"
    assert len(desk.done) == 7


def test_a_slip_is_put_right_with_two_clicks(desk: Desk, app: Flask) -> None:
    uid = an_approved(app)
    desk.page.goto(f"/admin/questions/{uid}")
    stem = question(app, uid)["stem"]

    desk.click(f"a[href='/admin/questions/{uid}/edit']")
    desk.type("stem", f"{stem.removesuffix('?')} ?")
    desk.page.check("[name=cosmetic]")
    desk.click("button[value=save]")
    expect(
        desk.page.get_by_text("Saved. The next student who meets this question sees it so.")
    ).to_be_visible()

    after = question(app, uid)
    assert after["stem"].endswith(" ?")
    assert (after["number"], after["series"]) == (2, 1)


def test_it_works_without_a_script(open_page: OpenPage, app: Flask) -> None:
    desk = Desk(open_page(viewport=DESK, java_script_enabled=False), app)
    desk.sign_in()
    desk.page.goto("/admin/questions/new")
    desk.page.select_option("#passage", index=6)
    desk.click("#do-show")
    desk.type("evidence-0-quote", "opinion polls before the referendum")
    whole_question(desk)
    desk.click("#do-check")
    expect(desk.page.get_by_text("Check answer")).to_be_visible()
    desk.click("button[value='exact-evidence-0']")
    desk.click("#do-add-option")
    desk.click("button[value=review]")

    assert question(app, uid_of(desk.page))["state"] == "in_review"


# --- checks never get in the way


def test_checks_speak_beside_the_field_and_leave_the_cursor_alone(desk: Desk) -> None:
    desk.open_new()
    whole_question(desk)
    desk.page.focus("#stem")
    with desk.page.expect_response("**/admin/questions/check"):
        desk.page.keyboard.type(" Is it so")
    desk.page.keyboard.type(", or not")

    expect(desk.page.locator("#said-stem")).to_contain_text("does not end in a question mark")
    expect(desk.page.locator("#check-status")).to_contain_text("on your question")
    assert desk.focused() == "stem"
    assert desk.value("stem").endswith("? Is it so, or not")
    expect(desk.page.locator("#preview-asked")).to_contain_text("Is it so")


def test_what_was_unfolded_stays_unfolded(desk: Desk) -> None:
    desk.open_new()
    desk.click("#more > summary")
    desk.page.select_option("[name=bloom]", "apply")
    desk.press_and_wait("#do-add-option")

    assert desk.page.get_attribute("#more", "open") is not None
    assert desk.value("bloom") == "apply"
    assert desk.focused() == "options-4-text"


def test_another_paragraph_is_shown_at_once(desk: Desk) -> None:
    desk.open_new()
    desk.page.evaluate("document.getElementById('editor').dataset.old = 'yes'")
    desk.page.focus("#passage")
    desk.page.select_option("#passage", index=8)
    desk.page.wait_for_selector("#editor:not([data-old])")

    assert desk.page.get_attribute("#passage-text", "data-paragraph") == "9"
    assert desk.value("evidence-0-paragraph") == "9"
    assert desk.focused() == "passage"


def test_enter_in_a_field_checks_and_saves_nothing(desk: Desk, app: Flask) -> None:
    before = query(app, "SELECT count(*) FROM item")[0][0]
    desk.open_new()
    whole_question(desk)
    desk.page.evaluate("document.getElementById('editor').dataset.old = 'yes'")
    desk.page.press("[name='options-1-text']", "Enter")
    desk.page.wait_for_selector("#editor:not([data-old])")

    assert query(app, "SELECT count(*) FROM item")[0][0] == before


@pytest.mark.console_may_speak
def test_faults_get_the_focus_and_lead_to_their_fields(desk: Desk) -> None:
    desk.open_new()
    whole_question(desk)
    desk.type("stem", "")
    desk.press_and_wait("button[value=publish]")

    assert "summary" in desk.focused()
    desk.page.get_by_role("link", name="Question: Write the question.").click()
    assert desk.focused() == "stem"
    assert desk.value("options-3-rationale")


# --- nothing typed is lost


@pytest.mark.console_may_speak
def test_what_was_typed_outlives_the_sign_in(desk: Desk, app: Flask) -> None:
    desk.open_new()
    desk.select("Opinion polls", "the No side")
    desk.click("[data-use-quote] button")
    whole_question(desk)
    execute(app, "DELETE FROM account_session")
    desk.page.locator("button[value=draft]").click()
    desk.page.wait_for_url("**/teachers/sign-in**")
    desk.fill_in_sign_in()

    expect(
        desk.page.get_by_text("What you had written when your sign-in ran out is here again.")
    ).to_be_visible()
    assert desk.value("stem").startswith("Which side did the opinion polls")
    assert desk.value("evidence-0-quote").startswith("Opinion polls")
    assert desk.value("options-3-rationale")
    desk.page.locator("button[value=draft]").click()
    assert question(app, uid_of(desk.page))["state"] == "draft"


@pytest.mark.console_may_speak
def test_without_a_connection_all_stays_in_the_form(desk: Desk) -> None:
    desk.open_new()
    whole_question(desk)
    desk.page.context.set_offline(True)
    desk.click("button[value=draft]")

    expect(desk.page.locator("#notice")).to_contain_text("Check the connection")
    assert desk.value("stem").startswith("Which side")
    desk.page.context.set_offline(False)
    desk.click("button[value=draft]")
    uid_of(desk.page)


@pytest.mark.console_may_speak
def test_two_teachers_at_one_question(desk: Desk, open_page: OpenPage, app: Flask) -> None:
    uid = an_approved(app)
    other = Desk(open_page(viewport=DESK), app)
    other.sign_in("jean@school.example")
    for one in (desk, other):
        one.page.goto(f"/admin/questions/{uid}/edit")
    other.type("stem", "What did Jean ask about the report of November 2018?")
    other.type("explanation", "Jean explains it (A¶1).")
    other.click("button[value=save]")
    uid_of(other.page)

    desk.type("stem", "What did Marie ask about the report of November 2018?")
    desk.press_and_wait("button[value=save]")

    expect(desk.page.locator("#conflict")).to_contain_text("jean@school.example")
    expect(desk.page.locator("#conflict ins", has_text="Jean").first).to_be_visible()
    assert "Jean" in question(app, uid)["stem"]
    assert_accessible(desk.page)
    assert desk.value("explanation") == "Jean explains it (A¶1)."
    desk.click("button[value=save]")
    uid_of(desk.page)
    after = question(app, uid)
    assert "Marie" in after["stem"]
    assert after["explanation"] == "Jean explains it (A¶1)."


# --- what is typed is text


def test_A13_A14_nothing_typed_is_run_or_sent(desk: Desk, app: Flask) -> None:  # noqa: N802 - named after the abuse
    sent: list[str] = []

    def note(request: Request) -> None:
        if "/healthz" in request.url or not request.url.startswith(desk.page.url.partition("/admin")[0]):
            sent.append(request.url)

    desk.page.on("request", note)
    desk.open_new()
    whole_question(desk)
    desk.type("stem", f"{PAYLOADS[2]} {PAYLOADS[0]}?")
    desk.type("explanation", PAYLOADS[1])
    for n, payload in enumerate(PAYLOADS):
        desk.type(f"options-{n}-text", payload)
        desk.type(f"options-{n}-rationale", payload)
    desk.checked()
    desk.click("#stage-answered > summary")
    expect(desk.page.locator("#preview-answered")).to_contain_text("{{7*7}}")
    desk.click("button[value=draft]")
    uid = uid_of(desk.page)
    desk.page.goto(f"/admin/questions/{uid}/edit", wait_until="networkidle")

    assert desk.value("stem") == f"{PAYLOADS[2]} {PAYLOADS[0]}?"
    assert sent == []
    assert "taken" not in desk.page.title()


# --- everybody can use it


def states(desk: Desk) -> Iterator[str]:
    """The form as it comes, full of remarks, with suggestions, and with faults."""
    desk.open_new()
    yield "new"
    desk.press_and_wait("button[value='fact-NC-A15']")
    desk.type("stem", "Is this no question at all")
    desk.press_and_wait("#do-suggest")
    desk.press_and_wait("#suggestions button")
    desk.page.eval_on_selector_all("#editor details", "all => all.forEach(one => one.open = true)")
    yield "half-written"
    desk.type("options-0-text", "")
    desk.press_and_wait("button[value=publish]")
    yield "refused"


@pytest.mark.console_may_speak
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    open_page: OpenPage, app: Flask, size: dict[str, int]
) -> None:
    desk = Desk(open_page(viewport=size), app)
    desk.sign_in()
    for state in states(desk):
        desk.page.evaluate("scrollTo(0, document.body.scrollHeight)")  # else the bar lies over a button
        assert_accessible(desk.page, state)
        assert not desk.page.evaluate(TOO_WIDE), state
        assert (
            desk.page.eval_on_selector_all(
                "#question-form :is(button:not([aria-hidden]), summary)", SMALL_TARGETS
            )
            == []
        )
