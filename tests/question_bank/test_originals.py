"""The seeds beside the originals: nothing is said that its paragraph does not say, and nothing is copied.

The originals are not part of the project; the fixture ``originals`` knows where they may stand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from question_bank.build import Build
from question_bank.fact_base import FactBase
from question_bank.lint.fingerprints import RUN, build, shipped
from question_bank.lint.originality import carried_over
from question_bank.lint.report import texts
from question_bank.loader import CURATED_DIR, SEEDS_DIR
from question_bank.originals import Originals, document_faults, fact_faults, paragraphs, read_originals
from question_bank.text import prose_words, runs

FILES = sorted([*SEEDS_DIR.glob("*.toml"), *CURATED_DIR.glob("*.toml")])


@pytest.fixture(scope="module")
def published(originals: Path, base: FactBase) -> Originals:
    return read_originals(originals, base)


def test_every_hash_is_that_of_its_original(base: FactBase, published: Originals) -> None:
    _none(document_faults(base, published))


def test_the_documents_have_18_and_33_paragraphs(published: Originals) -> None:
    assert [len(found) for found in published.paragraphs.values()] == [18, 33]


def test_numbers_and_names_of_facts_stand_in_their_paragraphs(base: FactBase, published: Originals) -> None:
    _none(fact_faults(base, published))


def test_the_shipped_fingerprints_are_those_of_the_originals(published: Originals) -> None:
    assert shipped() == build(data.decode() for data in published.files.values())


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_no_sentence_was_carried_over_into_a_file(path: Path, published: Originals) -> None:
    strings = _strings(tomllib.loads(path.read_text(encoding="utf-8")))
    _none(run for text in strings for run in carried_over(text, shipped()))


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_no_eight_words_were_carried_over_anywhere_in_a_file(path: Path, published: Originals) -> None:
    """Across strings and comments, inside quotation marks as well."""
    known = {run for data in published.files.values() for run in runs(prose_words(data.decode()), RUN + 1)}
    shared = [run for run in runs(prose_words(path.read_text(encoding="utf-8")), RUN + 1) if run in known]
    _none(" ".join(run) for run in shared)


def test_no_sentence_was_carried_over_into_the_bank(build: Build, published: Originals) -> None:
    shared = [
        f"{item.uid} {where}: {run}"
        for item in build.items
        for where, text in texts(item).items()
        for run in carried_over(text, shipped())
    ]
    _none(shared)


def test_a_wrong_number_and_a_wrong_name_are_found(base: FactBase, published: Originals) -> None:
    wrong = _changed(base, statement="Philippe Gomès put turnout at 63%.")
    found = _listed(fact_faults(wrong, published))
    assert "NC-A01: statement: the number 63 is not in the paragraph" in found
    assert "NC-A01: statement: the name Gomes is not in the paragraph" in found


def test_wording_that_is_not_the_originals_is_found(base: FactBase, published: Originals) -> None:
    found = _listed(fact_faults(_changed(base, wording="a record turnout"), published))
    assert "NC-A01: wording: these words do not stand in the paragraph" in found


@pytest.mark.parametrize(
    ("token", "where", "fault"),
    [
        ("2018", "B13", ""),  # stands there
        ("29", "B30", ""),  # what 44 and 27 leave of 100
        ("two", "B6", ""),  # a count in words
        ("2019", "B30", "the number 2019"),
        ("Daniel Goa", "B30", "the name Goa"),
        ("2018", "B99", "no such paragraph"),
        ("2018", "nowhere", "no such paragraph"),
    ],
)
def test_what_comes_from_elsewhere_is_looked_up(
    token: str, where: str, fault: str, base: FactBase, published: Originals
) -> None:
    found = _listed(fact_faults(_changed(base, from_elsewhere={token: where}), published))
    assert (f"from_elsewhere {token} = {where}" in found) is bool(fault)
    assert fault in found


def test_another_paragraph_under_a_passage_is_found(base: FactBase, published: Originals) -> None:
    first = next(iter(published.files))
    swapped = Originals({**published.files, first: published.files[first].replace(b"80%", b"81%")})
    found = _listed(document_faults(base, swapped))
    assert "sha256 is not that of the original file" in found
    assert "passage 1: sha256 is not that of the paragraph" in found


def test_a_missing_original_is_found(base: FactBase) -> None:
    assert "restates 18 paragraphs of 0" in _listed(document_faults(base, Originals({})))


def test_paragraphs_are_the_blocks_between_blank_lines() -> None:
    assert paragraphs("One\u00a0 two\nthree\n \n\nFour.\n") == ("One two three", "Four.")


def _none(faults: Iterable[Any]) -> None:
    """Fail with the faults one a line, however many there are."""
    if found := _listed(faults):
        pytest.fail(found, pytrace=False)


def _listed(faults: Iterable[Any]) -> str:
    return "\n".join(str(fault) for fault in faults)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _changed(base: FactBase, **changes: Any) -> FactBase:
    """The base with its first fact, NC-A01, changed."""
    first, *others = base.documents
    passage, *following = first.passage
    fact, *more = passage.fact
    passage = passage.model_copy(update={"fact": (fact.model_copy(update=changes), *more)})
    return replace(base, documents=(first.model_copy(update={"passage": (passage, *following)}), *others))
