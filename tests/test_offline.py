"""After the set-up nothing needs a network: checked, built and published in a network namespace that has none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.apart import network_apart
from tests.helpers import ROOT, one_disclosure

pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-c", "import sys; from build_tools.cli import main; sys.exit(main())"]
REACH = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"


@pytest.fixture(scope="module")
def apart() -> list[str]:
    """What runs a command with no network at all, not even to itself."""
    return network_apart()


def test_the_namespace_has_no_network(apart: list[str]) -> None:
    """Else the tests below would prove nothing: with a network the port would refuse, without one there is no way to
    it.
    """
    assert (
        "Network is unreachable"
        in subprocess.run([*apart, sys.executable, "-c", REACH], capture_output=True, text=True, check=False).stderr
    )


@pytest.mark.parametrize(
    "command", [["check"], ["build"], ["publish", "--to", "{to}"], ["status"]], ids=lambda command: command[0]
)
def test_nothing_is_fetched(apart: list[str], command: list[str], tmp_path: Path) -> None:
    """Every step from the data to the public folder, in a folder where nothing has been built before."""
    root = one_disclosure(tmp_path / "project")
    words = [word.format(to=tmp_path / "public") for word in command]
    done = subprocess.run(
        [*apart, *PROGRAM, "--root", str(root), *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if command[0] == "build":
        assert (root / "site/index.html").is_file()
    if command[0] == "publish":
        assert (tmp_path / "public/current/index.html").is_file()
