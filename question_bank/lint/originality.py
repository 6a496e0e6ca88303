"""Is it in our own words? Facts, figures and names carry over from the originals, their sentences do not."""

from __future__ import annotations

from collections.abc import Iterator

from question_bank.items import Item
from question_bank.lint.fingerprints import RUN, Fingerprints
from question_bank.lint.report import Flaw, LintContext, error, texts, without_options
from question_bank.text import outside_quotes, prose_words, quoted_spans, runs

LONGEST_QUOTATION = 12
SHORT_QUOTATION = 5


def check_own_words(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L28: no run of seven words of an original outside quotations, none of eight at all; quotations are short."""
    for where, text in texts(item).items():
        for shared in carried_over(text, context.fingerprints):
            yield error(where, f"stands in an original: {shared}")
        lengths = [len(prose_words(span)) for span in quoted_spans(without_options(text, item))]
        if any(length > LONGEST_QUOTATION for length in lengths):
            yield error(where, f"quotes more than {LONGEST_QUOTATION} words on end")
        if sum(length > SHORT_QUOTATION for length in lengths) > 1:
            yield error(where, f"holds more than one quotation of over {SHORT_QUOTATION} words")


def carried_over(text: str, fingerprints: Fingerprints) -> tuple[str, ...]:
    """The runs of words in a text that an original holds as well.

    Seven words outside quotation marks, or eight anywhere: a quotation is a few words, and the eighth makes two
    runs of seven that follow each other.
    """
    found = [
        " ".join(run)
        for piece in outside_quotes(text)
        for run in runs(prose_words(piece), RUN)
        if fingerprints.holds(run)
    ]
    everywhere = runs(prose_words(text), RUN)
    held = [fingerprints.holds(run) for run in everywhere]
    for i in range(len(held) - 1):
        if held[i] and held[i + 1] and " ".join(everywhere[i]) not in found:
            found.append(" ".join((*everywhere[i], everywhere[i + 1][-1])))
    return tuple(found)
