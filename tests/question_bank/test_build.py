"""The whole build: enough items, the same every time, and red as soon as something in it is untrue."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from question_bank.build import Build, build_bank
from question_bank.errors import SeedFaultsError
from question_bank.items import Item, fingerprint
from question_bank.lint import LintContext, lint_item
from question_bank.loader import CURATED_DIR, SEEDS_DIR

Edit = Callable[[str, str, str], int]
LEAST_ITEMS, LEAST_PER_TOPIC, LEAST_MODELS = 80, 20, 10


def errors(item: Item, build: Build) -> set[str]:
    return {finding.rule for finding in lint_item(item, LintContext(build.base)) if finding.severity == "E"}


def test_it_holds_enough_items_for_every_topic(build: Build) -> None:
    topics = Counter(item.topic for item in build.items)

    assert len(build.items) >= LEAST_ITEMS
    assert len(topics) == 3
    assert min(topics.values()) >= LEAST_PER_TOPIC


def test_enough_models_reach_the_bank(build: Build) -> None:
    assert len({item.model for item in build.items if item.origin == "generated"}) >= LEAST_MODELS


def test_no_item_breaks_a_rule_at_error_level(build: Build) -> None:
    assert {item.uid: errors(item, build) for item in build.items if errors(item, build)} == {}


def test_two_builds_are_identical(build: Build) -> None:
    again = build_bank(SEEDS_DIR, CURATED_DIR)

    assert again.build == build.build
    assert [fingerprint(item) for item in again.items] == [fingerprint(item) for item in build.items]


def test_every_rejection_says_why(build: Build) -> None:
    assert build.rejections
    assert all(rejection.reasons for rejection in build.rejections)


def test_enemies_are_mutual_and_share_facts(build: Build) -> None:
    enemies = {item.uid: set(item.enemies) for item in build.items}

    for item in build.items:
        assert item.uid not in enemies[item.uid]
        assert all(item.uid in enemies[other] for other in enemies[item.uid])
    for item in build.items:
        for other in build.items:
            if item.uid != other.uid and set(item.facts) & set(other.facts):
                assert other.uid in enemies[item.uid]


def flipped(item: Item) -> Iterator[Item]:
    """The item with each distractor in turn marked as the key."""
    for wrong in item.distractors:
        options = tuple(replace(option, correct=option is wrong) for option in item.options)
        yield replace(item, options=options)


def with_a_true_distractor(item: Item) -> Item:
    """The item with what the key claims claimed by a distractor, in other words."""
    target = item.distractors[0]
    true = replace(target, text=f"In short: {item.key.text}", claim=item.key.claim)
    return replace(item, options=tuple(true if option is target else option for option in item.options))


def test_flipping_any_key_turns_the_bank_red(build: Build) -> None:
    unnoticed = [
        item.uid for item in build.items for flip in flipped(item) if "L24" not in errors(flip, build)
    ]

    assert unnoticed == []


def test_a_true_distractor_turns_the_bank_red(build: Build) -> None:
    unnoticed = [item.uid for item in build.items if "L24" not in errors(with_a_true_distractor(item), build)]

    assert unnoticed == []


def faults(seeds: Path, curated: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(SeedFaultsError) as caught:
        build_bank(seeds, curated)
    return [(fault.path.name, fault.line, fault.message) for fault in caught.value.faults]


def test_a_flipped_key_in_a_curated_file_is_a_fault_with_its_place(curated: Path) -> None:
    path = curated / "worked.toml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("[[item.option]]", 1)
    path.write_text(head + "[[item.option]]" + _swap_first_two(tail), encoding="utf-8")

    name, line, message = faults(SEEDS_DIR, curated)[0]

    assert name == "worked.toml"
    assert line > 0
    assert "L24" in message


def _swap_first_two(options: str) -> str:
    """Take the first mark of a key away and give it to an option that is none."""
    first, *rest = options.split("[[item.option]]")
    pieces = [first, *rest]
    right = next(i for i, piece in enumerate(pieces[:4]) if "correct = true\n" in piece)
    wrong = (right + 1) % 4
    pieces[right] = pieces[right].replace("correct = true\n", "")
    pieces[wrong] = "\ncorrect = true" + pieces[wrong]
    return "[[item.option]]".join(pieces)


def test_a_changed_figure_in_a_fact_is_a_fault(seeds: Path, edit: Edit) -> None:
    edit(
        "000_1a7ee3f22d7662d0.toml",
        'value = { type = "percent", op = ">", n = 80',
        'value = { type = "percent", op = ">", n = 85',
    )

    assert any("NC-A01" in message for _, _, message in faults(seeds, CURATED_DIR))


def test_better_words_for_an_unknown_item_are_a_fault(curated: Path) -> None:
    text = '[[reword]]\nuid = "quantity-nowhere"\nbecause = "it read badly"\nstem = "What?"\n'
    (curated / "extra.toml").write_text(text)

    assert faults(SEEDS_DIR, curated)[0][:2] == ("extra.toml", 1)


def test_a_rejection_of_an_unknown_item_is_noted_with_its_place(curated: Path) -> None:
    (curated / "extra.toml").write_text('\n[[reject]]\nuid = "quantity-nowhere"\nreason = "does not exist"\n')

    notes = build_bank(SEEDS_DIR, curated).notes

    assert ("extra.toml", 2) in {(note.path.name, note.line) for note in notes}


def test_the_faults_of_seeds_and_decisions_come_together(seeds: Path, curated: Path) -> None:
    (curated / "extra.toml").write_text('[[reject]]\nuid = "quantity-nowhere"\n')

    assert "reason" in faults(seeds, curated)[0][2]


def test_a_build_from_copies_elsewhere_is_the_same(build: Build, tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(SEEDS_DIR, tmp_path / "elsewhere" / "seeds"))

    assert build_bank(seeds, CURATED_DIR).build == build.build


def test_a_curator_can_set_the_level_of_a_generated_item(build: Build) -> None:
    item = next(one for one in build.items if one.uid == "level-nc-b76")

    assert item.origin == "generated"
    assert item.bloom == "remember"  # items of this model are "understand" of themselves


def test_a_note_on_background_says_that_it_is_no_later_event(build: Build) -> None:
    labels = {item.uid: item.since_then.label for item in build.items if item.since_then}

    assert labels["w11-1"] == "Outside the articles"
    assert labels["w01-1"] == "Since then"
