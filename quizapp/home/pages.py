"""What the home page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.services.attempts import DEFAULT_LENGTH, LENGTHS
from quizapp.services.topics import Topic


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic's checkbox."""

    id: str
    title: str
    covers: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class LengthChoice:
    """A length's radio button."""

    value: int
    checked: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    """Topics and lengths, with what was chosen before an error."""

    title: str
    topics: tuple[TopicChoice, ...]
    lengths: tuple[LengthChoice, ...]
    topics_error: str | None

    @classmethod
    def of(
        cls,
        topics: Sequence[Topic],
        *,
        chosen: Sequence[str] | None = None,
        length: int | None = None,
        error: str | None = None,
    ) -> HomePage:
        """The page; all topics are chosen on a first visit."""
        return cls(
            title="A quiz with proof",
            topics=tuple(
                TopicChoice(
                    topic.id, topic.title, topic.covers, topic.questions, chosen is None or topic.id in chosen
                )
                for topic in topics
            ),
            lengths=tuple(LengthChoice(value, value == (length or DEFAULT_LENGTH)) for value in LENGTHS),
            topics_error=error,
        )
