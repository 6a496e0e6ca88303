"""What all item models share: how a stem names its source and time, and how an item is put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from question_bank.claims import AnyClaim
from question_bank.distractors import Candidate
from question_bank.fact_base import FactBase
from question_bank.facts import Fact, Quotation
from question_bank.item_models.lessons import with_lesson
from question_bank.items import KEY, Bloom, Design, Item, Option

SEED = 2018


def random_for(uid: str) -> Random:
    """The item's own randomness: the same uid gives the same item on every machine, whatever else changes."""
    return Random(f"{SEED}:{uid}")  # noqa: S311 - not for secrets


def slug(*parts: str) -> str:
    """A URL-safe uid of its parts."""
    return "-".join(part.lower().replace(":", "-").replace("_", "-") for part in parts)


def leaders(base: FactBase, relations: Iterable[str] | None = None) -> tuple[Fact, ...]:
    """One item-grade fact for each thing stated: echoes in the other document do not make a second question."""
    wanted = None if relations is None else frozenset(relations)
    seen: set[str] = set()
    chosen = []
    for fact in base.item_grade:
        if fact.id in seen or (wanted is not None and fact.relation not in wanted):
            continue
        seen |= base.same_statement(fact.id)
        chosen.append(fact)
    return tuple(chosen)


def source_of(fact: Fact, base: FactBase) -> str:
    """How a stem names the document of ``fact``: "the post-vote report (November 2018)"."""
    return f"the {base.document_of(fact).frame}"


def framed(clause: str, fact: Fact, base: FactBase) -> str:
    """The clause as a question that names its source, and with it the time (rules L04, L08)."""
    if "{source}" in clause:
        return clause.replace("{source}", source_of(fact, base)) + "?"
    told = {base.facts[name].document for name in base.same_statement(fact.id)}
    if len(told) > 1:
        return f"{clause}, as both 2018 articles report?"
    return f"{clause}, according to {source_of(fact, base)}?"


def told_by(fact: Fact, base: FactBase) -> tuple[Fact, ...]:
    """The fact and its item-grade or context echoes: all of them prove the key."""
    group = base.same_statement(fact.id)
    return (fact, *(other for other in base.facts.values() if other.id in group and other.id != fact.id))


def quotations(facts: Iterable[Fact]) -> tuple[Quotation, ...]:
    """Where the facts stand, each place once."""
    return tuple(dict.fromkeys(quotation for fact in facts for quotation in fact.quotations))


def locators(facts: Iterable[Fact]) -> str:
    """``A¶12, B¶29``."""
    return ", ".join(dict.fromkeys(fact.locator for fact in facts))


def mix_up(name: str, other: Fact) -> str:
    """What an explanation says of an answer that belongs to another question."""
    return f"{name[:1].upper()}{name[1:]} is named as well, but it is {other.label} ({locators([other])})."


def explain(fact: Fact, base: FactBase, *more: str) -> str:
    """The fact's statement with its place, its teaching note, and what else helps."""
    told = told_by(fact, base)
    sentence = fact.statement.removesuffix(".")
    return " ".join(part for part in (f"{sentence} ({locators(told)}).", fact.note or "", *more) if part)


def key_option(text: str, facts: Sequence[Fact], claim: AnyClaim, rationale: str | None = None) -> Option:
    """The correct option, proved by ``facts``; without a rationale of its own it shows the words of the first."""
    reason = rationale or _words_of_the_passage(facts[0])
    return Option(text, correct=True, rationale=reason, reason=KEY, evidence=quotations(facts), claim=claim)


def _words_of_the_passage(fact: Fact) -> str:
    """The proving words; where they are somebody's view, the whole statement, which says whose."""
    if fact.stance == "fact":
        return f"In the passage: … {fact.evidence} … ({fact.locator})."
    return f"{fact.statement.removesuffix('.')} ({fact.locator})."


@dataclass(frozen=True, slots=True)
class Draft:
    """What an item model says of an item; the rest follows from the fact.

    Numbers and dates stand ascending (``ordered_by`` gives each text's size), names ``alphabetical``; anything else
    stands in an order drawn once.
    """

    uid: str
    model: str
    bloom: Bloom
    fact: Fact
    stem: str
    key: Option
    distractors: Iterable[Candidate]
    explanation: str
    facts: Sequence[Fact]
    ordered_by: dict[str, float] | None = None
    alphabetical: bool = False
    design: Design = ""


def finish(draft: Draft, base: FactBase, rng: Random) -> Item:
    """The item of a draft."""
    fact = draft.fact
    told = tuple(dict.fromkeys(other.id for other in draft.facts))
    wrong = tuple(draft.distractors)
    return Item(
        uid=draft.uid,
        origin="generated",
        topic=fact.topic,
        model=draft.model,
        family=slug(draft.model, *sorted(told)),
        stem=draft.stem,
        options=_in_order(draft, wrong, rng),
        explanation=with_lesson(draft.explanation, wrong, draft.key.text, draft.stem),
        evidence=quotations(draft.facts),
        facts=told,
        bloom=draft.bloom,
        stance=fact.stance,
        speaker=speaker_label(fact, base),
        ordered=draft.ordered_by is not None or draft.alphabetical,
        difficulty=fact.difficulty,
        design=draft.design,
        camp=base.entities[fact.speaker].camp if fact.speaker in base.entities else None,
        since_then=fact.since_then,
    )


def _in_order(draft: Draft, wrong: Iterable[Candidate], rng: Random) -> tuple[Option, ...]:
    options = [draft.key, *(candidate.as_option() for candidate in wrong)]
    if draft.ordered_by is not None:
        sizes = draft.ordered_by
        return tuple(sorted(options, key=lambda option: sizes[option.text]))
    if draft.alphabetical:
        return tuple(sorted(options, key=lambda option: option.text.casefold()))
    rng.shuffle(options)
    return tuple(options)


def speaker_label(fact: Fact, base: FactBase) -> str | None:
    """Who says it, as people read it; the document itself where nobody is named; None for a plain fact."""
    if fact.speaker == "document":
        return base.document_of(fact).name
    return base.entities[fact.speaker].label if fact.speaker else None
