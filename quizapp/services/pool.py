"""Which items a new attempt holds: approved ones, drawn without reading the whole bank."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.assembly import Candidate, assemble
from quizapp.models.bank import ItemRow
from quizapp.services.problems import EmptyBankError

# So many times the wanted number are looked at, so that clashes leave enough to choose from.
_SPARE = 12
_LEAST = 200


def draw(session: Session, topics: Sequence[str], length: int, rng: Random) -> list[int]:
    """The ids of up to ``length`` items of the topics, balanced, without two that clash."""
    candidates: list[Candidate] = []
    for topic in topics:
        ids = session.scalars(
            select(ItemRow.id)
            .where(ItemRow.state == "approved", ItemRow.topic_id == topic)
            .order_by(ItemRow.id)
        ).all()
        looked_at = rng.sample(ids, min(len(ids), max(_LEAST, _SPARE * length)))
        candidates += _candidates(session, looked_at)
    chosen = assemble(candidates, topics, length, rng)
    if not chosen:
        raise EmptyBankError
    return [candidate.id for candidate in chosen]


def draw_again(session: Session, missed: Sequence[int], rng: Random) -> list[int]:
    """For each missed item another approved one on the same facts, else the item itself; no two that clash."""
    originals = _candidates(session, missed, approved_only=False)
    topics = {candidate.topic for candidate in originals}
    ids = session.scalars(
        select(ItemRow.id)
        .where(ItemRow.state == "approved", ItemRow.topic_id.in_(topics))
        .order_by(ItemRow.id)
    ).all()
    pool = _candidates(session, ids)
    chosen: list[Candidate] = []
    waiting = rng.sample(originals, len(originals))
    while waiting:
        original = waiting.pop()
        others = [other for other in pool if other.facts & original.facts and other.id not in missed]
        # The missed items stood in one quiz, so none clashes with another: the original is always a way out.
        fitting = (
            other
            for other in rng.sample(others, len(others))
            if not any(other.clashes(beside) for beside in (*chosen, *waiting))
        )
        chosen.append(next(fitting, original))
    return [candidate.id for candidate in chosen]


def _candidates(session: Session, ids: Sequence[int], *, approved_only: bool = True) -> list[Candidate]:
    query = select(
        ItemRow.id,
        ItemRow.uid,
        ItemRow.topic_id,
        ItemRow.family,
        ItemRow.facts,
        ItemRow.enemies,
        ItemRow.camp,
    ).where(ItemRow.id.in_(ids))
    if approved_only:
        query = query.where(ItemRow.state == "approved")
    return [
        Candidate(
            id=row.id,
            uid=row.uid,
            topic=row.topic_id,
            family=row.family,
            facts=frozenset(row.facts),
            enemies=frozenset(row.enemies),
            camp=row.camp,
        )
        for row in session.execute(query.order_by(ItemRow.id))
    ]
