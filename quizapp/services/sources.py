"""The two documents as learners read them: paragraph by paragraph, with the words that prove an answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.models.bank import DocumentRow, FactRow, ItemRow, PassageRow
from quizapp.models.standing import ItemPassageRow
from quizapp.services.problems import SourceNotFoundError


@dataclass(frozen=True, slots=True)
class DocumentName:
    """How a document is named in running text; ``letter`` is the one of locators such as A¶7."""

    id: str
    letter: str
    name: str

    @property
    def short(self) -> str:
        """The last word of the name, where space is short: "report"."""
        return self.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number, our text, and its hash in the original."""

    n: int
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document, with how many facts and questions stand on it."""

    id: str
    title: str
    kind: str
    about: str
    written: str
    as_of_because: str
    paragraphs: int
    facts: int
    questions: int


def list_sources(session: Session) -> tuple[Source, ...]:
    """Every document, in the order of their letters."""
    questions = _questions_by_document(session)
    paragraphs = _count(PassageRow.document_id)
    facts = _count(FactRow.document_id)
    rows = session.execute(
        select(DocumentRow, paragraphs.c.n, func.coalesce(facts.c.n, 0))
        .join(paragraphs, paragraphs.c.document_id == DocumentRow.id)
        .outerjoin(facts, facts.c.document_id == DocumentRow.id)
        .order_by(DocumentRow.letter)
    )
    return tuple(
        Source(
            id=document.id,
            title=document.title,
            kind=document.kind,
            about=document.about,
            written=document.written,
            as_of_because=document.as_of_because,
            paragraphs=passages,
            facts=stated,
            questions=questions.get(document.id, 0),
        )
        for document, passages, stated in rows
    )


def list_document_names(session: Session) -> tuple[DocumentName, ...]:
    """The names of all documents, in the order of their letters."""
    rows = session.execute(
        select(DocumentRow.id, DocumentRow.letter, DocumentRow.name).order_by(DocumentRow.letter)
    )
    return tuple(DocumentName(row.id, row.letter, row.name) for row in rows)


def get_source(session: Session, document: str) -> tuple[Source, tuple[Paragraph, ...]]:
    """A document with its paragraphs; SourceNotFoundError where there is none of that name."""
    for source in list_sources(session):
        if source.id == document:
            rows = session.execute(
                select(PassageRow.n, PassageRow.text, PassageRow.sha256)
                .where(PassageRow.document_id == document)
                .order_by(PassageRow.n)
            )
            return source, tuple(Paragraph(row.n, row.text, row.sha256) for row in rows)
    raise SourceNotFoundError


def segments(text: str, *quotes: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is marked; a quote that is no unique piece of it marks nothing."""
    unique = [quote for quote in quotes if quote and text.count(quote) == 1]
    pieces: list[tuple[str, bool]] = []
    last = 0
    for start, end in sorted((text.index(quote), text.index(quote) + len(quote)) for quote in unique):
        pieces += [(text[last:start], False), (text[max(start, last) : end], True)]
        last = max(last, end)
    pieces.append((text[last:], False))
    return tuple((piece, marked) for piece, marked in pieces if piece)


def _count(column: InstrumentedAttribute[str]) -> Subquery:
    return select(column.label("document_id"), func.count().label("n")).group_by(column).subquery()


def _questions_by_document(session: Session) -> dict[str, int]:
    """How many approved items quote each document, in their evidence or in an option's."""
    rows = session.execute(
        select(ItemPassageRow.document_id, func.count(ItemPassageRow.item_id.distinct()).label("number"))
        .join(ItemRow, ItemRow.id == ItemPassageRow.item_id)
        .where(ItemRow.state == "approved")
        .group_by(ItemPassageRow.document_id)
    )
    return {row.document_id: row.number for row in rows}
