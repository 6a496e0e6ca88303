"""M-ERROR: which mistake a misreading makes; the wrong options are mistakes that it does not make.

Where the seeds say why this sentence does not make another mistake (``unlike``), those mistakes are the options.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random

from question_bank.claims import ErrorClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.facts import ErrorKind, Fact, Misconception
from question_bank.item_models.framing import (
    Draft,
    finish,
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
DISTRACTORS = 3


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
    read = "both 2018 articles" if misconception.both else source_of(fact, base)
    says = base.lowered(misconception.says).removesuffix(".")
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="analyse",
            fact=fact,
            stem=f"After reading {read}, a student writes that {says}. What mistake is this?",
            key=key_option(error.text, told, _claim(fact, misconception, error), misconception.because),
            distractors=_candidates(fact, misconception, base, rng),
            explanation=f"{fact.statement.removesuffix('.')} ({locators(told)}). {misconception.because}",
            facts=told,
        ),
        base,
        rng,
    )


def _candidates(fact: Fact, misconception: Misconception, base: FactBase, rng: Random) -> list[Candidate]:
    """The mistakes that the seeds tell this one from, the most tempting first; without them three akin to it."""
    unlike = misconception.unlike
    if len(unlike) >= DISTRACTORS:
        kinds = [base.errors[name] for name in unlike][:DISTRACTORS]
        first, *others = (_candidate(fact, misconception, kind, unlike[kind.id]) for kind in kinds)
        return [replace(first, lesson=f"{kinds[0].absent} {first.rationale}"), *others]
    error = base.errors[misconception.error or ""]
    made = {other.error for other in fact.misconceptions}
    unmade = [kind for kind in base.errors.values() if kind.id not in made]
    akin = [kind for kind in unmade if kind.about == error.about]
    return [
        replace(_candidate(fact, misconception, kind, _absent(kind, fact)), lesson=kind.absent)
        for kind in _trio(error, akin if len(akin) >= DISTRACTORS else unmade, rng)
    ]


def _trio(error: ErrorKind, kinds: list[ErrorKind], rng: Random) -> tuple[ErrorKind, ...]:
    """Three other mistakes, the key's place in length drawn first so that length does not tell."""
    rank = rng.randrange(DISTRACTORS + 1)
    trios = list(combinations(kinds, DISTRACTORS))
    rng.shuffle(trios)
    return min(trios, key=lambda trio: abs(sum(len(kind.text) < len(error.text) for kind in trio) - rank))


def _candidate(fact: Fact, misconception: Misconception, kind: ErrorKind, because: str) -> Candidate:
    claim = _claim(fact, misconception, kind)
    return Candidate(kind.text, "contradicted", because, fact.quotations, claim, 1.0)


def _absent(kind: ErrorKind, fact: Fact) -> str:
    return f"{kind.absent} The sentence is about {fact.label} ({locators([fact])})."


def _claim(fact: Fact, misconception: Misconception, kind: ErrorKind) -> ErrorClaim:
    return ErrorClaim(fact=fact.id, misconception=misconception.id, error=kind.id)
