"""M-CONTRAST: which point of the other document bears on a statement; of a view, also one of the same document."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import LinkClaim
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators
from question_bank.item_models.points import PointAsked, point_items, where_of
from question_bank.items import Item

MODEL = "contrast"


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every statement and every point to be weighed against it."""
    for statement in leaders(base):
        yield from point_items(_asked(statement, base), base)


def _asked(statement: Fact, base: FactBase) -> Iterator[PointAsked]:
    for key in leaders(base):
        linked = base.contrasting(statement.id) & base.same_statement(key.id)
        inside = key.document == statement.document
        if (
            not linked
            or key.id == statement.id
            or not key.headline
            or (inside and statement.stance == "fact")
        ):
            continue
        where = "The same text" if inside else "The other text"
        yield PointAsked(
            MODEL,
            "analyse",
            statement,
            key,
            f"{statement.statement} Which point in {where_of(key, statement, base)} bears most on that?",
            f"{statement.statement.removesuffix('.')} ({locators([statement])}). {where} adds a point "
            f"that bears on it: {base.lowered(key.headline)} ({locators([key])}).",
            lambda fact, statement=statement: LinkClaim(fact=fact.id, against=statement.id),  # type: ignore[misc]
        )
