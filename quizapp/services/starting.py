"""Starting: a new attempt, drawn as its manner asks, and frozen as it will be shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, AttemptRow
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.services.attempts import DUE, MISTAKES, PRACTICE, TEST, Attempt, close_overdue
from quizapp.services.counting import upsert
from quizapp.services.pool import draw, draw_again
from quizapp.services.problems import (
    EmptyBankError,
    NoMistakesError,
    NothingDueError,
    NothingMissedError,
    ProblemError,
)
from quizapp.services.reviewing import draw_due, draw_mistakes

LENGTHS = (5, 10, 20)
DEFAULT_LENGTH = 10
MINUTES = (5, 10, 20, 40)  # that a test may take, where it has a limit
_SEEDS = 2**31
_AT_ONCE = dt.timedelta(seconds=10)  # in which a form that is sent twice is meant once
_NOTHING: dict[str, type[ProblemError]] = {
    PRACTICE: EmptyBankError,
    TEST: EmptyBankError,
    MISTAKES: NoMistakesError,
    DUE: NothingDueError,
}

Token = Callable[[], str]


def new_token() -> str:
    """A token that nobody can guess and that tells nothing."""
    return secrets.token_urlsafe(9)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a quiz is taken; ``minutes`` limit a test, and None does not."""

    mode: str = PRACTICE
    second_try: bool = False
    asks_certainty: bool = False
    minutes: int | None = None

    def deadline(self, start: dt.datetime) -> dt.datetime | None:
        """When a test that starts then is over."""
        if self.mode != TEST or self.minutes is None:
            return None
        return start + dt.timedelta(minutes=self.minutes)


PLAIN = Manner()


@dataclass(frozen=True, slots=True)
class Start:
    """Who starts what, when; ``form`` is what the form sent, with the ticket that was on it, or nothing."""

    learner: str
    topics: tuple[str, ...]
    seed: int
    now: dt.datetime
    manner: Manner
    form: tuple[object, ...] = ()

    @property
    def public_id(self) -> str:
        """The id of the attempt that this very form begins: nobody can guess it who does not know the learner."""
        digest = hashlib.sha256(repr((self.learner, self.topics, self.manner, self.form)).encode()).digest()
        return urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def start_attempt(  # noqa: PLR0913 - what makes an attempt, each by its name
    session: Session,
    *,
    learner: str,
    topics: Sequence[str],
    length: int,
    seed: int,
    now: dt.datetime,
    manner: Manner = PLAIN,
    ticket: str = "",
    token: Token = new_token,
) -> str:
    """Draw items for a new attempt and answer its public id; a ``ticket`` sent twice at once begins one attempt.

    A bank that is too small for ``length`` gives a shorter quiz rather than one that repeats a fact. Raises
    EmptyBankError where there is nothing to draw from, NoMistakesError and NothingDueError where there is nothing
    to learn again.
    """
    rng = Random(seed)  # noqa: S311 - not for secrets
    if manner.mode == DUE:
        chosen = draw_due(session, learner, topics, rng, now)
    elif manner.mode == MISTAKES:
        chosen = draw_mistakes(session, learner, topics, rng)
    else:
        chosen = draw(session, topics, length, rng, learner=learner)
    if not chosen:
        raise _NOTHING[manner.mode]
    form = (ticket, length) if ticket else ()
    return _store(session, chosen, Start(learner, tuple(topics), seed, now, manner, form), token)


def practise_missed(
    session: Session,
    attempt: Attempt,
    *,
    seed: int,
    now: dt.datetime,
    ticket: str = "",
    token: Token = new_token,
) -> str:
    """A new attempt on the facts of the missed items, in other questions where there are any.

    Raises NothingMissedError, also while the attempt does not tell yet what was missed.
    """
    missed = [step.item_id for step in attempt.steps if attempt.was_missed(step)]
    chosen = draw_again(session, missed, Random(seed))  # noqa: S311 - not for secrets
    if not chosen:
        raise NothingMissedError
    manner = Manner(second_try=attempt.second_try, asks_certainty=attempt.asks_certainty)
    form = (ticket, attempt.public_id) if ticket else ()
    start = Start(attempt.learner, attempt.topics, seed, now, manner, form)
    return _store(session, chosen, start, token)


def new_seed() -> int:
    """A seed for a new attempt; it is stored, so that the attempt can be retraced."""
    return secrets.randbelow(_SEEDS)


def _store(session: Session, items: Sequence[int], start: Start, token: Token) -> str:
    """Freeze what will be shown: the version of each item, the order of its options, and their tokens."""
    close_overdue(session, start.learner, start.now)
    public_id, attempt_id = _begin(session, start, len(items))
    if attempt_id is not None:
        rng = Random(start.seed + 1)  # noqa: S311 - the order of options is no secret; the tokens are
        add_items(session, attempt_id, dict(enumerate(items, start=1)), rng, token)
    return public_id


def _begin(session: Session, start: Start, length: int) -> tuple[str, int | None]:
    """The new attempt's two ids; without the second where the same form has begun it a moment ago."""
    if start.form:
        attempt_id = _insert(session, start, start.public_id, length)
        begun = select(AttemptRow.started_at).where(AttemptRow.public_id == start.public_id)
        if attempt_id is not None or abs(start.now - session.execute(begun).scalar_one()) < _AT_ONCE:
            return start.public_id, attempt_id
    public_id = secrets.token_urlsafe(16)
    return public_id, _insert(session, start, public_id, length)


def _insert(session: Session, start: Start, public_id: str, length: int) -> int | None:
    manner = start.manner
    values = {
        "public_id": public_id,
        "learner": start.learner,
        "topics": list(start.topics),
        "length": length,
        "seed": start.seed,
        "mode": manner.mode,
        "second_try": manner.second_try and manner.mode == PRACTICE,
        "asks_certainty": manner.asks_certainty,
        "started_at": start.now,
        "deadline": manner.deadline(start.now),
        "closed_at": None,
    }
    statement = upsert(session, AttemptRow).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=[AttemptRow.public_id])
    attempt_id: int | None = session.execute(statement.returning(AttemptRow.id)).scalar()
    return attempt_id


def add_items(
    session: Session, attempt_id: int, items: Mapping[int, int], rng: Random, token: Token = new_token
) -> None:
    """Put items, by their positions, into an attempt: each in its current version, its options in their order."""
    versions = _current_versions(session, list(items.values()))
    made = session.execute(
        insert(AttemptItemRow).returning(AttemptItemRow.id, sort_by_parameter_order=True),
        [
            {
                "attempt_id": attempt_id,
                "position": position,
                "item_id": item,
                "item_version_id": versions[item].id,
                "topic_id": versions[item].topic_id,
                "key": token(),
            }
            for position, item in items.items()
        ],
    ).scalars()
    shown = [(made_id, versions[item]) for made_id, item in zip(made, items.values(), strict=True)]
    session.execute(insert(AttemptOptionRow), list(_options(shown, rng, token)))


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
