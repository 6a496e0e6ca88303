"""How far guessing leads: where right answers stand, and what tricks would get."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.about.charts import Chart, Heading, Reading, Tick, draw, percent
from quizapp.about.naming import words_here
from quizapp.marking import mark
from quizapp.services.about import CHANCE, VOTE_LIMIT, Figures
from quizapp.words import STRATEGIES

_HALF = 0.5  # shares of right answers are drawn from 0 to 50%
_PLACES = (mark("First"), mark("Second"), mark("Third"), mark("Fourth"), mark("Fifth"), mark("Sixth"))


def positions(figures: Figures) -> Chart:
    """How often the right answer stands in each place."""
    chance = Tick("chance", _("even: %(share)s", share=percent(CHANCE)), CHANCE)
    return draw(
        Heading(
            "positions",
            _("Where the right answer stands"),
            _(
                "The right answer stands in each place about equally often, so a favourite letter gains nothing. "
                "Counted over thousands of simulated quizzes; numbers, dates and names that stay in order are left "
                "out."
            ),
            (_("Place"), _("Right answers")),
        ),
        [
            Reading(_(place), "", share, percent(share, 1), (percent(share, 1),), (chance,))
            for place, share in zip(_PLACES, figures.positions, strict=False)
        ],
        full=_HALF,
        axis=(chance,),
    )


def strategies(figures: Figures) -> Chart:
    """What each trick gets, against luck and the limit."""
    chance = Tick("chance", _("luck: %(share)s", share=percent(CHANCE)), CHANCE)
    limit = _("limit: %(share)s", share=percent(figures.strategy_limit, 1))
    bound = Tick("limit", limit, figures.strategy_limit, "start")
    over = sum(share > _most(name, figures) for name, share in figures.strategies.items())
    knowing = _(
        "Somebody who knows all about tests and nothing about New Caledonia would get this share right."
    )
    return draw(
        Heading(
            "strategies",
            _("How far tricks lead"),
            f"{knowing} {_go_beyond(over)}",
            (_("Trick"), _("Right"), _("At most")),
        ),
        [_reading(name, share, chance, figures) for name, share in figures.strategies.items()],
        full=_HALF,
        axis=(chance, bound),
    )


def _reading(name: str, share: float, chance: Tick, figures: Figures) -> Reading:
    words = words_here(STRATEGIES, name)
    most = _most(name, figures)
    is_over = share > most
    told = percent(share, 1)
    return Reading(
        words.name,
        words.means,
        share,
        _("%(share)s, over the limit", share=told) if is_over else told,
        (told, percent(most, 1)),
        (chance, Tick("limit", "", most)),
        is_over,
    )


def _go_beyond(count: int) -> str:
    if not count:
        return _(
            "No trick goes beyond the limit, which luck alone would pass in one bank out of twenty, so a good score "
            "shows reading."
        )
    return ngettext(
        "One of them goes beyond the limit, which luck alone would pass in one bank out of twenty, so a good score "
        "shows reading.",
        "%(num)s of them go beyond the limit, which luck alone would pass in one bank out of twenty, so a good score "
        "shows reading.",
        count,
    )


def _most(strategy: str, figures: Figures) -> float:
    return VOTE_LIMIT if strategy == "vote" else figures.strategy_limit
