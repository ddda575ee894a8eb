"""A build with nothing to do says again what the last one said, before anything heavy is read or imported.

What it goes by is the contents of everything that a site is made from, its commit, and the mark of the site that stands
there.
Where a disclosure is held back nothing is remembered, because its last good version lies in git, which has no key.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

from build_tools.calendar_china import china_today
from build_tools.inputs import Inputs, key_of, seal, settled, unsealed
from build_tools.source.repository import git

SAID, MARK = "said.json", ".mingzhang"


def said_before(root: Path, key: str) -> tuple[str, int] | None:
    """What the last build printed and its exit status; None where anything has changed since."""
    with suppress(OSError, ValueError, TypeError):
        known, mark, site, text, status = json.loads(unsealed(root / ".cache" / "build" / SAID))
        if key and mark and known == key and (Path(site) / MARK).read_text(encoding="utf-8") == mark:
            return str(text), int(status)
    return None


def remember(root: Path, site: Path, key: str, text: str, status: int) -> None:
    """What a build has printed, for the next one. `key` is from before it began: what was saved while it ran is not in
    the site.
    """
    with suppress(OSError):
        mark = (site / MARK).read_text(encoding="utf-8")
        if mark and key:
            seal(root / ".cache" / "build" / SAID, json.dumps([key, mark, str(site), text, status]).encode())


def where(root: Path) -> str:
    """The commits that the record of a project goes by."""
    return (git(root, "rev-parse", "--revs-only", "HEAD", "refs/remotes/origin/HEAD") or b"").decode()


def everything(root: Path, inputs: Inputs) -> str:
    """The key of all that a site is made from, the day and the width of the terminal; '' where the settings cannot be
    read or depend on more.
    """
    return (
        key_of([inputs.tool, str(china_today()), str(shutil.get_terminal_size().columns), where(root)], inputs.files)
        if settled(root)
        else ""
    )
