"""Coverage: every paragraph of a document as a cell that leads to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from question_bank.figures import ParagraphFigures
from quizapp.marking import mark
from quizapp.services.sources import Source

_SHADES = (1, 3, 5, 8)  # from so many questions on a cell is one shade deeper
SHADES = (mark("no question"), mark("1 or 2"), mark("3 or 4"), mark("5 to 7"), mark("8 or more"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph: how many facts it states and how many questions it proves."""

    n: int
    href: str
    facts: int
    questions: int
    shade: int
    label: str


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """A document with its paragraphs."""

    id: str
    href: str
    title: str
    kind: str
    written: str
    facts: int
    questions: int
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, source: Source, paragraphs: Sequence[ParagraphFigures], number: int) -> DocumentCoverage:
        """The coverage of a source; ``number`` tells the documents of a page apart."""
        own = [paragraph for paragraph in paragraphs if paragraph.document == source.id]
        return cls(
            id=f"document-{number}",
            href=url_for("sources.show_source", document=source.id),
            title=source.title,
            kind=source.kind,
            written=source.written,
            facts=sum(paragraph.facts for paragraph in own),
            questions=source.questions,
            cells=tuple(map(_cell, own)),
        )


def _cell(paragraph: ParagraphFigures) -> Cell:
    return Cell(
        n=paragraph.paragraph,
        href=url_for("sources.show_source", document=paragraph.document, _anchor=f"p{paragraph.paragraph}"),
        facts=paragraph.facts,
        questions=paragraph.items,
        shade=bisect_right(_SHADES, paragraph.items),
        label=_(
            "Paragraph %(n)s: %(questions)s, %(facts)s",
            n=paragraph.paragraph,
            questions=ngettext("%(num)s question", "%(num)s questions", paragraph.items),
            facts=ngettext("%(num)s fact", "%(num)s facts", paragraph.facts),
        ),
    )
