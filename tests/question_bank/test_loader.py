"""The loader: a good fact base, and every fault of a bad one with its file and line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from question_bank.errors import SeedFaultsError
from question_bank.fact_base import FactBase
from question_bank.loader import SEEDS_DIR, load

A = "000_1a7ee3f22d7662d0.toml"
B = "003_d0322ff640151e06.toml"
Edit = Callable[[str, str, str], int]


def faults(seeds: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(SeedFaultsError) as caught:
        load(seeds)
    return [(fault.path.name, fault.line, fault.message) for fault in caught.value.faults]


def test_it_restates_every_paragraph_of_both_documents(base: FactBase) -> None:
    assert [len(document.passage) for document in base.documents] == [18, 33]


def test_it_holds_at_least_101_item_grade_facts(base: FactBase) -> None:
    assert len(base.item_grade) >= 101


def test_every_paragraph_has_its_facts_or_says_why_it_has_none(base: FactBase) -> None:
    silent = [
        (document.letter, passage.n)
        for document in base.documents
        for passage in document.passage
        if not passage.fact and not passage.no_facts_because
    ]
    assert silent == []


def test_every_fact_that_makes_no_item_says_why(base: FactBase) -> None:
    assert [fact.id for fact in base.facts.values() if fact.use != "item" and not fact.why_not] == []


def test_what_is_no_fact_has_a_speaker(base: FactBase) -> None:
    assert [fact.id for fact in base.facts.values() if fact.stance != "fact" and not fact.speaker] == []


def test_it_names_the_line_of_broken_toml(seeds: Path, edit: Edit) -> None:
    line = edit(A, "n = 2", "n = = 2")

    assert faults(seeds)[0][:2] == (A, line)


def test_it_reports_faults_of_several_files_at_once_each_with_its_line(seeds: Path, edit: Edit) -> None:
    first = edit(A, 'relation = "turnout"', 'relation = "turnnout"')
    second = edit(B, 'topic = "referendum"', 'topic = "referendums"')
    third = edit("topics.toml", "order = 1", 'order = "first"')

    found = {(name, line) for name, line, _ in faults(seeds)}

    assert {(B, second), ("topics.toml", third)} <= found
    # A reference can only be checked once every file is well-formed.
    edit(B, 'topic = "referendums"', 'topic = "referendum"')
    edit("topics.toml", 'order = "first"', "order = 1")
    (name, line, message) = faults(seeds)[0]
    assert name == A
    assert line < first
    assert "turnnout" in message


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('evidence = "', 'evidence = "Nobody wrote this. ', "stands 0 times"),
        ('subject = "event:vote-2018"', 'subject = "event:nothing"', "is not in the vocabulary"),
        (
            'subject = "event:vote-2018"',
            'subject = "person:macron"',
            "does not take a subject of type person",
        ),
        ('id = "NC-A01"', 'id = "NC-B01"', "names document B"),
        ("contrasts = [", 'contrasts = ["NC-A99", ', "which is no fact"),
        ("n = 1\n", "n = 7\n", "stands where passage 1 belongs"),
        ('stance = "forecast"', 'stance = "guess"', "stance"),
    ],
)
def test_it_refuses_what_does_not_hold_together(
    seeds: Path, edit: Edit, old: str, new: str, complaint: str
) -> None:
    edit(A, old, new)

    assert any(complaint in message for _, _, message in faults(seeds))


def test_an_unknown_field_is_a_fault(seeds: Path, edit: Edit) -> None:
    line = edit(A, 'id = "NC-A01"', 'id = "NC-A01"\n  colour = "red"')

    assert (A, line + 1) in {(name, at) for name, at, _ in faults(seeds)}


def test_a_missing_file_is_a_fault(seeds: Path) -> None:
    (seeds / "vocabulary.toml").unlink()

    assert ("vocabulary.toml", 0, "is missing") in faults(seeds)


def test_a_folder_without_documents_is_a_fault(seeds: Path) -> None:
    for name in (A, B):
        (seeds / name).unlink()

    assert "holds no document" in faults(seeds)[0][2]


def test_the_schema_for_editors_is_up_to_date(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "question_bank", "schema", str(tmp_path)], check=True)

    for path in sorted(tmp_path.glob("*.json")):
        assert (SEEDS_DIR / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_the_check_command_reports_faults_and_fails(seeds: Path, edit: Edit) -> None:
    edit(A, 'relation = "turnout"', 'relation = "turnnout"')

    done = subprocess.run(
        [sys.executable, "-m", "question_bank", "check", str(seeds)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "turnnout is not in the vocabulary" in done.stderr
