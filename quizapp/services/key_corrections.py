"""A wrong key: what correcting it changes, and the correction itself, with what old answers are to count.

Versions are never changed: the right key stands in a new one, and a correction beside each old version says which of
its options is right and what its answers count now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from sqlalchemy import exists, false, func, select, text, true, update
from sqlalchemy.orm import Session

from question_bank.items import KEY
from quizapp.marking import mark
from quizapp.models.attempts import AttemptItemRow, AttemptOptionRow, ResponseRow
from quizapp.models.bank import ItemVersionRow
from quizapp.models.statistics import KeyCorrectionRow
from quizapp.services import log
from quizapp.services.corrected import places_in
from quizapp.services.counting import upsert
from quizapp.services.editing import (
    Edit,
    EditedMeanwhileError,
    Question,
    add_version,
    get_question,
    lock_question,
)
from quizapp.services.problems import NotReadyError
from quizapp.services.versions import Content, OptionContent, content_of_row

Marks = Literal["rescored", "full", "left"]
MARKS: tuple[Marks, ...] = get_args(Marks)
CORRECTED = mark("The key was corrected")  # the note of the version that a correction makes


@dataclass(frozen=True, slots=True)
class Affected:
    """A version whose key is wrong as well, and what was answered to it.

    ``to_right`` and ``to_wrong`` are how many answers a re-score would turn; ``to_full`` how many full marks would.
    """

    id: int
    number: int
    stem: str
    key: int
    responses: int
    attempts: int
    to_right: int
    to_wrong: int
    to_full: int


@dataclass(frozen=True, slots=True)
class NewKey:
    """Which option is right, and the words that have to change with it."""

    option: int
    rationale: str  # why it is right
    old_rationale: str  # why the option that was called right is not
    explanation: str


def affected_by(
    session: Session, question: Question, option: int, *, among: Collection[int] | None = None
) -> tuple[Affected, ...]:
    """The versions that the option's being right proves wrong, newest first: the same options and the same key.

    Versions of one series have the same options place by place; others are compared by their words. ``among`` leaves
    only those with these numbers.
    """
    rows = session.execute(
        select(ItemVersionRow, KeyCorrectionRow.key)
        .outerjoin(KeyCorrectionRow, KeyCorrectionRow.item_version_id == ItemVersionRow.id)
        .where(ItemVersionRow.item_id == question.id)
        .order_by(ItemVersionRow.number.desc())
    ).all()
    found = []
    for row in rows:
        version: ItemVersionRow = row.ItemVersionRow
        if among is not None and version.number not in among:
            continue
        places = places_in(question.content, content_of_row(version), same=version.series == question.series)
        called = _key_of(content_of_row(version)) if row.key is None else row.key
        if places is not None and called == places[_key_of(question.content)]:
            found.append(_affected(session, version, places[option]))
    return tuple(found)


def correct_key(  # noqa: PLR0913 - what makes a correction, each by its name
    session: Session,
    *,
    uid: str,
    new_key: NewKey,
    marks: Marks,
    based_on: int,
    teacher: str,
    now: dt.datetime,
    versions: Collection[int] | None = None,
    needs_second: bool = False,
) -> Question:
    """Make ``new_key`` right, in a new version and for the answers to the old ``versions`` (by number; None for all).

    One transaction: the version, the corrections, what the answers count, and the log. Raises EditedMeanwhileError,
    and NotReadyError when the option is none, is the key already, or the question could not be asked so.
    """
    current = _lock(session, uid, based_on, new_key)
    affected = affected_by(session, current, new_key.option, among=versions)
    content = _rekeyed(current.content, new_key)
    edit = Edit(content, teacher, now, note=CORRECTED, needs_second=needs_second)
    corrected = add_version(session, current, edit, action="edit")
    changed = _settle(
        session, affected, marks, teacher=teacher, now=now, replaced_by=_version_id(session, corrected)
    )
    details = {
        "marks": marks,
        "from": _key_of(current.content),
        "to": new_key.option,
        "version": corrected.number,
        "versions": [one.number for one in affected],
        "responses": sum(one.responses for one in affected),
        "attempts": sum(one.attempts for one in affected),
        "responses_changed": changed,
    }
    log.record(session, actor=teacher, action="rescore", subject=uid, details=details, now=now)
    return get_question(session, uid)


def _lock(session: Session, uid: str, based_on: int, new_key: NewKey) -> Question:
    """The question to be corrected; nobody edits or answers it meanwhile."""
    current = lock_question(session, uid)
    if current.number != based_on:
        raise EditedMeanwhileError(current)
    if not 0 <= new_key.option < len(current.content.options) or new_key.option == _key_of(current.content):
        raise NotReadyError((mark("Choose the option that is right instead."),))
    _wait_for_answers(session)
    return current


def _key_of(content: Content) -> int:
    return next((n for n, option in enumerate(content.options) if option.correct), -1)


def _rekeyed(content: Content, new: NewKey) -> Content:
    """The same question with the other option right; the reasons that cannot stay are exchanged."""

    def option_at(n: int, option: OptionContent) -> OptionContent:
        if n == new.option:
            return replace(option, correct=True, reason=KEY, rationale=new.rationale)
        if option.correct:
            return replace(option, correct=False, reason="contradicted", rationale=new.old_rationale)
        return option

    options = tuple(option_at(n, option) for n, option in enumerate(content.options))
    return replace(content, options=options, explanation=new.explanation)


def _affected(session: Session, version: ItemVersionRow, option: int) -> Affected:
    """What a correction would change of a version, counted from its responses."""
    is_right = AttemptOptionRow.option == option
    row = session.execute(
        select(
            func.count(),
            func.count(AttemptItemRow.attempt_id.distinct()),
            func.count().filter(is_right, ResponseRow.correct == false()),
            func.count().filter(~is_right, ResponseRow.correct == true()),
            func.count().filter(ResponseRow.correct == false()),
        )
        .select_from(ResponseRow)
        .join(AttemptItemRow, AttemptItemRow.id == ResponseRow.attempt_item_id)
        .join(
            AttemptOptionRow,
            (AttemptOptionRow.attempt_item_id == ResponseRow.attempt_item_id)
            & (AttemptOptionRow.token == ResponseRow.token),
        )
        .where(AttemptItemRow.item_version_id == version.id)
    ).one()
    return Affected(version.id, version.number, version.stem, option, *row)


def _wait_for_answers(session: Session) -> None:
    """Answers that are being given are let finish, and later ones wait, so that each is judged by one key or the other.

    On SQLite there is one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE response IN SHARE ROW EXCLUSIVE MODE"))


def _settle(
    session: Session,
    affected: Sequence[Affected],
    marks: Marks,
    *,
    teacher: str,
    now: dt.datetime,
    replaced_by: int,
) -> int:
    """Note the corrections and let the answers count accordingly; answers how many count otherwise than before."""
    changed = 0
    for version in affected:
        values = {
            "item_version_id": version.id,
            "key": version.key,
            "marks": marks,
            "corrected_at": now,
            "corrected_by": teacher,
            "replaced_by": replaced_by,
        }
        statement = upsert(session, KeyCorrectionRow).values(**values)
        session.execute(
            statement.on_conflict_do_update(index_elements=[KeyCorrectionRow.item_version_id], set_=values)
        )
        changed += _recount(session, version, marks)
    return changed


def _recount(session: Session, version: Affected, marks: Marks) -> int:
    if marks == "left":
        return 0
    chose_the_key = exists(
        select(AttemptOptionRow.option).where(
            AttemptOptionRow.attempt_item_id == ResponseRow.attempt_item_id,
            AttemptOptionRow.token == ResponseRow.token,
            AttemptOptionRow.option == version.key,
        )
    )
    counts = true() if marks == "full" else chose_the_key
    answers = select(AttemptItemRow.id).where(AttemptItemRow.item_version_id == version.id)
    done = session.execute(
        update(ResponseRow)
        .where(ResponseRow.attempt_item_id.in_(answers), ResponseRow.correct != counts)
        .values(correct=counts)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def _version_id(session: Session, question: Question) -> int:
    return session.execute(
        select(ItemVersionRow.id).where(
            ItemVersionRow.item_id == question.id, ItemVersionRow.number == question.number
        )
    ).scalar_one()
