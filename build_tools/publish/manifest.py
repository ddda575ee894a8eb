"""What a release consists of: every file with its size and SHA-256, the commit, the versions of what made it.

It is public (`/manifest.json`), so that anybody can prove what they were shown; it lists every file but itself.
What is read may come from a stranger's server, so nothing of it is believed before it has the right shape.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

NAME = "manifest.json"
LARGEST = 64 * 2**20
DIGEST = re.compile(r"[0-9a-f]{64}")


class ManifestError(Exception):
    """A manifest cannot be read; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: SHA-256 in hexadecimal, size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a release comes from. `changed`: the folder held changes that are in no commit."""

    commit: str | None
    changed: bool
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release. `released` is a time in Beijing with its offset; `files` go by their path in the site."""

    released: str
    source: Source
    files: Mapping[str, Entry]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files.values())

    def same(self, other: Manifest) -> bool:
        """True where another publication would say the same."""
        return self.files == other.files and self.source == other.source


def entry_of(data: bytes) -> Entry:
    """The entry of a file with these bytes."""
    return Entry(hashlib.sha256(data).hexdigest(), len(data))


def write(manifest: Manifest) -> bytes:
    """The file's bytes; the same manifest gives the same bytes."""
    files = {path: asdict(entry) for path, entry in sorted(manifest.files.items())}
    source = manifest.source
    record = {
        "format": 1,
        "released": manifest.released,
        "commit": source.commit,
        "uncommitted_changes": source.changed,
        "versions": dict(sorted(source.versions.items())),
        "files": files,
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def fingerprint(data: bytes) -> str:
    """The first digits of a manifest's SHA-256, as they stand in the name of its release."""
    return hashlib.sha256(data).hexdigest()[:12]


def read(data: bytes) -> Manifest:
    """The file's bytes → manifest. Raises ManifestError."""
    if len(data) > LARGEST:
        raise ManifestError(f"{NAME} 超过 {LARGEST // 2**20} MB，不是明账的清单")
    try:
        record = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"{NAME} 不是完整的 JSON：可能被截断或改写") from error
    if not isinstance(record, dict) or record.get("format") != 1 or not isinstance(record.get("files"), dict):
        raise ManifestError(f"{NAME} 不是明账的清单（没有 format: 1 和 files）")
    versions, commit, released = record.get("versions"), record.get("commit"), record.get("released")
    shaped = isinstance(versions, dict) and all(isinstance(one, str) for one in versions.values())
    if not shaped or not isinstance(released, str) or not (commit is None or isinstance(commit, str)):
        raise ManifestError(f"{NAME} 的 released、commit 或 versions 不对：可能被改写")
    assert isinstance(versions, dict)
    files = {path: read_entry(path, one) for path, one in record["files"].items()}
    return Manifest(released, Source(commit, record.get("uncommitted_changes") is True, versions), files)


def read_entry(path: str, record: object) -> Entry:
    """One file of the list; its path must stay inside the release."""
    inside = path and "\\" not in path and "\0" not in path and path != NAME and PurePosixPath(path).as_posix() == path
    if not inside or path.startswith("/") or {"..", "."} & set(path.split("/")):
        raise ManifestError(f"{NAME} 里有不该有的路径：{path[:80]!r}")
    digest, size = (record.get("sha256"), record.get("size")) if isinstance(record, dict) else (None, None)
    if (
        not isinstance(digest, str)
        or not DIGEST.fullmatch(digest)
        or not isinstance(size, int)
        or isinstance(size, bool)
        or size < 0
    ):
        raise ManifestError(f"{NAME} 里 {path[:80]} 的 sha256 或 size 不对：可能被改写")
    return Entry(digest, size)
