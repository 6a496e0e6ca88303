"""The page for those who run it at a school: what it names exists, and what exists is named."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

import quizapp

PACKAGE = Path(quizapp.__file__).parent
PAGE = (PACKAGE / "operations" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL)


def test_its_commands_are_commands(app: Flask) -> None:
    text = "\n".join(BLOCKS) + " ".join(re.findall(r"`((?:ibid|flask) [^`]+)`", PAGE))
    named = set(re.findall(r"(?:^|\s|/)(?:flask|ibid) ([a-z]+(?:-[a-z]+)*)(?=[\s']|$)", text))

    assert {"serve", "doctor", "purge", "backup", "restore", "copy-database", "seed-questions"} <= named
    assert named - {"ibid"} <= set(app.cli.commands), named


def test_it_tells_every_setting_and_no_other() -> None:
    read = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(
            r'"(QUIZAPP_[A-Z_]+|DATABASE_URL|REDIS_URL)"', path.read_text(encoding="utf-8")
        )
    }
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE, flags=re.MULTILINE))

    assert told == read


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_shell_can_read_its_blocks(number: int) -> None:
    done = subprocess.run(["bash", "-n"], input=BLOCKS[number], text=True, capture_output=True, check=False)  # noqa: S607

    assert (done.returncode, done.stderr) == (0, "")
