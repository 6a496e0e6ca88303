"""A test: nothing is told before its end, the server's clock ends it, and then everything is told."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from tests.quizapp.test_races import at_once, sender, tab
from tests.quizapp.test_secrecy import FLIP
from tests.quizapp.visitors import (
    HTMX,
    Visitor,
    execute,
    item,
    options,
    query,
    questions,
    response_to,
    rows,
    target,
)

MORNING = "2026-11-22 09:00:00"
CLOSED = "SELECT closed_at FROM attempt WHERE public_id = :id"


def result(public_id: str) -> str:
    return f"/attempts/{public_id}/result"


def hand_in(visitor: Visitor, public_id: str) -> TestResponse:
    return visitor.post(f"/attempts/{public_id}/hand-in")


# --- nothing is told


def sent(visitor: Visitor, public_id: str, token: str) -> Iterator[tuple[str, int, str, bytes]]:
    """Everything that is sent after the first question of an open test was answered, and the answer to that."""
    reported = {"reason": "key"}
    calls: dict[str, Callable[[dict[str, str]], TestResponse]] = {
        "answer": lambda headers: visitor.answer(public_id, 1, token, **headers),
        "again": lambda headers: visitor.answer(public_id, 1, token, **headers),
        "second try": lambda headers: visitor.post(
            f"{item(public_id, 1)}/second-try", {"give_up": "y"}, **headers
        ),
        "report": lambda headers: visitor.post(f"{item(public_id, 1)}/report", reported, **headers),
        "practice": lambda headers: visitor.post(f"/attempts/{public_id}/practice", {}, **headers),
        **{
            address: lambda headers, address=address: visitor.get(address, **headers)  # type: ignore[misc]
            for address in (
                item(public_id, 1),
                item(public_id, 2),
                f"/attempts/{public_id}",
                result(public_id),
                "/",
                "/progress",
                "/my-data",
                "/my-data/download",
            )
        },
    }
    for name, call in calls.items():
        for headers in ({}, HTMX):
            answer = call({key.replace("-", "_"): value for key, value in headers.items()})
            told = [
                f"{key}: {value}"
                for key, value in answer.headers
                if key not in {"Set-Cookie", "X-Request-Id"}
            ]
            body = re.sub(rb'(name="(?:csrf_token|ticket)" value=")[^"]+', rb"\1", answer.data)
            yield name, answer.status_code, "\n".join(told), body


def test_right_and_wrong_answers_get_the_same_bytes_everywhere(own_app: Flask, own_reader: Visitor) -> None:
    """The same option is chosen, once as the key and then as a distractor with other words about it."""
    with time_machine.travel(MORNING, tick=False):
        public_id = own_reader.start(mode="test", second_try="y", minutes="10")
        asked = questions(own_app, public_id)[1]
        row = query(own_app, "SELECT options, evidence FROM item_version WHERE id = :id", id=asked.version)[0]
        seen = []
        for key in range(len(asked.tokens)):
            written = [
                {**option, "correct": n == key, "rationale": "x" * 100 * n, "evidence": []}
                for n, option in enumerate(json.loads(row.options))
            ]
            values = {
                "explanation": "!" * 1000 * key,
                "evidence": "[]",
                "difficulty": key,
                "model": f"m{key}",
            }
            execute(own_app, FLIP, id=asked.version, options=json.dumps(written), **values)
            execute(own_app, "DELETE FROM response")
            seen.append(list(sent(own_reader, public_id, asked.tokens[0])))

    for one in seen:
        assert [name for (name, *a), (_, *b) in zip(one, seen[0], strict=True) if a != b] == []
    told = {(name, status) for name, status, _headers, _body in seen[0]}
    assert {("report", 422), ("practice", 409), ("second try", 422), (result(public_id), 303)} <= told
    page = next(body for name, _status, _headers, body in seen[0] if name == item(public_id, 1)).decode()
    assert "Your answer is saved." in page
    assert "Something is wrong" not in page


@pytest.mark.every_database
def test_an_answer_leads_on_is_final_and_is_told_with_the_last(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(mode="test")
    asked = questions(app, public_id)
    first = visitor.answer(public_id, 1, asked[1].key)
    if visitor.htmx:
        assert "Question 2 of 5" in first.text
        assert first.headers["HX-Push-Url"] == item(public_id, 2)
    else:
        assert target(first) == item(public_id, 2)
    before = rows(app)
    late = visitor.answer(public_id, 1, asked[1].wrong[0])
    assert late.status_code == 409
    assert "The first answer counts." in late.text
    assert rows(app) == before
    assert target(visitor.get(result(public_id))) == f"/attempts/{public_id}"

    for position in range(2, 6):
        answer = visitor.answer(public_id, position, asked[position].wrong[0])

    assert target(answer) == result(public_id)
    assert query(app, CLOSED, id=public_id)[0].closed_at is not None
    assert "1 of 5 right" in visitor.get(result(public_id)).text
    assert "The answer is" in visitor.get(item(public_id, 2)).text


# --- handing in


@pytest.mark.every_database
def test_what_was_left_open_is_told_too_and_takes_no_answer_any_more(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(mode="test")
    asked = questions(app, public_id)
    visitor.answer(public_id, 2, asked[2].key)
    assert "4 questions are open." in visitor.get(item(public_id, 1)).text

    assert target(hand_in(visitor, public_id)) == result(public_id)

    before = rows(app)
    assert target(hand_in(visitor, public_id)) == result(public_id)
    for token in asked[1].tokens:
        refused = visitor.answer(public_id, 1, token)
        assert refused.status_code == 409
        assert "The test was handed in before" in refused.text
    assert visitor.answer(public_id, 1, "forged").status_code == 422
    assert rows(app) == before
    page = html.unescape(visitor.get(result(public_id)).text)
    assert "1 of 5 right" in page
    assert "4 questions were not answered." in page
    assert page.count("no answer") == 4
    assert page.count('<p class="review-verdict">Not answered</p>') == 4
    for one in asked.values():
        assert one.texts[one.tokens.index(one.key)] in page
    left = visitor.get(item(public_id, 1)).text
    assert "Not answered" in left
    assert "<mark>" in left
    assert visitor.post(f"{item(public_id, 1)}/report", {"reason": "key"}).status_code in {200, 303}
    assert (
        len(questions(app, target(visitor.post(f"/attempts/{public_id}/practice")).rpartition("/")[2])) == 4
    )


def test_only_tests_are_handed_in(app: Flask, reader: Visitor, stranger: Visitor) -> None:
    practice, test = reader.start(), reader.start(mode="test")
    stranger.start()
    before = rows(app)

    assert target(hand_in(reader, practice)) == result(practice)
    assert hand_in(stranger, test).status_code == 404
    assert rows(app) == before
    assert options(reader.get(item(practice, 1)).text)


@pytest.mark.every_database
def test_an_answer_that_races_the_end_counts_or_is_refused(app: Flask, reader: Visitor) -> None:
    for _ in range(4):
        public_id = reader.start(mode="test", length=10)
        asked = questions(app, public_id)
        calls = [sender(tab(app, reader), public_id, n, asked[n].key) for n in range(1, 7)]
        closing = tab(app, reader)
        token = closing.form_token()

        def close(closing: Visitor = closing, token: str = token, public_id: str = public_id) -> int:
            fields = {"csrf_token": token}
            return closing.client.post(f"/attempts/{public_id}/hand-in", data=fields).status_code

        codes = at_once([*calls[:3], close, *calls[3:]])

        assert set(codes) <= {303, 409}
        assert f"{codes.count(303) - 1} of 10 right" in reader.get(result(public_id)).text


# --- the clock


@pytest.mark.every_database
@pytest.mark.parametrize("form", ["whole", "empty"])
def test_a_late_answer_is_refused_and_no_clock_opens_the_test_again(
    app: Flask, visitor: Visitor, form: str
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        public_id = visitor.start(mode="test", minutes="5")
        asked = questions(app, public_id)
        fields = {"option": asked[2].key} if form == "whole" else {}
        assert "5 min 0 s left" in visitor.get(item(public_id, 1)).text
        clock.move_to("2026-11-22 09:05:04")  # the way to the server is not counted
        in_time = visitor.answer(public_id, 1, asked[1].key)
        assert target(in_time) == f"/attempts/{public_id}"  # and no other question is opened
        for address in (target(in_time), item(public_id, 2)):
            assert "Time is over" in visitor.get(address).text
        refused = visitor.post(response_to(public_id, 2), {"option": ""})
        assert ("Time is over" in refused.text, refused.status_code) == (True, 409)
        assert query(app, CLOSED, id=public_id)[0].closed_at is None  # another answer may be under way
        clock.move_to("2026-11-22 09:05:06")
        before = rows(app)
        shown = visitor.get(item(public_id, 2))
        assert (shown.status_code, rows(app)) == (200, before)
        assert "Time is over" in shown.text
        assert f'action="/attempts/{public_id}/hand-in"' in shown.text

        late = visitor.post(response_to(public_id, 2), fields)

        assert late.status_code == 410
        assert "Time is over" in late.text
        assert "Your 1 saved answer counts." in late.text
        assert query(app, CLOSED, id=public_id)[0].closed_at is not None
        before = rows(app)
        clock.move_to("2026-11-22 09:01:00")
        assert visitor.answer(public_id, 2, asked[2].key).status_code == 410
        assert rows(app) == before
        assert "1 of 5 right" in visitor.get(result(public_id)).text


@pytest.mark.every_database
def test_a_test_left_behind_is_offered_and_ends_with_the_next_quiz(app: Flask, reader: Visitor) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        public_id = reader.start(mode="test", minutes="5")
        reader.answer(public_id, 1, questions(app, public_id)[1].key)
        assert "Go on with your quiz: question 2 of 5" in reader.get("/").text
        clock.move_to("2026-11-22 10:00:00")
        assert "The time of your test is over: see the result" in reader.get("/").text
        assert "Time is over" in reader.get(f"/attempts/{public_id}").text

        reader.start()

        assert "1 of 5 right" in reader.get(result(public_id)).text


def test_nothing_was_saved_in_time(app: Flask, visitor: Visitor) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        public_id = visitor.start(mode="test", minutes="10")
        clock.move_to("2026-11-22 09:30:00")

        late = visitor.answer(public_id, 1, questions(app, public_id)[1].key)

        assert "No answer was saved in time." in late.text
        assert (late.headers["HX-Retarget"], late.headers["HX-Reswap"]) == ("#main > .item", "outerHTML")
        assert target(hand_in(visitor, public_id)) == result(public_id)
        assert "0 of 5 right" in visitor.get(result(public_id)).text


@pytest.mark.parametrize("minutes", ["1", "0", "-5", "1e9", "٣", "\0", "x" * 10_000, ["5", "10"]])
def test_a_limit_that_is_not_offered_starts_nothing(
    app: Flask, reader: Visitor, minutes: str | list[str]
) -> None:
    before = rows(app)

    fields = {"topic": "referendum", "length": "5", "mode": "test", "minutes": minutes}
    answer = reader.post("/attempts", fields)

    assert answer.status_code == 422
    assert rows(app) == before


def test_only_a_test_has_a_limit_and_no_test_a_second_try(app: Flask, reader: Visitor) -> None:
    kept = "SELECT mode, second_try, deadline FROM attempt WHERE public_id = :id"
    practice = reader.start(mode="practice", minutes="5", second_try="y")
    test = reader.start(mode="test", second_try="y")

    assert tuple(query(app, kept, id=practice)[0]) == ("practice", 1, None)
    assert tuple(query(app, kept, id=test)[0]) == ("test", 0, None)
