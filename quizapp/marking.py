"""Marking: texts that stand where no language is known yet, and that pages translate when they show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Sentence(str):
    """A marked text with its values filled in: the English sentence, which remembers how to be said otherwise.

    ``languages.say`` says it. Values that are sentences themselves are translated as well.
    """

    __slots__ = ("msgid", "values")

    msgid: str
    values: Mapping[str, object]

    def __new__(cls, msgid: str, **values: object) -> Self:
        """The sentence; the text and the names of its values as they stand in catalogues."""
        made = super().__new__(cls, msgid % values)
        made.msgid = msgid
        made.values = values
        return made


def mark(text: str) -> str:
    """The text itself; catalogues take it up, and whoever shows it passes it to ``gettext``."""
    return text
