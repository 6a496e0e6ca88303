"""How long a quiz takes to draw, against shuffling the same candidates: ``python tests/benchmarks/assembly.py``.

Both are timed in turn in one run, so that the ratio means something on a busy machine.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from random import Random

from question_bank.assembly import Candidate, assemble
from question_bank.build import build_bank
from question_bank.loader import CURATED_DIR, SEEDS_DIR

ROUNDS, A_ROUND = 10, 100
LENGTH = 10


def main() -> None:
    """Print the medians of both and their ratio."""
    build = build_bank(SEEDS_DIR, CURATED_DIR)
    pool = [
        Candidate(
            number,
            item.uid,
            item.topic,
            item.family,
            frozenset(item.facts),
            frozenset(item.enemies),
            item.camp,
        )
        for number, item in enumerate(build.items)
    ]
    topics = [topic.id for topic in build.base.topics]
    floor, quiz = [], []
    for _ in range(ROUNDS):
        floor.append(_seconds(lambda rng: rng.sample(pool, len(pool))))
        quiz.append(_seconds(lambda rng: assemble(pool, topics, LENGTH, rng)))
    print(f"{len(pool)} items, {ROUNDS} rounds of {A_ROUND}")
    print(f"shuffle  {_told(floor)}")
    print(f"quiz     {_told(quiz)}")
    print(f"ratio    {statistics.median(quiz) / statistics.median(floor):.1f}")


def _seconds(draw: Callable[[Random], object]) -> float:
    """Seconds of processor time for a thousand draws."""
    started = time.process_time()
    for seed in range(A_ROUND):
        draw(Random(seed))  # noqa: S311 - the benchmark's own draws
    return (time.process_time() - started) * 1000 / A_ROUND


def _told(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f} s a thousand ({min(seconds):.3f}–{max(seconds):.3f})"


if __name__ == "__main__":
    main()
