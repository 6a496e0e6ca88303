"""The filters of the list as a form shows them, and those in force as words that can be taken away one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from quizapp.bank import labels
from quizapp.services.question_list import ANY, FIRST, Choices, Filter
from quizapp.words import LEVELS, ORIGINS, STATES


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A value that can be chosen."""

    value: str
    label: str
    is_chosen: bool


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
            _select(name, label, f"Any {label.lower()}", values, chosen.get(name, ""))
            for name, (label, values) in _values(choices).items()
        )
        return cls(
            text=wanted.text,
            paragraph=chosen.get("paragraph", ""),
            fact=wanted.fact,
            selects=selects,
            flags=tuple(FlagView(name, label, name in chosen) for name, label in labels.FLAGS.items()),
            order=_select("order", "Sort by", None, labels.ORDERS, order),
            is_open=bool(set(chosen) - {"text"}) or order != FIRST,
        )


def chips(wanted: Filter, order: str, choices: Choices) -> tuple[Chip, ...]:
    """The filters in force."""
    args = wanted.to_args()
    values = _values(choices)
    found = []
    for name, value in args.items():
        if name in values:
            label = f"{values[name][0]}: {values[name][1].get(value, value)}"
        else:
            label = labels.FLAGS.get(name) or f"{_TYPED[name]}: {value}"
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


_TYPED = {"text": "Words", "paragraph": "Paragraph", "fact": "Fact"}


def _values(choices: Choices) -> dict[str, tuple[str, dict[str, str]]]:
    """Label and values of each field to choose from."""
    kinds = {model: labels.kind(model) for model in choices.models}
    return {
        "topic": ("Topic", dict(choices.topics)),
        "state": ("State", STATES),
        "model": ("Kind", dict(sorted(kinds.items(), key=lambda pair: pair[1]))),
        "bloom": ("Level", {name: words.name for name, words in LEVELS.items()}),
        "document": ("Source", dict(choices.documents)),
        "origin": ("Origin", ORIGINS),
        "finding": ("Finding", {ANY: "Any rule", **{name: labels.rule(name) for name in choices.rules}}),
    }


def _select(name: str, label: str, nothing: str | None, values: Mapping[str, str], chosen: str) -> SelectView:
    """The field; a chosen value that is none of these is shown all the same, since the list goes by it."""
    known = {**({"": nothing} if nothing else {}), **values}
    if chosen not in known:
        known[chosen] = chosen
    if name == "finding":
        known[""] = "With or without findings"
    return SelectView(
        name, label, tuple(ChoiceView(value, words, value == chosen) for value, words in known.items())
    )
