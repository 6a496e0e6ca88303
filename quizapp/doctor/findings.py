"""What a check looks at, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine

from quizapp.refusing import is_this_machine

Level = Literal["ok", "warning", "failure"]


@dataclass(frozen=True, slots=True)
class Patient:
    """An application as it is set up, and where it is served."""

    config: Mapping[str, Any]
    instance: Path
    engine: Engine
    host: str
    now: dt.datetime

    @property
    def is_public(self) -> bool:
        """Whether others than those at this machine can come."""
        return not is_this_machine(self.host) or bool(self.config["PROXIES"] or self.config["TRUSTED_HOSTS"])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, and what to do about it; nothing is to be done where it is well."""

    level: Level
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of the check of this name."""

    check: str
    level: Level
    found: str
    remedy: str


Check = Callable[[Patient], Verdict]


def ok(found: str) -> Verdict:
    """All is well."""
    return Verdict("ok", found)


def warning(found: str, remedy: str) -> Verdict:
    """It works, and could go wrong."""
    return Verdict("warning", found, remedy)


def failure(found: str, remedy: str) -> Verdict:
    """It is not to be served like this."""
    return Verdict("failure", found, remedy)
