"""Seeding: a finished build becomes the bank in the database, without losing what people made or learners answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from question_bank.build import Build
from question_bank.figures import Figures
from question_bank.items import Item
from quizapp.marking import mark
from quizapp.models.bank import ItemRow
from quizapp.models.editing import ItemBaseRow, ItemConflictRow
from quizapp.models.log import REBUILD
from quizapp.services import log
from quizapp.services.findings import Finding, check_content, store_findings
from quizapp.services.known import STATE, contents_of, has_tables, standing_of
from quizapp.services.mirroring import mirror
from quizapp.services.plan import Plan, Step
from quizapp.services.planning import plan
from quizapp.services.series import keeps_series
from quizapp.services.versions import (
    Content,
    NewVersion,
    add_versions,
    content_of_item,
    fingerprint,
    record_of,
)

Progress = Callable[[str, int, int], None]

FOLLOWED = mark("Rebuild: %(fields)s")  # the note of a version that takes over what a rebuild changed


def rebuild(
    session: Session, build: Build, *, figures: Figures, now: dt.datetime, progress: Progress
) -> Plan:
    """Plan and carry the plan out in one transaction; teachers who save meanwhile wait, and see what came of it."""
    session.execute(select(ItemRow.id).order_by(ItemRow.id).with_for_update(key_share=True))
    todo = plan(session, build, now)
    apply(session, build, todo, figures=figures, now=now, progress=progress)
    return todo


def apply(
    session: Session, build: Build, todo: Plan, *, figures: Figures, now: dt.datetime, progress: Progress
) -> None:
    """Write what is planned: documents and facts first, then items, then the log entry.

    The entry keeps the build's figures, so that what is told about a bank is always about the one that is in use.
    """
    mirror(session, build.base, now)
    steps = [step for step in todo.steps if not step.is_at_rest]
    total = len(todo.added) + len(steps)
    _add(session, todo.added, now)
    progress("writing", len(todo.added), total)
    for done, step in enumerate(steps, start=len(todo.added) + 1):
        _take(session, step, now)
        progress("writing", done, total)
    for item_id, reason in todo.written_suspended.items():
        values = {"state": "in_review", "suspended": reason, "updated_at": now}
        session.execute(update(ItemRow).where(ItemRow.id == item_id).values(values))
    store_findings(session, _findings(session, build, todo))
    told = {
        "build": build.build,
        "version": build.version,
        **todo.counts,
        **todo.lists,
        "figures": figures.to_record(),
    }
    log.record(session, actor=log.COMMAND_LINE, action=REBUILD, now=now, details=told)


def is_empty(session: Session) -> bool:
    """Whether the bank has never been built."""
    return not has_tables(session) or session.execute(select(ItemRow.id).limit(1)).first() is None


def _add(session: Session, items: Sequence[Item], now: dt.datetime) -> None:
    if not items:
        return
    contents = [content_of_item(item) for item in items]
    rows = [
        {
            "uid": item.uid,
            "state": item.state,
            "current_version": 1,
            "updated_at": now,
            **standing_of(item),
            **_led_by(content),
        }
        for item, content in zip(items, contents, strict=True)
    ]
    ids = session.scalars(insert(ItemRow).returning(ItemRow.id, sort_by_parameter_order=True), rows).all()
    add_versions(
        session,
        [
            NewVersion(item_id, 1, content, made_by=log.COMMAND_LINE, made_at=now)
            for item_id, content in zip(ids, contents, strict=True)
        ],
    )
    session.execute(
        insert(ItemBaseRow),
        [
            {"item_id": item_id, **base_values(content, item.state)}
            for item_id, content, item in zip(ids, contents, items, strict=True)
        ],
    )


def base_values(content: Content, state: str) -> dict[str, Any]:
    """What the base of an item holds: the generator's word on its content and on its state."""
    return {"fingerprint": fingerprint(content), "content": record_of(content) | {STATE: state}}


def _take(session: Session, step: Step, now: dt.datetime) -> None:
    """Write what is to change of an item, and nothing else."""
    old = step.known
    values = dict(step.standing)
    if step.is_new_version:
        number = old.number + 1
        series = old.series if keeps_series(old.content, step.content, cosmetic=False) else number
        note = FOLLOWED % {"fields": _named(step.followed)}
        add_versions(
            session,
            [NewVersion(old.id, number, step.content, log.COMMAND_LINE, now, note=note, series=series)],
        )
        values |= {"current_version": number, "updated_at": now, **_led_by(step.content)}
    if (step.stored_state, step.suspended) != (old.state, old.suspended):
        values |= {"state": step.stored_state, "suspended": step.suspended, "updated_at": now}
    session.execute(update(ItemRow).where(ItemRow.id == old.id).values(values))
    if (step.base, step.base_state) != (old.base, old.base_state):
        moved = base_values(step.base, step.base_state)
        session.execute(update(ItemBaseRow).where(ItemBaseRow.item_id == old.id).values(moved))
    _keep_conflicts(session, step, now)


def _findings(session: Session, build: Build, todo: Plan) -> dict[int, tuple[Finding, ...]]:
    """What the linter says of every question that says something else now or stands on other ground.

    What the build made has passed it; only what a teacher had a hand in is looked at.
    """
    proved = {step.known.id: () for step in todo.steps if step.is_new_version and step.is_proved}
    touched = {
        step.known.id: step.content
        for step in todo.steps
        if not step.is_proved and (step.is_new_version or step.suspended != step.known.suspended)
    }
    touched |= contents_of(session, todo.written_suspended) if todo.written_suspended else {}
    return proved | {item_id: check_content(content, build.base) for item_id, content in touched.items()}


def _keep_conflicts(session: Session, step: Step, now: dt.datetime) -> None:
    """Those of an older generated version make room for those of the newest; what still waits is left as it is."""
    before = step.known.conflicts
    void = [name for name in before if before[name] != step.conflicts.get(name)]
    if void:
        session.execute(
            delete(ItemConflictRow).where(
                ItemConflictRow.item_id == step.known.id, ItemConflictRow.field.in_(void)
            )
        )
    found = [
        {
            "item_id": step.known.id,
            "field": name,
            "theirs": {"value": value},
            "fingerprint": version,
            "found_at": now,
        }
        for name, (value, version) in step.conflicts.items()
        if before.get(name) != (value, version)
    ]
    if found:
        session.execute(insert(ItemConflictRow), found)


def _led_by(content: Content) -> dict[str, Any]:
    """What quizzes are chosen by and the current version decides."""
    return {"topic_id": content.topic, "facts": list(content.facts)}


def _named(fields: Sequence[str]) -> str:
    """The fields for people: "stem, options"."""
    return ", ".join(name.replace("_", " ") for name in fields)
