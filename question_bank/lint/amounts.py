"""Are options that can be compared in order, apart from each other, and plausible beside the key?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from question_bank.claims import DerivedClaim, ValueClaim
from question_bank.items import Item, Option
from question_bank.lint.report import Flaw, LintContext, error, place, warning
from question_bank.quantities import Amount, parse, parse_date
from question_bank.text import fold, norm
from question_bank.values import Date, Entity, Quantity, Year, overlap

_NAMES = {"person", "place", "organisation", "country"}


def check_order(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L20: numbers and dates ascend, names of people and places are alphabetical, and such items are ``ordered``."""
    ranks = _ranks(item)
    if ranks is None:
        return
    if any(later < earlier for earlier, later in pairwise(ranks)):
        yield error("options", "numbers, dates and names stand in ascending order")
    if not item.ordered:
        yield error("ordered", "is false, and such options are never shuffled")


def check_apart(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L21: no two options could both be true of one number, and no distractor of the accepted one."""
    amounts = [(option, parse(option.text)) for option in item.options]
    for (left, first), (right, second) in combinations(amounts, 2):
        if first and second and first.unit == second.unit and overlap(first.interval, second.interval):
            yield error(f"{place(item, left)} and {place(item, right).removeprefix('option ')}", "overlap")
    accepted = item.key.claim.value if isinstance(item.key.claim, ValueClaim) else None
    if not isinstance(accepted, Quantity):
        return
    for option, amount in amounts:
        if amount and not option.correct and overlap(amount.interval, accepted.interval):
            yield error(place(item, option), "meets what the fact admits")


def check_plausible(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L22: within the domain, within a twentieth and twenty times the key, apart from it, and written alike."""
    key = parse(item.key.text)
    if key is None:
        return
    for option in item.distractors:
        amount = parse(option.text)
        if amount is None:
            continue
        yield from _domain(item, option, amount, key, context)
        if _is_year(item.key):
            yield from _year_gap(item, option, amount, key)
        else:
            yield from _size(item, option, amount, key)
            yield from _format(item, option, amount, key)


def _ranks(item: Item) -> Sequence[Any] | None:
    """What the options are to be sorted by, or None where their order is free."""
    amounts = [parse(option.text) for option in item.options]
    if all(amounts):
        return [amount.order for amount in amounts if amount]
    dates = [parse_date(option.text) for option in item.options]
    if all(dates):
        return dates
    if all(_is_name(option) for option in item.options):
        return [fold(norm(option.text)) for option in item.options]
    return None


def _is_name(option: Option) -> bool:
    claim = option.claim
    if claim.kind == "speaker":
        return claim.who.partition(":")[0] in _NAMES
    return isinstance(claim, ValueClaim) and isinstance(claim.value, Entity) and claim.value.type in _NAMES


def _is_year(option: Option) -> bool:
    claim = option.claim
    return isinstance(claim, ValueClaim | DerivedClaim) and isinstance(claim.value, Year | Date)


def _domain(item: Item, option: Option, amount: Amount, key: Amount, context: LintContext) -> Iterator[Flaw]:
    named = [end for end in amount.interval if abs(end) != float("inf")]
    if amount.unit == "%" and any(not 0 <= end <= 100 for end in named) and amount.is_bounded:
        yield error(place(item, option), "is no share of a whole")
    if _is_year(item.key) and max(named) > context.written >= key.order[0]:
        yield error(place(item, option), f"lies after {context.written}, when the sources were written")


def _year_gap(item: Item, option: Option, amount: Amount, key: Amount) -> Iterator[Flaw]:
    if abs(amount.order[0] - key.order[0]) < 5:
        yield warning(place(item, option), "lies within five years of the key")


def _size(item: Item, option: Option, amount: Amount, key: Amount) -> Iterator[Flaw]:
    size, true = amount.order[0], key.order[0]
    if not (amount.is_bounded and key.is_bounded and size and true):
        return
    if not 1 / 20 <= size / true <= 20:
        yield warning(place(item, option), "is more than twenty times off")
    elif abs(size - true) / abs(true) < 0.08:
        yield warning(place(item, option), "lies within 8% of the key")


def _format(item: Item, option: Option, amount: Amount, key: Amount) -> Iterator[Flaw]:
    if abs(amount.figures - key.figures) > 1:
        yield warning(place(item, option), "is given more or less finely than the key")
    if amount.scaled != key.scaled:
        yield warning(place(item, option), "is written in another format than the key")
