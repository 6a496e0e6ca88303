"""Blind sheets: an item as somebody reads it who has to answer it, without key, rationales and explanation."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.fact_base import FactBase
from question_bank.item_models.framing import random_for
from question_bank.items import Item

LETTERS = "ABCD"


def sheet(item: Item, base: FactBase, digest: str) -> str:
    """The item's stem, its options by letter, and the whole passages that bear on them."""
    return "\n".join(
        [
            f"## {item.uid} {digest}",
            "",
            item.stem,
            *(f"  {letter}  {text}" for text, letter in letters(item).items()),
            "",
            *passages(item, base),
            "",
        ]
    )


def letters(item: Item) -> dict[str, str]:
    """The options' texts with the letters they have on the sheet: shuffled, but on every sheet alike."""
    texts = [option.text for option in item.options]
    if not item.ordered:
        texts.sort()
        random_for(f"sheet:{item.uid}").shuffle(texts)
    return dict(zip(texts, LETTERS, strict=True))


def passages(item: Item, base: FactBase) -> Iterator[str]:
    """The whole passages that prove the key or refute a wrong option, in the order of the documents."""
    quoted = (*item.evidence, *(quotation for option in item.options for quotation in option.evidence))
    places = {(quotation.document, quotation.paragraph) for quotation in quoted}
    for document in base.documents:
        for passage in document.passage:
            if (document.id, passage.n) in places:
                yield f"{document.letter}¶{passage.n} ({document.frame}): {passage.text}"
