"""Operating: what those who run the site ask of its data."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from quizapp.models.accounts import ADMINISTRATOR, AccountRow, AccountSessionRow
from quizapp.models.attempts import AttemptRow
from quizapp.models.bank import ItemRow, TopicRow
from quizapp.models.log import AuditEntryRow
from quizapp.models.reports import ReportRow


def revisions_of(session: Session) -> frozenset[str]:
    """The revision that the tables have."""
    return frozenset(session.scalars(text("SELECT version_num FROM alembic_version")))


def approved_by_topic(session: Session) -> dict[str, int]:
    """How many questions can be asked, for every topic in its order."""
    is_asked = (ItemRow.topic_id == TopicRow.id) & (ItemRow.state == "approved")
    found = session.execute(
        select(TopicRow.id, func.count(ItemRow.id))
        .outerjoin(ItemRow, is_asked)
        .group_by(TopicRow.id, TopicRow.position)
        .order_by(TopicRow.position)
    )
    return {row[0]: row[1] for row in found}


def count_administrators(session: Session) -> int:
    """How many may sign in and look after accounts."""
    wanted = select(func.count()).where(AccountRow.role == ADMINISTRATOR, AccountRow.active)
    return session.execute(wanted).scalar_one()


def count_open_reports(session: Session) -> int:
    """How many reports nobody has settled."""
    return session.execute(select(func.count()).where(ReportRow.state == "open")).scalar_one()


def last_event_at(session: Session) -> dt.datetime | None:
    """When something was last entered, by the clock of that time."""
    columns = (AttemptRow.started_at, AuditEntryRow.at, AccountSessionRow.seen_at)
    found = [session.execute(select(func.max(column))).scalar() for column in columns]
    return max((at for at in found if at is not None), default=None)
