"""Own data: everything that is stored of a learner, written out for the learner.

Nothing of a test that is open says what is right: there the answers stand without a verdict. Random numbers that only
the program uses are left out; the seed of a quiz, too, since it tells in which order options were shuffled.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quizapp.models.attempts import (
    AttemptItemRow,
    AttemptOptionRow,
    AttemptRow,
    ResponseRow,
    SecondTryRow,
)
from quizapp.models.bank import ItemVersionRow, TopicRow
from quizapp.models.reports import ReportRow
from quizapp.services.resuming import code_made_at

CERTAINTY = {1: "not sure", 2: "fairly sure", 3: "sure"}


def written_out(session: Session, learner: str | None, about: str, now: dt.datetime) -> Iterator[bytes]:
    """A JSON document, quiz by quiz, so that no more than one is held as rows at a time."""
    head = {
        "about": about,
        "made": _iso(now),
        "learner": learner,
        "resume_code_made": _iso(code_made_at(session, learner)),
    }
    yield _json(head).removesuffix("\n}").encode() + b',\n "quizzes": ['
    attempts = select(AttemptRow).where(AttemptRow.learner == learner).order_by(AttemptRow.id)
    separator = b"\n"
    for attempt in session.scalars(attempts).all():
        yield separator + _json(_quiz(session, attempt)).encode()
        separator = b",\n"
    yield b"\n ]\n}\n"


def _quiz(session: Session, attempt: AttemptRow) -> dict[str, Any]:
    rows = session.execute(
        select(
            AttemptItemRow.id,
            AttemptItemRow.position,
            TopicRow.title,
            ItemVersionRow.stem,
            ItemVersionRow.options,
            ResponseRow,
            SecondTryRow,
            ReportRow,
        )
        .join(TopicRow, TopicRow.id == AttemptItemRow.topic_id)
        .join(ItemVersionRow, ItemVersionRow.id == AttemptItemRow.item_version_id)
        .outerjoin(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id)
        .outerjoin(SecondTryRow, SecondTryRow.attempt_item_id == AttemptItemRow.id)
        .outerjoin(ReportRow, ReportRow.attempt_item_id == AttemptItemRow.id)
        .where(AttemptItemRow.attempt_id == attempt.id)
        .order_by(AttemptItemRow.position)
    ).all()
    shown = _places(session, attempt.id)
    is_open_test = attempt.mode == "test" and attempt.closed_at is None
    return {
        "id": attempt.public_id,
        "mode": attempt.mode,
        "topics": attempt.topics,
        "length": attempt.length,
        "offers_second_try": attempt.second_try,
        "asks_how_sure": attempt.asks_certainty,
        "began": _iso(attempt.started_at),
        "deadline": _iso(attempt.deadline),
        "closed": _iso(attempt.closed_at),
        "questions": [_question(row, shown[row.id], tells=not is_open_test) for row in rows],
    }


def _places(session: Session, attempt_id: int) -> dict[int, dict[str, int]]:
    """For each item of the attempt its options from the top: token and place in the version."""
    rows = session.execute(
        select(AttemptOptionRow.attempt_item_id, AttemptOptionRow.token, AttemptOptionRow.option)
        .join(AttemptItemRow, AttemptItemRow.id == AttemptOptionRow.attempt_item_id)
        .where(AttemptItemRow.attempt_id == attempt_id)
        .order_by(AttemptOptionRow.place)
    )
    places: dict[int, dict[str, int]] = {}
    for row in rows:
        places.setdefault(row.attempt_item_id, {})[row.token] = row.option
    return places


def _question(row: Row[Any], places: Mapping[str, int], *, tells: bool) -> dict[str, Any]:
    texts = {token: row.options[option]["text"] for token, option in places.items()}
    return {
        "position": row.position,
        "topic": row.title,
        "question": row.stem,
        "options": list(texts.values()),
        "answer": _answer(row.ResponseRow, texts, tells=tells),
        "second_try": _second_try(row.SecondTryRow, texts, tells=tells),
        "report": _report(row.ReportRow),
    }


def _answer(response: ResponseRow | None, texts: Mapping[str, str], *, tells: bool) -> dict[str, Any] | None:
    if response is None:
        return None
    return {
        "chosen": texts[response.token],
        "at": _iso(response.responded_at),
        "how_sure": CERTAINTY.get(response.certainty or 0),
        "counted_right": response.correct if tells else None,
    }


def _second_try(
    second: SecondTryRow | None, texts: Mapping[str, str], *, tells: bool
) -> dict[str, Any] | None:
    if second is None:
        return None
    return {
        "chosen": texts.get(second.token or ""),
        "at": _iso(second.responded_at),
        "was_right": second.correct if tells else None,
    }


def _report(report: ReportRow | None) -> dict[str, Any] | None:
    """Without the teacher who settled it: that is somebody else's data."""
    if report is None:
        return None
    return {
        "reason": report.reason,
        "text": report.text,
        "at": _iso(report.made_at),
        "settled": _iso(report.settled_at),
    }


def _iso(at: dt.datetime | None) -> str | None:
    if at is None:
        return None
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
