"""A quiz on paper: two forms of the same questions, and the key to each. The same seed gives the same paper.

What was drawn is named by the ids of the versions, which never change: a paper that was printed before a rebuild or
an edit can be printed again word for word, and its key still fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from question_bank.assembly import Candidate, assemble
from quizapp.models.bank import ItemRow, ItemVersionRow
from quizapp.services.exporting import bank_of
from quizapp.services.pool import candidates, draw
from quizapp.services.problems import EmptyBankError, ItemNotFoundError
from quizapp.services.versions import Content, Quote, content_of_row

LONGEST = 60
_BATCH = 500
_NOBODY = ""  # a paper is for a class, of which nobody knows what it has answered before


@dataclass(frozen=True, slots=True)
class PaperOption:
    """An option in its place on the sheet."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a sheet. It has no field for the key, so that no sheet can tell it."""

    number: int
    stem: str
    options: tuple[PaperOption, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """The same question on the key."""

    number: int
    stem: str
    letter: str
    text: str
    explanation: str
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One of the two sheets with its key."""

    name: str
    asked: tuple[Asked, ...]
    solved: tuple[Solved, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Both forms, and by what they can be made again; ``outdated`` counts questions that say something else now."""

    seed: int
    build: str
    forms: tuple[Form, ...]
    outdated: int


def draw_for_topics(session: Session, topics: Sequence[str], length: int, seed: int) -> tuple[int, ...]:
    """The versions for a paper on these topics, balanced and without two that clash."""
    ids = draw(session, topics, length, Random(seed), learner=_NOBODY)  # noqa: S311 - not for secrets
    return _versions(session, ids)


def draw_from_list(session: Session, uids: Iterable[str], length: int, seed: int) -> tuple[int, ...]:
    """The versions for a paper made of these questions alone; only approved ones are printed."""
    wanted = sorted(set(uids))
    offered: list[Candidate] = []
    for at in range(0, len(wanted), _BATCH):
        batch = wanted[at : at + _BATCH]
        ids = session.scalars(
            select(ItemRow.id).where(ItemRow.uid.in_(batch), ItemRow.suspended.is_(None))
        ).all()
        offered += candidates(session, ids)
    topics = sorted({candidate.topic for candidate in offered})
    chosen = assemble(offered, topics, length, Random(seed))  # noqa: S311 - not for secrets
    if not chosen:
        raise EmptyBankError
    return _versions(session, [candidate.id for candidate in chosen])


def load_paper(session: Session, versions: Sequence[int], seed: int) -> Paper:
    """The paper of these versions; ItemNotFoundError where one does not exist."""
    rows = session.execute(
        select(ItemVersionRow, ItemRow.current_version, ItemRow.state)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemVersionRow.id.in_(versions))
    )
    found = {row.ItemVersionRow.id: row for row in rows}
    if not versions or not set(versions) <= found.keys():
        raise ItemNotFoundError
    sheets = [_Sheet.of(found[one].ItemVersionRow) for one in versions]
    first = _arranged(sheets, Random(f"{seed} A"))  # noqa: S311 - not for secrets
    second = _other_order(first, Random(f"{seed} B"))  # noqa: S311
    outdated = sum(
        row.ItemVersionRow.number != row.current_version or row.state != "approved" for row in found.values()
    )
    forms = tuple(_form(name, chosen) for name, chosen in (("A", first), ("B", second)))
    return Paper(seed, bank_of(session)["build"] or "", forms, outdated)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A question with the order of its options."""

    content: Content
    order: tuple[int, ...]

    @classmethod
    def of(cls, row: ItemVersionRow) -> _Sheet:
        content = content_of_row(row)
        return cls(content, tuple(range(len(content.options))))

    def mixed(self, rng: Random) -> _Sheet:
        """With the options in another order than now, unless their order means something."""
        if self.content.ordered or len(self.order) < 2:  # noqa: PLR2004 - one has no order
            return self
        order = self.order
        while order == self.order:
            order = tuple(rng.sample(self.order, len(self.order)))
        return replace(self, order=order)


def _arranged(sheets: Sequence[_Sheet], rng: Random) -> list[_Sheet]:
    """Form A: the questions as drawn."""
    return [sheet.mixed(rng) for sheet in sheets]


def _other_order(sheets: Sequence[_Sheet], rng: Random) -> list[_Sheet]:
    """Form B: the same questions in another order, and each with its options in another order."""
    mixed = [sheet.mixed(rng) for sheet in sheets]
    order = list(range(len(mixed)))
    while len(order) > 1 and order == sorted(order):
        rng.shuffle(order)
    return [mixed[n] for n in order]


def _form(name: str, sheets: Sequence[_Sheet]) -> Form:
    numbered = list(enumerate(sheets, start=1))
    return Form(
        name=name,
        asked=tuple(_asked(number, sheet) for number, sheet in numbered),
        solved=tuple(_solved(number, sheet) for number, sheet in numbered),
    )


def _asked(number: int, sheet: _Sheet) -> Asked:
    texts = [sheet.content.options[n].text for n in sheet.order]
    options = tuple(PaperOption(_letter(place), text) for place, text in enumerate(texts))
    return Asked(number, sheet.content.stem, options)


def _solved(number: int, sheet: _Sheet) -> Solved:
    content = sheet.content
    place = next(place for place, n in enumerate(sheet.order) if content.options[n].correct)
    return Solved(
        number, content.stem, _letter(place), content.key.text, content.explanation, content.evidence
    )


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _versions(session: Session, items: Sequence[int]) -> tuple[int, ...]:
    """The ids of the current versions, in the order of the items."""
    rows = session.execute(
        select(ItemRow.id, ItemVersionRow.id.label("version"))
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.current_version),
        )
        .where(ItemRow.id.in_(items))
    )
    found = {row.id: row.version for row in rows}
    return tuple(found[item] for item in items)
