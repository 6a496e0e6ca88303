"""Coverage: on each passage and fact of a document, how many questions stand that students are asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.models.bank import DocumentRow, FactRow, ItemRow, PassageRow
from quizapp.models.standing import ItemFactRow, ItemPassageRow
from quizapp.services.problems import SourceNotFoundError

MOST = 100  # questions that are counted on one passage or fact
ASKED = "item"  # the use of facts that are good enough for questions


@dataclass(frozen=True, slots=True)
class CoveredFact:
    """A fact, and how many approved questions ask for it."""

    id: str
    statement: str
    use: str
    questions: int

    @property
    def is_uncovered(self) -> bool:
        """Whether it is good for a question, and there is none."""
        return self.use == ASKED and self.questions == 0


@dataclass(frozen=True, slots=True)
class CoveredPassage:
    """A passage with its facts, and how many approved questions quote it."""

    n: int
    text: str
    questions: int
    facts: tuple[CoveredFact, ...]


@dataclass(frozen=True, slots=True)
class CoveredDocument:
    """A document, passage by passage."""

    id: str
    name: str
    title: str
    kind: str
    passages: tuple[CoveredPassage, ...]


def list_coverage(session: Session) -> tuple[CoveredDocument, ...]:
    """Every document, in the order of their letters."""
    rows = session.execute(select(DocumentRow).order_by(DocumentRow.letter)).scalars().all()
    passages = _passages(session)
    return tuple(
        CoveredDocument(one.id, one.name, one.title, one.kind, passages.get(one.id, ())) for one in rows
    )


def get_coverage(session: Session, document: str) -> CoveredDocument:
    """One document; SourceNotFoundError where there is none of that name."""
    for covered in list_coverage(session):
        if covered.id == document:
            return covered
    raise SourceNotFoundError


def _passages(session: Session) -> dict[str, tuple[CoveredPassage, ...]]:
    facts: dict[tuple[str, int], list[CoveredFact]] = {}
    for row in session.execute(
        select(
            FactRow.id,
            FactRow.document_id,
            FactRow.paragraph,
            FactRow.statement,
            FactRow.use,
            _approved(ItemFactRow.item_id, ItemFactRow.fact_id == FactRow.id).label("questions"),
        ).order_by(FactRow.id)
    ):
        fact = CoveredFact(row.id, row.statement, row.use, row.questions)
        facts.setdefault((row.document_id, row.paragraph), []).append(fact)
    here = (ItemPassageRow.document_id == PassageRow.document_id) & (ItemPassageRow.paragraph == PassageRow.n)
    passages: dict[str, tuple[CoveredPassage, ...]] = {}
    for one in session.execute(
        select(
            PassageRow.document_id,
            PassageRow.n,
            PassageRow.text,
            _approved(ItemPassageRow.item_id, here).label("questions"),
        ).order_by(PassageRow.document_id, PassageRow.n)
    ):
        own = tuple(facts.get((one.document_id, one.n), ()))
        passage = CoveredPassage(one.n, one.text, one.questions, own)
        passages[one.document_id] = (*passages.get(one.document_id, ()), passage)
    return passages


def _approved(item: InstrumentedAttribute[int], here: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many approved questions stand here, counted up to MOST: the page is as quick with a large bank."""
    some = (
        select(literal(1))
        .select_from(item.class_)
        .join(ItemRow, ItemRow.id == item)
        .where(here, ItemRow.state == "approved")
        .limit(MOST)
        .correlate(FactRow, PassageRow)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()
