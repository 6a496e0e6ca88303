"""What anybody may know about the bank: the figures that the newest rebuild measured, and what they are about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.figures import Figures
from question_bank.testwise import CHANCE, VOTE_LIMIT
from quizapp.models.bank import TopicRow
from quizapp.models.log import REBUILD, AuditEntryRow
from quizapp.services.sources import Source, list_sources

__all__ = ["CHANCE", "VOTE_LIMIT", "BankReport", "Figures", "find_report"]

_FIGURES = TypeAdapter(Figures)


@dataclass(frozen=True, slots=True)
class BankReport:
    """A rebuild: when it was, the id that the same files always give, and what it measured."""

    built_at: dt.datetime
    build: str
    version: str
    figures: Figures
    sources: tuple[Source, ...]
    topics: dict[str, str]


def find_report(session: Session) -> BankReport | None:
    """The newest rebuild, or None: the bank was never built, or by a release that measured other figures."""
    entry = session.execute(
        select(AuditEntryRow.at, AuditEntryRow.details)
        .where(AuditEntryRow.action == REBUILD)
        .order_by(AuditEntryRow.id.desc())
        .limit(1)
    ).first()
    if entry is None:
        return None
    try:
        figures = _FIGURES.validate_python(entry.details.get("figures"))
    except ValidationError:
        return None
    return BankReport(
        built_at=entry.at,
        build=entry.details["build"],
        version=entry.details["version"],
        figures=figures,
        sources=list_sources(session),
        topics=_topic_titles(session),
    )


def _topic_titles(session: Session) -> dict[str, str]:
    rows = session.execute(select(TopicRow.id, TopicRow.title).order_by(TopicRow.position))
    return {row.id: row.title for row in rows}
