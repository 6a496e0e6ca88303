"""Samples of every item model for each topic, as a reviewer reads them: questions, not code."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.build import Build
from question_bank.items import Item, Option


def pages(build: Build, *, most: int) -> Iterator[str]:
    """Up to ``most`` items of every model and topic, one text each."""
    shown: dict[tuple[str, str], int] = {}
    for item in sorted(build.items, key=lambda item: (item.model, item.topic, item.uid)):
        shown[item.model, item.topic] = shown.get((item.model, item.topic), 0) + 1
        if shown[item.model, item.topic] <= most:
            yield page(item)


def page(item: Item) -> str:
    """One item with its key, distractors, rationales and evidence."""
    facts = ", ".join(item.facts)
    return "\n".join(
        [
            f"{item.uid}  ({item.model}, {item.topic}, {item.bloom}, {item.stance}; {facts})",
            f"  {item.stem}",
            *(_option(option) for option in item.options),
            f"  Explanation: {item.explanation}",
            *(f"  Since then: {note.text} ({note.source})" for note in [item.since_then] if note),
            "",
        ]
    )


def _option(option: Option) -> str:
    sign = "*" if option.correct else "-"
    quotes = "; ".join(f"¶{quotation.paragraph} “{quotation.quote}”" for quotation in option.evidence)
    return f"   {sign} {option.text}\n       {option.reason}: {option.rationale}\n       {quotes}"
