"""The tool from its wheel, in an environment of its own and without a network: a district's folder from nothing, and the
same bytes as from the clone.

The wheel is built by the locked backend and installed by pip. What the tool stands on are the locked packages of this
environment, put on the path: that pip could fetch them is not proved here (README.md's commands are what CI begins with).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_tools.resources import version
from tests.apart import network_apart
from tests.helpers import ROOT
from tests.support import contents

pytestmark = pytest.mark.slow
# what a wheel carries from beside the package, and where
SHARED = ("templates/", "content/", "data/reference/", "docs/new-year-form.md")
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "--quiet"]


@dataclass(frozen=True)
class Installed:
    """A wheel and the environment that it was installed into; `home` is where its user keeps what is his."""

    wheel: Path
    python: Path
    home: Path

    def run(self, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        """A program of the environment, in a folder and without a network; it must succeed."""
        environment = {"HOME": str(self.home), "PATH": f"{self.python.parent}:/usr/bin:/bin", "LANG": "C.UTF-8"}
        done = subprocess.run(
            [*network_apart(), str(self.python.parent / command[0]), *command[1:]],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built and installed once."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [*PIP, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder / "wheels"), ROOT],
        check=True,
    )
    (wheel,) = (folder / "wheels").iterdir()
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv/bin/python"
    subprocess.run([*PIP, "--python", str(python), "install", "--no-index", "--no-deps", str(wheel)], check=True)
    packages = next((folder / "venv/lib").glob("*/site-packages"))
    # a folder that is on the path like this brings its packages, and not the clone that is linked from there
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (folder / "home").mkdir()
    return Installed(wheel, python, folder / "home")


def test_the_wheel_carries_what_the_tool_needs_and_nothing_else(installed: Installed) -> None:
    """Every file that git knows in these folders, dotfiles too."""
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files", "build_tools", *SHARED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    wanted = {f"build_tools/share/{name}" if name.startswith(SHARED) else name for name in listed if name}
    with zipfile.ZipFile(installed.wheel) as wheel:
        carried = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert carried == wanted


def test_the_code_of_the_environment_is_that_of_the_wheel(installed: Installed, tmp_path: Path) -> None:
    """Else the tests below would prove nothing."""
    told = installed.run(
        tmp_path, "python", "-c", "import build_tools.resources as r; print(r.TOOL, r.INSTALLED)"
    ).stdout
    assert told.split() == [
        str(next(installed.python.parents[1].glob("lib/*/site-packages/build_tools/share"))),
        "True",
    ]
    assert installed.run(tmp_path, "mingzhang", "--version").stdout == f"明账 {version()}\n"


def test_the_same_site_as_from_the_clone(installed: Installed, site: Path, tmp_path: Path) -> None:
    """Byte by byte; the code book and the glossary are the tool's, and need no copy in the project."""
    root = tmp_path / "own"
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("reference"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    installed.run(tmp_path, "mingzhang", "--root", str(root), "build")
    assert contents(root / "site") == contents(site)


def test_a_folder_from_nothing_is_checked_and_built(installed: Installed, tmp_path: Path) -> None:
    """`init`, a first disclosure, `check`, `build`, and the generator's own command with the same result; what was
    installed is not written to, and the version that is asked for is the one of the wheel.
    """
    before = sorted(installed.python.parents[1].rglob("share/*"))
    installed.run(tmp_path, "mingzhang", "init", "own", "--district", "shifeng", "--name", "石峰区", "--region", "湖南")
    root = tmp_path / "own"
    told = installed.run(root, "mingzhang", "check").stdout
    command = next(line for line in told.split("\n") if "mingzhang new" in line).partition("mingzhang ")[2]
    installed.run(root, "mingzhang", *command.partition("，")[0].split())
    assert "1 个部门 1 份公开文件" in installed.run(root, "mingzhang", "check").stdout
    assert f"明账 {version()}" in installed.run(root, "mingzhang", "build").stdout
    installed.run(root, "python", "-m", "mkdocs", "build", "--quiet", "--site-dir", "other")
    theirs = {name: data for name, data in contents(root / "other").items() if name != "sitemap.xml.gz"}
    assert theirs == contents(root / "site")
    assert "石峰区" in (root / "site/shifeng/index.html").read_text(encoding="utf-8")
    assert sorted(installed.python.parents[1].rglob("share/*")) == before
    shutil.copytree(installed.wheel.parent, root / "wheels")
    subprocess.run(
        [*PIP, "--python", str(installed.python), "install", "--no-index", "--dry-run", "-r", "requirements.txt"],
        cwd=root,
        check=True,
    )
