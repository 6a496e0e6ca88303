"""What the two sides of a question show. The page before the answer has no field that could tell the key."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.asking.proof import LETTERS, OptionView, PassageView, Proof, SinceThenView, since_then_view
from quizapp.moments import Moment
from quizapp.services.corrected import Correction
from quizapp.services.reports import LONGEST, REASONS
from quizapp.services.shown import Feedback, Question

LATE = "This question was answered before, perhaps in another window. The first answer counts."
RECEIVED = {
    "open": "Thank you: your report has arrived. A teacher will look at it.",
    "settled": "Thank you: a teacher has looked at your report.",
}
NO_SOURCE = "No source: this question was written without a proof from the two articles."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands: among how many, what its form is sent to, and where its answer leads on to."""

    position: int
    total: int
    track: tuple[str, ...]
    response_url: str
    next_href: str
    next_label: str
    is_last: bool
    report_url: str | None = None  # where the learner may say what is wrong with the question


@dataclass(frozen=True, slots=True)
class ReportView:
    """What a learner may say of a question, or what became of it."""

    url: str
    reasons: tuple[tuple[str, str], ...]
    longest: int
    received: str | None
    error: str | None = None

    @classmethod
    def of(cls, url: str, state: str | None, *, error: str | None = None) -> ReportView:
        """The form, or for a report that was made its ``state`` in words."""
        return cls(url, tuple(REASONS.items()), LONGEST, RECEIVED.get(state or ""), error)


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
    def of(cls, place: Place, question: Question, *, error: str | None = None) -> ItemPage:
        """The page of an open question; ``error`` says what was wrong with the form."""
        return cls(
            title=f"Question {place.position} of {place.total}",
            track=place.track,
            position=place.position,
            total=place.total,
            topic=question.topic,
            stem=question.stem,
            options=tuple(
                OptionChoice(letter, option.text, option.token)
                for letter, option in zip(LETTERS, question.options, strict=False)
            ),
            response_url=place.response_url,
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
    correction: str | None
    explanation: str
    options: tuple[OptionView, ...]
    chosen: OptionView | None
    passages: tuple[PassageView, ...]
    no_source: str | None
    since_then: SinceThenView | None
    next_href: str
    next_label: str
    is_last: bool
    report: ReportView | None
    is_answered: bool = True

    @classmethod
    def of(cls, place: Place, feedback: Feedback, proof: Proof) -> FeedbackPage:
        """The page of an answered question; ``proof`` makes the links to the sources."""
        options = tuple(
            proof.option(letter, option, feedback.explanation)
            for letter, option in zip(LETTERS, feedback.options, strict=False)
        )
        key_letter = next(view.letter for view in options if view.state.startswith("is-key"))
        verdict = verdict_on(feedback)
        return cls(
            title=f"{verdict}: question {place.position} of {place.total}",
            track=place.track,
            position=place.position,
            total=place.total,
            topic=feedback.topic,
            stem=feedback.stem,
            outcome="right" if feedback.correct else "wrong",
            verdict=verdict,
            answer=f"The answer is {key_letter}: {feedback.key.text}",
            notice=LATE if feedback.is_late else None,
            correction=correction_note(feedback.correction, counts=feedback.correct),
            explanation=feedback.explanation,
            options=options,
            chosen=next((view for view in options if view.is_open), None),
            passages=proof.passages(feedback.evidence),
            no_source=NO_SOURCE if feedback.is_unsourced else None,
            since_then=since_then_view(feedback),
            next_href=place.next_href,
            next_label=place.next_label,
            is_last=place.is_last,
            report=ReportView.of(place.report_url, feedback.report) if place.report_url else None,
        )


def verdict_on(feedback: Feedback) -> str:
    """What the answer was; where the key was corrected since, what it counts as may be another matter."""
    if feedback.correction is not None and feedback.correct is not feedback.key.is_chosen:
        return "Counts as right" if feedback.correct else "Counts as not right"
    return "Right" if feedback.correct else "Not this one"


def correction_note(correction: Correction | None, *, counts: bool) -> str | None:
    """What a learner is told of a key that was corrected after the question had been shown."""
    if correction is None:
        return None
    day = Moment.of(correction.at).told.partition(",")[0]
    counts_as = "right" if counts else "wrong"
    stays = "stays as it was counted then, as" if correction.marks == "left" else "counts as"
    return f"The key of this question was corrected on {day}; your answer {stays} {counts_as}."
