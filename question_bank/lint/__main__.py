"""``python -m question_bank.lint fingerprints DIR``: rebuild the fingerprints of the originals in a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from question_bank.lint.fingerprints import SHIPPED, build, write


def main() -> None:
    """Run the command named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m question_bank.lint", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fingerprints = commands.add_parser("fingerprints", help="rebuild the fingerprints of the originals")
    fingerprints.add_argument("folder", type=Path, help="holds the originals as *.txt")
    folder: Path = parser.parse_args().folder
    write(build(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))), SHIPPED)


if __name__ == "__main__":
    main()
