"""What needs a teacher's attention, oldest first, and how the bank stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from quizapp.models.bank import ItemRow, ItemVersionRow, TopicRow
from quizapp.models.editing import ItemConflictRow
from quizapp.models.log import REBUILD, AuditEntryRow
from quizapp.models.reports import ReportRow
from quizapp.services.search import current_version

SHOWN = 5  # questions of each kind; the list has the others


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for somebody: since when, and for what in its own words, if it has any."""

    uid: str
    stem: str
    since: dt.datetime
    about: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that wait for the same: how many, and the oldest of them."""

    total: int
    oldest: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class TopicStates:
    """How many questions of a topic are in each state."""

    id: str
    title: str
    states: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rebuild:
    """When the bank was last built, which build it was, and what that changed."""

    at: dt.datetime
    build: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the first page tells."""

    reports: Group
    conflicts: Group
    suspended: Group
    in_review: Group
    drafts: Group
    topics: tuple[TopicStates, ...]
    rebuild: Rebuild | None


def get_overview(session: Session) -> Overview:
    """What waits, and what there is."""
    return Overview(
        reports=_reports(session),
        conflicts=_conflicts(session),
        suspended=_group(
            session, _items(ItemRow.updated_at, ItemRow.suspended).where(ItemRow.suspended.is_not(None))
        ),
        in_review=_group(session, _in_state("in_review")),
        drafts=_group(session, _in_state("draft")),
        topics=_topics(session),
        rebuild=_last_rebuild(session),
    )


def _items(since: Any, about: Any) -> Select[Any]:  # noqa: ANN401 - columns and expressions of any kind
    return (
        select(ItemRow.uid, ItemVersionRow.stem, since.label("since"), about.label("about"))
        .join(ItemVersionRow, current_version())
        .order_by(since, ItemRow.id)
    )


def _in_state(state: str) -> Select[Any]:
    return _items(ItemRow.updated_at, literal("")).where(ItemRow.state == state)


def _reports(session: Session) -> Group:
    """Reports that nobody has settled; a question with several stands there once for each."""
    about = ReportRow.reason + literal(": ") + ReportRow.text
    query = _items(ReportRow.made_at, about).join(ReportRow, ReportRow.item_id == ItemRow.id)
    return _group(session, query.where(ReportRow.state == "open"))


def _conflicts(session: Session) -> Group:
    """Questions with fields that a rebuild and a teacher both changed, each once."""
    fields = (
        select(
            ItemConflictRow.item_id,
            func.min(ItemConflictRow.found_at).label("since"),
            func.count().label("fields"),
        )
        .group_by(ItemConflictRow.item_id)
        .subquery()
    )
    return _group(
        session, _items(fields.c.since, fields.c.fields).join(fields, fields.c.item_id == ItemRow.id)
    )


def _group(session: Session, query: Select[Any]) -> Group:
    """Read one more than is shown: only a longer group is counted."""
    rows = session.execute(query.limit(SHOWN + 1)).all()
    total = len(rows)
    if total > SHOWN:
        total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return Group(total, tuple(Waiting(row.uid, row.stem, row.since, str(row.about)) for row in rows[:SHOWN]))


def _topics(session: Session) -> tuple[TopicStates, ...]:
    counts = session.execute(
        select(ItemRow.topic_id, ItemRow.state, func.count()).group_by(ItemRow.topic_id, ItemRow.state)
    )
    states: dict[str, dict[str, int]] = {}
    for topic, state, number in counts:
        states.setdefault(topic, {})[state] = number
    rows = session.execute(select(TopicRow.id, TopicRow.title).order_by(TopicRow.position))
    return tuple(TopicStates(row.id, row.title, states.get(row.id, {})) for row in rows)


def _last_rebuild(session: Session) -> Rebuild | None:
    row = session.execute(
        select(AuditEntryRow.at, AuditEntryRow.details)
        .where(AuditEntryRow.action == REBUILD)
        .order_by(AuditEntryRow.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    counts = {name: value for name, value in row.details.items() if isinstance(value, int)}
    return Rebuild(row.at, str(row.details.get("build", "")), counts)
