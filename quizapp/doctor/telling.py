"""How findings are told: to people line by line, to machines as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from quizapp.doctor.findings import Finding

_LEVELS = {"ok": "ok", "warning": "WARNING", "failure": "FAILURE"}


def as_table(findings: Sequence[Finding]) -> str:
    """A line each, and below it what to do; at the end how many there are of each kind."""
    wide = max(len(finding.check) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{_LEVELS[finding.level]:<8} {finding.check:<{wide}}  {finding.found}")
        if finding.remedy:
            lines.append(f"{'':<8} {'':<{wide}}  → {finding.remedy}")
    counts = _counts(findings)
    lines.append("")
    lines.append(", ".join(f"{number} {level}" for level, number in counts.items()))
    return "\n".join(lines)


def as_text(findings: Sequence[Finding]) -> str:
    """The same for machines."""
    told = {**_counts(findings), "findings": [asdict(finding) for finding in findings]}
    return json.dumps(told, indent=2, ensure_ascii=False)


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    found = Counter(finding.level for finding in findings)
    return {level: found[level] for level in ("ok", "warning", "failure")}
