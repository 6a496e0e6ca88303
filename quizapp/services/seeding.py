"""Seeding: a finished build becomes the bank in the database, without losing what people made or learners answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, inspect, select, update
from sqlalchemy.orm import Session

from question_bank.build import Build
from question_bank.figures import Figures
from question_bank.items import Item, fingerprint
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.log import REBUILD, AuditEntryRow
from quizapp.services.mirroring import mirror

Progress = Callable[[str, int, int], None]

_OURS = frozenset({"generated", "curated"})  # origins that a rebuild may change; teachers' items are theirs


@dataclass(frozen=True, slots=True)
class Known:
    """An item that the database holds."""

    id: int
    uid: str
    origin: str
    state: str
    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rebuild will do; made without writing, so that a dry run prints the very same."""

    added: tuple[Item, ...]
    changed: tuple[tuple[Known, Item], ...]
    unchanged: int
    retired: tuple[Known, ...]
    kept: int

    @property
    def counts(self) -> dict[str, int]:
        """The numbers that ``seed-questions`` prints."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "retired": len(self.retired),
            "kept": self.kept,
        }


def plan(session: Session, build: Build) -> Plan:
    """Compare the build with the bank, item by item, by the fingerprint of what a learner can notice."""
    known = {item.uid: item for item in _known_items(session)}
    built = {item.uid: item for item in build.items}
    teachers = {uid for uid, item in known.items() if item.origin not in _OURS}
    changed = []
    unchanged = 0
    for uid in built.keys() & known.keys() - teachers:
        if known[uid].fingerprint == fingerprint(built[uid]) and known[uid].state == built[uid].state:
            unchanged += 1
        else:
            changed.append((known[uid], built[uid]))
    gone = [
        item
        for uid, item in known.items()
        if uid not in built and uid not in teachers and item.state != "retired"
    ]
    return Plan(
        added=tuple(built[uid] for uid in sorted(built.keys() - known.keys())),
        changed=tuple(sorted(changed, key=lambda pair: pair[0].uid)),
        unchanged=unchanged,
        retired=tuple(sorted(gone, key=lambda item: item.uid)),
        kept=len(teachers),
    )


def apply(
    session: Session, build: Build, todo: Plan, *, figures: Figures, now: dt.datetime, progress: Progress
) -> None:
    """Carry the plan out in the session's transaction: documents and facts first, then items, then the log entry.

    The entry keeps the build's figures, so that what is told about a bank is always about the one that is in use.
    """
    mirror(session, build.base)
    _add(session, todo.added, now)
    progress("writing", len(todo.added), len(todo.added) + len(todo.changed))
    for done, (old, item) in enumerate(todo.changed, start=1):
        _change(session, old, item, now)
        progress("writing", len(todo.added) + done, len(todo.added) + len(todo.changed))
    if todo.retired:
        ids = [item.id for item in todo.retired]
        session.execute(update(ItemRow).where(ItemRow.id.in_(ids)).values(state="retired"))
    told = {"build": build.build, "version": build.version, **todo.counts, "figures": figures.to_record()}
    session.add(AuditEntryRow(at=now, actor="command line", action=REBUILD, details=told))


def is_empty(session: Session) -> bool:
    """Whether the bank has never been built."""
    return not _has_tables(session) or session.execute(select(ItemRow.id).limit(1)).first() is None


def _known_items(session: Session) -> Sequence[Known]:
    if not _has_tables(session):
        return []  # a dry run on a database that was never set up
    rows = session.execute(
        select(
            ItemRow.id,
            ItemRow.uid,
            ItemRow.origin,
            ItemRow.state,
            ItemRow.current_version,
            ItemVersionRow.fingerprint,
        ).join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
    )
    return [Known(*row) for row in rows]


def _has_tables(session: Session) -> bool:
    return inspect(session.connection()).has_table(ItemRow.__tablename__)


def _add(session: Session, items: Sequence[Item], now: dt.datetime) -> None:
    if not items:
        return
    ids = session.execute(
        insert(ItemRow).returning(ItemRow.id, sort_by_parameter_order=True),
        [{"uid": item.uid, "current_version": 1, **_standing(item)} for item in items],
    ).scalars()
    versions = [_version(item, item_id, 1, now) for item_id, item in zip(ids, items, strict=True)]
    session.execute(insert(ItemVersionRow), versions)


def _change(session: Session, old: Known, item: Item, now: dt.datetime) -> None:
    """A new version where the words changed; an item that only comes back from retirement keeps its version."""
    number = old.version
    if old.fingerprint != fingerprint(item):
        number += 1
        session.execute(insert(ItemVersionRow), [_version(item, old.id, number, now)])
    session.execute(
        update(ItemRow).where(ItemRow.id == old.id).values(current_version=number, **_standing(item))
    )


def _standing(item: Item) -> dict[str, Any]:
    """What quizzes are chosen by; it follows the current version."""
    return {
        "origin": item.origin,
        "state": item.state,
        "topic_id": item.topic,
        "family": item.family,
        "facts": list(item.facts),
        "enemies": list(item.enemies),
        "camp": item.camp,
    }


def _version(item: Item, item_id: int, number: int, now: dt.datetime) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "number": number,
        "fingerprint": fingerprint(item),
        "made_at": now,
        "model": item.model,
        "stem": item.stem,
        "options": [
            {
                "text": option.text,
                "correct": option.correct,
                "rationale": option.rationale,
                "reason": option.reason,
                "evidence": [quotation.model_dump() for quotation in option.evidence],
            }
            for option in item.options
        ],
        "explanation": item.explanation,
        "evidence": [quotation.model_dump() for quotation in item.evidence],
        "bloom": item.bloom,
        "stance": item.stance,
        "speaker": item.speaker,
        "ordered": item.ordered,
        "difficulty": item.difficulty,
        "design": item.design,
        "since_then": item.since_then.model_dump(mode="json") if item.since_then else None,
    }
