"""What the pages of a paper quiz show: the choice, the sheets, and the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.exchange.forms import PaperForm
from quizapp.exchange.pages import ROOM
from quizapp.services.paper import LONGEST, Asked, Paper, Solved
from quizapp.services.question_list import Filter
from quizapp.services.sources import DocumentName
from quizapp.services.topics import Topic


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic's checkbox."""

    id: str
    title: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class ChoicePage:
    """Topics, number, and on to the sheets; ``kept`` are the fields of the list that it is made from, if it is."""

    title: str
    room: str
    topics: tuple[TopicChoice, ...]
    listed: int | None
    kept: tuple[tuple[str, str], ...]
    length: str
    longest: int
    seed: str
    length_error: str | None
    seed_error: str | None
    topic_error: str | None

    @classmethod
    def of(
        cls,
        topics: Sequence[Topic],
        form: PaperForm,
        *,
        wanted: Filter | None = None,
        listed: int | None = None,
        topic_error: str | None = None,
    ) -> ChoicePage:
        """The page, with what was chosen before an error."""
        chosen = form.topic.data
        return cls(
            title=_("A quiz on paper"),
            room=ROOM,
            topics=tuple(
                TopicChoice(topic.id, topic.title, topic.questions, not chosen or topic.id in chosen)
                for topic in topics
            ),
            listed=listed,
            kept=(("from", "list"), *wanted.to_args().items()) if wanted else (),
            length=_typed(form.length.raw_data, form.length.data),
            longest=LONGEST,
            seed=_typed(form.seed.raw_data, form.seed.data),
            length_error=next(iter(form.length.errors), None),
            seed_error=next(iter(form.seed.errors), None),
            topic_error=topic_error,
        )


@dataclass(frozen=True, slots=True)
class SheetView:
    """One form's sheet."""

    name: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """Both question sheets. Nothing of this page tells a key."""

    title: str
    room: str
    sheets: tuple[SheetView, ...]
    seed: int
    build: str
    count: int
    outdated: int
    key_href: str
    again_href: str

    @classmethod
    def of(cls, paper: Paper, versions: str) -> SheetsPage:
        """The page."""
        count = len(paper.forms[0].asked)
        return cls(
            title=ngettext(
                "Quiz on paper, %(num)s question, seed %(seed)s",
                "Quiz on paper, %(num)s questions, seed %(seed)s",
                count,
                seed=paper.seed,
            ),
            room=ROOM,
            sheets=tuple(SheetView(form.name, form.asked) for form in paper.forms),
            seed=paper.seed,
            build=paper.build,
            count=count,
            outdated=paper.outdated,
            key_href=url_for("exchange.show_key", seed=paper.seed, v=versions),
            again_href=url_for("exchange.choose_paper"),
        )


@dataclass(frozen=True, slots=True)
class ProofView:
    """Where words stand that prove a key."""

    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class SolvedView:
    """A key with its reason."""

    number: int
    stem: str
    letter: str
    text: str
    explanation: str
    proofs: tuple[ProofView, ...]

    @classmethod
    def of(cls, solved: Solved, names: Mapping[str, DocumentName]) -> SolvedView:
        """The view; a question without evidence says so."""
        return cls(
            solved.number,
            solved.stem,
            solved.letter,
            solved.text,
            solved.explanation,
            tuple(
                ProofView(f"{_name(quote.document, names)} ¶{quote.paragraph}", quote.quote)
                for quote in solved.evidence
            ),
        )


@dataclass(frozen=True, slots=True)
class KeyView:
    """The key to one form."""

    name: str
    answers: tuple[SolvedView, ...]


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The keys to both forms."""

    title: str
    room: str
    keys: tuple[KeyView, ...]
    seed: int
    build: str
    outdated: int
    sheets_href: str

    @classmethod
    def of(cls, paper: Paper, versions: str, names: Mapping[str, DocumentName]) -> KeyPage:
        """The page."""
        return cls(
            title=_("Answer key, seed %(seed)s", seed=paper.seed),
            room=ROOM,
            keys=tuple(
                KeyView(form.name, tuple(SolvedView.of(one, names) for one in form.solved))
                for form in paper.forms
            ),
            seed=paper.seed,
            build=paper.build,
            outdated=paper.outdated,
            sheets_href=url_for("exchange.show_sheets", seed=paper.seed, v=versions),
        )


def _name(document: str, names: Mapping[str, DocumentName]) -> str:
    name = names[document].name if document in names else document
    return name[:1].upper() + name[1:]


def _typed(raw: Sequence[object] | None, value: object) -> str:
    """What was typed, right or wrong; else what is usual."""
    if raw:
        return str(raw[0])[:20]
    return "" if value is None else str(value)
