"""A table of questions, read back: as it was exported, or as a teacher wrote it in a spreadsheet."""

from __future__ import annotations

import csv
import difflib
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from quizapp.marking import Sentence, mark
from quizapp.services.csv_format import columns, read_quotes, unguard
from quizapp.services.import_file import (
    MOST_FIELD_BYTES,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_ROWS,
    NOT_TAKEN_OVER,
    Draft,
    Reading,
    text_fault,
)

_KNOWN = columns(MOST_OPTIONS)
_OPTION = re.compile(r"option_([1-9][0-9]?)_([a-z]+)")
_DELIMITERS = ",;\t"  # a spreadsheet set to French writes semicolons
_TRUE = frozenset({"yes", "y", "true", "1", "x", "oui", "vrai"})
_FALSE = frozenset({"", "no", "n", "false", "0", "non", "faux"})
_LINE_OF_NAMES = 1
_MOST_COLUMNS = 200
_TOO_MANY = Sentence(mark("There are more than %(most)s questions. Split the file."), most=MOST_QUESTIONS)
# What Python's reader says of a broken table.
_BREAKS: dict[str, str] = {
    sentence: sentence
    for sentence in (
        Sentence(mark("unexpected end of data")),
        Sentence(mark("field larger than field limit (131072)")),
        *(Sentence(mark("'%(sign)s' expected after '\"'"), sign=delimiter) for delimiter in _DELIMITERS),
    )
}


class _UnreadableError(Exception):
    """A cell does not say what its column is for."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_csv(text: str) -> Reading:
    """The drafts of a table, and every fault with its line and column."""
    reading = Reading("CSV")
    rows = _rows(text, _delimiter(text), reading)
    names = [name.strip().casefold() for name in next(rows, (0, []))[1]]
    if reading.faults or not _names_are_known(names, reading):
        return reading
    for line, cells in rows:
        if reading.is_hopeless:
            break
        if any(cell.strip() for cell in cells):
            _read_row(line, cells, names, reading)
    if len(reading.drafts) > MOST_QUESTIONS:
        reading.blame(0, "", _TOO_MANY)
    return reading


def _delimiter(text: str) -> str:
    """The one that makes most column names of the first line."""
    first = text[:MOST_FIELD_BYTES].lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=lambda one: sum(name in _KNOWN for name in _plain_names(first, one)))


def _plain_names(line: str, delimiter: str) -> list[str]:
    return [name.strip('" \r\t').casefold() for name in line.split(delimiter)]


def _rows(text: str, delimiter: str, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins, number = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            told = str(error)
            reading.blame(
                begins, "", Sentence(mark("The table is broken here: %(why)s."), why=_BREAKS.get(told, told))
            )
            return
        if len(cells) > _MOST_COLUMNS:
            reading.blame(
                begins, "", Sentence(mark("There are more than %(most)s columns."), most=_MOST_COLUMNS)
            )
            return
        if number > MOST_ROWS:
            reading.blame(
                begins,
                "",
                Sentence(mark("There are more than %(most)s rows. Split the file."), most=MOST_ROWS),
            )
            return
        yield begins, cells
        begins, number = reader.line_num + 1, number + 1


def _no_column(near: str = "") -> str:
    if near:
        return Sentence(mark("There is no such column. Did you mean “%(name)s”?"), name=near)
    return mark("There is no such column.")


def _names_are_known(names: Sequence[str], reading: Reading) -> bool:
    for name in {name for name in names if name}:
        if names.count(name) > 1:
            reading.blame(_LINE_OF_NAMES, name, mark("There are two columns of this name."))
        if name not in _KNOWN:
            near = difflib.get_close_matches(name[:60], _KNOWN, n=1)
            reading.blame(_LINE_OF_NAMES, name[:60], _no_column(*near))
    if not {"stem", "uid"} & set(names):
        reading.faults.clear()
        reading.blame(
            _LINE_OF_NAMES,
            "stem",
            mark("The first line has to name the columns; “stem” is not among them."),
        )
    return not reading.faults


def _read_row(line: int, cells: Sequence[str], names: Sequence[str], reading: Reading) -> None:
    if any(cell.strip() for cell in cells[len(names) :]):
        reading.blame(line, "", mark("This row has more cells than there are columns."))
        return
    row = dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))
    if row.pop("", "").strip():
        reading.blame(line, "", mark("A cell is filled in a column without a name."))
    before = len(reading.faults)
    for name, cell in row.items():
        if fault := text_fault(cell):
            reading.blame(line, name, fault)
    if len(reading.faults) == before:
        values = _values(line, row, reading)
        uid = unguard(row.get("uid", "")).strip()
        reading.drafts.append(Draft(line, uid, values))


def _values(line: int, row: Mapping[str, str], reading: Reading) -> dict[str, Any]:
    """What the cells say, each in its own kind."""
    values: dict[str, Any] = {}
    options: dict[int, dict[str, Any]] = {}
    for name, cell in row.items():
        match = _OPTION.fullmatch(name)
        field = match[2] if match else name
        if field == "uid" or field in NOT_TAKEN_OVER:
            continue
        target = options.setdefault(int(match[1]), {}) if match else values
        try:
            target[field] = _READERS.get(field, unguard)(cell)
        except _UnreadableError as error:
            reading.blame(line, name, error.message)
    if options:
        values["options"] = list(_options(options))
    return values


def _options(options: Mapping[int, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those that stand in the row, and the places that the table has no columns for: what is there stays there."""
    for n in range(1, MOST_OPTIONS + 1):
        if n not in options or _is_there(options[n]):
            yield {"place": n, **options.get(n, {})}


def _is_there(option: Mapping[str, Any]) -> bool:
    """Whether anything stands in an option's cells."""
    return any(value and (not isinstance(value, str) or value.strip()) for value in option.values())


def _truth(cell: str) -> bool:
    word = unguard(cell).strip().casefold()
    if word not in _TRUE | _FALSE:
        raise _UnreadableError(Sentence(mark("“%(cell)s” is neither yes nor no."), cell=cell.strip()[:40]))
    return word in _TRUE


def _number(cell: str) -> float | None:
    word = unguard(cell).strip().replace(",", ".").replace("\u2212", "-")
    if not word:
        return None
    if not re.fullmatch(
        r"[+-]?(?:[0-9]{1,9}\.?[0-9]{0,20}|\.[0-9]{1,20})(?:e[+-]?[0-9]{1,3})?", word, re.IGNORECASE
    ):
        raise _UnreadableError(_no_number(cell))
    number = float(word)
    if not math.isfinite(number):
        raise _UnreadableError(_no_number(cell))
    return number


def _no_number(cell: str) -> str:
    return Sentence(mark("“%(cell)s” is no number."), cell=cell.strip()[:40])


def _quotes(cell: str) -> list[dict[str, Any]]:
    try:
        return read_quotes(unguard(cell))
    except ValueError as error:
        raise _UnreadableError(
            Sentence(
                mark('Write evidence as A¶7: "the very words", one a line. “%(line)s” is not so.'),
                line=str(error),
            )
        ) from None


def _facts(cell: str) -> list[str]:
    return [fact for fact in re.split(r"[\s,;]+", unguard(cell)) if fact]


def _word(cell: str) -> str:
    return unguard(cell).strip()


_READERS: dict[str, Callable[[str], Any]] = {
    "correct": _truth,
    "ordered": _truth,
    "difficulty": _number,
    "evidence": _quotes,
    "facts": _facts,
    "topic": _word,
    "bloom": _word,
    "stance": _word,
    "reason": _word,
    "speaker": lambda cell: unguard(cell).strip() or None,
}
