"""What a stranger installs: the wheel is whole, runs from any folder, and is made from pinned things only."""

# ruff: noqa: S202 - what is unpacked, opened and run here was made here

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import tomllib
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from quizapp.frontend.build_hook import VENDOR_FILES, WHEEL_FOLDERS, npm_ci

ROOT = Path(__file__).resolve().parent.parent
MANIFESTS = [ROOT / "quizapp" / "frontend", ROOT / "tests"]
PACKAGES = ("quizapp", "question_bank")
LEAST_SAFE_VERSIONS = {
    "flask": (3, 1, 3),
    "flask-wtf": (1, 3, 0),
    "jinja2": (3, 1, 6),
    "sqlalchemy": (2, 0, 40),
    "werkzeug": (3, 1, 9),
    "wtforms": (3, 3, 0),
}


def build(builder: type[WheelBuilder | SdistBuilder], root: Path, folder: Path) -> Path:
    return Path(next(iter(builder(str(root)).build(directory=str(folder), versions=["standard"]))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(WheelBuilder, ROOT, tmp_path_factory.mktemp("wheel"))


def files_in_wheel(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def files_under(folder: Path, prefix: str) -> set[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {f"{prefix}/{path.as_posix()}" for path in found if "__pycache__" not in path.parts}


def test_wheel_holds_the_packages_and_the_folders_beside_them(wheel: Path) -> None:
    expected = {
        name
        for package in PACKAGES
        for name in files_under(ROOT / package, package)
        if not name.startswith("quizapp/frontend/")
    }
    for folder, place in WHEEL_FOLDERS.items():
        expected |= files_under(ROOT / folder, place)

    assert files_in_wheel(wheel) == expected


def test_wheel_brings_htmx_the_fonts_and_their_licences(wheel: Path) -> None:
    assert files_in_wheel(wheel) >= {f"quizapp/static/vendor/{name}" for name in VENDOR_FILES}


def test_wheel_built_from_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build(SdistBuilder, ROOT, tmp_path)) as sdist:
        names = sdist.getnames()
        sdist.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    unpacked = tmp_path / names[0].partition("/")[0]
    assert not (unpacked / "static" / "vendor").exists(), "third-party files are fetched, not handed on"
    shutil.copytree(
        ROOT / "static" / "vendor", unpacked / "static" / "vendor"
    )  # spares this test the network

    again = build(WheelBuilder, unpacked, tmp_path)

    assert files_in_wheel(again) == files_in_wheel(wheel)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a clean environment that holds the wheel.

    Elsewhere than in CI it borrows the dependencies of this one, which takes no network and no half minute.
    """
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    if os.environ.get("CI") == "true":
        how = ["-c", str(ROOT / ".ci" / "constraints.txt")]
    else:
        how = ["--no-deps", "--no-index"]
        borrowed = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
        Path(borrowed, "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    subprocess.run([*pip, *how, str(wheel)], check=True)
    return python


@pytest.fixture(scope="module")
def elsewhere(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """Another folder, in which the installed wheel has built its bank."""
    folder = Elsewhere(installed, tmp_path_factory.mktemp("elsewhere"))
    folder.run("-m", "flask", "--app", "quizapp", "seed-questions")
    return folder


class Elsewhere:
    """Runs the clean environment's Python in a folder that knows nothing of the checkout."""

    def __init__(self, python: Path, folder: Path) -> None:
        self._python = python
        self._folder = folder
        unset = ("DATABASE_URL", "FLASK_APP", "PYTHONPATH", "QUIZAPP_INSTANCE", "VIRTUAL_ENV")
        self._env = {name: value for name, value in os.environ.items() if name not in unset}

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [self._python, *words],
            cwd=self._folder,
            env=self._env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The address of the real server; it has to stop by itself when asked."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        command = [self._python, "-m", "flask", "--app", "quizapp", "serve", "--port", str(port)]
        with (self._folder / "server.log").open("w") as log:
            process = subprocess.Popen(command, cwd=self._folder, env=self._env, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process, self._folder / "server.log")
            yield f"http://127.0.0.1:{port}"
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
            process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the server does not answer:\n{log.read_text()}")


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as response:
        assert response.status == 200
        body: bytes = response.read()
        return body


def test_installed_wheel_runs_on_its_own_files(installed: Path, elsewhere: Elsewhere) -> None:
    found = elsewhere.run(
        "-c",
        "import quizapp.assets as a, question_bank.loader as b; print(a.TEMPLATES_DIR, a.STATIC_DIR, b.SEEDS_DIR)",
    )

    environment = str(installed.parent.parent)
    assert [place.startswith(environment) for place in found.split()] == [True, True, True]


def test_installed_wheel_serves_the_quiz_from_another_folder(elsewhere: Elsewhere) -> None:
    with elsewhere.serving() as address:
        home = fetch(f"{address}/").decode()
        files = re.findall(r'(?:href|src)="(/static/[^"]+)"', home)

        assert "Pacific geopolitics" in home
        assert any("/vendor/htmx-" in file for file in files)
        assert all(fetch(address + file) for file in files)


def test_lock_files_name_checksums_and_no_host() -> None:
    for folder in MANIFESTS:
        packages = json.loads((folder / "package-lock.json").read_text())["packages"]
        pinned = [package for name, package in packages.items() if name]

        assert pinned
        assert all(package["integrity"].startswith("sha512-") for package in pinned)
        assert not any("resolved" in package for package in pinned)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(word for extra in project["optional-dependencies"].values() for word in extra),
    ]
    lines = (ROOT / ".ci" / "constraints.txt").read_text().splitlines()
    pinned = {plain_name(line) for line in lines if "==" in line}

    assert {plain_name(word) for word in wanted} <= pinned
    assert "://" not in "".join(lines)


def plain_name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=;~! ]", requirement)[0]).lower()


@pytest.mark.parametrize("name", LEAST_SAFE_VERSIONS)
def test_versions_with_known_holes_are_not_used(name: str) -> None:
    running = tuple(int(part) for part in re.findall(r"\d+", version(name))[:3])

    assert running >= LEAST_SAFE_VERSIONS[name]


def test_failed_fetch_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_offline", "true")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "empty"))

    with pytest.raises(SystemExit, match=r"cannot fetch the npm packages pinned in .*frontend: ") as stop:
        npm_ci(MANIFESTS[0], tmp_path)

    assert "\n" not in str(stop.value)
