"""The plan of a rebuild: what becomes of every item, counted and told, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from question_bank.items import Item
from quizapp.services.known import Known
from quizapp.services.versions import Content

RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Step:
    """An item that the database holds, as it will be after the rebuild.

    ``state`` is the one that people and the generator gave it; a suspension comes on top. ``is_proved`` says that it
    will be word for word what this build made and proved.
    """

    known: Known
    content: Content
    base: Content
    base_state: str
    state: str
    suspended: str | None
    standing: dict[str, Any]
    conflicts: dict[str, tuple[Any, str]]
    followed: tuple[str, ...] = ()
    is_proved: bool = False
    is_kept: bool = False

    @property
    def stored_state(self) -> str:
        """The state in the database: what is suspended waits for review."""
        return "in_review" if self.suspended is not None and self.state == "approved" else self.state

    @property
    def is_new_version(self) -> bool:
        """Whether the question will say something else."""
        return self.content != self.known.content

    @property
    def is_retired(self) -> bool:
        """Whether the rebuild takes it out of the bank."""
        return self.state == RETIRED != self.known.own_state

    @property
    def is_changed(self) -> bool:
        """Whether it will say something else or comes back."""
        return self.is_new_version or (self.state != self.known.own_state and not self.is_retired)

    @property
    def is_at_rest(self) -> bool:
        """Whether there is nothing to write."""
        old = self.known
        return (
            (self.content, self.base, self.base_state) == (old.content, old.base, old.base_state)
            and (self.stored_state, self.suspended) == (old.state, old.suspended)
            and (self.standing, self.conflicts) == (old.standing, old.conflicts)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rebuild will do; a dry run prints the very same."""

    added: tuple[Item, ...]
    steps: tuple[Step, ...]
    written: int
    suspended: dict[str, str]  # uids with the reasons
    written_suspended: dict[int, str]  # teachers' questions among them, by their ids
    follows: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers that ``seed-questions`` prints; ``kept`` counts what is as teachers wanted it to be."""
        changed = sum(step.is_changed for step in self.steps)
        retired = sum(step.is_retired for step in self.steps)
        kept = sum(step.is_kept and not step.is_changed for step in self.steps)
        gone = sum(step.state == RETIRED == step.known.own_state and not step.is_kept for step in self.steps)
        return {
            "added": len(self.added),
            "changed": changed,
            "unchanged": len(self.steps) - changed - retired - kept - gone,
            "retired": retired,
            "kept": kept + self.written,
        }

    @property
    def conflicts(self) -> dict[str, list[str]]:
        """The fields that wait for a teacher's decision, by uid; what is retired can wait unseen."""
        return {
            step.known.uid: list(step.conflicts)
            for step in self.steps
            if step.conflicts and step.state != RETIRED
        }

    @property
    def lists(self) -> dict[str, Any]:
        """What is told one by one, for the log."""
        return {"conflicts": self.conflicts, "suspended": self.suspended, "follows": list(self.follows)}

    @property
    def lines(self) -> tuple[str, ...]:
        """The same for people."""
        waiting = {uid: ", ".join(fields) for uid, fields in self.conflicts.items()}
        return (
            *_listed("Changed by a teacher and by the generator; a teacher decides", waiting),
            *_listed("Suspended until a teacher has looked at them", self.suspended),
            *_listed("Proved anew on what was changed", dict.fromkeys(self.follows)),
        )


def _listed(title: str, told: Mapping[str, str | None]) -> Iterator[str]:
    if told:
        yield f"{title} ({len(told)}):"
        for uid, more in told.items():
            yield f"  {uid}: {more}" if more else f"  {uid}"
