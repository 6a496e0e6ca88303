"""Every approved item was answered blind by two readers in the words that it has today."""

from __future__ import annotations

from question_bank.build import Build
from question_bank.readings import load_readings, unread


def test_every_item_has_been_read_by_two_readers_in_its_words(build: Build) -> None:
    missing = unread(build.items, build.base, load_readings())

    assert not missing, "\n".join(map(str, missing))
