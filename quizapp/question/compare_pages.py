"""Two versions of a question side by side."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from quizapp.moments import Moment
from quizapp.question import words
from quizapp.question.differences import Difference, differences
from quizapp.question.pages import ROOM, Addresses
from quizapp.retelling import retell_note
from quizapp.services.editing import Question
from quizapp.services.history import Version


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions, and the others that could stand in its place."""

    heading: str
    others_told: str
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
            heading=_("%(side)s: version %(number)s", side=heading, number=version.number),
            others_told=_("%(side)s: another version", side=heading),
            number=version.number,
            by=words.actor(version.made_by),
            at=Moment.of(version.made_at),
            note=retell_note(version.note),
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
            title=_("Versions %(left)s and %(right)s", left=left.number, right=right.number),
            room=ROOM,
            to=Addresses.of(question.uid),
            version=question.number,
            stem=question.content.stem,
            left=Side.of(question.uid, _("Before"), left, versions, new=right.number),
            right=Side.of(question.uid, _("After"), right, versions, old=left.number),
            differences=differences(left.content, right.content),
        )
