"""Items out of JSON, one after the other with the place where each begins; what is no JSON is told with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any, NoReturn

from quizapp.marking import Sentence, mark

_DIGITS = 18
_BLANK = re.compile(r"[ \t\r\n]*")
# What Python's reader says of broken JSON.
_BREAKS: dict[str, str] = {
    text: Sentence(text)
    for text in (
        mark("Expecting value"),
        mark("Expecting ',' delimiter"),
        mark("Expecting ':' delimiter"),
        mark("Expecting property name enclosed in double quotes"),
        mark("Illegal trailing comma before end of array"),
        mark("Illegal trailing comma before end of object"),
        mark("Invalid \\escape"),
        mark("Invalid \\uXXXX escape"),
        mark("Invalid control character at"),
        mark("Unterminated string starting at"),
    )
}


class BrokenError(Exception):
    """It is no JSON from here on."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at, self.message = at, message


class _RefusedError(Exception):
    """A value is none that an export holds."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def items_of(text: str) -> Iterator[tuple[int, Any]]:
    """Each item with the place where it begins."""
    at = _skip(text, 0)
    if text[at : at + 1] == "[":
        at = yield from _list(text, at)
        _expect_end(text, at)
        return
    if text[at : at + 1] != "{":
        raise BrokenError(at, mark("An export begins with { or [."))
    seen: set[str] = set()
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        name, at = _name(text, at)
        if name in seen:
            raise BrokenError(at, Sentence(mark("“%(name)s” stands there twice."), name=name[:40]))
        seen.add(name)
        if name == "items" and text[at : at + 1] == "[":
            at = yield from _list(text, at)
        else:
            _, at = _value(text, at)
        at = _separator(text, at, "}")
    if "items" not in seen:
        raise BrokenError(at, mark("There is no list called “items”."))
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
        raise BrokenError(at, mark("Here a name in quotation marks is missing."))
    name, at = _value(text, at)
    at = _skip(text, at)
    if text[at : at + 1] != ":":
        raise BrokenError(at, mark("Here a colon is missing."))
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
    raise BrokenError(at, Sentence(mark("Here a comma or %(closing)s is missing."), closing=closing))


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        why = _BREAKS.get(error.msg, error.msg)
        raise BrokenError(error.pos, Sentence(mark("This is no JSON: %(why)s."), why=why)) from None
    except RecursionError:
        raise BrokenError(at, mark("It is nested too deeply.")) from None
    except _RefusedError as error:
        raise BrokenError(at, error.message) from None


def _expect_end(text: str, at: int) -> None:
    if _skip(text, at) != len(text):
        raise BrokenError(at, mark("There is more behind the end."))


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError(mark("A name stands twice in one object."))
    return found


def _no_such_number(word: str) -> NoReturn:
    raise _RefusedError(Sentence(mark("%(word)s is no number."), word=word))


def _whole_number(word: str) -> int:
    if len(word) > _DIGITS:
        raise _RefusedError(mark("This number is too long."))
    return int(word)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_each_once, parse_int=_whole_number, parse_constant=_no_such_number
)
