"""What a teacher sends after the session ran out is there again when the same teacher has signed in."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Blueprint, Flask, Response, jsonify, request

from quizapp.identity import require_recent_sign_in, take_kept_form
from tests.quizapp.auth.people import EMAIL, account, is_in, sign_in, somebody
from tests.quizapp.visitors import Visitor, count, execute, query, rows, target

START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
PLACE = "/admin/questions/some-question/kept"
CHECK = "/admin/questions/some-question/check"  # answers to forms only
TYPED = {"stem": "Who <b>signed</b> the accord? é", "option": ["one", "two"], "topic": ""}

screens = Blueprint("test_screens", __name__)


@screens.get(PLACE)
def edit() -> Response:
    return jsonify(take_kept_form(request.path))


@screens.post(PLACE)
def save() -> Response:
    return Response(status=303 if request.form.get("stem") else 422)


@screens.post(CHECK)
def check() -> Response:
    require_recent_sign_in()
    return Response("fine")


@pytest.fixture
def clock() -> time_machine.Traveller:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(own_app: Flask) -> Flask:
    own_app.register_blueprint(screens)
    return own_app


def timed_out(app: Flask, clock: time_machine.Traveller) -> Visitor:
    visitor = somebody(app)
    clock.shift(3601)
    return visitor


@pytest.mark.every_database
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_nothing_typed_is_lost(house: Flask, clock: time_machine.Traveller, htmx: bool) -> None:
    visitor = timed_out(house, clock)
    visitor.htmx = htmx

    answer = visitor.post(PLACE, TYPED)

    assert answer.status_code == (401 if htmx else 302)
    assert target(answer) == f"/teachers/sign-in?next={PLACE}"
    visitor.htmx = False
    assert target(sign_in(visitor, next=PLACE)) == PLACE
    assert visitor.get(PLACE).json == {"stem": [TYPED["stem"]], "option": ["one", "two"], "topic": [""]}
    assert visitor.get(PLACE).json is not None  # a page may be loaded twice
    assert visitor.post(PLACE, {"stem": ""}).status_code == 422
    assert visitor.get(PLACE).json is not None
    assert visitor.post(PLACE, TYPED).status_code == 303
    assert visitor.get(PLACE).json is None
    assert count(house, "kept_form") == 0


def test_it_can_be_left_behind(house: Flask, clock: time_machine.Traveller) -> None:
    visitor = timed_out(house, clock)
    visitor.post(PLACE, TYPED)
    sign_in(visitor)

    assert visitor.get(f"{PLACE}?fresh").json is None


def test_a_check_while_typing_keeps_the_form_for_its_page(
    house: Flask, clock: time_machine.Traveller
) -> None:
    visitor = timed_out(house, clock)

    answer = visitor.post(CHECK, TYPED, HX_Request="true", HX_Current_URL=f"http://localhost{PLACE}?a=b")

    assert target(answer) == f"/teachers/sign-in?next={PLACE}?a%3Db"
    sign_in(visitor)
    assert visitor.get(PLACE).json["stem"] == [TYPED["stem"]]


def test_the_last_one_counts(house: Flask, clock: time_machine.Traveller) -> None:
    visitor = timed_out(house, clock)
    visitor.post(PLACE, TYPED)
    visitor.post(PLACE, {"stem": "better"})
    sign_in(visitor)

    assert visitor.get(PLACE).json == {"stem": ["better"]}


def test_a_page_that_stood_open_keeps_its_token_over_a_sign_in_of_the_same_teacher(
    house: Flask, clock: time_machine.Traveller
) -> None:
    visitor = timed_out(house, clock)
    token = visitor.form_token()
    sign_in(visitor)

    assert visitor.client.post(PLACE, data={"stem": "typed", "csrf_token": token}).status_code == 303


def test_another_teacher_in_the_same_browser_does_not_see_it(
    house: Flask, clock: time_machine.Traveller
) -> None:
    account(house, "paul@school.example")
    visitor = timed_out(house, clock)
    visitor.post(PLACE, TYPED)
    with visitor.client.session_transaction() as cookie:
        token = cookie["kept"]

    sign_in(visitor, "paul@school.example")

    assert visitor.get(PLACE).json is None
    with visitor.client.session_transaction() as cookie:
        assert "kept" not in cookie
        cookie["kept"] = token
    assert visitor.get(PLACE).json is None


def test_nor_does_the_same_teacher_in_another_browser(house: Flask, clock: time_machine.Traveller) -> None:
    timed_out(house, clock).post(PLACE, TYPED)
    other = Visitor(house.test_client())
    sign_in(other)

    assert other.get(PLACE).json is None


def test_it_waits_for_a_day(house: Flask, clock: time_machine.Traveller) -> None:
    visitor = timed_out(house, clock)
    visitor.post(PLACE, TYPED)
    clock.shift(24 * 3600)
    sign_in(visitor)
    assert visitor.get(PLACE).json is not None
    clock.shift(1)
    assert visitor.get(PLACE).json is None


def test_strangers_and_other_sites_keep_nothing(house: Flask, clock: time_machine.Traveller) -> None:
    account(house)
    stranger, learner = Visitor(house.test_client()), Visitor(house.test_client())
    learner.start()
    out = timed_out_again(house, clock)
    before = rows(house)

    for visitor in (stranger, learner):
        assert target(visitor.post(PLACE, TYPED)) == "/teachers/sign-in?next=/admin/"
    out.post(PLACE, {**TYPED, "csrf_token": "forged"})
    out.post(PLACE, TYPED, Sec_Fetch_Site="cross-site")
    out.client.put(PLACE, data={"stem": "no token"})
    out.post("/admin/account/password", {"password": "secret", "new_password": "secret"})
    out.post("/admin/confirm", {"password": "secret"})
    out.get(PLACE)

    assert rows(house) == before


def timed_out_again(app: Flask, clock: time_machine.Traveller) -> Visitor:
    visitor = Visitor(app.test_client())
    sign_in(visitor)
    clock.shift(3601)
    assert not is_in(visitor)
    return visitor


def test_what_is_kept_has_bounds(house: Flask, clock: time_machine.Traveller) -> None:
    visitor = timed_out(house, clock)
    visitor.post(PLACE, {"stem": '"' * 40_000})
    assert count(house, "kept_form") == 0
    visitor.post(PLACE, TYPED)

    for number in range(30):
        execute(
            house,
            "INSERT INTO kept_form SELECT 'x', :path, account_id, '{}', made_at FROM kept_form WHERE path = :place",
            path=f"/{number}",
            place=PLACE,
        )
    clock.shift(1)
    visitor.post(PLACE, TYPED)

    assert count(house, "kept_form") == 20
    assert len(query(house, "SELECT path FROM kept_form WHERE path = :path", path=PLACE)) == 1


def test_who_lost_the_account_keeps_nothing(house: Flask, clock: time_machine.Traveller) -> None:
    visitor = timed_out(house, clock)
    execute(house, "DELETE FROM account_session")
    execute(house, "DELETE FROM account WHERE email = :email", email=EMAIL)

    visitor.post(PLACE, TYPED)

    assert count(house, "kept_form") == 0


def test_a39_the_password_is_asked_for_and_the_browser_comes_back_to_the_page_of_the_form(
    house: Flask, clock: time_machine.Traveller
) -> None:
    visitor = somebody(house)
    assert visitor.post(CHECK, TYPED).status_code == 200
    clock.shift(601)

    answer = visitor.post(CHECK, TYPED, Referer=f"http://localhost{PLACE}?a=b")

    assert target(answer) == f"/admin/confirm?next={PLACE}?a%3Db"
