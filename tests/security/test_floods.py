"""A33: a flood is refused before it reaches the database; a school that begins at one bell is not."""

from __future__ import annotations

import socket
import sys
import time

import pytest
import time_machine
from flask import Flask

from quizapp import create_app, limiting
from quizapp.refusing import UnsafeSettingError
from tests.quizapp.visitors import TOPICS, Visitor, item, query, questions, response_to, rows
from tests.security.conftest import Limited
from tests.security.redis_server import counting_server

NOON = "2026-11-23 12:00:10"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are as good as sixty, and sooner sent."""
    assert (limiting.ANSWERS, limiting.STARTS, limiting.STARTS_OF_A_NETWORK) == (60, 10, 3000)
    monkeypatch.setattr(limiting, "ANSWERS", 6)
    monkeypatch.setattr(limiting, "STARTS", 4)


@pytest.fixture
def clock() -> time_machine.Traveller:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def start(visitor: Visitor) -> int:
    return visitor.post("/attempts", {"topic": TOPICS, "length": "5"}).status_code


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a33_answers_of_one_quiz_have_a_pace(
    limited: Limited, clock: time_machine.Traveller, htmx: bool
) -> None:
    app = limited()
    visitor = Visitor(app.test_client(), htmx=htmx)
    public_id = visitor.start()
    token = questions(app, public_id)[1].tokens[0]
    fields = {"csrf_token": visitor.form_token(), "option": token}
    for _ in range(limiting.ANSWERS):
        assert visitor.post(response_to(public_id, 1), fields).status_code in {200, 303}
    before = rows(app)

    refused = visitor.post(response_to(public_id, 2), {**fields, "option": "x"})

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "50")
    assert "That was too fast" in refused.text
    assert "the answers you have given are kept" in refused.text
    assert refused.headers["HX-Retarget"] == "#notice"
    assert ("<!doctype html>" in refused.text) is not htmx
    assert rows(app) == before
    assert visitor.get(item(public_id, 2)).status_code == 200
    assert visitor.answer(visitor.start(), 1, "x").status_code == 422  # another quiz goes on

    clock.shift(50)
    second = questions(app, public_id)[2].tokens[0]
    assert visitor.answer(public_id, 2, second).status_code in {200, 303}


def test_a33_one_browser_cannot_start_for_ever(limited: Limited, clock: time_machine.Traveller) -> None:
    app = limited()
    visitor = Visitor(app.test_client())
    answers = [start(visitor) for _ in range(limiting.STARTS + 3)]

    assert answers == [303] * (limiting.STARTS + 1) + [429] * 2  # the first one made the learner
    assert len(query(app, "SELECT id FROM attempt")) == limiting.STARTS + 1
    assert start(Visitor(app.test_client())) == 303
    clock.shift(-3600)  # nobody waits an hour because a clock was set back
    assert start(visitor) == 303


def test_a33_a_school_behind_one_address_begins_at_once(limited: Limited) -> None:
    """Counted as requests are; six hundred quizzes would take half a minute."""
    app = limited()
    counts = limiting.OwnCounts()
    for _ in range(600):
        with app.test_request_context("/attempts", method="POST", environ_base={"REMOTE_ADDR": "192.0.2.1"}):
            limiting._count(counts)


def test_a33_a_network_has_an_end_and_others_do_not_wait_for_it(
    limited: Limited, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "STARTS_OF_A_NETWORK", 2)
    app = limited()
    answers = []
    for address in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "198.51.100.1"]:
        visitor = Visitor(app.test_client())
        visitor.client.environ_base["REMOTE_ADDR"] = address
        answers.append(start(visitor))

    assert answers == [303, 303, 429, 303]


def test_a33_what_other_sites_send_is_not_counted(limited: Limited, clock: time_machine.Traveller) -> None:
    app = limited()
    visitor = Visitor(app.test_client())
    visitor.start()
    for _ in range(limiting.STARTS * 2):
        assert visitor.client.post("/attempts", data={"topic": list(TOPICS)}).status_code == 403

    assert start(visitor) == 303


def test_a33_processes_count_together_in_redis_and_it_learns_no_name(
    limited: Limited, clock: time_machine.Traveller
) -> None:
    with counting_server() as (url, counts):
        apps = [limited(REDIS_URL=url, SECRET_KEY=b"for tests only, and in bytes for once") for _ in range(2)]
        public_id = "A" * 22
        answers = []
        for number in range(limiting.ANSWERS + 2):
            visitor = Visitor(apps[number % 2].test_client())
            answers.append(visitor.answer(public_id, 1, "x").status_code)

    assert answers == [404] * limiting.ANSWERS + [429] * 2
    (name,) = counts
    assert public_id.encode() not in name


def test_a33_without_redis_each_process_counts_for_itself(
    limited: Limited, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    app = limited(REDIS_URL=f"redis://127.0.0.1:{port}")
    visitor = Visitor(app.test_client())
    began = time.perf_counter()

    answers = [start(visitor) for _ in range(limiting.STARTS + 2)]

    assert answers == [303] * (limiting.STARTS + 1) + [429]
    assert [record.message for record in caplog.records if "by each process alone" in record.message] != []
    assert len(caplog.records) == 1  # asked once, not at every request
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("QUIZAPP_LIMITS", "off", "QUIZAPP_LIMITS is 1 or 0"),
        ("REDIS_URL", "http://127.0.0.1", "REDIS_URL cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_read_is_refused(
    name: str, value: str, told: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnsafeSettingError, match=told):
        create_app({"INSTANCE": str(tmp_path), "DATABASE_URL": "sqlite://"})


def test_redis_needs_its_client(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(UnsafeSettingError, match=r"pip install 'quizapp\[redis\]'"):
        create_app({"INSTANCE": str(tmp_path), "DATABASE_URL": "sqlite://", "REDIS_URL": "redis://x"})


def test_limits_can_be_turned_off_to_measure(app: Flask) -> None:
    visitor = Visitor(app.test_client())

    assert {start(visitor) for _ in range(limiting.STARTS + 5)} == {303}
