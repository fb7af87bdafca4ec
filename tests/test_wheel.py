"""The wheel: built from a fresh clone, installed where there is nothing else, it serves."""

import os
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest
from serving import ROOT, Server

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def run(*command: object, folder: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """An environment that holds the locked libraries and the wheel, and a folder that holds nothing."""
    folder = tmp_path_factory.mktemp("wheel")
    run("git", "clone", "-q", "--no-hardlinks", ROOT, folder / "clone", folder=folder)
    assert not list((folder / "clone").rglob("*.mo")), "a product of the build is in a commit"
    run(sys.executable, "-m", "venv", folder / "env", folder=folder)
    pip = [folder / "env/bin/python", "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "wheel", "--no-deps", "-w", folder / "dist", folder / "clone", folder=folder)
    run(*pip, "install", "--require-hashes", "-r", folder / "clone/requirements.lock", folder=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    run(*pip, "install", "--no-deps", wheel, folder=folder)
    (folder / "clone").rename(folder / "away")
    return folder


@pytest.mark.whole
def test_the_wheel_serves_guide_check_and_staff_outside_the_checkout(installed):
    (installed / "data").mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    server = Server(
        installed / "data",
        environment=clean,
        program=[str(installed / "env/bin/patient-app"), "serve"],
        folder=installed / "dist",
    )
    try:
        for path, words in {
            "/sv/guide": "<h1",
            "/sv/guide/under-13/add-child": "<h1",
            "/en/check/camera": 'lang="en"',
            "/staff/log-in": "password",
            "/en/support/": 'lang="en"',
        }.items():
            with urllib.request.urlopen(server.url + path, timeout=10) as answer:
                assert answer.status == 200 and words in answer.read().decode(), path
    finally:
        server.stop()


@pytest.mark.whole
def test_the_wheel_says_its_version(installed):
    said = run(installed / "env/bin/patient-app", "--version", folder=installed)
    assert said.strip() == f"patient-app {VERSION}"


def test_the_changelog_begins_with_this_version():
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line[:3] == "## "]
    assert headings[0].split()[1] == VERSION
