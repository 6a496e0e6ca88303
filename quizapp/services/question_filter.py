"""Which questions a list holds: a filter as a value, made from an address and told by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from question_bank.items import Origin, State
from quizapp.models.bank import ItemRow
from quizapp.models.editing import ItemConflictRow
from quizapp.models.reports import ReportRow
from quizapp.models.search import ItemListingRow
from quizapp.models.standing import ItemFactRow, ItemFindingRow, ItemPassageRow
from quizapp.services.search import is_found

STATES: tuple[str, ...] = get_args(State)
ORIGINS: tuple[str, ...] = get_args(Origin)
ANY = "any"

_LONGEST = 200
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # no database takes all of these
_PARAGRAPH = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Filter:
    """What questions must have to be in a list; empty fields ask for nothing.

    ``finding`` is ``any`` or a rule of the linter. ``reported`` asks for reports that are open, ``conflicting`` for
    fields that a rebuild and a teacher both changed.
    """

    text: str = ""
    topic: str = ""
    document: str = ""
    paragraph: int | None = None
    fact: str = ""
    model: str = ""
    state: str = ""
    origin: str = ""
    bloom: str = ""
    finding: str = ""
    reported: bool = False
    suspended: bool = False
    unsourced: bool = False
    conflicting: bool = False

    @classmethod
    def from_args(cls, args: Mapping[str, Any]) -> Filter:
        """The filter that an address or a form names; what cannot be meant is left out."""
        said = {name: _UNREADABLE.sub("", str(args.get(name, "")))[:_LONGEST].strip() for name in _NAMES}
        return cls(
            text=said["text"],
            topic=said["topic"],
            document=said["document"],
            paragraph=int(said["paragraph"]) if _PARAGRAPH.fullmatch(said["paragraph"]) else None,
            fact=said["fact"],
            model=said["model"],
            state=said["state"] if said["state"] in STATES else "",
            origin=said["origin"] if said["origin"] in ORIGINS else "",
            bloom=said["bloom"],
            finding=said["finding"],
            reported=bool(said["reported"]),
            suspended=bool(said["suspended"]),
            unsourced=bool(said["unsourced"]),
            conflicting=bool(said["conflicting"]),
        )

    def to_args(self) -> dict[str, str]:
        """What stands in the address of the list: only what is asked for."""
        asked = {name: getattr(self, name) for name in _NAMES}
        return {name: "1" if value is True else str(value) for name, value in asked.items() if value}

    @property
    def reads_listing(self) -> bool:
        """Whether it asks for what only the rows of the listing know."""
        return bool(self.model or self.bloom or self.unsourced)


_NAMES = tuple(field.name for field in fields(Filter))


def conditions(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    """What the rows of ``item``, and of its listing where the filter reads it, must fulfil."""
    found = [
        column == value
        for column, value in (
            (ItemRow.topic_id, wanted.topic),
            (ItemRow.state, wanted.state),
            (ItemRow.origin, wanted.origin),
            (ItemListingRow.model, wanted.model),
            (ItemListingRow.bloom, wanted.bloom),
        )
        if value
    ]
    if wanted.text:
        found.append(is_found(session, wanted.text))
    if wanted.suspended:
        found.append(ItemRow.suspended.is_not(None))
    if wanted.unsourced:
        found.append(ItemListingRow.unsourced.is_(True))
    return [*found, *_stands_on(wanted), *_has_rows(wanted)]


def _stands_on(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.fact:
        found.append(ItemRow.id.in_(select(ItemFactRow.item_id).where(ItemFactRow.fact_id == wanted.fact)))
    places = []
    if wanted.document:
        places.append(ItemPassageRow.document_id == wanted.document)
    if wanted.paragraph:
        places.append(ItemPassageRow.paragraph == wanted.paragraph)
    if places:
        found.append(exists().where(ItemPassageRow.item_id == ItemRow.id, *places))
    return found


def _has_rows(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.finding:
        finding = select(ItemFindingRow.item_id)
        if wanted.finding != ANY:
            finding = finding.where(ItemFindingRow.rule == wanted.finding)
        found.append(ItemRow.id.in_(finding))
    if wanted.reported:
        found.append(ItemRow.id.in_(select(ReportRow.item_id).where(ReportRow.state == "open")))
    if wanted.conflicting:
        found.append(ItemRow.id.in_(select(ItemConflictRow.item_id)))
    return found
