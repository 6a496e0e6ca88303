"""The parts of a question's page: options, findings, figures, reports, versions and what happened."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from quizapp.asking.proof import Proof, ProofLink
from quizapp.moments import Moment
from quizapp.question import words
from quizapp.services.findings import Finding
from quizapp.services.history import Version
from quizapp.services.log_list import Entry
from quizapp.services.reports import Report
from quizapp.services.shown import Feedback
from quizapp.services.statistics import COUNTS_ONLY, INDICATIVE, Series, Tally
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
            label="Flaw" if is_flaw else "Look at this",
            is_flaw=is_flaw,
            where=finding.where,
            message=finding.message,
            title=f"{finding.rule} · {finding.title}",
            reason=finding.reason,
            source=finding.source,
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """How often one option was chosen."""

    letter: str
    text: str
    is_key: bool
    chosen: str
    share: str


@dataclass(frozen=True, slots=True)
class StatisticsPart:
    """The figures of the current words, each with the number of answers it stands on, and of earlier words in short."""

    lead: str
    first_time: str
    note: str
    choices: tuple[Choice, ...]
    earlier: tuple[str, ...]

    @classmethod
    def of(cls, series: tuple[Series, ...]) -> StatisticsPart:
        """The figures of a question."""
        now = series[0]
        since = f" since version {now.first}" if now.first > 1 else ""
        n = now.everybody.n
        return cls(
            lead=f"Answered {_times(n)}{since}." if n else f"Nobody has answered it yet{since}.",
            first_time=f"Right at first sight: {_told(now.first_time)}" if n else "",
            note=_note(now.everybody),
            choices=tuple(
                Choice(
                    letter,
                    option.text,
                    option.is_key,
                    f"{option.chosen} of {n}",
                    f"{option.chosen / n:.0%}" if n >= COUNTS_ONLY else "",
                )
                for letter, option in zip(words.LETTERS, now.options, strict=False)
            )
            if n
            else (),
            earlier=tuple(
                f"{_versions(one)}: answered {_times(one.everybody.n)}, right at first sight {_told(one.first_time)}"
                for one in series[1:]
                if one.everybody.n
            ),
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
            settled = f"Settled by {report.settled_by} on {Moment.of(report.settled_at).told}"
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
                note=version.note,
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
    what: str
    why: str

    @classmethod
    def of(cls, entry: Entry) -> EntryPart:
        """An entry of the log."""
        return cls(Moment.of(entry.at), words.actor(entry.actor), words.happened(entry), words.why(entry))


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def _versions(series: Series) -> str:
    if series.first == series.last:
        return f"Version {series.first}"
    return f"Versions {series.first} to {series.last}"


def _told(tally: Tally) -> str:
    counts = f"{tally.right} of {tally.n}"
    share = f" ({tally.share:.0%})" if tally.share is not None else ""
    return f"{counts}{share}{', indicative' if tally.weight == 'indicative' else ''}"


def _note(tally: Tally) -> str:
    return {
        "none": "",
        "counts": f"Fewer than {COUNTS_ONLY} answers: counts only, since a percentage would say nothing.",
        "indicative": f"Fewer than {INDICATIVE} answers: the percentages are indicative.",
        "full": "",
    }[tally.weight]
