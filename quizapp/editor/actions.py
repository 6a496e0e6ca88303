"""What the buttons inside the form do to a draft: each gives it back with one thing changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from question_bank.fact_base import FactBase
from question_bank.facts import Fact
from quizapp.services.drafting import FEWEST_OPTIONS, MOST_OPTIONS, Draft, DraftOption, from_fact
from quizapp.services.evidence import Passages, facts_shown, trouble_with
from quizapp.services.suggestions import Suggestion, suggest
from quizapp.services.versions import Quote

MOST_QUOTES = 6
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies beside the form: the facts, the passages, and which of them is on show."""

    base: FactBase
    passages: Passages
    shown: Place | None = None


def act(do: str, draft: Draft, desk: Desk) -> Draft:
    """The draft after the button ``do``; unchanged where the button does not change it."""
    for pattern, change in _BUTTONS:
        if match := re.fullmatch(pattern, do):
            return change(draft, desk, *match.groups())
    return draft


def fact_asked(draft: Draft, base: FactBase) -> Fact | None:
    """The fact that the question asks for: the first that was ticked, else the first that the evidence shows."""
    named = [base.facts[name] for name in draft.facts if name in base.facts]
    return next(iter((*named, *facts_shown(draft.quotes, base))), None)


def suggestions_for(draft: Draft, base: FactBase) -> tuple[tuple[str, Suggestion], ...]:
    """Wrong answers that are not there yet, each with a name that stays the same while others are taken."""
    fact = fact_asked(draft, base)
    found = suggest(fact, base, [option.text for option in draft.options]) if fact else ()
    return tuple((_name(suggestion.text), suggestion) for suggestion in found)


def with_rows(draft: Draft, shown: Place | None) -> Draft:
    """The draft with places for everything to be typed into; quotes without words follow the passage on show."""
    document, paragraph = shown or ("", 0)
    rows = draft.evidence or (Quote("", 0, ""),)
    return replace(
        draft,
        options=draft.options or Draft().options,
        evidence=tuple(row if row.quote else Quote(document, paragraph, "") for row in rows),
    )


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _add_option(draft: Draft, desk: Desk) -> Draft:
    del desk
    if len(draft.options) >= MOST_OPTIONS:
        return draft
    return replace(draft, options=(*draft.options, DraftOption()))


def _remove_option(draft: Draft, desk: Desk, place: str) -> Draft:
    """The option goes; the mark of the right one stays with its words."""
    del desk
    gone = int(place)
    if gone >= len(draft.options) or len(draft.options) <= FEWEST_OPTIONS:
        return draft
    key = draft.key
    if key is not None:
        key = None if key == gone else key - (key > gone)
    return replace(draft, options=(*draft.options[:gone], *draft.options[gone + 1 :]), key=key)


def _add_evidence(draft: Draft, desk: Desk) -> Draft:
    if len(draft.evidence) >= MOST_QUOTES:
        return draft
    return replace(draft, evidence=(*draft.evidence, Quote(*(desk.shown or ("", 0)), "")))


def _remove_evidence(draft: Draft, desk: Desk, place: str) -> Draft:
    del desk
    gone = int(place)
    return replace(draft, evidence=(*draft.evidence[:gone], *draft.evidence[gone + 1 :]))


def _start_from_fact(draft: Draft, desk: Desk, name: str) -> Draft:
    fact = desk.base.facts.get(name)
    return from_fact(draft, fact, desk.base) if fact and fact.use == "item" else draft


def _take(draft: Draft, desk: Desk, name: str) -> Draft:
    """The suggestion goes into the first empty place for a wrong answer, or into a new one."""
    wanted = dict(suggestions_for(draft, desk.base)).get(name)
    if wanted is None:
        return draft
    taken = DraftOption(wanted.text, wanted.rationale, wanted.reason, wanted.evidence)
    options = list(draft.options)
    free = next((n for n, option in enumerate(options) if option.is_blank and n != draft.key), None)
    if free is not None:
        options[free] = taken
    elif len(options) < MOST_OPTIONS:
        options.append(taken)
    return replace(draft, options=tuple(options))


def _exact(draft: Draft, desk: Desk, place: str) -> Draft:
    """The words that the server suggested in place of those that were typed."""
    rows = list(draft.evidence)
    n = int(place)
    trouble = trouble_with(rows[n], desk.passages) if n < len(rows) else None
    if trouble and trouble.instead:
        rows[n] = trouble.instead
    return replace(draft, evidence=tuple(rows))


def _exact_of_option(draft: Draft, desk: Desk, option: str, place: str) -> Draft:
    n = int(option)
    if n >= len(draft.options):
        return draft
    options = list(draft.options)
    inner = _exact(Draft(evidence=options[n].evidence), desk, place)
    options[n] = replace(options[n], evidence=inner.evidence)
    return replace(draft, options=tuple(options))


_BUTTONS: tuple[tuple[str, Callable[..., Draft]], ...] = (
    (r"add-option", _add_option),
    (r"remove-option-([0-9]{1,2})", _remove_option),
    (r"add-evidence", _add_evidence),
    (r"remove-evidence-([0-9]{1,2})", _remove_evidence),
    (r"fact-([A-Za-z0-9-]{1,40})", _start_from_fact),
    (r"take-([0-9a-f]{10})", _take),
    (r"exact-evidence-([0-9]{1,2})", _exact),
    (r"exact-options-([0-9]{1,2})-evidence-([0-9]{1,2})", _exact_of_option),
)
