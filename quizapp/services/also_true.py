"""Also true? Which wrong answers another fact of the documents may bear out, so that the teacher looks before saving.

What free words assert cannot be proved by machine, so this only ever says "may": with the fact and its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.quantities import parse
from question_bank.text import fold, norm
from question_bank.values import Phrase, overlap
from question_bank.wording import render
from quizapp.services.evidence import facts_shown
from quizapp.services.versions import Content, OptionContent

SHORTEST = 3  # letters of what is looked for inside a statement


@dataclass(frozen=True, slots=True)
class AlsoTrue:
    """A wrong option (its place among the content's options) and the fact under which it may be true."""

    option: int
    text: str
    fact: Fact
    is_same_question: (
        bool  # the fact answers what the question asks; else it only names the option on the same subject
    )


def find_also_true(content: Content, base: FactBase) -> tuple[AlsoTrue, ...]:
    """At most one fact for each wrong option, the most telling one.

    An option whose own evidence quotes the fact's passage is silent on it: its reason deals with that already.
    """
    asked = _asked(content, base)
    found: list[AlsoTrue] = []
    for n, option in enumerate(content.options):
        if not option.correct and option.text:
            found.extend(_first(n, option, content, asked, base))
    return tuple(found)


def _asked(content: Content, base: FactBase) -> tuple[Fact, ...]:
    """What the question is about: its facts, or those that its evidence shows."""
    named = tuple(base.facts[name] for name in content.facts if name in base.facts)
    return named or facts_shown(content.evidence, base)


def _first(
    n: int, option: OptionContent, content: Content, asked: tuple[Fact, ...], base: FactBase
) -> Iterator[AlsoTrue]:
    for fact in _answering(asked, base):
        if _says(option.text, fact, base):
            yield AlsoTrue(n, option.text, fact, is_same_question=True)
            return
    quoted = {(quote.document, quote.paragraph) for quote in option.evidence}
    if option.evidence == content.evidence:
        quoted = set()  # shown by nothing of its own
    subjects = {fact.subject for fact in asked}
    own = {fact.id for fact in asked}
    for fact in base.facts.values():
        if fact.subject not in subjects or fact.id in own or (fact.document, fact.paragraph) in quoted:
            continue
        if _stands_in(option.text, fact.statement) and not _stands_in(option.text, content.stem):
            yield AlsoTrue(n, option.text, fact, is_same_question=False)
            return


def _answering(asked: tuple[Fact, ...], base: FactBase) -> Iterator[Fact]:
    """The facts that give a value for the same relation of the same subject, those asked for among them."""
    for fact in asked:
        yield from (base.facts[name] for name in sorted(base.same_matter(fact.id)) if name in base.facts)
        yield from base.by_relation.get((fact.subject, fact.relation), ())


def _says(text: str, fact: Fact, base: FactBase) -> bool:
    """Whether an option says what the fact does: the same number, or its words or known variants of them."""
    wordings = [render(fact.value, base), *(fact.value.variants if isinstance(fact.value, Phrase) else ())]
    return any(_same(text, wording) for wording in wordings)


def _same(text: str, wording: str) -> bool:
    left, right = parse(text), parse(wording)
    if left and right:
        return left.unit == right.unit and overlap(left.interval, right.interval)
    return fold(norm(text)).rstrip(".") == fold(norm(wording)).rstrip(".")


def _stands_in(text: str, statement: str) -> bool:
    """Whether the whole words of an option stand in a sentence, whatever article it begins with."""
    words = re.sub(r"^(?:the|a|an|about) ", "", fold(norm(text)).rstrip("."))
    if len(words) < SHORTEST and not words[-1:].isdigit():
        return False
    return bool(re.search(rf"(?<![\w.,]){re.escape(words)}(?![\w%]|[.,]\d)", fold(norm(statement))))
