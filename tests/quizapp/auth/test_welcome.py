"""One-time links: the first account, invitations, new passwords; each opens once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from flask import Flask

from tests.quizapp.auth.people import (
    ANOTHER,
    EMAIL,
    PASSWORD,
    account,
    actions,
    is_in,
    link,
    sign_in,
    somebody,
    with_second_step,
)
from tests.quizapp.visitors import Visitor, count, execute, query, rows, target, without_form_tokens

NEW = {"new_password": ANOTHER, "again": ANOTHER}
START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def without_way_back(page: str) -> str:
    """The page without the address and the token that choosing a language needs."""
    return re.sub(r'name="next" value="[^"]*"', "", without_form_tokens(page))


def nobody(app: Flask) -> Visitor:
    return Visitor(app.test_client())


@pytest.mark.every_database
def test_a35_the_set_up_link_makes_the_first_administrator(own_app: Flask) -> None:
    address = link(own_app, "setup", None, "administrator")
    visitor = nobody(own_app)
    assert "Make the first account" in visitor.get(address).text

    answer = visitor.post(address, {"email": EMAIL, **NEW})

    assert target(answer) == "/admin/"
    assert visitor.get("/admin/people").status_code == 200
    assert [row.role for row in query(own_app, "SELECT role FROM account")] == ["administrator"]
    assert ("boss@school.example", "account", EMAIL) in actions(own_app)


@pytest.mark.every_database
def test_an_invitation_makes_the_account_that_it_names(own_app: Flask) -> None:
    address = link(own_app, "invitation")
    visitor = nobody(own_app)
    assert EMAIL in visitor.get(address).text

    visitor.post(address, {"email": "mallory@evil.example", "role": "administrator", "is_admin": "1", **NEW})

    assert is_in(visitor)
    assert [(row.email, row.role) for row in query(own_app, "SELECT email, role FROM account")] == [
        (EMAIL, "teacher")
    ]
    assert visitor.get("/admin/people").status_code == 404


@pytest.mark.every_database
def test_a_password_link_signs_out_everywhere_and_ends_the_second_step(own_app: Flask) -> None:
    before = somebody(own_app)
    with_second_step(own_app)
    address = link(own_app, "password")
    visitor = nobody(own_app)

    visitor.post(address, NEW)

    assert is_in(visitor)
    assert not is_in(before)
    assert sign_in(nobody(own_app)).status_code == 422
    assert target(sign_in(nobody(own_app), password=ANOTHER)) == "/admin/"


@pytest.mark.every_database
def test_a_link_opens_once_and_all_that_opens_nothing_looks_alike(own_app: Flask) -> None:
    used, closed = link(own_app, "invitation"), link(own_app, "password", "closed@school.example")
    nobody(own_app).post(used, NEW)
    second_step = link(own_app, "second-step")
    setup = link(own_app, "setup", None, "administrator")
    unknown = "/teachers/welcome/" + "x" * 43
    before = rows(own_app)

    pages = [nobody(own_app).get(address) for address in (used, second_step, setup, unknown)]
    answers = [
        nobody(own_app).post(address, {"email": EMAIL, **NEW})
        for address in (used, second_step, setup, unknown, closed)
    ]

    assert [page.status_code for page in [*pages, *answers]] == [404] * 9
    assert len({without_way_back(page.text) for page in [*pages, *answers]}) == 1
    assert rows(own_app, without=["one_time_link"]) == {
        table: rows_ for table, rows_ in before.items() if table != "one_time_link"
    }


def test_of_two_at_once_only_one_gets_in(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has passed every check when the first is done."""
    address = link(own_app, "invitation")
    second = nobody(own_app)
    from quizapp.auth import welcome_routes  # noqa: PLC0415

    hash_password = welcome_routes.hash_password

    def first_meanwhile(password: str) -> str:
        execute(own_app, "UPDATE one_time_link SET used_at = made_at")
        return hash_password(password)

    monkeypatch.setattr(welcome_routes, "hash_password", first_meanwhile)

    assert second.post(address, NEW).status_code == 404
    assert count(own_app, "account") == 0
    assert not is_in(second)


def test_an_invitation_for_a_name_that_was_taken_meanwhile_opens_nothing(own_app: Flask) -> None:
    account(own_app)
    address = link(own_app, "invitation")

    assert nobody(own_app).post(address, NEW).status_code == 404
    assert sign_in(nobody(own_app)).status_code == 303


@pytest.mark.parametrize(("purpose", "hours"), [("setup", 24), ("password", 24), ("invitation", 7 * 24)])
def test_a_link_runs_out(own_app: Flask, purpose: str, hours: int) -> None:
    with time_machine.travel(START, tick=False) as clock:
        address = link(own_app, purpose, None if purpose == "setup" else EMAIL)
        clock.shift(hours * 3600 - 1)
        assert nobody(own_app).get(address).status_code == 200
        clock.shift(1)
        assert nobody(own_app).get(address).status_code == 404


def test_a_newer_link_voids_the_one_before(own_app: Flask) -> None:
    old, new = link(own_app, "invitation"), link(own_app, "invitation")

    assert nobody(own_app).get(old).status_code == 404
    assert nobody(own_app).get(new).status_code == 200


def test_the_database_does_not_know_the_link(own_app: Flask) -> None:
    secret = link(own_app, "invitation").rpartition("/")[2]

    assert secret not in repr(query(own_app, "SELECT * FROM one_time_link"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": "no address", **NEW}, "does not look like an e-mail address"),
        ({"email": "", **NEW}, "Type the e-mail address."),
        (
            {"email": EMAIL, "new_password": "marie marie", "again": "marie marie"},
            "Your name is easy to guess. Add words",
        ),
        ({"email": EMAIL, "new_password": "x" * 129, "again": "x" * 129}, "at most 128"),
        ({"email": EMAIL, "new_password": PASSWORD, "again": ANOTHER}, "This is not what you typed above"),
        ({}, "Choose a password."),
    ],
)
def test_what_is_wrong_is_told_and_the_link_stays_good(
    own_app: Flask, fields: dict[str, str], told: str
) -> None:
    address = link(own_app, "setup", None, "administrator")
    visitor = nobody(own_app)
    before = rows(own_app)

    answer = visitor.post(address, fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert fields.get("new_password", PASSWORD) not in answer.text
    assert rows(own_app) == before
    assert visitor.post(address, {"email": EMAIL, **NEW}).status_code == 303
