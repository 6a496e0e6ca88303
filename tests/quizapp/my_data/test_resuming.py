"""Going on elsewhere: a code brings progress to another device, and loses nothing that this one has."""

from __future__ import annotations

import hashlib

import pytest
import time_machine
from flask import Flask

from quizapp.services.resuming import ALPHABET
from tests.quizapp.auth.people import EMAIL, account, sign_in
from tests.quizapp.my_data.people import (
    CHOICE,
    attempts_of,
    learner_of,
    make_code,
    play,
    resume,
    try_again,
)
from tests.quizapp.test_races import at_once, tab
from tests.quizapp.visitors import Visitor, count, query, rows, target

WRONG = "opens nothing"
OWN = ("attempt", "resume_code")  # what joining changes


def phone(app: Flask, visitor: Visitor | None = None) -> Visitor:
    """Another device."""
    return Visitor(app.test_client(), htmx=visitor.htmx if visitor else False)


def without_learners(app: Flask) -> str:
    """A hash of every quiz, apart from whose it is."""
    columns = "id, public_id, topics, length, seed, mode, second_try, asks_certainty, started_at, deadline, closed_at"
    lines = [repr(tuple(row)) for row in query(app, f"SELECT {columns} FROM attempt ORDER BY id")]  # noqa: S608
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.mark.every_database
def test_an_empty_device_goes_on_at_once(own_app: Flask) -> None:
    desk = Visitor(own_app.test_client(), htmx=True)
    quiz = play(own_app, desk)
    code = make_code(desk)
    mobile = phone(own_app, desk)

    answer = resume(mobile, code.lower().replace("-", " "))

    assert target(answer) == "/my-data?done=resumed"
    assert learner_of(mobile) == learner_of(desk)
    assert "goes on with your progress" in mobile.get("/my-data?done=resumed").text
    assert mobile.get(f"/attempts/{quiz}").status_code == 200
    assert target(resume(mobile, code)) == "/my-data?done=same"
    assert count(own_app, "sign_in_failure") == 0


def test_a_quiz_without_answers_comes_along_unasked(own_app: Flask) -> None:
    desk, mobile = phone(own_app), phone(own_app)
    first, second = play(own_app, desk), play(own_app, mobile, answers=0)

    resume(mobile, make_code(desk))

    assert attempts_of(own_app, learner_of(desk)) == [first, second]


@pytest.mark.every_database
def test_joining_keeps_every_row(own_app: Flask) -> None:
    desk, mobile = phone(own_app), phone(own_app)
    quizzes = [play(own_app, desk), play(own_app, mobile, answers=3)]
    try_again(own_app, quizzes[1])
    code, old_code = make_code(desk), make_code(mobile)
    before, quizzes_before = rows(own_app, without=OWN), without_learners(own_app)

    assert target(resume(mobile, code)) == CHOICE
    page = mobile.get(CHOICE).text
    assert "The code that was made on this device ends" in page
    assert code not in page
    assert learner_of(mobile) != learner_of(desk)
    answer = mobile.post(CHOICE, {"choice": "join"})

    assert target(answer) == "/my-data?done=joined"
    assert rows(own_app, without=OWN) == before
    assert without_learners(own_app) == quizzes_before
    assert attempts_of(own_app, learner_of(desk)) == quizzes
    assert learner_of(mobile) == learner_of(desk)
    assert {mobile.get(f"/attempts/{quiz}").status_code for quiz in quizzes} == {200}
    assert resume(phone(own_app), old_code).status_code == 422
    assert mobile.post(CHOICE, {"choice": "join"}).status_code == 410


def test_it_can_be_left_behind_and_it_can_be_left_alone(own_app: Flask) -> None:
    desk, mobile = phone(own_app), phone(own_app)
    play(own_app, desk)
    quiz = play(own_app, mobile)
    mine, code = learner_of(mobile), make_code(desk)
    before = rows(own_app)

    resume(mobile, code)
    assert "nobody gets at it again" in mobile.get(CHOICE).text
    refused = mobile.post(CHOICE, {"choice": "burn"})
    assert (refused.status_code, "Choose one of the three" in refused.text) == (422, True)
    assert target(mobile.post(CHOICE, {"choice": "cancel"})) == "/my-data"
    assert learner_of(mobile) == mine
    assert mobile.get(CHOICE).status_code == 410

    resume(mobile, code)
    assert target(mobile.post(CHOICE, {"choice": "leave"})) == "/my-data?done=resumed"
    assert learner_of(mobile) == learner_of(desk)
    assert attempts_of(own_app, mine) == [quiz]
    assert rows(own_app) == before


def test_a_choice_waits_for_minutes_and_for_a_code_that_still_holds(own_app: Flask) -> None:
    desk, mobile = phone(own_app), phone(own_app)
    with time_machine.travel("2026-03-02 08:00", tick=False) as clock:
        play(own_app, desk)
        play(own_app, mobile)
        for end in ("time", "new code"):
            resume(mobile, make_code(desk))
            if end == "time":
                clock.shift(600)
            else:
                assert mobile.get(CHOICE).status_code == 200
                make_code(desk)
            before = rows(own_app)
            for choice in ("join", "leave"):
                answer = mobile.post(CHOICE, {"choice": choice})
                assert (answer.status_code, "Type it once more" in answer.text) == (410, True)
            assert rows(own_app) == before

        resume(mobile, make_code(desk))
        make_code(desk)
        assert mobile.get(CHOICE).status_code == 410
        resume(mobile, make_code(desk))
        make_code(desk)
        assert mobile.post(CHOICE, {"choice": "leave"}).status_code == 410


def test_a10_the_cookie_may_hold_what_it_likes(own_app: Flask) -> None:
    """Only a code that was right opens the choice, whatever an old cookie has in its place."""
    visitor = phone(own_app)
    for junk in ("x", ["x"], ["x", "y"], ["x", 1], None):
        with visitor.client.session_transaction() as cookie:
            cookie["resume"] = junk
        assert visitor.get(CHOICE).status_code == 410


@pytest.mark.every_database
def test_two_joins_at_once_are_one(own_app: Flask) -> None:
    """And two devices that each join the other end as one, whoever comes first."""
    desk, mobile = phone(own_app), phone(own_app)
    quizzes = {play(own_app, desk), play(own_app, mobile)}
    codes = make_code(desk), make_code(mobile)
    before = rows(own_app, without=OWN)
    resume(mobile, codes[0])
    resume(desk, codes[1])
    tabs = [tab(own_app, mobile), tab(own_app, mobile), tab(own_app, desk)]
    tokens = [one.form_token() for one in tabs]

    answers = at_once(
        [
            lambda one=one, token=token: one.post(CHOICE, {"choice": "join", "csrf_token": token}).status_code
            for one, token in zip(tabs, tokens, strict=True)
        ]
    )

    assert set(answers) <= {303, 410, 503}, answers
    assert 303 in answers
    owners = {row.learner for row in query(own_app, "SELECT learner FROM attempt")}
    assert len(owners) == 1
    assert set(attempts_of(own_app, owners.pop())) == quizzes
    assert rows(own_app, without=OWN) == before


def test_a11_a_teacher_who_signs_in_ends_the_code(own_app: Flask) -> None:
    """A11: whoever planted the learner, and has a code for it, is left with nothing."""
    account(own_app)
    planted, victim = phone(own_app), phone(own_app)
    play(own_app, planted)
    code = make_code(planted)
    resume(victim, code)

    sign_in(victim, EMAIL)

    assert resume(phone(own_app), code).status_code == 422
    assert attempts_of(own_app, learner_of(planted)) == []


def test_a26_a_wrong_code_is_refused_in_the_same_words_whatever_is_wrong(own_app: Flask) -> None:
    visitor = phone(own_app)
    play(own_app, visitor)
    old = make_code(visitor)
    make_code(visitor)

    pages = [resume(visitor, typed) for typed in (old, "0" * 12, "short", "<b>")]

    assert {page.status_code for page in pages} == {422}
    assert all(WRONG in page.text for page in pages)
    assert 'value="&lt;b&gt;"' in pages[-1].text
    assert count(own_app, "sign_in_failure") == 2
    assert "Type the code." in resume(visitor, "").text
    assert "longer than any code" in resume(visitor, "7" * 61).text


@pytest.mark.every_database
def test_a25_codes_are_not_guessed_even_between_right_ones(own_app: Flask) -> None:
    """Ten tries in a minute at most, in one network; the right code is no way to start anew."""
    owner, thief = phone(own_app), phone(own_app)
    play(own_app, owner)
    code = make_code(owner)
    taken, waits = 0, []
    with time_machine.travel("2026-03-02 08:00", tick=False) as clock:
        for second in range(60):
            for number in range(3):
                answer = resume(thief, ALPHABET[number] * 12)
                taken += answer.status_code == 422
                if answer.status_code == 429:
                    waits.append(int(answer.headers["Retry-After"]))
                    assert "Too many tries. Wait" in answer.text
                    break
                resume(thief, code)
            clock.shift(1)
            assert second < 59 or taken <= 10
        assert taken >= 9
        assert waits[0] == 1
        assert max(waits) == 32

        elsewhere = phone(own_app)
        elsewhere.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        assert resume(elsewhere, code).status_code == 303


@pytest.mark.every_database
def test_a25_tries_at_once_are_counted_one_by_one(own_app: Flask) -> None:
    tabs = [phone(own_app) for _ in range(12)]
    calls = []
    for one in tabs:
        token = one.form_token()
        calls.append(
            lambda one=one, token=token: (
                one.post("/resume", {"code": "7" * 12, "csrf_token": token}).status_code
            )
        )

    answers = at_once(calls)

    assert sorted(answers) == [422] * 5 + [429] * 7
