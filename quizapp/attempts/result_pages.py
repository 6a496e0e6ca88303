"""What the result of an attempt shows: how many were right, topic by topic, and every question with its proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from question_bank.scoring import CERTAINTY_MARKS, SECOND_TRY, certainty_marks
from quizapp.asking.certainty import CERTAINTIES, signed
from quizapp.asking.feedback import NO_SOURCE, correction_note
from quizapp.asking.proof import Proof, QuoteView, SinceThenView, since_then_view
from quizapp.services.attempts import Attempt
from quizapp.services.results import Result, Review
from quizapp.services.sources import DocumentName
from quizapp.services.starting import new_token


@dataclass(frozen=True, slots=True)
class TopicBar:
    """The score of a topic."""

    title: str
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One question in the list under the result."""

    outcome: str
    verdict: str
    href: str
    stem: str
    chosen: str | None
    second: str | None
    why_not: tuple[str, ...]
    shows_key: bool  # unless it was chosen
    key: str
    explanation: str
    note: str | None
    quotes: tuple[QuoteView, ...]
    since_then: SinceThenView | None
    correction: str | None
    no_source: str | None

    @classmethod
    def of(cls, public_id: str, review: Review, names: dict[str, DocumentName]) -> ReviewView:
        """The view of a question of this attempt."""
        outcome, verdict = _verdict(review)
        return cls(
            outcome=outcome,
            verdict=verdict,
            href=url_for("attempts.show_item", public_id=public_id, position=review.position),
            stem=review.stem,
            chosen=review.chosen,
            second=review.second,
            why_not=review.why_not,
            shows_key=review.key not in (review.chosen, review.second),
            key=review.key,
            explanation=review.explanation,
            note=_(CERTAINTIES[review.certainty]) if review.certainty else None,
            quotes=Proof(public_id, review.position, names).quotes(review.evidence),
            since_then=since_then_view(review.since_then),
            correction=correction_note(review.correction, counts=review.correct),
            no_source=_(NO_SOURCE) if review.is_unsourced else None,
        )


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The result of an attempt."""

    title: str
    address: str
    right: int
    total: int
    missed: bool
    notes: tuple[str, ...]
    practice_url: str
    ticket: str
    topics: tuple[TopicBar, ...]
    reviews: tuple[ReviewView, ...]

    @classmethod
    def of(cls, attempt: Attempt, result: Result, names: dict[str, DocumentName]) -> ResultPage:
        """The page of a finished attempt."""
        return cls(
            title=_("Result"),
            address=url_for("attempts.show_result", public_id=attempt.public_id),
            right=result.right,
            total=result.total,
            missed=result.right < result.total,
            notes=tuple(_notes(result)),
            practice_url=url_for("attempts.practise", public_id=attempt.public_id),
            ticket=new_token(),
            topics=tuple(TopicBar(topic.title, topic.right, topic.total) for topic in result.topics),
            reviews=tuple(ReviewView.of(attempt.public_id, review, names) for review in result.reviews),
        )


def _notes(result: Result) -> Iterator[str]:
    """What else there is to say of the score."""
    if result.answered < result.total:
        left = result.total - result.answered
        yield ngettext("%(num)s question was not answered.", "%(num)s questions were not answered.", left)
    if result.mended:
        points = result.right + result.mended * SECOND_TRY
        yield ngettext(
            "%(num)s more at the second try: %(points)s points, since that one counts a third.",
            "%(num)s more at the second try: %(points)s points, since those count a third each.",
            result.mended,
            points=format_decimal(round(float(points), 2)),
        )
    sure = [review for review in result.reviews if review.certainty is not None]
    if sure:
        marks = sum(certainty_marks(review.certainty or 1, is_key=review.correct) for review in sure)
        highest = max(right for right, _wrong in CERTAINTY_MARKS.values()) * len(sure)
        yield _(
            "By how sure you were: %(marks)s of at most %(highest)s marks.",
            marks=signed(marks),
            highest=signed(highest),
        )


def _verdict(review: Review) -> tuple[str, str]:
    """One word for the sign and the colour, and the same in words."""
    if review.chosen is None:
        return "open", _("Not answered")
    if review.correct:
        return "right", _("Right")
    return ("mended", _("Right at the second try")) if review.mended else ("wrong", _("Not right"))
