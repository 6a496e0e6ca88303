"""The rules of the bank as a whole, and what it measures by them. ``BANK_RULES`` is the list.

The rules and their numbers are those of the content standard, sections 1.4 (L…) and 6 (G…). The quotas that L36
asks for are G3 (topics), G10 (levels) and G11 (stances, documents).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from question_bank.bank_rules import guessing, mixture, size, soundness
from question_bank.bank_rules.report import GOALS_NOT_YET_MET, Bank, BankRule, Measure, Report
from question_bank.curation import load_curation
from question_bank.fact_base import FactBase
from question_bank.items import Item
from question_bank.loader import CURATED_DIR
from question_bank.waivers import Waivers, by_flag

__all__ = ["BANK_RULES", "GOALS_NOT_YET_MET", "Bank", "BankRule", "Measure", "Report", "check_bank"]

_OWN = "this project"
_ABH = "Attali & Bar-Hillel 2003"
_NBME = "NBME item-writing guide 2020"
_GIERL = "Gierl & Lai 2013"

BANK_RULES: tuple[BankRule, ...] = (
    BankRule("G3", "E", "There are enough items on every topic", _OWN, size.measure_size),
    BankRule("G2", "E", "What is worth knowing is asked", _OWN, size.measure_coverage),
    BankRule("G4", "E", "No item breaks a rule", "SAQUET 2024", soundness.measure_lint),
    BankRule("G7", "E", "Wrong options come from the sources", _GIERL, soundness.measure_distractors),
    BankRule("G17", "E", "It is easy to read", "Flesch & Kincaid 1975", soundness.measure_reading),
    BankRule("L23", "E", "Keys stand at every rank of ordered numbers", _ABH, guessing.measure_ranks),
    BankRule("L31", "E", "No fact is asked too often", _OWN, size.measure_load),
    BankRule("L32", "E", "Keys are shown in every place", _ABH, guessing.measure_positions),
    BankRule("L33", "E", "Nothing is gained by test-wiseness", _NBME, guessing.measure_strategies),
    BankRule("L34", "E", "No quiz gives its own answers away", _NBME, mixture.measure_enemies),
    BankRule("L35", "E", "Both camps are heard", _OWN, mixture.measure_camps),
    BankRule("G10", "E", "All levels are asked for", "Anderson & Krathwohl 2001", mixture.measure_levels),
    BankRule("G11", "E", "Views and joined passages have their share", _OWN, mixture.measure_views),
    BankRule("L38", "E", "No option is dropped by habit", _OWN, guessing.measure_shared_options),
    BankRule("L37", "W", "What came later is noted and dated", _OWN, size.measure_freshness),
)


def check_bank(items: Sequence[Item], base: FactBase, waivers: Waivers | None = None) -> Report:
    """Measure the bank by every rule, with the waivers that ship unless others are given."""
    if waivers is None:
        waivers = by_flag(waiver for waiver, _ in load_curation(CURATED_DIR, base, []).waivers)
    bank = Bank(items, base, waivers)
    return Report(
        tuple(replace(measure, rule=rule.id) for rule in BANK_RULES for measure in rule.measure(bank))
    )
