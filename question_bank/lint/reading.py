"""Can a second-language reader follow it, and does the explanation teach?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from question_bank.addressing import addresses, can_be_told
from question_bank.items import Item
from question_bank.lint.evidence import locators
from question_bank.lint.report import Flaw, LintContext, error, warning
from question_bank.quantities import numbers
from question_bank.text import content_words, fold, norm, reading_grade, words

EXPLANATION_WORDS = 12
JUDGING = frozenset({"stance", "error", "link", "attribute", "stated"})
PREFIX = 6  # letters by which "reconciling" and "reconciliation" are one word
_FRAME = re.compile(r"\([^)]*\)")


def check_reading_level(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L29: Flesch-Kincaid grade with names masked and the bracketed frame left out: stem 12, explanation 14."""
    grade = reading_grade(plain(item.stem, context))
    if grade > 16:
        yield error("stem", f"reads at grade {grade:.1f}")
    elif grade > 12:
        yield warning("stem", f"reads at grade {grade:.1f}")
    grade = reading_grade(plain(item.explanation, context))
    if grade > 14:
        yield warning("explanation", f"reads at grade {grade:.1f}")


def check_explanation(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L30: twelve words or more, with a locator, and with the key's number or one of its words.

    A key that judges what a source says (its stance, a mistake, a link) is explained by what the source says instead.
    It also takes up a wrong option, the one that tempts most, unless they all are made of the same words as the key.
    """
    if len(words(item.explanation)) < EXPLANATION_WORDS:
        yield error("explanation", f"has fewer than {EXPLANATION_WORDS} words")
    if not locators(item.explanation):
        yield error("explanation", "cites no paragraph (A¶n or B¶n)")
    if item.key.claim.kind not in JUDGING and not _has_the_key(item):
        yield error("explanation", "does not give the key")
    if not _takes_up_a_wrong_option(item):
        yield warning("explanation", "says nothing of a wrong option")


def _takes_up_a_wrong_option(item: Item) -> bool:
    """Which one tempts most only the generator and the curator know; that none is spoken of can be seen.

    The wrong options of a two-by-two or a permutation are made of the key's own parts, so they cannot be told.
    """
    if item.design:
        return True
    key, stem = item.key.text, item.stem
    wrong = [option.text for option in item.distractors]
    told = any(addresses(item.explanation, option, key, stem) for option in wrong)
    return told or not any(can_be_told(option, key, stem) for option in wrong)


def _has_the_key(item: Item) -> bool:
    named = numbers(item.key.text)
    if named and named & numbers(item.explanation):
        return True
    if fold(norm(item.key.text)) in fold(norm(item.explanation)):
        return True
    told = {word[:PREFIX] for word in content_words(item.explanation)}
    return any(word[:PREFIX] in told for word in content_words(item.key.text))


def plain(text: str, context: LintContext) -> str:
    """The text as it is graded: every name as "Name", without what stands in brackets."""
    masked = _FRAME.sub(" ", text)
    for entity in sorted(context.base.entities.values(), key=lambda known: -len(known.label)):
        for name in (entity.label, entity.short, *entity.aliases):
            if name and any(letter.isupper() for letter in name[1:]):
                masked = masked.replace(name, "Name")
    return norm(masked)
