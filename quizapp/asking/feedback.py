"""What an answered question shows: the verdict, why, and the words that prove it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_date
from flask_babel import gettext as _

from quizapp.asking.certainty import marks_note
from quizapp.asking.pages import HANDED_IN, LATE, Place
from quizapp.asking.proof import LETTERS, OptionView, PassageView, Proof, SinceThenView, since_then_view
from quizapp.asking.reporting import ReportView
from quizapp.marking import mark
from quizapp.services.corrected import Correction
from quizapp.services.shown import Feedback

NO_SOURCE = mark("No source: this question was written without a proof from the two articles.")


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
    certainty: str | None
    answer: str
    notice: str | None
    correction: str | None
    explanation: str
    options: tuple[OptionView, ...]
    chosen: OptionView | None
    second: OptionView | None
    key: OptionView
    is_contrast: bool
    passages: tuple[PassageView, ...]
    no_source: str | None
    since_then: SinceThenView | None
    next_href: str
    next_label: str
    is_last: bool
    report: ReportView | None
    kind: str = "feedback"

    @classmethod
    def of(cls, place: Place, feedback: Feedback, proof: Proof) -> FeedbackPage:
        """The page of an answered question; ``proof`` makes the links to the sources."""
        options = tuple(
            proof.option(letter, option, feedback.explanation)
            for letter, option in zip(LETTERS, feedback.options, strict=False)
        )
        key = next(view for view in options if view.state.startswith("is-key"))
        verdict = verdict_on(feedback)
        return cls(
            title=_(
                "%(verdict)s: question %(position)s of %(total)s",
                verdict=verdict,
                position=place.position,
                total=place.total,
            ),
            track=place.track,
            position=place.position,
            total=place.total,
            topic=feedback.topic,
            stem=feedback.stem,
            outcome=_outcome(feedback),
            verdict=verdict,
            certainty=marks_note(feedback),
            answer=_("The answer is %(letter)s:", letter=key.letter),
            notice=_late_note(feedback),
            correction=correction_note(feedback.correction, counts=feedback.correct),
            explanation=feedback.explanation,
            options=options,
            chosen=_reason_of(options, [option.is_chosen for option in feedback.options]),
            second=_reason_of(options, [option.is_second for option in feedback.options]),
            key=key,
            is_contrast=feedback.is_confident_error,
            passages=proof.passages(feedback.evidence),
            no_source=_(NO_SOURCE) if feedback.is_unsourced else None,
            since_then=since_then_view(feedback.since_then),
            next_href=place.next_href,
            next_label=place.next_label,
            is_last=place.is_last,
            report=ReportView.of(place.report_url, feedback.report) if place.report_url else None,
        )


def _reason_of(options: tuple[OptionView, ...], chosen: list[bool]) -> OptionView | None:
    """What was chosen, if there is more to say of it than the explanation does."""
    views = (view for view, is_it in zip(options, chosen, strict=False) if is_it and view.is_open)
    return next(views, None)


def _outcome(feedback: Feedback) -> str:
    """One word for the sign and the colour."""
    if feedback.correct:
        return "right"
    return "open" if feedback.chosen is None else "mended" if feedback.mended else "wrong"


def verdict_on(feedback: Feedback) -> str:
    """What the answer was; where the key was corrected since, what it counts as may be another matter."""
    if feedback.chosen is None:
        return _("Not answered")
    if feedback.correction is not None and feedback.correct is not feedback.key.is_chosen:
        return _("Counts as right") if feedback.correct else _("Counts as not right")
    if feedback.correct:
        return _("Right")
    return _("Right at the second try") if feedback.mended else _("Not this one")


def _late_note(feedback: Feedback) -> str | None:
    """What is said of an answer that came too late to count."""
    if not feedback.is_late:
        return None
    return _(LATE) if feedback.chosen else _(HANDED_IN)


def correction_note(correction: Correction | None, *, counts: bool) -> str | None:
    """What a learner is told of a key that was corrected after the question had been shown."""
    if correction is None:
        return None
    day = format_date(correction.at, "d MMM y")
    if correction.marks == "left":
        stays_right = _(
            "The key of this question was corrected on %(day)s; "
            "your answer stays as it was counted then, as right.",
            day=day,
        )
        stays_wrong = _(
            "The key of this question was corrected on %(day)s; "
            "your answer stays as it was counted then, as wrong.",
            day=day,
        )
        return stays_right if counts else stays_wrong
    as_right = _("The key of this question was corrected on %(day)s; your answer counts as right.", day=day)
    as_wrong = _("The key of this question was corrected on %(day)s; your answer counts as wrong.", day=day)
    return as_right if counts else as_wrong
