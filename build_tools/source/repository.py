"""What git says about a folder, as bytes: for those who ask where a file comes from and what it said before.

The environment that git hands down to a hook says which repository called it; here the folder itself is asked.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SECONDS = 60


def git(folder: Path, *arguments: str) -> bytes | None:
    """What a git command prints; None where the folder is in no repository, there is no git, or git says no."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "--no-optional-locks", "--literal-pathspecs", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, env=environment, capture_output=True, timeout=SECONDS, check=True).stdout
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
