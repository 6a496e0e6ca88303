"""What the page of a learner's progress shows."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from quizapp.asking.again import Again, again
from quizapp.learning.levels import Level
from quizapp.progress.charts import Figure, RowChart, draw_rows
from quizapp.progress.days import DaysView
from quizapp.progress.facts import LEVELS, FactView
from quizapp.progress.sureness import SurenessView
from quizapp.services.progress import Fact, Outlook, Progress, TopicProgress


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the table: how many facts are at each level, secure ones first."""

    title: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level in the legend of the chart."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """The facts of a topic that were answered."""

    title: str
    count: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class LearnedView:
    """What has been learned so far."""

    secure: str
    levels: tuple[LevelName, ...]
    chart: RowChart
    topics: tuple[TopicRow, ...]
    due: RowChart
    days: DaysView
    strongest: tuple[FactView, ...]
    weakest: tuple[FactView, ...]
    sureness: SurenessView | None
    lists: tuple[TopicFacts, ...]

    @classmethod
    def of(cls, found: Progress) -> LearnedView:
        """The view of a learner's progress."""
        return cls(
            secure=_secure(found),
            levels=tuple(LevelName(level.value, _(name)) for level, name in LEVELS.items()),
            chart=_levels_chart(found),
            topics=tuple(_topic_row(topic) for topic in found.topics),
            due=_due_chart(found.outlook),
            days=DaysView.of(found.days),
            strongest=tuple(map(FactView.of, found.strongest)),
            weakest=tuple(map(FactView.of, found.weakest)),
            sureness=SurenessView.of(found.certainty) if found.certainty else None,
            lists=tuple(_list(topic.title, topic.facts) for topic in found.topics if topic.facts),
        )


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """The page; before the first answer there is nothing to show."""

    title: str
    asks_certainty: bool
    again: tuple[Again, ...]
    learned: LearnedView | None

    @classmethod
    def of(cls, found: Progress | None, *, asks_certainty: bool) -> ProgressPage:
        """The page; ``asks_certainty`` where the next quiz is to ask how sure the answers are."""
        return cls(
            title=_("Your progress"),
            asks_certainty=asks_certainty,
            again=again(found.due, found.mistakes) if found else (),
            learned=LearnedView.of(found) if found else None,
        )


def _secure(found: Progress) -> str:
    counts = [topic.counts[Level.SECURE] for topic in found.topics]
    facts = sum(sum(topic.counts.values()) for topic in found.topics)
    return str(
        ngettext(
            "%(secure)s of %(num)s fact is secure.",
            "%(secure)s of %(num)s facts are secure.",
            facts,
            secure=format_decimal(sum(counts)),
        )
    )


def _levels_chart(found: Progress) -> RowChart:
    """One bar a topic, all of the same length: what counts is how much of each topic is learned."""
    figures = []
    for topic in found.topics:
        facts = sum(topic.counts.values())
        figures.append(
            Figure(
                name=topic.title,
                told=_("%(secure)s of %(total)s secure", secure=topic.counts[Level.SECURE], total=facts),
                parts=tuple((level.value, topic.counts[level] / (facts or 1)) for level in LEVELS),
            )
        )
    return draw_rows("levels-chart", _("Facts by topic"), figures, lang="en")


def _topic_row(topic: TopicProgress) -> TopicRow:
    return TopicRow(topic.title, tuple(format_decimal(topic.counts[level]) for level in LEVELS))


def _due_chart(outlook: Outlook) -> RowChart:
    counts = (
        (_("Today"), outlook.today),
        (_("Tomorrow"), outlook.tomorrow),
        (_("In 2 to 7 days"), outlook.week),
        (_("Later"), outlook.later),
    )
    most = max(count for _name, count in counts) or 1
    figures = [
        Figure(name=name, told=format_decimal(count), parts=(("due", count / most),))
        for name, count in counts
    ]
    return draw_rows("due-chart", _("Facts by the day they are due"), figures)


def _list(title: str, facts: tuple[Fact, ...]) -> TopicFacts:
    return TopicFacts(
        title=title,
        count=ngettext("%(num)s fact", "%(num)s facts", len(facts)),
        facts=tuple(map(FactView.of, facts)),
    )
