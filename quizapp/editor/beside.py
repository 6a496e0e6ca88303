"""Beside the form: the documents to choose a passage from, the one on show, and the facts that it states."""

from __future__ import annotations

from dataclasses import dataclass

from question_bank.facts import Fact
from quizapp.editor.actions import Desk, Place
from quizapp.services.drafting import Draft
from quizapp.services.evidence import Passage, facts_of
from quizapp.services.sources import segments

_OPENING = 60  # characters of a passage by which it is known in a list

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PassageChoice:
    """A document with its paragraphs, for the list to choose from."""

    name: str
    paragraphs: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """The passage that the evidence is taken from, with the words already taken under the marker."""

    document: str
    n: int
    name: str  # of the document
    segments: tuple[tuple[str, bool], ...]
    facts: tuple[Choice, ...]
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it. ``frame`` and ``locator`` show how a question and an explanation name the source."""

    documents: tuple[Choice, ...]
    passages: tuple[PassageChoice, ...]
    place: str
    shown: ShownPassage | None
    facts: tuple[Choice, ...]
    frame: str
    locator: str

    @classmethod
    def of(cls, draft: Draft, desk: Desk) -> Beside:
        """What lies beside a draft."""
        documents = desk.base.documents
        document = desk.base.document_by_id.get(desk.shown[0], documents[0]) if desk.shown else documents[0]
        return cls(
            documents=tuple((known.id, known.name) for known in documents),
            passages=passage_choices(desk),
            place=place_name(desk.shown) if desk.shown else "",
            shown=shown_passage(draft, desk),
            facts=fact_choices(draft, desk),
            frame=document.frame,
            locator=f"{document.letter}¶{desk.shown[1] if desk.shown else 1}",
        )


def passage_choices(desk: Desk) -> tuple[PassageChoice, ...]:
    """All passages by document, each known by its number and its first words."""
    grouped: dict[str, list[Choice]] = {}
    for passage in desk.passages.values():
        opening = passage.text[:_OPENING].rpartition(" ")[0]
        grouped.setdefault(_name(passage), []).append(
            (place_name(passage.place), f"¶{passage.n} {opening} …")
        )
    return tuple(PassageChoice(name, tuple(choices)) for name, choices in grouped.items())


def shown_passage(draft: Draft, desk: Desk) -> ShownPassage | None:
    """The passage on show."""
    passage = desk.passages.get(desk.shown) if desk.shown else None
    if passage is None:
        return None
    words = [quote.quote for quote in draft.evidence if (quote.document, quote.paragraph) == passage.place]
    places = list(desk.passages)
    at = places.index(passage.place)
    return ShownPassage(
        document=passage.document,
        n=passage.n,
        name=_name(passage),
        segments=segments(passage.text, *words),
        facts=tuple((fact.id, fact.statement) for fact in facts_of(*passage.place, desk.base)),
        previous=place_name(places[at - 1]) if at else "",
        following=place_name(places[at + 1]) if at + 1 < len(places) else "",
    )


def fact_choices(draft: Draft, desk: Desk) -> tuple[Choice, ...]:
    """The facts that may be ticked: those that are, and all of the passages that are quoted."""
    places = [(quote.document, quote.paragraph) for quote in draft.quotes] or (
        [desk.shown] if desk.shown else []
    )
    named = [desk.base.facts[name] for name in draft.facts if name in desk.base.facts]
    near = [fact for place in dict.fromkeys(places) for fact in facts_of(*place, desk.base)]
    return tuple((fact.id, _fact_words(fact)) for fact in dict.fromkeys((*named, *near)))


def place_name(place: Place) -> str:
    """A passage's value in the list."""
    return f"{place[0]} {place[1]}"


def place_in(name: str) -> Place | None:
    """The passage that a value names."""
    document, _space, number = name.rpartition(" ")
    return (document, int(number)) if document and number.isascii() and number.isdigit() else None


def _fact_words(fact: Fact) -> str:
    return f"{fact.statement} ({fact.locator})"


def _name(passage: Passage) -> str:
    return f"{passage.name[:1].upper()}{passage.name[1:]}"
