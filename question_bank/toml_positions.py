"""On which line of a TOML file each key stands; ``tomllib`` reads the values but forgets the places."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)


def line_numbers(text: str) -> dict[Path, int]:
    """Line numbers (from 1) of every table, every array element written as ``[[table]]``, and every key."""
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _statements(text):
        if header := _HEADER.match(line):
            table = _enter(header.group(2), counts, is_array=header.group(1) == "[[")
            found[table] = number
        elif key := _KEY.match(line):
            found[table + tuple(_names(key.group(1)))] = number
    return found


def nearest_line(found: dict[Path, int], path: Path) -> int:
    """The line of ``path``, or of the closest thing around it that has one."""
    while path not in found:
        path = path[:-1]
    return found[path]


def _enter(dotted: str, counts: dict[Path, int], *, is_array: bool) -> Path:
    path: Path = ()
    *outer, last = _names(dotted)
    for name in outer:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, last)
    if is_array:
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path


def _names(dotted: str) -> list[str]:
    return [name.strip() for name in dotted.split(".")]


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin a statement: not the inside of a string, nor of a bracketed value."""
    # Strings are blanked first, line breaks kept, so that nothing in them can look like syntax; a line that
    # a multi-line string goes on into is a run of fillers, which is neither a header nor a key.
    depth = 0
    for number, line in enumerate(_STRING.sub(_blanked, text).split("\n"), start=1):
        bare = line.split("#", 1)[0]
        if depth == 0:
            yield number, bare
            if _HEADER.match(bare):
                continue
        depth = max(0, depth + sum(map(bare.count, "[{")) - sum(map(bare.count, "]}")))


def _blanked(string: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "_", string.group())
