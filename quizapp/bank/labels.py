"""The words of the list: what its filters, states and orders are called."""

from __future__ import annotations

from question_bank.lint import RULES
from quizapp.words import KINDS, LEVELS, Words, words_for

ALL_KINDS: dict[str, Words] = {name: words for group in KINDS.values() for name, words in group.items()}
ORDERS = {
    "changed": "Changed last",
    "unchanged": "Changed longest ago",
    "topic": "Topic",
    "uid": "Name (uid)",
    "hardest": "Hardest by design",
    "easiest": "Easiest by design",
    "answered": "Answered most often",
    "unanswered": "Answered least often",
    "wrong": "Smallest share right",
    "right": "Largest share right",
}
FLAGS = {
    "reported": "Reported",
    "suspended": "Suspended",
    "unsourced": "Without a source",
    "conflicting": "In conflict with a rebuild",
}
# What can be done with many questions at once, and what is said when it is done.
CHANGES = {
    "in_review": ("Send to review", "sent to review"),
    "approved": ("Approve", "approved"),
    "retired": ("Retire", "retired"),
    "draft": ("Back to draft", "put back to draft"),
}
_RULE_TITLES = {rule.id: rule.title for rule in RULES}


def kind(model: str) -> str:
    """What kind of question a model makes."""
    return words_for(ALL_KINDS, model).name


def level(bloom: str) -> str:
    """What a question asks of the mind."""
    return words_for(LEVELS, bloom).name


def rule(name: str) -> str:
    """A rule of the linter with its number."""
    return f"{name} · {_RULE_TITLES[name]}" if name in _RULE_TITLES else name


def counted(number: int, noun: str, *, is_longer: bool = False) -> str:
    """A number with its noun."""
    return f"{'more than ' if is_longer else ''}{number:,} {noun}{'' if number == 1 else 's'}"
