"""Is every item sound, and are its wrong options worth refuting? Lint, waivers, distractors and reading level."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from question_bank.bank_rules.report import Bank, Measure, bounded
from question_bank.items import KEY, REASONS
from question_bank.lint.reading import plain
from question_bank.sourced import sourced_share
from question_bank.text import reading_grade
from question_bank.waivers import unwaived

MOST_WAIVED = 0.05
LEAST_SOURCED = 0.85
HIGHEST_GRADE = 9.0  # the median


def measure_lint(bank: Bank) -> Iterator[Measure]:
    """G4: no error, no warning without a waiver, few with one, and never two of them on one item."""
    errors = [
        f"{uid} {finding.rule}"
        for uid, found in bank.findings.items()
        for finding in found
        if finding.severity == "E"
    ]
    yield Measure("errors", f"{len(errors)} errors", ", ".join(errors) or None)
    unexplained = [
        f"{uid} {finding.rule}"
        for uid, found in bank.findings.items()
        for finding in unwaived(uid, found, bank.waivers)
    ]
    yield Measure("warnings", f"{len(unexplained)} warnings without a waiver", ", ".join(unexplained) or None)
    counts = {uid: sum(finding.severity == "W" for finding in found) for uid, found in bank.findings.items()}
    warned = [uid for uid, count in counts.items() if count]
    yield bounded("waived", "of the items carry a warning", bank.share(warned), high=MOST_WAIVED)
    twice = [uid for uid, count in counts.items() if count > 1]
    yield Measure("twice", f"{len(twice)} items carry two warnings", ", ".join(twice) or None)


def measure_distractors(bank: Bank) -> Iterator[Measure]:
    """G7: every wrong option has its kind of reason, and 85 % come from the sources or from a named misreading."""
    wrong = [option for item in bank.items for option in item.distractors]
    untyped = [option.text for option in wrong if option.reason not in REASONS or option.reason == KEY]
    yield Measure("reasons", f"{len(untyped)} distractors without a reason", "; ".join(untyped) or None)
    share = sourced_share(bank.items)
    told = "of the distractors come from the sources or from a named misreading"
    yield bounded("sources", told, share, low=LEAST_SOURCED)
    silent = [
        item.uid for item in bank.items if sum(one.reason == "not_stated" for one in item.distractors) > 1
    ]
    told = f"{len(silent)} items with more than one option that is only not stated"
    yield Measure("not stated", told, ", ".join(silent) or None)


def measure_reading(bank: Bank) -> Iterator[Measure]:
    """G17: in the median, stems and explanations read at grade 9 or below, names and frames left out."""
    for name in ("stem", "explanation"):
        grades = [reading_grade(plain(getattr(item, name), bank.context)) for item in bank.items] or [0.0]
        middle = median(grades)
        high = f"above {HIGHEST_GRADE:.0f}" if middle > HIGHEST_GRADE else None
        yield Measure(f"{name}s", f"median reading grade {middle:.1f}, at most {max(grades):.1f}", high)
