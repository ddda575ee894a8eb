"""Assets named by their content outlive the release that brought them, as long as one that is kept has them.

A page that was read just before a switch asks for its styles and scripts just after it; they are served from here, for
every release that is kept and in both directions, so that no page is ever shown without them or with those of another.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from build_tools.engine.assets import HASHED
from build_tools.publish.manifest import Manifest
from build_tools.publish.pack import Release, digest_of, files_of
from build_tools.publish.place import NEW, Place, sync


def is_shared(path: str) -> bool:
    """True for an asset named by its content, and for its compressed neighbours."""
    return bool(HASHED.search(re.sub(r"\.(?:gz|br)$", "", path)))


def share(place: Place, release: Release) -> None:
    """Lay the assets of a release where they are served from, before it becomes public; what is there already
    is left.
    """
    for path, entry in release.manifest.files.items():
        target = place.shared / path
        if not is_shared(path) or (target.is_file() and not target.is_symlink() and digest_of(target) == entry):
            continue
        for folder in reversed(target.relative_to(place.shared).parents):
            if not (place.shared / folder).is_dir():
                (place.shared / folder).mkdir()
                (place.shared / folder).chmod(0o755)
        fresh = target.with_name(f"{NEW}{target.name}")
        shutil.copy2(release.folder / path, fresh)
        sync(fresh)
        fresh.replace(target)
        sync(target.parent)


def unshare(place: Place, kept: list[Manifest]) -> None:
    """Away with assets that no kept release has."""
    named = {path for manifest in kept for path in manifest.files if is_shared(path)}
    for path in [path for path, _ in files_of(place.shared) if path not in named]:
        (place.shared / path).unlink()
    for here, _, _ in os.walk(place.shared, topdown=False):
        if Path(here) != place.shared and not any(Path(here).iterdir()):
            Path(here).rmdir()
