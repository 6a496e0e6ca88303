"""What an explanation says of the wrong option that tempts most: the one rule for all generated items."""

from __future__ import annotations

from collections.abc import Iterable

from question_bank.addressing import addresses, can_be_told
from question_bank.distractors import Candidate


def most_tempting(distractors: Iterable[Candidate]) -> Candidate:
    """The most plausible wrong option; one that the seeds have a lesson on comes first, for somebody judged it so."""
    return max(distractors, key=lambda candidate: (bool(candidate.lesson), candidate.plausibility))


def with_lesson(explanation: str, distractors: Iterable[Candidate], key: str, stem: str) -> str:
    """The explanation with a sentence on the wrong option that tempts most, unless it speaks of that one already."""
    tempting = most_tempting(distractors)
    if tempting.lesson:
        return f"{explanation} {tempting.lesson}"
    if addresses(explanation, tempting.text, key, stem) or not can_be_told(tempting.text, key, stem):
        return explanation
    return f"{explanation} {_from_rationale(tempting)}"


def _from_rationale(tempting: Candidate) -> str:
    """Where nobody has written a lesson: the option, and the first half of why it is wrong."""
    reason = tempting.rationale.partition("; ")[0].removesuffix(".")
    return f"As to “{tempting.text}”: {reason[:1].lower() + reason[1:]}."
