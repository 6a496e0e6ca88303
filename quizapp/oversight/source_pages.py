"""What the sources show to teachers: on each paragraph and fact, how many questions stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.marking import mark
from quizapp.services.coverage import ASKED, MOST, CoveredDocument, CoveredFact, CoveredPassage

ROOM = "/admin/sources"
_DEEPEST = 3  # three questions and more have one shade
LEGEND = (mark("No question"), mark("1 question"), mark("2 questions"), mark("3 or more"))


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact, its questions, and where to write one."""

    id: str
    statement: str
    is_uncovered: bool
    told: str
    list_href: str | None
    write_href: str | None

    @classmethod
    def of(cls, fact: CoveredFact, document: str, paragraph: int) -> FactView:
        """The view of a fact; on one that is no ground for a question none can be begun here."""
        told = _stand(fact.questions)
        return cls(
            id=fact.id,
            statement=fact.statement,
            is_uncovered=fact.is_uncovered,
            told=told if fact.use == ASKED else _("%(told)s; kept out of questions", told=told),
            list_href=_list(fact=fact.id) if fact.questions else None,
            write_href=_write(document, paragraph, fact.id) if fact.use == ASKED else None,
        )


@dataclass(frozen=True, slots=True)
class PassageView:
    """A paragraph, shaded by its questions."""

    n: int
    href: str
    text: str
    number: str
    shade: int
    told: str
    label: str
    list_href: str | None
    write_href: str
    facts: tuple[FactView, ...]
    facts_title: str

    @classmethod
    def of(cls, passage: CoveredPassage, document: str, *, by_facts: bool) -> PassageView:
        """The view of a passage: with all its facts, or those that have no question yet."""
        told = _stand(passage.questions)
        shown = [fact for fact in passage.facts if by_facts or fact.is_uncovered]
        return cls(
            n=passage.n,
            href=url_for("oversight.show_source", document=document, _anchor=f"p{passage.n}"),
            text=passage.text,
            number=f"{MOST}+" if passage.questions >= MOST else str(passage.questions),
            shade=min(passage.questions, _DEEPEST),
            told=told,
            label=_("Paragraph %(n)s: %(told)s", n=passage.n, told=told),
            list_href=_list(document=document, paragraph=str(passage.n)) if passage.questions else None,
            write_href=_write(document, passage.n),
            facts=tuple(FactView.of(fact, document, passage.n) for fact in shown),
            facts_title=_("Facts") if by_facts else _("No question yet on"),
        )


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in short: a cell a paragraph."""

    id: str
    name: str
    title: str
    kind: str
    href: str
    told: str
    uncovered: str
    passages: tuple[PassageView, ...]

    @classmethod
    def of(cls, document: CoveredDocument, *, by_facts: bool = False) -> DocumentView:
        """The view of a document."""
        reached = sum(passage.questions > 0 for passage in document.passages)
        missing = sum(fact.is_uncovered for passage in document.passages for fact in passage.facts)
        return cls(
            id=document.id,
            name=document.name,
            title=document.title,
            kind=document.kind.capitalize(),
            href=url_for("oversight.show_source", document=document.id),
            told=ngettext(
                "Questions stand on %(reached)s of %(num)s paragraph.",
                "Questions stand on %(reached)s of %(num)s paragraphs.",
                len(document.passages),
                reached=reached,
            ),
            uncovered=ngettext(
                "%(num)s fact has no question yet.", "%(num)s facts have no question yet.", missing
            )
            if missing
            else _("Every fact that is good for a question has one."),
            passages=tuple(
                PassageView.of(passage, document.id, by_facts=by_facts) for passage in document.passages
            ),
        )


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All documents."""

    title: str
    room: str
    legend: tuple[str, ...]
    documents: tuple[DocumentView, ...]

    @classmethod
    def of(cls, documents: Sequence[CoveredDocument]) -> SourcesPage:
        """The page."""
        return cls(_("Coverage"), ROOM, tuple(map(_, LEGEND)), tuple(map(DocumentView.of, documents)))


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One document, paragraph by paragraph."""

    title: str
    room: str
    legend: tuple[str, ...]
    document: DocumentView
    by_facts: bool
    passages_href: str
    facts_href: str
    read_href: str

    @classmethod
    def of(cls, document: CoveredDocument, *, by_facts: bool) -> SourcePage:
        """The page."""
        return cls(
            title=_("Coverage of the %(document)s", document=document.name),
            room=ROOM,
            legend=tuple(map(_, LEGEND)),
            document=DocumentView.of(document, by_facts=by_facts),
            by_facts=by_facts,
            passages_href=url_for("oversight.show_source", document=document.id),
            facts_href=url_for("oversight.show_source", document=document.id, by="facts"),
            read_href=url_for("sources.show_source", document=document.id),
        )


def _stand(number: int) -> str:
    """How many questions stand here; of very many only that."""
    if number >= MOST:
        return _("%(number)s questions or more", number=MOST)
    return ngettext("%(num)s question", "%(num)s questions", number) if number else _("no questions")


def _list(**args: str) -> str:
    """The list of the questions that are counted here: the approved ones."""
    return url_for("bank.list_questions", state="approved", **args)  # type: ignore[arg-type]


def _write(document: str, paragraph: int, fact: str | None = None) -> str:
    """The editor with this place filled in."""
    named = {"document": document, "paragraph": paragraph, **({"fact": fact} if fact else {})}
    return f"/admin/questions/new?{urlencode(named)}"
