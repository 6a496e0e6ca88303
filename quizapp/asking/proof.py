"""How an answer is proved on a page: options with their reasons, passages with the proving words marked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from question_bank.facts import SINCE_THEN
from quizapp.marking import mark
from quizapp.services.quoted import Quote
from quizapp.services.shown import Judged
from quizapp.services.sources import DocumentName, segments

LETTERS = "ABCDEFGH"
OUTSIDE = mark("Outside the articles")  # the other label that notes carry


@dataclass(frozen=True, slots=True)
class ProofLink:
    """The way to the words that prove something."""

    href: str
    label: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """The words that prove something, and the way to where they stand."""

    href: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option after the answer."""

    letter: str
    text: str
    state: str
    tag: str | None
    rationale: str
    proofs: tuple[ProofLink, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with the proving words marked; ``former`` says until when it read so, if it has changed since."""

    n: int
    label: str
    segments: tuple[tuple[str, bool], ...]
    href: str
    former: str | None


@dataclass(frozen=True, slots=True)
class SinceThenView:
    """What happened later, or what else there is to know, from outside the documents."""

    heading: str
    text: str
    source: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Makes the links of one question's proof: each leads to the words, and from an attempt back to the question."""

    public_id: str | None
    position: int | None
    names: dict[str, DocumentName]

    def option(self, letter: str, option: Judged, told: str) -> OptionView:
        """An option with its verdict and reason; what was chosen is open, unless right and ``told``."""
        states: tuple[tuple[str, str | None], tuple[str, str]]  # of a wrong option, and of the key
        if option.is_chosen:
            states = (("is-wrong is-chosen", _("Your answer")), ("is-key is-chosen", _("Your answer, right")))
        elif option.is_second:
            states = (("is-wrong", _("Second try, not right")), ("is-key", _("Second try, right")))
        else:
            states = (("", None), ("is-key", _("Right answer")))
        state, tag = states[option.is_key]
        is_told = option.is_chosen or option.is_second
        return OptionView(
            letter=letter,
            text=option.text,
            state=state,
            tag=tag,
            rationale=option.rationale,
            proofs=self.links(option.evidence),
            is_open=is_told and not (option.is_key and option.rationale in told),
        )

    def passages(self, quotes: tuple[Quote, ...]) -> tuple[PassageView, ...]:
        """Each passage once, with all of its proving words marked; twice where some stand only in what it once said."""
        texts = dict.fromkeys(map(_text_of, quotes))
        return tuple(self._passage([quote for quote in quotes if _text_of(quote) == text]) for text in texts)

    def links(self, quotes: tuple[Quote, ...]) -> tuple[ProofLink, ...]:
        """One link a quote; where several lead to one paragraph, each names its words."""
        labels = [self.place(quote.document, quote.paragraph) for quote in quotes]
        return tuple(
            ProofLink(
                self._href(quote),
                label
                if labels.count(label) == 1
                else _("%(place)s: “%(words)s”", place=label, words=quote.quote),
            )
            for quote, label in zip(quotes, labels, strict=True)
        )

    def quotes(self, quotes: tuple[Quote, ...]) -> tuple[QuoteView, ...]:
        """Each quote with its words, for where no passage stands beside it."""
        return tuple(
            QuoteView(self._href(one), self.place(one.document, one.paragraph), one.quote) for one in quotes
        )

    def place(self, document: str, paragraph: int) -> str:
        """Where something stands: "Encyclopedia article, paragraph 7"."""
        return _("%(document)s, paragraph %(n)s", document=self._name(document), n=paragraph)

    def _passage(self, quotes: list[Quote]) -> PassageView:
        first = quotes[0]
        return PassageView(
            n=first.paragraph,
            label=self._name(first.document),
            segments=segments(first.passage, *(quote.quote for quote in quotes)),
            href=self._href(first),
            former=None
            if first.read_until is None
            else _("as it read until %(day)s", day=_day(first.read_until)),
        )

    def _href(self, quote: Quote) -> str:
        return url_for(
            "sources.show_source",
            document=quote.document,
            quote=quote.quote,
            attempt=self.public_id,
            item=self.position,
            _anchor=f"p{quote.paragraph}",
        )

    def _name(self, document: str) -> str:
        name = self.names[document].name if document in self.names else document
        return name[:1].upper() + name[1:]


def since_then_view(note: dict[str, Any] | None) -> SinceThenView | None:
    """The note from outside the documents, if the item has one."""
    if not note:
        return None
    # Versions from before notes had a label were all on what happened later.
    label = note.get("label", SINCE_THEN)
    heading = _("Since then – not from the articles") if label == SINCE_THEN else _(label)
    return SinceThenView(
        heading, note["text"], note["source"], _day(dt.date.fromisoformat(note["checked_on"]))
    )


def _text_of(quote: Quote) -> tuple[str, int, str]:
    return quote.document, quote.paragraph, quote.passage


def _day(date: dt.date) -> str:
    return str(format_date(date, "d MMMM y"))
