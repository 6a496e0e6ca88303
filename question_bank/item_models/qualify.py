"""M-QUALIFY: how sure two related points are in their sources: told as a fact, as a view, a forecast or an estimate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import StanceClaim
from question_bank.fact_base import FactBase
from question_bank.facts import Fact, Stance
from question_bank.item_models.framing import leaders, locators
from question_bank.item_models.halves import Halves, item_of, opening
from question_bank.items import Item

MODEL = "qualify"
VIEW = "a point of view"
WAYS: dict[str, tuple[Stance, ...]] = {
    "a plain fact": ("fact",),
    VIEW: ("claim", "opinion"),
    "a forecast": ("forecast",),
    "an estimate": ("estimate",),
}


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every two points that bear on each other and are not told in the same way."""
    facts = [fact for fact in leaders(base) if fact.headline and _way(fact)]
    for pair in combinations(facts, 2):
        linked = base.contrasting(pair[0].id) & base.same_statement(pair[1].id)
        if linked and _way(pair[0]) != _way(pair[1]):
            yield item_of(_halves(pair, base), base)


def _way(fact: Fact) -> str | None:
    return next((way for way, stances in WAYS.items() if fact.stance in stances), None)


def _halves(pair: tuple[Fact, Fact], base: FactBase) -> Halves:
    first, second = pair
    words = (_as(first, base), _as(second, base))
    does = "does it" if first.document == second.document else "do they"
    return Halves(
        model=MODEL,
        pair=pair,
        words=words,
        claim=lambda fact, n: StanceClaim(fact=fact.id, stances=WAYS[_way(pair[n]) or ""]),
        stem=(
            f"{opening(pair, 'mention', base)} two points: first, {base.lowered(first.headline or '')}; second, "
            f"{base.lowered(second.headline or '')}. How {does} present each of them?"
        ),
        explanation=(
            f"The first is {_told(first, base)}, the second {_told(second, base)}. How sure a reader can be depends "
            "on who stands behind a point."
        ),
        reason="modality",
    )


def _as(fact: Fact, base: FactBase) -> str:
    """How it is presented; a person's view by the person's name, for a view is somebody's (rule L09)."""
    way, speaker = _way(fact) or "", base.entities.get(fact.speaker or "")
    if speaker is None or speaker.type != "person":
        return f"as {way}"
    kind = "view" if way == VIEW else way.rpartition(" ")[2]
    return f"as {(speaker.short or speaker.label)}’s {kind}"


def _told(fact: Fact, base: FactBase) -> str:
    if fact.speaker is None:
        return f"{_way(fact)} ({locators([fact])})"
    entity = base.entities.get(fact.speaker)
    whose = (entity.short or entity.label) if entity else f"the {base.document_of(fact).name} itself"
    return f"{_way(fact)}, from {whose} ({locators([fact])})"
