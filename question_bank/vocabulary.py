"""The vocabulary as a whole: the closed words that facts are made of, and what no fact tells."""

from __future__ import annotations

from pydantic import Field

from question_bank.facts import EntityRecord, ErrorKind, FactId, Record, Relation, Scale


class Gap(Record):
    """What neither document tells: ``label`` as an option ("the …"), ``near`` the facts that come closest to it."""

    subject: str
    relation: str = Field(pattern=r"^[a-z][a-z0-9_]*$")  # a relation of which no fact speaks for the subject
    label: str = Field(pattern=r"^the ")
    about: str  # what somebody would write about who needs it
    because: str = Field(min_length=12)
    near: tuple[FactId, ...] = Field(min_length=1)


class Vocabulary(Record):
    """The closed words that facts are made of."""

    entity: tuple[EntityRecord, ...]
    relation: tuple[Relation, ...]
    scale: tuple[Scale, ...] = ()
    error: tuple[ErrorKind, ...] = ()
    gap: tuple[Gap, ...] = ()
