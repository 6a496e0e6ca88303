"""Is it true, and is it shown? The key holds, no distractor does, and the sources say so word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from question_bank.claims import AllClaim, AnyClaim, DerivedClaim, ValueClaim
from question_bank.fact_base import FactBase
from question_bank.facts import Fact, Quotation
from question_bank.items import KEY, REASONS, Item
from question_bank.lint.report import Flaw, LintContext, error, place, warning, without_options
from question_bank.mentions import unsupported_numbers
from question_bank.quantities import parse
from question_bank.seed_rules import quotation_faults
from question_bank.text import fold, norm, words
from question_bank.truth import judge
from question_bank.values import Phrase, Quantity, overlap
from question_bank.wording import render

RATIONALE_WORDS = 4
_LOCATOR = re.compile(r"\b([AB])¶(\d+)(?:[–-](\d+))?")


def check_truth(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L24: by every fact of both documents the key holds and no distractor does, whatever its words."""
    told = tuple(_wordings(item, context))
    for option in item.options:
        try:
            verdict = judge(option.claim, context.base)
        except KeyError as missing:
            yield error(
                place(item, option), f"claims something of {missing}, which the fact base does not hold"
            )
            continue
        proof = f" ({', '.join(verdict.facts)})" if verdict.facts else ""
        if option.correct and not verdict.holds:
            yield error(place(item, option), f"the key is {verdict.standing.value}{proof}")
        if not option.correct and verdict.holds:
            yield error(place(item, option), f"this distractor is true{proof}")
        if not option.correct and any(_says_the_same(option.text, wording) for wording in told):
            yield error(place(item, option), "says in words what is true")


def check_reasons(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L25: every option says why it is right or wrong, by a known reason, and shows it."""
    for n, option in enumerate(item.options, start=1):
        if len(words(option.rationale)) < RATIONALE_WORDS:
            yield error(f"rationale {n}", "is missing or too short to explain anything")
        if option.reason not in REASONS or (option.reason == KEY) is not option.correct:
            yield error(f"option {n}", f"“{option.reason}” is no reason for it")
        if not option.evidence and option.reason != "not_stated":
            yield error(f"option {n}", "shows no evidence")
    silent = sum(option.reason == "not_stated" for option in item.options)
    if silent > 1:
        yield warning("options", f"{silent} of them are wrong only because the sources do not say so")


def check_support(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L26: quotations are exact and unique; numbers and names of key and explanation stand in the facts cited.

    An explanation may name the number of a wrong option as well, for it says why that does not hold (L30).
    """
    cited = (
        ("evidence", item.evidence),
        *((place(item, option), option.evidence) for option in item.options),
    )
    for where, quotations in cited:
        for quotation in quotations:
            yield from (error(where, fault) for fault in quotation_faults(quotation, context.base))
    facts = _cited_facts(item, context)
    support = [*_records(facts, context), *_passages(item, context), *_documents(context)]
    ids = {
        name
        for fact in facts
        for name in (fact.subject, fact.speaker, getattr(fact.value, "id", None))
        if name
    }
    refuted = tuple(option.text for option in item.distractors)
    told: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        (place(item, item.key), item.key.text, ()),
        ("explanation", item.explanation, refuted),
    )
    for where, text, also in told:
        bare = without_locators(without_options(text, item))
        for number in unsupported_numbers(bare, [*support, *also], _derived(item.key.claim)):
            yield error(where, f"the number {number} stands in none of the facts cited")
        for name in context.names.unsupported(bare, support, ids):
            yield error(where, f"the name {name} stands in none of the facts cited")


def locators(text: str) -> tuple[tuple[str, int], ...]:
    """The document letters and paragraphs that a text cites, as A¶7 or B¶10–11."""
    found: list[tuple[str, int]] = []
    for letter, first, last in _LOCATOR.findall(text):
        found.extend((letter, paragraph) for paragraph in range(int(first), int(last or first) + 1))
    return tuple(found)


def without_locators(text: str) -> str:
    """The text without the paragraphs that it cites, whose numbers are none of its own."""
    return _LOCATOR.sub(" ", text)


def _wordings(item: Item, context: LintContext) -> Iterator[str]:
    """The key's words, and those of every fact with the subject and relation that the key is about."""
    yield item.key.text
    if isinstance(item.key.claim, ValueClaim):
        for fact in _facts_about(item.key.claim, context.base):
            yield render(fact.value, context.base)
            if isinstance(fact.value, Phrase):
                yield from fact.value.variants


def _facts_about(claim: ValueClaim, base: FactBase) -> tuple[Fact, ...]:
    """The facts with the claim's subject and relation; of a many-valued relation, those of the same matter."""
    stated = base.by_relation.get((claim.subject, claim.relation), ())
    if claim.about is None or base.relations[claim.relation].functional:
        return stated
    return tuple(fact for fact in stated if fact.id in base.same_matter(claim.about))


def _says_the_same(text: str, wording: str) -> bool:
    left, right = parse(text), parse(wording)
    if left and right:
        return left.unit == right.unit and overlap(left.interval, right.interval)
    return fold(norm(text)).rstrip(".") == fold(norm(wording)).rstrip(".")


def _cited_facts(item: Item, context: LintContext) -> tuple[Fact, ...]:
    """The item's facts, those that its claims name, and those of every paragraph that it quotes or cites."""
    letters = {document.letter: document.id for document in context.base.documents}
    quoted = {(quotation.document, quotation.paragraph) for quotation in _quotations(item)}
    quoted |= {(letters[letter], n) for letter, n in locators(item.explanation) if letter in letters}
    named = set(item.facts)
    return tuple(
        fact
        for fact in context.base.facts.values()
        if fact.id in named or (fact.document, fact.paragraph) in quoted
    )


def _quotations(item: Item) -> tuple[Quotation, ...]:
    return (*item.evidence, *(quotation for option in item.options for quotation in option.evidence))


def _records(facts: Iterable[Fact], context: LintContext) -> Iterator[str]:
    for fact in facts:
        yield from filter(
            None, (fact.statement, fact.label, fact.headline, fact.note, fact.wording, fact.event)
        )
        yield from (quotation.quote for quotation in fact.quotations)
        yield from (misconception.because for misconception in fact.misconceptions)
        yield render(fact.value, context.base)
        yield from fact.attributes.values()


def _passages(item: Item, context: LintContext) -> Iterator[str]:
    """The whole passages that are quoted from or cited."""
    letters = {document.letter: document.id for document in context.base.documents}
    places = {(quotation.document, quotation.paragraph) for quotation in _quotations(item)}
    places |= {(letters[letter], n) for letter, n in locators(item.explanation) if letter in letters}
    places |= {(fact.document, fact.paragraph) for fact in context.facts_of(item)}
    for document in context.base.documents:
        yield from (passage.text for passage in document.passage if (document.id, passage.n) in places)


def _documents(context: LintContext) -> Iterator[str]:
    for document in context.base.documents:
        yield from (document.frame, document.name, document.title)


def _derived(claim: AnyClaim) -> tuple[float, ...]:
    """The numbers that follow from the facts by a proven claim, and the 100 that a remainder is taken from."""
    if isinstance(claim, AllClaim):
        return tuple(number for part in claim.claims for number in _derived(part))
    if not isinstance(claim, DerivedClaim) or not isinstance(claim.value, Quantity):
        return ()
    value = claim.value
    named = tuple(number for number in (value.n, value.lo, value.hi, claim.given) if number is not None)
    return (*named, 100.0) if claim.operation == "remainder" else named
