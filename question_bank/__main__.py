"""``python -m question_bank``: check the seeds, write the JSON Schema for editors, show the items."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from question_bank.errors import SeedFaultsError
from question_bank.facts import Document
from question_bank.loader import CURATED_DIR, SEEDS_DIR, load
from question_bank.vocabulary import Vocabulary


def main() -> int:
    """Run the command named on the command line; the exit status is 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m question_bank", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check the seed files and report every fault")
    check.add_argument("seeds", nargs="?", type=Path, default=SEEDS_DIR)
    schema = commands.add_parser("schema", help="write the JSON Schema of the seed files into a folder")
    schema.add_argument("folder", type=Path)
    gallery = commands.add_parser("gallery", help="print samples of every item model for each topic")
    gallery.add_argument("--most", type=int, default=3, help="how many a model and topic (default 3)")
    arguments = parser.parse_args()
    try:
        if arguments.command == "check":
            return _check(arguments.seeds)
        if arguments.command == "schema":
            return _schema(arguments.folder)
        return _gallery(arguments.most)
    except SeedFaultsError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} faults", file=sys.stderr)
        return 1


def _check(seeds: Path) -> int:
    base = load(seeds)
    grades = len(base.item_grade)
    print(f"{len(base.documents)} documents, {len(base.facts)} facts, {grades} of them item-grade: no faults")
    return 0


def _schema(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name, record in (("document", Document), ("vocabulary", Vocabulary)):
        text = json.dumps(record.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
    return 0


def _gallery(most: int) -> int:
    from question_bank.build import build_bank  # noqa: PLC0415 - the other commands do without the generator
    from question_bank.gallery import pages  # noqa: PLC0415

    for page in pages(build_bank(SEEDS_DIR, CURATED_DIR), most=most):
        print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
