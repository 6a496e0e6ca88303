"""A21: a large body is taken in from a teacher who uploads a file, and from nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from quizapp.exchange.limits import MOST_IN_A_REQUEST, UPLOAD
from quizapp.serve import upload_allowance
from tests.quizapp.teachers import signed_in
from tests.quizapp.test_body_buffer import SCOPE
from tests.quizapp.visitors import Visitor


def cookie_of(visitor: Visitor) -> bytes:
    cookie = visitor.client.get_cookie("quiz")
    return f"quiz={cookie.value}".encode() if cookie else b""


def scope(cookie: bytes, **changes: Any) -> dict[str, Any]:
    return SCOPE | {"raw_path": UPLOAD.encode(), "headers": [(b"cookie", cookie)]} | changes


def test_a21_a_teacher_may_upload_a_file(app: Flask) -> None:
    assert upload_allowance(app, scope(cookie_of(signed_in(app)))) == MOST_IN_A_REQUEST


@pytest.mark.parametrize(
    "changes", [{"method": "GET"}, {"raw_path": b"/attempts"}], ids=["read", "elsewhere"]
)
def test_a21_only_there(app: Flask, changes: dict[str, Any]) -> None:
    assert upload_allowance(app, scope(cookie_of(signed_in(app)), **changes)) == 0


def test_a21_nobody_else_may(app: Flask) -> None:
    learner = Visitor(app.test_client())
    learner.start()
    forged = cookie_of(signed_in(app))[:-3] + b"AAA"

    for cookie in (b"", cookie_of(learner), forged, b"quiz=\xff"):
        assert upload_allowance(app, scope(cookie)) == 0
