"""The words of the list: what its filters, states and orders are called."""

from __future__ import annotations

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from question_bank.lint import RULES
from quizapp.languages import say
from quizapp.marking import mark
from quizapp.words import KINDS, LEVELS, Words, words_for

ALL_KINDS: dict[str, Words] = {name: words for group in KINDS.values() for name, words in group.items()}
ORDERS = {
    "changed": mark("Changed last"),
    "unchanged": mark("Changed longest ago"),
    "topic": mark("Topic"),
    "uid": mark("Name (uid)"),
    "hardest": mark("Hardest by design"),
    "easiest": mark("Easiest by design"),
    "answered": mark("Answered most often"),
    "unanswered": mark("Answered least often"),
    "wrong": mark("Smallest share right"),
    "right": mark("Largest share right"),
}
FLAGS = {
    "reported": mark("Reported"),
    "suspended": mark("Suspended"),
    "unsourced": mark("Without a source"),
    "conflicting": mark("In conflict with a rebuild"),
}
# What can be done with many questions at once.
CHANGES = {
    "in_review": mark("Send to review"),
    "approved": mark("Approve"),
    "retired": mark("Retire"),
    "draft": mark("Back to draft"),
}
# How many questions a rebuild changed, and how.
REBUILT = {
    "added": mark("%(number)s added"),
    "changed": mark("%(number)s changed"),
    "unchanged": mark("%(number)s unchanged"),
    "retired": mark("%(number)s retired"),
    "kept": mark("%(number)s kept"),
}
UNDO = "undo"  # what puts back what such a change did
_RULE_TITLES = {rule.id: rule.title for rule in RULES}


def kind(model: str) -> str:
    """What kind of question a model makes."""
    return str(_(words_for(ALL_KINDS, model).name))


def level(bloom: str) -> str:
    """What a question asks of the mind."""
    return str(_(words_for(LEVELS, bloom).name))


def rule(name: str) -> str:
    """A rule of the linter with its number."""
    return f"{name} · {say(_RULE_TITLES[name])}" if name in _RULE_TITLES else name


def questions(number: int) -> str:
    """So many questions."""
    return str(ngettext("%(number)s question", "%(number)s questions", number, number=format_decimal(number)))


def reports(number: int) -> str:
    """So many reports that nobody has settled."""
    told = format_decimal(number)
    return str(ngettext("%(number)s open report", "%(number)s open reports", number, number=told))


def findings(number: int) -> str:
    """So many remarks of the linter."""
    return str(ngettext("%(number)s finding", "%(number)s findings", number, number=format_decimal(number)))


def done(what: str, number: int) -> str:
    """What a change of so many did."""
    n, told = number, format_decimal(number)
    sentences: dict[str, str] = {
        "in_review": ngettext(
            "%(number)s question sent to review.", "%(number)s questions sent to review.", n, number=told
        ),
        "approved": ngettext(
            "%(number)s question approved.", "%(number)s questions approved.", n, number=told
        ),
        "retired": ngettext("%(number)s question retired.", "%(number)s questions retired.", n, number=told),
        "draft": ngettext(
            "%(number)s question put back to draft.",
            "%(number)s questions put back to draft.",
            n,
            number=told,
        ),
        UNDO: ngettext("%(number)s question put back.", "%(number)s questions put back.", n, number=told),
    }
    return sentences[what]


def refused(number: int) -> str:
    """How many questions a change did not reach."""
    return str(
        ngettext(
            "%(number)s question stayed as it was:",
            "%(number)s questions stayed as they were:",
            number,
            number=format_decimal(number),
        )
    )
