"""What the system does not let us read, and what bears a disclosure's name without being a file: told at its place,
held back alone.

Permissions do not bind the superuser; where the tests run as one, the command runs without that privilege.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.checks.duties import Stage
from build_tools.engine import build_site
from tests.conftest import copy_project, require
from tests.support import DEPARTMENT, DISCLOSURE, DISTRICT
from tests.test_bad_files import GOOD, with_neighbour

pytestmark = pytest.mark.slow

FILE = "data/shifeng/business-environment-centre/2020/final-accounts.yaml"
PAGE = "shifeng/business-environment-centre/2020/final-accounts/index.html"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, bound by permissions."""
    bound = (
        [require("setpriv", shutil.which("setpriv")), "--bounding-set=-dac_override,-dac_read_search"]
        if os.geteuid() == 0
        else []
    )
    return subprocess.run(
        [*bound, str(Path(sys.executable).with_name("mingzhang")), "--root", str(root), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def stages(root: Path) -> dict[str, str]:
    """Where each file stands."""
    return {one["file"]: one["stage"] for one in json.loads(run(root, "status", "--format", "json").stdout)["duties"]}


def errors(root: Path) -> set[tuple[str, str]]:
    """Code and file of what blocks."""
    done = run(root, "check", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    return {(one["code"], one["file"]) for one in json.loads(done.stdout)["findings"] if one["severity"] == "错误"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, and beside it a district where everything is in order."""
    return with_neighbour(tmp_path, {"data/reference/codes.csv": "编码,名称\n", "data/x/README.md": "说明\n"})


@pytest.mark.parametrize(
    ("path", "mode", "held"),
    [
        (DISCLOSURE, 0, True),
        (DEPARTMENT, 0, True),
        (DISTRICT, 0, True),
        ("data/reference/codes.csv", 0, False),
        ("data/x/README.md", 0, False),
        ("data/x/y/2020", 0, None),
        ("data/x/y/2020", 0o444, None),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(path: str, mode: int, held: bool | None, root: Path) -> None:
    """With status 1; the neighbour is not touched."""
    (root / path).chmod(mode)
    found = errors(root)
    assert ("file-unreadable", path) in found
    assert found <= {("file-unreadable", path), *({("template-missing", DISCLOSURE)} if path == DISTRICT else ())}
    assert "没有权限" in run(root, "check").stdout
    assert stages(root).get(GOOD) == Stage.PUBLISHED
    assert stages(root).get(DISCLOSURE) == (None if held is None else Stage.HELD if held else Stage.PUBLISHED)
    (root / path).chmod(0o755)


@pytest.mark.parametrize("path", ["data/x", "data/x/y"])
@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_folder_that_cannot_be_entered(path: str, mode: int, root: Path) -> None:
    """Nothing in it is known, and everything beside it is."""
    (root / path).chmod(mode)
    found = errors(root)
    assert {code for code, _ in found} == {"file-unreadable"}
    assert all(file.startswith(path) for _, file in found)
    assert stages(root) == {GOOD: Stage.PUBLISHED}
    (root / path).chmod(0o755)


def test_an_unreadable_file_holds_back_its_page_and_no_other(tmp_path: Path) -> None:
    """The site is built; the file is read neither for its figures nor for an excerpt."""
    root = copy_project(tmp_path)
    (root / FILE).chmod(0)
    done = run(root, "build")
    assert done.returncode == 1
    assert not done.stderr
    assert "[file-unreadable] “final-accounts.yaml”读不出来：没有权限" in done.stdout
    # nobody knows whether it is public
    assert not (root / "site" / PAGE).exists()
    assert (root / "site/shanghai-putuo/finance-bureau/2024/final-accounts/index.html").is_file()


def test_a_folder_that_cannot_be_entered_loses_its_pages_and_no_other(tmp_path: Path) -> None:
    """The site is built with the rest."""
    root = copy_project(tmp_path)
    shut = (root / FILE).parents[1]
    shut.chmod(0)
    done = run(root, "build")
    shut.chmod(0o755)
    assert done.returncode == 1
    assert not done.stderr
    assert not (root / "site" / PAGE).exists()
    assert (root / "site/shanghai-putuo/finance-bureau/2024/final-accounts/index.html").is_file()


def as_link(path: Path) -> None:
    """A link to the same contents elsewhere."""
    path.rename(path.with_suffix(".elsewhere"))
    path.symlink_to(path.with_suffix(".elsewhere"))


def as_folder(path: Path) -> None:
    """A folder of the same name."""
    path.unlink()
    path.mkdir()


def as_pipe(path: Path) -> None:
    """What would be waited for for ever."""
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("become", "code"), [(as_link, "path-symlink"), (as_folder, "path-name"), (as_pipe, "path-name")]
)
def test_what_bears_the_name_of_a_disclosure_is_held_back_as_one(
    become: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    """It does not say whether it is public, so it has no page; all other pages are there."""
    root = copy_project(tmp_path)
    become(root / FILE)
    outcome = build_site(root)
    assert outcome.site is not None
    assert (code, FILE) in {(one.code, one.place.file) for one in outcome.findings if one.blocks}
    assert not (outcome.site / PAGE).exists()
    assert (outcome.site / "shanghai-putuo/finance-bureau/2024/final-accounts/index.html").is_file()
