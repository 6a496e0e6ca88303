"""My data: told in plain words with the real numbers, downloaded whole, forgotten, deleted."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.quizapp.auth.people import account, is_in, sign_in
from tests.quizapp.my_data.people import (
    AGREED,
    WROTE,
    attempts_of,
    learner_of,
    make_code,
    play,
    resume,
    try_again,
)
from tests.quizapp.visitors import Visitor, count, execute, found, query, questions, rows, target

NOTHING = "Nothing is stored about you here."
COUNTED = ("option_count", "item_listing")


def figures(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))


def told(visitor: Visitor) -> dict[str, Any]:
    """The download."""
    answer = visitor.get("/my-data/download")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == "attachment; filename=ibid-my-data.json"
    document: dict[str, Any] = json.loads(answer.data)
    return document


@pytest.mark.every_database
def test_it_tells_what_is_stored_in_numbers_and_days(own_app: Flask, own_reader: Visitor) -> None:
    with time_machine.travel("2026-03-02 08:00", tick=False) as clock:
        play(own_app, Visitor(own_app.test_client()))  # somebody else
        try_again(own_app, play(own_app, own_reader))
        quiz = own_reader.start()
        clock.move_to("2026-03-09 08:00")
        own_reader.answer(quiz, 1, questions(own_app, quiz)[1].key)

        page = own_reader.get("/my-data").text

    assert figures(page) == {
        "Quizzes": "2",
        "Answers": "3",
        "Second tries": "1",
        "Reports": "1",
        "First day": "2 March 2026",
        "Last day": "9 March 2026",
    }
    assert "You have no code." in page
    assert learner_of(own_reader) not in page


def test_for_somebody_new_it_says_that_there_is_nothing(own_app: Flask, visitor: Visitor) -> None:
    nobody = Visitor(own_app.test_client(), htmx=visitor.htmx)
    before = rows(own_app)

    assert NOTHING in nobody.get("/my-data").text
    assert NOTHING in nobody.get("/my-data/delete").text
    assert NOTHING in nobody.post("/my-data/code", AGREED).text
    assert target(nobody.post("/my-data/delete", AGREED)) == "/my-data?done=deleted"
    assert target(nobody.post("/my-data/forget", AGREED)) == "/my-data?done=forgotten"

    assert told(nobody)["quizzes"] == []
    assert rows(own_app) == before
    assert learner_of(nobody) is None


def test_it_speaks_french(own_app: Flask, own_reader: Visitor) -> None:
    play(own_app, own_reader)

    page = own_reader.get("/my-data", Accept_Language="fr").text

    assert "Mes données" in page
    assert figures(page)["Réponses"] == "2"


def test_a_code_is_shown_once_and_then_only_told_of(own_app: Flask, own_reader: Visitor) -> None:
    play(own_app, own_reader)

    code = make_code(own_reader)

    page = own_reader.get("/my-data").text
    assert "You have a code, made on" in page
    assert "Your code brings them back." in page
    assert code not in page


def test_a_shared_computer_forgets_and_the_code_brings_it_back(own_app: Flask) -> None:
    account(own_app)
    visitor = Visitor(own_app.test_client())
    sign_in(visitor)
    quiz = play(own_app, visitor)
    code, before = make_code(visitor), rows(own_app)
    visitor.post("/language", {"language": "fr", "next": "/"})

    answer = visitor.post("/my-data/forget", AGREED)

    assert target(answer) == "/my-data?done=forgotten"
    assert "Clear-Site-Data" not in answer.headers  # over HTTP browsers would not obey
    assert rows(own_app) == before
    assert visitor.get(f"/attempts/{quiz}").status_code == 404
    assert is_in(visitor)
    assert 'lang="fr"' in visitor.get("/my-data").text
    assert resume(visitor, code).status_code == 303
    assert visitor.get(f"/attempts/{quiz}").status_code == 200


def test_over_https_the_browser_clears_what_it_kept(own_app: Flask) -> None:
    client = own_app.test_client()
    token = found(r'name="csrf_token" value="([^"]+)"', client.get("/", base_url="https://localhost").text)

    answer = client.post(
        "/my-data/forget",
        data={**AGREED, "csrf_token": token},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/my-data"},
    )

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.every_database
def test_the_download_has_everything(own_app: Flask, own_reader: Visitor) -> None:
    play(own_app, Visitor(own_app.test_client()))
    try_again(own_app, play(own_app, own_reader))
    test = play(own_app, own_reader)
    execute(own_app, "UPDATE attempt SET mode = 'test' WHERE public_id = :id", id=test)
    execute(own_app, "UPDATE response SET certainty = 2")
    make_code(own_reader)

    data = told(own_reader)

    shown = {quiz["id"]: quiz for quiz in data["quizzes"]}
    assert list(shown) == attempts_of(own_app, learner_of(own_reader))
    assert data["learner"] == learner_of(own_reader)
    assert data["resume_code_made"] is not None
    assert stored(own_app, learner_of(own_reader)) == Counter(
        (
            quiz["id"],
            question["position"],
            question["question"],
            tuple(question["options"]),
            *answer_in(question),
            (question["second_try"] or {}).get("chosen"),
            (question["report"] or {}).get("text"),
        )
        for quiz in data["quizzes"]
        for question in quiz["questions"]
    )
    verdicts = [
        (question["answer"] or {}).get("counted_right", "none") for question in shown[test]["questions"]
    ]
    assert verdicts == [None, None, "none", "none", "none"]
    execute(own_app, "UPDATE attempt SET closed_at = started_at WHERE public_id = :id", id=test)
    closed = next(quiz for quiz in told(own_reader)["quizzes"] if quiz["id"] == test)
    assert closed["questions"][0]["answer"]["counted_right"] is False
    assert closed["closed"].endswith("Z")


def answer_in(question: dict[str, Any]) -> tuple[str | None, str | None]:
    answer = question["answer"] or {}
    return answer.get("chosen"), answer.get("how_sure")


def stored(app: Flask, learner: str | None) -> Counter[tuple[Any, ...]]:
    """The same as the download tells of questions, from the rows."""
    statement = """
        SELECT a.public_id, i.position, i.id, o.token, o.option, v.stem, v.options,
               r.token AS chosen, r.certainty, s.token AS again, p.text
        FROM attempt a JOIN attempt_item i ON i.attempt_id = a.id JOIN item_version v ON v.id = i.item_version_id
        JOIN attempt_option o ON o.attempt_item_id = i.id LEFT JOIN response r ON r.attempt_item_id = i.id
        LEFT JOIN second_try s ON s.attempt_item_id = i.id LEFT JOIN report p ON p.attempt_item_id = i.id
        WHERE a.learner = :learner ORDER BY i.id, o.place
    """
    items: dict[int, list[Any]] = {}
    for row in query(app, statement, learner=learner):
        items.setdefault(row.id, []).append(row)
    told_of: Counter[tuple[Any, ...]] = Counter()
    for shown in items.values():
        first = shown[0]
        options = first.options if isinstance(first.options, list) else json.loads(first.options)
        texts = {row.token: options[row.option]["text"] for row in shown}
        sure = {None: None, 2: "fairly sure"}[first.certainty]
        chosen, again = texts.get(first.chosen), texts.get(first.again)
        told_of[
            (
                first.public_id,
                first.position,
                first.stem,
                tuple(texts.values()),
                chosen,
                sure,
                again,
                first.text,
            )
        ] += 1
    return told_of


def test_a1_of_an_open_test_the_download_is_the_same_whichever_option_is_right(
    own_app: Flask, own_reader: Visitor
) -> None:
    """Also where a wrong answer counts, by then, as right."""
    public_id = play(own_app, own_reader)
    try_again(own_app, public_id)
    execute(own_app, "UPDATE attempt SET mode = 'test', deadline = started_at")
    asked = questions(own_app, public_id)[1]
    (row,) = query(own_app, "SELECT options FROM item_version WHERE id = :id", id=asked.version)
    options = json.loads(row.options)
    bodies = set()
    with time_machine.travel("2026-11-22 09:00", tick=False):
        for key in range(len(options)):
            flipped = [
                {**option, "correct": n == key, "rationale": f"{n}"} for n, option in enumerate(options)
            ]
            execute(
                own_app,
                "UPDATE item_version SET options = :options, explanation = :key WHERE id = :id",
                options=json.dumps(flipped),
                key=str(key),
                id=asked.version,
            )
            execute(own_app, "UPDATE response SET correct = :right", right=bool(key % 2))
            execute(own_app, "UPDATE second_try SET correct = :right", right=bool(key % 2))
            bodies.add(own_reader.get("/my-data/download").data)

    assert len(options) >= 4
    assert len(bodies) == 1
    assert not {b"seed", b"rationale"} & set(re.findall(rb'"(\w+)":', bodies.pop()))


@pytest.mark.every_database
def test_deleting_takes_everything_of_this_learner_and_nothing_else(own_app: Flask) -> None:
    visitor, other = Visitor(own_app.test_client(), htmx=True), Visitor(own_app.test_client())
    before = rows(own_app, without=COUNTED)
    try_again(own_app, play(own_app, visitor))
    code = make_code(visitor)
    asked = visitor.get("/my-data/delete").text
    parts = ("1 quiz", "2 answers", "1 second try", "1 report, with your words")
    assert re.findall("<li>(.*?)</li>", asked)[:4] == list(parts)
    counted = rows(own_app)["option_count"]

    assert visitor.post("/my-data/delete").status_code == 422
    assert count(own_app, "attempt") == 1
    assert target(visitor.post("/my-data/delete", AGREED)) == "/my-data?done=deleted"

    assert rows(own_app, without=COUNTED) == before
    assert rows(own_app)["option_count"] == counted
    assert learner_of(visitor) is None
    page = visitor.get("/my-data?done=deleted").text
    assert "Nothing is stored about you any more." in page
    assert resume(other, code).status_code == 422
    assert WROTE not in page

    play(own_app, other)
    kept = rows(own_app)
    visitor.post("/my-data/delete", AGREED)
    assert rows(own_app) == kept


def test_the_cookie_lasts_a_year_from_the_last_visit(own_app: Flask) -> None:
    visitor = Visitor(own_app.test_client())
    account(own_app)
    with time_machine.travel("2026-03-02 08:00", tick=False) as clock:
        sign_in(visitor)
        quiz = play(own_app, visitor)
        assert is_in(visitor)
        for _ in range(2):
            clock.shift(364 * 86400)
            assert visitor.get("/my-data").status_code == 200
            assert not is_in(visitor)
        assert visitor.get(f"/attempts/{quiz}").status_code == 200
        clock.shift(366 * 86400)
        assert visitor.get(f"/attempts/{quiz}").status_code == 404


def test_the_page_of_a_new_code_can_be_loaded_again_and_no_later(app: Flask, visitor: Visitor) -> None:
    """Loading it again makes no other code, which would end the one just written down."""
    play(app, visitor)
    code = make_code(visitor)
    before = rows(app)

    assert code in visitor.get("/my-data/code").text
    assert rows(app) == before
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        assert code not in visitor.get("/my-data/code").text
