"""M-STANCE: which point is a forecast, an estimate or somebody's view, and which is reported as fact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import StanceClaim
from question_bank.distractors import Candidate, by_length, closeness_of_words, plausibility
from question_bank.fact_base import FactBase
from question_bank.facts import Fact, Stance
from question_bank.item_models.framing import (
    Draft,
    explain,
    finish,
    key_option,
    leaders,
    locators,
    random_for,
    slug,
    speaker_label,
    told_by,
)
from question_bank.items import Item
from question_bank.values import Date, Distance, Entity

MODEL = "stance"
OPTIONS = 4
VIEWS: dict[str, tuple[Stance, ...]] = {
    "a forecast": ("forecast",),
    "an estimate by an outside body": ("estimate",),
    "somebody’s claim or opinion": ("claim", "opinion"),
}


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every named view beside three reported facts, and for some facts beside three views."""
    facts = [fact for fact in leaders(base) if fact.headline and not fact.sensitivity and _is_an_act(fact)]
    for fact in facts:
        rivals = [other for other in facts if other.topic == fact.topic and _opposed(fact, other)]
        trio = _trio(fact, rivals)
        if trio and fact.speaker != "document":
            yield _item(fact, trio, base)


def _is_an_act(fact: Fact) -> bool:
    """Dates, places and names stand out among views: only what somebody did or held can be taken for either."""
    return not isinstance(fact.value, Entity | Date | Distance) and fact.value.type != "term"


def _opposed(fact: Fact, other: Fact) -> bool:
    """A view stands beside facts, and a fact beside views whose speakers are named."""
    if fact.stance == "fact":
        return other.stance in {"claim", "opinion", "forecast"} and other.speaker != "document"
    return other.stance == "fact"


def _trio(fact: Fact, rivals: list[Fact]) -> tuple[Fact, ...] | None:
    """Three of other passages and of like length, the key's place in length drawn first."""
    rank = random_for(slug(MODEL, fact.id)).randrange(4)
    headline = fact.headline or ""
    near = sorted(rivals, key=lambda other: (-closeness_of_words(headline, other.headline or ""), other.id))[
        :9
    ]
    trios = [
        trio
        for trio in combinations(near, 3)
        if len({(other.document, other.paragraph) for other in (fact, *trio)}) == OPTIONS
    ]

    def misfit(trio: tuple[Fact, ...]) -> float:
        below = sum(by_length(other.headline or "", None) < len(headline) for other in trio)
        spread = sum(1 - closeness_of_words(headline, other.headline or "") for other in trio)
        return abs(below - rank) + spread

    return min(trios, key=misfit) if trios else None


def _item(fact: Fact, trio: tuple[Fact, ...], base: FactBase) -> Item:
    uid = slug(MODEL, fact.id)
    told = told_by(fact, base)
    kind = next((words for words, stances in VIEWS.items() if fact.stance in stances), None)
    stem = (
        f"Which of these points do the 2018 articles give as {kind} rather than as a reported fact?"
        if kind
        else "Which of these points do the 2018 articles report as a fact rather than as somebody’s view?"
    )
    stances = VIEWS[kind] if kind else ("fact",)
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="analyse",
            fact=fact,
            stem=stem,
            key=key_option(fact.headline or "", told, StanceClaim(fact=fact.id, stances=stances)),
            distractors=[_candidate(fact, other, stances, base) for other in trio],
            explanation=f"{_reading(fact, base)} {explain(fact, base)}",
            facts=told,
        ),
        base,
        random_for(uid),
    )


def _candidate(fact: Fact, other: Fact, stances: tuple[Stance, ...], base: FactBase) -> Candidate:
    return Candidate(
        other.headline or "",
        "sibling",
        f"{_reading(other, base)} {other.statement.removesuffix('.')} ({locators([other])}).",
        other.quotations,
        StanceClaim(fact=other.id, stances=stances),
        plausibility(fact, other, "sibling", closeness_of_words(fact.headline or "", other.headline or "")),
    )


def _reading(fact: Fact, base: FactBase) -> str:
    """How the source presents the point, in a few words before the statement itself."""
    if fact.stance == "fact":
        return "Reported as a fact."
    kind = ("An " if fact.stance[0] in "aeiou" else "A ") + fact.stance
    return f"{kind}, from {base.lowered(speaker_label(fact, base) or 'the source')}."
