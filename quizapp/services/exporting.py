"""Exporting: questions as scripts and spreadsheets outside the project read them, piece by piece.

Whatever the size of the bank, only some hundred questions are in memory at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.bank import DocumentRow, ItemRow, ItemVersionRow
from quizapp.models.log import REBUILD, AuditEntryRow
from quizapp.services import csv_format

FORMATS = ("json", "csv")
BYTE_ORDER_MARK = "\ufeff"  # what some spreadsheets know UTF-8 by

_BATCH = 500
_CURRENT = (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version)


def export_pieces(
    session: Session, format_: str, uids: Iterable[str] | None = None, *, mark: bool = False
) -> Iterator[str]:
    """The approved questions, or those with the uids whatever their state, in the order of their uids."""
    ids = _ids(session, uids)
    if format_ == "json":
        yield from _json(session, ids)
    else:
        if mark:
            yield BYTE_ORDER_MARK
        yield from csv_format.lines_of(_records(session, ids), _letters(session), _most_options(session, ids))


def count_for_export(session: Session, uids: Iterable[str] | None = None) -> int:
    """How many questions an export would have."""
    return len(_ids(session, uids))


def bank_of(session: Session) -> dict[str, Any]:
    """What the bank was built from."""
    entry = session.scalars(
        select(AuditEntryRow)
        .where(AuditEntryRow.action == REBUILD)
        .order_by(AuditEntryRow.id.desc())
        .limit(1)
    ).first()
    documents = session.execute(select(DocumentRow.id, DocumentRow.sha256).order_by(DocumentRow.letter))
    return {
        "version": entry.details["version"] if entry else None,
        "build": entry.details["build"] if entry else None,
        "documents": [{"id": row.id, "sha256": row.sha256} for row in documents],
    }


def _ids(session: Session, uids: Iterable[str] | None) -> Sequence[int]:
    """In the order of the uids, sorted here: databases differ in how they order text."""
    query = select(ItemRow.uid, ItemRow.id)
    if uids is None:
        rows = [(row.uid, row.id) for row in session.execute(query.where(ItemRow.state == "approved"))]
    else:
        wanted = sorted(set(uids))
        rows = []
        for at in range(0, len(wanted), _BATCH):
            found = session.execute(query.where(ItemRow.uid.in_(wanted[at : at + _BATCH])))
            rows += [(row.uid, row.id) for row in found]
    return [item_id for _, item_id in sorted(rows)]


def _json(session: Session, ids: Sequence[int]) -> Iterator[str]:
    """As ``json.dumps`` writes the whole with an indent of 2."""
    head = _dumps({"bank": bank_of(session)}).removesuffix("\n}")
    yield f'{head},\n  "items": ['
    comma = ""
    for record in _records(session, ids):
        yield f"{comma}\n    " + _dumps(record).replace("\n", "\n    ")
        comma = ","
    yield "\n  ]\n}\n" if ids else "]\n}\n"


def _dumps(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _records(session: Session, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    for at in range(0, len(ids), _BATCH):
        batch = ids[at : at + _BATCH]
        rows = session.execute(_QUERY.where(ItemRow.id.in_(batch)))
        found = {row.id: row for row in rows}
        for item_id in batch:
            record = found[item_id]._asdict()
            del record["id"]
            yield record


# In the order of the documented shape.
_QUERY = select(
    ItemRow.id,
    ItemRow.uid,
    ItemVersionRow.number.label("version"),
    ItemRow.origin,
    ItemRow.state,
    ItemRow.topic_id.label("topic"),
    ItemVersionRow.model,
    ItemRow.family,
    ItemVersionRow.stem,
    ItemVersionRow.options,
    ItemVersionRow.explanation,
    ItemVersionRow.evidence,
    ItemRow.facts,
    ItemVersionRow.bloom,
    ItemVersionRow.stance,
    ItemVersionRow.speaker,
    ItemVersionRow.ordered,
    ItemVersionRow.difficulty,
).join(ItemVersionRow, _CURRENT)


def _most_options(session: Session, ids: Sequence[int]) -> int:
    most = 0
    for at in range(0, len(ids), _BATCH):
        batch = ids[at : at + _BATCH]
        options = session.scalars(
            select(ItemVersionRow.options).join(ItemRow, _CURRENT).where(ItemRow.id.in_(batch))
        )
        most = max(most, *(len(one) for one in options))
    return most


def _letters(session: Session) -> dict[str, str]:
    return {row.id: row.letter for row in session.execute(select(DocumentRow.id, DocumentRow.letter))}
