"""The charts of the page: what is asked, what guessing would get, and where wrong answers come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from quizapp.about.charts import Chart, Heading, Reading, Row, RowGroup, draw, percent
from quizapp.about.guessing import positions, strategies
from quizapp.about.naming import said, words_here
from quizapp.services.about import BankReport, Figures
from quizapp.words import (
    KINDS,
    LEVELS,
    OTHER_KINDS,
    REASONS,
    STANCES,
    Words,
    words_for,
)


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
            _("What is asked"),
            (_topics(figures, report.topics), _levels(figures), _stances(figures), _kinds(figures)),
        ),
        Section("guessing", _("What guessing would get you"), (positions(figures), strategies(figures))),
        Section("wrong-answers", _("Where the wrong answers come from"), (_origins(figures),)),
    )


def _topics(figures: Figures, titles: Mapping[str, str]) -> Chart:
    return _counts(
        Heading(
            "topics",
            _("By topic"),
            _("A quiz takes equally from each chosen topic, so no topic may run short of questions."),
            (_("Topic"), _("Questions"), _("Share")),
            is_content=True,
        ),
        ((Words(titles.get(name, name), ""), count) for name, count in figures.topics.items()),
    )


def _levels(figures: Figures) -> Chart:
    more = percent(1 - figures.levels.get("remember", 0) / figures.items)
    return _counts(
        Heading(
            "levels",
            _("By what it takes to answer"),
            _(
                "%(share)s of the questions ask for more than recall, so a good memory alone is not enough.",
                share=more,
            ),
            (_("Level"), _("Questions"), _("Share")),
        ),
        ((words_here(LEVELS, name), count) for name, count in figures.levels.items()),
    )


def _stances(figures: Figures) -> Chart:
    views = percent(1 - figures.stances.get("fact", 0) / figures.items)
    return _counts(
        Heading(
            "stances",
            _("By fact or view"),
            _(
                "%(share)s of the questions are on what somebody claims, thinks, expects or reckons. They say whose "
                "word it is, so that a view is never sold as a fact.",
                share=views,
            ),
            (_("What it is about"), _("Questions"), _("Share")),
        ),
        ((words_here(STANCES, name), count) for name, count in figures.stances.items()),
    )


def _kinds(figures: Figures) -> Chart:
    """Groups in the picture, every kind in the table."""
    known = {name for kinds in KINDS.values() for name in kinds}
    others = {name: words_for({}, name) for name in figures.models if name not in known}
    groups = []
    totals = []
    for title, kinds in (KINDS | {OTHER_KINDS: others}).items():
        counted = [
            (said(kinds[name]), count)
            for name, count in sorted(figures.models.items(), key=lambda pair: -pair[1])
            if name in kinds
        ]
        if counted:
            groups.append(
                RowGroup(_(title), tuple(_row(words, count, figures.items) for words, count in counted))
            )
            totals.append((Words(_(title), ""), sum(count for _, count in counted)))
    return _counts(
        Heading(
            "kinds",
            _("By kind of question"),
            _(
                "There are %(kinds)s kinds of question in this bank, so that no single knack of answering carries "
                "far.",
                kinds=len(figures.models),
            ),
            (_("Kind"), _("Questions"), _("Share")),
        ),
        totals,
        groups,
    )


def _origins(figures: Figures) -> Chart:
    share = percent(figures.sourced)
    return _counts(
        Heading(
            "origins",
            _("By the reason why they are wrong"),
            _(
                "A wrong answer that nobody would believe tests nothing: %(share)s of these are known misreadings, or "
                "things that the articles do say, of something or somebody else. The reason is shown after every "
                "answer.",
                share=share,
            ),
            (_("Reason"), _("Wrong answers"), _("Share")),
        ),
        ((words_here(REASONS, name), count) for name, count in figures.origins.items()),
    )


def _counts(
    heading: Heading,
    counted: Iterable[tuple[Words, int]],
    groups: Iterable[RowGroup] = (),
) -> Chart:
    """A chart of counts, the greatest as wide as the chart."""
    counts = list(counted)
    whole = sum(count for _, count in counts)
    return draw(
        heading,
        [
            Reading(
                words.name,
                words.means,
                count,
                format_decimal(count),
                _row(words, count, whole).cells,
            )
            for words, count in counts
        ],
        full=max((count for _, count in counts), default=0),
        groups=tuple(groups),
    )


def _row(words: Words, count: int, whole: int) -> Row:
    return Row(words.name, words.means, (format_decimal(count), percent(count / whole if whole else 0.0)))
