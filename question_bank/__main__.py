"""``python -m question_bank``: check the seeds, write the JSON Schema for editors, show the items, have them read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from question_bank.blind import sheet
from question_bank.errors import SeedFaultsError
from question_bank.facts import Document
from question_bank.loader import CURATED_DIR, SEEDS_DIR, load
from question_bank.readings import READERS, digest, load_readings, save, take, unread
from question_bank.vocabulary import Vocabulary

if TYPE_CHECKING:
    from question_bank.build import Build


def main() -> int:
    """Run the command named on the command line; the exit status is 1 where something is wrong."""
    arguments = _parser().parse_args()
    try:
        status: int = arguments.run(arguments)
    except SeedFaultsError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} faults", file=sys.stderr)
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m question_bank", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, told: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=told)
        added.set_defaults(run=run)
        return added

    check = command("check", "check the seed files and report every fault", _check)
    check.add_argument("seeds", nargs="?", type=Path, default=SEEDS_DIR)
    schema = command("schema", "write the JSON Schema of the seed files into a folder", _schema)
    schema.add_argument("folder", type=Path)
    gallery = command("gallery", "print samples of every item model for each topic", _gallery)
    gallery.add_argument("--most", type=int, default=3, help="how many a model and topic (default 3)")
    command("unread", "list the items whose words two readers have not read yet", _unread)
    sheet = command("sheet", "print the bank for a blind reader: no keys, no explanations", _sheet)
    sheet.add_argument("--only-unread", action="store_true", help="only what has not been read in its words")
    sheet.add_argument("--reader", choices=READERS, help="what this reader has not read (default: either)")
    record = command("record-reading", "enter what a reader has read, from a file of answers", _record)
    record.add_argument("--reader", choices=READERS, required=True)
    record.add_argument("answers", type=Path, help="one item a line: uid, digest on the sheet, letter chosen")
    return parser


def _check(arguments: argparse.Namespace) -> int:
    base = load(arguments.seeds)
    grades = len(base.item_grade)
    print(f"{len(base.documents)} documents, {len(base.facts)} facts, {grades} of them item-grade: no faults")
    return 0


def _schema(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, record in (("document", Document), ("vocabulary", Vocabulary)):
        text = json.dumps(record.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
    return 0


def _gallery(arguments: argparse.Namespace) -> int:
    from question_bank.gallery import pages  # noqa: PLC0415 - the other commands do without the generator

    for page in pages(_build(), most=arguments.most):
        print(page)
    return 0


def _unread(arguments: argparse.Namespace) -> int:
    del arguments
    build = _build()
    missing = unread(build.items, build.base, load_readings())
    for one in missing:
        print(one)
    print(f"{len(missing)} of {len(build.items)} items have not been read by both readers in their words")
    return 1 if missing else 0


def _sheet(arguments: argparse.Namespace) -> int:
    build = _build()
    missing = {one.uid: one.by for one in unread(build.items, build.base, load_readings())}
    for item in build.items:
        by = missing.get(item.uid, ())
        if not arguments.only_unread or (arguments.reader in by if arguments.reader else by):
            print(sheet(item, build.base, digest(item, build.base)))
    return 0


def _record(arguments: argparse.Namespace) -> int:
    build = _build()
    record = load_readings()[arguments.reader]
    taken = take(arguments.answers.read_text(encoding="utf-8"), build.items, build.base, record)
    path = save(taken.record, arguments.reader)
    print(f"{taken.added} items entered in {path}")
    for reason in taken.left_out:
        print(f"left out: {reason}", file=sys.stderr)
    return 1 if taken.left_out else 0


def _build() -> Build:
    from question_bank.build import build_bank  # noqa: PLC0415 - check and schema do without the generator

    return build_bank(SEEDS_DIR, CURATED_DIR)


if __name__ == "__main__":
    sys.exit(main())
