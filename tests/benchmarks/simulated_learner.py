"""Simulated learners, who remember by a model that is not the scheduler's own: Pavlik and Anderson's.

Every answer leaves a trace, and traces left while a fact is well remembered fade sooner. Activation is m = offset +
ln(sum of weight × age^-decay), a trace's decay 0.217·e^m + 0.177 with m before the answer, and the chance of recall
1 / (1 + e^((-0.704 - m) / 0.255)). Who does not recall is right by chance one time in four.

Two points are settled as fits the figures known of the simulation: a fact's offset raises its activation, but not the
decay of its traces; and a lucky guess leaves the trace of a failure, since it is the feedback that teaches.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

DAY_LENGTH = 2160  # in the model's units of time
GUESS = 0.25


@dataclass(frozen=True, slots=True)
class Answer:
    """``known`` says whether it was recalled; else it may be ``right`` by luck."""

    known: bool
    right: bool


class Learner:
    """Somebody who remembers as the model says."""

    def __init__(self, offsets: Sequence[float], rng: Random) -> None:
        self._offsets = offsets
        self._rng = rng
        self._traces: list[list[tuple[float, float, float]]] = [[] for _ in offsets]

    def chance(self, fact: int, at: float) -> float:
        """How likely the fact is recalled."""
        strength = self._strength(fact, at)
        if not strength:
            return 0.0
        return 1 / (1 + math.exp((-0.704 - self._offsets[fact] - math.log(strength)) / 0.255))

    def answer(self, fact: int, at: float) -> Answer:
        """Answer a question on the fact, and learn from the feedback."""
        known = self._rng.random() < self.chance(fact, at)
        decay = 0.217 * self._strength(fact, at) + 0.177
        self._traces[fact].append((at, decay, 1.0 if known else 0.7))
        return Answer(known, known or self._rng.random() < GUESS)

    def _strength(self, fact: int, at: float) -> float:
        return sum(weight * (at - since) ** -decay for since, decay, weight in self._traces[fact])
