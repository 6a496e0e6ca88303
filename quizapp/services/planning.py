"""Planning: what a rebuild will do with every item of the bank, worked out without writing anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from question_bank.build import Build
from question_bank.items import Item
from quizapp.services.known import (
    STATE,
    Known,
    Written,
    contents_of,
    has_tables,
    known_items,
    standing_of,
    written_items,
)
from quizapp.services.merging import merge, moved_base
from quizapp.services.plan import RETIRED, Plan, Step
from quizapp.services.standing import Changes, Ground, changes, grounds, reason
from quizapp.services.versions import content_of_item, fingerprint, record_of


def plan(session: Session, build: Build, now: dt.datetime) -> Plan:
    """Compare the build with the bank, item by item and field by field."""
    if not has_tables(session):
        return Plan(build.items, (), 0, {}, {}, ())
    known, written = known_items(session), written_items(session)
    built = {item.uid: item for item in build.items}
    steps = [
        _with_built(known[uid], built[uid]) if uid in built else _without_built(known[uid])
        for uid in sorted(known)
    ]
    changed = changes(session, build.base)
    under = grounds(session, changed)
    shaken = [(step, under.get(step.known.id, Ground()) | changed.under(step.content)) for step in steps]
    steps = [_suspended(step, ground, changed, now) for step, ground in shaken]
    own = _written_suspended(session, written.values(), under, changed, now)
    reasons = {
        one.known.uid: one.suspended for one in steps if one.suspended not in (None, one.known.suspended)
    }
    reasons |= {one.uid: own[one.id] for one in written.values() if one.id in own}
    return Plan(
        added=tuple(built[uid] for uid in sorted(built.keys() - known.keys() - written.keys())),
        steps=tuple(steps),
        written=len(written),
        suspended={uid: told for uid, told in sorted(reasons.items()) if told is not None},
        written_suspended=own,
        follows=tuple(step.known.uid for step, ground in shaken if ground and _follows(step)),
    )


def _with_built(known: Known, item: Item) -> Step:
    """A version that a teacher declined is passed over; every other one is merged."""
    theirs = content_of_item(item)
    version = fingerprint(theirs)
    content, base = known.content, known.base
    followed: tuple[str, ...] = ()
    conflicts: dict[str, tuple[Any, str]] = {}
    if version != known.declined:
        merged = merge(known.base, known.content, theirs)
        content, followed = merged.content, merged.followed
        base = moved_base(known.base, theirs, merged.conflicts)
        record = record_of(theirs)
        conflicts = {name: (record[name], version) for name in merged.conflicts}
    state = item.state if known.own_state == known.base_state else known.own_state
    return Step(
        known=known,
        content=content,
        base=base,
        base_state=item.state,
        state=state,
        suspended=known.suspended,
        standing=standing_of(item),
        conflicts=conflicts,
        followed=followed,
        is_proved=content == theirs,
        is_kept=content != theirs or state != item.state,
    )


def _without_built(known: Known) -> Step:
    """What nobody touched is retired; where a teacher did something, the teacher is asked.

    Who retired it is told by the base: a question that comes back in a later build returns only when its base is
    retired, too.
    """
    step = Step(
        known=known,
        content=known.content,
        base=known.base,
        base_state=known.base_state,
        state=known.own_state,
        suspended=known.suspended,
        standing=known.standing,
        conflicts={},
        is_kept=known.own_state != RETIRED,
    )
    if RETIRED in (known.own_state, known.base_state):
        return step
    if known.is_edited or known.own_state != known.base_state:
        return replace(step, conflicts={STATE: (RETIRED, "")})
    return replace(step, state=RETIRED, base_state=RETIRED, suspended=None, is_kept=False)


def _suspended(step: Step, ground: Ground, changed: Changes, now: dt.datetime) -> Step:
    """What the build has not proved word for word is not asked on ground that moved, until a teacher has looked."""
    if not ground or step.is_proved or step.state != "approved":
        return step
    return replace(step, suspended=_told(step.suspended, reason(ground, step.content, changed, now)))


def _follows(step: Step) -> bool:
    return step.is_proved and step.stored_state == "approved"


def _written_suspended(
    session: Session,
    written: Iterable[Written],
    under: Mapping[int, Ground],
    changed: Changes,
    now: dt.datetime,
) -> dict[int, str]:
    asked = [
        one
        for one in written
        if one.id in under
        and (one.state == "approved" or (one.state == "in_review" and one.suspended is not None))
    ]
    contents = contents_of(session, [one.id for one in asked]) if asked else {}
    return {
        one.id: _told(one.suspended, reason(under[one.id], contents[one.id], changed, now)) for one in asked
    }


def _told(before: str | None, now: str) -> str:
    """A second reason does not make the first one void."""
    return f"{before} {now}" if before else now
