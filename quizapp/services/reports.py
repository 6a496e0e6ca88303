"""Reports: what learners say is wrong with a question, until a teacher has settled it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.marking import mark
from quizapp.models.attempts import AttemptItemRow, AttemptRow
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.reports import ReportRow
from quizapp.services import log
from quizapp.services.attempts import get_attempt
from quizapp.services.counting import upsert
from quizapp.services.problems import NotReadyError, ReportNotFoundError, TooManyReportsError

LONGEST = 1000  # characters of a report
MOST = 20  # reports of one learner in a day
_DAY = dt.timedelta(days=1)

REASONS = {
    "key": mark("The answer is wrong"),
    "other": mark("Another answer is right, too"),
    "unclear": mark("The question is unclear"),
    "source": mark("The source does not say so"),
    "typo": mark("There is a slip in the words"),
    "else": mark("Something else"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a learner reported, on which version."""

    id: int
    version: int
    reason: str
    text: str
    is_open: bool
    made_at: dt.datetime
    settled_at: dt.datetime | None
    settled_by: str | None


def report(  # noqa: PLR0913 - what makes a report, each by its name
    session: Session,
    *,
    public_id: str,
    learner: str | None,
    position: int,
    reason: str,
    text: str,
    now: dt.datetime,
) -> bool:
    """Keep what a learner says of a question that they were told the answer of; a second report on it changes nothing.

    Answers whether it was kept. Raises AttemptNotFoundError and ItemNotFoundError, and NotReadyError before the answer
    is told: what is reported is what was shown with it. TooManyReportsError after MOST in a day.
    """
    attempt = get_attempt(session, public_id, learner)
    step = attempt.step(position)
    if _reported_since(session, attempt.learner, now - _DAY) >= MOST:
        raise TooManyReportsError
    if not attempt.has_told(step) or reason not in REASONS:
        raise NotReadyError((mark("Answer the question first, and say what is wrong with it."),))
    version = select(AttemptItemRow.item_version_id).where(AttemptItemRow.id == step.attempt_item_id)
    values = {
        "item_id": step.item_id,
        "item_version_id": version.scalar_subquery(),
        "attempt_item_id": step.attempt_item_id,
        "reason": reason,
        "text": text.strip()[:LONGEST],
        "state": "open",
        "made_at": now,
    }
    statement = upsert(session, ReportRow).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=[ReportRow.attempt_item_id])
    return session.execute(statement.returning(ReportRow.id)).scalar() is not None


def _reported_since(session: Session, learner: str, since: dt.datetime) -> int:
    return session.execute(
        select(func.count())
        .select_from(ReportRow)
        .join(AttemptItemRow, AttemptItemRow.id == ReportRow.attempt_item_id)
        .join(AttemptRow, AttemptRow.id == AttemptItemRow.attempt_id)
        .where(AttemptRow.learner == learner, ReportRow.made_at > since)
    ).scalar_one()


def reports_on(session: Session, item_id: int) -> tuple[Report, ...]:
    """Every report on an item: open ones first, then the newest."""
    rows = session.execute(
        select(ReportRow, ItemVersionRow.number)
        .join(ItemVersionRow, ItemVersionRow.id == ReportRow.item_version_id)
        .where(ReportRow.item_id == item_id)
        .order_by(ReportRow.state, ReportRow.id.desc())
    )
    return tuple(
        Report(
            id=row.ReportRow.id,
            version=row.number,
            reason=row.ReportRow.reason,
            text=row.ReportRow.text,
            is_open=row.ReportRow.state == "open",
            made_at=row.ReportRow.made_at,
            settled_at=row.ReportRow.settled_at,
            settled_by=row.ReportRow.settled_by,
        )
        for row in rows
    )


def settle(session: Session, *, uid: str, report_id: int, teacher: str, now: dt.datetime) -> None:
    """Say that a report on this question needs no more; settling it twice changes nothing.

    Raises ReportNotFoundError where the question has no such report.
    """
    state = session.execute(
        select(ReportRow.state)
        .join(ItemRow, ItemRow.id == ReportRow.item_id)
        .where(ReportRow.id == report_id, ItemRow.uid == uid)
        .with_for_update()
    ).scalar()
    if state is None:
        raise ReportNotFoundError
    if state == "settled":
        return
    session.execute(
        update(ReportRow)
        .where(ReportRow.id == report_id)
        .values(state="settled", settled_at=now, settled_by=teacher)
    )
    log.record(session, actor=teacher, action="settle", subject=uid, details={"report": report_id}, now=now)
