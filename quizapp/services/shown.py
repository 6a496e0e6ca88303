"""An item as a learner meets it in an attempt: first without anything that tells the key, then with all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.learning.meetings import SURE
from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow
from quizapp.models.bank import ItemVersionRow, TopicRow
from quizapp.models.reports import ReportRow
from quizapp.services.corrected import COLUMNS, Correction, Teaching, teaching_of, with_corrections
from quizapp.services.quoted import Quote, load_passages, quotes_in

_SHOWN = with_corrections(
    select(
        TopicRow.title,
        AttemptItemRow.key,
        ItemVersionRow.stem,
        ItemVersionRow.explanation,
        ItemVersionRow.evidence,
        ItemVersionRow.since_then,
        ItemVersionRow.options,
        AttemptOptionRow.token,
        AttemptOptionRow.option,
        ReportRow.state.label("report"),
        *COLUMNS,
    )
    .select_from(AttemptItemRow)
    .join(ItemVersionRow, ItemVersionRow.id == AttemptItemRow.item_version_id)
    .join(TopicRow, TopicRow.id == AttemptItemRow.topic_id)
    .join(AttemptOptionRow, AttemptOptionRow.attempt_item_id == AttemptItemRow.id)
    .outerjoin(ReportRow, ReportRow.attempt_item_id == AttemptItemRow.id)
    .where(AttemptItemRow.id == bindparam("attempt_item"))
    .order_by(AttemptOptionRow.place)
)


@dataclass(frozen=True, slots=True)
class Offered:
    """An option before the answer: what it says, and the token that its form sends."""

    token: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """An open item. It has no field for the key, so no page made of it can tell."""

    topic: str
    stem: str
    key: str  # of the form, for safe retries; it says nothing of the answer
    options: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """An answered item of a test that is not over: what was chosen, and nothing of what is right."""

    topic: str
    stem: str
    options: tuple[Offered, ...]
    chosen: str  # the token
    is_late: bool = False  # another answer came for it; the first counts


@dataclass(frozen=True, slots=True)
class Retried:
    """An option at the second try: open, or struck out because it was chosen before or the hint takes it away."""

    token: str
    text: str
    is_chosen: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class SecondTry:
    """An item whose first answer was wrong, with a hint: where to look, and one wrong option less."""

    topic: str
    stem: str
    options: tuple[Retried, ...]
    paragraphs: tuple[tuple[str, int], ...]  # document and paragraph, where the answer stands


@dataclass(frozen=True, slots=True)
class Judged:
    """An option after the answer."""

    text: str
    is_key: bool
    is_chosen: bool
    rationale: str
    evidence: tuple[Quote, ...]
    is_second: bool = False  # chosen at the second try


@dataclass(frozen=True, slots=True)
class Feedback:
    """An answered item: what was chosen, what is right, why, and the words that prove it.

    ``correct`` is what the answer counts as; where the key was corrected since, that may differ from what is right.
    """

    topic: str
    stem: str
    correct: bool
    options: tuple[Judged, ...]
    explanation: str
    evidence: tuple[Quote, ...]
    since_then: dict[str, Any] | None
    correction: Correction | None = None
    is_late: bool = False  # an answer came for a question that has one; the first counts
    report: str | None = None  # the state of the learner's report on it
    certainty: int | None = None
    mended: bool | None = None  # whether the second try was right; None where there was none

    @property
    def chosen(self) -> Judged | None:
        """The option that was chosen; None where the question was left open."""
        return next((option for option in self.options if option.is_chosen), None)

    @property
    def is_confident_error(self) -> bool:
        """Whether the learner was sure, and wrong."""
        return not self.correct and self.certainty == SURE

    @property
    def key(self) -> Judged:
        """The right option."""
        return next(option for option in self.options if option.is_key)

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing in the documents is said to prove the answer."""
        return not self.evidence


@dataclass(frozen=True, slots=True)
class ShownItem:
    """Everything about an item as shown; stays inside the services."""

    topic: str
    form_key: str
    stem: str
    tokens: tuple[str, ...]  # from the top of the page
    places: tuple[int, ...]  # of the options in the version, in the same order
    teaching: Teaching
    report: str | None = None  # the state of the learner's report on it

    @property
    def options(self) -> tuple[dict[str, Any], ...]:
        """The options from the top of the page."""
        return tuple(self.teaching.options[place] for place in self.places)

    def is_correct(self, token: str) -> bool:
        """Whether choosing the option with this token counts as right."""
        return self.teaching.counts(self.places[self.tokens.index(token)])

    def saved(self, token: str, *, is_late: bool = False) -> Saved:
        """The item with what was chosen, while nothing else may be told."""
        question = self.question()
        return Saved(question.topic, question.stem, question.options, token, is_late)

    def question(self) -> Question:
        """The item before the answer."""
        pairs = zip(self.tokens, self.options, strict=True)
        return Question(
            self.topic,
            self.stem,
            self.form_key,
            tuple(Offered(token, option["text"]) for token, option in pairs),
        )


def load_shown(session: Session, attempt_item_id: int) -> ShownItem:
    """The item version and the options of an attempt item, in the order in which they were shown."""
    rows = session.connection().execute(_SHOWN, {"attempt_item": attempt_item_id}).all()
    first = rows[0]
    return ShownItem(
        topic=first.title,
        form_key=first.key,
        stem=first.stem,
        tokens=tuple(row.token for row in rows),
        places=tuple(row.option for row in rows),
        report=first.report,
        teaching=teaching_of(first),
    )


def feedback_on(
    session: Session,
    shown: ShownItem,
    token: str,
    *,
    correct: bool,
    second: str | None = None,
    is_late: bool = False,
) -> Feedback:
    """What is shown once ``token`` was chosen, and ``second`` after it; ``correct`` is what the first one counts as.

    With an empty token it is what proves the options where none was chosen.
    """
    teaching = shown.teaching
    quoted = [*teaching.evidence, *(quote for option in shown.options for quote in option["evidence"])]
    passages = load_passages(session, quoted)
    options = tuple(
        Judged(
            text=option["text"],
            is_key=option["correct"],
            is_chosen=offered == token,
            rationale=option["rationale"],
            evidence=quotes_in(option["evidence"], passages),
            is_second=offered == second,
        )
        for offered, option in zip(shown.tokens, shown.options, strict=True)
    )
    return Feedback(
        topic=shown.topic,
        stem=shown.stem,
        correct=correct,
        options=options,
        explanation=teaching.explanation,
        evidence=quotes_in(teaching.evidence, passages),
        since_then=teaching.since_then,
        correction=teaching.correction,
        is_late=is_late,
        report=shown.report,
    )
