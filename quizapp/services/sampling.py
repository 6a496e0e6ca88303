"""Sampling: some approved items of a topic, each as likely as any other, at a cost that does not grow with the bank."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random

from sqlalchemy import ARRAY, BigInteger, ColumnElement, String, cast, column, func, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TableValuedAlias

from quizapp.models.bank import ItemRow

_PROBES = 1000  # stretches of ids that are looked into at once
_WIDER = 4  # times as wide are the next, where too little was found


def sample(session: Session, topic: str, wanted: int, rng: Random) -> list[int]:
    """The ids of ``wanted`` approved items of a topic, or of all where there are fewer.

    The topic's ids are cut into stretches of equal width, of which some are chosen by chance and read whole: a stretch
    of one id at first, and wider ones while too little is found between other topics and holes. Every item lies in
    exactly one stretch and every stretch is as likely as another, so no item is likelier for the holes around it.
    Only where stretches are wide do neighbours come together. As many ids as there are probes are read all.
    """
    there = (ItemRow.state == "approved", ItemRow.topic_id == topic)
    first = session.scalar(select(ItemRow.id).where(*there).order_by(ItemRow.id).limit(1))
    last = session.scalar(select(ItemRow.id).where(*there).order_by(ItemRow.id.desc()).limit(1))
    if first is None or last is None:
        return []
    width = 1
    while True:
        stretches = range(first, last + 1, width)
        begins = rng.sample(stretches, min(len(stretches), _PROBES))
        found = _in_stretches(session, begins, width, there)
        if len(found) >= wanted or len(begins) == len(stretches):
            return rng.sample(found, min(len(found), wanted))
        width *= _WIDER


def _in_stretches(
    session: Session, begins: Sequence[int], width: int, there: Sequence[ColumnElement[bool]]
) -> list[int]:
    """The ids of the items in these stretches, in their order.

    A join would leave it to the database to read the whole topic instead, and look for a stretch to each of its items.
    """
    begin = _table_of(session, begins)
    inside = ItemRow.id.between(begin.c.value, begin.c.value + literal(width - 1))
    listed = select(func.aggregate_strings(cast(ItemRow.id, String), ",")).where(*there, inside)
    lists = session.scalars(select(listed.correlate(begin).scalar_subquery()).select_from(begin))
    return sorted(int(number) for one in lists if one for number in one.split(","))


def _table_of(session: Session, numbers: Sequence[int]) -> TableValuedAlias:
    """The numbers as a table, in a statement that is the same for all numbers."""
    value = column("value", BigInteger)
    if session.get_bind().dialect.name == "postgresql":
        return func.unnest(cast(list(numbers), ARRAY(BigInteger))).table_valued(value).render_derived()
    return func.json_each(json.dumps(numbers)).table_valued(value)
