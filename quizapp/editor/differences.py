"""Differences: what two teachers made of the same question, field by field and word by word."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext as _

from quizapp.marking import mark
from quizapp.services.drafting import Draft, draft_of
from quizapp.services.versions import Content, OptionContent, Quote

Segment = tuple[str, str]  # words, and whether they are "same", "new" or "gone"

FIELDS = {
    "stem": mark("Question"),
    "options": mark("Answers and their reasons"),
    "explanation": mark("Explanation"),
    "evidence": mark("Evidence"),
    "facts": mark("Facts"),
    "topic": mark("Topic"),
    "bloom": mark("Level"),
    "stance": mark("Kind of statement"),
    "speaker": mark("Who says it"),
    "ordered": mark("Keep the order of answers"),
    "difficulty": mark("Difficulty"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the other teacher changed. Where I changed it as well, one of us two has to give way."""

    field: str
    label: str
    theirs: tuple[Segment, ...]
    mine: tuple[Segment, ...]
    is_contested: bool
    takes_theirs: bool


def differences(
    common: Content, theirs: Content, mine: Content, taken: Collection[str] = ()
) -> tuple[Difference, ...]:
    """What they changed since ``common``, beside what I did; where mine says the same by now, nothing is contested."""
    found = []
    for field, label in FIELDS.items():
        old, new, own = (_text(getattr(content, field)) for content in (common, theirs, mine))
        if old != new:
            contested = own not in {old, new}
            found.append(
                Difference(
                    field,
                    _(label),
                    words_changed(old, new),
                    words_changed(old, own),
                    contested,
                    field in taken,
                )
            )
    return tuple(found)


def follow(draft: Draft, fields: Collection[str], theirs: Content) -> Draft:
    """The draft with these fields as the other teacher has them."""
    other = draft_of(theirs)
    changes: dict[str, Any] = {name: getattr(other, name) for name in fields}
    if "options" in changes:
        changes["key"] = other.key
    if "evidence" in changes:
        changes["no_source"] = other.no_source
    return replace(draft, **changes)


def unchanged(common: Content, theirs: Content, mine: Content) -> frozenset[str]:
    """The fields that only they changed: nothing of mine is lost when I follow them."""
    return frozenset(
        name for name in FIELDS if getattr(common, name) == getattr(mine, name) != getattr(theirs, name)
    )


def words_changed(old: str, new: str) -> tuple[Segment, ...]:
    """Both texts in one: what stayed, what is new and what is gone."""
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    segments: list[Segment] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            segments.append(("".join(before[i:j]), "same"))
            continue
        pieces = (("".join(before[i:j]), "gone"), ("".join(after[k:m]), "new"))
        segments += [piece for piece in pieces if piece[0]]
    return tuple(segments)


def _text(value: object) -> str:
    """A field's value as a teacher reads it."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, OptionContent):
        mark = "✓" if value.correct else "✗"
        return "\n".join(
            [f"{mark} {value.text}", f"   {value.rationale}", *(f"   {_text(q)}" for q in value.evidence)]
        )
    if isinstance(value, Quote):
        return f"¶{value.paragraph} “{value.quote}”"
    if isinstance(value, tuple):
        return "\n".join(_text(part) for part in value)
    return "" if value is None else str(value)
