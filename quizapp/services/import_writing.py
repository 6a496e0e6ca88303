"""Writing what an import makes: many questions at once, since others wait for the database meanwhile."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from question_bank.errors import SeedFaultsError
from question_bank.items import State
from quizapp.models.bank import ItemRow
from quizapp.models.log import AuditEntryRow
from quizapp.services.fact_base import get_fact_base
from quizapp.services.findings import Finding, check_content, store_findings
from quizapp.services.import_plan import New, Plan
from quizapp.services.uids import new_suffix, slug
from quizapp.services.versions import NewVersion, add_versions, fingerprint

LOOKED_AT = 3.0  # seconds that the linter may take; it takes some hundredths for a question

Findings = Mapping[str, Sequence[Finding]]  # by the fingerprint of the content


def look_at(plan: Plan, clock: Callable[[], float] = time.monotonic) -> Findings:
    """What the linter says of the new questions; of many only the first, for the teacher waits.

    This reads no database, so that it is done before the transaction and nobody else waits.
    """
    try:
        base = get_fact_base()
    except SeedFaultsError:
        return {}
    found: dict[str, Sequence[Finding]] = {}
    until = clock() + LOOKED_AT
    for new in plan.new:
        if clock() > until:
            break
        found[fingerprint(new.content)] = check_content(new.content, base, uid=new.uid)
    return found


def create_questions(  # noqa: PLR0913 - what makes a question, each by its name
    session: Session,
    questions: Sequence[New],
    *,
    findings: Findings,
    state: State,
    teacher: str,
    now: dt.datetime,
    note: str,
    suffix: Callable[[], str] = new_suffix,
) -> None:
    """Store the questions as ``create_question`` stores one."""
    if not questions:
        return
    rows = [_item(new, state=state, now=now, suffix=suffix) for new in questions]
    ids = session.scalars(insert(ItemRow).returning(ItemRow.id, sort_by_parameter_order=True), rows).all()
    versions = [
        NewVersion(item_id, 1, new.content, made_by=teacher, made_at=now, note=note)
        for item_id, new in zip(ids, questions, strict=True)
    ]
    add_versions(session, versions)
    store_findings(
        session,
        {version.item_id: findings.get(fingerprint(version.content), ()) for version in versions},
    )
    details = {"version": 1, "state": state, "note": note}
    entries = [
        {"at": now, "actor": teacher, "action": "create", "subject": row["uid"], "details": details}
        for row in rows
    ]
    session.execute(insert(AuditEntryRow), entries)


def _item(new: New, *, state: State, now: dt.datetime, suffix: Callable[[], str]) -> dict[str, Any]:
    uid = new.uid or f"{slug(new.content.stem)}-{suffix()}"
    return {
        "uid": uid,
        "origin": "teacher",
        "state": state,
        "topic_id": new.content.topic,
        "family": uid,
        "facts": list(new.content.facts),
        "enemies": [],
        "camp": None,
        "current_version": 1,
        "suspended": None,
        "updated_at": now,
    }
