"""Claims: what choosing an option would assert, in a form that the fact base can confirm or refute.

Every option carries one. ``truth`` decides each kind; an option without a claim cannot be proved
and does not ship. Curated items write their claims in TOML, so the classes are that format as well.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from question_bank.derivation import Operation
from question_bank.facts import FactId, Record, Stance
from question_bank.values import AnyValue


class ValueClaim(Record):
    """``relation`` of ``subject`` is ``value``; ``about`` narrows a many-valued relation to one fact's matter."""

    kind: Literal["value"] = "value"
    subject: str
    relation: str
    value: AnyValue
    about: FactId | None = None


class SpeakerClaim(Record):
    """``who`` is the one who said what ``fact`` reports."""

    kind: Literal["speaker"] = "speaker"
    who: str
    fact: FactId


class OrderClaim(Record):
    """The events, earliest first, as their dated facts put them."""

    kind: Literal["order"] = "order"
    events: tuple[str, ...] = Field(min_length=2)


class DerivedClaim(Record):
    """``value`` follows by ``operation`` from ``facts``, and from a number that the question gives.

    The formulas stand in ``derivation``.
    """

    kind: Literal["derived"] = "derived"
    operation: Operation
    facts: tuple[FactId, ...]
    value: AnyValue
    given: float | None = None


class AttributeClaim(Record):
    """``attribute`` of ``fact`` is ``value``: its scope, base, period, status and so on."""

    kind: Literal["attribute"] = "attribute"
    fact: FactId
    attribute: str
    value: str


class StanceClaim(Record):
    """``fact`` stands in its source as one of ``stances``."""

    kind: Literal["stance"] = "stance"
    fact: FactId
    stances: tuple[Stance, ...] = Field(min_length=1)


class LinkClaim(Record):
    """``fact`` stands in tension with ``against``, as the contrasts of the fact base say."""

    kind: Literal["link"] = "link"
    fact: FactId
    against: FactId


class ErrorClaim(Record):
    """The misreading ``misconception`` of ``fact`` makes the mistake ``error``."""

    kind: Literal["error"] = "error"
    fact: FactId
    misconception: str
    error: str


class StatedClaim(Record):
    """The sources state a value for ``relation`` of ``subject``, or, with ``stated = false``, they do not."""

    kind: Literal["stated"] = "stated"
    subject: str
    relation: str
    stated: bool = True


class AllClaim(Record):
    """Every one of ``claims`` holds."""

    kind: Literal["all"] = "all"
    claims: tuple[AnyClaim, ...] = Field(min_length=2)


AnyClaim = Annotated[
    ValueClaim
    | SpeakerClaim
    | OrderClaim
    | DerivedClaim
    | AttributeClaim
    | StanceClaim
    | LinkClaim
    | ErrorClaim
    | StatedClaim
    | AllClaim,
    Field(discriminator="kind"),
]

AllClaim.model_rebuild()
