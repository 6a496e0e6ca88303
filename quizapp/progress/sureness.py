"""How sure, and how right: what a learner's certainty is worth, said only as far as the answers carry."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_percent, ngettext
from flask_babel import gettext as _

from quizapp.asking.certainty import CERTAINTIES
from quizapp.learning.certainty import ENOUGH, MEANT, Calibration, Share, Verdict
from quizapp.marking import mark
from quizapp.progress.charts import Figure, RowChart, draw_rows
from quizapp.progress.words import right_of
from quizapp.services.progress import Certainty

VERDICTS = {
    Verdict.OVER: mark(
        "You tend to be surer than your answers bear out. Before you say “sure”, think what speaks for another answer."
    ),
    Verdict.UNDER: mark("You tend to know more than you trust yourself to. You may say “sure” more often."),
    Verdict.NEITHER: mark("As far as these answers tell, you are as sure as you are right."),
}


@dataclass(frozen=True, slots=True)
class SureRow:
    """A level of certainty in the table."""

    name: str
    answers: str
    right: str
    interval: str
    meant: str


@dataclass(frozen=True, slots=True)
class SurenessView:
    """What certainty tells; before there are enough answers only how many are missing."""

    missing: str | None
    verdict: str | None
    chart: RowChart | None
    rows: tuple[SureRow, ...]
    corrected: str | None

    @classmethod
    def of(cls, certainty: Certainty) -> SurenessView:
        """The view of a learner's certainty."""
        found = certainty.calibration
        return cls(
            missing=None if found else _missing(ENOUGH - certainty.answers),
            verdict=_(VERDICTS[found.verdict]) if found else None,
            chart=_chart(found) if found else None,
            rows=tuple(_row(level, share) for level, share in _levels(found)) if found else (),
            corrected=_corrected(certainty.corrected),
        )


def _missing(answers: int) -> str:
    return str(
        ngettext(
            "Say how sure you are of %(num)s more answer; then this shows how well that fits.",
            "Say how sure you are of %(num)s more answers; then this shows how well that fits.",
            answers,
        )
    )


def _levels(found: Calibration) -> tuple[tuple[int, Share], ...]:
    """Levels and what came of them, the surest first."""
    return tuple(sorted(found.right.items(), reverse=True))


def _chart(found: Calibration) -> RowChart:
    figures = [
        Figure(
            name=_(CERTAINTIES[level]),
            told=right_of(share.count, share.of),
            band=share.interval if share.of else None,
            point=share.share if share.of else None,
            tick=MEANT[level],
        )
        for level, share in _levels(found)
    ]
    return draw_rows("sureness-chart", _("Right answers by how sure you were"), figures)


def _row(level: int, share: Share) -> SureRow:
    low, high = share.interval
    return SureRow(
        name=_(CERTAINTIES[level]),
        answers=str(share.of),
        right=format_percent(share.share) if share.of else "–",
        interval=f"{format_percent(low)}–{format_percent(high)}" if share.of else "–",
        meant=format_percent(MEANT[level]),
    )


def _corrected(share: Share) -> str | None:
    if not share.of:
        return None
    return str(
        ngettext(
            "Once you were sure and wrong, and the fact was asked again since: %(right)s of %(num)s right.",
            "%(num)s times you were sure and wrong, and the fact was asked again since: %(right)s of %(num)s right.",
            share.of,
            right=share.count,
        )
    )
