"""M-ERROR: which mistake a misreading makes; the wrong options are mistakes that it does not make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import ErrorClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.facts import ErrorKind, Fact, Misconception
from question_bank.item_models.framing import (
    assemble_item,
    key_option,
    leaders,
    locators,
    random_for,
    slug,
    source_of,
    told_by,
)
from question_bank.items import Item

MODEL = "error"


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every misconception whose kind of mistake is named."""
    for fact in leaders(base):
        for misconception in fact.misconceptions:
            if misconception.error:
                yield _item(fact, misconception, base)


def _item(fact: Fact, misconception: Misconception, base: FactBase) -> Item:
    uid = slug(MODEL, fact.id, misconception.id.removeprefix("m-"))
    rng = random_for(uid)
    told = told_by(fact, base)
    error = base.errors[misconception.error or ""]
    made = {other.error for other in fact.misconceptions}
    unmade = [kind for kind in base.errors.values() if kind.id not in made]
    rank = rng.randrange(4)
    trio = min(
        rng.sample(list(combinations(unmade, 3)), 60),
        key=lambda kinds: abs(sum(len(kind.text) < len(error.text) for kind in kinds) - rank),
    )
    says = misconception.says[:1].lower() + misconception.says[1:].removesuffix(".")
    return assemble_item(
        uid=uid,
        model=MODEL,
        bloom="analyse",
        fact=fact,
        stem=f"After reading {source_of(fact, base)}, a student writes that {says}. What mistake does this make?",
        key=key_option(error.text, told, _claim(fact, misconception, error), misconception.because),
        distractors=[_candidate(fact, misconception, kind) for kind in trio],
        explanation=f"{fact.statement.removesuffix('.')} ({locators(told)}). {misconception.because}",
        facts=told,
        base=base,
        rng=rng,
    )


def _candidate(fact: Fact, misconception: Misconception, kind: ErrorKind) -> Candidate:
    return Candidate(
        kind.text,
        "contradicted",
        f"That would be so where {kind.when}; here the slip is another: {misconception.because}",
        fact.quotations,
        _claim(fact, misconception, kind),
        1.0,
    )


def _claim(fact: Fact, misconception: Misconception, kind: ErrorKind) -> ErrorClaim:
    return ErrorClaim(fact=fact.id, misconception=misconception.id, error=kind.id)
