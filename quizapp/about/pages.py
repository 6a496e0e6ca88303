"""What the page about the bank shows."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from quizapp.about import sections
from quizapp.about.charts import percent
from quizapp.about.coverage import SHADES, DocumentCoverage
from quizapp.about.sections import Section
from quizapp.moments import told_day
from quizapp.services.about import CHANCE, BankReport


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure to remember, and what it counts."""

    figure: str
    told: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """The bank in figures."""

    built_on: str
    built_at: str
    build: str
    headlines: tuple[Headline, ...]
    facts: int
    item_grade_facts: int
    covered_facts: int
    covered_share: str
    empty_paragraphs: int
    paragraphs: int
    documents: tuple[DocumentCoverage, ...]
    shades: tuple[str, ...]
    sections: tuple[Section, ...]

    @classmethod
    def of(cls, report: BankReport) -> ReportView:
        """The view of a rebuild."""
        figures = report.figures
        return cls(
            built_on=told_day(report.built_at),
            built_at=report.built_at.isoformat(timespec="seconds"),
            build=report.build,
            headlines=_headlines(report),
            facts=figures.facts,
            item_grade_facts=figures.item_grade_facts,
            covered_facts=figures.covered_facts,
            covered_share=_covered(report),
            empty_paragraphs=sum(paragraph.items == 0 for paragraph in figures.paragraphs),
            paragraphs=len(figures.paragraphs),
            documents=tuple(
                DocumentCoverage.of(source, figures.paragraphs, number)
                for number, source in enumerate(report.sources, start=1)
            ),
            shades=tuple(map(_, SHADES)),
            sections=sections.sections(report),
        )


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The page; before the first build there is nothing to report."""

    title: str
    report: ReportView | None

    @classmethod
    def of(cls, report: BankReport | None) -> AboutPage:
        """The page about the newest rebuild."""
        is_measured = report is not None and report.figures.items > 0
        return cls(_("About the question bank"), ReportView.of(report) if report and is_measured else None)


def _headlines(report: BankReport) -> tuple[Headline, ...]:
    figures = report.figures
    return (
        Headline(
            format_decimal(figures.items),
            ngettext(
                "question on %(topics)s topics",
                "questions on %(topics)s topics",
                figures.items,
                topics=len(figures.topics),
            ),
        ),
        Headline(_covered(report), _("of the facts that are fit for a question are asked about")),
        Headline(
            percent(max(figures.strategies.values())),
            _(
                "right is the most that a guessing trick reaches; pure luck gives %(chance)s",
                chance=percent(CHANCE),
            ),
        ),
        Headline(
            format_decimal(sum(figures.origins.values())),
            _("wrong answers, each with the reason why it is wrong"),
        ),
    )


def _covered(report: BankReport) -> str:
    figures = report.figures
    return percent(figures.covered_facts / figures.item_grade_facts if figures.item_grade_facts else 0.0)
