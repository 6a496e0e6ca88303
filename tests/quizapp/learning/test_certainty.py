"""Certainty: the rule pays honesty, calibration says no more than it knows, and errors are followed up."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from quizapp.learning.certainty import (
    MEANT,
    Calibration,
    Share,
    Verdict,
    best_certainty,
    calibration,
    corrections,
    crossing,
    expected_marks,
)
from quizapp.learning.meetings import Meeting
from tests.quizapp.learning.met import met

TWO_THIRDS, FOUR_FIFTHS = Fraction(2, 3), Fraction(4, 5)
A_LITTLE = Fraction(1, 10**9)


def test_the_marks_expected_are_straight_lines() -> None:
    for chance in (Fraction(0), Fraction(1, 4), TWO_THIRDS, FOUR_FIFTHS, Fraction(1)):
        lines = [chance, 4 * chance - 2, 9 * chance - 6]
        assert [expected_marks(level, chance) for level in (1, 2, 3)] == lines


def test_a_blind_guess_pays_only_who_is_not_sure() -> None:
    assert [expected_marks(level, 0.25) for level in (1, 2, 3)] == [0.25, -1, -3.75]


def test_honesty_pays_best_and_the_crossings_are_exact() -> None:
    assert (crossing(1, 2), crossing(2, 3)) == (TWO_THIRDS, FOUR_FIFTHS)
    chances = [TWO_THIRDS - A_LITTLE, TWO_THIRDS, TWO_THIRDS + A_LITTLE]
    chances += [FOUR_FIFTHS - A_LITTLE, FOUR_FIFTHS, FOUR_FIFTHS + A_LITTLE]
    assert [best_certainty(chance) for chance in chances] == [1, 2, 2, 2, 2, 3]


def answered(*groups: tuple[int | None, int, int]) -> list[Meeting]:
    """So many answers of a certainty, so many of them right."""
    return [met(sure=sure, right=n < right) for sure, of, right in groups for n in range(of)]


def told(*groups: tuple[int | None, int, int]) -> Calibration:
    found = calibration(answered(*groups))
    assert found
    return found


def test_thirty_answers_with_certainty_are_enough() -> None:
    assert calibration(answered((3, 29, 20), (None, 50, 50))) is None
    assert told((3, 30, 20), (None, 50, 50)).answers == 30


def test_the_figures_of_a_calibration() -> None:
    found = told((1, 20, 10), (2, 10, 8), (3, 20, 15))
    meant = (20 * 0.5 + 10 * 0.73 + 20 * 0.9) / 50

    assert found.right == {1: Share(10, 20), 2: Share(8, 10), 3: Share(15, 20)}
    assert found.overconfidence == pytest.approx(meant - 33 / 50)
    squares = 20 * 0.25 + (8 * 0.27**2 + 2 * 0.73**2) + (15 * 0.1**2 + 5 * 0.9**2)
    assert found.brier == pytest.approx(squares / 50)
    low, high = found.interval
    assert low < found.overconfidence < high
    assert (meant - high, meant - low) == pytest.approx(Share(33, 50).interval)


def test_wilsons_interval() -> None:
    assert Share(8, 10).interval == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert Share(30, 30).interval == pytest.approx((0.8865, 1.0), abs=1e-4)
    assert Share(0, 10).interval == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert (Share(0, 0).share, Share(0, 0).interval) == (0.0, (0.0, 1.0))


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [
        ([(3, 40, 20), (2, 10, 5)], Verdict.OVER),
        ([(1, 40, 38), (3, 10, 10)], Verdict.UNDER),
        ([(1, 20, 10), (2, 20, 14), (3, 20, 18)], Verdict.NEITHER),
        ([(3, 20, 15), (2, 10, 7)], Verdict.NEITHER),  # 0.11 too sure, but the interval holds zero
        ([(3, 200, 200)], Verdict.NEITHER),  # cannot be surer
        ([(1, 200, 20)], Verdict.NEITHER),  # cannot be less sure
    ],
)
def test_a_word_is_said_only_where_zero_lies_outside(
    groups: list[tuple[int, int, int]], verdict: Verdict
) -> None:
    found = told(*groups)

    low, high = found.interval
    assert found.verdict is verdict
    if verdict is not Verdict.NEITHER:
        assert not low <= 0 <= high


def test_who_is_as_sure_as_they_should_be_is_rarely_told_otherwise() -> None:
    rng = Random(5)  # noqa: S311 - not for secrets
    words = []
    for _ in range(200):
        levels = [rng.choice((1, 2, 3)) for _ in range(60)]
        words.append(told(*((level, 1, int(rng.random() < MEANT[level])) for level in levels)).verdict)

    assert words.count(Verdict.NEITHER) >= 190


def test_an_error_counts_once_its_fact_is_asked_again() -> None:
    meetings = [
        met("a b", right=False, sure=3),
        met("c", right=False, sure=3),  # never again
        met("d", right=False),  # certainty was not asked for
        met("b", right=True),
        met("a", right=False, sure=1),
        met("d", right=True),
        met("a", right=False, sure=2),
        met("a", right=True, sure=1),
    ]

    assert corrections(meetings) == {1: Share(0, 1), 2: Share(1, 1), 3: Share(1, 1)}


def test_the_rates_of_a_simulation_are_recovered() -> None:
    rng = Random(17)  # noqa: S311 - not for secrets
    truth = {1: 0.6, 3: 0.8}
    facts = [(f"{sure}.{n}", sure) for sure in truth for n in range(400)]
    errors = [met(fact, right=False, sure=sure) for fact, sure in rng.sample(facts, len(facts))]
    again = [
        met(fact, right=rng.random() < truth[sure], sure=2) for fact, sure in rng.sample(facts, len(facts))
    ]

    found = corrections([*errors, *again])

    assert [found[level].of for level in (1, 2, 3)] == [400, 0, 400]
    for level, chance in truth.items():
        assert found[level].share == pytest.approx(chance, abs=0.05)
