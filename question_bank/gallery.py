"""Samples of every item model for each topic, as a reviewer reads them: questions, not code."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.build import Build
from question_bank.item_models import ITEM_MODELS
from question_bank.items import Item, Option


def pages(build: Build, *, most: int) -> Iterator[str]:
    """Up to ``most`` items of every model and topic, one text each: those of the bank first, then what it left out."""
    shown: dict[tuple[str, str], int] = {}
    for item, left_out in _items(build):
        shown[item.model, item.topic] = shown.get((item.model, item.topic), 0) + 1
        if shown[item.model, item.topic] <= most:
            yield page(item, left_out)


def page(item: Item, left_out: tuple[str, ...] = ()) -> str:
    """One item with its key, distractors, rationales and evidence."""
    facts = ", ".join(item.facts)
    return "\n".join(
        [
            f"{item.uid}  ({item.model}, {item.topic}, {item.bloom}, {item.stance}; {facts})",
            *(f"  Not in the bank: {reason}" for reason in left_out),
            f"  {item.stem}",
            *(_option(option) for option in item.options),
            f"  Explanation: {item.explanation}",
            *(f"  {note.label}: {note.text} ({note.source})" for note in [item.since_then] if note),
            "",
        ]
    )


def _items(build: Build) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Every item of the bank and every other candidate with the reasons why it is not, model by model."""
    reasons = {rejection.uid: rejection.reasons for rejection in build.rejections}
    others = [item for model in ITEM_MODELS for item in model.generate(build.base) if item.uid in reasons]
    for item in sorted([*build.items, *others], key=lambda item: (item.model, item.uid in reasons, item.uid)):
        yield item, reasons.get(item.uid, ())


def _option(option: Option) -> str:
    sign = "*" if option.correct else "-"
    quotes = "; ".join(f"¶{quotation.paragraph} “{quotation.quote}”" for quotation in option.evidence)
    return f"   {sign} {option.text}\n       {option.reason}: {option.rationale}\n       {quotes}"
