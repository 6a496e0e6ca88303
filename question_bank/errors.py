"""What can go wrong while a bank is built: faults with their place, and the exceptions that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one place of a file that a person edits; line 0 means the file as a whole."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class QuestionBankError(Exception):
    """Something about the question bank is wrong."""


class SeedFaultsError(QuestionBankError):
    """The seeds or the curated decisions have faults; nothing was built."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class TooFewDistractorsError(QuestionBankError):
    """Fewer plausible wrong options exist than the item needs."""


class TooFewItemsError(QuestionBankError):
    """The bank cannot fill a quiz of this length without repeating a fact."""
