"""Ways to take a quiz: how each is begun, what all of them tell in the end, and how little they ask of the database."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from quizapp.extensions import db
from tests.quizapp.test_answering import without_locators
from tests.quizapp.test_races import at_once, tab
from tests.quizapp.visitors import (
    HTMX,
    TOPICS,
    Visitor,
    count,
    execute,
    item,
    query,
    questions,
    response_to,
    target,
)


def begin(visitor: Visitor, **fields: str) -> str:
    sent = {"topic": TOPICS, "length": "5", "ticket": "abc", **fields}
    return target(visitor.post("/attempts", sent)).rpartition("/")[2]


# --- sent twice


@pytest.mark.every_database
def test_a_form_sent_twice_at_once_begins_one_quiz(app: Flask, reader: Visitor) -> None:
    reader.start()  # now the browser has its cookie
    before = count(app, "attempt")
    tabs = [tab(app, reader) for _ in range(4)]
    sent = {"topic": list(TOPICS), "length": "5", "ticket": "twice", "csrf_token": reader.form_token()}
    begun: list[str] = []

    def send(one: Visitor) -> Callable[[], int]:
        def post() -> int:
            answer = one.client.post("/attempts", data=sent)
            begun.append(target(answer))
            return answer.status_code

        return post

    assert at_once([send(one) for one in tabs]) == [303] * 4
    assert len(set(begun)) == 1
    assert count(app, "attempt") == before + 1
    assert len(questions(app, begun[0].rpartition("/")[2])) == 5


def test_other_wishes_another_form_and_a_later_click_begin_another(app: Flask, reader: Visitor) -> None:
    with time_machine.travel("2026-11-22 09:00", tick=False) as clock:
        first = begin(reader)
        assert begin(reader) == first
        assert (
            len({first, begin(reader, mode="test"), begin(reader, length="10"), begin(reader, ticket="x")})
            == 4
        )
        clock.move_to("2026-11-22 09:00:11")
        assert begin(reader) != first
        stranger = Visitor(app.test_client())
        stranger.start()
        clock.move_to("2026-11-22 09:00:00")
        assert begin(stranger) != first


def test_practice_on_what_was_missed_is_begun_once(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    reader.finish(app, public_id)
    ticket = re.search(r'name="ticket" value="([^"]+)"', reader.get(f"/attempts/{public_id}/result").text)
    assert ticket

    begun = [
        target(reader.post(f"/attempts/{public_id}/practice", {"ticket": sent})) for sent in [ticket[1]] * 2
    ]
    other = target(reader.post(f"/attempts/{public_id}/practice", {"ticket": "\0"}))

    assert begun[0] == begun[1] != other


@pytest.mark.parametrize(
    "fields", [{"mode": "exam"}, {"mode": ["test", "due"]}, {"mode": "\0"}, {"ticket": "\0"}]
)
def test_junk_begins_nothing(app: Flask, reader: Visitor, fields: dict[str, str]) -> None:
    before = count(app, "attempt")

    answer = reader.post("/attempts", {"topic": TOPICS, "length": "5", **fields})

    assert answer.status_code == 422
    assert count(app, "attempt") == before


# --- what each asks


def test_a_learner_without_a_past_has_no_mistakes(app: Flask, visitor: Visitor) -> None:
    answer = visitor.post("/attempts", {"mode": "mistakes"})

    assert answer.status_code == 409
    assert "There is nothing to practise" in answer.text
    assert "Go on" not in visitor.client.get("/").text


def test_with_an_empty_bank_nothing_is_due(own_app: Flask, own_reader: Visitor) -> None:
    execute(own_app, "UPDATE item SET state = 'retired'")

    answer = own_reader.post("/attempts", {"mode": "due"})

    assert answer.status_code == 409
    assert "Nothing is due today" in answer.text


@pytest.mark.every_database
@pytest.mark.parametrize("mode", ["practice", "second try", "test", "mistakes", "due"])
def test_every_answer_in_every_mode_is_told_with_key_reason_and_place(
    app: Flask, visitor: Visitor, mode: str
) -> None:
    """Content 4.1: the key, why, where it stands, and for a wrong choice why not; in a test once it is over."""
    visitor.finish(app, visitor.start())  # something to have got wrong, and to be due
    begun = {
        "second try": {"topic": TOPICS, "length": "5", "second_try": "y"},
        "mistakes": {"mode": "mistakes"},
        "due": {"mode": "due"},
    }.get(mode, {"topic": TOPICS, "length": "5", "mode": mode})
    public_id = target(visitor.post("/attempts", begun)).rpartition("/")[2]  # type: ignore[arg-type]
    asked = questions(app, public_id)
    visitor.finish(app, public_id, right=[2])
    if mode == "second try":
        for position in asked:
            visitor.post(f"{item(public_id, position)}/second-try", {"give_up": "y"})

    pages = {position: visitor.get(item(public_id, position)).text for position in asked}
    result = words(visitor.get(f"/attempts/{public_id}/result").text)

    assert len(asked) >= 2
    for position, question in asked.items():
        row = query(app, "SELECT options, explanation FROM item_version WHERE id = :id", id=question.version)[
            0
        ]
        known = json.loads(row.options) if isinstance(row.options, str) else row.options
        key = next(option for option in known if option["correct"])
        said = [key["text"], row.explanation]
        if position != 2:
            chosen = question.texts[question.tokens.index(question.wrong[0])]
            said.append(next(option["rationale"] for option in known if option["text"] == chosen))
        for text in said:
            assert without_locators(text) in words(pages[position]), position
            assert without_locators(text) in result, position
        assert 'class="proof" href="/sources/' in pages[position]
        assert "paragraph" in pages[position]


def words(page: str) -> str:
    return without_locators(html.unescape(re.sub(r"<[^>]+>", "", page)))


# --- how little it takes


def test_a_question_takes_three_statements_to_show_and_six_to_answer(app: Flask, reader: Visitor) -> None:
    sent: list[str] = []
    public_id = reader.start(second_try="y", certainty="y")
    asked, token = questions(app, public_id), reader.form_token()
    with app.app_context():
        engine = db.engine

    def note(*told: object) -> None:
        if not str(told[2]).startswith(("PRAGMA", "BEGIN")):
            sent.append(str(told[2]))

    def taken(address: str, **fields: str) -> int:
        sent.clear()
        data = {"csrf_token": token, **fields}
        answer = (
            reader.client.post(address, data=data, headers=HTMX) if fields else reader.client.get(address)
        )
        assert answer.status_code == 200
        return len(sent)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert taken(f"/attempts/{public_id}") <= 3
        assert taken(response_to(public_id, 1), option=asked[1].wrong[0], certainty="1") <= 6
        assert taken(item(public_id, 1)) <= 3
        assert taken(f"{item(public_id, 1)}/second-try", give_up="y") <= 6
        assert taken(response_to(public_id, 2), option=asked[2].key, certainty="2") <= 6
        assert taken(item(public_id, 2)) <= 3
        assert sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
