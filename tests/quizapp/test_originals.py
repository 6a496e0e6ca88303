"""Attaching originals: each paragraph is checked against its hash, and then shown beside ours."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from question_bank.originals import paragraphs
from tests.conftest import running_app
from tests.quizapp.visitors import Visitor, rows

REPORT = "000_1a7ee3f22d7662d0.txt"


def attach(app: Flask, folder: Path) -> Result:
    return app.test_cli_runner().invoke(args=["attach-originals", str(folder)])


@pytest.fixture
def copies(originals: Path, tmp_path: Path) -> Path:
    """The originals in a folder in which they may be changed."""
    return Path(shutil.copytree(originals, tmp_path / "originals"))


def shown(visitor: Visitor) -> list[str]:
    page = visitor.get(f"/sources/{REPORT}").text
    found = re.findall(
        r'<blockquote class="original"><b>[^<]+</b> <span lang="en">(.*?)</span></blockquote>',
        page,
        re.DOTALL,
    )
    return [html.unescape(words).strip() for words in found]


@pytest.mark.every_database
def test_all_paragraphs_are_attached(own_app: Flask, copies: Path) -> None:
    before = rows(own_app)

    done = attach(own_app, copies)

    assert (done.exit_code, done.output) == (0, "51 original paragraphs attached.\n")
    assert rows(own_app) == before


def test_each_stands_beside_our_own(own_app: Flask, own_reader: Visitor, copies: Path) -> None:
    assert shown(own_reader) == []

    attach(own_app, copies)

    assert shown(own_reader) == [words.strip() for words in paragraphs((copies / REPORT).read_text())]


def test_a_paragraph_that_was_altered_is_named_and_nothing_is_attached(
    own_app: Flask, own_reader: Visitor, copies: Path
) -> None:
    text = (copies / REPORT).read_text()
    third = paragraphs(text)[2]
    (copies / REPORT).write_text(text.replace(third, third.replace("a", "e")))

    done = attach(own_app, copies)

    assert done.exit_code == 1
    assert f"{copies / REPORT}: paragraph 3 differs from the one that was restated" in done.stderr
    assert "paragraph 4" not in done.stderr
    assert shown(own_reader) == []


def test_a_paragraph_too_few_is_named(own_app: Flask, copies: Path) -> None:
    text = (copies / REPORT).read_text()
    (copies / REPORT).write_text(text.replace(paragraphs(text)[-1], ""))

    done = attach(own_app, copies)

    assert done.exit_code == 1
    assert "has 17 paragraphs, not 18" in done.stderr


def test_a_missing_document_is_named(own_app: Flask, copies: Path) -> None:
    (copies / REPORT).unlink()

    done = attach(own_app, copies)

    assert done.exit_code == 1
    assert f"{copies / REPORT}: is missing" in done.stderr


def test_what_is_no_text_is_refused(own_app: Flask, copies: Path) -> None:
    (copies / REPORT).write_bytes(b"\xff\xfe\x00")

    done = attach(own_app, copies)

    assert done.exit_code == 1
    assert "is not UTF-8" in done.stderr


def test_a_copy_that_is_altered_later_is_shown_no_more(
    own_app: Flask, own_reader: Visitor, copies: Path
) -> None:
    attach(own_app, copies)
    kept = Path(own_app.instance_path) / "originals" / REPORT
    text = kept.read_text()
    kept.write_text(text.replace(paragraphs(text)[0], "Something else altogether."))

    assert len(shown(own_reader)) == 17


def test_originals_wait_for_a_bank(empty_database_url: str, copies: Path, tmp_path: Path) -> None:
    with running_app(empty_database_url, tmp_path / "instance") as app:
        done = attach(app, copies)

    assert done.exit_code == 1
    assert "the bank is empty; run seed-questions first" in done.stderr
