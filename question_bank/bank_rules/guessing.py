"""Can the key be guessed from its rank, its place or its looks? Ranks, positions and the test-wise strategies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from question_bank import testwise
from question_bank.bank_rules.report import Bank, Measure, bounded
from question_bank.items import Item
from question_bank.quantities import parse, parse_date

OPTIONS = 4
RANK_BOUNDS = (0.15, 0.35)
RANKED_ITEMS = 20  # ranks say something from so many items on
CHI_SQUARE = 7.815  # with three degrees of freedom, p = 0.05
DELIVERIES = 10_000
SLACK = 0.013
SHARED = 5  # items of one model from which on an option is known by habit
FAIR = (0.10, 0.60)  # how often such an option is the key
_SEED = 1853


def measure_ranks(bank: Bank) -> Iterator[Measure]:
    """L23: among ordered numbers and dates each rank holds 15 to 35 % of the keys, and no pattern shows."""
    ranks = Counter(_rank(item) for item in bank.items if _is_ranked(item))
    total = sum(ranks.values())
    shares = [ranks[rank] / max(1, total) for rank in range(OPTIONS)]
    chi_square = sum((share - 1 / OPTIONS) ** 2 for share in shares) * total * OPTIONS
    told = f"keys of {total} ordered numbers by rank: {', '.join(f'{share:.0%}' for share in shares)}"
    complaint = None
    if total >= RANKED_ITEMS and not all(RANK_BOUNDS[0] <= share <= RANK_BOUNDS[1] for share in shares):
        complaint = "a rank holds fewer than 15 % or more than 35 % of the keys"
    elif total >= RANKED_ITEMS and chi_square > CHI_SQUARE:
        complaint = f"ranks differ by more than chance (chi-square {chi_square:.1f})"
    yield Measure("ranks", told, complaint)


def measure_positions(bank: Bank) -> Iterator[Measure]:
    """L32: over 10,000 deliveries the key stands in each place equally often, whatever place came before."""
    places = deliver(bank.items, DELIVERIES)
    shown = Counter(places)
    shares = [shown[place] / max(1, len(places)) for place in range(OPTIONS)]
    told = f"key positions over {len(places)} deliveries: {', '.join(f'{share:.1%}' for share in shares)}"
    skewed = bool(places) and any(abs(share - testwise.CHANCE) > SLACK for share in shares)
    yield Measure("places", told, "the key stands in one place too often" if skewed else None)
    repeated = sum(before == after for before, after in pairwise(places)) / max(1, len(places) - 1)
    uneven = bool(places) and abs(repeated - testwise.CHANCE) > SLACK
    told = f"{repeated:.1%} of keys stand where the one before stood"
    yield Measure("repeats", told, "one place tells the next" if uneven else None)


def measure_strategies(bank: Bank) -> Iterator[Measure]:
    """L33: eight strategies that know nothing of the matter, and their vote, do no better than chance."""
    if not bank.items:
        return
    limit = testwise.limit(len(bank.items))
    for name, share in testwise.accuracies(bank.items).items():
        most = testwise.VOTE_LIMIT if name == "vote" else limit
        yield bounded(name, f"right (at most {most:.1%})", share, high=most)


def measure_shared_options(bank: Bank) -> Iterator[Measure]:
    """L38: an option that stands in five items of one model is the key of some, so that none is dropped by habit."""
    shown: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for item in bank.items:
        for option in item.options:
            shown[item.model, option.text] += 1
            right[item.model, option.text] += option.correct
    shared = [name for name, times in shown.items() if times >= SHARED]
    unfair = [name for name in shared if not FAIR[0] <= right[name] / shown[name] <= FAIR[1]]
    told = "; ".join(
        f"“{text}” ({model}) is right {right[model, text]} of {shown[model, text]} times"
        for model, text in unfair
    )
    yield Measure(
        "options", f"{len(shared)} options stand in {SHARED} items of a model or more", told or None
    )


def deliver(items: Sequence[Item], times: int) -> tuple[int, ...]:
    """Where the key is shown in so many seeded deliveries of items whose options are shuffled."""
    loose = [item for item in items if not item.ordered]
    rng = Random(_SEED)  # noqa: S311 - a simulation
    places = []
    for _ in range(times if loose else 0):
        item = rng.choice(loose)
        order = list(range(len(item.options)))
        rng.shuffle(order)
        places.append(next(place for place, i in enumerate(order) if item.options[i].correct))
    return tuple(places)


def _rank(item: Item) -> int:
    return item.options.index(item.key)


def _is_ranked(item: Item) -> bool:
    text = item.key.text
    return item.ordered and not item.design and (parse(text) is not None or parse_date(text) is not None)
