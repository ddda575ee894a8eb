"""Commands without any network, where the machine can be told so."""

from __future__ import annotations

import shutil
import subprocess

from tests.conftest import require


def network_apart() -> list[str]:
    """What runs a command with no network at all, not even to itself; a skip, or a failure, as `require` says."""
    for how in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and subprocess.run([*how, "true"], capture_output=True, check=False).returncode == 0:
            return how
    require("unshare", None)
    raise AssertionError
