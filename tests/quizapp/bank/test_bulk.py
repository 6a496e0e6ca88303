"""Many questions at once: chosen one by one or as a list, with a reason, told what came of it, and taken back."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.bank import forms
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import Visitor, execute, query, rows, target

LIST = "/admin/questions"

pytestmark = pytest.mark.every_database


@pytest.fixture(params=["plain", "htmx"])
def teacher(own_app: Flask, request: pytest.FixtureRequest) -> SignedIn:
    return signed_in(own_app, htmx=request.param == "htmx")


def some_uids(app: Flask, number: int = 3) -> list[str]:
    return [row.uid for row in query(app, "SELECT uid FROM item ORDER BY id LIMIT :n", n=number)]


def state_of(app: Flask, uid: str) -> str:
    return str(query(app, "SELECT state FROM item WHERE uid = :uid", uid=uid)[0].state)


def followed(teacher: SignedIn, answer: TestResponse) -> str:
    """The page that the browser loads next."""
    assert answer.status_code == (204 if teacher.htmx else 303), answer.text
    return teacher.client.get(target(answer)).text


def undo_address(page: str) -> str:
    found = re.search(r'action="(/admin/undo/\d+)"', page)
    assert found is not None
    return found[1]


def test_chosen_questions_are_retired_and_the_change_is_taken_back(own_app: Flask, teacher: SignedIn) -> None:
    uids = some_uids(own_app)
    kept = {"topic": "referendum", "order": "uid", "page": "1"}

    answer = teacher.post(LIST, {"uid": uids, "to": "retired", "why": "Out of date", **kept})
    assert target(answer) == f"{LIST}?topic=referendum&order=uid"
    page = followed(teacher, answer)

    assert "3 questions retired." in page
    assert [state_of(own_app, uid) for uid in uids] == ["retired"] * 3

    page = followed(teacher, teacher.post(undo_address(page), kept))

    assert "3 questions put back." in page
    assert [state_of(own_app, uid) for uid in uids] == ["approved"] * 3


def test_a_message_is_shown_once(own_app: Flask, teacher: SignedIn) -> None:
    answer = teacher.post(LIST, {"uid": some_uids(own_app, 1), "to": "in_review"})

    assert "1 question sent to review." in followed(teacher, answer)
    assert "sent to review" not in teacher.client.get(LIST).text


def test_those_refused_are_named_with_their_reasons(own_app: Flask, teacher: SignedIn) -> None:
    uids = some_uids(own_app, 12)
    execute(own_app, "UPDATE item SET state = 'retired' WHERE id > 1")

    page = followed(teacher, teacher.post(LIST, {"uid": uids, "to": "retired", "why": "Old"}))

    assert "1 question retired." in page
    assert "11 questions stayed as they were:" in page
    assert "A question that is retired cannot become retired." in page
    assert "and 3 more" in page


def test_when_nothing_changes_there_is_nothing_to_undo(own_app: Flask, teacher: SignedIn) -> None:
    page = followed(teacher, teacher.post(LIST, {"uid": ["no-such-question"], "to": "in_review"}))

    assert "No question was changed." in page
    assert "/admin/undo/" not in page


def test_a_whole_list_is_changed_as_it_was_seen(own_app: Flask, teacher: SignedIn) -> None:
    here = {"fact": "NC-A01", "state": "approved"}
    wanted = query(
        own_app,
        "SELECT uid FROM item JOIN item_fact ON item_id = id WHERE fact_id = 'NC-A01' AND state = 'approved'",
    )
    number = len(wanted)

    page = followed(teacher, teacher.post(LIST, {**here, "all": "1", "seen": str(number), "to": "in_review"}))

    assert number
    assert "sent to review." in page
    assert {state_of(own_app, row.uid) for row in wanted} == {"in_review"}
    assert query(own_app, "SELECT count(*) AS n FROM item WHERE state = 'in_review'")[0].n == number


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose at least one question."),
        ({"to": "retired", "why": "x"}, "Choose at least one question."),
        ({"uid": "any"}, "Choose what to do with them."),
        ({"uid": "any", "to": "published"}, "Choose what to do with them."),
        ({"uid": "any", "to": "retired"}, "Say why"),
        ({"uid": "any", "to": "draft", "why": "  "}, "Say why"),
        ({"uid": "any", "to": "approved", "why": "x" * 501}, "at most 500 letters"),
        ({"all": "1", "seen": "3", "to": "approved"}, "The list has changed"),
        ({"all": "1", "to": "approved"}, "The list has changed"),
        ({"all": "1", "seen": "many", "to": "approved"}, "Choose"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost_or_changed(
    own_app: Flask, sent: dict[str, str], words: str
) -> None:
    teacher = signed_in(own_app)
    uid = some_uids(own_app, 1)[0]
    before = rows(own_app)
    sent = {name: uid if value == "any" else value for name, value in sent.items()}

    answer = teacher.post(LIST, {"order": "uid", "text": "", **sent, "uid": sent.get("uid", [])})

    assert answer.status_code == 422
    if words != "Choose":
        assert words in answer.text
    assert f'value="{sent.get("why", "")}"' in answer.text
    assert rows(own_app) == before


def test_what_was_chosen_stays_chosen_when_something_is_missing(own_app: Flask) -> None:
    teacher = signed_in(own_app, htmx=True)
    uid = re.findall(r'name="uid" value="([^"]+)"', teacher.get(LIST).text)[0]

    answer = teacher.post(LIST, {"uid": uid, "to": "retired"})

    assert f'name="uid" value="{uid}" checked' in answer.text
    assert '<option value="retired" selected>' in answer.text
    assert answer.text.startswith('<div class="questions" id="questions"')


def test_a_list_too_long_is_not_changed_at_once(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST", 2)
    teacher = signed_in(own_app)
    before = rows(own_app)
    number = str(query(own_app, "SELECT count(*) AS n FROM item")[0].n)

    whole = teacher.post(LIST, {"all": "1", "seen": number, "to": "in_review"})
    single = teacher.post(LIST, {"uid": some_uids(own_app), "to": "in_review"})

    assert whole.status_code == single.status_code == 422
    assert "Narrow it to 2" in whole.text
    assert "too many at once" in single.text
    assert rows(own_app) == before


def test_without_a_form_token_nothing_happens(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    before = rows(own_app)

    answer = teacher.client.post(LIST, data={"uid": some_uids(own_app), "to": "in_review"})

    assert answer.status_code == 403
    assert rows(own_app) == before


def test_only_what_was_done_in_many_can_be_undone(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    before = rows(own_app)

    for entry in ("1", "999999"):
        assert teacher.post(f"/admin/undo/{entry}").status_code == 404
    assert rows(own_app) == before


def test_students_are_not_asked_what_was_retired(own_app: Flask) -> None:
    teacher = signed_in(own_app)
    kept = some_uids(own_app, 5)
    total = query(own_app, "SELECT count(*) AS n FROM item WHERE state = 'approved'")[0].n
    teacher.post(LIST, {"all": "1", "seen": str(total), "to": "retired", "why": "All", "state": "approved"})
    execute(own_app, "UPDATE item SET state = 'approved' WHERE id <= 5")

    reader = Visitor(own_app.test_client())
    reader.start(length=5)

    asked = query(own_app, "SELECT i.uid FROM attempt_item a JOIN item i ON i.id = a.item_id")
    assert {row.uid for row in asked} <= set(kept)
