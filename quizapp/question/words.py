"""The words of the page: what states, changes, fields and entries of the log are called."""

from __future__ import annotations

from quizapp.services.log import COMMAND_LINE
from quizapp.services.log_list import Entry
from quizapp.services.reports import REASONS as REPORTED
from quizapp.words import KINDS, REASONS, STATES, Words, words_for

MEANS = {
    "draft": "Students do not see it.",
    "in_review": "It waits for a teacher to approve it. Students do not see it.",
    "approved": "Quizzes ask it.",
    "retired": "Quizzes ask it no more. Old results still show it.",
}
# What a button says that moves a question to a state.
MOVES = {
    "draft": "Back to draft",
    "in_review": "Send to review",
    "approved": "Approve",
    "retired": "Retire",
}
FIELDS = {
    "topic": "Topic",
    "model": "Kind of question",
    "stem": "Question",
    "options": "Options",
    "explanation": "Explanation",
    "evidence": "Evidence",
    "facts": "Facts",
    "bloom": "Level",
    "stance": "Kind of statement",
    "speaker": "Who says it",
    "ordered": "Order of options",
    "difficulty": "Difficulty",
    "design": "Design",
    "since_then": "What happened since",
    "state": "State",
}
LETTERS = "ABCDEFGHIJ"

_ALL_KINDS: dict[str, Words] = {name: words for group in KINDS.values() for name, words in group.items()}
_ACTIONS = {
    "create": "wrote it",
    "edit": "edited it",
    "restore": "brought back an earlier version",
    "rescore": "corrected the key",
    "settle": "settled a report",
    "conflict": "decided on a rebuild’s changes",
}
_MARKS = {
    "rescored": "answers re-scored",
    "full": "full marks for everybody",
    "left": "old answers left as they were",
}


def kind(model: str) -> str:
    """What kind of question a model makes."""
    return "Written by hand" if model == "teacher" else words_for(_ALL_KINDS, model).name


def reason(name: str) -> str:
    """Why an option is wrong, in a word."""
    return words_for(REASONS, name).name if name and name != "key" else ""


def reported(name: str) -> str:
    """What a report says."""
    return REPORTED.get(name, name.replace("_", " ").capitalize())


def actor(name: str) -> str:
    """Who did it."""
    return "The rebuild" if name == COMMAND_LINE else name or "Somebody"


def happened(entry: Entry) -> str:
    """What an entry of the log tells, after the name of who did it."""
    details = entry.details
    if entry.action == "state":
        return f"moved it from {_state(details.get('from'))} to {_state(details.get('to'))}"
    told = _ACTIONS.get(entry.action, entry.action.replace("-", " ").replace("_", " "))
    if entry.action == "rescore":
        changed = details.get("responses_changed", 0)
        told += f": {_MARKS.get(str(details.get('marks')), '')}, {counted(changed, 'answer')} of "
        told += f"{details.get('responses', 0)} changed"
    if entry.action in {"edit", "restore"} and details.get("fields"):
        told += f": {', '.join(FIELDS.get(name, name).lower() for name in details['fields'])}"
    if "version" in details and entry.action != "rescore":
        told += f" (version {details['version']})"
    return told


def why(entry: Entry) -> str:
    """The reason that somebody gave."""
    return str(entry.details.get("why") or entry.details.get("note") or "")


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _state(name: object) -> str:
    return STATES.get(str(name), str(name)).lower()
