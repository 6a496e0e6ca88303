"""The product's reviews, on a few simulated learners: tests/benchmarks/spacing.py measures more of them."""

from __future__ import annotations

import pytest

from tests.benchmarks.spacing import POLICIES, TOPPED_UP, goals, measure

FEW = range(4)


def test_the_goals_for_spacing_are_reached() -> None:
    results = {name: measure(policy, FEW) for name, policy in POLICIES.items()}

    assert [goal for goal, is_met in goals(results) if not is_met] == []
    assert results[TOPPED_UP].retention == pytest.approx(0.92, abs=0.02)
    assert results[TOPPED_UP].answers == 879
