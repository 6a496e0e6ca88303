"""M-PAIR: which person goes with which position; two options name each side, so that the sides do not tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import ValueClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import (
    Draft,
    explain,
    finish,
    key_option,
    leaders,
    locators,
    random_for,
    slug,
    told_by,
)
from question_bank.items import Item
from question_bank.values import Level
from question_bank.wording import render

MODEL = "pairing"
DISTRACTORS = 3
_OPPOSITE = {"for": "against", "against": "for"}


def generate(base: FactBase) -> Iterator[Item]:
    """One item for everybody whose side is stated, beside three others put on the wrong side."""
    known = [fact for fact in leaders(base, {"position"}) if isinstance(fact.value, Level)]
    for fact in known:
        if isinstance(fact.value, Level) and fact.value.level in _OPPOSITE:
            others = [other for other in known if other.subject != fact.subject]
            trio = _trio(fact, others)
            if trio:
                yield _item(fact, trio, base)


def _trio(fact: Fact, others: list[Fact]) -> tuple[Fact, ...] | None:
    """Three others whose wrong sides, with the key's right one, make two of each."""
    rng = random_for(slug(MODEL, fact.id))
    balanced = [
        trio
        for trio in combinations(others, DISTRACTORS)
        if len({other.subject for other in trio}) == DISTRACTORS
        and sorted([_level(fact), *(_wrong(other, fact) for other in trio)])
        == ["against", "against", "for", "for"]
    ]
    return rng.choice(balanced) if balanced else None


def _item(fact: Fact, trio: tuple[Fact, ...], base: FactBase) -> Item:
    uid = slug(MODEL, fact.id)
    told = told_by(fact, base)
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="understand",
            fact=fact,
            stem="Which pairing of a name and a position on independence matches the 2018 articles?",
            key=key_option(_pair(fact, _level(fact), base), told, _claim(fact, _level(fact))),
            distractors=[_candidate(other, _wrong(other, fact), base) for other in trio],
            explanation=explain(
                fact,
                base,
                *(f"{other.statement.removesuffix('.')} ({locators([other])})." for other in trio[:1]),
            ),
            facts=told,
            alphabetical=True,
            design="balanced2x2",
        ),
        base,
        random_for(uid),
    )


def _candidate(other: Fact, level: str, base: FactBase) -> Candidate:
    return Candidate(
        _pair(other, level, base),
        "camp_swap",
        f"{other.statement.removesuffix('.')} ({locators([other])}).",
        other.quotations,
        _claim(other, level),
        1.0,
    )


def _level(fact: Fact) -> str:
    return fact.value.level if isinstance(fact.value, Level) else ""


def _wrong(other: Fact, key: Fact) -> str:
    """The opposite side; somebody neutral is put on the side that the key is not on."""
    return _OPPOSITE.get(_level(other)) or _OPPOSITE[_level(key)]


def _pair(fact: Fact, level: str, base: FactBase) -> str:
    return f"{base.entities[fact.subject].label}: {render(Level(scale='independence', level=level), base).lower()}"


def _claim(fact: Fact, level: str) -> ValueClaim:
    return ValueClaim(
        subject=fact.subject, relation=fact.relation, value=Level(scale="independence", level=level)
    )
