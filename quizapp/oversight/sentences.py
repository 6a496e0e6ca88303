"""Entries of the log as sentences: who did what to what. An action without a sentence of its own speaks for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from quizapp.marking import mark
from quizapp.oversight.names import name_of
from quizapp.retelling import retell_note
from quizapp.services.log_list import Entry

Details = Mapping[str, Any]
Told = tuple[str, dict[str, str]]  # a sentence, and what stands in it beside who and what

_WHAT = "%(what)s"

# By the state that was asked for: of one question, of one among many, and of many, some of which stayed.
_ONE = {
    "draft": mark("%(who)s put back to draft %(what)s"),
    "in_review": mark("%(who)s sent to review %(what)s"),
    "approved": mark("%(who)s approved %(what)s"),
    "retired": mark("%(who)s retired %(what)s"),
}
_ONE_OF_MANY = {
    "draft": mark("%(who)s put back to draft (one of many) %(what)s"),
    "in_review": mark("%(who)s sent to review (one of many) %(what)s"),
    "approved": mark("%(who)s approved (one of many) %(what)s"),
    "retired": mark("%(who)s retired (one of many) %(what)s"),
}
_MANY = {
    "draft": mark("%(who)s put back to draft: %(questions)s"),
    "in_review": mark("%(who)s sent to review: %(questions)s"),
    "approved": mark("%(who)s approved: %(questions)s"),
    "retired": mark("%(who)s retired: %(questions)s"),
}
_MANY_BUT_SOME = {
    "draft": mark("%(who)s put back to draft: %(questions)s, %(refused)s left as they were"),
    "in_review": mark("%(who)s sent to review: %(questions)s, %(refused)s left as they were"),
    "approved": mark("%(who)s approved: %(questions)s, %(refused)s left as they were"),
    "retired": mark("%(who)s retired: %(questions)s, %(refused)s left as they were"),
}
_WROTE = {
    "draft": mark("%(who)s wrote, as draft, %(what)s"),
    "in_review": mark("%(who)s wrote, as in review, %(what)s"),
    "approved": mark("%(who)s wrote, as approved, %(what)s"),
}
_MARKS = {
    "rescored": mark("%(who)s corrected the key; %(answers)s re-scored: %(what)s"),
    "full": mark("%(who)s corrected the key; %(answers)s given full marks: %(what)s"),
    "left": mark("%(who)s corrected the key; %(answers)s left as they were: %(what)s"),
}
_COUNTS = {
    "added": mark("%(number)s added"),
    "changed": mark("%(number)s changed"),
    "unchanged": mark("%(number)s unchanged"),
    "retired": mark("%(number)s retired"),
    "kept": mark("%(number)s kept"),
}


def sentence(entry: Entry, who: Markup, what: Markup) -> Markup:
    """What happened, with ``who`` did it and ``what`` it was done to as the page shows them."""
    told = _SENTENCES.get(entry.action) or (mark("%(who)s: %(action)s"), {"action": name_of(entry.action)})
    text, values = told(entry.details) if callable(told) else told
    whole = escape(_(text)) % {**values, "who": who, "what": what}
    is_told = _WHAT in text or not what or entry.subject == entry.actor
    return whole if is_told else Markup("{} {}").format(whole, what)


def why(entry: Entry) -> str:
    """The reason that somebody gave."""
    return retell_note(str(entry.details.get("why") or entry.details.get("note") or ""))


def _questions(number: int) -> str:
    return str(ngettext("%(num)s question", "%(num)s questions", number))


def _rebuild(details: Details) -> Told:
    counts = [_(told, number=details[name]) for name, told in _COUNTS.items() if name in details]
    if not counts:
        return mark("%(who)s rebuilt the bank"), {}
    return mark("%(who)s rebuilt the bank: %(counts)s"), {"counts": ", ".join(counts)}


def _state(details: Details) -> Told:
    is_one_of_many = "bulk" in details or "undo" in details
    return (_ONE_OF_MANY if is_one_of_many else _ONE)[details["to"]], {}


def _bulk(details: Details) -> Told:
    values = {"questions": _questions(details["changed"]), "refused": details.get("refused", 0)}
    return (_MANY_BUT_SOME if values["refused"] else _MANY)[details["to"]], values


def _undo(details: Details) -> Told:
    changed, refused = _questions(details["changed"]), details.get("refused", 0)
    values = {"entry": details["undone"], "questions": changed, "refused": refused}
    if refused:
        return mark("%(who)s took back entry %(entry)s: %(questions)s, %(refused)s left as they were"), values
    return mark("%(who)s took back entry %(entry)s: %(questions)s"), values


def _edit(details: Details) -> Told:
    fields = ", ".join(_(str(name).replace("_", " ")) for name in details.get("fields", ()))
    if not fields:
        return mark("%(who)s edited %(what)s"), {}
    return mark("%(who)s edited the %(fields)s of %(what)s"), {"fields": fields}


def _create(details: Details) -> Told:
    return _WROTE.get(str(details.get("state")), mark("%(who)s wrote %(what)s")), {}


def _rescore(details: Details) -> Told:
    answers = ngettext("%(num)s answer", "%(num)s answers", details.get("responses", 0))
    settled = mark("%(who)s corrected the key; %(answers)s settled: %(what)s")
    return _MARKS.get(str(details.get("marks")), settled), {"answers": answers}


def _import(details: Details) -> Told:
    new = ngettext("%(num)s new question", "%(num)s new questions", details.get("new", 0))
    values = {"new": new, "changed": details.get("changed", 0), "there": details.get("there", 0)}
    return mark("%(who)s imported %(new)s, %(changed)s changed, %(there)s there already"), values


def _export(details: Details) -> Told:
    number = details.get("questions", details.get("count"))
    if number is None:
        return mark("%(who)s exported questions"), {}
    return mark("%(who)s exported %(questions)s"), {"questions": _questions(number)}


def _purge(details: Details) -> Told:
    learners = ngettext("%(num)s learner", "%(num)s learners", details.get("learners", 0))
    return mark("%(who)s removed what was kept long enough; of %(learners)s nothing is left"), {
        "learners": learners
    }


def _plain(text: str) -> Told:
    return text, {}


_SENTENCES: dict[str, Told | Callable[[Details], Told]] = {
    "seed-questions": _rebuild,
    "state": _state,
    "bulk": _bulk,
    "undo": _undo,
    "edit": _edit,
    "create": _create,
    "restore": _plain(mark("%(who)s restored an earlier version of %(what)s")),
    "rescore": _rescore,
    "settle": _plain(mark("%(who)s settled a report on %(what)s")),
    "conflict": _plain(mark("%(who)s decided between a rebuild and an edit of %(what)s")),
    "import": _import,
    "export": _export,
    "purge": _purge,
    "sign-in": _plain(mark("%(who)s signed in")),
    "sign-in failed": _plain(mark("%(who)s could not sign in")),
    "sign-out": _plain(mark("%(who)s signed out")),
    "sign-out everywhere": _plain(mark("%(who)s signed out everywhere")),
    "password": _plain(mark("%(who)s set the password of %(what)s")),
    "account": _plain(mark("%(who)s made the account of %(what)s")),
    "invite": _plain(mark("%(who)s invited %(what)s")),
    "invitation withdrawn": _plain(mark("%(who)s withdrew the invitation of %(what)s")),
    "password link": _plain(mark("%(who)s made a link for a new password of %(what)s")),
    "role": _plain(mark("%(who)s changed the role of %(what)s")),
    "activate": _plain(mark("%(who)s let in again %(what)s")),
    "deactivate": _plain(mark("%(who)s shut out %(what)s")),
    "second step on": _plain(mark("%(who)s switched the second step on for %(what)s")),
    "second step off": _plain(mark("%(who)s switched the second step off for %(what)s")),
    "recovery codes": _plain(mark("%(who)s made new recovery codes for %(what)s")),
}
