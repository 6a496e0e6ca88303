"""Item models: each turns facts into items of one form. A new one is a module here and a line in the tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from question_bank.fact_base import FactBase
from question_bank.item_models import (
    action,
    cross,
    date,
    description,
    error,
    level,
    order,
    pairing,
    place,
    provision,
    quantity,
    reason,
    span,
    speaker,
    stance,
    statement,
    term,
    total,
)
from question_bank.items import Item


@dataclass(frozen=True, slots=True)
class ItemModel:
    """A named way to make items, and the question that its items ask."""

    id: str
    asks: str
    generate: Callable[[FactBase], Iterator[Item]]


ITEM_MODELS: tuple[ItemModel, ...] = (
    ItemModel("quantity", "the value of one attribute", quantity.generate),
    ItemModel("date", "the day or month", date.generate),
    ItemModel("level", "where something stands on a closed scale", level.generate),
    ItemModel("speaker", "who said it", speaker.generate),
    ItemModel("statement", "what somebody said", statement.generate),
    ItemModel("action", "what somebody did", action.generate),
    ItemModel("description", "what happened, or how a source describes it", description.generate),
    ItemModel("reason", "the reason that a source gives", reason.generate),
    ItemModel("provision", "what an agreement contains", provision.generate),
    ItemModel("term", "what a name stands for", term.generate),
    ItemModel("place", "which place, country, person or group", place.generate),
    ItemModel("order", "the order of three dated events", order.generate),
    ItemModel("span", "the years between two dated events", span.generate),
    ItemModel("total", "the total of parts, or what they leave", total.generate),
    ItemModel("cross", "two figures at once", cross.generate),
    ItemModel("pairing", "who holds which position", pairing.generate),
    ItemModel("stance", "which point is a view and which a fact", stance.generate),
    ItemModel("error", "which mistake a misreading makes", error.generate),
)
