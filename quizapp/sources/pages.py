"""What the screens of the sources show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from quizapp.services.sources import Paragraph, Source, segments


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its particulars."""

    href: str
    title: str
    kind: str
    about: str
    written: str
    as_of_because: str
    paragraphs: int
    facts: int
    questions: int

    @classmethod
    def of(cls, source: Source) -> DocumentView:
        """The view of a source."""
        return cls(
            href=url_for("sources.show_source", document=source.id),
            title=source.title,
            kind=source.kind,
            about=source.about,
            written=source.written,
            as_of_because=source.as_of_because,
            paragraphs=source.paragraphs,
            facts=source.facts,
            questions=source.questions,
        )


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """The list of documents."""

    title: str
    documents: tuple[DocumentView, ...]

    @classmethod
    def of(cls, sources: Sequence[Source]) -> SourcesPage:
        """The page of all sources."""
        return cls(_("Sources"), tuple(map(DocumentView.of, sources)))


@dataclass(frozen=True, slots=True)
class Back:
    """The way back to the question that sent the reader here."""

    href: str
    label: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, with the quoted words marked and the original where it is attached."""

    n: int
    segments: tuple[tuple[str, bool], ...]
    is_cited: bool
    original: str | None

    @classmethod
    def of(cls, paragraph: Paragraph, quote: str, original: str | None) -> ParagraphView:
        """The view of a paragraph with ``quote`` marked."""
        pieces = segments(paragraph.text, quote)
        return cls(paragraph.n, pieces, any(marked for _, marked in pieces), original)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One document, paragraph by paragraph."""

    title: str
    document: DocumentView
    paragraphs: tuple[ParagraphView, ...]
    back: Back | None

    @classmethod
    def of(
        cls,
        source: Source,
        paragraphs: Sequence[Paragraph],
        *,
        quote: str | None,
        originals: dict[int, str],
        back: Back | None,
    ) -> SourcePage:
        """The page; ``quote`` is marked where it is an exact piece of one paragraph only."""
        quoting = [paragraph.n for paragraph in paragraphs if quote and quote in paragraph.text]
        words = quote if quote and len(quoting) == 1 else ""
        return cls(
            title=source.title,
            document=DocumentView.of(source),
            paragraphs=tuple(
                ParagraphView.of(paragraph, words, originals.get(paragraph.n)) for paragraph in paragraphs
            ),
            back=back,
        )
