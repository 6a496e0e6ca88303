"""M-ORDER: the order of three dated events; three of the five wrong orders stand beside the right one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise, permutations

from question_bank.claims import OrderClaim
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
from question_bank.items import Item
from question_bank.truth import moment
from question_bank.values import Date, Year

MODEL = "order"
EVENTS = 3
APART = 5  # years; closer events are asked for by their dates
FRAME = "Which order of events fits the two 2018 articles, from earliest to latest?"


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every three dated events that lie at least APART years from each other."""
    for trio in combinations(dated(base), EVENTS):
        years = [moment(fact)[0] for fact in trio]
        if years[1] - years[0] >= APART and years[2] - years[1] >= APART:
            yield _item(trio, base)


def dated(base: FactBase) -> tuple[Fact, ...]:
    """One dated fact for each event that belongs to a story, earliest first."""
    found: dict[str, Fact] = {}
    for fact in base.item_grade:
        in_a_story = any(whole.startswith("event:") for whole in base.entities[fact.subject].part_of)
        if in_a_story and fact.relation in {"year", "date"} and isinstance(fact.value, Year | Date):
            found.setdefault(fact.subject, fact)
    return tuple(sorted(found.values(), key=moment))


def name(fact: Fact, base: FactBase) -> str:
    """The event without its article, to stand in a row."""
    return base.entities[fact.subject].label.removeprefix("The ")


def mentioned(fact: Fact, base: FactBase) -> str:
    """The event's name for the middle of a sentence."""
    entity = base.entities[fact.subject]
    return entity.short or entity.label


def sentence(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def year(fact: Fact) -> str:
    """The year of a dated fact."""
    return str(int(moment(fact)[0]))


def _item(trio: tuple[Fact, ...], base: FactBase) -> Item:
    uid = slug(MODEL, *(fact.id for fact in trio))
    rng = random_for(uid)
    wrong = [order for order in permutations(trio) if order != trio]
    # Each event leads at least one option, so that the first place alone does not tell.
    chosen = rng.choice(
        [three for three in combinations(wrong, EVENTS) if len({order[0] for order in three}) == EVENTS]
    )
    told = tuple(other for fact in trio for other in told_by(fact, base))
    dates = [
        f"{mentioned(fact, base)} came in {year(fact)} ({locators(told_by(fact, base))})" for fact in trio
    ]
    told_in_order = sentence(f"{dates[0]}, {dates[1]} and {dates[2]}.")
    topics = [fact.topic for fact in trio]
    leading = max(trio, key=lambda fact: topics.count(fact.topic))
    return finish(
        Draft(
            uid=uid,
            model=MODEL,
            bloom="understand",
            fact=leading,
            stem=FRAME,
            key=key_option(_row(trio, base), told, _claim(trio), told_in_order),
            distractors=[_candidate(order, trio, base) for order in chosen],
            explanation=told_in_order,
            facts=told,
            design="permutation",
        ),
        base,
        rng,
    )


def _candidate(order: tuple[Fact, ...], right: tuple[Fact, ...], base: FactBase) -> Candidate:
    late, early = next(
        (first, second) for first, second in pairwise(order) if right.index(first) > right.index(second)
    )
    return Candidate(
        _row(order, base),
        "order",
        sentence(
            f"{mentioned(early, base)} ({year(early)}, {locators([early])}) came before "
            f"{mentioned(late, base)} ({year(late)}, {locators([late])})."
        ),
        quotations([early, late]),
        _claim(order),
        1.0,
        lesson=sentence(
            f"{mentioned(late, base)} did not come before {mentioned(early, base)}: {year(late)} is later than "
            f"{year(early)}."
        ),
    )


def _row(order: tuple[Fact, ...], base: FactBase) -> str:
    return sentence(", ".join(name(fact, base) for fact in order))


def _claim(order: tuple[Fact, ...]) -> OrderClaim:
    return OrderClaim(events=tuple(fact.subject for fact in order))
