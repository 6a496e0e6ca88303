"""The charts of the page: what is asked, what guessing would get, and where wrong answers come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quizapp.about.charts import Chart, Heading, Reading, Row, RowGroup, Tick, draw, percent
from quizapp.services.about import CHANCE, VOTE_LIMIT, BankReport, Figures
from quizapp.words import (
    KINDS,
    LEVELS,
    OTHER_KINDS,
    REASONS,
    STANCES,
    STRATEGIES,
    Words,
    words_for,
)

_HALF = 0.5  # shares of right answers are drawn from 0 to 50%
_PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


@dataclass(frozen=True, slots=True)
class Section:
    """Charts on one question that a reader may have."""

    id: str
    title: str
    charts: tuple[Chart, ...]


def sections(report: BankReport) -> tuple[Section, ...]:
    """All charts, in the order of the page."""
    figures = report.figures
    return (
        Section(
            "asked",
            "What is asked",
            (_topics(figures, report.topics), _levels(figures), _stances(figures), _kinds(figures)),
        ),
        Section("guessing", "What guessing would get you", (_positions(figures), _strategies(figures))),
        Section("wrong-answers", "Where the wrong answers come from", (_origins(figures),)),
    )


def _topics(figures: Figures, titles: Mapping[str, str]) -> Chart:
    return _counts(
        Heading(
            "topics",
            "By topic",
            "A quiz takes equally from each chosen topic, so no topic may run short of questions.",
            ("Topic", "Questions", "Share"),
        ),
        ((Words(titles.get(name, name), ""), count) for name, count in figures.topics.items()),
    )


def _levels(figures: Figures) -> Chart:
    more = percent(1 - figures.levels.get("remember", 0) / figures.items)
    return _counts(
        Heading(
            "levels",
            "By what it takes to answer",
            f"{more} of the questions ask for more than recall, so a good memory alone is not enough.",
            ("Level", "Questions", "Share"),
        ),
        ((words_for(LEVELS, name), count) for name, count in figures.levels.items()),
    )


def _stances(figures: Figures) -> Chart:
    views = percent(1 - figures.stances.get("fact", 0) / figures.items)
    return _counts(
        Heading(
            "stances",
            "By fact or view",
            f"{views} of the questions are on what somebody claims, thinks, expects or reckons. They say whose word "
            "it is, so that a view is never sold as a fact.",
            ("What it is about", "Questions", "Share"),
        ),
        ((words_for(STANCES, name), count) for name, count in figures.stances.items()),
    )


def _kinds(figures: Figures) -> Chart:
    """Groups in the picture, every kind in the table."""
    known = {name for kinds in KINDS.values() for name in kinds}
    others = {name: words_for({}, name) for name in figures.models if name not in known}
    groups = []
    totals = []
    for title, kinds in (KINDS | {OTHER_KINDS: others}).items():
        counted = [
            (kinds[name], count)
            for name, count in sorted(figures.models.items(), key=lambda pair: -pair[1])
            if name in kinds
        ]
        if counted:
            groups.append(
                RowGroup(title, tuple(_row(words, count, figures.items) for words, count in counted))
            )
            totals.append((Words(title, ""), sum(count for _, count in counted)))
    return _counts(
        Heading(
            "kinds",
            "By kind of question",
            f"There are {len(figures.models)} kinds of question in this bank, so that no single knack of answering "
            "carries far.",
            ("Kind", "Questions", "Share"),
        ),
        totals,
        groups,
    )


def _positions(figures: Figures) -> Chart:
    chance = Tick("chance", f"even: {percent(CHANCE)}", CHANCE)
    return draw(
        Heading(
            "positions",
            "Where the right answer stands",
            "The right answer stands in each place about equally often, so a favourite letter gains nothing. Counted "
            "over thousands of simulated quizzes; numbers, dates and names that stay in order are left out.",
            ("Place", "Right answers"),
        ),
        [
            Reading(place, "", share, percent(share, 1), (percent(share, 1),), (chance,))
            for place, share in zip(_PLACES, figures.positions, strict=False)
        ],
        full=_HALF,
        axis=(chance,),
    )


def _strategies(figures: Figures) -> Chart:
    chance = Tick("chance", f"luck: {percent(CHANCE)}", CHANCE)
    bound = Tick("limit", f"limit: {percent(figures.strategy_limit, 1)}", figures.strategy_limit, "start")
    over = sum(share > _most(name, figures) for name, share in figures.strategies.items())
    return draw(
        Heading(
            "strategies",
            "How far tricks lead",
            "Somebody who knows all about tests and nothing about New Caledonia would get this share right. "
            f"{_goes(over)} beyond the limit, which luck alone would pass in one bank out of twenty, so a "
            "good score shows reading.",
            ("Trick", "Right", "At most"),
        ),
        [_reading(name, share, chance, figures) for name, share in figures.strategies.items()],
        full=_HALF,
        axis=(chance, bound),
    )


def _reading(name: str, share: float, chance: Tick, figures: Figures) -> Reading:
    words = words_for(STRATEGIES, name)
    most = _most(name, figures)
    is_over = share > most
    return Reading(
        words.name,
        words.means,
        share,
        f"{percent(share, 1)}{', over the limit' if is_over else ''}",
        (percent(share, 1), percent(most, 1)),
        (chance, Tick("limit", "", most)),
        is_over,
    )


def _goes(count: int) -> str:
    return {0: "No trick goes", 1: "One of them goes"}.get(count, f"{count} of them go")


def _most(strategy: str, figures: Figures) -> float:
    return VOTE_LIMIT if strategy == "vote" else figures.strategy_limit


def _origins(figures: Figures) -> Chart:
    share = percent(figures.sourced)
    return _counts(
        Heading(
            "origins",
            "By the reason why they are wrong",
            f"A wrong answer that nobody would believe tests nothing: {share} of these are known misreadings, or "
            "things that the articles do say, of something or somebody else. The reason is shown after every answer.",
            ("Reason", "Wrong answers", "Share"),
        ),
        ((words_for(REASONS, name), count) for name, count in figures.origins.items()),
    )


def _counts(heading: Heading, counted: Iterable[tuple[Words, int]], groups: Iterable[RowGroup] = ()) -> Chart:
    """A chart of counts, the greatest as wide as the chart."""
    counts = list(counted)
    whole = sum(count for _, count in counts)
    return draw(
        heading,
        [
            Reading(words.name, words.means, count, str(count), _row(words, count, whole).cells)
            for words, count in counts
        ],
        full=max((count for _, count in counts), default=0),
        groups=tuple(groups),
    )


def _row(words: Words, count: int, whole: int) -> Row:
    return Row(words.name, words.means, (str(count), percent(count / whole if whole else 0.0)))
