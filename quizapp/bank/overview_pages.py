"""What the teachers' first page shows: what waits for somebody, then how the bank stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from quizapp.bank import labels
from quizapp.bank.filters import list_address
from quizapp.moments import Moment
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
            title="Overview",
            room="/admin/",
            groups=tuple(_groups(overview)),
            states=tuple(STATES.values()),
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


# For each group: one of it, why somebody should look, and the filter of the list that holds it.
_GROUPS: dict[str, tuple[str, str, dict[str, str]]] = {
    "reports": (
        "open report",
        "Students say that something is wrong with these questions.",
        {"reported": "1"},
    ),
    "conflicts": (
        "conflict with a rebuild",
        "You and the generator changed the same words. Choose which ones stay.",
        {"conflicting": "1"},
    ),
    "suspended": (
        "suspended question",
        "What they stand on has changed, so students are not asked until somebody has looked.",
        {"suspended": "1"},
    ),
    "in-review": ("question in review", "They wait for a teacher’s approval.", {"state": "in_review"}),
    "drafts": ("draft", "They are not finished, or nobody has sent them to review.", {"state": "draft"}),
}


def _group(name: str, group: Group) -> GroupView:
    noun, means, args = _GROUPS[name]
    if group.total != 1:
        noun = {
            "conflict with a rebuild": "conflicts with a rebuild",
            "question in review": "questions in review",
        }.get(noun, f"{noun}s")
    return GroupView(
        id=name,
        title=f"{group.total:,} {noun}",
        means=means,
        href=list_address(args, "unchanged"),
        link="See it in the list" if group.total == 1 else f"See all {group.total:,} in the list",
        waiting=tuple(_waiting(name, one) for one in group.oldest),
    )


def _waiting(name: str, one: Waiting) -> WaitingView:
    about = _about(name, one.about)
    return WaitingView(f"/admin/questions/{one.uid}", one.stem, about, Moment.of(one.since))


def _about(name: str, about: str) -> str:
    """What is to be done, or what a learner reported, in plain words."""
    if name == "conflicts":
        return f"{labels.counted(int(about), 'field')} to decide"
    if name != "reports":
        return about
    reason, _, text = about.partition(": ")
    told = REASONS.get(reason, reason)
    return f"{told}: {text}" if text else told


def _topics(topics: Sequence[TopicStates]) -> tuple[TopicLine, ...]:
    every = {state: sum(topic.states.get(state, 0) for topic in topics) for state in STATES}
    lines = [_line(topic.title, {"topic": topic.id}, topic.states) for topic in topics]
    return (*lines, _line("All topics", {}, every))


def _line(title: str, args: dict[str, str], states: dict[str, int]) -> TopicLine:
    cells = []
    for state, label in STATES.items():
        number = states.get(state, 0)
        href = list_address({**args, "state": state}) if number else None
        cells.append(StateCell(number, href, f"{number:,} {label.lower()}: {title}"))
    return TopicLine(title, list_address(args), tuple(cells))


def _rebuild(rebuild: Rebuild) -> RebuildView:
    names = ("added", "changed", "unchanged", "retired", "kept")
    told = ", ".join(f"{rebuild.counts[name]:,} {name}" for name in names if name in rebuild.counts)
    return RebuildView(Moment.of(rebuild.at), rebuild.build, told)


def _coverage(document: CoveredDocument) -> CoverageView:
    reached = sum(passage.questions > 0 for passage in document.passages)
    facts = [fact for passage in document.passages for fact in passage.facts]
    missing = sum(fact.is_uncovered for fact in facts)
    return CoverageView(
        name=document.name,
        href=url_for("oversight.show_source", document=document.id),
        told=f"questions stand on {reached} of {labels.counted(len(document.passages), 'paragraph')}.",
        uncovered=f"{labels.counted(missing, 'fact')} {'has' if missing == 1 else 'have'} no question yet."
        if missing
        else "Every fact that is good for a question has one.",
    )
