"""The product's own JSON, read back: ``{"bank": …, "items": […]}`` as exported, or the list of items alone.

It is read item by item, so that every fault has the line in which its item begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from pydantic_core import ErrorDetails

from quizapp.services.import_file import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    NOT_TAKEN_OVER,
    Draft,
    Reading,
    text_fault,
    texts_in,
)

SCHEMA_FILE = Path(__file__).with_name("questions.schema.json")  # of what is exported

_TOLD_ONLY = set(NOT_TAKEN_OVER)
_DIGITS = 18
_BLANK = re.compile(r"[ \t\r\n]*")
_WORDS = {
    "extra_forbidden": "There is no such field.",
    "string_type": "This must be text.",
    "string_unicode": "It holds half a character (a lone surrogate).",
    "bool_type": "This must be true or false.",
    "float_type": "This must be a number.",
    "finite_number": "This must be a number.",
    "int_type": "This must be a whole number.",
    "list_type": "This must be a list.",
    "missing": "This is missing.",
    "model_type": "This must be an object.",
}
_DEPTH = "It is nested too deeply."


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


class _BrokenError(Exception):
    """It is no JSON from here on."""

    def __init__(self, at: int, message: str) -> None:
        self.at = at
        super().__init__(message)


def read_json(text: str) -> Reading:
    """The drafts of an export, and every fault with the line of its item and its field."""
    reading = Reading("JSON")
    line, last = 1, 0
    try:
        for at, item in _items(text):
            line, last = line + text.count("\n", last, at), at
            _read_item(line, item, reading)
            if reading.is_hopeless:
                break
    except _BrokenError as error:
        reading.blame(text.count("\n", 0, error.at) + 1, "", str(error))
    if len(reading.drafts) > MOST_QUESTIONS:
        reading.blame(0, "", f"There are more than {MOST_QUESTIONS} questions. Split the file.")
    return reading


def _items(text: str) -> Iterator[tuple[int, Any]]:
    """Each item with the place where it begins."""
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        at = yield from _list(text, at)
        _expect_end(text, at)
        return
    if text[at : at + 1] != "{":
        raise _BrokenError(at, "An export begins with { or [.")
    seen: set[str] = set()
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        name, at = _name(text, at)
        if name in seen:
            raise _BrokenError(at, f"“{name[:40]}” stands there twice.")
        seen.add(name)
        if name == "items" and text[at : at + 1] == "[":
            at = yield from _list(text, at)
        else:
            _, at = _value(text, at)
        at = _separator(text, at, "}")
    if "items" not in seen:
        raise _BrokenError(at, "There is no list called “items”.")
    _expect_end(text, at + 1)


def _list(text: str, at: int) -> Generator[tuple[int, Any], None, int]:
    """The members of a list; answers where it ends."""
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        begins = at
        value, at = _value(text, at)
        yield begins, value
        at = _separator(text, at, "]")
    return at + 1


def _name(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        raise _BrokenError(at, "Here a name in quotation marks is missing.")
    name, at = _value(text, at)
    at = _skip(text, at)
    if text[at : at + 1] != ":":
        raise _BrokenError(at, "Here a colon is missing.")
    return name, _skip(text, at + 1)


def _separator(text: str, at: int, closing: str) -> int:
    """Past a comma, or at the closing bracket."""
    at = _skip(text, at)
    if text[at : at + 1] == ",":
        at = _skip(text, at + 1)
        if text[at : at + 1] != closing:
            return at
    elif text[at : at + 1] == closing:
        return at
    raise _BrokenError(at, f"Here a comma or {closing} is missing.")


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _BrokenError(error.pos, f"This is no JSON: {error.msg}.") from None
    except RecursionError:
        raise _BrokenError(at, _DEPTH) from None
    except ValueError as error:
        raise _BrokenError(at, str(error)) from None


def _expect_end(text: str, at: int) -> None:
    if _skip(text, at) != len(text):
        raise _BrokenError(at, "There is more behind the end.")


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A name stands twice in one object.")
    return found


def _no_such_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number.")


def _whole_number(word: str) -> int:
    if len(word) > _DIGITS:
        raise ValueError("This number is too long.")
    return int(word)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_each_once, parse_int=_whole_number, parse_constant=_no_such_number
)


def _read_item(line: int, item: object, reading: Reading) -> None:
    before = len(reading.faults)
    try:
        found = _Item.model_validate(item)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            reading.blame(line, _place(detail), _WORDS.get(detail["type"], f"{detail['msg']}."))
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
