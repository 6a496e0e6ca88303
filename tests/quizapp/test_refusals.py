"""What is refused: said in words, with the right status, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.quizapp.visitors import (
    TOPICS,
    Visitor,
    item,
    options,
    questions,
    response_to,
    rows,
    without_form_tokens,
)

Refused = Callable[[Flask, Visitor, str], dict[str, str | list[str]]]


def another_questions_option(app: Flask, visitor: Visitor, public_id: str) -> dict[str, str | list[str]]:
    return {"option": questions(app, public_id)[2].key}


def another_quizs_option(app: Flask, visitor: Visitor, public_id: str) -> dict[str, str | list[str]]:
    return {"option": questions(app, visitor.start())[1].key}


def two_options(app: Flask, visitor: Visitor, public_id: str) -> dict[str, str | list[str]]:
    return {"option": list(questions(app, public_id)[1].tokens[:2])}


def a_garbled_key(app: Flask, visitor: Visitor, public_id: str) -> dict[str, str | list[str]]:
    return {"option": questions(app, public_id)[1].key, "key": "\0"}


def sent(**fields: str) -> Refused:
    return lambda *_: dict(fields)


JUNK = {
    "no token": {"option": "forged"},
    "a number": {"option": "0"},
    "a negative number": {"option": "-1"},
    "another digit": {"option": "٣"},
    "NUL": {"option": "\0"},
    "10 kB": {"option": "x" * 10_000},
    "empty": {"option": ""},
    "missing": {},
}


@pytest.mark.every_database
@pytest.mark.parametrize(
    "fields",
    [
        another_questions_option,
        another_quizs_option,
        two_options,
        a_garbled_key,
        *(pytest.param(sent(**fields), id=name) for name, fields in JUNK.items()),
    ],
)
def test_a09_what_is_no_option_of_the_question_is_refused(
    app: Flask, visitor: Visitor, fields: Refused
) -> None:
    public_id = visitor.start()
    data = fields(app, visitor, public_id)
    before = rows(app)

    answer = visitor.post(response_to(public_id, 1), data)

    assert answer.status_code == 422
    assert rows(app) == before


def test_a_missing_choice_shows_the_question_again_with_what_to_do(visitor: Visitor) -> None:
    public_id = visitor.start()

    answer = visitor.post(response_to(public_id, 1))

    assert "Choose an answer first." in answer.text
    assert options(answer.text) == visitor.options(public_id, 1)
    assert ("<!doctype html>" in answer.text) is not visitor.htmx


def test_a21_too_large_a_request_is_refused_in_words(app: Flask, visitor: Visitor) -> None:
    public_id = visitor.start()
    before = rows(app)

    answer = visitor.post(response_to(public_id, 1), {"option": "x" * 100_000})

    assert answer.status_code == 413
    assert "larger than this site takes" in answer.text
    assert rows(app) == before


@pytest.mark.every_database
@pytest.mark.parametrize("position", ["0", "6", "-1", "1e9", "٣", "²", "01", "9" * 5000, "1%00", "x"])
def test_a09_a_position_that_the_quiz_has_not_is_nowhere(app: Flask, visitor: Visitor, position: str) -> None:
    public_id = visitor.start()
    before = rows(app)

    shown = visitor.get(f"/attempts/{public_id}/items/{position}")
    answered = visitor.post(f"/attempts/{public_id}/items/{position}/response", {"option": "x"})

    assert (shown.status_code, answered.status_code) == (404, 404)
    assert rows(app) == before


@pytest.mark.every_database
@pytest.mark.parametrize(
    "public_id", ["x", "%00", "%00" * 22, "%ff", "A" * 22, "A" * 5000, "%27%20OR%201=1--", "٣" * 22]
)
def test_a09_an_attempt_that_never_was_is_nowhere(visitor: Visitor, public_id: str) -> None:
    visitor.start()

    for address in ("", "/items/1", "/result"):
        assert visitor.get(f"/attempts/{public_id}{address}").status_code == 404
    for address in ("/items/1/response", "/practice"):
        assert visitor.post(f"/attempts/{public_id}{address}", {"option": "x"}).status_code == 404


# --- whose quiz it is


@pytest.mark.every_database
def test_a03_somebody_elses_quiz_looks_like_none(app: Flask, visitor: Visitor, stranger: Visitor) -> None:
    public_id = visitor.start()
    stranger.start()
    stranger.htmx = visitor.htmx

    for address in ("", "/items/1", "/result"):
        theirs = stranger.get(f"/attempts/{public_id}{address}")
        unknown = stranger.get(f"/attempts/{'A' * 22}{address}")
        assert (theirs.status_code, without_form_tokens(theirs.text)) == (
            404,
            without_form_tokens(unknown.text),
        )


@pytest.mark.every_database
def test_a03_nobody_answers_in_somebody_elses_quiz(app: Flask, visitor: Visitor, stranger: Visitor) -> None:
    public_id = visitor.start()
    stranger.start()
    before = rows(app)

    answer = stranger.answer(public_id, 1, questions(app, public_id)[1].key)

    assert answer.status_code == 404
    assert rows(app) == before


def test_a03_nobody_practises_on_somebody_elses_quiz(app: Flask, visitor: Visitor, stranger: Visitor) -> None:
    public_id = visitor.start()
    visitor.finish(app, public_id)
    stranger.start()
    before = rows(app)

    assert stranger.post(f"/attempts/{public_id}/practice").status_code == 404
    assert rows(app) == before


def test_a03_a_visitor_without_a_cookie_opens_no_quiz(visitor: Visitor, stranger: Visitor) -> None:
    assert stranger.get(item(visitor.start(), 1)).status_code == 404


@pytest.mark.parametrize("cookie", ["", "junk", "eyJsZWFybmVyIjoieCJ9.x.y", "a" * 4000])
def test_a10_a_forged_cookie_is_no_cookie(
    app: Flask, visitor: Visitor, stranger: Visitor, cookie: str
) -> None:
    public_id = visitor.start()
    stranger.client.set_cookie("quiz", cookie)

    assert stranger.get(item(public_id, 1)).status_code == 404
    assert stranger.get("/").status_code == 200


# --- forms of other sites


@pytest.mark.parametrize("token", ["", "junk", "\0", "x" * 5000])
def test_a23_a_form_without_its_token_is_refused_in_words(app: Flask, visitor: Visitor, token: str) -> None:
    public_id = visitor.start()
    fields = {"option": questions(app, public_id)[1].key, "csrf_token": token}
    before = rows(app)

    answer = visitor.post(response_to(public_id, 1), fields)

    assert answer.status_code == 403
    assert "came from another site" in answer.text
    assert ("<!doctype html>" in answer.text) is not visitor.htmx
    assert rows(app) == before


def test_a23_a_form_with_somebody_elses_token_is_refused(
    app: Flask, visitor: Visitor, stranger: Visitor
) -> None:
    public_id = visitor.start()
    fields = {"option": questions(app, public_id)[1].key, "csrf_token": stranger.form_token()}
    before = rows(app)

    assert visitor.post(response_to(public_id, 1), fields).status_code == 403
    assert rows(app) == before


@pytest.mark.parametrize("site", ["cross-site", "same-site", "junk"])
def test_a23_a_form_sent_from_another_site_is_refused(app: Flask, visitor: Visitor, site: str) -> None:
    public_id = visitor.start()
    token = questions(app, public_id)[1].key
    before = rows(app)

    assert visitor.answer(public_id, 1, token, Sec_Fetch_Site=site).status_code == 403
    assert visitor.post("/attempts", {"topic": TOPICS, "length": "5"}, Sec_Fetch_Site=site).status_code == 403
    assert rows(app) == before


def test_a_page_opened_from_another_site_is_shown(reader: Visitor) -> None:
    assert reader.get("/", Sec_Fetch_Site="cross-site").status_code == 200


def test_a_refusal_takes_the_place_of_notices_not_of_the_question(stranger: Visitor) -> None:
    stranger.htmx = True

    answer = stranger.answer(stranger.start(), 1, "forged")

    assert answer.headers["HX-Retarget"] == "#notice"
    assert 'role="alert"' in answer.text
