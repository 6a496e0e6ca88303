"""M-SUPPORT: which fact bears out a claim, and which one calls for caution.

Which fact does so for a claim is a judgement, so it stands in the seeds: as the attribute ``borne_out_by`` or
``complicated_by`` of the claim, with the id of the fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.claims import AttributeClaim
from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from question_bank.item_models.framing import leaders, locators
from question_bank.item_models.points import PointAsked, point_items, where_of
from question_bank.items import Item

MODEL = "support"
ASKS = {
    "borne_out_by": "supports that",
    "complicated_by": "qualifies that",
}
LESSONS = {
    "borne_out_by": "One fact lends weight; it does not prove the whole.",
    "complicated_by": "The two need not exclude each other, but one alone is not the whole story.",
}


def generate(base: FactBase) -> Iterator[Item]:
    """One item for every judgement of the seeds."""
    for statement in leaders(base):
        yield from point_items(_asked(statement, base), base)


def _asked(statement: Fact, base: FactBase) -> Iterator[PointAsked]:
    for attribute, asks in ASKS.items():
        key = base.facts.get(statement.attributes.get(attribute, ""))
        if key is None or not key.headline:
            continue
        yield PointAsked(
            MODEL,
            "evaluate",
            statement,
            key,
            f"{statement.statement} Which point in {where_of(key, statement, base)} {asks}?",
            f"{statement.statement.removesuffix('.')} ({locators([statement])}). Beside it stands "
            f"another point: {base.lowered(key.headline)} ({locators([key])}). {LESSONS[attribute]}",
            lambda fact, statement=statement, attribute=attribute: AttributeClaim(  # type: ignore[misc]
                fact=statement.id, attribute=attribute, value=fact.id
            ),
            attribute.partition("_")[0],
        )
