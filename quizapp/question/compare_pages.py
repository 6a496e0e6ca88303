"""Two versions of a question side by side."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from quizapp.moments import Moment
from quizapp.question import words
from quizapp.question.differences import Difference, differences
from quizapp.question.pages import ROOM, Addresses
from quizapp.services.editing import Question
from quizapp.services.history import Version


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions, and the others that could stand in its place."""

    heading: str
    number: int
    by: str
    at: Moment
    note: str
    others: tuple[tuple[int, str], ...]  # the number and the address
    can_return: bool

    @classmethod
    def of(
        cls, uid: str, heading: str, version: Version, versions: tuple[Version, ...], **fixed: int
    ) -> Side:
        """A side; ``fixed`` is the number of the other, which stays."""
        name = "old" if "new" in fixed else "new"
        return cls(
            heading=heading,
            number=version.number,
            by=words.actor(version.made_by),
            at=Moment.of(version.made_at),
            note=version.note,
            others=tuple(
                (one.number, url_for("question.compare", uid=uid, **{name: one.number}, **fixed))  # type: ignore[arg-type]
                for one in reversed(versions)
            ),
            can_return=version is not versions[0] and not version.is_corrected,
        )


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What differs between two versions."""

    title: str
    room: str
    to: Addresses
    version: int
    stem: str
    left: Side
    right: Side
    differences: tuple[Difference, ...]

    @classmethod
    def of(
        cls, question: Question, versions: tuple[Version, ...], left: Version, right: Version
    ) -> ComparePage:
        """The page that compares ``left`` with ``right``."""
        return cls(
            title=f"Versions {left.number} and {right.number}",
            room=ROOM,
            to=Addresses.of(question.uid),
            version=question.number,
            stem=question.content.stem,
            left=Side.of(question.uid, "Before", left, versions, new=right.number),
            right=Side.of(question.uid, "After", right, versions, old=left.number),
            differences=differences(left.content, right.content),
        )
