"""``python -m question_bank.lint fingerprints DIR``: rebuild the fingerprints of the originals in a folder."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from question_bank.lint.fingerprints import SHIPPED, build, write


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m question_bank.lint", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fingerprints = commands.add_parser("fingerprints", help="rebuild the fingerprints of the originals")
    fingerprints.add_argument("folder", type=Path, help="holds the originals as *.txt")
    fingerprints.add_argument(
        "--to", type=Path, default=SHIPPED, help="the file to write (default: the shipped one)"
    )
    given = parser.parse_args(arguments)
    originals = sorted(given.folder.glob("*.txt"))
    if not originals:
        parser.error(f"{given.folder} holds no *.txt")
    write(build(path.read_text(encoding="utf-8") for path in originals), given.to)


if __name__ == "__main__":
    main()
