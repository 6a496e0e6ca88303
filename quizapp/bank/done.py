"""What a change of many questions did: packed into the session cookie, and shown once on the next page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from quizapp.bank import labels
from quizapp.languages import say

_SHOWN = 8  # refusals, since a cookie holds four kilobytes
_LONGEST = 160  # letters of a reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that was left as it was, and why."""

    uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a change of many did, and the entry to undo it by."""

    told: str
    log_id: int | None
    refused: tuple[Refusal, ...]
    refused_told: str | None
    more_refused: int

    @classmethod
    def of(cls, told: dict[str, Any]) -> Done:
        """The message that ``record_of`` packed."""
        number = told["changed"]
        refused = tuple(Refusal(uid, reason) for uid, reason in told["refused"])
        total = told["refused_total"]
        return cls(
            told=labels.done(told["what"], number) if number else _("No question was changed."),
            log_id=told["log_id"] if number else None,
            refused=refused,
            refused_told=labels.refused(total) if total else None,
            more_refused=total - len(refused),
        )


def record_of(what: str, log_id: int, changed: int, refused: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """A message for the next page, small enough for a cookie."""
    some = [[uid, " ".join(map(say, reasons))[:_LONGEST]] for uid, reasons in list(refused.items())[:_SHOWN]]
    return {
        "what": what,
        "log_id": log_id,
        "changed": changed,
        "refused": some,
        "refused_total": len(refused),
    }
