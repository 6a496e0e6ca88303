"""The words of the page: what states, changes, fields and entries of the log are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from quizapp.marking import mark
from quizapp.services.log import COMMAND_LINE
from quizapp.services.log_list import Entry
from quizapp.services.reports import REASONS as REPORTED
from quizapp.words import KINDS, REASONS, STATES, Words, words_for

MEANS = {
    "draft": mark("Students do not see it."),
    "in_review": mark("It waits for a teacher to approve it. Students do not see it."),
    "approved": mark("Quizzes ask it."),
    "retired": mark("Quizzes ask it no more. Old results still show it."),
}
# What a button says that moves a question to a state.
MOVES = {
    "draft": mark("Back to draft"),
    "in_review": mark("Send to review"),
    "approved": mark("Approve"),
    "retired": mark("Retire"),
}
FIELDS = {
    "topic": mark("Topic"),
    "model": mark("Kind of question"),
    "stem": mark("Question"),
    "options": mark("Options"),
    "explanation": mark("Explanation"),
    "evidence": mark("Evidence"),
    "facts": mark("Facts"),
    "bloom": mark("Level"),
    "stance": mark("Kind of statement"),
    "speaker": mark("Who says it"),
    "ordered": mark("Order of options"),
    "difficulty": mark("Difficulty"),
    "design": mark("Design"),
    "since_then": mark("What happened since"),
    "state": mark("State"),
}
LETTERS = "ABCDEFGHIJ"

_ALL_KINDS: dict[str, Words] = {name: words for group in KINDS.values() for name, words in group.items()}
_ACTIONS = {
    "create": mark("wrote it"),
    "edit": mark("edited it"),
    "restore": mark("brought back an earlier version"),
    "settle": mark("settled a report"),
    "conflict": mark("decided on a rebuild’s changes"),
}
_MARKS = {
    "rescored": mark("answers re-scored"),
    "full": mark("full marks for everybody"),
    "left": mark("old answers left as they were"),
}


def kind(model: str) -> str:
    """What kind of question a model makes."""
    return str(_("Written by hand") if model == "teacher" else _(words_for(_ALL_KINDS, model).name))


def reason(name: str) -> str:
    """Why an option is wrong, in a word."""
    return str(_(words_for(REASONS, name).name)) if name and name != "key" else ""


def reported(name: str) -> str:
    """What a report says."""
    return str(_(REPORTED[name])) if name in REPORTED else name.replace("_", " ").capitalize()


def actor(name: str) -> str:
    """Who did it."""
    return str(_("The rebuild")) if name == COMMAND_LINE else name or str(_("Somebody"))


def happened(entry: Entry) -> str:
    """What an entry of the log tells, after the name of who did it."""
    details = entry.details
    if entry.action == "state":
        before, after = _state(details.get("from")), _state(details.get("to"))
        return str(_("moved it from %(before)s to %(after)s", before=before, after=after))
    if entry.action == "rescore":
        return _rescored(details)
    told = entry.action.replace("-", " ").replace("_", " ")
    if entry.action in _ACTIONS:
        told = _(_ACTIONS[entry.action])
    if entry.action in {"edit", "restore"} and details.get("fields"):
        fields = ", ".join(field(name).lower() for name in details["fields"])
        told = _("%(what)s: %(fields)s", what=told, fields=fields)
    if "version" in details:
        told = _("%(what)s (version %(number)s)", what=told, number=details["version"])
    return str(told)


def field(name: str) -> str:
    """A part of a question."""
    return str(_(FIELDS[name])) if name in FIELDS else name


def why(entry: Entry) -> str:
    """The reason that somebody gave."""
    return str(entry.details.get("why") or entry.details.get("note") or "")


def answers(number: int) -> str:
    """So many answers."""
    return str(ngettext("%(number)s answer", "%(number)s answers", number, number=format_decimal(number)))


def _rescored(details: Mapping[str, Any]) -> str:
    marks, changed = str(details.get("marks")), details.get("responses_changed", 0)
    return str(
        ngettext(
            "corrected the key: %(marks)s, %(number)s answer of %(total)s changed",
            "corrected the key: %(marks)s, %(number)s answers of %(total)s changed",
            changed,
            marks=_(_MARKS[marks]) if marks in _MARKS else "",
            number=format_decimal(changed),
            total=details.get("responses", 0),
        )
    )


def _state(name: object) -> str:
    return str(_(STATES[str(name)])).lower() if name in STATES else str(name)
