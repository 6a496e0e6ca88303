"""Codes: hard to guess, easy to read aloud, kept only as a hash, and one a learner."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from flask import Flask

from quizapp.services import resuming
from quizapp.services.resuming import (
    ALPHABET,
    LENGTH,
    find_owner,
    grouped,
    hash_of,
    make_code,
    new_code,
    read_code,
)
from quizapp.transactions import reading, writing
from tests.quizapp.visitors import query

KEY = "the server's"
NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
CODE = "4K7DTR20XM9P"


def test_a25_a_code_is_hard_to_guess_and_never_a_word() -> None:
    assert LENGTH * math.log2(len(ALPHABET)) >= 55
    assert not set("AEIOULQSZBG") & set(ALPHABET)
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert set("".join(codes)) == set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "4K7D-TR20-XM9P",
        " 4k7d tr20\u00a0xm9p ",
        "4K7D–TR2O–XM9P",
        "4k7d.trzq.xmgp".replace("g", "9"),
        "４Ｋ７ＤＴＲ２０ＸＭ９Ｐ",
    ],
)
def test_what_people_type_is_read_as_they_mean_it(typed: str) -> None:
    assert read_code(typed) == CODE
    assert grouped(CODE) == "4K7D-TR20-XM9P"


def test_every_sign_that_looks_like_another_is_read_as_that() -> None:
    assert read_code("oqilzs gbuyhc") == "00112568VYHC"


@pytest.mark.parametrize(
    "typed", ["", CODE[:-1], f"{CODE}7", "4K7D-TR20-XM9A", "٤" * 12, "x\0" * 6, "é" * 12]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.every_database
def test_a_new_code_ends_the_old_one_and_only_hashes_are_kept(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            first = make_code(session, "ann", key=KEY, now=NOW)
            other = make_code(session, "ben", key=KEY, now=NOW)
        with writing() as session:
            second = make_code(session, "ann", key=KEY, now=NOW + dt.timedelta(days=1))
        with reading() as session:
            owners = [find_owner(session, hash_of(code, KEY)) for code in (first, second, other)]
            assert owners == [None, "ann", "ben"]
            assert find_owner(session, hash_of(second, "another key")) is None
            assert resuming.code_made_at(session, "ann") == NOW + dt.timedelta(days=1)
    stored = "".join(str(row) for row in query(app, "SELECT * FROM resume_code"))
    assert not [code for code in (first, second, other) if code in stored]
