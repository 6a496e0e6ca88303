"""Labels: how a field is called where it is spoken of from afar, and every place that can be told something."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from quizapp.marking import mark
from quizapp.services.drafting import Draft

_LABELS = {
    "stem": mark("Question"),
    "explanation": mark("Explanation"),
    "topic": mark("Topic"),
    "bloom": mark("Level"),
    "stance": mark("Kind of statement"),
    "speaker": mark("Who says it"),
    "difficulty": mark("Difficulty"),
    "note": mark("Note"),
}
_PARTS = {
    "rationale": mark("Answer %(number)s, reason"),
    "reason": mark("Answer %(number)s, kind of mistake"),
    "evidence": mark("Answer %(number)s, evidence"),
}
IN_MORE = frozenset({"topic", "bloom", "stance", "speaker", "difficulty", "note", "more"})
_OPTION = re.compile(r"options-(\d+)-(.*)")


def label_of(name: str) -> str:
    """What a teacher calls the field of this name."""
    if match := _OPTION.fullmatch(name):
        told = _PARTS.get(match[2].partition("-")[0], mark("Answer %(number)s"))
        return str(_(told, number=int(match[1]) + 1))
    return str(_("Evidence") if name.startswith("evidence") else _(_LABELS.get(name, "Question")))


def places(draft: Draft) -> tuple[str, ...]:
    """Every place beside a field where something can be said, by the rows that the form shows for this draft."""
    names = ["stem", "explanation", "options", "evidence", *sorted(IN_MORE)]
    names += [f"evidence-{n}-quote" for n in range(len(draft.evidence))]
    for n, option in enumerate(draft.options):
        names += [f"options-{n}-{part}" for part in ("text", "rationale", "reason")]
        names += [f"options-{n}-evidence-{m}-quote" for m in range(max(1, len(option.evidence)))]
    return tuple(names)
