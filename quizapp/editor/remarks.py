"""Remarks: what the checks say of a draft, each beside the field that it concerns. None of them keeps from saving."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from question_bank.fact_base import FactBase
from quizapp.languages import say
from quizapp.marking import mark
from quizapp.retelling import retell_finding
from quizapp.services.also_true import AlsoTrue, find_also_true
from quizapp.services.drafting import Draft
from quizapp.services.findings import Finding, check_content
from quizapp.services.near_duplicates import Similar
from quizapp.services.versions import Content

_NUMBERED = re.compile(r"(option|rationale) (\d+)")
_COMPARES = frozenset({"options", "ordered"})  # what can only be said once all options are there
_OWN_FIELDS = frozenset({"stem", "explanation", "options", "evidence"})

_QUESTIONS = "/admin/questions"
# By the state of the other question: with the same right answer, and with another.
_NEARLY = {
    "draft": (
        mark("A question that is draft asks nearly this, and has the same right answer:"),
        mark("A question that is draft asks nearly this, but its right answer is “%(key)s”:"),
    ),
    "in_review": (
        mark("A question that is in review asks nearly this, and has the same right answer:"),
        mark("A question that is in review asks nearly this, but its right answer is “%(key)s”:"),
    ),
    "approved": (
        mark("A question that is asked in quizzes asks nearly this, and has the same right answer:"),
        mark("A question that is asked in quizzes asks nearly this, but its right answer is “%(key)s”:"),
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: what it is, why it matters, who says so, and where to read more."""

    message: str
    reason: str = ""
    source: str = ""
    is_flaw: bool = False
    content: str = ""  # what the documents say, in their language
    href: str = ""
    link: str = ""
    links_content: bool = False  # whether the link is a question's own words


Remarks = dict[str, tuple[Remark, ...]]


def remarks_on(
    draft: Draft, content: Content, base: FactBase, similar: Sequence[Similar], uid: str = ""
) -> Remarks:
    """All remarks by the place that shows them: a field's name, ``options`` for all options, ``more`` for the rest.

    While something is still to be written, nothing is said about its being missing.
    """
    found: dict[str, list[Remark]] = {}
    for place, remark in _all(draft, content, base, similar, uid):
        found.setdefault(place, []).append(remark)
    return {place: tuple(remarks) for place, remarks in found.items()}


def question_address(uid: str) -> str:
    """The page of a question, which another family of screens shows."""
    return f"{_QUESTIONS}/{uid}"


def count(remarks: Remarks) -> int:
    """How many there are."""
    return sum(map(len, remarks.values()))


def _all(
    draft: Draft, content: Content, base: FactBase, similar: Sequence[Similar], uid: str
) -> Iterator[tuple[str, Remark]]:
    for other in similar:
        yield "stem", _duplicate(other)
    for also in find_also_true(content, base):
        yield f"options-{draft.written[also.option]}-text", _also_true(also)
    if content.stem and any(option.correct for option in content.options):
        for finding in check_content(content, base, uid=uid):
            place = _place(finding, draft)
            if place and not _is_early(place, finding, draft):
                yield place, _finding(finding)


def _finding(finding: Finding) -> Remark:
    message = retell_finding(finding.message)
    if not finding.place.startswith("option "):
        message = _("%(where)s: %(what)s", where=say(finding.where), what=message)
    title, reason = say(finding.title), say(finding.reason)
    return Remark(message, f"{title}. {reason}".strip(), say(finding.source), is_flaw=finding.severity == "E")


def _duplicate(other: Similar) -> Remark:
    same, different = _NEARLY[other.state]
    told = _(same if other.has_same_answer else different, key=other.key)
    return Remark(told, href=question_address(other.uid), link=other.stem, links_content=True)


def _also_true(also: AlsoTrue) -> Remark:
    fact = also.fact
    if also.is_same_question:
        message = _("This may be a right answer, too. %(place)s states:", place=fact.locator)
    else:
        message = _("This may also be true: it stands in %(place)s.", place=fact.locator)
    return Remark(
        message,
        _(
            "Make sure that it does not answer your question; if it only belongs elsewhere, say so in the reason."
        ),
        is_flaw=also.is_same_question,
        content=fact.statement,
        href=url_for(
            "sources.show_source", document=fact.document, quote=fact.evidence, _anchor=f"p{fact.paragraph}"
        ),
        link=_("See %(place)s", place=fact.locator),
    )


def _place(finding: Finding, draft: Draft) -> str:
    """The field that a finding concerns, by the numbers of the form, which has empty options, too."""
    if match := _NUMBERED.match(finding.place):
        n = int(match[2]) - 1
        part = "text" if match[1] == "option" else "rationale"
        return f"options-{draft.written[n]}-{part}" if n < len(draft.written) else "options"
    if finding.place in _COMPARES:
        return "options"
    return finding.place if finding.place in _OWN_FIELDS else "more"


def _is_early(place: str, finding: Finding, draft: Draft) -> bool:
    """Whether the finding only says that something has not been written yet."""
    if place == "options" and len(draft.written) < len(draft.options):
        return True
    if place == "explanation":
        return not draft.explanation
    if place.endswith("-rationale"):
        return not draft.options[int(place.split("-")[1])].rationale
    if place == "evidence":
        return not draft.quotes
    return finding.message == "shows no evidence" and not draft.quotes
