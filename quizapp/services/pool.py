"""Which items a new attempt holds: approved ones, drawn without reading the whole bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from question_bank.assembly import MET, NEW, OTHER_FORM, Candidate, assemble, mix
from quizapp.models.attempts import AttemptItemRow, AttemptRow, ResponseRow
from quizapp.models.bank import ItemRow
from quizapp.models.standing import ItemFactRow
from quizapp.services.problems import EmptyBankError
from quizapp.services.sampling import sample

# So many times the wanted number are looked at, so that clashes leave enough to choose from.
_SPARE = 12
_LEAST = 200


def draw(session: Session, topics: Sequence[str], length: int, rng: Random, *, learner: str) -> list[int]:
    """The ids of up to ``length`` items of the topics, balanced, without two that clash, what is new first."""
    met = _met_by(session, learner)
    offered: list[Candidate] = []
    for topic in topics:
        offered += candidates(session, sample(session, topic, max(_LEAST, _SPARE * length), rng))
    chosen = assemble((_with_novelty(candidate, met) for candidate in offered), topics, length, rng)
    if not chosen:
        raise EmptyBankError
    return [candidate.id for candidate in chosen]


@dataclass(frozen=True, slots=True)
class Met:
    """What a learner has answered before, or has before them in a test."""

    items: frozenset[int]
    facts: frozenset[str]


def _met_by(session: Session, learner: str) -> Met:
    """Every item that the learner answered in any quiz, and the facts that these ask for.

    What a test asks that is open counts, too: practice would tell its answers, and asks for it last of all.
    """
    is_open_test = and_(AttemptRow.mode == "test", AttemptRow.closed_at.is_(None))
    rows = session.execute(
        select(ItemRow.id, ItemRow.facts)
        .join(AttemptItemRow, AttemptItemRow.item_id == ItemRow.id)
        .join(AttemptRow, AttemptRow.id == AttemptItemRow.attempt_id)
        .outerjoin(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id)
        .where(AttemptRow.learner == learner, or_(ResponseRow.attempt_item_id.is_not(None), is_open_test))
    ).all()
    return Met(frozenset(row.id for row in rows), frozenset(fact for row in rows for fact in row.facts))


def _with_novelty(candidate: Candidate, met: Met) -> Candidate:
    if candidate.id in met.items:
        return replace(candidate, novelty=MET)
    return replace(candidate, novelty=NEW if candidate.facts.isdisjoint(met.facts) else OTHER_FORM)


def draw_again(session: Session, missed: Sequence[int], rng: Random) -> list[int]:
    """For each missed item another approved one on the same facts, else the item itself; no two that clash.

    An item that was retired since is not asked again.
    """
    originals = candidates(session, missed, approved_only=False)
    topics = {candidate.topic for candidate in originals}
    facts = set().union(*(original.facts for original in originals))
    forms = (
        select(ItemRow.id)
        .join(ItemFactRow, ItemFactRow.item_id == ItemRow.id)
        .where(ItemFactRow.fact_id.in_(facts), ItemRow.topic_id.in_(topics))
    )
    pool = candidates(session, session.scalars(forms).unique().all())
    approved = {candidate.id for candidate in candidates(session, missed)}
    chosen = [original for original in originals if original.id in approved]
    for original in rng.sample(originals, len(originals)):
        rest = [one for one in chosen if one is not original]
        others = [other for other in pool if other.facts & original.facts and other.id not in missed]
        fitting = [other for other in others if not any(other.clashes(one) for one in rest)]
        if fitting:
            chosen = [*rest, rng.choice(fitting)]
    return [candidate.id for candidate in mix(chosen, rng)]


def candidates(session: Session, ids: Sequence[int], *, approved_only: bool = True) -> list[Candidate]:
    """What assembly needs to know of these items, in the order of their ids."""
    query = select(
        ItemRow.id,
        ItemRow.uid,
        ItemRow.topic_id,
        ItemRow.family,
        ItemRow.facts,
        ItemRow.enemies,
        ItemRow.camp,
        ItemRow.state,
    ).where(ItemRow.id.in_(ids))
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
        # Were the database asked, SQLite would rather read all that are approved.
        if row.state == "approved" or not approved_only
    ]
