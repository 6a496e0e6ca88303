"""What an uploaded file says, before anything is compared with the bank: drafts of questions, and faults with lines.

The readers are pure: text in, drafts and faults out. They open no file, ask no network and run nothing of what they
read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizapp.marking import Sentence, mark

MOST_BYTES = 10_000_000
MOST_QUESTIONS = 5_000
MOST_ROWS = 20_000
MOST_FIELD_BYTES = 20_000
MOST_OPTIONS = 10
MOST_FAULTS = 500  # a file that is something else altogether would have one in every cell

OPTION_FIELDS = ("text", "correct", "rationale", "reason", "evidence")
# What a file may say of a question; the rest of an export tells where a question comes from and stands.
TAKEN_OVER = (
    "topic",
    "stem",
    "options",
    "explanation",
    "evidence",
    "facts",
    "bloom",
    "stance",
    "speaker",
    "ordered",
    "difficulty",
)
NOT_TAKEN_OVER = ("version", "origin", "state", "model", "family")

_ENCODING = mark("This is not UTF-8. Save the file as UTF-8 (in Excel: “CSV UTF-8”) and choose it again.")
_TOO_LARGE = Sentence(mark("The file is larger than %(most)s MB. Split it."), most=MOST_BYTES // 1_000_000)
_HALF = mark("It holds half a character (a lone surrogate).")
_PLAIN_CONTROLS = frozenset("\n\r\t")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that keeps a file from being imported: in which line, in which column or field, and what."""

    line: int  # 0 is the file as a whole
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as a file has it. Only what the file speaks of is in ``values``; quotes name documents as it does.

    An option is a mapping, too: what it leaves out stays as it is in the bank.
    """

    line: int
    uid: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class Reading:
    """What was read of a file so far."""

    format: str
    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, line: int, place: str, message: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(line, place, message))

    @property
    def is_hopeless(self) -> bool:
        """Whether enough was found to stop."""
        return len(self.faults) >= MOST_FAULTS or len(self.drafts) > MOST_QUESTIONS


def decode(data: bytes) -> tuple[str, Fault | None]:
    """The text of a file, without the mark that some programs put at its beginning; or what is wrong with it."""
    if len(data) > MOST_BYTES:
        return "", Fault(0, "", _TOO_LARGE)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", Fault(data.count(b"\n", 0, error.start) + 1, "", _ENCODING)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return "", Fault(0, "", mark("The file is empty."))
    if (at := text.find("\0")) >= 0:
        nul = mark("There is a NUL character, which no text holds.")
        return "", Fault(text.count("\n", 0, at) + 1, "", nul)
    return text, None


def text_fault(text: str) -> str | None:
    """Why this cannot be a text of a question: it is too long, or holds what no one can read."""
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return _HALF
    if size > MOST_FIELD_BYTES:
        return Sentence(mark("It is longer than %(most)s kB."), most=MOST_FIELD_BYTES // 1000)
    if any(unicodedata.category(one) == "Cc" and one not in _PLAIN_CONTROLS for one in text):
        return mark("It holds a control character.")
    return None


def texts_in(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every text inside a value, with its place as ``options[2].text``."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts_in(inner, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value, start=1):
            yield from texts_in(inner, f"{place}[{n}]")
