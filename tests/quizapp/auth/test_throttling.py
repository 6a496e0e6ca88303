"""A25: who fails waits longer and longer, in one network only, and is never locked out."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask

from quizapp.services import passwords, throttling
from quizapp.services.throttling import place_of
from tests.quizapp.auth.people import ANOTHER, EMAIL, SIGN_IN, account, actions, sign_in
from tests.quizapp.visitors import Visitor, count, target

START = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of tries; what one costs is tested where people sign in."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODYS", quick.hash("nobody knows it"))


@pytest.fixture
def clock() -> time_machine.Traveller:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def tries(app: Flask, number: int, *, email: str = EMAIL, address: str = "192.0.2.7") -> list[int]:
    """The answers to so many wrong passwords."""
    visitor = at(app, address)
    return [sign_in(visitor, email, ANOTHER).status_code for _ in range(number)]


def at(app: Flask, address: str) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor


@pytest.mark.every_database
def test_a25_five_are_free_then_each_costs_twice_as_long(
    own_app: Flask, clock: time_machine.Traveller
) -> None:
    account(own_app)
    visitor = at(own_app, "192.0.2.7")
    assert tries(own_app, 5) == [422] * 5

    waits = []
    for _ in range(8):
        refused = sign_in(visitor)
        assert refused.status_code == 429
        assert "Too many tries" in refused.text
        assert f'value="{EMAIL}"' in refused.text
        waits.append(int(refused.headers["Retry-After"]))
        clock.shift(waits[-1])
        assert tries(own_app, 1) == [422]

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a25_it_is_never_for_ever(own_app: Flask, clock: time_machine.Traveller) -> None:
    account(own_app)
    for _ in range(30):
        tries(own_app, 1)
        clock.shift(60)

    answer = sign_in(at(own_app, "192.0.2.7"))

    assert target(answer) == "/admin/"
    assert count(own_app, "sign_in_failure") == 0


def test_a25_neither_another_account_nor_another_network_waits(
    own_app: Flask, clock: time_machine.Traveller
) -> None:
    account(own_app)
    account(own_app, "paul@school.example")
    assert tries(own_app, 6)[-1] == 429

    assert tries(own_app, 1, address="192.0.2.200") == [429]
    assert tries(own_app, 1, address="198.51.100.7") == [422]
    assert sign_in(at(own_app, "192.0.2.7"), "paul@school.example").status_code == 303


def test_a25_a_network_that_fails_a_hundred_times_waits(
    own_app: Flask, clock: time_machine.Traveller
) -> None:
    account(own_app)
    for number in range(100):
        assert tries(own_app, 1, email=f"{number}@school.example") == [422]
        clock.shift(1)

    refused = sign_in(at(own_app, "192.0.2.7"))
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == 15 * 60 - 100
    assert sign_in(at(own_app, "198.51.100.7")).status_code == 303

    clock.shift(15 * 60 - 100)
    assert sign_in(at(own_app, "192.0.2.7")).status_code == 303


def test_a25_what_was_refused_is_neither_counted_nor_in_the_log(
    own_app: Flask, clock: time_machine.Traveller
) -> None:
    account(own_app)
    tries(own_app, 50)

    assert count(own_app, "sign_in_failure") == 5
    assert [action for _, action, _ in actions(own_app)].count("sign-in failed") == 5


def test_a25_old_failures_are_cleared(own_app: Flask, clock: time_machine.Traveller) -> None:
    tries(own_app, 3)
    clock.shift(3601)
    tries(own_app, 1)

    assert count(own_app, "sign_in_failure") == 1


def test_a25_a_try_counts_while_it_is_under_way(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at once must not be as many free tries."""
    account(own_app)
    seen = []
    monkeypatch.setattr(
        "quizapp.auth.here.check_password",
        lambda *_: seen.append(count(own_app, "sign_in_failure")) or throttling.math.inf,
    )

    with pytest.raises(AttributeError):
        sign_in(Visitor(own_app.test_client()))

    assert seen == [1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:1:2::3", "2001:db8:1:ffff::1", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        (None, "no address", True),
    ],
)
def test_a_network_is_what_a_school_or_a_household_has(one: str | None, other: str, same: bool) -> None:
    places = [place_of(EMAIL, address, "key") for address in (one, other)]

    assert (places[0].network == places[1].network) is same
    assert places[0].account == places[1].account
    assert EMAIL not in places[0].account
    assert place_of(EMAIL, one, "another key") != places[0]


def test_the_page_waits_for_no_one_who_only_looks(own_app: Flask) -> None:
    account(own_app)
    tries(own_app, 7)

    assert Visitor(own_app.test_client()).get(SIGN_IN).status_code == 200
