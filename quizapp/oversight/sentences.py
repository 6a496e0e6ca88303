"""Entries of the log as sentences: who did what to what. An action without a sentence of its own speaks for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizapp.services.log import COMMAND_LINE
from quizapp.services.log_list import Entry
from quizapp.words import STATES

Details = Mapping[str, Any]

# What filters call the actions.
NAMES = {
    "seed-questions": "Rebuild",
    "bulk": "Change of many questions",
    "state": "Change of state",
    "rescore": "Correction of a key",
    "settle": "Report settled",
    "create": "New question",
    "edit": "Edit",
    "restore": "Old version restored",
    "conflict": "Conflict decided",
    "sign-in": "Sign-in",
    "sign-out": "Sign-out",
}

_MOVES = {
    "draft": "put back to draft",
    "in_review": "sent to review",
    "approved": "approved",
    "retired": "retired",
}


def name_of(action: str) -> str:
    """What an action is called."""
    return NAMES.get(action) or action.replace("-", " ").replace("_", " ").capitalize()


def actor_of(entry: Entry) -> str:
    """Who it was."""
    return "The command line" if entry.actor == COMMAND_LINE else entry.actor or "Somebody"


def sentence(entry: Entry) -> str:
    """What happened, after the name of who did it and before that of what it was done to."""
    told = _SENTENCES.get(entry.action)
    return told(entry.details) if told else f"{name_of(entry.action).lower()}"


def why(entry: Entry) -> str:
    """The reason that somebody gave."""
    return str(entry.details.get("why") or entry.details.get("note") or "")


def _counted(number: Any, noun: str) -> str:  # noqa: ANN401 - what JSON holds
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _rebuild(details: Details) -> str:
    names = ("added", "changed", "unchanged", "retired", "kept")
    counts = ", ".join(f"{details[name]} {name}" for name in names if name in details)
    return f"rebuilt the bank: {counts}" if counts else "rebuilt the bank"


def _state(details: Details) -> str:
    to = str(details.get("to", ""))
    return f"{_MOVES.get(to, to)}{' (one of many)' if 'bulk' in details or 'undo' in details else ''}"


def _bulk(details: Details) -> str:
    to = str(details.get("to", ""))
    return f"{_MOVES.get(to, to)}: {_counted(details.get('changed', 0), 'question')}{_refused(details)}"


def _undo(details: Details) -> str:
    changed = _counted(details.get("changed", 0), "question")
    return f"took back entry {details.get('undone', '')}: {changed}{_refused(details)}"


def _refused(details: Details) -> str:
    return f", {details['refused']} left as they were" if details.get("refused") else ""


def _edit(details: Details) -> str:
    fields = ", ".join(str(name).replace("_", " ") for name in details.get("fields", ()))
    return f"edited the {fields} of" if fields else "edited"


def _create(details: Details) -> str:
    state = str(details.get("state", ""))
    return f"wrote, as {STATES.get(state, state).lower()}," if state else "wrote"


def _rescore(details: Details) -> str:
    marks = {"rescored": "re-scored", "full": "given full marks", "left": "left as they were"}.get(
        str(details.get("marks")), "settled"
    )
    return f"corrected the key; {_counted(details.get('responses', 0), 'answer')} {marks}:"


def _import(details: Details) -> str:
    return (
        f"imported {_counted(details.get('new', 0), 'new question')},"
        f" {details.get('changed', 0)} changed, {details.get('there', 0)} there already"
    )


def _export(details: Details) -> str:
    number = details.get("questions", details.get("count"))
    return "exported questions" if number is None else f"exported {_counted(number, 'question')}"


_SENTENCES: dict[str, Callable[[Details], str]] = {
    "seed-questions": _rebuild,
    "state": _state,
    "bulk": _bulk,
    "undo": _undo,
    "edit": _edit,
    "create": _create,
    "restore": lambda _: "restored an earlier version of",
    "rescore": _rescore,
    "settle": lambda _: "settled a report on",
    "conflict": lambda _: "decided between a rebuild and an edit of",
    "import": _import,
    "export": _export,
    "sign-in": lambda _: "signed in",
    "sign-in failed": lambda _: "could not sign in",
    "sign-out": lambda _: "signed out",
    "sign-out everywhere": lambda _: "signed out everywhere",
    "password": lambda _: "set the password of",
    "account": lambda _: "made the account of",
    "invite": lambda _: "invited",
    "invitation withdrawn": lambda _: "withdrew the invitation of",
    "password link": lambda _: "made a link for a new password of",
    "role": lambda _: "changed the role of",
    "activate": lambda _: "let in again",
    "deactivate": lambda _: "shut out",
    "second step on": lambda _: "switched the second step on for",
    "second step off": lambda _: "switched the second step off for",
    "recovery codes": lambda _: "made new recovery codes for",
}
