"""What the item models that set two facts side by side share: one property of each, in the full cross of two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from question_bank.claims import AllClaim, AnyClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import (
    Draft,
    finish,
    key_option,
    locators,
    quotations,
    random_for,
    slug,
    told_by,
)
from question_bank.items import Item, Reason


@dataclass(frozen=True, slots=True)
class Halves:
    """A question about two facts: what each of the two properties is called, and how a claim states it of a fact.

    ``words`` holds the property of the first fact and that of the second, both true; each wrong option gives the
    one, the other or both of them to the wrong fact.
    """

    model: str
    pair: tuple[Fact, Fact]
    words: tuple[str, str]
    claim: Callable[[Fact, int], AnyClaim]
    stem: str
    explanation: str
    reason: Reason


def opening(pair: tuple[Fact, Fact], verb: str, base: FactBase) -> str:
    """How a stem begins: "The post-vote report (November 2018) gives", "The two 2018 articles give"."""
    if pair[0].document == pair[1].document:
        return f"The {base.document_of(pair[0]).frame} {verb}s"
    return f"The two 2018 articles {verb}"


def item_of(halves: Halves, base: FactBase) -> Item:
    """The item, its four options in the full cross."""
    uid = slug(halves.model, *(fact.id for fact in halves.pair))
    told = tuple(other for fact in halves.pair for other in told_by(fact, base))
    return finish(
        Draft(
            uid=uid,
            model=halves.model,
            bloom="analyse",
            fact=_leading(halves.pair),
            stem=halves.stem,
            key=key_option(_text(halves, 0, 1), told, _claim(halves, 0, 1), halves.explanation),
            distractors=[_candidate(halves, *which) for which in ((1, 0), (0, 0), (1, 1))],
            explanation=halves.explanation,
            facts=told,
            design="balanced2x2",
        ),
        base,
        random_for(uid),
    )


def _leading(pair: tuple[Fact, Fact]) -> Fact:
    """The one of the two that is no plain fact, so that the item is known as one on a view."""
    return pair[0] if pair[0].stance != "fact" or pair[1].stance == "fact" else pair[1]


def _text(halves: Halves, first: int, second: int) -> str:
    return f"First: {halves.words[first]}; second: {halves.words[second]}"


def _claim(halves: Halves, first: int, second: int) -> AllClaim:
    return AllClaim(claims=(halves.claim(halves.pair[0], first), halves.claim(halves.pair[1], second)))


def _candidate(halves: Halves, first: int, second: int) -> Candidate:
    mistaken = [
        (name, fact, right)
        for name, fact, said, right in (
            ("first", halves.pair[0], first, 0),
            ("second", halves.pair[1], second, 1),
        )
        if said != right
    ]
    because = "; ".join(f"for the {name} it is {halves.words[right]}" for name, _, right in mistaken)
    facts = [fact for _, fact, _ in mistaken]
    return Candidate(
        _text(halves, first, second),
        halves.reason,
        f"{because[0].upper()}{because[1:]} ({locators(facts)}).",
        quotations(facts),
        _claim(halves, first, second),
        1.0,
        lesson="Taken the other way round, each would get what is true of the other."
        if len(mistaken) > 1
        else "",
    )
