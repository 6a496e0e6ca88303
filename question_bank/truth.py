"""Is it true? Every option's claim is confirmed or refuted by the facts of both documents.

The two documents are restated completely, so a value that none of a relation's facts admits is not in
them: where the relation has facts about the subject the claim is refuted by those, and where it has none
the sources are silent. Facts marked ``context`` or ``never`` make no items but count as evidence here.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from question_bank import claims
from question_bank.claims import AnyClaim
from question_bank.derivation import derive
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.text import fold, norm
from question_bank.values import AnyValue, Date, Entity, Level, Phrase, Quantity, overlap


class Standing(enum.Enum):
    """How the sources stand to a claim."""

    HOLDS = "holds"
    REFUTED = "refuted"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The standing of a claim and the facts that decide it."""

    standing: Standing
    facts: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the sources bear the claim out."""
        return self.standing is Standing.HOLDS


def judge(claim: AnyClaim, base: FactBase) -> Verdict:
    """Decide ``claim`` by every fact of both documents; KeyError where it names what is not there."""
    return _JUDGES[type(claim)](claim, base)


def same_value(left: AnyValue, right: AnyValue, base: FactBase) -> bool:
    """Whether two values say the same: intervals that meet, equal ids, equal words or a known variant."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return left.answer_type == right.answer_type and overlap(left.interval, right.interval)
    if isinstance(left, Entity) and isinstance(right, Entity):
        return left.id == right.id or left.id in _wider(right.id, base) or right.id in _wider(left.id, base)
    if isinstance(left, Phrase) and isinstance(right, Phrase):
        return bool(_wordings(left) & _wordings(right))
    if isinstance(left, Date) and isinstance(right, Date):
        return left.iso.startswith(right.iso) or right.iso.startswith(left.iso)
    if isinstance(left, Level) and isinstance(right, Level):
        return left == right
    return False


def year_of(event: str, base: FactBase) -> Fact:
    """The fact that dates ``event``; KeyError where none does."""
    for relation in ("year", "date"):
        for fact in base.by_relation.get((event, relation), ()):
            return fact
    raise KeyError(event)


def moment(fact: Fact) -> tuple[float, str]:
    """What a dated fact sorts by: the year, then the rest of the date."""
    if isinstance(fact.value, Date):
        return (float(fact.value.iso[:4]), fact.value.iso)
    if isinstance(fact.value, Quantity):
        return (fact.value.magnitude, "")
    raise TypeError(fact.id)


def _value(claim: claims.ValueClaim, base: FactBase) -> Verdict:
    stated = base.by_relation.get((claim.subject, claim.relation), ())
    if claim.about is not None and not base.relations[claim.relation].functional:
        # A many-valued relation: what the question asks about is one fact's matter, told by those that echo it.
        stated = tuple(fact for fact in stated if fact.id in base.same_matter(claim.about))
    agreeing = tuple(fact.id for fact in stated if same_value(fact.value, claim.value, base))
    if agreeing:
        return Verdict(Standing.HOLDS, agreeing)
    if stated:
        return Verdict(Standing.REFUTED, tuple(fact.id for fact in stated))
    return Verdict(Standing.NOT_STATED)


def _speaker(claim: claims.SpeakerClaim, base: FactBase) -> Verdict:
    told = [base.facts[name] for name in sorted(base.same_statement(claim.fact))]
    spoke = tuple(fact.id for fact in told if claim.who in {fact.speaker, fact.subject})
    return (
        Verdict(Standing.HOLDS, spoke)
        if spoke
        else Verdict(Standing.REFUTED, tuple(fact.id for fact in told))
    )


def _order(claim: claims.OrderClaim, base: FactBase) -> Verdict:
    dated = [year_of(event, base) for event in claim.events]
    moments = [moment(fact) for fact in dated]
    in_order = all(earlier < later for earlier, later in pairwise(moments))
    return Verdict(Standing.HOLDS if in_order else Standing.REFUTED, tuple(fact.id for fact in dated))


def _derived(claim: claims.DerivedClaim, base: FactBase) -> Verdict:
    facts = [base.facts[name] for name in claim.facts]
    agrees = isinstance(claim.value, Quantity) and overlap(
        claim.value.interval, derive(claim.operation, facts, claim.given)
    )
    return Verdict(Standing.HOLDS if agrees else Standing.REFUTED, claim.facts)


def _attribute(claim: claims.AttributeClaim, base: FactBase) -> Verdict:
    known = base.facts[claim.fact].attributes.get(claim.attribute)
    if known is None:
        return Verdict(Standing.NOT_STATED)
    agrees = fold(norm(known)) == fold(norm(claim.value))
    return Verdict(Standing.HOLDS if agrees else Standing.REFUTED, (claim.fact,))


def _stance(claim: claims.StanceClaim, base: FactBase) -> Verdict:
    agrees = base.facts[claim.fact].stance in claim.stances
    return Verdict(Standing.HOLDS if agrees else Standing.REFUTED, (claim.fact,))


def _link(claim: claims.LinkClaim, base: FactBase) -> Verdict:
    against = base.same_statement(claim.against)
    linked = any(base.contrasting(name) & against for name in base.same_statement(claim.fact))
    return Verdict(Standing.HOLDS if linked else Standing.REFUTED, (claim.fact, claim.against))


def _error(claim: claims.ErrorClaim, base: FactBase) -> Verdict:
    for misconception in base.facts[claim.fact].misconceptions:
        if misconception.id == claim.misconception:
            agrees = misconception.error == claim.error
            return Verdict(Standing.HOLDS if agrees else Standing.REFUTED, (claim.fact,))
    raise KeyError(claim.misconception)


def _stated(claim: claims.StatedClaim, base: FactBase) -> Verdict:
    facts = tuple(fact.id for fact in base.by_relation.get((claim.subject, claim.relation), ()))
    return Verdict(Standing.HOLDS if bool(facts) == claim.stated else Standing.REFUTED, facts)


def _all(claim: claims.AllClaim, base: FactBase) -> Verdict:
    verdicts = [judge(part, base) for part in claim.claims]
    facts = tuple(dict.fromkeys(fact for verdict in verdicts for fact in verdict.facts))
    for standing in (Standing.REFUTED, Standing.NOT_STATED):
        if any(verdict.standing is standing for verdict in verdicts):
            return Verdict(standing, facts)
    return Verdict(Standing.HOLDS, facts)


def _wider(entity: str, base: FactBase) -> frozenset[str]:
    """All that ``entity`` is a part of: what is true of the part as an answer is true of the whole."""
    wider: set[str] = set()
    waiting = [entity]
    while waiting:
        record = base.entities.get(waiting.pop())
        fresh = set(record.part_of) - wider if record else set()
        wider |= fresh
        waiting.extend(fresh)
    return frozenset(wider)


def _wordings(value: Phrase) -> frozenset[str]:
    return frozenset(fold(norm(text)).rstrip(".") for text in (value.text, *value.variants))


_JUDGES: dict[type, Callable[[Any, FactBase], Verdict]] = {
    claims.ValueClaim: _value,
    claims.SpeakerClaim: _speaker,
    claims.OrderClaim: _order,
    claims.DerivedClaim: _derived,
    claims.AttributeClaim: _attribute,
    claims.StanceClaim: _stance,
    claims.LinkClaim: _link,
    claims.ErrorClaim: _error,
    claims.StatedClaim: _stated,
    claims.AllClaim: _all,
}
