"""Plausible wrong options: where they come from, why each is wrong, and which three stand together.

Sources first (other figures, speakers, events of the same type), then the named misconceptions of the
fact, then named numeric slips. Nothing that the sources bear out is offered (``truth``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import NamedTuple

from question_bank.claims import AnyClaim
from question_bank.errors import TooFewDistractorsError
from question_bank.fact_base import FactBase
from question_bank.facts import Fact, Quotation
from question_bank.items import Option, Reason
from question_bank.text import content_words, fold, jaccard, norm
from question_bank.truth import Standing, judge, same_value
from question_bank.values import AnyValue, Quantity, overlap

WANTED = 3
WHOLE = 100  # percent
NEAR = 3  # paragraphs: what stands so close together is easily mixed up
MOST_CONSIDERED = 12
FLOOR = 0.25  # below this plausibility a wrong option teaches nothing
RATIO = 20.0  # rule L22: no further from the key than this
YEARS_APART = 5  # rule L22, for years
GAP = 0.08  # rule L22: no closer to the key than this
OFF_RANK = 0.6  # what a place off the drawn rank costs

# How much each origin adds: siblings tempt because they stand in the text, misconceptions because people hold them.
_ORIGIN: dict[Reason, float] = {"misconception": 0.25, "numeric_error": -0.05, "not_stated": -0.2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wrong option that could stand beside the key, with all that it will be shown with."""

    text: str
    reason: Reason
    rationale: str
    evidence: tuple[Quotation, ...]
    claim: AnyClaim
    plausibility: float
    value: AnyValue | None = None
    lesson: str = ""  # what the explanation says of it where it tempts most

    def as_option(self) -> Option:
        """The candidate as a distractor of an item."""
        return Option(
            self.text,
            correct=False,
            rationale=self.rationale,
            reason=self.reason,
            evidence=self.evidence,
            claim=self.claim,
        )


def plausibility(key: Fact, other: Fact | None, reason: Reason, closeness: float) -> float:
    """How tempting a wrong option is, from 0 to 1 (content standard 2.4, weights of its formula).

    ``closeness`` compares the two answers: for numbers 1 − |ln ratio| / ln 10, for words their likeness in length.
    """
    score = 0.30 + _ORIGIN.get(reason, 0.0) + 0.10 * closeness
    if other is None:
        return score
    score += 0.20 * (key.topic == other.topic)
    if key.document == other.document:
        score += 0.20 if abs(key.paragraph - other.paragraph) <= NEAR else 0.10
    return score + 0.20 * (other.id in key.contrasts or key.id in other.contrasts)


class Answer(NamedTuple):
    """The right option as distractors are measured against it."""

    text: str
    value: AnyValue | None


def choose(
    key: Answer,
    candidates: Iterable[Candidate],
    base: FactBase,
    rng: Random,
    *,
    size: Callable[[str, AnyValue | None], float],
    off_rank: float = OFF_RANK,
) -> tuple[Candidate, ...]:
    """The three that tempt most together, the key's rank by ``size`` drawn first; TooFewDistractorsError if none do.

    Drawing the rank keeps "pick the middle number" and "pick the longest" from paying (rules L23 and L33).
    """
    usable = _usable(key, candidates, base)
    rank = rng.randrange(WANTED + 1)
    own = size(key.text, key.value)
    best: tuple[float, tuple[Candidate, ...]] | None = None
    for trio in combinations(usable, WANTED):
        if not _apart(trio):
            continue
        below = sum(size(candidate.text, candidate.value) < own for candidate in trio)
        score = _score(trio) - off_rank * abs(below - rank)
        if best is None or score > best[0] + 1e-9:
            best = (score, trio)
    if best is None:
        raise TooFewDistractorsError(key.text)
    return best[1]


def by_length(text: str, value: AnyValue | None) -> float:
    """Size of an option in words: its length."""
    del value
    return len(text)


def by_magnitude(text: str, value: AnyValue | None) -> float:
    """Size of an option that is a number."""
    del text
    return value.magnitude if isinstance(value, Quantity) else 0.0


def closeness_of_numbers(key: Quantity, other: Quantity) -> float:
    """1 for equal numbers, 0 for a factor of ten or more."""
    if key.magnitude <= 0 or other.magnitude <= 0:
        return 0.0
    return 1 - min(1.0, abs(math.log(other.magnitude / key.magnitude)) / math.log(10))


def closeness_of_words(key: str, other: str) -> float:
    """1 for phrases of equal length, falling to 0 where one is twice as long."""
    shorter, longer = sorted((len(key), len(other)))
    return max(0.0, 2 * shorter / longer - 1)


def _usable(key: Answer, candidates: Iterable[Candidate], base: FactBase) -> list[Candidate]:
    kept: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda candidate: (-candidate.plausibility, candidate.text)):
        name = fold(norm(candidate.text))
        if name == fold(norm(key.text)) or name in kept or candidate.plausibility < FLOOR:
            continue
        if not _is_wrong(candidate, base) or not _fits(key.value, candidate.value):
            continue
        if (
            key.value is not None
            and candidate.value is not None
            and same_value(key.value, candidate.value, base)
        ):
            continue
        kept[name] = candidate
    return list(kept.values())[:MOST_CONSIDERED]


def _is_wrong(candidate: Candidate, base: FactBase) -> bool:
    standing = judge(candidate.claim, base).standing
    return standing is Standing.REFUTED or (
        standing is Standing.NOT_STATED and candidate.reason == "not_stated"
    )


def _fits(key: AnyValue | None, other: AnyValue | None) -> bool:
    """Numbers neither so close that rounding decides nor so far that nobody would take them."""
    if not isinstance(key, Quantity) or not isinstance(other, Quantity):
        return True
    if other.magnitude <= 0 or key.magnitude <= 0:
        return False
    ratio = other.magnitude / key.magnitude
    beyond_the_whole = key.answer_type == "percent" and other.magnitude > WHOLE
    return not _near(key, other) and 1 / RATIO <= ratio <= RATIO and not beyond_the_whole


def _apart(trio: tuple[Candidate, ...]) -> bool:
    """Whether no two numbers of the three meet, nor lie so close together that they look like one choice."""
    return not any(
        isinstance(left.value, Quantity)
        and isinstance(right.value, Quantity)
        and (overlap(left.value.interval, right.value.interval) or _near(left.value, right.value))
        for left, right in combinations(trio, 2)
    )


def _near(left: Quantity, right: Quantity) -> bool:
    """Rule L22: less than 8 % apart, or five years; a bound is told from a number by its words."""
    if {left.op, right.op} - {"=", "~"}:
        return False
    if left.answer_type == "year":
        return abs(left.magnitude - right.magnitude) < YEARS_APART
    return abs(left.magnitude - right.magnitude) < GAP * max(left.magnitude, right.magnitude)


def _score(trio: tuple[Candidate, ...]) -> float:
    return sum(candidate.plausibility for candidate in trio) - 0.5 * max(
        _likeness(left.text, right.text) for left, right in combinations(trio, 2)
    )


def _likeness(left: str, right: str) -> float:
    """Shared content words over all content words (Jaccard)."""
    return jaccard(content_words(left), content_words(right))


def slips(value: Quantity) -> Iterator[tuple[str, float, str]]:
    """Named numeric slips: name, wrong number, and what went wrong in words (content standard 2.4, pool 3)."""
    n = value.magnitude
    if value.answer_type == "year":
        yield "off_by_decade", n - 10, "ten years too early"
        yield "off_by_decade", n + 10, "ten years too late"
        yield "off_by_century", n - 100, "a century too early"
        yield "digit_swap", _swapped(n), "the right digits in the wrong order"
        return
    if value.answer_type == "percent":
        yield "complement", 100 - n, "what is left of the whole, rather than the share itself"
    yield "decimal_slip", n / 10, "ten times too small, a nought less"
    yield "decimal_slip", n * 10, "ten times too large, a nought more"


def _swapped(year: float) -> float:
    text = str(int(year))
    return float(text[:2] + text[3] + text[2])
