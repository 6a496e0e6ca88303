"""Findings: what the linter says of a question, in plain words, kept with its item so that lists can ask for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from question_bank.errors import SeedFaultsError
from question_bank.fact_base import FactBase
from question_bank.items import Item
from question_bank.lint import RULES, LintContext, Rule, lint_item
from question_bank.lint import Finding as RawFinding
from quizapp.marking import Sentence, mark
from quizapp.models.standing import ItemFindingRow
from quizapp.services.fact_base import get_fact_base
from quizapp.services.lintable import item_of
from quizapp.services.versions import Content

# What an option asserts is only known of built items: for teachers' words nobody can prove it (L24).
_NEED_CLAIMS = frozenset({"L24"})

_RULES: dict[str, Rule] = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, where, and why there is such a rule; an E is a flaw, a W something to look at."""

    rule: str
    severity: str
    place: str  # "stem", "explanation", "option 2", "rationale 2", "options" …
    message: str

    @property
    def title(self) -> str:
        """The rule in a sentence."""
        return _in_plain_words(_RULES[self.rule].title) if self.rule in _RULES else self.rule

    @property
    def source(self) -> str:
        """Who says so."""
        return _RULES[self.rule].source if self.rule in _RULES else ""

    @property
    def reason(self) -> str:
        """What the rule asks for, in full."""
        told = (_RULES[self.rule].check.__doc__ or "") if self.rule in _RULES else ""
        paragraph = " ".join(told.partition("\n\n")[0].split())
        sentence = _in_plain_words(paragraph.partition(": ")[2])
        return sentence[:1].upper() + sentence[1:]

    @property
    def where(self) -> Sentence:
        """The place as teachers know it."""
        letters = ["ABCDEFGHIJ"[int(number) - 1] for number in _NUMBER.findall(self.place)]
        told = _PLACES.get((self.place.partition(" ")[0], len(letters)))
        if told is None:
            return Sentence(_SOMEWHERE, place=self.place[:1].upper() + self.place[1:])
        return Sentence(told, **dict(zip(("letter", "other"), letters, strict=False)))


def check_content(
    content: Content,
    base: FactBase,
    *,
    others: Iterable[tuple[str, Content]] = (),
    waived: Collection[str] = (),
    uid: str = "",
) -> tuple[Finding, ...]:
    """Everything that the rules find in a question, edited or new; pure, so that it can be asked for at any time.

    ``others`` are questions, by their uids, that it must not repeat; ``waived`` are rules whose warnings somebody
    has accepted for it. Rules that need to know what an option asserts stay out, and so does what a question without
    a source or without facts cannot have.
    """
    context = _context(base, tuple(item_of(content, uid) for uid, content in others))
    found = lint_item(item_of(content, uid), context)
    return tuple(
        _milder(_finding(one))
        for one in found
        if one.rule not in _NEED_CLAIMS
        and not _asks_for_too_much(one, content)
        and not _is_waived(one, waived)
    )


def findings_of(item: Item, base: FactBase, *, waived: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything that the rules find in a built item, whose options say what they claim: what a rebuild stores.

    ``waived`` are the rules whose warnings a waiver accepts for this item.
    """
    found = lint_item(item, _context(base))
    return tuple(_finding(one) for one in found if not _is_waived(one, waived))


def store_findings(session: Session, findings: Mapping[int, Sequence[Finding]]) -> None:
    """Keep what was found by the items' ids, in place of what was found in them before."""
    ids = list(findings)
    for start in range(0, len(ids), _AT_ONCE):
        session.execute(
            delete(ItemFindingRow).where(ItemFindingRow.item_id.in_(ids[start : start + _AT_ONCE]))
        )
    rows = [
        {
            "item_id": item,
            "rule": one.rule,
            "severity": one.severity,
            "place": one.place,
            "message": one.message,
        }
        for item, found in findings.items()
        for one in found
    ]
    if rows:
        session.execute(insert(ItemFindingRow), rows)


def check_and_store(session: Session, item_id: int, content: Content, *, uid: str) -> None:
    """Look at what an item says now. While the seeds have faults nothing can be said, and nothing is."""
    try:
        found = check_content(content, get_fact_base(), uid=uid)
    except SeedFaultsError:
        found = ()
    store_findings(session, {item_id: found})


def findings_on(session: Session, item_id: int) -> tuple[Finding, ...]:
    """What is kept of an item, flaws first."""
    rows = session.scalars(
        select(ItemFindingRow).where(ItemFindingRow.item_id == item_id).order_by(ItemFindingRow.id)
    )
    found = [Finding(row.rule, row.severity, row.place, row.message) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.severity, one.rule)))


_AT_ONCE = 500  # ids in a statement
_NUMBER = re.compile(r"\b\d+\b")
_SOMEWHERE = "%(place)s"
# What a place is called by the number of options that it names.
_PLACES = {
    ("stem", 0): mark("The question"),
    ("option", 1): mark("Option %(letter)s"),
    ("option", 2): mark("Option %(letter)s and %(other)s"),
    ("rationale", 1): mark("The reason of option %(letter)s"),
    ("evidence", 0): mark("The evidence"),
    ("explanation", 0): mark("The explanation"),
    ("options", 0): mark("The options"),
    ("facts", 0): mark("The facts"),
    ("topic", 0): mark("The topic"),
    ("ordered", 0): mark("The order of options"),
    ("bloom", 0): mark("The level"),
    ("stance", 0): mark("The kind of statement"),
    ("since_then", 0): mark("The note on what happened since"),
}

_PLAIN = {
    "stem": "question",
    "stems": "questions",
    "item": "question",
    "items": "questions",
    "an item": "a question",
    "key": "right option",
    "distractor": "wrong option",
    "distractors": "wrong options",
}
_TERMS = re.compile(rf"\b(?:{'|'.join(sorted(_PLAIN, key=len, reverse=True))})\b", re.IGNORECASE)


def _in_plain_words(text: str) -> str:
    """The rules speak the trade's language; what they quote stays as it is."""

    def plain(match: re.Match[str]) -> str:
        word = _PLAIN[match.group().lower()]
        return word[:1].upper() + word[1:] if match.group()[0].isupper() else word

    pieces = re.split(r"(“[^”]*”)", text)
    return "".join(piece if piece.startswith("“") else _TERMS.sub(plain, piece) for piece in pieces)


def _finding(raw: RawFinding) -> Finding:
    return Finding(raw.rule, raw.severity, raw.where, _in_plain_words(raw.message))


def _milder(finding: Finding) -> Finding:
    """What only the teacher can know is no flaw: that a number was worked out, that no source is wanted."""
    if finding.rule == "L26" and finding.message.startswith("the number "):
        told = f"{finding.message}; if it is worked out, the explanation says how"
        return Finding(finding.rule, "W", finding.place, told)
    if finding.rule == "L01" and finding.place == "evidence":
        return Finding(finding.rule, "W", finding.place, finding.message)
    return finding


def _is_waived(finding: RawFinding, waived: Collection[str]) -> bool:
    return finding.severity == "W" and finding.rule in waived


def _asks_for_too_much(finding: RawFinding, content: Content) -> bool:
    """Whether a rule asks for what the question lacks openly: proof without a source, the matter of unnamed facts."""
    if content.is_unsourced and (finding.rule == "L26" or finding.message in _OF_A_SOURCE):
        return True
    if content.facts:
        return False
    return (
        finding.rule == "L10"
        or finding.message in _OF_FACTS
        or finding.message.endswith("which the facts do not")
    )


_OF_A_SOURCE = frozenset({"shows no evidence", "cites no paragraph (A¶n or B¶n)"})
_OF_FACTS = frozenset({"shares no word with its facts and names no document", "none is named"})


def _context(base: FactBase, bank: tuple[Item, ...] = ()) -> LintContext:
    """The look-ups that rules make on a fact base are costly to make: those of the newest one are kept."""
    if not _kept or _kept[0].base is not base:
        _kept[:] = [LintContext(base)]
    return LintContext(base, bank) if bank else _kept[0]


_kept: list[LintContext] = []
