"""What the screens of an attempt show. Pages before a response have no field that could tell the key."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from quizapp.attempts.proof import (
    LETTERS,
    OptionView,
    PassageView,
    Proof,
    ProofLink,
    SinceThenView,
    since_then_view,
)
from quizapp.services.attempts import Attempt, Step
from quizapp.services.results import Result
from quizapp.services.shown import Feedback, Question
from quizapp.services.sources import DocumentName

LATE = "This question was answered before, perhaps in another window. The first answer counts."


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """An option's radio button."""

    letter: str
    text: str
    token: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An open question."""

    title: str
    track: tuple[str, ...]
    position: int
    total: int
    topic: str
    stem: str
    options: tuple[OptionChoice, ...]
    response_url: str
    key: str
    error: str | None
    is_answered: bool = False

    @classmethod
    def of(cls, attempt: Attempt, step: Step, question: Question, *, error: str | None = None) -> ItemPage:
        """The page of an open step; ``error`` says what was wrong with the form."""
        return cls(
            title=f"Question {step.position} of {len(attempt.steps)}",
            track=_track(attempt, step.position),
            position=step.position,
            total=len(attempt.steps),
            topic=question.topic,
            stem=question.stem,
            options=tuple(
                OptionChoice(letter, option.text, option.token)
                for letter, option in zip(LETTERS, question.options, strict=False)
            ),
            response_url=url_for("attempts.respond", public_id=attempt.public_id, position=step.position),
            key=question.key,
            error=error,
        )


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """An answered question: the verdict, why, and the proof."""

    title: str
    track: tuple[str, ...]
    position: int
    total: int
    topic: str
    stem: str
    outcome: str
    verdict: str
    answer: str
    notice: str | None
    explanation: str
    options: tuple[OptionView, ...]
    chosen: OptionView | None
    passages: tuple[PassageView, ...]
    since_then: SinceThenView | None
    next_href: str
    next_label: str
    is_last: bool
    is_answered: bool = True

    @classmethod
    def of(
        cls, attempt: Attempt, step: Step, feedback: Feedback, names: dict[str, DocumentName]
    ) -> FeedbackPage:
        """The page of an answered step; ``names`` are the documents by their ids."""
        proof = Proof(attempt.public_id, step.position, names)
        options = tuple(
            proof.option(letter, option, feedback.explanation)
            for letter, option in zip(LETTERS, feedback.options, strict=False)
        )
        key_letter = next(view.letter for view in options if view.state.startswith("is-key"))
        following = attempt.next_open(step.position, besides=step.position)
        verdict = "Right" if feedback.correct else "Not this one"
        return cls(
            title=f"{verdict}: question {step.position} of {len(attempt.steps)}",
            track=_track(attempt, step.position, answered=True),
            position=step.position,
            total=len(attempt.steps),
            topic=feedback.topic,
            stem=feedback.stem,
            outcome="right" if feedback.correct else "wrong",
            verdict=verdict,
            answer=f"The answer is {key_letter}: {feedback.key.text}",
            notice=LATE if feedback.is_late else None,
            explanation=feedback.explanation,
            options=options,
            chosen=next((view for view in options if view.is_open), None),
            passages=proof.passages(feedback.evidence),
            since_then=since_then_view(feedback),
            next_href=_next_href(attempt, following),
            next_label="Next question" if following else "See the result",
            is_last=following is None,
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
