"""The record of blind readings: what counts as read, what a sheet shows, and how answers are entered."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from question_bank import __main__ as command_line
from question_bank.blind import LETTERS, letters, sheet
from question_bank.build import Build
from question_bank.items import Item
from question_bank.items import replace as changed
from question_bank.readings import READERS, digest, load_readings, save, take, unread


@pytest.fixture(scope="module")
def item(build: Build) -> Item:
    return next(one for one in build.items if not one.ordered)


def test_the_digest_is_of_what_a_blind_reader_sees(build: Build, item: Item) -> None:
    own = digest(item, build.base)
    other_words = (replace(item.options[0], text="Something else"), *item.options[1:])

    assert digest(changed(item, options=tuple(reversed(item.options))), build.base) == own
    assert digest(changed(item, explanation="In other words."), build.base) == own
    assert digest(changed(item, stem=f"So: {item.stem}"), build.base) != own
    assert digest(changed(item, options=other_words), build.base) != own
    assert digest(changed(item, evidence=(), options=()), build.base) != own


def test_a_sheet_shows_neither_key_nor_reasons(build: Build) -> None:
    for item in build.items:
        printed = sheet(item, build.base, "0")
        assert item.stem in printed
        assert all(option.text in printed for option in item.options)
        assert item.explanation not in printed
        assert not any(option.rationale in printed for option in item.options), item.uid


def test_letters_are_the_same_on_every_sheet_and_keys_on_all_of_them(build: Build) -> None:
    places = [letters(item)[item.key.text] for item in build.items]

    assert places == [letters(item)[item.key.text] for item in build.items]
    assert all(places.count(letter) >= len(places) / 8 for letter in LETTERS)


def test_answers_are_entered_and_kept(build: Build, item: Item, tmp_path: Path) -> None:
    key = letters(item)[item.key.text]
    taken = take(
        f"# by hand\n\n{item.uid} {digest(item, build.base)} {key}\n", build.items, build.base, {"gone": "0"}
    )
    save(taken.record, "one", tmp_path)
    kept = load_readings(tmp_path)

    assert (taken.added, taken.left_out) == (1, ())
    assert kept == {"one": {item.uid: digest(item, build.base)}, "two": {}}
    assert [one.by for one in unread([item], build.base, kept)] == [("two",)]
    assert str(unread([item], build.base, kept)[0]) == f"{item.uid}: not read by reader two"


def test_an_item_is_read_by_both_or_it_is_unread(build: Build, item: Item) -> None:
    both = {reader: {item.uid: digest(item, build.base)} for reader in READERS}
    touched = changed(item, stem=f"So: {item.stem}")

    assert unread([item], build.base, both) == ()
    assert [one.by for one in unread([touched], build.base, both)] == [READERS]


def test_what_does_not_count_as_read(build: Build, item: Item) -> None:
    wrong = letters(item)[item.distractors[0].text]
    answers = f"no-such-item A\n{item.uid} 0123456789ab A\n{item.uid} {wrong}\n{item.uid} ?\n"
    taken = take(answers, build.items, build.base, {})

    assert taken.record == {}
    assert taken.left_out == (
        "no-such-item: no such item in the bank",
        f"{item.uid}: its wording has changed since the sheet was printed",
        f"{item.uid}: answered {wrong}, which is not the key",
        f"{item.uid}: answered ?, which is not the key",
    )


def test_the_commands(
    build: Build, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["question_bank", *arguments])
        return command_line.main(), capsys.readouterr().out

    monkeypatch.setattr(command_line, "_build", lambda: build)
    monkeypatch.setattr(command_line, "load_readings", lambda: load_readings(tmp_path))
    monkeypatch.setattr(command_line, "save", lambda record, reader: save(record, reader, tmp_path))
    answers = tmp_path / "answers.txt"
    answers.write_text("\n".join(item.uid for item in build.items[1:]), encoding="utf-8")

    assert run("unread")[0] == 1
    assert run("record-reading", "--reader", "one", str(answers))[0] == 0
    assert run("record-reading", "--reader", "two", str(answers))[0] == 0
    assert run("sheet", "--only-unread", "--reader", "two")[1].count("## ") == 1
    assert run("sheet")[1].count("## ") == len(build.items)
    assert run("unread")[1].startswith(f"{build.items[0].uid}: not read by reader one and reader two")
