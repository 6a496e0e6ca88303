"""Assembly: which items make a quiz. No two share a fact or give each other away; topics are balanced and mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

_TRIES = 8  # a greedy draw may run into a corner; the fullest of so many is taken
CAMPS = frozenset({"independence", "france"})
CAMPS_FROM = 10  # items: shorter quizzes have no room for both
# How new an item is to its learner; what is newer comes first.
NEW = 2  # none of its facts was asked before
OTHER_FORM = 1  # its fact was asked before, in another question
MET = 0  # the question itself was answered before
IN_A_ROW = 2  # items of one topic, where the others last


@dataclass(frozen=True, slots=True)
class Candidate:
    """What assembly needs to know of an item."""

    id: int
    uid: str
    topic: str
    family: str
    facts: frozenset[str]
    enemies: frozenset[str]
    camp: str | None = None
    novelty: int = NEW

    def clashes(self, other: Candidate) -> bool:
        """Whether the two may not stand in one quiz."""
        return (
            self.uid == other.uid
            or self.family == other.family
            or other.uid in self.enemies
            or self.uid in other.enemies
            or not self.facts.isdisjoint(other.facts)
        )


def assemble(
    candidates: Iterable[Candidate], topics: Sequence[str], length: int, rng: Random
) -> tuple[Candidate, ...]:
    """Up to ``length`` items in the order of the quiz; fewer where the candidates cannot fill it without a clash."""
    pool = sorted(candidates, key=lambda candidate: candidate.uid)
    best: tuple[Candidate, ...] = ()
    for _ in range(_TRIES):
        drawn = _both_camps(_draw(pool, topics, length, rng), pool, rng)
        best = max(best, drawn, key=lambda quiz: (len(quiz), _is_fair(quiz)))
        if len(best) == length and _is_fair(best):
            break
    return mix(best, rng)


def _is_fair(quiz: Sequence[Candidate]) -> bool:
    """Whether the quiz lets both camps speak, or neither, or is too short to ask it."""
    return len(quiz) < CAMPS_FROM or len({candidate.camp for candidate in quiz} & CAMPS) != 1


def _both_camps(
    chosen: tuple[Candidate, ...], pool: Sequence[Candidate], rng: Random
) -> tuple[Candidate, ...]:
    """A quiz that lets one camp speak lets the other speak too (rule L35): one item gives way to one of its topic."""
    if _is_fair(chosen):
        return chosen
    heard = {candidate.camp for candidate in chosen} & CAMPS
    missing = [candidate for candidate in pool if candidate.camp in CAMPS - heard]
    for candidate in sorted(rng.sample(missing, len(missing)), key=lambda one: -one.novelty):
        for place, giving_way in enumerate(chosen):
            rest = chosen[:place] + chosen[place + 1 :]
            may_give_way = giving_way.topic == candidate.topic and giving_way.camp not in CAMPS
            if may_give_way and not any(candidate.clashes(other) for other in rest):
                return (*rest, candidate)
    return chosen


def mix(chosen: Sequence[Candidate], rng: Random) -> tuple[Candidate, ...]:
    """The items with topics interleaved: at each place the topic with most left, but not a third time in a row."""
    left: dict[str, list[Candidate]] = {}
    for candidate in rng.sample(list(chosen), len(chosen)):
        left.setdefault(candidate.topic, []).append(candidate)
    row: list[Candidate] = []
    while left:
        tail = [candidate.topic for candidate in row[-IN_A_ROW:]]
        tired = tail[0] if len(tail) == IN_A_ROW and len(set(tail)) == 1 else None
        open_topics = [topic for topic in left if topic != tired] or list(left)
        most = max(len(left[topic]) for topic in open_topics)
        topic = rng.choice([topic for topic in open_topics if len(left[topic]) == most])
        row.append(left[topic].pop())
        if not left[topic]:
            del left[topic]
    return tuple(row)


def _draw(
    pool: Sequence[Candidate], topics: Sequence[str], length: int, rng: Random
) -> tuple[Candidate, ...]:
    waiting = {topic: _shuffled([one for one in pool if one.topic == topic], rng) for topic in topics}
    chosen: list[Candidate] = []
    counts: Counter[str] = Counter()
    uids: set[str] = set()
    facts: set[str] = set()
    families: set[str] = set()
    barred: set[str] = set()
    while len(chosen) < length and waiting:
        fewest = min(counts[topic] for topic in waiting)
        topic = rng.choice([topic for topic in waiting if counts[topic] == fewest])
        while waiting[topic]:
            candidate = waiting[topic].pop()
            if (
                candidate.uid not in barred
                and candidate.family not in families
                and facts.isdisjoint(candidate.facts)
                and uids.isdisjoint(candidate.enemies)
            ):
                chosen.append(candidate)
                counts[topic] += 1
                uids.add(candidate.uid)
                facts |= candidate.facts
                families.add(candidate.family)
                barred |= candidate.enemies
                break
        else:
            del waiting[topic]
    return tuple(chosen)


def _shuffled(candidates: list[Candidate], rng: Random) -> list[Candidate]:
    """What is new to the learner last, where it is taken from first; else by chance, few enemies more likely late."""
    return sorted(
        candidates,
        key=lambda candidate: (candidate.novelty, rng.random() / (1 + len(candidate.enemies) / 40)),
    )
