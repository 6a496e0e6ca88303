"""Facts: what the documents state, typed, timed, attributed and anchored in our own passages.

The classes are the format of the seed files as well (README shows how to add a fact): every field
is checked, unknown fields are refused, and ``python -m question_bank schema`` writes the JSON Schema.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from question_bank.values import AnyValue

Topic = Literal["referendum", "kanak-settler-history", "pacific-geopolitics"]
Stance = Literal["fact", "claim", "opinion", "forecast", "estimate", "generalisation", "contrast"]
Use = Literal["item", "context", "never"]
Inference = Literal["none", "one_step", "cross_document"]
Sensitivity = Literal["death", "person", "ethnicity", "stereotype"]

FactId = Annotated[str, Field(pattern=r"^NC-[AB]\d{2}[a-z]?$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Short = Annotated[str, Field(min_length=2, max_length=160)]


class Record(BaseModel):
    """What all records of the seed files share: frozen, and no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Quotation(Record):
    """An exact, unique piece of the passage at ``paragraph`` of ``document``."""

    document: str
    paragraph: int = Field(ge=1)
    quote: Short


class Misconception(Record):
    """A way to misread the fact: what somebody would then say, and why that is not so."""

    id: str = Field(pattern=r"^m-[a-z0-9-]+$")
    says: str = Field(min_length=8)
    because: str = Field(min_length=8)
    lesson: str = ""  # how an explanation answers it where it tempts most; for one misconception of a fact
    error: str | None = None  # a kind of error of the vocabulary; the item model "error" asks for it
    unlike: dict[
        str, str
    ] = {}  # other kinds, and why this sentence makes none of them; the most tempting first
    both: bool = False  # whether somebody says so who has read both documents
    value: AnyValue | None = None  # the wrong value that it produces; a distractor


SINCE_THEN = "Since then"


class SinceThen(Record):
    """What the documents cannot tell: from outside them, shown apart under ``label``, and dated.

    Most notes tell what happened later; one that gives background from before names itself otherwise.
    """

    text: str
    label: str = SINCE_THEN
    source: str
    checked_on: dt.date


class Fact(Record):
    """One statement of one paragraph.

    ``statement`` is a whole sentence of our own; ``label`` names what is stated without giving it away
    ("the turnout in the referendum"); ``headline`` names it and gives it away ("A turnout above 80%").
    ``ask`` is the question whose answer is ``value``, without its question mark and usually without the
    source, which the item model adds; ``{source}`` in it says where the source's name goes instead.
    ``who`` completes a question that begins with "Who" and is answered by ``speaker``.
    """

    id: FactId
    topic: Topic
    use: Use = "item"
    why_not: str | None = None

    subject: str
    relation: str
    value: AnyValue

    statement: str = Field(min_length=12)
    label: Short
    headline: Short | None = None
    ask: str | None = None
    who: str | None = None
    note: str | None = None  # one more sentence that helps a learner: a contrast, a caution, a reason
    wording: str | None = None  # words of the original, where the wording itself is the fact

    evidence: Short
    also: tuple[Quotation, ...] = ()
    from_elsewhere: dict[str, str] = {}  # a number or name that stands in another paragraph: {"2018" = "B13"}

    stance: Stance = "fact"
    speaker: str | None = None
    verb: str | None = None
    event: str | None = None  # when it happened: 1853, 1998-05, 2018-11-04, 2006/2016
    as_of: str | None = None  # when it was said or held, where that is not the document's own date
    as_of_because: str | None = None

    inference: Inference = "none"
    difficulty: float = Field(default=0.0, ge=-4, le=4)
    echoes: tuple[FactId, ...] = ()  # the same thing stated elsewhere
    contrasts: tuple[FactId, ...] = ()  # easily confused with, or in tension with
    misconceptions: tuple[Misconception, ...] = ()
    taken_for: dict[str, str] = {}  # who else tempts as its speaker, and what an explanation says of that
    attributes: dict[str, str] = {}  # what a comparison turns on: scope, base, period, status …
    sensitivity: tuple[Sensitivity, ...] = ()
    since_then: SinceThen | None = None

    # where it stands; filled in by the loader
    document: str = ""
    paragraph: int = 0
    line: int = 0

    @model_validator(mode="after")
    def _says_who_and_why(self) -> Fact:
        if self.stance not in {"fact", "contrast"} and not self.speaker:
            raise ValueError(f'stance = "{self.stance}" needs a speaker')
        if self.use != "item" and not self.why_not:
            raise ValueError(f'use = "{self.use}" needs why_not')
        if self.use == "item" and not (self.ask or self.who):
            raise ValueError("an item-grade fact needs ask or who")
        return self

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def locator(self) -> str:
        """``A¶7``: the document's letter and the paragraph, as explanations cite it."""
        return f"{self.id[3]}¶{self.paragraph}"

    @property
    def quotation(self) -> Quotation:
        """The exact words of our passage that carry the fact."""
        return Quotation(document=self.document, paragraph=self.paragraph, quote=self.evidence)

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """All the places that carry the fact, its own first."""
        return (self.quotation, *self.also)

    @property
    def event_year(self) -> int | None:
        """The first year of ``event``."""
        found = re.match(r"\d{4}", self.event or "")
        return int(found.group()) if found else None


class Passage(Record):
    """One paragraph of a document in our own words, with the SHA-256 of the original paragraph."""

    n: int = Field(ge=1)
    sha256: Sha256
    text: str = Field(min_length=20)
    fact: tuple[Fact, ...] = ()
    no_facts_because: str | None = None
    line: int = 0


class Document(Record):
    """A source document: what it is, when it was written (inferred, and said so), and its passages."""

    id: str
    letter: Literal["A", "B"]
    sha256: Sha256
    name: str  # "post-vote report"
    frame: str  # "post-vote report (November 2018)": how a stem names it
    title: str
    kind: str
    about: str
    written: str
    as_of: str
    as_of_because: str
    passage: tuple[Passage, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of every passage, in order."""
        return tuple(fact for passage in self.passage for fact in passage.fact)


class EntityRecord(Record):
    """Somebody or something that facts are about: ``label`` as an option or in a stem, ``short`` in prose."""

    id: str = Field(pattern=r"^[a-z]+:[a-z0-9-]+$")
    type: Literal[
        "person", "place", "country", "organisation", "event", "agreement", "group", "term", "flow", "resource"
    ]  # fmt: skip
    label: str
    short: str | None = None
    gloss: str | None = None  # who or what this is, in a few words
    camp: Literal["independence", "france", "neutral"] | None = None
    private: bool = False
    aliases: tuple[str, ...] = ()  # other spellings, also those of the originals
    part_of: tuple[str, ...] = ()


class Relation(Record):
    """A kind of statement: which subjects it joins with which values, and whether it has one value only."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    means: str
    subjects: tuple[str, ...]
    values: tuple[str, ...]
    functional: bool


class ScaleLevel(Record):
    """One level of a scale and how an option words it."""

    id: str
    text: str


class Scale(Record):
    """A closed set of levels that exclude each other."""

    id: str
    means: str
    level: tuple[ScaleLevel, ...] = Field(min_length=2)


class ErrorKind(Record):
    """A kind of misreading: ``text`` as an option, ``absent`` of a sentence that makes another, ``about`` its field."""

    id: str
    text: str
    absent: str
    about: Literal["figures", "voices", "events"]


class TopicRecord(Record):
    """A topic as learners meet it."""

    id: Topic
    title: str
    covers: str
    order: int
