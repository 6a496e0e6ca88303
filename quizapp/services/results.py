"""The result of an attempt: the score by topic, and every question with its answer, key and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.orm import Session, aliased

from question_bank.scoring import score, total
from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, ResponseRow, SecondTryRow
from quizapp.models.bank import ItemVersionRow, TopicRow
from quizapp.services.attempts import Attempt
from quizapp.services.corrected import COLUMNS, Correction, Teaching, teaching_of, with_corrections
from quizapp.services.quoted import Quote, load_passages, quotes_in


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How many of a topic's questions were answered right."""

    title: str
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class Review:
    """One question of a finished attempt."""

    position: int
    topic: str
    stem: str
    correct: bool
    chosen: str | None  # None where a test ended before it was answered
    second: str | None  # what was chosen at the second try
    why_not: tuple[str, ...]  # the rationales of what was chosen and is not right
    key: str
    explanation: str
    evidence: tuple[Quote, ...]
    since_then: dict[str, Any] | None
    correction: Correction | None = None
    certainty: int | None = None
    mended: bool = False  # whether the second try was right

    @property
    def is_unsourced(self) -> bool:
        """Whether nothing in the documents is said to prove the answer."""
        return not self.evidence


@dataclass(frozen=True, slots=True)
class Result:
    """A finished attempt; only first answers are counted as right."""

    right: int
    total: int
    topics: tuple[TopicScore, ...]
    reviews: tuple[Review, ...]

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return sum(review.chosen is not None for review in self.reviews)

    @property
    def mended(self) -> int:
        """How many were right at the second try."""
        return sum(review.mended for review in self.reviews)


def result_of(session: Session, attempt: Attempt) -> Result:
    """The result from the stored responses; an attempt's score is always their recount."""
    rows = _responses(session, attempt.id)
    taught = [teaching_of(row) for row in rows]
    passages = load_passages(session, [quote for one in taught for quote in one.evidence])
    reviews = tuple(
        Review(
            position=row.position,
            topic=row.title,
            stem=row.stem,
            correct=bool(row.correct),
            chosen=_text(teaching, row.option),
            second=_text(teaching, row.second),
            why_not=tuple(_why_not(teaching, row.option, row.second)),
            key=teaching.key["text"],
            explanation=teaching.explanation,
            evidence=quotes_in(teaching.evidence, passages),
            since_then=teaching.since_then,
            correction=teaching.correction,
            certainty=row.certainty,
            mended=bool(row.mended),
        )
        for row, teaching in zip(rows, taught, strict=True)
    )
    titles = dict(sorted({(row.topic_position, row.title) for row in rows}))
    return Result(
        right=total(score(is_key=review.correct) for review in reviews),
        total=len(attempt.steps),
        topics=tuple(_score_of(title, reviews) for title in titles.values()),
        reviews=reviews,
    )


def _text(teaching: Teaching, option: int | None) -> str | None:
    return None if option is None else str(teaching.options[option]["text"])


def _why_not(teaching: Teaching, *chosen: int | None) -> Iterator[str]:
    for option in chosen:
        if option is not None and not teaching.options[option]["correct"]:
            yield teaching.options[option]["rationale"]


def _responses(session: Session, attempt_id: int) -> Sequence[Row[Any]]:
    """What was shown, in order, with what was answered."""
    first, second = aliased(AttemptOptionRow), aliased(AttemptOptionRow)
    query = (
        select(
            AttemptItemRow.position,
            TopicRow.title,
            TopicRow.position.label("topic_position"),
            ItemVersionRow.stem,
            ItemVersionRow.options,
            ItemVersionRow.explanation,
            ItemVersionRow.evidence,
            ItemVersionRow.since_then,
            first.option,
            second.option.label("second"),
            ResponseRow.correct,
            ResponseRow.certainty,
            SecondTryRow.correct.label("mended"),
            *COLUMNS,
        )
        .join(ItemVersionRow, ItemVersionRow.id == AttemptItemRow.item_version_id)
        .join(TopicRow, TopicRow.id == AttemptItemRow.topic_id)
        .outerjoin(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id)
        .outerjoin(SecondTryRow, SecondTryRow.attempt_item_id == AttemptItemRow.id)
        .outerjoin(first, _is_of(first, ResponseRow))
        .outerjoin(second, _is_of(second, SecondTryRow))
        .where(AttemptItemRow.attempt_id == attempt_id)
        .order_by(AttemptItemRow.position)
    )
    return session.execute(with_corrections(query)).all()


def _is_of(option: type[AttemptOptionRow], choice: type[ResponseRow | SecondTryRow]) -> ColumnElement[bool]:
    return and_(option.attempt_item_id == choice.attempt_item_id, option.token == choice.token)


def _score_of(title: str, reviews: tuple[Review, ...]) -> TopicScore:
    own = [review for review in reviews if review.topic == title]
    return TopicScore(title, total(score(is_key=review.correct) for review in own), len(own))
