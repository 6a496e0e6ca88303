"""History: every version of a question, and everything that teachers need on the page of one question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.bank import DocumentRow, FactRow, ItemVersionRow, TopicRow
from quizapp.models.statistics import KeyCorrectionRow
from quizapp.services.conflicts import conflicts_of
from quizapp.services.editing import Question, get_question
from quizapp.services.findings import Finding, findings_on
from quizapp.services.log_list import Entry, LogFilter, list_entries
from quizapp.services.problems import VersionNotFoundError
from quizapp.services.reports import Report, reports_on
from quizapp.services.statistics import Series, statistics_of
from quizapp.services.versions import Content, content_of_row


@dataclass(frozen=True, slots=True)
class Version:
    """A version: what it said, who made it when and why, and whether its key has turned out wrong since."""

    number: int
    content: Content
    made_by: str
    made_at: dt.datetime
    note: str
    series: int
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact that a question asks for: what it says, and where; one that the seeds no longer hold has only its id."""

    id: str
    statement: str | None
    locator: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A question with all that is known of it."""

    question: Question
    topic: str
    facts: tuple[StatedFact, ...]
    findings: tuple[Finding, ...]
    series: tuple[Series, ...]
    reports: tuple[Report, ...]
    versions: tuple[Version, ...]
    entries: tuple[Entry, ...]
    conflicts: int


def overview_of(session: Session, uid: str) -> Overview:
    """Everything about the question; QuestionNotFoundError where there is none of that name."""
    question = get_question(session, uid)
    topic = session.execute(select(TopicRow.title).where(TopicRow.id == question.content.topic)).scalar()
    return Overview(
        question=question,
        topic=topic or question.content.topic,
        facts=_facts(session, question.content.facts),
        findings=findings_on(session, question.id),
        series=statistics_of(session, question.id),
        reports=reports_on(session, question.id),
        versions=versions_of(session, question.id),
        entries=list_entries(session, LogFilter(subject=uid)).entries,
        conflicts=len(conflicts_of(session, uid)),
    )


def versions_of(session: Session, item_id: int) -> tuple[Version, ...]:
    """Every version of an item, the newest first."""
    rows = session.execute(
        select(ItemVersionRow, KeyCorrectionRow.marks)
        .outerjoin(KeyCorrectionRow, KeyCorrectionRow.item_version_id == ItemVersionRow.id)
        .where(ItemVersionRow.item_id == item_id)
        .order_by(ItemVersionRow.number.desc())
    )
    return tuple(
        Version(
            number=row.ItemVersionRow.number,
            content=content_of_row(row.ItemVersionRow),
            made_by=row.ItemVersionRow.made_by,
            made_at=row.ItemVersionRow.made_at,
            note=row.ItemVersionRow.note,
            series=row.ItemVersionRow.series,
            is_corrected=row.marks is not None,
        )
        for row in rows
    )


def version_of(versions: tuple[Version, ...], number: int) -> Version:
    """The version with this number; VersionNotFoundError where there is none."""
    for version in versions:
        if version.number == number:
            return version
    raise VersionNotFoundError


def _facts(session: Session, ids: tuple[str, ...]) -> tuple[StatedFact, ...]:
    rows = session.execute(
        select(FactRow.id, FactRow.statement, FactRow.paragraph, DocumentRow.letter)
        .join(DocumentRow, DocumentRow.id == FactRow.document_id)
        .where(FactRow.id.in_(ids))
    )
    known = {row.id: StatedFact(row.id, row.statement, f"{row.letter}¶{row.paragraph}") for row in rows}
    return tuple(known.get(name) or StatedFact(name, None, "") for name in ids)
