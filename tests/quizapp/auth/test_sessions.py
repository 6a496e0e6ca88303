"""Sessions are rows: they run out, are noted, and can be ended from elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Flask

from quizapp.services.passwords import _HASHER, PasswordHasher
from quizapp.transactions import writing
from tests.quizapp.auth.people import (
    ANOTHER,
    EMAIL,
    PASSWORD,
    account,
    actions,
    is_in,
    sign_in,
    somebody,
)
from tests.quizapp.visitors import Visitor, count, execute, query, rows, target

START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
CHANGE = "/admin/account/password"


@pytest.fixture
def clock() -> time_machine.Traveller:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def change(visitor: Visitor, *, old: str = PASSWORD, new: str = ANOTHER, again: str | None = None) -> int:
    fields = {"password": old, "new_password": new, "again": new if again is None else again}
    return visitor.post(CHANGE, fields).status_code


@pytest.mark.every_database
def test_an_hour_without_use_ends_a_session(own_app: Flask, clock: time_machine.Traveller) -> None:
    visitor = somebody(own_app)
    for _ in range(3):
        clock.shift(3600)
        assert is_in(visitor)

    clock.shift(3601)

    assert not is_in(visitor)


@pytest.mark.every_database
def test_twelve_hours_end_a_session_in_any_case(own_app: Flask, clock: time_machine.Traveller) -> None:
    visitor = somebody(own_app)
    for _ in range(24):
        clock.shift(1800)
        assert is_in(visitor)

    clock.shift(1)

    assert not is_in(visitor)
    somebody(own_app, "paul@school.example")
    assert count(own_app, "account_session") == 1


def test_a23_a_visit_writes_once_a_minute_that_the_session_is_in_use_and_nothing_else(
    own_app: Flask, clock: time_machine.Traveller
) -> None:
    visitor = somebody(own_app)
    before = rows(own_app)
    clock.shift(59)
    visitor.get("/admin/account")
    visitor.get("/")
    assert rows(own_app) == before

    clock.shift(1)
    visitor.get("/")
    assert rows(own_app) == before
    visitor.get("/admin/account")

    assert rows(own_app, without=["account_session"]) == {
        table: rows_ for table, rows_ in before.items() if table != "account_session"
    }
    assert "08:01:00" in str(query(own_app, "SELECT seen_at FROM account_session")[0].seen_at)


def test_a_visit_never_waits_for_others_who_write(own_app: Flask, clock: time_machine.Traveller) -> None:
    visitor = somebody(own_app)
    clock.shift(120)
    before = rows(own_app)

    with own_app.app_context(), writing():
        assert is_in(visitor)

    assert rows(own_app) == before


def test_a11_a_closed_account_is_out_at_once(own_app: Flask) -> None:
    visitor = somebody(own_app)

    execute(own_app, "UPDATE account SET active = :no", no=False)

    assert not is_in(visitor)


@pytest.mark.every_database
def test_a11_a_new_password_signs_out_all_other_browsers(own_app: Flask) -> None:
    visitor, other = somebody(own_app), Visitor(own_app.test_client())
    sign_in(other)

    answer = visitor.post(CHANGE, {"password": PASSWORD, "new_password": ANOTHER, "again": ANOTHER})

    assert "Your password is changed" in visitor.get(target(answer)).text
    assert not is_in(other)
    assert sign_in(other).status_code == 422
    assert sign_in(other, password=ANOTHER).status_code == 303
    assert (EMAIL, "password", EMAIL) in actions(own_app)


def test_a11_a_new_password_makes_a_new_session(own_app: Flask) -> None:
    visitor = somebody(own_app)
    before = query(own_app, "SELECT token_hash FROM account_session")

    change(visitor)

    assert is_in(visitor)
    after = query(own_app, "SELECT token_hash FROM account_session")
    assert len(after) == 1
    assert after != before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old": ANOTHER}, "This is not your password."),
        ({"new": "short"}, "at least 10 characters"),
        ({"new": "password1234"}, "This is a very common password"),
        ({"new": EMAIL}, "Your name is easy to guess"),
        ({"again": PASSWORD}, "This is not what you typed above"),
        ({"old": ""}, "Type the password."),
        ({"new": "", "again": ""}, "Choose a password."),
    ],
)
def test_what_is_wrong_with_a_new_password_stands_beside_the_field(
    own_app: Flask, typed: dict[str, str], told: str
) -> None:
    visitor = somebody(own_app)
    before = rows(own_app, without=["sign_in_failure", "audit_entry"])
    fields = {"old": PASSWORD, "new": ANOTHER, **typed}
    fields.setdefault("again", fields["new"])

    answer = visitor.post(
        CHANGE, {"password": fields["old"], "new_password": fields["new"], "again": fields["again"]}
    )

    assert answer.status_code == 422
    assert told in answer.text.replace("&#39;", "'")
    assert ANOTHER not in answer.text
    assert rows(own_app, without=["sign_in_failure", "audit_entry"]) == before


def test_a25_a_stolen_session_cannot_guess_the_password(own_app: Flask) -> None:
    visitor = somebody(own_app)

    answers = [change(visitor, old=f"{ANOTHER} {number}") for number in range(6)]

    assert answers == [422] * 5 + [429]
    assert visitor.post("/admin/confirm", {"password": PASSWORD}).status_code == 429


def test_one_button_signs_out_everywhere(own_app: Flask) -> None:
    visitor, other = somebody(own_app), Visitor(own_app.test_client())
    sign_in(other)
    somebody(own_app, "paul@school.example")
    assert visitor.get("/admin/account").text.count("last used") == 2

    answer = visitor.post("/admin/account/sign-out-everywhere", {"agreed": "yes"})

    assert target(answer) == "/teachers/sign-in"
    assert not is_in(visitor)
    assert not is_in(other)
    assert count(own_app, "account_session") == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iOS"),
        ("<script>", "A browser"),
    ],
)
def test_the_account_page_names_the_browser(own_app: Flask, agent: str, name: str) -> None:
    account(own_app)
    visitor = Visitor(own_app.test_client())
    visitor.client.environ_base["HTTP_USER_AGENT"] = agent
    sign_in(visitor)

    page = visitor.get("/admin/account").text

    assert f"<b>{name}</b>" in page
    assert "<script>" not in page.replace('<script src="', "")


@pytest.mark.every_database
def test_a_hash_made_with_less_care_is_made_anew(own_app: Flask) -> None:
    account(own_app)
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    execute(own_app, "UPDATE account SET password = :weak", weak=weak)
    visitor = Visitor(own_app.test_client())

    assert sign_in(visitor).status_code == 303

    stored = query(own_app, "SELECT password FROM account")[0].password
    assert stored != weak
    assert not _HASHER.check_needs_rehash(stored)
    assert sign_in(visitor).status_code == 303


# A39: the password once more


def test_a39_what_cannot_be_undone_asks_for_the_password_after_ten_minutes(
    own_app: Flask, clock: time_machine.Traveller
) -> None:
    visitor = somebody(own_app)
    clock.shift(600)
    assert visitor.get("/admin/account/second-step").status_code == 200
    clock.shift(1)

    answer = visitor.get("/admin/account/second-step")

    assert (answer.status_code, target(answer)) == (302, "/admin/confirm?next=/admin/account/second-step")
    page = visitor.get(target(answer))
    assert 'name="next" value="/admin/account/second-step"' in page.text
    wrong = visitor.post("/admin/confirm", {"password": ANOTHER, "next": "/admin/account/second-step"})
    assert (wrong.status_code, "This is not your password." in wrong.text) == (422, True)
    right = visitor.post("/admin/confirm", {"password": PASSWORD, "next": "/admin/account/second-step"})
    assert target(right) == "/admin/account/second-step"
    assert visitor.get("/admin/account/second-step").status_code == 200
    assert count(own_app, "sign_in_failure") == 0


def test_a39_a_form_is_led_back_to_its_page_and_changes_nothing(
    own_app: Flask, clock: time_machine.Traveller
) -> None:
    visitor = somebody(own_app, administrator=True)
    clock.shift(601)
    fields = {"email": "paul@school.example", "role": "teacher"}
    before = rows(own_app, without=["account_session"])

    plain = visitor.post("/admin/people", fields)
    from_page = visitor.post("/admin/people/withdraw", fields)
    htmx = visitor.post("/admin/account/second-step/off", {"agreed": "yes"},
                        HX_Request="true", HX_Current_URL="http://localhost/admin/account?done=off")  # fmt: skip
    elsewhere = visitor.post(
        "/admin/account/second-step/off", {"agreed": "yes"}, Referer="https://evil.example//x"
    )

    assert target(plain) == "/admin/confirm?next=/admin/people"
    assert from_page.status_code == 303
    assert (htmx.status_code, target(htmx)) == (401, "/admin/confirm?next=/admin/account?done%3Doff")
    assert target(elsewhere) == "/admin/confirm?next=/admin/"
    assert rows(own_app, without=["account_session", "audit_entry"]) == {
        table: rows_ for table, rows_ in before.items() if table != "audit_entry"
    }


def test_a24_the_way_back_from_the_password_stays_here(own_app: Flask) -> None:
    visitor = somebody(own_app)

    answer = visitor.post("/admin/confirm", {"password": PASSWORD, "next": "//evil.example"})

    assert target(answer) == "/admin/"
    assert visitor.post("/admin/confirm", {"password": ""}).status_code == 422
