"""Exporting: the approved bank as scripts outside the project read it."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.bank import DocumentRow, ItemRow, ItemVersionRow
from quizapp.models.log import AuditEntryRow


def export_bank(session: Session) -> dict[str, Any]:
    """The approved items and what they were built from, in the documented shape and in the order of their uids."""
    entry = session.scalars(
        select(AuditEntryRow)
        .where(AuditEntryRow.action == "seed-questions")
        .order_by(AuditEntryRow.id.desc())
        .limit(1)
    ).first()
    documents = session.execute(select(DocumentRow.id, DocumentRow.sha256).order_by(DocumentRow.letter))
    rows = session.execute(
        select(ItemRow, ItemVersionRow)
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
        .where(ItemRow.state == "approved")
    )
    return {
        "bank": {
            "version": entry.details["version"] if entry else None,
            "build": entry.details["build"] if entry else None,
            "documents": [{"id": row.id, "sha256": row.sha256} for row in documents],
        },
        # sorted here: databases differ in how they order text
        "items": sorted((_record(item, version) for item, version in rows), key=itemgetter("uid")),
    }


def _record(item: ItemRow, version: ItemVersionRow) -> dict[str, Any]:
    return {
        "uid": item.uid,
        "version": version.number,
        "origin": item.origin,
        "state": item.state,
        "topic": item.topic_id,
        "model": version.model,
        "family": item.family,
        "stem": version.stem,
        "options": version.options,
        "explanation": version.explanation,
        "evidence": version.evidence,
        "facts": item.facts,
        "bloom": version.bloom,
        "stance": version.stance,
        "speaker": version.speaker,
        "ordered": version.ordered,
        "difficulty": version.difficulty,
    }
