"""The list of questions as a page: its address tells all, with htmx and without, and what was typed is only text."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from sqlalchemy import event

from quizapp.extensions import db
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import count, execute, query

LIST = "/admin/questions"


@pytest.fixture
def teacher(app: Flask) -> SignedIn:
    return signed_in(app)


def told(page: str) -> str:
    found = re.search(r"<h2 data-told[^>]*>(.*?)</h2>", page)
    assert found is not None
    return found[1]


def uids(page: str) -> list[str]:
    return re.findall(r'name="uid" value="([^"]+)"', page)


def chosen(page: str, name: str) -> list[str]:
    field = re.search(rf'<select id="filter-{name}".*?</select>', page, re.DOTALL)
    assert field is not None
    return re.findall(r'value="([^"]*)" selected', field[0])


def test_it_shows_a_page_of_all_questions(app: Flask, teacher: SignedIn) -> None:
    page = teacher.get(LIST).text

    assert told(page).startswith(f"{count(app, 'item')} questions, page 1 of")
    assert len(uids(page)) == 25
    assert f'href="/admin/questions/{uids(page)[0]}"' in page


def test_the_address_tells_filters_order_and_page(teacher: SignedIn) -> None:
    page = teacher.get(f"{LIST}?text=vote&topic=referendum&state=approved&order=uid").text

    assert 'id="filter-text" name="text" value="vote"' in page
    assert chosen(page, "topic") == ["referendum"]
    assert chosen(page, "state") == ["approved"]
    assert chosen(page, "order") == ["uid"]
    assert uids(page) == sorted(uids(page))
    assert (
        'href="/admin/questions?topic=referendum&amp;state=approved&amp;order=uid"' in page
    )  # the chip of the words


def test_next_and_previous_keep_the_filters(teacher: SignedIn) -> None:
    first = teacher.get(f"{LIST}?topic=referendum").text
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    second = teacher.get(html.unescape(following[1])).text

    assert "topic=referendum" in following[1]
    assert set(uids(first)).isdisjoint(uids(second))
    assert 'aria-label="Page 2" aria-current="page"' in second
    assert 'rel="prev"' in second


def test_htmx_gets_the_list_alone_under_a_clean_address(app: Flask) -> None:
    teacher = signed_in(app, htmx=True)

    answer = teacher.get(f"{LIST}?text=vote&topic=&document=&order=changed")

    assert answer.text.startswith('<div class="questions" id="questions"')
    assert answer.headers["HX-Push-Url"] == f"{LIST}?text=vote"


def test_a_page_number_that_is_none_is_the_first(teacher: SignedIn) -> None:
    for typed in ("0", "-3", "x", "٣", "9" * 40, "1.5"):
        assert "page 1 of" in told(teacher.get(f"{LIST}?page={typed}").text)


def test_a_page_too_far_is_the_last_one(teacher: SignedIn) -> None:
    page = teacher.get(f"{LIST}?page=99999").text

    assert re.search(r"page (\d+) of \1", told(page))


def test_nothing_found_leads_on(teacher: SignedIn) -> None:
    page = teacher.get(f"{LIST}?text=zzzz").text

    assert told(page) == "0 questions"
    assert "No question is like this" in page
    assert 'href="/admin/questions/new"' in page


@pytest.mark.every_database
@pytest.mark.parametrize(
    "typed", ["'", '"', "%", "\x00", "*", "a' OR 1=1 --", "(", "NEAR/2", "😀", "-x", "x" * 9000, "\ud800"]
)
def test_a09_whatever_is_typed_is_only_text(app: Flask, typed: str) -> None:
    teacher = signed_in(app)
    for field in (
        "text",
        "topic",
        "document",
        "paragraph",
        "fact",
        "model",
        "bloom",
        "finding",
        "state",
        "order",
    ):
        answer = teacher.client.get(LIST, query_string={field: typed.encode("utf-8", "replace").decode()})

        assert answer.status_code == 200, (field, typed)


def test_a13_what_was_typed_is_escaped(teacher: SignedIn) -> None:
    page = teacher.client.get(LIST, query_string={"text": "<script>", "topic": '"><b>', "fact": "<u>"}).text

    assert "<script>" not in page
    assert "<b>" not in page
    assert "<u>" not in page
    assert "&lt;script&gt;" in page


def test_an_unknown_value_is_shown_since_the_list_goes_by_it(teacher: SignedIn) -> None:
    page = teacher.get(f"{LIST}?topic=no-such-topic").text

    assert chosen(page, "topic") == ["no-such-topic"]
    assert told(page) == "0 questions"


def test_a_row_tells_state_kind_answers_and_what_stands_against_it(own_app: Flask) -> None:
    uid = query(own_app, "SELECT uid FROM item WHERE id = 1")[0].uid
    execute(own_app, "UPDATE item SET suspended = 'Passage A¶1 has changed.' WHERE id = 1")
    execute(
        own_app,
        "UPDATE item_listing SET answered = 3, answered_right = 2, share_right = 2.0 / 3, unsourced = 1",
    )

    page = signed_in(own_app).get(f"{LIST}?suspended=1").text

    assert uids(page) == [uid]
    for words in (
        "Suspended: Passage A¶1 has changed.",
        "Without a source",
        "Answered 3 times, 67% right",
        "Approved",
    ):
        assert words in page


@pytest.mark.every_database
@pytest.mark.parametrize(
    "address", ["/admin/", f"{LIST}?text=vote&finding=any&order=wrong&page=2", "/admin/log"]
)
def test_it_needs_few_statements(app: Flask, address: str) -> None:
    """However many questions there are: nothing is asked question by question."""
    teacher = signed_in(app)
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        teacher.get(address)
        event.remove(db.engine, "before_cursor_execute", note)

    asked = [one for one in statements if one.startswith("SELECT")]
    assert len(asked) <= 14, asked


def test_a_list_can_be_exported_and_printed_as_it_is(teacher: SignedIn) -> None:
    page = teacher.get(f"{LIST}?text=vote&topic=referendum&order=uid").text

    for words in ("export it", "print it"):
        link = re.search(rf'href="([^"]+)">{words}</a>', page)
        assert link is not None
        led_to = teacher.get(html.unescape(link[1]))
        assert led_to.status_code == 200
        assert 'value="vote"' in led_to.text or "text=vote" in led_to.text
