"""The filters of the list as a form shows them, and those in force as words that can be taken away one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from quizapp.bank import labels
from quizapp.marking import mark
from quizapp.services.question_list import ANY, FIRST, Choices, Filter
from quizapp.words import LEVELS, ORIGINS, STATES


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A value that can be chosen."""

    value: str
    label: str
    is_chosen: bool
    is_english: bool


@dataclass(frozen=True, slots=True)
class SelectView:
    """A field with values to choose from."""

    name: str
    label: str
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class FlagView:
    """A box to tick."""

    name: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the list without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """The form above the list."""

    text: str
    paragraph: str
    fact: str
    selects: tuple[SelectView, ...]
    flags: tuple[FlagView, ...]
    order: SelectView
    is_open: bool

    @classmethod
    def of(cls, wanted: Filter, order: str, choices: Choices) -> FilterView:
        """The form with what is asked for."""
        chosen = wanted.to_args()
        selects = tuple(
            _select(name, values, chosen.get(name, "")) for name, values in _values(choices).items()
        )
        return cls(
            text=wanted.text,
            paragraph=chosen.get("paragraph", ""),
            fact=wanted.fact,
            selects=selects,
            flags=tuple(FlagView(name, _(label), name in chosen) for name, label in labels.FLAGS.items()),
            order=_select("order", {name: _(told) for name, told in labels.ORDERS.items()}, order),
            is_open=bool(set(chosen) - {"text"}) or order != FIRST,
        )


def chips(wanted: Filter, order: str, choices: Choices) -> tuple[Chip, ...]:
    """The filters in force."""
    args = wanted.to_args()
    values = _values(choices)
    found = []
    for name, value in args.items():
        if name in values:
            label = _("%(name)s: %(value)s", name=_(_FIELDS[name][0]), value=values[name].get(value, value))
        elif name in labels.FLAGS:
            label = _(labels.FLAGS[name])
        else:
            label = _("%(name)s: %(value)s", name=_(_TYPED[name]), value=value)
        rest = {other: kept for other, kept in args.items() if other != name}
        found.append(Chip(label, list_address(rest, order)))
    return tuple(found)


def list_address(args: Mapping[str, str], order: str = FIRST, number: int = 1) -> str:
    """The address of the list: as short as what is asked for."""
    asked: dict[str, Any] = dict(args)
    if order != FIRST:
        asked["order"] = order
    if number > 1:
        asked["page"] = number
    return with_args("bank.list_questions", asked)


def with_args(endpoint: str, args: Mapping[str, Any]) -> str:
    """The address of a screen with what follows its question mark."""
    return url_for(endpoint, **args)


_TYPED = {"text": mark("Words"), "paragraph": mark("Paragraph"), "fact": mark("Fact")}
# For each field to choose from its label, and the words of its choice that leaves all in.
_FIELDS: dict[str, tuple[str, str | None]] = {
    "topic": (mark("Topic"), mark("Any topic")),
    "state": (mark("State"), mark("Any state")),
    "model": (mark("Kind"), mark("Any kind")),
    "bloom": (mark("Level"), mark("Any level")),
    "document": (mark("Source"), mark("Any source")),
    "origin": (mark("Origin"), mark("Any origin")),
    "finding": (mark("Finding"), mark("With or without findings")),
    "order": (mark("Sort by"), None),
}
_ENGLISH = {"topic", "document"}  # fields whose choices have titles of content


def _values(choices: Choices) -> dict[str, dict[str, str]]:
    """The values of each field to choose from."""
    kinds = {model: labels.kind(model) for model in choices.models}
    return {
        "topic": dict(choices.topics),
        "state": {name: _(told) for name, told in STATES.items()},
        "model": dict(sorted(kinds.items(), key=lambda pair: pair[1])),
        "bloom": {name: _(words.name) for name, words in LEVELS.items()},
        "document": dict(choices.documents),
        "origin": {name: _(told) for name, told in ORIGINS.items()},
        "finding": {ANY: _("Any rule"), **{name: labels.rule(name) for name in choices.rules}},
    }


def _select(name: str, values: Mapping[str, str], chosen: str) -> SelectView:
    """The field; a chosen value that is none of these is shown all the same, since the list goes by it."""
    label, nothing = _FIELDS[name]
    known = {**({"": _(nothing)} if nothing else {}), **values}
    if chosen not in known:
        known[chosen] = chosen
    return SelectView(
        name,
        _(label),
        tuple(
            ChoiceView(value, words, value == chosen, is_english=name in _ENGLISH and value != "")
            for value, words in known.items()
        ),
    )
