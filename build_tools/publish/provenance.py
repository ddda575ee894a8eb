"""Where a site comes from: the commit of its folder and the versions of the tool and what it stands on."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
from pathlib import Path

from build_tools.publish.manifest import Source

TOOL = "mingzhang"
SECONDS = 60
# what a site is made of; anything else in the folder may be as it likes
PARTS = ("mkdocs.yml", "content", "data", "forms")


def provenance(root: Path) -> Source:
    """Of a project folder; without a repository there is no commit."""
    commit = git(root, "rev-parse", "--verify", "HEAD")
    changed = bool(commit and git(root, "status", "--porcelain", "--untracked-files=normal", "--", *PARTS))
    return Source(commit or None, changed, versions())


def versions() -> dict[str, str]:
    """Of Python, the tool and its direct dependencies."""
    found = {"python": platform.python_version(), TOOL: importlib.metadata.version(TOOL)}
    for line in importlib.metadata.requires(TOOL) or ():
        name = re.match(r"[\w.-]+", line)
        if name and "extra ==" not in line:
            found[name[0].lower()] = importlib.metadata.version(name[0])
    return found


def git(root: Path, *arguments: str) -> str:
    """What git says about a folder; '' where it is not a repository or there is no git."""
    # inside a hook git hands down which repository called it; here the folder itself is asked
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=True)  # noqa: S603
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
