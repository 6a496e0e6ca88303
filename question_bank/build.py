"""The whole way from seeds to bank: load, generate, gate, rank, curate, prove."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from question_bank.curation import Curation, idle, load_curation, reworded, unused
from question_bank.enemies import with_enemies
from question_bank.errors import Fault, SeedFaultsError
from question_bank.fact_base import FactBase
from question_bank.item_models import ITEM_MODELS
from question_bank.items import Item, fingerprint
from question_bank.lint import Finding, LintContext, lint_item
from question_bank.loader import load
from question_bank.ranking import select
from question_bank.waivers import Waiver, Waivers, by_flag, needless, unwaived

VERSION = "1"  # of the generator: raise it when the same facts are meant to give other items

# A generated item that breaks one of these shows that the seeds contradict themselves: the build stops.
PROOF_RULES = frozenset({"L24", "L25", "L26"})

Progress = Callable[[str, int, int], None]  # what is being done, how many done, how many in all


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that did not become an item, and why: rules broken, the curator's reason, or the ranking's."""

    uid: str
    stem: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Build:
    """A finished bank: ``build`` is a hash over everything that went in and came out."""

    version: str
    build: str
    base: FactBase
    items: tuple[Item, ...]
    rejections: tuple[Rejection, ...]
    notes: tuple[Fault, ...] = ()  # nothing wrong, but somebody may want to know
    waivers: tuple[Waiver, ...] = ()


def build_bank(seeds: Path, curated: Path, *, progress: Progress | None = None) -> Build:
    """Build the bank from the seed files and the curated decisions; raises SeedFaultsError with every fault."""
    report = progress or _silent
    base = load(seeds)
    faults: list[Fault] = []
    curation = load_curation(curated, base, faults)
    candidates = tuple(_generate(base, curation, report))
    faults.extend(unused(curation, (item.uid for item in candidates)))
    context = LintContext(base)
    waivers = by_flag(waiver for waiver, _ in curation.waivers)
    faults.extend(_curated_faults(curation, context, waivers))
    passed, rejections = _gate(candidates, curation, context, report)
    faults.extend(_contradictions(passed, seeds, base))
    if faults:
        raise SeedFaultsError(tuple(faults))
    by_hand = tuple(item for item, _, _ in curation.items)
    chosen = list(by_hand)
    for item, reason in select([item for item, findings in passed if not findings], by_hand, base):
        if reason is None:
            chosen.append(item)
        else:
            rejections.append(Rejection(item.uid, item.stem, (reason,)))
    items = tuple(sorted(with_enemies(chosen), key=lambda item: item.uid))
    return Build(
        VERSION,
        _build_id(base, items),
        base,
        items,
        tuple(sorted(rejections, key=lambda one: one.uid)),
        (
            *idle(curation, (item.uid for item in candidates)),
            *_needless((*candidates, *by_hand), curation, context),
        ),
        tuple(waivers.values()),
    )


def _generate(base: FactBase, curation: Curation, report: Progress) -> Iterator[Item]:
    for done, model in enumerate(ITEM_MODELS, start=1):
        for item in model.generate(base):
            yield reworded(item, curation)
        report("generating", done, len(ITEM_MODELS))


def _gate(
    candidates: tuple[Item, ...], curation: Curation, context: LintContext, report: Progress
) -> tuple[list[tuple[Item, tuple[Finding, ...]]], list[Rejection]]:
    """The candidates that may go on (with the contradictions found in them), and the others with their reasons."""
    passed: list[tuple[Item, tuple[Finding, ...]]] = []
    rejections: list[Rejection] = []
    waivers = by_flag(waiver for waiver, _ in curation.waivers)
    for done, item in enumerate(candidates, start=1):
        findings = lint_item(item, context)
        errors = tuple(finding for finding in findings if finding.severity == "E")
        open_warnings = unwaived(item.uid, findings, waivers)
        proofs = tuple(finding for finding in errors if finding.rule in PROOF_RULES)
        if item.uid in curation.rejects:
            rejections.append(Rejection(item.uid, item.stem, (curation.rejects[item.uid].reason,)))
        elif (errors or open_warnings) and not proofs:
            reasons = tuple(f"{finding.rule}: {finding.message}" for finding in errors or open_warnings)
            rejections.append(Rejection(item.uid, item.stem, reasons))
        else:
            passed.append((item, proofs))
        report("checking", done, len(candidates))
    return passed, rejections


def _curated_faults(curation: Curation, context: LintContext, waivers: Waivers) -> Iterator[Fault]:
    for item, path, line in curation.items:
        findings = lint_item(item, context)
        for finding in findings:
            if finding.severity == "E":
                yield Fault(path, line, f"{item.uid}: {finding.rule} {finding.where}: {finding.message}")
        for finding in unwaived(item.uid, findings, waivers):
            told = f"{item.uid}: {finding.rule} {finding.where}: {finding.message}; a warning needs a waiver"
            yield Fault(path, line, told)


def _needless(items: Iterable[Item], curation: Curation, context: LintContext) -> Iterator[Fault]:
    named = {waiver.uid for waiver, _ in curation.waivers}
    warned = {
        item.uid: frozenset(finding.rule for finding in lint_item(item, context) if finding.severity == "W")
        for item in items
        if item.uid in named
    }
    return needless(curation.waivers, warned, context.base.facts)


def _contradictions(
    passed: Iterable[tuple[Item, tuple[Finding, ...]]], seeds: Path, base: FactBase
) -> Iterator[Fault]:
    for item, findings in passed:
        fact = base.facts[item.facts[0]]
        path = seeds / f"{fact.document.rpartition('.')[0]}.toml"
        for finding in findings:
            yield Fault(path, fact.line, f"{item.uid}: {finding.rule} {finding.where}: {finding.message}")


def _build_id(base: FactBase, items: tuple[Item, ...]) -> str:
    """SHA-256 (first 16 hex digits) over the documents' hashes, the generator's version and every item."""
    content = {
        "version": VERSION,
        "documents": [[document.id, document.sha256] for document in base.documents],
        "items": [[item.uid, fingerprint(item)] for item in items],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _silent(what: str, done: int, total: int) -> None:
    del what, done, total
