"""The log of requests: what an operator needs to see, and nothing of who did what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import running_app
from tests.quizapp.auth.people import EMAIL, PASSWORD, somebody
from tests.quizapp.visitors import Visitor, query, questions

FIELDS = {"time", "id", "route", "method", "status", "ms", "role", "actor", "network"}
SAID = 'The ferry\r\n{"status": 200} left at noon\x1b[2J'
TYPED = "Zanzibar-77"


@pytest.fixture
def logging_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    with running_app(
        database_url, tmp_path / "instance", LOG_REQUESTS=True, PROPAGATE_EXCEPTIONS=False, PROXIES=1
    ) as app:
        app.add_url_rule("/slip", "slip", lambda: str(1 / 0))
        yield app


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[str, list[dict[str, Any]]]:
    """What was logged since the last time, as it stands there and line by line."""
    text = capsys.readouterr().err
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert all(set(line) == FIELDS for line in found)
    return text, found


def from_address(app: Flask, address: str) -> Visitor:
    client = app.test_client()
    client.environ_base["HTTP_X_FORWARDED_FOR"] = address
    client.environ_base["HTTP_USER_AGENT"] = "Lynx/9 (Zanzibar)"
    return Visitor(client)


def test_a40_nothing_of_a_whole_lesson_stands_in_the_log(
    logging_app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quiz with a report and its result, a code typed, a sign-in that fails and one that does not, a search."""
    learner = from_address(logging_app, "203.0.113.77")
    public_id = learner.start()
    asked = questions(logging_app, public_id)
    learner.finish(logging_app, public_id, right=[1, 3])
    learner.post(f"/attempts/{public_id}/items/2/report", {"reason": "key", "text": SAID})
    learner.get(f"/attempts/{public_id}/result?note={TYPED}")
    learner.post("/resume", {"code": TYPED})
    learner.get(f"/attempts/{TYPED}", Referer=f"https://school.example/{TYPED}", Cookie=f"other={TYPED}")
    learner.client.open(f"/nowhere/{TYPED}", method=TYPED)
    teacher = somebody(logging_app)
    teacher.post("/teachers/sign-in", {"email": EMAIL, "password": TYPED})
    teacher.get(f"/admin/questions?search={TYPED}")
    cookies = [visitor.client.get_cookie("quiz") for visitor in (learner, teacher)]
    tokens = [learner.form_token(), teacher.form_token()]

    text, found = lines(capsys)

    (kept,) = query(logging_app, "SELECT learner, public_id FROM attempt")
    uids = [
        row.uid for row in query(logging_app, "SELECT uid FROM item JOIN report ON report.item_id = item.id")
    ]
    assert len(uids) == 1
    secrets = [
        TYPED,
        EMAIL,
        PASSWORD,
        "marie",
        "ferry",
        "\\u001b",
        "203.0.113.77",
        "Lynx",
        "Zanzibar",
        *kept,
        *uids,
    ]
    secrets += [cookie.value for cookie in cookies if cookie] + tokens
    secrets += [word for question in asked.values() for word in (*question.tokens, *question.texts)]
    assert len(secrets) > 40
    assert [secret for secret in secrets if secret in text] == []
    assert len(text.splitlines()) == len(found) > 15
    assert {line["network"] for line in found} == {"203.0.113.0/24", "127.0.0.0/24"}
    assert all(re.fullmatch("[0-9a-f]{12}", line["id"]) and line["ms"] >= 0 for line in found)
    assert len({line["id"] for line in found}) == len(found)


def test_it_tells_what_was_asked_by_whom_and_how_it_went(
    logging_app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    learner, other = from_address(logging_app, "2001:db8:5:6::7"), from_address(logging_app, "")
    learner.get("/")
    public_id = learner.start()
    own = [learner.get(f"/attempts/{public_id}/items/{position}").status_code for position in (1, 2)]
    other.start()
    teacher, boss = somebody(logging_app), somebody(logging_app, "boss@school.example", administrator=True)
    teacher.get("/admin/")
    boss.get("/admin/")
    learner.client.open("/nowhere", method="BREW")

    found = lines(capsys)[1]

    assert own == [200, 200]
    first, *_, last = found
    assert (first["route"], first["method"], first["role"], first["actor"]) == ("/", "GET", "visitor", None)
    assert first["network"] == "2001:db8:5::/48"
    assert (last["route"], last["method"], last["status"]) == (None, None, 404)
    items = [line for line in found if line["route"] == "/attempts/<public_id>/items/<position:position>"]
    assert [(line["status"], line["role"]) for line in items] == [(200, "learner")] * 2
    assert len({line["actor"] for line in [*items, last]}) == 1
    actors = {
        role: {line["actor"] for line in found if line["role"] == role}
        for role in ("teacher", "administrator")
    }
    assert [len(codes) for codes in actors.values()] == [1, 1]
    assert len({items[0]["actor"], *actors["teacher"], *actors["administrator"]}) == 3
    assert all(len(code) == 12 for codes in actors.values() for code in codes)


def test_the_number_of_an_error_page_is_the_requests(
    logging_app: Flask, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    answer = logging_app.test_client().get("/slip")

    (line,) = lines(capsys)[1]
    assert (line["status"], line["route"]) == (500, "/slip")
    assert answer.headers["X-Request-Id"] == line["id"]
    assert f"the number {line['id']}" in answer.text
    assert f"number {line['id']}" in caplog.text


def test_without_the_setting_it_is_quiet_and_every_answer_has_its_number(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    client = app.test_client()

    numbers = {
        client.get(address).headers["X-Request-Id"] for address in ("/", "/nowhere", "/healthz", "/admin/")
    }

    assert len(numbers) == 4
    assert capsys.readouterr().err == ""


def test_the_log_changes_nothing_of_an_answer(app: Flask, logging_app: Flask) -> None:
    """To tell who asked, the session is read: caches must not hear of it."""
    names = [sorted(one.test_client().get("/healthz").headers.keys()) for one in (app, logging_app)]

    assert names[0] == names[1]
    assert "Vary" not in names[1] or "Cookie" not in logging_app.test_client().get("/healthz").headers["Vary"]
