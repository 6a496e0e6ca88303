"""The linter: every rule that an item has to pass, and what it found. ``RULES`` is the list; nothing registers itself.

The rules and their numbers are those of the content standard, section 1.3; each rule's check says what it asks for.
"""

from __future__ import annotations

from question_bank.items import Item
from question_bank.lint import (
    amounts,
    attribution,
    cues,
    evidence,
    lexicon,
    options,
    originality,
    reading,
    shape,
    stems,
)
from question_bank.lint.report import Finding, LintContext, Rule, Severity

__all__ = ["RULES", "Finding", "LintContext", "Rule", "Severity", "lint_item"]

_NBME = "NBME item-writing guide 2020"
_HDR = "Haladyna, Downing & Rodriguez 2002"
_SAQUET = "SAQUET 2024"
_OWN = "this project"

RULES: tuple[Rule, ...] = (
    Rule("L01", "E", "An item has all its parts", _HDR, shape.check_parts),
    Rule("L02", "E", "No two options are nearly the same", _NBME, options.check_distinct),
    Rule("L03", "E", "No item asks what another asks", _OWN, shape.check_unique),
    Rule("L04", "E", "The stem is a question", _HDR, stems.check_form),
    Rule("L05", "E", "The stem is focused", _NBME, stems.check_focus),
    Rule("L06", "E", "The stem is positive", f"{_HDR} 17", stems.check_positive),
    Rule("L07", "E", "The stem is short", _SAQUET, stems.check_length),
    Rule("L08", "E", "The stem says when", _OWN, stems.check_time_frame),
    Rule("L09", "E", "What is no fact names its speaker", f"{_HDR} 6", attribution.check_attribution),
    Rule("L10", "W", "The stem takes nothing for granted", _OWN, stems.check_presupposition),
    Rule("L11", "E", "Options are independent", f"{_HDR} 22 and 25", options.check_independent),
    Rule("L12", "E", "No absolute word gives an option away", f"{_HDR} 28", options.check_absolutes),
    Rule("L13", "E", "No vague frequency", _NBME, options.check_vague),
    Rule("L14", "E", "The key is not the longest option", _SAQUET, cues.check_key_length),
    Rule("L15", "E", "Options are of one length", f"{_HDR} 24", cues.check_length_spread),
    Rule("L16", "E", "Options are built alike", f"{_HDR} 23 and 28", cues.check_grammar),
    Rule("L17", "E", "The key does not echo the stem", f"{_HDR} 28", cues.check_repeated_words),
    Rule("L18", "E", "Options do not converge on the key", _NBME, cues.check_convergence),
    Rule("L19", "E", "Options are of one kind", f"{_HDR} 23", options.check_kind),
    Rule("L20", "E", "Numbers, dates and names are in order", f"{_HDR} 21", amounts.check_order),
    Rule("L21", "E", "Numbers do not overlap", f"{_HDR} 22", amounts.check_apart),
    Rule("L22", "E", "Numbers are plausible", f"{_HDR} 29", amounts.check_plausible),
    Rule("L24", "E", "The key is true, no distractor is", f"{_HDR} 19", evidence.check_truth),
    Rule("L25", "E", "Every option says why and shows it", _OWN, evidence.check_reasons),
    Rule("L26", "E", "The sources bear it out", _OWN, evidence.check_support),
    Rule("L27", "E", "Words are fair", _OWN, lexicon.check_words),
    Rule("L28", "E", "Words are our own", _OWN, originality.check_own_words),
    Rule("L29", "E", "It is easy to read", "Flesch & Kincaid 1975", reading.check_reading_level),
    Rule("L30", "E", "The explanation teaches", _OWN, reading.check_explanation),
)


def lint_item(item: Item, context: LintContext) -> tuple[Finding, ...]:
    """All findings of all rules; what is no item at all (L01) is not asked for more."""
    found: list[Finding] = []
    for rule in RULES:
        flaws = rule.check(item, context)
        found.extend(Finding(rule.id, flaw.severity, flaw.where, flaw.message) for flaw in flaws)
        if rule.id == "L01" and _is_broken(item):
            break
    return tuple(found)


def _is_broken(item: Item) -> bool:
    """Whether rules that speak of the key and the distractors have nothing to speak of."""
    texts = {option.text for option in item.options}
    return sum(option.correct for option in item.options) != 1 or len(texts) < 2
