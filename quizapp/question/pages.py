"""The page of one question: what it says, where it stands, and what has become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from quizapp.asking.proof import PassageView, Proof
from quizapp.languages import say
from quizapp.question import words
from quizapp.question.figures import StatisticsPart
from quizapp.question.parts import (
    EntryPart,
    FindingPart,
    OptionPart,
    ReportPart,
    VersionPart,
)
from quizapp.retelling import retell_suspension
from quizapp.services.editing import Question
from quizapp.services.history import Overview, StatedFact
from quizapp.services.shown import Feedback
from quizapp.services.sources import DocumentName
from quizapp.services.states import next_states
from quizapp.words import LEVELS, ORIGINS, STANCES, STATES, words_for

ROOM = "/admin/questions"

Names = Mapping[str, DocumentName]  # of documents, by their ids


@dataclass(frozen=True, slots=True)
class Faults:
    """What was wrong with a form, and what was typed into it."""

    messages: Mapping[str, str] = field(default_factory=dict)
    typed_why: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the buttons and links of the page lead."""

    own: str
    edit: str
    preview: str
    key: str
    conflicts: str
    state: str
    restore: str
    settle: str
    log: str

    @classmethod
    def of(cls, uid: str) -> Addresses:
        """The addresses of a question."""
        return cls(
            own=url_for("question.show", uid=uid),
            edit=f"{ROOM}/{uid}/edit",
            preview=url_for("question.preview", uid=uid),
            key=url_for("question.show_key", uid=uid),
            conflicts=url_for("question.show_conflicts", uid=uid),
            state=url_for("question.change", uid=uid),
            restore=url_for("question.restore", uid=uid),
            settle=url_for("question.settle_report", uid=uid),
            log=f"/admin/log?subject={uid}",
        )


@dataclass(frozen=True, slots=True)
class Particular:
    """Something that describes the question, with its name."""

    name: str
    value: str
    is_english: bool = False


@dataclass(frozen=True, slots=True)
class StatePart:
    """The state, what it means, and where the question may go from there."""

    name: str
    means: str
    moves: tuple[tuple[str, str], ...]  # the state and the words of its button
    obstacles: tuple[str, ...]

    @classmethod
    def of(cls, question: Question, obstacles: tuple[str, ...]) -> StatePart:
        """The state of a question; ``obstacles`` keep it from being approved."""
        return cls(
            name=_(STATES[question.state]),
            means=_(words.MEANS[question.state]),
            moves=tuple((state, _(words.MOVES[state])) for state in next_states(question)),
            obstacles=tuple(map(say, obstacles)),
        )


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Everything about a question."""

    title: str
    room: str
    to: Addresses
    uid: str
    version: int
    stem: str
    topic: str
    state: StatePart
    suspended: str | None
    is_unsourced: bool
    conflicts: str | None
    options: tuple[OptionPart, ...]
    explanation: str
    since_then: str | None
    passages: tuple[PassageView, ...]
    facts: tuple[StatedFact, ...]
    about: tuple[Particular, ...]
    findings: tuple[FindingPart, ...]
    statistics: StatisticsPart
    reports: tuple[ReportPart, ...]
    open_reports: int
    versions: tuple[VersionPart, ...]
    entries: tuple[EntryPart, ...]
    faults: Faults
    done: str | None

    @classmethod
    def of(
        cls,
        seen: Overview,
        feedback: Feedback,
        names: Names,
        *,
        obstacles: tuple[str, ...] = (),
        faults: Faults | None = None,
        done: str | None = None,
    ) -> QuestionPage:
        """The page; ``obstacles`` keep the question from being approved, ``done`` says what was just done."""
        question, content = seen.question, seen.question.content
        proof = Proof(None, None, dict(names))
        return cls(
            title=content.stem or _("Question"),
            room=ROOM,
            to=Addresses.of(question.uid),
            uid=question.uid,
            version=question.number,
            stem=content.stem,
            topic=seen.topic,
            state=StatePart.of(question, obstacles),
            suspended=retell_suspension(question.suspended) if question.suspended else None,
            is_unsourced=content.is_unsourced,
            conflicts=_conflicts(seen.conflicts) if seen.conflicts else None,
            options=OptionPart.all_of(content, feedback, proof),
            explanation=content.explanation,
            since_then=str(content.since_then["text"]) if content.since_then else None,
            passages=proof.passages(feedback.evidence),
            facts=seen.facts,
            about=_about(seen),
            findings=tuple(FindingPart.of(finding) for finding in seen.findings),
            statistics=StatisticsPart.of(seen.series),
            reports=tuple(ReportPart.of(report) for report in seen.reports),
            open_reports=sum(report.is_open for report in seen.reports),
            versions=VersionPart.all_of(question.uid, seen.versions),
            entries=tuple(EntryPart.of(entry) for entry in seen.entries),
            faults=faults or Faults(),
            done=done,
        )


def _conflicts(number: int) -> str:
    """How much waits for a decision."""
    return str(
        ngettext(
            "A teacher and a rebuild have changed the same: %(number)s part of the question waits for a decision.",
            "A teacher and a rebuild have changed the same: %(number)s parts of the question wait for a decision.",
            number,
            number=number,
        )
    )


def _about(seen: Overview) -> tuple[Particular, ...]:
    """What describes the question, each with its name."""
    question, content = seen.question, seen.question.content
    difficulty = format_decimal(round(content.difficulty, 1), "+0.0;-0.0")
    rows = (
        Particular(_("Topic"), seen.topic, is_english=True),
        Particular(_("Origin"), _(ORIGINS[question.origin])),
        Particular(_("Kind of question"), words.kind(content.model)),
        Particular(_("Level"), _(words_for(LEVELS, content.bloom).name)),
        Particular(_("Kind of statement"), _(words_for(STANCES, content.stance).name)),
        Particular(_("Who says it"), content.speaker or "", is_english=True),
        Particular(
            _("Order of options"),
            _("Always as written") if content.ordered else _("Shuffled for each student"),
        ),
        Particular(
            _("Difficulty by design"), _("%(number)s (0 is middling, more is harder)", number=difficulty)
        ),
        Particular(
            _("Version"),
            _("%(number)s, by %(who)s", number=question.number, who=words.actor(question.made_by)),
        ),
        Particular(_("Name (uid)"), question.uid, is_english=True),
    )
    return tuple(row for row in rows if row.value)
