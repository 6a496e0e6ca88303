"""Copied text is found by its fingerprints, and only copied text (L28)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.facts import SinceThen
from question_bank.lint import LintContext, lint_item
from question_bank.lint.__main__ import main
from question_bank.lint.fingerprints import FALSE_POSITIVES, RUN, build, read, shipped, write
from question_bank.lint.originality import carried_over
from question_bank.text import prose_words, runs

ORIGINAL = "The quick brown fox jumps over the lazy dog while the old cat watches from a warm roof."
FINGERPRINTS = build([ORIGINAL])
WORD = st.text(alphabet="abcdefghij", min_size=3, max_size=6)


@given(st.lists(WORD, min_size=RUN, max_size=40))
def test_it_holds_every_run_that_it_was_built_of(words: list[str]) -> None:
    fingerprints = build([" ".join(words)])
    assert all(fingerprints.holds(run) for run in runs(tuple(words), RUN))


def test_it_holds_next_to_no_other_run() -> None:
    filled = build([" ".join(f"w{n}" for n in range(2000))], rate=1e-3)
    others = [tuple(f"v{n + i}" for i in range(RUN)) for n in range(20_000)]
    assert sum(filled.holds(run) for run in others) <= 40


@pytest.mark.parametrize(
    "text",
    [
        "We saw the quick brown fox jumps over the lazy cow.",
        "QUICK, brown FOX: jumps — over the lazy dog!",
        "It “jumps over the lazy dog while the old cat” at noon.",
        "The quick brown fox “jumps over the lazy dog”.",
    ],
)
def test_it_finds_what_was_carried_over(text: str) -> None:
    assert carried_over(text, FINGERPRINTS)


@pytest.mark.parametrize(
    "text",
    [
        "A brown fox jumps over the lazy cow.",
        "A cow “jumps over the lazy dog while the” clock ticks.",
        "Six words only: quick brown fox jumps over the.",
    ],
)
def test_it_leaves_short_runs_and_short_quotations(text: str) -> None:
    assert carried_over(text, FINGERPRINTS) == ()


def test_the_rule_reads_every_text_of_an_item(make_item: Any, context: LintContext) -> None:
    copying = replace(context, fingerprints=FINGERPRINTS)
    later = SinceThen(text=ORIGINAL, source="a public page", checked_on=dt.date(2026, 11, 22))
    for field, value in (("stem", ORIGINAL), ("explanation", ORIGINAL), ("since_then", later)):
        findings = lint_item(make_item(**{field: value}), copying)
        assert field in {finding.where for finding in findings if finding.rule == "L28"}


def test_it_reads_back_what_it_wrote(tmp_path: Path) -> None:
    write(FINGERPRINTS, tmp_path / "fingerprints.json")
    assert read(tmp_path / "fingerprints.json") == FINGERPRINTS


def test_the_command_builds_them_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "original.txt").write_text(ORIGINAL, encoding="utf-8")
    main(["fingerprints", str(tmp_path), "--to", str(tmp_path / "built.json")])
    assert read(tmp_path / "built.json") == FINGERPRINTS


def test_the_command_refuses_a_folder_without_originals(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["fingerprints", str(tmp_path)])


def test_the_shipped_ones_err_as_seldom_as_promised() -> None:
    fingerprints = shipped()
    filled = sum(byte.bit_count() for byte in fingerprints.bits) / (8 * len(fingerprints.bits))
    assert filled**fingerprints.hashes <= 2 * FALSE_POSITIVES


def test_words_are_cut_as_the_texts_are() -> None:
    assert prose_words("Nouméa’s “port”") == ("noumea's", "port")
