"""Administrators look after accounts; one of them is always left; a teacher does not find these pages."""

from __future__ import annotations

import pytest
from flask import Flask

from quizapp.services import people
from quizapp.services.accounts import Teacher
from quizapp.services.problems import PersonNotFoundError
from quizapp.transactions import writing
from tests.quizapp.auth.people import (
    ANOTHER,
    EMAIL,
    account,
    actions,
    is_in,
    shown_link,
    sign_in,
    somebody,
    with_second_step,
)
from tests.quizapp.visitors import Visitor, count, query, rows, target

BOSS = "boss@school.example"
PEOPLE = "/admin/people"


@pytest.fixture
def boss(own_app: Flask) -> Visitor:
    return somebody(own_app, BOSS, administrator=True)


@pytest.mark.every_database
def test_an_invitation_is_shown_once_and_lets_in(own_app: Flask, boss: Visitor) -> None:
    answer = boss.post(PEOPLE, {"email": f" {EMAIL.upper()}", "role": "teacher"})
    address = shown_link(answer.text)
    assert "within 7 days" in answer.text
    page = boss.get(PEOPLE).text
    assert EMAIL in page
    assert address not in page

    visitor = Visitor(own_app.test_client())
    visitor.post(address, {"new_password": ANOTHER, "again": ANOTHER})

    assert is_in(visitor)
    assert "Withdraw" not in boss.get(PEOPLE).text
    assert [entry for entry in actions(own_app) if entry[0] == BOSS][-2:] == [
        (BOSS, "invite", EMAIL),
        (BOSS, "account", EMAIL),
    ]


def test_an_invitation_can_be_withdrawn(own_app: Flask, boss: Visitor) -> None:
    address = shown_link(boss.post(PEOPLE, {"email": EMAIL, "role": "administrator"}).text)

    answer = boss.post(f"{PEOPLE}/withdraw", {"email": EMAIL})

    assert target(answer) == PEOPLE
    assert Visitor(own_app.test_client()).get(address).status_code == 404
    assert (BOSS, "invitation withdrawn", EMAIL) in actions(own_app)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": BOSS, "role": "teacher"}, "There is an account of this name"),
        ({"email": "no address", "role": "teacher"}, "does not look like"),
    ],
)
def test_who_cannot_be_invited(own_app: Flask, boss: Visitor, fields: dict[str, str], told: str) -> None:
    answer = boss.post(PEOPLE, fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert count(own_app, "one_time_link") == 0


@pytest.mark.every_database
def test_a_role_changes_and_signs_out(own_app: Flask, boss: Visitor) -> None:
    marie = somebody(own_app)
    number = query(own_app, "SELECT id FROM account WHERE email = :email", email=EMAIL)[0].id

    boss.post(f"{PEOPLE}/{number}/role", {"role": "administrator"})
    boss.post(f"{PEOPLE}/{number}/role", {"role": "administrator"})

    assert not is_in(marie)
    sign_in(marie)
    assert marie.get(PEOPLE).status_code == 200
    assert [entry for entry in actions(own_app) if entry[1] == "role"] == [(BOSS, "role", EMAIL)]


@pytest.mark.every_database
def test_an_account_is_closed_and_opened_again(own_app: Flask, boss: Visitor) -> None:
    marie = somebody(own_app)
    number = query(own_app, "SELECT id FROM account WHERE email = :email", email=EMAIL)[0].id
    address = shown_link(boss.post(f"{PEOPLE}/{number}/link", {"agreed": "yes"}).text)

    for _ in range(2):
        boss.post(f"{PEOPLE}/{number}/active", {"active": "no"})

    assert not is_in(marie)
    assert sign_in(marie).status_code == 422
    assert marie.get(address).status_code == 404
    assert boss.post(f"{PEOPLE}/{number}/link", {"agreed": "yes"}).status_code == 404
    boss.post(f"{PEOPLE}/{number}/active", {"active": "yes"})
    assert not is_in(marie)
    assert sign_in(marie).status_code == 303
    assert [action for _, action, _ in actions(own_app)].count("deactivate") == 1


def test_a_password_link_helps_who_forgot_the_password(own_app: Flask, boss: Visitor) -> None:
    number = account(own_app)
    with_second_step(own_app)
    address = shown_link(boss.post(f"{PEOPLE}/{number}/link", {"agreed": "yes"}).text)
    marie = Visitor(own_app.test_client())

    marie.post(address, {"new_password": ANOTHER, "again": ANOTHER})

    assert is_in(marie)


@pytest.mark.parametrize(
    ("what", "fields"),
    [("role", {"role": "teacher"}), ("active", {"active": "no"}), ("link", {"agreed": "yes"})],
)
def test_nobody_does_this_to_themselves_or_to_nobody(
    own_app: Flask, boss: Visitor, what: str, fields: dict[str, str]
) -> None:
    number = query(own_app, "SELECT id FROM account")[0].id
    before = rows(own_app)

    assert boss.post(f"{PEOPLE}/{number}/{what}", fields).status_code == 404
    assert boss.post(f"{PEOPLE}/{number + 1}/{what}", fields).status_code == 404
    assert boss.post(f"{PEOPLE}/{10**30}/{what}", fields).status_code == 404
    assert rows(own_app) == before


@pytest.mark.every_database
def test_of_two_administrators_who_demote_each_other_one_is_left(own_app: Flask) -> None:
    one, other = (account(own_app, f"{n}@school.example", administrator=True) for n in "ab")
    first, second = (Teacher(n, f"{n}", is_administrator=True) for n in (one, other))
    now = __import__("datetime").datetime.now(__import__("datetime").UTC)
    with own_app.app_context(), writing() as session:
        people.change_role(session, first, other, "teacher", now)

    with own_app.app_context(), pytest.raises(PersonNotFoundError), writing() as session:
        people.change_role(session, second, one, "teacher", now)


def test_a12_a_teacher_finds_nothing_here_and_unknown_fields_do_nothing(
    own_app: Flask, boss: Visitor
) -> None:
    marie = somebody(own_app)
    number = query(own_app, "SELECT id FROM account WHERE email = :email", email=EMAIL)[0].id
    before = rows(own_app)
    fields = {"email": "x@y", "role": "administrator", "active": "yes", "agreed": "yes", "is_admin": "1"}

    for place in (
        PEOPLE,
        f"{PEOPLE}/withdraw",
        *(f"{PEOPLE}/{number}/{what}" for what in ("role", "active", "link")),
    ):
        assert marie.post(place, fields).status_code == 404
        assert marie.post(place, fields, HX_Request="true").status_code == 404
    assert marie.get(PEOPLE).status_code == 404
    assert "/admin/people" not in marie.get("/admin/account").text
    assert rows(own_app) == before


def test_a13_a_name_is_never_markup(own_app: Flask, boss: Visitor) -> None:
    name = '"onfocus="alert(1)"@x&{{7*7}}'
    answer = boss.post(PEOPLE, {"email": name, "role": "teacher"})

    page = boss.get(PEOPLE).text
    assert answer.status_code == 200
    for text in (answer.text, page):
        assert '"onfocus' not in text
        assert "49" not in text.partition("{{7*7}}")[0][-40:]
        assert "&#34;onfocus" in text
    assert boss.post(PEOPLE, {"email": "<b>@x", "role": "teacher"}).status_code == 422
