"""The product's own JSON, read back: ``{"bank": …, "items": […]}`` as exported, or the list of items alone.

It is read item by item, so that every fault has the line in which its item begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from pydantic_core import ErrorDetails

from quizapp.marking import Sentence, mark
from quizapp.services.import_file import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    NOT_TAKEN_OVER,
    Draft,
    Reading,
    text_fault,
    texts_in,
)
from quizapp.services.json_items import BrokenError, items_of

SCHEMA_FILE = Path(__file__).with_name("questions.schema.json")  # of what is exported

_TOLD_ONLY = set(NOT_TAKEN_OVER)
_WORDS = {
    "extra_forbidden": mark("There is no such field."),
    "string_type": mark("This must be text."),
    "string_unicode": mark("It holds half a character (a lone surrogate)."),
    "bool_type": mark("This must be true or false."),
    "float_type": mark("This must be a number."),
    "finite_number": mark("This must be a number."),
    "int_type": mark("This must be a whole number."),
    "list_type": mark("This must be a list."),
    "missing": mark("This is missing."),
    "model_type": mark("This must be an object."),
    "greater_than_equal": mark("Input should be greater than or equal to 1."),
    "less_than_equal": mark("Input should be less than or equal to 9999."),
    "too_long": Sentence(mark("There are more than %(most)s options."), most=MOST_OPTIONS),
}
_TOO_MANY = Sentence(mark("There are more than %(most)s questions. Split the file."), most=MOST_QUESTIONS)


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _Quote(_Strict):
    document: str
    paragraph: int = Field(ge=1, le=9999)
    quote: str


class _Option(_Strict):
    text: str = ""
    correct: bool = False
    rationale: str = ""
    reason: str = ""
    evidence: list[_Quote] = Field(default_factory=list)


class _Item(_Strict):
    """An item of the export; whoever writes one by hand may leave out what has a usual value."""

    uid: str = ""
    version: Any = None
    origin: Any = None
    state: Any = None
    model: Any = None
    family: Any = None
    topic: str = ""
    stem: str = ""
    options: list[_Option] = Field(default_factory=list, max_length=MOST_OPTIONS)
    explanation: str = ""
    evidence: list[_Quote] = Field(default_factory=list)
    facts: list[str] = Field(default_factory=list)
    bloom: str = ""
    stance: str = ""
    speaker: str | None = None
    ordered: bool = False
    difficulty: FiniteFloat | None = None


def read_json(text: str) -> Reading:
    """The drafts of an export, and every fault with the line of its item and its field."""
    reading = Reading("JSON")
    line, last = 1, 0
    try:
        for at, item in items_of(text):
            line, last = line + text.count("\n", last, at), at
            _read_item(line, item, reading)
            if reading.is_hopeless:
                break
    except BrokenError as error:
        reading.blame(text.count("\n", 0, error.at) + 1, "", error.message)
    if len(reading.drafts) > MOST_QUESTIONS:
        reading.blame(0, "", _TOO_MANY)
    return reading


def _read_item(line: int, item: object, reading: Reading) -> None:
    before = len(reading.faults)
    try:
        found = _Item.model_validate(item)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            reading.blame(
                line,
                _place(detail),
                _WORDS.get(detail["type"], Sentence(mark("%(told)s."), told=detail["msg"])),
            )
        return
    for place, text in texts_in(found.model_dump(exclude=_TOLD_ONLY), ""):
        if fault := text_fault(text):
            reading.blame(line, place, fault)
    if len(reading.faults) == before:
        reading.drafts.append(Draft(line, found.uid.strip(), _values(found)))


def _place(detail: ErrorDetails) -> str:
    """Where it is, as ``options[2].text``; counted from 1, as people count."""
    steps = [f"[{step + 1}]" if isinstance(step, int) else f".{str(step)[:40]}" for step in detail["loc"]]
    return "".join(steps).removeprefix(".")


def _values(item: _Item) -> Mapping[str, Any]:
    """What the item speaks of; an option keeps its place."""
    values = item.model_dump(exclude_unset=True, exclude={"uid", *_TOLD_ONLY})
    if "options" in values:
        values["options"] = [{"place": n, **option} for n, option in enumerate(values["options"], start=1)]
    return values
