"""Readiness: what keeps a question from being asked, in words for the teacher who wants to approve it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.marking import Sentence, mark
from quizapp.models.bank import PassageRow, TopicRow
from quizapp.services.versions import Content, Quote

Passages = Mapping[tuple[str, int], str]

_LEAST = 2
_MOST = 8  # letters that pages have for options


def reasons_against(session: Session, content: Content) -> tuple[str, ...]:
    """Why this content cannot be served to students; empty where it can."""
    passages = passages_of(session, [content])
    return (*reasons_against_keeping(session, content), *_reasons(content, passages))


def reasons_against_keeping(session: Session, content: Content) -> tuple[str, ...]:
    """Why it cannot even be kept as a draft: without a topic a question belongs nowhere."""
    known = session.execute(select(TopicRow.id).where(TopicRow.id == content.topic)).first()
    return () if known else (mark("It has no topic."),)


def passages_of(session: Session, contents: Iterable[Content]) -> dict[tuple[str, int], str]:
    """The texts of all passages that the contents quote; a passage that does not exist is missing."""
    documents = {document for content in contents for document, _ in content.passages}
    rows = session.execute(
        select(PassageRow.document_id, PassageRow.n, PassageRow.text).where(
            PassageRow.document_id.in_(documents)
        )
    )
    return {(row.document_id, row.n): row.text for row in rows}


def _reasons(content: Content, passages: Passages) -> Iterator[str]:
    if not content.stem.strip():
        yield mark("The question itself is empty.")
    yield from _options(content)
    for where, quotes in _quotes(content):
        for quote in quotes:
            if fault := quote_fault(quote, passages):
                yield Sentence(mark("%(where)s: %(fault)s"), where=where, fault=fault)


def _options(content: Content) -> Iterator[str]:
    if not _LEAST <= len(content.options) <= _MOST:
        yield Sentence(
            mark("It has %(options)s options; between %(least)s and %(most)s are needed."),
            options=len(content.options),
            least=_LEAST,
            most=_MOST,
        )
    texts = [" ".join(option.text.split()).casefold() for option in content.options]
    if not all(texts):
        yield mark("An option is empty.")
    if len(set(texts)) < len(texts):
        yield mark("Two options say the same.")
    keys = sum(option.correct for option in content.options)
    if not keys:
        yield mark("None of the options is marked as right; it must be exactly one.")
    elif keys > 1:
        yield Sentence(
            mark("%(keys)s of the options are marked as right; it must be exactly one."), keys=keys
        )


def _quotes(content: Content) -> Iterator[tuple[Sentence, tuple[Quote, ...]]]:
    yield Sentence(mark("The evidence")), content.evidence
    for letter, option in zip("ABCDEFGH", content.options, strict=False):
        yield Sentence(mark("The evidence of option %(letter)s"), letter=letter), option.evidence


def quote_fault(quote: Quote, passages: Passages) -> Sentence | None:
    """What is wrong with a quote, or None: it is an exact piece of its passage, and stands there once."""
    text = passages.get((quote.document, quote.paragraph))
    if text is None:
        return Sentence(
            mark("there is no paragraph %(paragraph)s in %(document)s."),
            paragraph=quote.paragraph,
            document=quote.document,
        )
    times = text.count(quote.quote) if quote.quote.strip() else 0
    if times == 0:
        return Sentence(
            mark("“%(quote)s” does not stand word for word in paragraph %(paragraph)s."),
            quote=quote.quote,
            paragraph=quote.paragraph,
        )
    if times > 1:
        return Sentence(
            mark("“%(quote)s” stands %(times)s times in paragraph %(paragraph)s; take some words more."),
            quote=quote.quote,
            times=times,
            paragraph=quote.paragraph,
        )
    return None
