"""Which Python is taken for the second: one that starts, the newest by number and not by letter, none where there is
none.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.helpers import ROOT
from tools.second_python import CORE, newest_above, version_of


def pretend(folder: Path, name: str, does: str) -> Path:
    """A program that bears the name of a Python."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_the_newest_that_starts(tmp_path: Path) -> None:
    old = pretend(tmp_path, "python3.9", "echo 3 9 18")
    same = pretend(tmp_path, "python3.11", "echo 3 11 7")
    newer = pretend(tmp_path, "python3.12", "echo 3 12 1")
    shim = pretend(tmp_path, "python3.13", "echo 'not installed' >&2; exit 127")
    bare = pretend(tmp_path, "python3.14", "echo 3 14 0; exit 1")
    gone = tmp_path / "python3.15"
    assert newest_above((3, 11), [old, newer, same, shim, bare, gone]) == ((3, 12, 1), newer)
    assert newest_above((3, 12), [old, newer, same, shim, bare, gone]) is None
    assert newest_above((3, 11), []) is None
    assert newest_above((3, 8), [old, newer]) == ((3, 12, 1), newer)


def test_this_python_is_one() -> None:
    assert version_of(Path(sys.executable)) == sys.version_info[:3]


def test_what_is_run_there_exists() -> None:
    assert [one for one in CORE if not (ROOT / f"tests/test_{one}.py").is_file()] == []
