"""The parts of a question's page: options, findings, reports, versions and what happened."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from quizapp.asking.proof import Proof, ProofLink
from quizapp.languages import say
from quizapp.moments import Moment
from quizapp.question import words
from quizapp.retelling import retell_finding, retell_note
from quizapp.services.findings import Finding
from quizapp.services.history import Version
from quizapp.services.log import COMMAND_LINE
from quizapp.services.log_list import Entry
from quizapp.services.reports import Report
from quizapp.services.shown import Feedback
from quizapp.services.versions import Content


@dataclass(frozen=True, slots=True)
class OptionPart:
    """An option with everything about it."""

    letter: str
    text: str
    is_key: bool
    rationale: str
    reason: str
    proofs: tuple[ProofLink, ...]

    @classmethod
    def all_of(cls, content: Content, feedback: Feedback, proof: Proof) -> tuple[OptionPart, ...]:
        """The options in authored order."""
        pairs = zip(words.LETTERS, content.options, feedback.options, strict=False)
        return tuple(
            cls(
                letter,
                option.text,
                option.correct,
                option.rationale,
                words.reason(option.reason),
                proof.links(judged.evidence),
            )
            for letter, option, judged in pairs
        )


@dataclass(frozen=True, slots=True)
class FindingPart:
    """What a rule found, with the rule's reason."""

    label: str
    is_flaw: bool
    where: str
    message: str
    title: str
    reason: str
    source: str

    @classmethod
    def of(cls, finding: Finding) -> FindingPart:
        """A finding as teachers read it."""
        is_flaw = finding.severity == "E"
        return cls(
            label=_("Flaw") if is_flaw else _("Look at this"),
            is_flaw=is_flaw,
            where=say(finding.where),
            message=retell_finding(finding.message),
            title=f"{finding.rule} · {say(finding.title)}",
            reason=say(finding.reason),
            source=say(finding.source),
        )


@dataclass(frozen=True, slots=True)
class ReportPart:
    """What a learner reported."""

    id: int
    reason: str
    text: str
    version: int
    made_at: Moment
    is_open: bool
    settled: str

    @classmethod
    def of(cls, report: Report) -> ReportPart:
        """A report as teachers read it."""
        settled = ""
        if report.settled_at is not None:
            day = Moment.of(report.settled_at).told
            settled = _("Settled by %(who)s on %(day)s", who=report.settled_by, day=day)
        return cls(
            id=report.id,
            reason=words.reported(report.reason),
            text=report.text,
            version=report.version,
            made_at=Moment.of(report.made_at),
            is_open=report.is_open,
            settled=settled,
        )


@dataclass(frozen=True, slots=True)
class VersionPart:
    """A line of the list of versions."""

    number: int
    by: str
    at: Moment
    note: str
    is_current: bool
    is_corrected: bool
    starts_series: bool
    compare_href: str | None

    @classmethod
    def all_of(cls, uid: str, versions: tuple[Version, ...]) -> tuple[VersionPart, ...]:
        """The versions, newest first; each leads to what came with it."""
        return tuple(
            cls(
                number=version.number,
                by=words.actor(version.made_by),
                at=Moment.of(version.made_at),
                note=retell_note(version.note),
                is_current=version is versions[0],
                is_corrected=version.is_corrected,
                starts_series=version.number == version.series > 1,
                compare_href=url_for("question.compare", uid=uid, old=version.number - 1, new=version.number)
                if version.number > 1
                else None,
            )
            for version in versions
        )


@dataclass(frozen=True, slots=True)
class EntryPart:
    """Something that happened to the question."""

    at: Moment
    by: str
    is_person: bool
    what: str
    why: str

    @classmethod
    def of(cls, entry: Entry) -> EntryPart:
        """An entry of the log."""
        return cls(
            at=Moment.of(entry.at),
            by=words.actor(entry.actor),
            is_person=entry.actor not in {COMMAND_LINE, ""},
            what=words.happened(entry),
            why=retell_note(words.why(entry)),
        )
