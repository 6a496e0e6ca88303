"""The page of a conflict: three versions side by side, and three things that a teacher may do."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from flask import Flask

from tests.quizapp.services.questions import an_approved, log_of, read
from tests.quizapp.teachers import SignedIn, signed_in
from tests.quizapp.visitors import count, execute, rows

THEIRS = "What did the rebuild ask, in 2018?"


@pytest.fixture
def disputed(own_app: Flask) -> str:
    """The uid of a question whose stem and options a rebuild has changed as well."""
    one = an_approved(own_app)
    options = [
        {
            "text": option.text.upper(),
            "correct": option.correct,
            "rationale": option.rationale,
            "reason": option.reason,
            "evidence": [],
        }
        for option in one.content.options
    ]
    for field, value in (("stem", THEIRS), ("options", options)):
        execute(
            own_app,
            "INSERT INTO item_conflict (item_id, field, theirs, fingerprint, found_at)"
            " VALUES (:id, :field, :theirs, 'abc123', '2026-03-02 09:30:00.000000')",
            id=one.id,
            field=field,
            theirs=json.dumps({"value": value}),
        )
    return one.uid


def send(teacher: SignedIn, uid: str, **fields: Any) -> Any:
    return teacher.post(
        f"/admin/questions/{uid}/conflicts", {"version": "1", "fingerprint": "abc123", **fields}
    )


@pytest.mark.every_database
def test_it_shows_all_three(own_app: Flask, disputed: str) -> None:
    teacher = signed_in(own_app)

    told = html.unescape(teacher.get(f"/admin/questions/{disputed}/conflicts").text)

    for words in (
        "Before both",
        "Yours, in use now",
        "New from the rebuild",
        read(own_app, disputed).content.stem,
    ):
        assert words in told
    assert "<ins>" in told
    assert f'href="/admin/questions/{disputed}/conflicts"' in teacher.get(f"/admin/questions/{disputed}").text


def test_where_nothing_waits_the_page_says_so(app: Flask) -> None:
    told = signed_in(app).get(f"/admin/questions/{an_approved(app).uid}/conflicts").text

    assert "Nothing waits for a decision here." in told


def test_part_of_it_can_be_decided(own_app: Flask, disputed: str) -> None:
    answer = send(
        signed_in(own_app), disputed, what="decide", **{"choice-stem": "theirs", "choice-options": ""}
    )

    assert answer.status_code == 303
    assert read(own_app, disputed).content.stem == THEIRS
    assert count(own_app, "item_conflict") == 1


@pytest.mark.every_database
def test_mine_stays(own_app: Flask, disputed: str) -> None:
    before = read(own_app, disputed)

    answer = send(
        signed_in(own_app), disputed, what="decide", **{"choice-stem": "mine", "choice-options": "mine"}
    )

    assert answer.status_code == 303
    assert read(own_app, disputed).content == before.content
    assert count(own_app, "item_conflict") == 0
    assert len(log_of(own_app, "conflict")) == 1


def test_the_whole_version_can_be_declined(own_app: Flask, disputed: str) -> None:
    before = read(own_app, disputed)

    assert send(signed_in(own_app), disputed, what="decline").status_code == 303

    assert read(own_app, disputed).content.stem == before.content.stem
    assert count(own_app, "item_conflict") == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"what": "decide"},
        {"what": "decide", "choice-stem": "neither"},
        {"what": "burn"},
        {"what": "decide", "choice-stem": "mine", "version": ""},
        {"what": "decide", "choice-stem": "mine", "fingerprint": "<b>"},
    ],
)
def test_what_is_incomplete_changes_nothing(own_app: Flask, disputed: str, fields: dict[str, str]) -> None:
    teacher = signed_in(own_app)
    before = rows(own_app)

    answer = send(teacher, disputed, **fields)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert rows(own_app) == before


def test_what_makes_no_whole_question_is_refused(own_app: Flask, disputed: str) -> None:
    execute(
        own_app, "UPDATE item_conflict SET theirs = :v WHERE field = 'options'", v=json.dumps({"value": []})
    )

    answer = send(signed_in(own_app), disputed, what="decide", **{"choice-options": "theirs"})

    assert answer.status_code == 422
    assert "It has 0 options" in answer.text
    assert 'value="theirs" checked' in answer.text


@pytest.mark.parametrize("changes", [{"version": "9"}, {"fingerprint": "fff"}])
def test_what_has_changed_meanwhile_is_looked_at_first(
    own_app: Flask, disputed: str, changes: dict[str, str]
) -> None:
    answer = send(signed_in(own_app), disputed, what="decide", **{"choice-stem": "theirs", **changes})

    assert answer.status_code == 409
    assert read(own_app, disputed).number == 1


def test_a_question_that_is_built_no_longer_is_retired_if_so_decided(own_app: Flask) -> None:
    one = an_approved(own_app)
    execute(
        own_app,
        "INSERT INTO item_conflict (item_id, field, theirs, fingerprint, found_at)"
        " VALUES (:id, 'state', :theirs, '', '2026-03-02 09:30:00.000000')",
        id=one.id,
        theirs=json.dumps({"value": "retired"}),
    )
    teacher = signed_in(own_app)

    assert "<ins>Retired</ins>" in teacher.get(f"/admin/questions/{one.uid}/conflicts").text
    answer = send(teacher, one.uid, what="decide", fingerprint="", **{"choice-state": "theirs"})

    assert answer.status_code == 303
    assert read(own_app, one.uid).state == "retired"
