"""M-COMPARE and M-QUALIFY: where something stands on a closed scale; every other level is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import ValueClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import (
    Draft,
    explain,
    finish,
    framed,
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

MODEL = "level"
LEVELS = 4  # an item has four options, so only scales of four levels make one


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every item-grade fact on a scale of four levels."""
    for fact in leaders(base):
        value = fact.value
        if isinstance(value, Level) and fact.ask and len(base.scales[value.scale].level) == LEVELS:
            yield _item(fact, value, base)


def _item(fact: Fact, value: Level, base: FactBase) -> Item:
    uid = slug(MODEL, fact.id)
    told = told_by(fact, base)
    wrong = [level.id for level in base.scales[value.scale].level if level.id != value.level]
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="understand",
            fact=fact,
            stem=framed(fact.ask or "", fact, base),
            key=key_option(render(value, base), told, _claim(fact, value)),
            distractors=[_candidate(fact, Level(scale=value.scale, level=level), base) for level in wrong],
            explanation=explain(fact, base),
            facts=told,
        ),
        base,
        random_for(uid),
    )


def _candidate(fact: Fact, value: Level, base: FactBase) -> Candidate:
    misread = next((wrong for wrong in fact.misconceptions if wrong.value == value), None)
    right = fact.statement.removesuffix(".")
    return Candidate(
        render(value, base),
        "misconception" if misread else "modality",
        misread.because if misread else f"{right} ({locators([fact])}).",
        fact.quotations,
        _claim(fact, value),
        1.0,
        lesson=misread.lesson if misread else "",
    )


def _claim(fact: Fact, value: Level) -> ValueClaim:
    return ValueClaim(subject=fact.subject, relation=fact.relation, value=value)
