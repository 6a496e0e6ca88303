"""Item models: each turns facts into items of one form. A new one is a module here and a line in the tuple."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from question_bank.fact_base import FactBase
from question_bank.item_models import (
    action,
    base,
    calendar,
    case,
    chart,
    compare,
    contrast,
    cross,
    date,
    description,
    error,
    gap,
    level,
    order,
    pairing,
    place,
    product,
    provision,
    qualify,
    quantity,
    ratio,
    reason,
    reconcile,
    span,
    speaker,
    stance,
    statement,
    support,
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
    ItemModel("total", "what the named parts leave of a whole", total.generate),
    ItemModel("cross", "two figures at once", cross.generate),
    ItemModel("pairing", "who holds which position", pairing.generate),
    ItemModel("stance", "which point is a view and which a fact", stance.generate),
    ItemModel("error", "which mistake a misreading makes", error.generate),
    ItemModel("product", "how many people a share is", product.generate),
    ItemModel("ratio", "what a yearly sum comes to for each resident", ratio.generate),
    ItemModel("compare", "by how much two shares of one whole differ", compare.generate),
    ItemModel("case", "what a figure means for a case that is supposed", case.generate),
    ItemModel("calendar", "where dates and lengths of time lead", calendar.generate),
    ItemModel("chart", "which figures are shares of the same whole", chart.generate),
    ItemModel("base", "of what whole each of two figures is a share", base.generate),
    ItemModel("reconcile", "what each of two figures covers", reconcile.generate),
    ItemModel("qualify", "how sure each of two points is in its source", qualify.generate),
    ItemModel("contrast", "which point of the other document belongs beside a statement", contrast.generate),
    ItemModel("support", "which point bears out a claim, or calls for caution", support.generate),
    ItemModel("gap", "what neither document tells", gap.generate),
)
