"""Files against their manifest: what is missing, what was altered, what was added."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from build_tools.publish.manifest import NAME, Entry, Manifest, ManifestError, fingerprint, read
from build_tools.publish.pack import WORKERS, Release, digest_of, files_of
from build_tools.publish.place import RELEASE, Place, busy
from build_tools.publish.shared import is_shared

HOME = "index.html"
ATTEMPTS = 5
PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Differences:
    """What was compared and what is not as the manifest says; `added` is None where it cannot be known."""

    manifest: Manifest
    fingerprint: str
    missing: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    added: tuple[str, ...] | None = ()
    failed: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """True where nothing differs."""
        return not (self.missing or self.altered or self.added or self.failed)


def load(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest of a release, and its bytes. Raises ManifestError."""
    path = folder / NAME
    if not path.is_file() or path.is_symlink():
        raise ManifestError(f"{folder} 里没有 {NAME}，不是一版完整的网站")
    data = path.read_bytes()
    return read(data), data


def loaded(place: Place, name: str) -> Release | None:
    """A release with its manifest; None where that cannot be read."""
    try:
        return Release(place.releases / name, load(place.releases / name)[0])
    except ManifestError:
        return None


def public_commit(place: Place) -> str:
    """The commit that the public site is made from; '' where there is none, or it cannot be told."""
    name = place.public()
    release = loaded(place, name) if name else None
    return (release.manifest.source.commit or "") if release else ""


def verify_folder(folder: Path) -> Differences:
    """Every file of a release, read again. Raises ManifestError."""
    folder = folder.resolve()
    manifest, data = load(folder)
    found = dict(files_of(folder))
    regular = [path for path in manifest.files if found.get(path)]
    with ThreadPoolExecutor(WORKERS) as pool:
        entries = dict(zip(regular, pool.map(lambda path: digest_of(folder / path), regular), strict=True))
    altered = [path for path, entry in entries.items() if entry != manifest.files[path]]
    if RELEASE.fullmatch(folder.name) and not folder.name.endswith(fingerprint(data)):
        altered.append(NAME)
    # a site that nobody finds the beginning of is none, even where its manifest does not ask for one
    missing = [path for path in dict.fromkeys((HOME, *manifest.files)) if path not in found]
    odd = [path for path, whole in found.items() if not whole]
    added = sorted({*found, *odd} - manifest.files.keys() - {NAME})
    return Differences(
        manifest,
        fingerprint(data),
        tuple(missing),
        tuple(sorted({*altered, *(set(odd) & manifest.files.keys())})),
        tuple(added),
    )


def verify_place(place: Place, name: str) -> Differences:
    """A release, and the shared assets of all that are kept, which are served as well. Raises ManifestError."""
    whole = verify_folder(place.releases / name)
    kept = [one.manifest for other in place.names() if (one := loaded(place, other))]
    expected: dict[str, list[Entry]] = {}
    for manifest in kept:
        for path, entry in manifest.files.items():
            if is_shared(path):
                expected.setdefault(path, []).append(entry)
    found = dict(files_of(place.shared)) if place.shared.is_dir() else {}
    wrong = [
        path
        for path, regular in found.items()
        if path in expected and not (regular and digest_of(place.shared / path) in expected[path])
    ]
    return Differences(
        whole.manifest,
        whole.fingerprint,
        (*whole.missing, *(f"shared/{path}" for path in sorted(expected.keys() - found.keys()))),
        (*whole.altered, *(f"shared/{path}" for path in wrong)),
        (*(whole.added or ()), *(f"shared/{path}" for path in sorted(found.keys() - expected.keys()))),
    )


def verify(folder: Path) -> Differences:
    """A release, or in a folder of releases the public one. Raises ManifestError."""
    place = Place(folder.resolve())
    if (folder / NAME).exists() or not place.public():
        return verify_folder(folder)
    for _ in range(ATTEMPTS):
        state = place.public(), place.names()
        found = verify_place(place, state[0] or "")
        # assets are laid and cleared away while somebody publishes; what differs then is looked at again
        if found.sound or (not busy(place) and state == (place.public(), place.names())):
            break
        time.sleep(PAUSE)
    return found
