"""What the teachers' first page shows: what waits for somebody, then how the bank stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from quizapp.bank import labels
from quizapp.bank.filters import list_address
from quizapp.marking import mark
from quizapp.moments import Moment
from quizapp.retelling import retell_suspension
from quizapp.services.coverage import CoveredDocument
from quizapp.services.overview import Group, Overview, Rebuild, TopicStates, Waiting
from quizapp.services.reports import REASONS
from quizapp.words import STATES


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A question that waits."""

    href: str
    stem: str
    about: str
    since: Moment


@dataclass(frozen=True, slots=True)
class GroupView:
    """Questions that wait for the same."""

    id: str
    title: str
    means: str
    href: str
    link: str
    waiting: tuple[WaitingView, ...]


@dataclass(frozen=True, slots=True)
class StateCell:
    """How many questions, and where they are listed."""

    number: int
    href: str | None
    label: str


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A line of the table: a topic, or all of them."""

    title: str
    href: str
    cells: tuple[StateCell, ...]
    is_english: bool


@dataclass(frozen=True, slots=True)
class RebuildView:
    """The last rebuild in words."""

    at: Moment
    build: str
    told: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How much of a document the questions reach."""

    name: str
    href: str
    told: str
    uncovered: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The teachers' first page."""

    title: str
    room: str
    groups: tuple[GroupView, ...]
    states: tuple[str, ...]
    topics: tuple[TopicLine, ...]
    rebuild: RebuildView | None
    documents: tuple[CoverageView, ...]

    @classmethod
    def of(cls, overview: Overview, documents: Sequence[CoveredDocument]) -> OverviewPage:
        """The page."""
        return cls(
            title=_("Overview"),
            room="/admin/",
            groups=tuple(_groups(overview)),
            states=tuple(_(told) for told in STATES.values()),
            topics=_topics(overview.topics),
            rebuild=_rebuild(overview.rebuild) if overview.rebuild else None,
            documents=tuple(map(_coverage, documents)),
        )


def _groups(overview: Overview) -> list[GroupView]:
    """Those that hold something, in the order in which they matter."""
    return [
        _group(name, group)
        for name, group in (
            ("reports", overview.reports),
            ("conflicts", overview.conflicts),
            ("suspended", overview.suspended),
            ("in-review", overview.in_review),
            ("drafts", overview.drafts),
        )
        if group.total
    ]


# For each group: why somebody should look, and the filter of the list that holds it.
_GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "reports": (mark("Students say that something is wrong with these questions."), {"reported": "1"}),
    "conflicts": (
        mark("You and the generator changed the same words. Choose which ones stay."),
        {"conflicting": "1"},
    ),
    "suspended": (
        mark("What they stand on has changed, so students are not asked until somebody has looked."),
        {"suspended": "1"},
    ),
    "in-review": (mark("They wait for a teacher’s approval."), {"state": "in_review"}),
    "drafts": (mark("They are not finished, or nobody has sent them to review."), {"state": "draft"}),
}


def _title(name: str, n: int) -> str:
    """How many questions wait for the same."""
    told = format_decimal(n)
    titles: dict[str, str] = {
        "reports": ngettext("%(number)s open report", "%(number)s open reports", n, number=told),
        "conflicts": ngettext(
            "%(number)s conflict with a rebuild", "%(number)s conflicts with a rebuild", n, number=told
        ),
        "suspended": ngettext(
            "%(number)s suspended question", "%(number)s suspended questions", n, number=told
        ),
        "in-review": ngettext(
            "%(number)s question in review", "%(number)s questions in review", n, number=told
        ),
        "drafts": ngettext("%(number)s draft", "%(number)s drafts", n, number=told),
    }
    return titles[name]


def _group(name: str, group: Group) -> GroupView:
    means, args = _GROUPS[name]
    return GroupView(
        id=name,
        title=_title(name, group.total),
        means=_(means),
        href=list_address(args, "unchanged"),
        link=ngettext(
            "See it in the list",
            "See all %(number)s in the list",
            group.total,
            number=format_decimal(group.total),
        ),
        waiting=tuple(_waiting(name, one) for one in group.oldest),
    )


def _waiting(name: str, one: Waiting) -> WaitingView:
    about = _about(name, one.about)
    return WaitingView(f"/admin/questions/{one.uid}", one.stem, about, Moment.of(one.since))


def _about(name: str, about: str) -> str:
    """What is to be done, or what a learner reported, in plain words."""
    if name == "conflicts":
        return str(
            ngettext("%(number)s field to decide", "%(number)s fields to decide", int(about), number=about)
        )
    if name != "reports":
        return retell_suspension(about)
    reason, text = about.split(": ", 1)
    told = _(REASONS[reason]) if reason in REASONS else reason
    return _("%(reason)s: %(text)s", reason=told, text=text) if text else told


def _topics(topics: Sequence[TopicStates]) -> tuple[TopicLine, ...]:
    every = {state: sum(topic.states.get(state, 0) for topic in topics) for state in STATES}
    lines = [_line(topic.title, {"topic": topic.id}, topic.states, is_english=True) for topic in topics]
    return (*lines, _line(_("All topics"), {}, every))


def _line(title: str, args: dict[str, str], states: dict[str, int], *, is_english: bool = False) -> TopicLine:
    cells = []
    for state, label in STATES.items():
        number = states.get(state, 0)
        href = list_address({**args, "state": state}) if number else None
        told = _(
            "%(number)s %(state)s: %(topic)s",
            number=format_decimal(number),
            state=_(label).lower(),
            topic=title,
        )
        cells.append(StateCell(number, href, told))
    return TopicLine(title, list_address(args), tuple(cells), is_english)


def _rebuild(rebuild: Rebuild) -> RebuildView:
    told = ", ".join(
        _(words, number=format_decimal(rebuild.counts[name]))
        for name, words in labels.REBUILT.items()
        if name in rebuild.counts
    )
    return RebuildView(Moment.of(rebuild.at), rebuild.build, told)


def _coverage(document: CoveredDocument) -> CoverageView:
    reached = sum(passage.questions > 0 for passage in document.passages)
    facts = [fact for passage in document.passages for fact in passage.facts]
    missing = sum(fact.is_uncovered for fact in facts)
    return CoverageView(
        name=document.name,
        href=url_for("oversight.show_source", document=document.id),
        told=ngettext(
            "questions stand on %(reached)s of %(number)s paragraph.",
            "questions stand on %(reached)s of %(number)s paragraphs.",
            len(document.passages),
            reached=reached,
            number=len(document.passages),
        ),
        uncovered=ngettext(
            "%(number)s fact has no question yet.",
            "%(number)s facts have no question yet.",
            missing,
            number=format_decimal(missing),
        )
        if missing
        else _("Every fact that is good for a question has one."),
    )
