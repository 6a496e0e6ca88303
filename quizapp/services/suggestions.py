"""Suggestions: wrong answers from the fact base, each with why it is wrong and the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from question_bank.claims import ValueClaim
from question_bank.distractors import FLOOR, GAP, RATIO, Candidate, closeness_of_words, plausibility
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models import quantity
from question_bank.item_models.framing import locators
from question_bank.items import Reason
from question_bank.text import fold, norm
from question_bank.truth import Standing, judge
from question_bank.values import AnyQuantity, AnyValue, Level, Phrase, Quantity
from question_bank.wording import render
from quizapp.services.versions import Quote

MOST = 6
_HELD = 0.3  # what is known to be mistaken for the answer tempts more than what stands elsewhere
_LONGER = 1.8  # nothing that its length alone would give away


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A wrong answer that could be taken as it stands."""

    text: str
    rationale: str
    reason: str
    evidence: tuple[Quote, ...]


def suggest(fact: Fact, base: FactBase, besides: Iterable[str] = ()) -> tuple[Suggestion, ...]:
    """The most tempting wrong answers to what ``fact`` answers, without those whose words are there already.

    Nothing is suggested that the documents bear out, nor that they are silent on.
    """
    taken = {_name(text) for text in (*besides, render(fact.value, base))}
    found: list[Suggestion] = []
    for candidate in sorted(_candidates(fact, base), key=lambda one: (-one.plausibility, one.text)):
        if _name(candidate.text) not in taken and _is_usable(candidate, fact, base):
            taken.add(_name(candidate.text))
            found.append(_suggestion(candidate))
    return tuple(found[:MOST])


def _name(text: str) -> str:
    return fold(norm(text)).rstrip(".")


def _suggestion(candidate: Candidate) -> Suggestion:
    evidence = tuple(Quote(**quotation.model_dump()) for quotation in candidate.evidence)
    return Suggestion(candidate.text, candidate.rationale, candidate.reason, evidence)


def _candidates(fact: Fact, base: FactBase) -> Iterator[Candidate]:
    """By the kind of answer: other figures, other levels of the scale, or what stands elsewhere; and misreadings."""
    if isinstance(fact.value, AnyQuantity):
        yield from quantity.candidates(fact, fact.value, base)
        return
    if isinstance(fact.value, Level):
        yield from _levels(fact, fact.value, base)
        return
    yield from _siblings(fact, base)
    for misconception in fact.misconceptions:
        if misconception.value is not None and _is_alike(fact.value, misconception.value):
            tempting = plausibility(fact, None, "misconception", 1.0) + _HELD
            yield _candidate(fact, misconception.value, fact, misconception.because, base, tempting)


def _levels(fact: Fact, value: Level, base: FactBase) -> Iterator[Candidate]:
    because = {wrong.value: wrong.because for wrong in fact.misconceptions if isinstance(wrong.value, Level)}
    for level in base.scales[value.scale].level:
        if level.id != value.level:
            wrong = Level(scale=value.scale, level=level.id)
            why = because.get(wrong) or f"{fact.statement.removesuffix('.')} ({locators([fact])})."
            yield _candidate(fact, wrong, fact, why, base, 1.0)


def _siblings(fact: Fact, base: FactBase) -> Iterator[Candidate]:
    """What other facts answer in the same kind of words; nothing that holds of the same subject in the same way."""
    same = base.same_matter(fact.id)
    right = render(fact.value, base)
    for other in base.facts.values():
        if other.id in same or other.use == "never" or not _is_alike(fact.value, other.value):
            continue
        if (other.subject, other.relation) == (fact.subject, fact.relation):
            continue
        words = render(other.value, base)
        if isinstance(other.value, Phrase) and not 1 / _LONGER <= len(words) / len(right) <= _LONGER:
            continue
        why = f"That is {other.label} ({locators([other])})."
        tempting = plausibility(fact, other, "other_referent", closeness_of_words(right, words))
        yield _candidate(fact, other.value, other, why, base, tempting)


def _candidate(
    fact: Fact, wrong: AnyValue, shown_by: Fact, why: str, base: FactBase, tempting: float
) -> Candidate:
    reason: Reason = "misconception" if shown_by is fact else "other_referent"
    claim = ValueClaim(subject=fact.subject, relation=fact.relation, value=wrong, about=fact.id)
    return Candidate(render(wrong, base), reason, why, shown_by.quotations, claim, tempting, wrong)


def _is_alike(right: AnyValue, other: AnyValue) -> bool:
    """Whether both answer the same kind of question."""
    return right.answer_type == other.answer_type


def _is_usable(candidate: Candidate, fact: Fact, base: FactBase) -> bool:
    if candidate.plausibility < FLOOR or judge(candidate.claim, base).standing is not Standing.REFUTED:
        return False
    return _is_in_reach(fact.value, candidate.value)


def _is_in_reach(right: AnyValue, wrong: AnyValue | None) -> bool:
    """Whether a number is neither so close that rounding decides nor so far that nobody would take it (rule L22)."""
    if not isinstance(right, Quantity) or not isinstance(wrong, Quantity):
        return True
    smaller, larger = sorted((right.magnitude, wrong.magnitude))
    if smaller <= 0 or larger / smaller > RATIO:
        return False
    return right.answer_type == "year" or larger - smaller >= GAP * larger
