"""Questions as a table that a teacher can edit in a spreadsheet: one row a question, its options as columns.

Every text cell is safe to open: one that a spreadsheet would take for a formula has an apostrophe before it, and
reading takes exactly that apostrophe off again.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizapp.services.import_file import OPTION_FIELDS

BEFORE = ("uid", "topic", "stem")
AFTER = (
    "explanation",
    "evidence",
    "facts",
    "bloom",
    "stance",
    "speaker",
    "ordered",
    "difficulty",
    "model",
    "family",
    "state",
    "origin",
    "version",
)
LEAST_OPTIONS = 4  # as many groups of columns at least, so that there is room to write

_FORMULA = frozenset("=+-@")
_MINUS = "\u2212"  # some spreadsheets take it for the hyphen
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_QUOTE_LINE = re.compile(
    r"\s*(?P<document>[^\s¶][^¶\n]*?)\s*¶\s*(?P<paragraph>[0-9]{1,4})\s*:\s*(?P<quote>.*)", re.DOTALL
)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}  # a quote keeps to one line
_PLAIN = {escaped: plain for plain, escaped in _ESCAPES.items()}
_MARKS = (('"', '"'), ("“", "”"), ("«", "»"))

Letters = Mapping[str, str]


def columns(options: int) -> tuple[str, ...]:
    """The names of all columns of a table whose questions have up to so many options."""
    groups = [
        option_column(n, name) for n in range(1, max(options, LEAST_OPTIONS) + 1) for name in OPTION_FIELDS
    ]
    return (*BEFORE, *groups, *AFTER)


def option_column(n: int, name: str) -> str:
    """The column of an option's field; options are counted from 1."""
    return f"option_{n}_{name}"


def lines_of(records: Iterable[Mapping[str, Any]], letters: Letters, options: int) -> Iterator[str]:
    """The table, line by line: all cells quoted, rows ended by CR LF; ``letters`` are those of the documents."""
    names = columns(options)
    yield _line(names)
    for record in records:
        cells = cells_of(record, letters)
        yield _line(cells.get(name, "") for name in names)


def cells_of(record: Mapping[str, Any], letters: Letters) -> dict[str, str]:
    """A record of the export as cells by column."""
    cells = {name: _cell(record[name]) for name in (*BEFORE, *AFTER) if name not in {"evidence", "facts"}}
    cells["evidence"] = guard(write_quotes(record["evidence"], letters))
    cells["facts"] = guard(", ".join(record["facts"]))
    for n, option in enumerate(record["options"], start=1):
        for name in OPTION_FIELDS:
            value = write_quotes(option[name], letters) if name == "evidence" else option[name]
            cells[option_column(n, name)] = _cell(value)
    return cells


def guard(text: str) -> str:
    """The text, after an apostrophe if a spreadsheet might take it for a formula."""
    return f"'{text}" if _looks_like_formula(text) else text


def unguard(cell: str) -> str:
    """The opposite of ``guard``."""
    return cell[1:] if cell.startswith("'") and _looks_like_formula(cell[1:]) else cell


def write_quotes(quotes: Iterable[Mapping[str, Any]], letters: Letters) -> str:
    """Quotes as lines such as ``A¶7: "the very words"``."""
    return "\n".join(
        f'{letters.get(quote["document"], quote["document"])}¶{quote["paragraph"]}: "{_escape(quote["quote"])}"'
        for quote in quotes
    )


def read_quotes(cell: str) -> list[dict[str, Any]]:
    """The quotes of a cell; ValueError with the line that is none. Documents are named as the cell does."""
    found = []
    for line in cell.split("\n"):
        if not line.strip():
            continue
        match = _QUOTE_LINE.fullmatch(line.rstrip("\r"))
        if match is None:
            raise ValueError(line.strip()[:80])
        words = _without_marks(match["quote"])
        found.append(
            {"document": match["document"], "paragraph": int(match["paragraph"]), "quote": _unescape(words)}
        )
    return found


def _cell(value: object) -> str:
    """Texts are guarded, numbers are not: a number that begins with a minus is still one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    return guard(value) if isinstance(value, str) else repr(value)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _looks_like_formula(text: str) -> bool:
    """Whether it begins as a formula does, or with something unseen, which some programs skip.

    Apostrophes do not count, so that one more can be put before them and taken off again.
    """
    first = text.lstrip("'")[:1]
    if not first:
        return False
    plain = unicodedata.normalize("NFKC", first)[:1]
    return plain in _FORMULA or first == _MINUS or unicodedata.category(first) in _UNSEEN


def _escape(words: str) -> str:
    return re.sub(r"[\\\n\r]", lambda match: _ESCAPES[match[0]], words)


def _unescape(words: str) -> str:
    return re.sub(r"\\[\\nr]", lambda match: _PLAIN[match[0]], words)


def _without_marks(words: str) -> str:
    """The words inside quotation marks, whatever marks a word processor made of them."""
    trimmed = words.strip()
    for opening, closing in _MARKS:
        if len(trimmed) > 1 and trimmed.startswith(opening) and trimmed.endswith(closing):
            return trimmed[1:-1] if opening == '"' else trimmed[1:-1].strip()
    return trimmed
