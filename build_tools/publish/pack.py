"""The files of a release made ready to be served: compressed beside themselves, readable, on the disk, listed.

What has not changed since the public release keeps its time, so that browsers and proxies need not fetch it again, and
its compressed neighbours, so that a small commit to a large site is published quickly. The pieces of the search index
come packed by gzip; they are opened here, because brotli makes them a tenth smaller and a reader's browser takes them
either way.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from build_tools.publish.manifest import NAME, Entry, Manifest, entry_of
from build_tools.publish.place import PublishError, sync

TEXTS = {".html", ".css", ".js", ".mjs", ".json", ".csv", ".txt", ".xml", ".svg", ".map", ".md", ".webmanifest"}
WORKERS = min(8, os.cpu_count() or 1)
# 10 % larger than 11 and five times as quick (docs/decisions.md)
BROTLI_QUALITY = 9
# what is fetched before the search can answer is little, and every reader waits for it
FIRST, BEST = re.compile(r"search/(?:pagefind/)?[^/]+"), 11
# pieces of the search index, and what the search's own script looks for to see that one is open
PIECES, OPEN = {".pagefind", ".pf_meta", ".pf_index"}, b"pagefind_dcd"
BLOCK = 2**20


def compressed_gz(data: bytes) -> bytes:
    """Gzip without a time, so that the same text gives the same bytes."""
    return gzip.compress(data, 9, mtime=0)


def compressed_br(data: bytes) -> bytes:
    """Brotli."""
    return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY))


def smallest_br(data: bytes) -> bytes:
    """Brotli that takes its time; its own mode for texts does not help programs and numbers."""
    return bytes(brotli.compress(data, quality=BEST))


COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {".gz": compressed_gz, ".br": compressed_br}


def compressors(path: str) -> dict[str, Callable[[bytes], bytes]]:
    """How a file of a release is packed."""
    return {**COMPRESSORS, ".br": smallest_br} if FIRST.fullmatch(path) else COMPRESSORS


def opened(data: bytes) -> bytes:
    """A piece of the search index unpacked; anything else as it is."""
    try:
        plain = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return data
    return plain if plain.startswith(OPEN) else data


@dataclass(frozen=True, slots=True)
class Release:
    """A complete release on the disk."""

    folder: Path
    manifest: Manifest


def files_of(folder: Path) -> Iterator[tuple[str, bool]]:
    """Everything in a folder but folders: its path, and whether it is a regular file (no link leads out of a
    release).
    """
    todo = [("", folder)]
    while todo:
        above, here = todo.pop()
        with os.scandir(here) as found:
            for one in sorted(found, key=lambda one: one.name):
                if one.is_dir(follow_symlinks=False):
                    todo.append((f"{above}{one.name}/", Path(one.path)))
                else:
                    yield above + one.name, one.is_file(follow_symlinks=False)


def pack(folder: Path, time: float, before: Release | None) -> dict[str, Entry]:
    """Make the files of a new release ready and list them. Raises PublishError and OSError."""
    found = list(files_of(folder))
    odd = [path for path, regular in found if not regular or path == NAME]
    if odd:
        raise PublishError(f"网站里有链接或与 {NAME} 同名的文件，不能发布：{'、'.join(odd[:5])}；从 content/ 里删去")
    # a neighbour that somebody has laid there would be served instead of the text; ours are written anew
    texts = {path for path, _ in found if Path(path).suffix in TEXTS | PIECES}
    plain = [path for path, _ in found if Path(path).suffix not in COMPRESSORS or path.rsplit(".", 1)[0] not in texts]
    with ThreadPoolExecutor(WORKERS) as pool:
        entries = dict(entry for some in pool.map(partial(pack_file, folder, time, before), plain) for entry in some)
    for path, _ in found:
        if path not in entries:
            (folder / path).unlink()
    return entries


def pack_file(folder: Path, time: float, before: Release | None, path: str) -> list[tuple[str, Entry]]:
    """One file and its compressed neighbours, on the disk: all of them or, where one is no shorter, none."""
    file = folder / path
    data = file.read_bytes() if file.suffix in TEXTS else opening(file) if file.suffix in PIECES else b""
    entry = entry_of(data) if data else digest_of(file)
    unchanged = before if before and before.manifest.files.get(path) == entry else None
    entries = [(path, entry)]
    packed = (
        {
            path + suffix: reused(unchanged, path + suffix) or compressed(data)
            for suffix, compressed in compressors(path).items()
        }
        if data
        else {}
    )
    if all(len(one) < len(data) for one in packed.values()):
        for name, one in packed.items():
            (folder / name).write_bytes(one)
            entries.append((name, entry_of(one)))
    kept = unchanged.folder / path if unchanged else None
    when = kept.stat().st_mtime if kept and kept.is_file() else time
    for name, _ in entries:
        (folder / name).chmod(0o644)
        os.utime(folder / name, (when, when))
        sync(folder / name)
    return entries


def opening(file: Path) -> bytes:
    """A piece of the search index, from now on unpacked on the disk too."""
    packed = file.read_bytes()
    data = opened(packed)
    if data != packed:
        file.write_bytes(data)
    return data


def reused(before: Release | None, path: str) -> bytes | None:
    """A compressed file of the public release, where it is still what its manifest says."""
    entry = before.manifest.files.get(path) if before else None
    if before is None or entry is None or not (before.folder / path).is_file():
        return None
    data = (before.folder / path).read_bytes()
    return data if entry_of(data) == entry else None


def digest_of(path: Path) -> Entry:
    """Size and SHA-256 of a file of any size, read from the disk and not from memory where the system can do so."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return Entry(digest.hexdigest(), size)


def settle(folder: Path) -> None:
    """Folders that the web server can read, on the disk."""
    for here, _, _ in os.walk(folder, topdown=False):
        Path(here).chmod(0o755)
        sync(Path(here))
