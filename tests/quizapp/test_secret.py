"""The secret key: made once, for its owner's eyes, and kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quizapp import create_app
from quizapp.refusing import UnsafeSettingError
from quizapp.secret import read_or_make_secret


def test_a34_it_is_long_and_for_its_owner_alone(tmp_path: Path) -> None:
    key = read_or_make_secret(tmp_path / "secret_key")

    assert len(bytes.fromhex(key)) == 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_it_is_kept(tmp_path: Path) -> None:
    assert read_or_make_secret(tmp_path / "secret_key") == read_or_make_secret(tmp_path / "secret_key")


def test_two_installations_have_different_ones(tmp_path: Path) -> None:
    assert read_or_make_secret(tmp_path / "one") != read_or_make_secret(tmp_path / "two")


def test_a34_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(read_or_make_secret, [tmp_path / "secret_key"] * 8))

    assert len(keys) == 1


@pytest.mark.parametrize("key", ["", "dev", "changeme", "x" * 31])
def test_a34_a_short_one_is_refused_with_what_to_do(tmp_path: Path, key: str) -> None:
    path = tmp_path / "secret_key"
    path.write_text(key)
    path.chmod(0o600)

    with pytest.raises(UnsafeSettingError, match="too short; remove the file"):
        read_or_make_secret(path)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a34_one_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secret_key"
    read_or_make_secret(path)
    path.chmod(mode)

    with pytest.raises(UnsafeSettingError, match="chmod 600"):
        read_or_make_secret(path)


def test_the_application_makes_its_own(tmp_path: Path) -> None:
    app = create_app({"INSTANCE": str(tmp_path / "new"), "DATABASE_URL": "sqlite://"})

    assert app.config["SECRET_KEY"] == (tmp_path / "new" / "secret_key").read_text()
    assert app.debug is False
