"""The stage of the benchmarks: the product on a seeded database of its own, and a learner with many open questions."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import select, text

from question_bank.build import build_bank
from question_bank.loader import CURATED_DIR, SEEDS_DIR
from quizapp import create_app
from quizapp.cli import _plan_and_write
from quizapp.migrating import bring_up_to_date
from quizapp.models.bank import TopicRow
from quizapp.services.starting import start_attempt
from quizapp.transactions import writing
from tests.benchmarks.paired import Caller

_BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "en", "User-Agent": "benchmark"}


def settings(folder: Path) -> dict[str, object]:
    """Of the product in this folder."""
    return {"DATABASE_URL": f"sqlite:///{folder}/quiz.db", "INSTANCE": str(folder), "SECRET_KEY": "k" * 40}


def seeded(folder: Path) -> Flask:
    """The product with the bank that ships."""
    app = create_app(settings(folder))
    with app.app_context():
        bring_up_to_date(app)
    seed(app)
    return app


def seed(app: Flask) -> None:
    """Build the bank and take it in."""
    with app.app_context():
        _plan_and_write(build_bank(SEEDS_DIR, CURATED_DIR), lambda *_: None, dry_run=False)


@dataclass(frozen=True)
class Open:
    """A question that waits for its answer."""

    address: str
    key: str
    token: str


class Learner:
    """A browser of which the benchmark sends what it sends, with many open questions."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        client = app.test_client()
        page = client.get("/resume").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        self.csrf = html.unescape(token[1]) if token else ""
        client.post("/attempts", data={"csrf_token": self.csrf, "topic": "referendum", "length": "5"})
        cookie = client.get_cookie("quiz")
        self.headers = {**_BROWSER, "Cookie": f"quiz={cookie.value if cookie else ''}"}
        with client.session_transaction() as session:
            self.learner: str = session["learner"]
        self.fragment = Caller(app, {**self.headers, "HX-Request": "true"})
        self.page = Caller(app, self.headers)

    def start(self, quizzes: int) -> list[Open]:
        """The questions of so many new quizzes, mixed."""
        now = dt.datetime.now(dt.UTC)
        with self.app.app_context(), writing() as session:
            topics = session.scalars(select(TopicRow.id)).all()
            for seed in range(quizzes):
                start_attempt(session, learner=self.learner, topics=topics, length=20, seed=seed, now=now)
            rows = session.execute(text(_OPEN), {"learner": self.learner}).all()
        found = [Open(f"/attempts/{row.public_id}/items/{row.position}", row.key, row.token) for row in rows]
        Random(1).shuffle(found)  # noqa: S311 - no secret
        return found

    def answer(self, question: Open) -> int:
        """Send an answer; the bytes that come back."""
        form = {"csrf_token": self.csrf, "option": question.token, "key": question.key}
        answer = self.fragment(f"{question.address}/response", form)
        assert answer.status == 200, answer
        return len(answer.body)


_OPEN = """
    SELECT a.public_id, ai.position, ai.key, min(o.token) AS token FROM attempt a
    JOIN attempt_item ai ON ai.attempt_id = a.id JOIN attempt_option o ON o.attempt_item_id = ai.id
    LEFT JOIN response r ON r.attempt_item_id = ai.id WHERE a.learner = :learner AND r.attempt_item_id IS NULL
    GROUP BY ai.id, a.public_id, ai.position, ai.key
"""
