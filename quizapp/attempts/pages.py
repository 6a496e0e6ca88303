"""What the screens of an attempt show: its questions one by one, and the result."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from quizapp.asking.pages import NO_SOURCE, FeedbackPage, ItemPage, Place, ReportView, correction_note
from quizapp.asking.proof import Proof, ProofLink
from quizapp.services.attempts import Attempt, Step
from quizapp.services.results import Result
from quizapp.services.shown import Feedback, Question
from quizapp.services.sources import DocumentName


def place_of(attempt: Attempt, step: Step, *, answered: bool = False) -> Place:
    """Where a step stands in its attempt."""
    following = attempt.next_open(step.position, besides=step.position)
    return Place(
        position=step.position,
        total=len(attempt.steps),
        track=_track(attempt, step.position, answered=answered),
        response_url=url_for("attempts.respond", public_id=attempt.public_id, position=step.position),
        next_href=_next_href(attempt, following),
        next_label="Next question" if following else "See the result",
        is_last=following is None,
        report_url=url_for("attempts.report_item", public_id=attempt.public_id, position=step.position),
    )


def item_page(attempt: Attempt, step: Step, question: Question, *, error: str | None = None) -> ItemPage:
    """The page of an open step; ``error`` says what was wrong with the form."""
    return ItemPage.of(place_of(attempt, step), question, error=error)


def feedback_page(
    attempt: Attempt, step: Step, feedback: Feedback, names: dict[str, DocumentName]
) -> FeedbackPage:
    """The page of an answered step; ``names`` are the documents by their ids."""
    proof = Proof(attempt.public_id, step.position, names)
    return FeedbackPage.of(place_of(attempt, step, answered=True), feedback, proof)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report on a question: that it arrived, or what was wrong with the form."""

    title: str
    report: ReportView
    back: str

    @classmethod
    def of(cls, public_id: str, position: int, state: str | None, *, error: str | None = None) -> ReportPage:
        """The page of a report on the question at ``position``."""
        url = url_for("attempts.report_item", public_id=public_id, position=position)
        return cls(
            title=f"Question {position}: what is wrong",
            report=ReportView.of(url, state, error=error),
            back=url_for("attempts.show_item", public_id=public_id, position=position, _anchor="report"),
        )


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
    href: str
    stem: str
    chosen: str
    key: str
    proofs: tuple[ProofLink, ...]
    correction: str | None
    no_source: str | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The result of an attempt."""

    title: str
    address: str
    right: int
    total: int
    missed: bool
    practice_url: str
    topics: tuple[TopicBar, ...]
    reviews: tuple[ReviewView, ...]

    @classmethod
    def of(cls, attempt: Attempt, result: Result, names: dict[str, DocumentName]) -> ResultPage:
        """The page of a finished attempt."""
        return cls(
            title="Result",
            address=url_for("attempts.show_result", public_id=attempt.public_id),
            right=result.right,
            total=result.total,
            missed=result.right < result.total,
            practice_url=url_for("attempts.practise", public_id=attempt.public_id),
            topics=tuple(TopicBar(topic.title, topic.right, topic.total) for topic in result.topics),
            reviews=tuple(
                ReviewView(
                    outcome="right" if review.correct else "wrong",
                    href=url_for("attempts.show_item", public_id=attempt.public_id, position=review.position),
                    stem=review.stem,
                    chosen=review.chosen,
                    key=review.key,
                    proofs=Proof(attempt.public_id, review.position, names).links(review.evidence),
                    correction=correction_note(review.correction, counts=review.correct),
                    no_source=NO_SOURCE if review.is_unsourced else None,
                )
                for review in result.reviews
            ),
        )


def _track(attempt: Attempt, position: int, *, answered: bool = False) -> tuple[str, ...]:
    """One word a question for the thin track above it: done, now or todo."""
    return tuple(
        "done"
        if step.is_answered or (answered and step.position == position)
        else "now"
        if step.position == position
        else "todo"
        for step in attempt.steps
    )


def _next_href(attempt: Attempt, following: Step | None) -> str:
    if following is None:
        return url_for("attempts.show_result", public_id=attempt.public_id)
    return url_for("attempts.show_item", public_id=attempt.public_id, position=following.position)
