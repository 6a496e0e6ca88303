"""Are the options four independent answers of one kind, without words that give one away?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from question_bank.claims import AllClaim, AnyClaim, DerivedClaim, ValueClaim
from question_bank.items import Item
from question_bank.lint.report import Flaw, LintContext, error, place, warning
from question_bank.quantities import parse
from question_bank.text import fold, jaccard, norm, unquoted, words

_COMBINING = re.compile(
    r"\b[Aa]ll of (?:the above|these)\b|\b[Nn]one of (?:the above|these)\b|\b[Nn]either\b"
)
_LETTERS = re.compile(r"\b[Bb]oth (?:A|B|of)\b|\b[A-D] (?:and|or) [A-D]\b")
_ABSOLUTE = re.compile(
    r"\b(?:always|never|all|none|every|only|completely|entirely|totally|absolutely|must|impossible|inevitable|"
    r"everyone|nobody)\b"
)
_VAGUE = re.compile(
    r"\b(?:often|sometimes|rarely|usually|frequently|generally|occasionally|seldom|regularly|many|several|few|"
    r"somewhat|partly|nearly|more or less)\b"
)
_QUALIFIER = re.compile(r"\b(?:some|most)\b")
_HOW_MANY = re.compile(r"\bhow many\b")


def check_distinct(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L02: no two options of nearly the same words, nor of the same number in other words; the very same are L01's."""
    for left, right in combinations(item.options, 2):
        if fold(norm(left.text)) == fold(norm(right.text)):
            continue
        where = f"{place(item, left)} and {place(item, right).removeprefix('option ')}"
        first, second = parse(left.text), parse(right.text)
        if first and second and first.interval == second.interval and first.unit == second.unit:
            yield error(where, "give the same number")
        shared = jaccard(frozenset(words(left.text)), frozenset(words(right.text)))
        if item.design == "" and first is None and shared >= 0.85:
            yield warning(where, "differ in hardly a word")


def check_independent(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L11: no option that is made of other options."""
    for option in item.options:
        found = _COMBINING.search(option.text) or _LETTERS.search(option.text)
        if found:
            yield error(place(item, option), f"combines options: “{found.group()}”")


def check_absolutes(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L12: an absolute word in a distractor gives it away unless the key has one too; so does one in the key alone."""
    absolute = {
        option: _ABSOLUTE.search(
            _COMBINING.sub(" ", unquoted(option.text)).lower()
        )  # "all of these" is L11's
        for option in item.options
    }
    in_key = absolute[item.key]
    in_distractors = [option for option in item.distractors if absolute[option]]
    if in_key and not in_distractors:
        yield error(place(item, item.key), f"only the key is absolute: “{in_key.group()}”")
    if not in_key:
        for option in in_distractors:
            found = absolute[option]
            yield error(
                place(item, option), f"is absolute and the key is not: “{found.group() if found else ''}”"
            )


def check_vague(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L13: no vague frequency; "some" and "most" in the key only where the fact's own record says so."""
    recorded = fold(" ".join(f"{fact.statement} {fact.headline or ''}" for fact in context.facts_of(item)))
    for option in item.options:
        text = unquoted(option.text).lower()
        for found in _VAGUE.findall(text):
            yield error(place(item, option), f"is vague: “{found}”")
    for found in _QUALIFIER.findall(unquoted(item.key.text).lower()):
        if not re.search(rf"\b{found}\b", recorded):
            yield warning(place(item, item.key), f"says “{found}”, which the facts do not")
    for found in _VAGUE.findall(_HOW_MANY.sub(" ", unquoted(item.stem).lower())):
        yield warning("stem", f"is vague: “{found}”")


def check_kind(item: Item, context: LintContext) -> Iterator[Flaw]:
    """L19: all options answer with the same type, unit and currency, as claimed and as written."""
    claimed = [claim_kind(option.claim, context) for option in item.options]
    if len(set(claimed)) > 1:
        yield error("options", f"claim different kinds of things: {', '.join(dict.fromkeys(claimed))}")
    units = {amount.unit for option in item.options if (amount := parse(option.text))}
    if len(units) > 1:
        yield error(
            "options", f"are in different units: {', '.join(sorted(unit or 'none' for unit in units))}"
        )
    plain = [option for option in item.options if parse(option.text) is None]
    if 0 < len(plain) < len(item.options):
        yield error("options", f"only some are numbers; not {place(item, plain[0])}")


def claim_kind(claim: AnyClaim, context: LintContext) -> str:
    """What a claim answers with: the answer type of its value, or the kind of claim it is."""
    if isinstance(claim, ValueClaim | DerivedClaim):
        return claim.value.answer_type
    if isinstance(claim, AllClaim):
        return " + ".join(claim_kind(part, context) for part in claim.claims)
    if claim.kind == "speaker":
        speaker = context.base.entities.get(claim.who)
        return f"speaker, {speaker.type}" if speaker else "speaker"
    return claim.kind
