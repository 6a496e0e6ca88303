"""Passwords: hashed as security asks, refused where they are soon guessed, checked as long where there is none."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters

from quizapp.services import passwords
from quizapp.services.passwords import check_password, hash_password, weakness_of

GOOD = "lagoon under quiet thunder"


def test_a_hash_is_argon2id_with_memory_that_makes_guessing_dear() -> None:
    stored = hash_password(GOOD)
    parameters = extract_parameters(stored)

    assert stored.startswith("$argon2id$")
    assert parameters.memory_cost >= 47104
    assert parameters.time_cost >= 1
    assert stored != hash_password(GOOD)
    assert check_password(stored, GOOD).is_right
    assert not check_password(stored, GOOD.upper()).is_right


def test_nobodys_password_costs_as_much_as_anybodys() -> None:
    assert extract_parameters(passwords._NOBODYS) == extract_parameters(hash_password(GOOD))
    assert not check_password(None, GOOD).is_right
    assert not check_password(None, "").is_right


def test_what_was_hashed_well_is_left_alone() -> None:
    assert check_password(hash_password(GOOD), GOOD).new_hash is None


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert check_password(hash_password("Nouméa, été austral"), "Nouméa, été austral").is_right


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "password1234",
        "qwertyuiop12",
        "aaaaaaaaaaaaaaaa",
        "1234567890",
        "marie@school.example",
        "marie marie",
        "ibid ibid ibid",
        "x" * 129,
        "",
    ],
)
def test_what_is_soon_guessed_is_refused_with_a_reason(password: str) -> None:
    reason = weakness_of(password, email="marie@school.example", product="Ibid")

    assert reason
    assert reason.endswith(".")
    assert not password or password not in reason


@pytest.mark.parametrize(
    "password", [GOOD, "seven pirogues drift homeward", "tR7#pq!zL0w", "é" * 3 + GOOD * 4, "鷲" * 3 + GOOD]
)
def test_what_is_hard_to_guess_is_taken(password: str) -> None:
    assert weakness_of(password, email="marie@school.example", product="Ibid") is None
