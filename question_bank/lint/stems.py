"""Does the stem ask one clear, positive question, say when, and say whose view it is?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from question_bank.items import Item
from question_bank.lint.report import Flaw, LintContext, error, warning
from question_bank.text import (
    content_words,
    corrected_type_token_ratio,
    fold,
    norm,
    sentence_count,
    unquoted,
    words,
)

_TRUE_FALSE = re.compile(r"^which of (the following|these)( statements)? (is|are) (true|correct|false)")
_NEGATIVE = re.compile(
    r"\b(?:not|never|no|except|least|unlike|without|false|incorrect|neither|nor|cannot|wrong)\b|n't\b"
)
_VOTE_SIDE = re.compile(
    r"\b(?:chose|voted|vote|the|for|share|side) No\b|\bNo (?:won|side|vote|camp|share|was)\b"
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|\bmid-2018\b|\bNovember 2018\b")
_DEICTIC = re.compile(
    r"\b(?:currently|now|today|recent(?:ly)?|last (?:year|month|week)|this year|so far|to date|at present|nowadays|"
    r"still)\b"
)
_LINKS = re.compile(
    r"\b(?:because|led to|thanks to|despite|failed|succeeded|finally|only|even|merely|mere)\b"
)  # fmt: skip


def check_form(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L04: a question, not a sentence with a gap."""
    if not norm(item.stem).endswith("?"):
        yield error("stem", "does not end in a question mark")
    if "__" in item.stem or "fill in" in fold(item.stem):
        yield error("stem", "has a gap to fill in")


def check_focus(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L05: answerable before the options are read, and about the fact's matter."""
    if len(words(item.stem)) < 6:
        yield error("stem", "has fewer than six words")
    if _TRUE_FALSE.match(fold(norm(item.stem))):
        yield error("stem", "asks which statement is true")
    if {fold(norm(option.text)).rstrip(".") for option in item.options} <= {"true", "false", "yes", "no"}:
        yield error("options", "are true and false")
    if not _is_about_its_facts(item, context):
        yield error("stem", "shares no word with its facts and names no document")


def check_positive(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L06: no negation outside quotations; the No side of the vote is none."""
    asked = _VOTE_SIDE.sub(" ", unquoted(item.stem).replace("’", "'"))
    found = _NEGATIVE.search(asked.lower())
    if found:
        yield error("stem", f"is negative: “{found.group()}”")


def check_length(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L07: 35 words at most, 45 at the very most; no more variety and sentences than a question needs."""
    count = len(words(item.stem))
    if count > 45:
        yield error("stem", f"has {count} words")
    elif count > 35:
        yield warning("stem", f"has {count} words")
    if corrected_type_token_ratio(item.stem) > 4.5:
        yield warning("stem", "says more than it asks")
    if sentence_count(item.stem) >= 3:
        yield warning("stem", f"has {sentence_count(item.stem)} sentences")


def check_time_frame(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L08: every stem says by a year when it holds, and none leans on the day it is read."""
    if not _YEAR.search(item.stem):
        yield error("stem", "names no year")
    found = _DEICTIC.search(unquoted(item.stem).lower())
    if found:
        yield error("stem", f"depends on when it is read: “{found.group()}”")


def check_presupposition(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L10: no cause or judgement in the stem that the fact's record does not hold."""
    recorded = " ".join(
        fold(" ".join(filter(None, (fact.statement, fact.ask, fact.label, fact.headline, fact.note))))
        for fact in context.facts_of(item)
    )
    for found in dict.fromkeys(_LINKS.findall(unquoted(item.stem).lower())):
        if found not in recorded:
            yield warning("stem", f"takes “{found}” for granted")


def _is_about_its_facts(item: Item, context: LintContext) -> bool:
    if any(frame in item.stem for frame in context.frames):
        return True
    matter: set[str] = set()
    for fact in context.facts_of(item):
        subject, relation = context.base.entities[fact.subject], context.base.relations[fact.relation]
        named = (
            fact.label,
            fact.ask or "",
            relation.means,
            subject.label,
            subject.short or "",
            *subject.aliases,
        )
        matter |= content_words(" ".join(named))
    return bool(matter & content_words(item.stem))
