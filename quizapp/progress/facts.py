"""Facts as the page lists them: how far the learner is, what is missing, and the way to the words that prove them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from quizapp.learning.levels import Level, Need
from quizapp.marking import mark
from quizapp.progress.words import right_of
from quizapp.services.progress import Fact

LEVELS = {Level.SECURE: mark("Secure"), Level.LEARNING: mark("Learning"), Level.NEW: mark("New")}
NEEDS = {
    Need.RIGHT_ANSWER: mark("A right answer is missing: the last one was wrong."),
    Need.NO_GUESS: mark("A right answer that is no guess is missing."),
    Need.OTHER_FORM: mark("A right answer in another question is missing."),
    Need.MORE_QUESTIONS: mark("Nothing is missing: there is no other question on it."),
}


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that was answered."""

    statement: str
    kind: str
    level: str
    need: str | None
    answers: str
    seen: str
    seen_at: str
    href: str
    place: str

    @classmethod
    def of(cls, fact: Fact) -> FactView:
        """The view of a fact."""
        level = fact.level
        seen = fact.seen.date()
        return cls(
            statement=fact.statement,
            kind=level.level.value,
            level=_(LEVELS[level.level]),
            need=_(NEEDS[level.need]) if level.need else None,
            answers=right_of(level.right, level.answered),
            seen=str(format_date(seen, "d MMM y")),
            seen_at=seen.isoformat(),
            href=url_for(
                "sources.show_source",
                document=fact.document,
                quote=fact.quote,
                _anchor=f"p{fact.paragraph}",
            ),
            place=_(
                "%(document)s, paragraph %(n)s",
                document=fact.document_name[:1].upper() + fact.document_name[1:],
                n=fact.paragraph,
            ),
        )
