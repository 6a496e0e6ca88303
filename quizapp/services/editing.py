"""Editing: a question as it stands, new questions, and new versions of it; none is ever overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from question_bank.items import State
from quizapp.marking import Sentence, mark
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.models.statistics import KeyCorrectionRow
from quizapp.services import log
from quizapp.services.findings import check_and_store
from quizapp.services.problems import (
    NotReadyError,
    ProblemError,
    VersionNotFoundError,
)
from quizapp.services.questions import Question, get_question, lock_question, question_of
from quizapp.services.readiness import reasons_against, reasons_against_keeping
from quizapp.services.series import keeps_series
from quizapp.services.uids import new_suffix, slug
from quizapp.services.versions import FIELDS, Content, NewVersion, add_versions, content_of_row, fingerprint

__all__ = [
    "TEACHER_MODEL",
    "Edit",
    "EditedMeanwhileError",
    "Question",
    "add_version",
    "create_question",
    "get_question",
    "lock_question",
    "question_of",
    "restore_version",
    "save_edit",
]

TEACHER_MODEL = "teacher"  # what questions written by hand have in place of an item model
EDITED = mark("It was edited; a second teacher has to approve it.")  # why it is in review again
AGAIN = mark("Version %(number)s again")  # the note of a version that brings back an old one


class EditedMeanwhileError(ProblemError):
    """Somebody else saved a version after the one that was being edited: ``theirs``."""

    def __init__(self, theirs: Question) -> None:
        super().__init__()
        self.theirs = theirs


def create_question(  # noqa: PLR0913 - what makes a question, each by its name
    session: Session,
    *,
    content: Content,
    teacher: str,
    now: dt.datetime,
    state: State = "draft",
    note: str = "",
    uid: str | None = None,
    suffix: Callable[[], str] = new_suffix,
) -> str:
    """Store a teacher's question and answer its uid: the given one, or the stem's first words and a random end.

    Raises NotReadyError with the reasons when it is to be approved and cannot be served, or has no topic.
    """
    _refuse(session, content, is_asked=state == "approved")
    item = ItemRow(
        uid=uid or f"{slug(content.stem)}-{suffix()}",
        origin="teacher",
        state=state,
        topic_id=content.topic,
        facts=list(content.facts),
        enemies=[],
        camp=None,
        current_version=1,
        suspended=None,
        updated_at=now,
    )
    item.family = item.uid
    session.add(item)
    session.flush()
    add_versions(session, [NewVersion(item.id, 1, content, made_by=teacher, made_at=now, note=note)])
    check_and_store(session, item.id, content, uid=item.uid)
    details = {"version": 1, "state": state, "note": note}
    log.record(session, actor=teacher, action="create", subject=item.uid, details=details, now=now)
    return item.uid


def save_edit(  # noqa: PLR0913 - as above
    session: Session,
    *,
    uid: str,
    content: Content,
    based_on: int,
    teacher: str,
    now: dt.datetime,
    note: str = "",
    cosmetic: bool = False,
    needs_second: bool = False,
) -> Question:
    """Add a version with this content; one that changes nothing adds none.

    Raises EditedMeanwhileError when ``based_on`` is not the current version any more, and NotReadyError when the
    question is asked in quizzes and could not be asked so. Where a second teacher has to approve, what was approved
    goes back to review: students would else read what one teacher alone has seen.
    """
    current = lock_question(session, uid)
    if current.number != based_on:
        raise EditedMeanwhileError(current)
    return add_version(
        session,
        current,
        Edit(content, teacher, now, note=note, cosmetic=cosmetic, needs_second=needs_second),
        action="edit",
    )


def restore_version(  # noqa: PLR0913 - as above
    session: Session,
    *,
    uid: str,
    number: int,
    teacher: str,
    now: dt.datetime,
    based_on: int | None = None,
    needs_second: bool = False,
) -> Question:
    """Add a version that says what version ``number`` said; VersionNotFoundError where there is none.

    NotReadyError where its key was corrected: the mistake does not come back by the way. EditedMeanwhileError when
    ``based_on``, if given, is not the current version any more.
    """
    current = lock_question(session, uid)
    if based_on not in (None, current.number):
        raise EditedMeanwhileError(current)
    old = session.scalars(
        select(ItemVersionRow).where(ItemVersionRow.item_id == current.id, ItemVersionRow.number == number)
    ).first()
    if old is None:
        raise VersionNotFoundError
    if session.get(KeyCorrectionRow, old.id) is not None:
        told = mark("The key of version %(number)s was wrong and has been corrected since.")
        raise NotReadyError((Sentence(told, number=number),))
    edit = Edit(content_of_row(old), teacher, now, note=AGAIN % {"number": number}, needs_second=needs_second)
    return add_version(session, current, edit, action="restore")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a teacher wants a question to say, and how it is to be taken."""

    content: Content
    teacher: str
    now: dt.datetime
    note: str = ""
    cosmetic: bool = False
    needs_second: bool = False


def add_version(session: Session, current: Question, edit: Edit, *, action: str) -> Question:
    """Store the edit of a locked question as its next version, and who made it, in the log as ``action``."""
    old, new = current.content, edit.content
    if fingerprint(old) == fingerprint(new):
        return current
    _refuse(session, new, is_asked=current.state == "approved" and current.suspended is None)
    number = current.number + 1
    series = current.series if keeps_series(old, new, cosmetic=edit.cosmetic) else number
    add_versions(
        session,
        [NewVersion(current.id, number, new, edit.teacher, edit.now, note=edit.note, series=series)],
    )
    check_and_store(session, current.id, new, uid=current.uid)
    state: State = "in_review" if edit.needs_second and current.state == "approved" else current.state
    session.execute(
        update(ItemRow)
        .where(ItemRow.id == current.id)
        .values(
            current_version=number,
            topic_id=new.topic,
            facts=list(new.facts),
            state=state,
            updated_at=edit.now,
        )
    )
    _tell(session, current, edit, action=action, number=number, series=series, state=state)
    return get_question(session, current.uid)


def _refuse(session: Session, content: Content, *, is_asked: bool) -> None:
    reasons = reasons_against(session, content) if is_asked else reasons_against_keeping(session, content)
    if reasons:
        raise NotReadyError(reasons)


def _tell(  # noqa: PLR0913 - as above
    session: Session, current: Question, edit: Edit, *, action: str, number: int, series: int, state: State
) -> None:
    """The edit in the log, and where it sends a question back to review, that as well."""
    old, new = current.content, edit.content
    details = {
        "version": number,
        "fields": [name for name in FIELDS if getattr(old, name) != getattr(new, name)],
        "note": edit.note,
        "keeps_statistics": series == current.series,
    }
    log.record(session, actor=edit.teacher, action=action, subject=current.uid, details=details, now=edit.now)
    if state != current.state:
        moved = {"from": current.state, "to": state, "why": EDITED}
        log.record(
            session, actor=edit.teacher, action="state", subject=current.uid, details=moved, now=edit.now
        )
