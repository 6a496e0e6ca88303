"""The second step: codes of an app count once, codes on paper once each, and without either nobody gets in."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
import time_machine
from flask import Flask

from quizapp.services.second_step import app_secret, matching_step
from tests.quizapp.auth.people import (
    EMAIL,
    SEED,
    account,
    actions,
    code_now,
    is_in,
    sign_in,
    somebody,
    with_second_step,
)
from tests.quizapp.visitors import Visitor, found, query, target

START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
STEP = "/teachers/two-factor"
SETTING = "/admin/account/second-step"


@pytest.fixture
def clock() -> time_machine.Traveller:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def half(app: Flask) -> Visitor:
    """Somebody who gave the right password and has a second step."""
    visitor = Visitor(app.test_client())
    answer = sign_in(visitor, next="/admin/account")
    assert target(answer) == f"{STEP}?next=/admin/account"
    return visitor


@pytest.mark.every_database
def test_a_teacher_turns_it_on_and_signs_in_with_it(own_app: Flask, clock: time_machine.Traveller) -> None:
    visitor = somebody(own_app)
    page = visitor.get(SETTING).text
    seed = found(r'name="seed" value="([^"]+)"', page)
    secret = app_secret(seed, own_app.config["SECRET_KEY"])
    assert secret in found(r'class="secret">([^<]+)<', page).replace(" ", "")
    assert f"secret={secret}" in html.unescape(page)
    assert 'src="data:image/svg+xml' in page

    answer = visitor.post(SETTING, {"seed": seed, "code": code_now(own_app, seed)})

    codes = re.findall(r"<code>([A-Z2-7-]{19})</code>", answer.text)
    assert len(set(codes)) == 10
    assert secret not in repr(query(own_app, "SELECT * FROM account"))
    assert not any(code in repr(query(own_app, "SELECT * FROM account")) for code in codes)
    clock.shift(30)
    other = half(own_app)
    assert not is_in(other)
    assert (
        target(other.post(STEP, {"code": code_now(own_app, seed), "next": "/admin/account"}))
        == "/admin/account"
    )
    assert is_in(other)
    assert (EMAIL, "second step on", EMAIL) in actions(own_app)
    for code in (codes[3], codes[4].lower().replace("-", " ")):
        assert half(own_app).post(STEP, {"code": code}).status_code == 303
    assert half(own_app).post(STEP, {"code": codes[3]}).status_code == 422
    assert "8 of your recovery codes are left" in other.get("/admin/account").text


@pytest.mark.every_database
def test_a_code_counts_once(own_app: Flask, clock: time_machine.Traveller) -> None:
    account(own_app)
    with_second_step(own_app)
    code = code_now(own_app)

    assert half(own_app).post(STEP, {"code": f" {code[:3]} {code[3:]}"}).status_code == 303
    refused = half(own_app).post(STEP, {"code": code})

    assert refused.status_code == 422
    assert "was used before" in refused.text
    assert (EMAIL, "sign-in failed", None) in actions(own_app)


def test_half_a_minute_is_forgiven_and_no_more(clock: time_machine.Traveller) -> None:
    now = dt.datetime.now(dt.UTC)
    app_code = {shift: _code(shift) for shift in (-60, -30, 0, 30, 60)}

    steps = {shift: matching_step(SEED, "key", code, after=0, now=now) for shift, code in app_code.items()}

    assert [shift for shift, step in steps.items() if step is not None] == [-30, 0, 30]
    assert matching_step(SEED, "another key", app_code[0], after=0, now=now) is None


def _code(shift: int) -> str:
    from pyotp import TOTP  # noqa: PLC0415

    return TOTP(app_secret(SEED, "key")).at(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=shift))


@pytest.mark.parametrize(
    "code", ["000000", "12345", "²²²²²²", "", "x" * 41, "AAAA-AAAA-AAAA-AAAA", "' OR 1=1 --"]
)
def test_other_codes_are_refused(own_app: Flask, code: str) -> None:
    account(own_app)
    with_second_step(own_app)
    visitor = half(own_app)

    assert visitor.post(STEP, {"code": code}).status_code == 422
    assert not is_in(visitor)


def test_a25_codes_cannot_be_guessed(own_app: Flask, clock: time_machine.Traveller) -> None:
    account(own_app)
    with_second_step(own_app)
    visitor = half(own_app)

    answers = [visitor.post(STEP, {"code": f"{number:06}"}) for number in range(7)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 2
    assert sign_in(Visitor(own_app.test_client())).status_code == 429


def test_without_the_first_step_there_is_no_second(own_app: Flask, clock: time_machine.Traveller) -> None:
    account(own_app)
    with_second_step(own_app)
    stranger = Visitor(own_app.test_client())
    assert target(stranger.get(STEP)) == "/teachers/sign-in"
    assert target(stranger.post(STEP, {"code": code_now(own_app)})) == "/teachers/sign-in"

    visitor = half(own_app)
    assert visitor.get(f"{STEP}?next=/admin/account").status_code == 200
    clock.shift(301)

    assert target(visitor.post(STEP, {"code": code_now(own_app)})) == "/teachers/sign-in"


def test_somebody_elses_first_step_does_not_do(own_app: Flask, clock: time_machine.Traveller) -> None:
    """The code is held against the account whose password was right."""
    account(own_app)
    account(own_app, "paul@school.example")
    with_second_step(own_app, "paul@school.example")
    visitor = Visitor(own_app.test_client())
    sign_in(visitor, "paul@school.example")
    from tests.quizapp.visitors import execute  # noqa: PLC0415

    execute(own_app, "UPDATE account SET active = :no WHERE email = 'paul@school.example'", no=False)

    assert visitor.post(STEP, {"code": code_now(own_app)}).status_code == 422


def test_it_is_not_turned_on_by_a_wrong_code_or_a_seed_of_somebodys_own(own_app: Flask) -> None:
    visitor = somebody(own_app)

    wrong = visitor.post(SETTING, {"seed": SEED, "code": "000000"})
    forged = visitor.post(SETTING, {"seed": "<b>", "code": code_now(own_app)})

    assert [wrong.status_code, forged.status_code] == [422, 422]
    assert found(r'name="seed" value="([^"]+)"', wrong.text) == SEED
    assert len(found(r'name="seed" value="([^"]+)"', forged.text)) == 32
    assert query(own_app, "SELECT totp_seed FROM account")[0].totp_seed is None


@pytest.mark.every_database
def test_it_is_turned_off_and_gives_new_codes(own_app: Flask) -> None:
    visitor = somebody(own_app)
    with_second_step(own_app)
    codes = visitor.post("/admin/account/recovery-codes", {"agreed": "yes"}).text
    code = found(r"<code>([A-Z2-7-]{19})</code>", codes)
    assert half(own_app).post(STEP, {"code": code}).status_code == 303

    answer = visitor.post("/admin/account/second-step/off", {"agreed": "yes"})

    assert "The second step is off" in visitor.get(target(answer)).text
    assert target(sign_in(Visitor(own_app.test_client()))) == "/admin/"
    assert (EMAIL, "second step off", EMAIL) in actions(own_app)
