"""Who says so? What is not a plain fact names its speaker, or it does not ship."""

from __future__ import annotations

import re
from collections.abc import Iterator

from question_bank.facts import EntityRecord
from question_bank.items import Item
from question_bank.lint.report import Flaw, LintContext, error
from question_bank.text import fold, stem, words

PLAIN = frozenset({"fact", "contrast"})
PERSONAL = frozenset({"claim", "opinion", "forecast"})
JUDGING = frozenset({"stance", "error"})  # keys that tell a view from a fact, or a mistake from a view
_VERBS = [
    "accord",
    "accuse",
    "add",
    "advise",
    "allow",
    "argue",
    "ascribe",
    "ask",
    "assess",
    "attribute",
    "believe",
    "call",
    "caution",
    "cite",
    "claim",
    "compare",
    "concede",
    "credit",
    "declare",
    "deny",
    "describe",
    "doubt",
    "estimate",
    "expect",
    "explain",
    "express",
    "fear",
    "find",
    "fit",
    "forecast",
    "foresee",
    "give",
    "hint",
    "hold",
    "hope",
    "imply",
    "interpret",
    "judge",
    "list",
    "match",
    "mention",
    "name",
    "note",
    "paint",
    "pledge",
    "point",
    "portray",
    "predict",
    "present",
    "promise",
    "propose",
    "put",
    "quote",
    "reckon",
    "reject",
    "report",
    "say",
    "see",
    "speak",
    "state",
    "stress",
    "suggest",
    "tell",
    "think",
    "treat",
    "urge",
    "use",
    "view",
    "voice",
    "want",
    "warn",
    "word",
    "worry",
    "write",
]
_IRREGULAR = [
    "said",
    "says",
    "gave",
    "given",
    "wrote",
    "written",
    "told",
    "foretold",
    "thought",
    "spoke",
    "spoken",
    "held",
    "saw",
    "seen",
    "found",
    "foresaw",
    "according",
    "forecasts",
    "implied",
    "relied",
    "denied",
    "worried",
]
_REPORTING = frozenset(
    {stem(verb) for verb in _VERBS} | {verb.rstrip("e") for verb in _VERBS} | set(_IRREGULAR)
)


def check_attribution(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L09: a stance other than fact names its speaker and has a reporting verb; a person is named by name.

    The document may stand for a speaker who is no person, and for a person whose estimate it reports. An item that
    asks for the stance itself ("Which of these is a politician's warning?") or for the mistake in a sentence asserts
    no view: its explanation names the speaker, and a document by the paragraph (L30).
    """
    if item.stance in PLAIN:
        return
    if item.key.claim.kind in JUDGING:
        if item.speaker in context.speakers and not _names_speaker(item.explanation, item, context):
            yield error("explanation", f"does not say whose {item.stance} it is")
        return
    told = " ".join((item.stem, *(option.text for option in item.options)))
    if not _names_speaker(told, item, context):
        yield error("stem", f"does not say whose {item.stance} it is")
    if not _reports(item, context):
        yield error("stem", "has no reporting verb")


def _names_speaker(told: str, item: Item, context: LintContext) -> bool:
    speaker = context.speakers.get(item.speaker or "")
    if speaker is not None and _is_named(speaker, told):
        return True
    if speaker is not None and speaker.type == "person" and item.stance in PERSONAL:
        return False
    return any(frame in told for frame in context.frames)


def _is_named(speaker: EntityRecord, told: str) -> bool:
    """By any of its names; for groups the number does not matter ("a poll forecast" names polls)."""
    there = " ".join(("", *(stem(word) for word in words(told)), ""))
    for name in (speaker.label, speaker.short or speaker.label, *speaker.aliases):
        spoken = [stem(word) for word in words(name) if word not in {"the", "a", "an"}]
        if spoken and f" {' '.join(spoken)} " in there:
            return True
    return False


def _reports(item: Item, context: LintContext) -> bool:
    told = item.stem
    for frame in context.frames:
        told = told.replace(frame, " ")  # "report" in "post-vote report" is no verb
    said = {word for fact in context.facts_of(item) for word in words(fact.verb or "")}
    spoken = {form for word in words(told) for form in _forms(word)}
    return bool(spoken & (_REPORTING | said)) or bool(re.search(r"\baccording to\b", fold(told)))


def _forms(word: str) -> tuple[str, ...]:
    return (word, stem(word), stem(word).rstrip("e"), word.removesuffix("s"), word.removesuffix("d"))
