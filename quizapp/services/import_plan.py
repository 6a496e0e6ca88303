"""What an import would do, found out without writing: so that the preview shows it and the import does the very same.

A question of the bank is known by its uid. One that brings no uid of ours is already there when a question with the
same stem and the same right answer is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.text import fold, norm
from quizapp.marking import Sentence, mark
from quizapp.models.bank import DocumentRow, FactRow, ItemRow, ItemVersionRow, PassageRow, TopicRow
from quizapp.services.editing import Question, question_of
from quizapp.services.import_drafts import Surroundings, check, check_uid, content_of
from quizapp.services.import_file import MOST_FAULTS, Draft, Fault, Reading
from quizapp.services.versions import Content, fingerprint

MOST_CHANGES = 300  # each is checked by the linter while others wait to write

_BATCH = 500

Sense = tuple[str, str]  # the stem and the right answer, as they are compared


@dataclass(frozen=True, slots=True)
class New:
    """A question that the bank does not have."""

    line: int
    uid: str
    content: Content


@dataclass(frozen=True, slots=True)
class Change:
    """A question of the bank that would say something else."""

    line: int
    question: Question
    content: Content


@dataclass(frozen=True, slots=True)
class There:
    """A question that the bank has already, and where."""

    line: int
    uid: str
    stem: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, in the order of the file; with a fault it would do nothing."""

    format: str
    new: tuple[New, ...]
    changed: tuple[Change, ...]
    there: tuple[There, ...]
    faults: tuple[Fault, ...]

    @property
    def does_nothing(self) -> bool:
        """Whether there is nothing that an import could do."""
        return bool(self.faults) or not (self.new or self.changed)

    @property
    def digest(self) -> str:
        """Equal for plans that do the same to the same bank."""
        parts = [
            [[one.uid, fingerprint(one.content)] for one in self.new],
            [[one.question.uid, one.question.number, fingerprint(one.content)] for one in self.changed],
            [one.uid for one in self.there],
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def make_plan(session: Session, reading: Reading) -> Plan:
    """Compare what was read with the bank."""
    known = _questions(session, [draft.uid for draft in reading.drafts if draft.uid])
    around = _surroundings(session, is_table=reading.format == "CSV")
    faults = list(reading.faults)
    new: list[New] = []
    changed: list[Change] = []
    there: list[There] = []
    for draft in _each_once(reading.drafts, faults):
        if len(faults) >= MOST_FAULTS:
            break
        question = known.get(draft.uid)
        current = question.content if question else None
        content = content_of(draft, current, around)
        if question and fingerprint(content) == fingerprint(question.content):
            there.append(There(draft.line, question.uid, content.stem))
            continue
        before = len(faults)
        check(content, current, around, lambda *told, line=draft.line: faults.append(Fault(line, *told)))
        if question is None:
            check_uid(draft.uid, lambda *told, line=draft.line: faults.append(Fault(line, *told)))
        if len(faults) > before:
            continue
        if question:
            changed.append(Change(draft.line, question, content))
        else:
            new.append(New(draft.line, draft.uid, content))
    new = _without_known(session, new, there, faults)
    faults += _faults_of_all(reading, changed)
    there.sort(key=lambda one: one.line)
    return Plan(reading.format, tuple(new), tuple(changed), tuple(there), tuple(sorted(faults)))


def _faults_of_all(reading: Reading, changed: Sequence[Change]) -> Iterator[Fault]:
    """What is wrong with the file as a whole."""
    if len(changed) > MOST_CHANGES:
        yield Fault(
            0,
            "",
            Sentence(
                mark("More than %(most)s questions of the bank would change. Split the file."),
                most=MOST_CHANGES,
            ),
        )
    if not reading.drafts and not reading.faults:
        yield Fault(0, "", mark("There is no question in this file."))


def _each_once(drafts: Sequence[Draft], faults: list[Fault]) -> Iterator[Draft]:
    """The drafts without those whose uid an earlier line has."""
    lines: dict[str, int] = {}
    for draft in drafts:
        first = lines.setdefault(draft.uid, draft.line) if draft.uid else draft.line
        if first == draft.line:
            yield draft
        else:
            faults.append(
                Fault(draft.line, "uid", Sentence(mark("Line %(line)s has this uid, too."), line=first))
            )


def _questions(session: Session, uids: Sequence[str]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for batch in _batches(uids):
        rows = session.execute(
            select(ItemRow, ItemVersionRow)
            .join(
                ItemVersionRow,
                (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
            )
            .where(ItemRow.uid.in_(batch))
            .execution_options(populate_existing=True)
        )
        found |= {item.uid: question_of(item, version) for item, version in rows}
    return found


def _surroundings(session: Session, *, is_table: bool) -> Surroundings:
    documents: dict[str, str] = {}
    for row in session.execute(select(DocumentRow.id, DocumentRow.letter)):
        documents |= {row.id: row.id, row.letter: row.id, row.letter.lower(): row.id}
    passages = session.execute(select(PassageRow.document_id, PassageRow.n, PassageRow.text))
    return Surroundings(
        topics=tuple(session.scalars(select(TopicRow.id).order_by(TopicRow.position))),
        facts=frozenset(session.scalars(select(FactRow.id))),
        documents=documents,
        passages={(row.document_id, row.n): row.text for row in passages},
        is_table=is_table,
    )


def _without_known(
    session: Session, new: Sequence[New], there: list[There], faults: list[Fault]
) -> list[New]:
    """Those that nobody has asked before; the others are already there, or twice in the file."""
    known = _senses_there(session, new)
    lines: dict[Sense, int] = {}
    kept = []
    for one in new:
        sense = _sense(one.content.stem, one.content.key.text)
        if sense in known:
            there.append(There(one.line, known[sense], one.content.stem))
        elif sense in lines:
            same = Sentence(mark("Line %(line)s asks the same and has the same answer."), line=lines[sense])
            faults.append(Fault(one.line, "stem", same))
        else:
            lines[sense] = one.line
            kept.append(one)
    return kept


def _senses_there(session: Session, new: Sequence[New]) -> dict[Sense, str]:
    """The questions of the bank that ask what one of the new ones asks: their uids by their senses."""
    stems = {_plain(one.content.stem) for one in new}
    if not stems:
        return {}
    current = select(ItemVersionRow.id, ItemVersionRow.stem).join(
        ItemRow, (ItemRow.id == ItemVersionRow.item_id) & (ItemRow.current_version == ItemVersionRow.number)
    )
    alike = [row.id for row in session.execute(current) if _plain(row.stem) in stems]
    found: dict[Sense, str] = {}
    for batch in _batches(alike):
        rows = session.execute(
            select(ItemRow.uid, ItemVersionRow.stem, ItemVersionRow.options)
            .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
            .where(ItemVersionRow.id.in_(batch))
        )
        for row in rows:
            for option in row.options:
                if option["correct"]:
                    found[_sense(row.stem, option["text"])] = row.uid
    return found


def _sense(stem: str, key: str) -> Sense:
    return _plain(stem), _plain(key)


def _plain(text: str) -> str:
    return fold(norm(text))


def _batches(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + _BATCH] for at in range(0, len(values), _BATCH))
