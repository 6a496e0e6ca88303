"""Attempts: start one, find one's own, and see where it stands."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, AttemptRow, ResponseRow
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.services.pool import draw, draw_again
from quizapp.services.problems import AttemptNotFoundError, ItemNotFoundError, NothingMissedError

LENGTHS = (5, 10, 20)
DEFAULT_LENGTH = 10
_SEEDS = 2**31
_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # nothing else is asked for in the database

Token = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One question of an attempt: where it stands, and what was chosen if it is answered."""

    position: int
    attempt_item_id: int
    item_id: int
    topic_id: str
    token: str | None
    correct: bool | None

    @property
    def is_answered(self) -> bool:
        """Whether there is a response."""
        return self.token is not None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A learner's own attempt with all its steps in order."""

    id: int
    public_id: str
    learner: str
    topics: tuple[str, ...]
    steps: tuple[Step, ...]

    def step(self, position: int) -> Step:
        """The step at ``position`` (from 1); ItemNotFoundError where there is none."""
        for step in self.steps:
            if step.position == position:
                return step
        raise ItemNotFoundError

    def next_open(self, after: int = 0, *, besides: int = 0) -> Step | None:
        """The first unanswered step behind ``after``, else the first of all, else None; ``besides`` is left out."""
        unanswered = [step for step in self.steps if not step.is_answered and step.position != besides]
        return next(
            (step for step in unanswered if step.position > after), unanswered[0] if unanswered else None
        )


def get_attempt(session: Session, public_id: str, learner: str | None) -> Attempt:
    """The learner's attempt; AttemptNotFoundError for an unknown one and for somebody else's alike."""
    if learner is None or not _PUBLIC_ID.fullmatch(public_id):
        raise AttemptNotFoundError
    query = (
        select(
            AttemptRow.id,
            AttemptRow.topics,
            AttemptItemRow.position,
            AttemptItemRow.id.label("attempt_item_id"),
            AttemptItemRow.item_id,
            AttemptItemRow.topic_id,
            ResponseRow.token,
            ResponseRow.correct,
        )
        .join(AttemptItemRow, AttemptItemRow.attempt_id == AttemptRow.id)
        .outerjoin(ResponseRow, ResponseRow.attempt_item_id == AttemptItemRow.id)
        .where(AttemptRow.public_id == public_id, AttemptRow.learner == learner)
        .order_by(AttemptItemRow.position)
    )
    rows = session.execute(query).all()
    if not rows:
        raise AttemptNotFoundError
    steps = tuple(
        Step(row.position, row.attempt_item_id, row.item_id, row.topic_id, row.token, row.correct)
        for row in rows
    )
    return Attempt(rows[0].id, public_id, learner, tuple(rows[0].topics), steps)


def start_attempt(  # noqa: PLR0913 - what makes an attempt, each by its name
    session: Session,
    *,
    learner: str,
    topics: Sequence[str],
    length: int,
    seed: int,
    now: dt.datetime,
    token: Token = lambda: secrets.token_urlsafe(9),
) -> str:
    """Draw items for a new attempt and answer its public id; EmptyBankError where there is nothing to draw from.

    A bank that is too small for ``length`` gives a shorter quiz rather than one that repeats a fact.
    """
    chosen = draw(session, topics, length, Random(seed), learner=learner)  # noqa: S311 - not for secrets
    return _store(
        session, chosen, learner=learner, topics=topics, length=length, seed=seed, now=now, token=token
    )


def practise_missed(
    session: Session,
    attempt: Attempt,
    *,
    seed: int,
    now: dt.datetime,
    token: Token = lambda: secrets.token_urlsafe(9),
) -> str:
    """A new attempt on the facts of the missed items, in other questions where there are any."""
    missed = [step.item_id for step in attempt.steps if step.correct is False]
    chosen = draw_again(session, missed, Random(seed))  # noqa: S311 - not for secrets
    if not chosen:
        raise NothingMissedError
    return _store(
        session,
        chosen,
        learner=attempt.learner,
        topics=attempt.topics,
        length=len(chosen),
        seed=seed,
        now=now,
        token=token,
    )


def new_seed() -> int:
    """A seed for a new attempt; it is stored, so that the attempt can be retraced."""
    return secrets.randbelow(_SEEDS)


def _store(  # noqa: PLR0913 - as above
    session: Session,
    items: Sequence[int],
    *,
    learner: str,
    topics: Sequence[str],
    length: int,
    seed: int,
    now: dt.datetime,
    token: Token,
) -> str:
    """Freeze what will be shown: the version of each item, the order of its options, and their tokens."""
    public_id = secrets.token_urlsafe(16)
    attempt = AttemptRow(
        public_id=public_id,
        learner=learner,
        topics=list(topics),
        length=length,
        seed=seed,
        mode="practice",
        second_try=False,
        asks_certainty=False,
        started_at=now,
    )
    session.add(attempt)
    session.flush()
    versions = _current_versions(session, items)
    made = session.execute(
        insert(AttemptItemRow).returning(AttemptItemRow.id, sort_by_parameter_order=True),
        [
            {
                "attempt_id": attempt.id,
                "position": position,
                "item_id": item,
                "item_version_id": versions[item].id,
                "topic_id": versions[item].topic_id,
                "key": token(),
            }
            for position, item in enumerate(items, start=1)
        ],
    ).scalars()
    shown = [(made_id, versions[item]) for made_id, item in zip(made, items, strict=True)]
    rng = Random(seed + 1)  # noqa: S311 - the order of options is no secret; the tokens are
    session.execute(insert(AttemptOptionRow), list(_options(shown, rng, token)))
    return public_id


def _options(shown: Iterable[tuple[int, _Version]], rng: Random, token: Token) -> Iterator[dict[str, object]]:
    """Shuffled once, unless their order means something."""
    for attempt_item_id, version in shown:
        order = list(range(version.count))
        if not version.ordered:
            rng.shuffle(order)
        for place, option in enumerate(order):
            yield {"attempt_item_id": attempt_item_id, "token": token(), "place": place, "option": option}


@dataclass(frozen=True, slots=True)
class _Version:
    id: int
    topic_id: str
    ordered: bool
    count: int


def _current_versions(session: Session, items: Sequence[int]) -> dict[int, _Version]:
    rows = session.execute(
        select(
            ItemRow.id,
            ItemRow.topic_id,
            ItemVersionRow.id.label("version"),
            ItemVersionRow.ordered,
            ItemVersionRow.options,
        )
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
        .where(ItemRow.id.in_(items))
    )
    return {row.id: _Version(row.version, row.topic_id, row.ordered, len(row.options)) for row in rows}
