"""What the page about the bank shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from quizapp.about import sections
from quizapp.about.charts import percent
from quizapp.about.coverage import SHADES, DocumentCoverage
from quizapp.about.sections import Section
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
            built_on=_day(report.built_at),
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
            shades=SHADES,
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
        return cls("About the question bank", ReportView.of(report) if report and is_measured else None)


def _headlines(report: BankReport) -> tuple[Headline, ...]:
    figures = report.figures
    return (
        Headline(str(figures.items), f"questions on {len(figures.topics)} topics"),
        Headline(_covered(report), "of the facts that are fit for a question are asked about"),
        Headline(
            percent(max(figures.strategies.values())),
            f"right is the most that a guessing trick reaches; pure luck gives {percent(CHANCE)}",
        ),
        Headline(str(sum(figures.origins.values())), "wrong answers, each with the reason why it is wrong"),
    )


def _covered(report: BankReport) -> str:
    figures = report.figures
    return percent(figures.covered_facts / figures.item_grade_facts if figures.item_grade_facts else 0.0)


def _day(moment: dt.datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
