"""M-CASE: a figure of the sources applied to a case that the question sets: another unit, some years, a group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from question_bank.derivation import derive
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators, source_of
from question_bank.item_models.order import sentence
from question_bank.item_models.worked import Calculation, Wrong, called, figure, plain, worked_items
from question_bank.items import Item
from question_bank.values import AnyQuantity, Count, Distance, Money, Percent, Quantity

MODEL = "case"
LEAST = 2  # a smaller result is no matter for a calculation


@dataclass(frozen=True, slots=True)
class Case:
    """What is supposed, in words with {source}, {figure}, {label} and {who}; ``slips`` are wrong factors."""

    id: str
    relation: str
    operation: Literal["product", "quotient"]
    given: float
    unit: str
    stem: str
    lesson: str
    slips: tuple[tuple[float, str], ...] = ()
    siblings: bool = False  # whether other shares of the sources tempt here


CASES = (
    Case(
        "km",
        "distance",
        "product",
        1.6,
        "kilometres",
        "{source} gives {label} as {figure}. At 1.6 kilometres a mile, about how many kilometres is that?",
        "Kilometres are shorter than miles, so that there are more of them.",
        (
            (1 / 1.6, "This divides by 1.6, as if the figure were in kilometres"),
            (1.0, "This leaves the miles as they are"),
            (16.0, "This multiplies by 16 in place of 1.6"),
            (2.0, "This takes a mile for two kilometres"),
        ),
    ),
    Case(
        "flight",
        "distance",
        "quotient",
        500,
        "hours",
        "A plane covers 500 miles an hour. By {label} in {source}, about how many hours would it be in the air?",
        "Both the distance and the speed are in miles, so nothing has to be turned into kilometres.",
        (
            (0.001, "This divides by 1,000 in place of 500"),
            (0.004, "This divides by 250 in place of 500"),
            (0.0032, "This turns the miles into kilometres, but not the speed"),
            (0.02, "This divides by 50 in place of 500"),
        ),
    ),
    Case(
        "years",
        "amount",
        "product",
        5,
        "",
        "Suppose that the French state had gone on paying the sum that {source} gives. How much would it have paid "
        "in five years?",
        "A yearly sum has to be multiplied before it stands beside a sum for several years.",
        (
            (1.0, "This is the sum of one year"),
            (10.0, "This counts ten years in place of five"),
            (2.5, "This counts two and a half years in place of five"),
            (0.2, "This divides by five instead of multiplying"),
        ),
    ),
    Case(
        "tonnes",
        "share_of_world",
        "product",
        1000,
        "tonnes",
        "Take 1,000 tonnes of the world’s known nickel. By the share that {source} gives, how many of them would lie "
        "in New Caledonia?",
        "The article names no source for the share, so the result is as good as that claim.",
        siblings=True,
    ),
    Case(
        "village",
        "share_of_population",
        "product",
        200,
        "residents",
        "Suppose that 200 residents stood for the whole population in the shares that {source} gives. About how many "
        "of them would be {who}?",
        "A share of the whole need not hold in every single place.",
        siblings=True,
    ),
)


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every case and every figure that it can be applied to."""
    for case in CASES:
        for fact in leaders(base, [case.relation]):
            if isinstance(fact.value, Quantity) and fact.value.op in {"=", "~"}:
                if case.unit == "" and not (isinstance(fact.value, Money) and fact.value.per == "year"):
                    continue  # only a yearly sum can be paid again
                if _result(case, fact) >= LEAST:
                    yield from worked_items([_calculation(case, fact, base)], base)


def _calculation(case: Case, fact: Fact, base: FactBase) -> Calculation:
    source = source_of(fact, base)
    words = {"figure": figure(fact, base), "label": fact.label, "who": called(fact, base)}
    stem = case.stem.format(source=source, **words)
    result = _answer(case, fact, _result(case, fact))
    sign = "÷" if case.operation == "quotient" else "of" if isinstance(fact.value, Percent) else "×"
    worked = f"{words['figure']} {sign} {plain(case.given)}"
    told = "€" if isinstance(fact.value, Money) else ""
    total = f"{plain(result.magnitude / 1e9)} billion" if told else plain(result.magnitude)
    return Calculation(
        model=MODEL,
        operation=case.operation,
        facts=(fact,),
        value=result,
        stem=sentence(stem),
        working=(
            f"The {base.document_of(fact).name} gives {words['figure']} ({locators([fact])}), and {worked} is "
            f"{told}{total}. {case.lesson}"
        ),
        wrong=_wrong(case, fact, base),
        given=case.given,
        also=case.id,
    )


def _wrong(case: Case, fact: Fact, base: FactBase) -> Iterator[Wrong]:
    for factor, because in case.slips:
        yield Wrong(_answer(case, fact, factor * _plain_value(fact)), because, (fact,))
    if not case.siblings or not isinstance(fact.value, Percent):
        return
    yield Wrong(
        _answer(case, fact, (100 - fact.value.magnitude) / 100 * case.given),
        f"This is the rest, and the source gives {figure(fact, base)} for the part that is asked for",
        (fact,),
        "part_whole",
    )
    for other in leaders(base):
        if isinstance(other.value, Percent) and other.id != fact.id:
            for end in _ends(other.value):
                yield Wrong(
                    _answer(case, fact, end / 100 * case.given),
                    f"This takes {end:g}%, from {other.label}",
                    (other,),
                    "other_referent",
                )


def _result(case: Case, fact: Fact) -> float:
    exact = fact.model_copy(update={"value": fact.value.model_copy(update={"op": "="})})
    return derive(case.operation, [exact], case.given)[0]


def _answer(case: Case, fact: Fact, number: float) -> AnyQuantity:
    if isinstance(fact.value, Money):
        return fact.value.model_copy(update={"op": "~", "n": number, "per": "total"})
    return Count(op="~", n=float(round(number)), unit=case.unit)


def _plain_value(fact: Fact) -> float:
    return fact.value.magnitude if isinstance(fact.value, Money | Distance) else 0.0


def _ends(value: Percent) -> tuple[float, ...]:
    return (value.lo or 0.0, value.hi or 0.0) if value.op == "range" else (value.magnitude,)
