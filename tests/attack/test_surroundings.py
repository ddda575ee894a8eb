"""The same project gives the same bytes in another zone, locale, place, with another mask and files made in another
order.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import copy_project
from tests.helpers import ROOT
from tests.support import contents

SURROUNDINGS = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7", "COLUMNS": "40"}
BUILD = "import os, sys\nos.umask({umask})\nfrom build_tools.cli import main\nsys.exit(main())"


def build(root: Path, umask: int, environment: dict[str, str]) -> dict[str, bytes]:
    """What a process of its own builds."""
    line = [sys.executable, "-c", BUILD.format(umask=umask), "--root", str(root), "build"]
    done = subprocess.run(line, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return contents(root / "site")


@pytest.mark.slow
def test_the_same_bytes_wherever_it_is_built(tmp_path: Path) -> None:
    usual, odd = tmp_path / "usual", tmp_path / "另一处 with blanks" / "é"
    copy_project(usual)
    # the last file first: a folder in memory lists what came last before what came first
    for path in sorted((one for one in usual.rglob("*") if one.is_file()), reverse=True):
        target = odd / path.relative_to(usual)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    first, second = build(usual, 0o022, {}), build(odd, 0o077, SURROUNDINGS)
    assert sorted(first) == sorted(second)
    assert [name for name, data in first.items() if second[name] != data] == []
