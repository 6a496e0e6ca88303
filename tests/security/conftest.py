"""Who attacks and who is attacked: the visitors of the web's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import running_app
from tests.quizapp.conftest import (  # noqa: F401 - fixtures are found by their names
    app,
    own_app,
    own_reader,
    reader,
    shared_postgresql_app,
    shared_sqlite_app,
    stranger,
    visitor,
)

Limited = Callable[..., Flask]


@pytest.fixture
def limited(database_url: str, tmp_path: Path) -> Iterator[Limited]:
    """Applications that count what is sent, each as a process of its own would; all on one database."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(
            running_app(database_url, tmp_path / "instance", LIMITS=True, **settings)
        )
