"""What precedes an answer tells nothing of the key: whichever option is marked right, the same bytes go out."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.asking.pages import ItemPage, OptionChoice
from quizapp.services.shown import Offered, Question
from tests.quizapp.visitors import HTMX, Visitor, execute, item, query, questions, response_to

TELLING = re.compile(r"right|correct|wrong|is_key|rationale|explanation|evidence|reason|score|outcome|proof")


@pytest.mark.parametrize("kind", [ItemPage, OptionChoice, Question, Offered])
def test_a01_an_open_question_has_no_field_for_the_key(kind: type) -> None:
    assert [field.name for field in dataclasses.fields(kind) if TELLING.search(field.name)] == []


def open_responses(visitor: Visitor, public_id: str, position: int) -> Iterator[tuple[int, str, bytes]]:
    """Everything that is sent of an open question: page, fragment, and the answer to a form that was incomplete."""
    yield bare(visitor.client.get(f"/attempts/{public_id}"))
    for headers in ({}, HTMX):
        yield bare(visitor.client.get(item(public_id, position), headers=headers))
        yield bare(visitor.post(response_to(public_id, position), {}, **headers))
    yield bare(visitor.post(response_to(public_id, position), {"option": "forged"}, **HTMX))


def bare(answer: TestResponse) -> tuple[int, str, bytes]:
    """An answer without the form token, which differs from one moment to the next."""
    body = re.sub(rb'(name="csrf_token" value=")[^"]+', rb"\1", answer.data)
    headers = [
        f"{name}: {value}" for name, value in answer.headers if name not in {"Set-Cookie", "X-Request-Id"}
    ]
    return answer.status_code, "\n".join(headers), body


def test_a01_whichever_option_is_right_the_same_bytes_are_sent(own_app: Flask, own_reader: Visitor) -> None:
    """For items of every model the key goes round all options, and every word about it changes."""
    with time_machine.travel("2026-11-22 09:00", tick=False):
        for model, items in every_model(own_app).items():
            public_id, version = attempt_on(own_app, own_reader, items)
            sent = list(open_responses(own_reader, public_id, 1))
            for options, changed in flips(own_app, version):
                execute(own_app, FLIP, id=version, options=options, **changed)
                assert list(open_responses(own_reader, public_id, 1)) == sent, model


FLIP = """
    UPDATE item_version SET options = :options, explanation = :explanation, evidence = :evidence,
    difficulty = :difficulty, model = :model WHERE id = :id
"""


def every_model(app: Flask) -> dict[str, int]:
    """One item of each model."""
    statement = "SELECT v.model, min(v.item_id) AS item FROM item_version v GROUP BY v.model ORDER BY v.model"
    return {row.model: row.item for row in query(app, statement)}


def attempt_on(app: Flask, visitor: Visitor, item_id: int) -> tuple[str, int]:
    """A quiz that begins with this item, and the item's version."""
    execute(app, "UPDATE item SET state = 'retired'")
    execute(app, "UPDATE item SET state = 'approved' WHERE id = :id", id=item_id)
    public_id = visitor.start(length=5)
    return public_id, questions(app, public_id)[1].version


def flips(app: Flask, version: int) -> Iterator[tuple[str, dict[str, object]]]:
    """The options with each in turn as the key, and all that is said about them turned round."""
    row = query(app, "SELECT options, evidence FROM item_version WHERE id = :id", id=version)[0]
    options = json.loads(row.options)
    for key in range(len(options)):
        turned = [
            {
                "text": option["text"],
                "correct": place == key,
                "rationale": "x" * (100 * place),
                "reason": "key" if place == key else "contradicted",
                "evidence": [] if place == key else option["evidence"],
            }
            for place, option in enumerate(options)
        ]
        changed = {
            "explanation": "!" * 1000 * key,
            "evidence": "[]",
            "difficulty": float(key),
            "model": f"m{key}",
        }
        yield json.dumps(turned), changed


def test_a01_no_word_about_the_key_is_sent_before_the_answer(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start(length=20)

    for position, question in questions(app, public_id).items():
        page = visitor.get(item(public_id, position)).text
        row = query(app, "SELECT options, explanation FROM item_version WHERE id = :id", id=question.version)[
            0
        ]
        words = [row.explanation, *(option["rationale"] for option in json.loads(row.options))]
        assert [text for text in words if text in page] == []
        assert not re.search(r"is-(?:right|wrong|key)|data-correct|rationale|distractor", page)
        assert "/sources/" not in page.replace('href="/sources"', "")


def test_a01_option_tokens_are_an_attempts_own(app: Flask, reader: Visitor) -> None:
    tokens = [
        token
        for _ in range(3)
        for question in questions(app, reader.start(length=20)).values()
        for token in question.tokens
    ]

    assert len(set(tokens)) == len(tokens)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{12}", token) for token in tokens)


def test_a01_tokens_tell_nothing_by_their_order(app: Flask, reader: Visitor) -> None:
    """The key's token is as often the first in the alphabet as any other."""
    first = total = 0
    for _ in range(20):
        for question in questions(app, reader.start(length=20)).values():
            first += min(question.tokens) == question.key
            total += 1

    assert 0.16 < first / total < 0.34  # 0.25, more or less five deviations


def test_a10_the_cookie_holds_ids_and_nothing_else(app: Flask, reader: Visitor) -> None:
    public_id = reader.start()
    reader.finish(app, public_id)

    with reader.client.session_transaction() as session:
        assert set(session) == {"csrf_token", "learner", "_permanent"}
