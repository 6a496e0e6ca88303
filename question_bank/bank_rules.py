"""Rules of the bank as a whole: enough items, fair mixtures, nothing for the test-wise (content standard 1.4 and 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from question_bank import testwise
from question_bank.fact_base import FactBase
from question_bank.items import Item
from question_bank.lint import LintContext, lint_item
from question_bank.quantities import parse, parse_date

LEAST_ITEMS = 80
LEAST_PER_TOPIC = 20
RANK_BOUNDS = (0.15, 0.35)  # L23
RANKED_ITEMS = 20  # L23 speaks from so many items on
MOST_PER_FACT = 5  # L31
DELIVERIES = 10_000  # L32
POSITION_SLACK = 0.013  # L32
CAMP_GAP = 0.10  # L35


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the bank: what was measured, and a complaint where it is out of bounds."""

    rule: str
    told: str
    complaint: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a bank."""

    measures: tuple[Measure, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Every figure, one a line."""
        return tuple(f"{measure.rule}  {measure.told}" for measure in self.measures)

    @property
    def errors(self) -> tuple[str, ...]:
        """What is out of bounds."""
        return tuple(f"{measure.rule}: {measure.complaint}" for measure in self.measures if measure.complaint)


def check_bank(items: Sequence[Item], base: FactBase) -> Report:
    """Measure the bank against every rule."""
    measures: list[Measure] = []
    for rule in (
        _size,
        _lint,
        _coverage,
        _load,
        _ranks,
        _positions,
        _test_wise,
        _enemies,
        _camps,
        _levels,
        _stances,
    ):
        measures.extend(rule(items, base))
    return Report(tuple(measures))


def _size(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    few = len(items) < LEAST_ITEMS
    yield Measure("size", f"{len(items)} items", f"fewer than {LEAST_ITEMS} items" if few else None)
    topics = Counter(item.topic for item in items)
    for topic in base.topics:
        few = topics[topic.id] < LEAST_PER_TOPIC
        told = f"{topics[topic.id]} on {topic.title}"
        yield Measure("size", told, f"fewer than {LEAST_PER_TOPIC} on {topic.title}" if few else None)


def _lint(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    context = LintContext(base)
    found = [(item.uid, finding) for item in items for finding in lint_item(item, context)]
    errors = [f"{uid} {finding.rule}" for uid, finding in found if finding.severity == "E"]
    warned = len({uid for uid, finding in found if finding.severity == "W"})
    yield Measure("lint", f"{len(errors)} errors, {warned} items with a warning", ", ".join(errors) or None)


def _coverage(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    asked = {fact for item in items for fact in item.facts}
    grade = [fact.id for fact in base.item_grade]
    missing = [fact for fact in grade if fact not in asked]
    share = 1 - len(missing) / len(grade)
    told = f"{share:.0%} of {len(grade)} item-grade facts stand in an item; without one: {', '.join(missing) or 'none'}"
    yield Measure("coverage", told)


def _load(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    del base
    load = Counter(fact for item in items for fact in item.facts)
    fact, most = load.most_common(1)[0]
    heavy = [name for name, times in load.items() if times > MOST_PER_FACT]
    yield Measure(
        "L31", f"at most {most} items on one fact ({fact})", f"too many on {heavy}" if heavy else None
    )


def _ranks(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    """The rank of the key among ordered numbers and dates."""
    del base
    ranks = Counter(
        next(i for i, option in enumerate(item.options) if option.correct)
        for item in items
        if item.ordered and not item.design and _is_number(item.key.text)
    )
    total = sum(ranks.values())
    shares = [ranks[rank] / total for rank in range(4)] if total else []
    low, high = RANK_BOUNDS
    skewed = total >= RANKED_ITEMS and not all(low <= share <= high for share in shares)
    told = f"keys of {total} ordered numbers by rank: {', '.join(f'{share:.0%}' for share in shares)}"
    yield Measure(
        "L23", told, "a rank holds fewer than 15 % or more than 35 % of the keys" if skewed else None
    )


def _is_number(text: str) -> bool:
    return parse(text) is not None or parse_date(text) is not None


def _positions(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    """Where the key of an unordered item is shown, over simulated deliveries."""
    del base
    loose = [item for item in items if not item.ordered]
    rng = Random(1853)  # noqa: S311 - a simulation
    shown: Counter[int] = Counter()
    for _ in range(DELIVERIES):
        item = rng.choice(loose)
        order = list(range(len(item.options)))
        rng.shuffle(order)
        shown[next(place for place, i in enumerate(order) if item.options[i].correct)] += 1
    shares = [shown[place] / DELIVERIES for place in range(4)]
    skewed = any(abs(share - testwise.CHANCE) > POSITION_SLACK for share in shares)
    told = f"key positions over {DELIVERIES} deliveries: {', '.join(f'{share:.1%}' for share in shares)}"
    yield Measure("L32", told, "the key stands in one place too often" if skewed else None)


def _test_wise(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    del base
    bound = testwise.limit(len(items))
    for name, share in testwise.accuracies(items).items():
        most = testwise.VOTE_LIMIT if name == "vote" else bound
        told = f"{name}: {share:.1%} right (at most {most:.1%})"
        yield Measure("L33", told, f"“{name}” is right in {share:.1%}" if share > most else None)


def _enemies(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    del base
    pairs = sum(len(item.enemies) for item in items) // 2
    yield Measure("L34", f"{pairs} pairs of items that may not share a quiz")


def _camps(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    del base
    camps = Counter(item.camp for item in items)
    independence, france = camps["independence"], camps["france"]
    apart = abs(independence - france)
    unfair = apart > max(2, CAMP_GAP * (independence + france))
    told = f"{independence} items on voices for independence, {france} on voices against it"
    yield Measure("L35", told, "one camp is heard more than the other" if unfair else None)


def _levels(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    del base
    levels = Counter(item.bloom for item in items)
    shares = ", ".join(f"{name} {levels[name] / len(items):.0%}" for name in sorted(levels))
    yield Measure("L36", f"by level: {shares}")


def _stances(items: Sequence[Item], base: FactBase) -> Iterator[Measure]:
    del base
    views = sum(item.stance != "fact" for item in items) / len(items)
    joined = sum(len({quotation.document for quotation in item.evidence}) > 1 for item in items) / len(items)
    yield Measure(
        "L36", f"{views:.0%} on claims, opinions, forecasts or estimates; {joined:.0%} join both documents"
    )
