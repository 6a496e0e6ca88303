"""An item as a learner meets it in an attempt: first without anything that tells the key, then with all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow
from quizapp.models.bank import ItemVersionRow, PassageRow, TopicRow


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage: where they stand, and the whole passage around them."""

    document: str
    paragraph: int
    quote: str
    passage: str


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
class Judged:
    """An option after the answer."""

    text: str
    is_key: bool
    is_chosen: bool
    rationale: str
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """An answered item: what was chosen, what is right, why, and the words that prove it."""

    topic: str
    stem: str
    correct: bool
    options: tuple[Judged, ...]
    explanation: str
    evidence: tuple[Quote, ...]
    since_then: dict[str, Any] | None
    is_late: bool = False  # an answer came for a question that has one; the first counts

    @property
    def key(self) -> Judged:
        """The right option."""
        return next(option for option in self.options if option.is_key)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """Everything about an item as shown; stays inside the services."""

    topic: str
    form_key: str
    stem: str
    explanation: str
    evidence: list[dict[str, Any]]
    since_then: dict[str, Any] | None
    tokens: tuple[str, ...]  # from the top of the page
    options: tuple[dict[str, Any], ...]  # in the same order

    def is_correct(self, token: str) -> bool:
        """Whether the option with this token is the key."""
        return bool(self.options[self.tokens.index(token)]["correct"])

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
    rows = session.execute(
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
        )
        .select_from(AttemptItemRow)
        .join(ItemVersionRow, ItemVersionRow.id == AttemptItemRow.item_version_id)
        .join(TopicRow, TopicRow.id == AttemptItemRow.topic_id)
        .join(AttemptOptionRow, AttemptOptionRow.attempt_item_id == AttemptItemRow.id)
        .where(AttemptItemRow.id == attempt_item_id)
        .order_by(AttemptOptionRow.place)
    ).all()
    first = rows[0]
    return ShownItem(
        topic=first.title,
        form_key=first.key,
        stem=first.stem,
        explanation=first.explanation,
        evidence=first.evidence,
        since_then=first.since_then,
        tokens=tuple(row.token for row in rows),
        options=tuple(row.options[row.option] for row in rows),
    )


def feedback_on(session: Session, shown: ShownItem, token: str, *, is_late: bool = False) -> Feedback:
    """What is shown once ``token`` was chosen."""
    quoted = [*shown.evidence, *(quote for option in shown.options for quote in option["evidence"])]
    passages = load_passages(session, {(quote["document"], quote["paragraph"]) for quote in quoted})
    options = tuple(
        Judged(
            text=option["text"],
            is_key=option["correct"],
            is_chosen=offered == token,
            rationale=option["rationale"],
            evidence=quotes_in(option["evidence"], passages),
        )
        for offered, option in zip(shown.tokens, shown.options, strict=True)
    )
    return Feedback(
        topic=shown.topic,
        stem=shown.stem,
        correct=shown.is_correct(token),
        options=options,
        explanation=shown.explanation,
        evidence=quotes_in(shown.evidence, passages),
        since_then=shown.since_then,
        is_late=is_late,
    )


def load_passages(session: Session, places: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The texts of passages by document and paragraph."""
    paragraphs = {paragraph for _, paragraph in places}
    rows = session.execute(
        select(PassageRow.document_id, PassageRow.n, PassageRow.text).where(PassageRow.n.in_(paragraphs))
    )
    return {(row.document_id, row.n): row.text for row in rows}


def quotes_in(quotes: list[dict[str, Any]], passages: dict[tuple[str, int], str]) -> tuple[Quote, ...]:
    """The quotes with their passages; where a passage has changed since, its words alone are shown."""
    found = []
    for quote in quotes:
        text = passages.get((quote["document"], quote["paragraph"]), "")
        whole = text if quote["quote"] in text else quote["quote"]
        found.append(Quote(quote["document"], quote["paragraph"], quote["quote"], whole))
    return tuple(found)
