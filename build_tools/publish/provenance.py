"""Where a site comes from: the commit of its folder and the versions of the tool and what it stands on."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from pathlib import Path

from build_tools.publish.manifest import Source
from build_tools.resources import NAME, version
from build_tools.source.repository import git

# what a site is made of; anything else in the folder may be as it likes
PARTS = ("mkdocs.yml", "content", "data", "forms")


def provenance(root: Path) -> Source:
    """Of a project folder; without a repository there is no commit."""
    commit = (git(root, "rev-parse", "--verify", "HEAD") or b"").decode().strip()
    changed = bool(commit and git(root, "status", "--porcelain", "--untracked-files=normal", "--", *PARTS))
    return Source(commit or None, changed, versions())


def versions() -> dict[str, str]:
    """Of Python, the tool and its direct dependencies."""
    found = {"python": platform.python_version(), NAME: version()}
    for line in importlib.metadata.requires(NAME) or ():
        name = re.match(r"[\w.-]+", line)
        if name and "extra ==" not in line:
            found[name[0].lower()] = importlib.metadata.version(name[0])
    return found
