"""Every rule of the linter, tried on the cases of cases/*.toml: it fires where it should, and nowhere else."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from question_bank.lint import RULES, LintContext, lint_item

CASES: list[tuple[str, dict[str, Any]]] = [
    (rule, case)
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for rule, cases in tomllib.loads(path.read_text(encoding="utf-8")).items()
    for case in cases
]
CLEAN = ("reason", "turnout", "year", "money", "speaker")


def _severities(rule: str, case: dict[str, Any], make_item: Any, context: LintContext) -> set[str]:
    changes = {key: value for key, value in case.items() if key not in {"fires", "because", "item", "others"}}
    others = tuple(make_item(**other) for other in case.get("others", []))
    item = make_item(case.get("item", "reason"), **changes)
    findings = lint_item(item, replace(context, bank=others))
    return {finding.severity for finding in findings if finding.rule == rule}


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule}: {case['because']}" for rule, case in CASES])
def test_it_fires_as_the_case_says(
    rule: str, case: dict[str, Any], make_item: Any, context: LintContext
) -> None:
    expected = {case["fires"]} - {""}
    assert _severities(rule, case, make_item, context) == expected


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_item_has_no_findings(name: str, make_item: Any, context: LintContext) -> None:
    assert lint_item(make_item(name), context) == ()


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_has_a_case_that_fires_and_one_that_does_not(rule: str) -> None:
    fires = {bool(case["fires"]) for name, case in CASES if name == rule}
    assert fires == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_no_case_fires_harder_than_the_rule_says(rule: Any) -> None:
    worst = {case["fires"] for name, case in CASES if name == rule.id} - {""}
    assert ("E" in worst) == (rule.severity == "E")


def test_cases_name_known_rules_only() -> None:
    assert {rule for rule, _ in CASES} <= {rule.id for rule in RULES}


@pytest.mark.parametrize("name", CLEAN)
def test_a_flipped_key_is_found(name: str, make_item: Any, context: LintContext) -> None:
    item = make_item(name)
    for other in (n for n, option in enumerate(item.options) if not option.correct):
        flipped = tuple(
            replace(option, correct=n == other, reason="key" if n == other else "contradicted")
            for n, option in enumerate(item.options)
        )
        findings = lint_item(replace(item, options=flipped), context)
        assert f"option {other + 1}" in {finding.where for finding in findings if finding.rule == "L24"}


def test_what_is_no_item_gets_no_more_rules(make_item: Any, context: LintContext) -> None:
    item = make_item()
    keyless = replace(item, options=tuple(replace(option, correct=False) for option in item.options))
    assert {finding.rule for finding in lint_item(keyless, context)} == {"L01"}


def test_a_finding_reads_as_one_line(make_item: Any, context: LintContext) -> None:
    (finding,) = lint_item(
        make_item(stem="What reason did the post-vote report (2018) give? Tell us."), context
    )
    assert str(finding) == "L04 E stem: does not end in a question mark"
