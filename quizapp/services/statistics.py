"""Statistics: how often a question was answered since its words last changed in earnest, and with what result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from quizapp.models.bank import ItemVersionRow
from quizapp.models.statistics import KeyCorrectionRow, OptionCountRow

COUNTS_ONLY = 20  # below so many answers a share says nothing
INDICATIVE = 50  # and below so many it is to be read with care

Weight = Literal["none", "counts", "indicative", "full"]


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of answers, and how many of them were right."""

    n: int
    right: int

    @property
    def share(self) -> float | None:
        """The share that was right, which nobody should read where there are too few."""
        return self.right / self.n if self.n >= COUNTS_ONLY else None

    @property
    def weight(self) -> Weight:
        """How far the share may be trusted."""
        if self.n == 0:
            return "none"
        if self.n < COUNTS_ONLY:
            return "counts"
        return "indicative" if self.n < INDICATIVE else "full"


@dataclass(frozen=True, slots=True)
class OptionTally:
    """How often one option was chosen."""

    text: str
    is_key: bool
    chosen: int
    chosen_first: int


@dataclass(frozen=True, slots=True)
class Series:
    """The versions from ``first`` to ``last``, which are counted as one question, and how they were answered.

    ``first_time`` counts only learners who met the question for the first time.
    """

    first: int
    last: int
    everybody: Tally
    first_time: Tally
    options: tuple[OptionTally, ...]


def statistics_of(session: Session, item_id: int) -> tuple[Series, ...]:
    """Every series of an item, the current one first."""
    versions = session.execute(
        select(
            ItemVersionRow.id,
            ItemVersionRow.number,
            ItemVersionRow.series,
            ItemVersionRow.options,
            KeyCorrectionRow.key,
        )
        .outerjoin(KeyCorrectionRow, KeyCorrectionRow.item_version_id == ItemVersionRow.id)
        .where(ItemVersionRow.item_id == item_id)
        .order_by(ItemVersionRow.number)
    ).all()
    counts = _counts(session, item_id)
    found = {version.series for version in versions}
    return tuple(
        _series([version for version in versions if version.series == series], counts)
        for series in sorted(found, reverse=True)
    )


def _counts(session: Session, item_id: int) -> dict[tuple[int, int], tuple[int, int]]:
    """By series and place of the option: how often it was chosen, and how often on first sight."""
    rows = session.execute(
        select(
            ItemVersionRow.series,
            OptionCountRow.option,
            func.sum(OptionCountRow.chosen),
            func.sum(OptionCountRow.chosen_first),
        )
        .join(OptionCountRow, OptionCountRow.item_version_id == ItemVersionRow.id)
        .where(ItemVersionRow.item_id == item_id)
        .group_by(ItemVersionRow.series, OptionCountRow.option)
    )
    return {(series, option): (int(chosen), int(first)) for series, option, chosen, first in rows}


def _series(
    versions: Sequence[Row[tuple[int, int, int, list[dict[str, object]], int | None]]],
    counts: dict[tuple[int, int], tuple[int, int]],
) -> Series:
    newest = versions[-1]
    key = newest.key
    if key is None:
        key = next((n for n, option in enumerate(newest.options) if option["correct"]), None)
    options = tuple(
        OptionTally(str(option["text"]), n == key, *counts.get((newest.series, n), (0, 0)))
        for n, option in enumerate(newest.options)
    )
    return Series(
        first=versions[0].number,
        last=newest.number,
        everybody=_tally([(option.chosen, option.is_key) for option in options]),
        first_time=_tally([(option.chosen_first, option.is_key) for option in options]),
        options=options,
    )


def _tally(chosen: list[tuple[int, bool]]) -> Tally:
    return Tally(sum(n for n, _ in chosen), sum(n for n, is_key in chosen if is_key))
