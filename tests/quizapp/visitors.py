"""Somebody who takes a quiz over HTTP, with htmx or without, and what the database knows that pages must not tell."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Row, text
from werkzeug.test import TestResponse

from quizapp.extensions import db
from quizapp.models.base import Base

TOPICS = ("referendum", "kanak-settler-history", "pacific-geopolitics")
HTMX = {"HX-Request": "true"}

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Shown:
    """An option as the page shows it."""

    token: str
    text: str


@dataclass
class Visitor:
    """A browser: it keeps cookies, and sends the form token that its pages carry."""

    client: FlaskClient
    htmx: bool = False

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(address, headers=self._headers(headers), buffered=True)

    def post(self, address: str, fields: Fields | None = None, **headers: str) -> TestResponse:
        """Send a form with its token, unless the fields bring one."""
        sent = {
            name: value if isinstance(value, str) else list(value) for name, value in (fields or {}).items()
        }
        data = {"csrf_token": self.form_token(), **sent}
        return self.client.post(address, data=data, headers=self._headers(headers))

    def form_token(self) -> str:
        return found(r'name="csrf_token" value="([^"]+)"', self.client.get("/resume").text)

    def start(self, topics: Sequence[str] = TOPICS, length: int = 5, **manner: str) -> str:
        """The public id of a new quiz, taken in some manner: mode, second_try, certainty, minutes."""
        answer = self.post("/attempts", {"topic": topics, "length": str(length), **manner})
        return target(answer).rpartition("/")[2]

    def options(self, public_id: str, position: int) -> list[Shown]:
        return options(self.client.get(item(public_id, position)).text)

    def answer(self, public_id: str, position: int, token: str, **headers: str) -> TestResponse:
        return self.post(response_to(public_id, position), {"option": token}, **headers)

    def finish(self, app: Flask, public_id: str, *, right: Sequence[int] = ()) -> None:
        """Answer every open question: those at ``right`` rightly, the others wrongly."""
        for position, question in questions(app, public_id).items():
            token = question.key if position in right else question.wrong[0]
            self.answer(public_id, position, token)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {**HTMX, **named} if self.htmx else named


@dataclass(frozen=True)
class Question:
    """A question of an attempt with what only the database knows."""

    item: int
    version: int
    topic: str
    tokens: tuple[str, ...]
    texts: tuple[str, ...]
    key: str
    ordered: bool

    def text(self, token: str) -> str:
        return self.texts[self.tokens.index(token)]

    @property
    def wrong(self) -> tuple[str, ...]:
        return tuple(token for token in self.tokens if token != self.key)


def item(public_id: str, position: int) -> str:
    return f"/attempts/{public_id}/items/{position}"


def response_to(public_id: str, position: int) -> str:
    return f"{item(public_id, position)}/response"


def target(answer: TestResponse) -> str:
    """Where an answer sends the browser on to, with htmx or without."""
    address = answer.headers.get("HX-Redirect") or answer.headers.get("Location")
    assert address, (answer.status, answer.text[:300])
    return str(address)


def options(page: str) -> list[Shown]:
    """The options of an open question from the top."""
    return [
        Shown(token, html.unescape(words))
        for token, words in re.findall(
            r'name="option" value="([^"]+)">.*?</span>\s*<span>(.*?)</span>', page, flags=re.DOTALL
        )
    ]


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match, pattern
    return html.unescape(match[1])


def questions(app: Flask, public_id: str) -> dict[int, Question]:
    """The questions of an attempt by position."""
    rows: dict[int, list[Row[Any]]] = {}
    for row in query(app, _QUESTIONS, id=public_id):
        rows.setdefault(row.position, []).append(row)
    return {position: _question(shown) for position, shown in rows.items()}


def _question(rows: list[Row[Any]]) -> Question:
    known = rows[0].options if isinstance(rows[0].options, list) else json.loads(rows[0].options)
    shown = [known[row.option] for row in rows]
    return Question(
        item=rows[0].item_id,
        version=rows[0].item_version_id,
        topic=rows[0].topic_id,
        tokens=tuple(row.token for row in rows),
        texts=tuple(option["text"] for option in shown),
        key=next(row.token for row, option in zip(rows, shown, strict=True) if option["correct"]),
        ordered=bool(rows[0].ordered),
    )


_QUESTIONS = """
    SELECT ai.position, ai.item_id, ai.item_version_id, ai.topic_id, o.token, o.option, v.options, v.ordered
    FROM attempt a
    JOIN attempt_item ai ON ai.attempt_id = a.id
    JOIN attempt_option o ON o.attempt_item_id = ai.id
    JOIN item_version v ON v.id = ai.item_version_id
    WHERE a.public_id = :id
    ORDER BY ai.position, o.place
"""


def query(app: Flask, statement: str, **values: Any) -> list[Row[Any]]:
    """What the database answers, on a connection of its own."""
    with app.app_context(), db.engine.connect() as connection:
        return list(connection.execute(text(statement), values))


def execute(app: Flask, statement: str, **values: Any) -> None:
    """Change rows behind the application's back."""
    with app.app_context():
        engine = db.engine.execution_options(quiz_write=True)
        with engine.begin() as connection:
            connection.execute(text(statement), values)


def rows(app: Flask, *, without: Sequence[str] = ()) -> dict[str, str]:
    """A hash over the rows of each table: equal where nothing was changed."""
    hashes = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in without:
            lines = sorted(repr(tuple(row)) for row in query(app, f'SELECT * FROM "{table.name}"'))  # noqa: S608
            hashes[table.name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return hashes


def without_form_tokens(page: str) -> str:
    """The page without what is new in it each time."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def count(app: Flask, table: str) -> int:
    return int(query(app, f'SELECT count(*) FROM "{table}"')[0][0])  # noqa: S608
