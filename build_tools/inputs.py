"""What a site is made from, as hashes of contents and never of times; and files that carry their own hash.

Everything is read and hashed once, before a build begins, and all its keys are made from that. Of the project
nothing but `resources` is imported here, because a build with nothing to do should not wait for what it does not need.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sysconfig
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from build_tools.resources import OWN, TOOL

SEAL = 64
# a link is not followed and a pipe not waited for, where the system can be told so
FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
OURS = (".j2", ".yaml", ".py", ".css", ".js", ".html", ".txt")
SETTINGS = "mkdocs.yml"
FOLDERS = ("content", "data", "forms")
# bytes of one file that anybody reads, and folders in each other: what is more is refused where it is read
LARGEST, DEEPEST = 20_000_000, 20
# a file by its name below the root, and the hash of what it holds
Hashed = tuple[str, bytes]
# what makes the settings depend on more than their own file
ELSEWHERE = (b"!ENV", b"INHERIT", b"hooks", b"custom_dir", b"!!python")


class Inputs(NamedTuple):
    """All that a site is made from, as it was at one moment: the key of the tool, every file of the project in order of
    names.
    """

    tool: str
    files: tuple[Hashed, ...]

    def below(self, folder: str) -> tuple[Hashed, ...]:
        """The files in a folder, which is named with its last stroke: `data/reference/`."""
        # "0" is the character after the stroke
        return self.files[bisect_left(self.files, (folder,)) : bisect_left(self.files, (f"{folder[:-1]}0",))]

    def at(self, name: str) -> tuple[Hashed, ...]:
        """The file of this name, if there is one."""
        return self.files[bisect_left(self.files, (name,)) : bisect_left(self.files, (f"{name}\0",))]

    def named(self, pattern: str) -> tuple[Hashed, ...]:
        """The files whose whole name is like this: `data/*/district.yaml`."""
        like = re.compile(pattern)
        return tuple(one for one in self.files if like.fullmatch(one[0]))


def inputs_of(root: Path) -> Inputs:
    """The project as it is now. What is saved from here on is not in the keys, so that the next build finds it
    changed.
    """
    paths = [*map(str, root.glob("*.y*ml")), *(path for name in FOLDERS for path in everything_below(str(root / name)))]
    return Inputs(tool_key(), hashed(root, paths))


def hashed(root: Path, paths: Iterable[str]) -> tuple[Hashed, ...]:
    """Files of a project, in order of their names."""
    start = len(str(root)) + 1
    return tuple(sorted((path[start:].replace(os.sep, "/"), hashlib.sha256(content(path)).digest()) for path in paths))


def key_of(words: Iterable[str], files: Iterable[Hashed]) -> str:
    """One hash of texts and of files, with their names."""
    found = hashlib.sha256("\0".join(words).encode())
    for name, data in files:
        # a name may be no text; no hash has another length
        found.update(b"\0" + name.encode(errors="surrogatepass") + b"\0" + data)
    return found.hexdigest()[:32]


def everything_below(folder: str) -> Iterator[str]:
    """The path of everything in a folder that is no folder, of links to folders as well, and of folders that hold
    nothing, cannot be entered or lie too deep: who reads the project tells of them, so they count.
    """
    waiting = [(folder, 0)]
    while waiting:
        at, depth = waiting.pop()
        try:
            with os.scandir(at) as found:
                entries = [(one.path, one.is_dir(follow_symlinks=False)) for one in found]
        except FileNotFoundError:
            continue
        except OSError:
            entries = []
        if not entries or depth == DEEPEST:
            yield at
            continue
        waiting += [(path, depth + 1) for path, inner in entries if inner]
        yield from [path for path, inner in entries if not inner]


def files_below(folder: Path) -> Iterator[str]:
    """The path of everything in a folder that is no folder: as a text, because a district has thousands of them to be
    sorted.
    """
    for at, _, names in os.walk(folder):
        yield from [os.path.join(at, name) for name in names]  # noqa: PTH118


def digest(words: Iterable[str], base: Path, paths: Iterable[Path | str]) -> str:
    """One hash of texts and of files with their names below `base`; what is no plain file counts by what it is."""
    found = hashlib.sha256("\0".join(words).encode())
    start = len(str(base)) + 1
    for path in paths:
        data = content(path)
        found.update(f"\0{str(path)[start:]}\0{len(data)}\0".encode(errors="surrogatepass"))
        found.update(data)
    return found.hexdigest()[:32]


def content(path: Path | str) -> bytes:
    """The bytes of a plain file, of one that is too large its beginning and its size; else a word for what it is, or
    why it cannot be read: who reads it as data tells of it.
    """
    try:
        file = os.open(path, FLAGS)
        try:
            found = os.fstat(file)
            return reading(file, found.st_size) if stat.S_ISREG(found.st_mode) else f"{found.st_mode}".encode()
        finally:
            os.close(file)
    except OSError as error:
        return f"{error.errno}".encode()


def reading(file: int, size: int) -> bytes:
    """An open file, usually in one piece: there are thousands of them, and a stream for each takes as long as the
    reading. Of a file of many GB no more than anybody reads.
    """
    parts = [os.read(file, min(size, LARGEST) + 1)]
    read = len(parts[0])
    while parts[-1] and read <= LARGEST:
        parts.append(os.read(file, min(size, LARGEST) + 1))
        read += len(parts[-1])
    return b"".join(parts) if read <= LARGEST else b"%d\0" % size + b"".join(parts)


def tool_key() -> str:
    """Code, templates, forms and reference data of this tool, and the versions of all that is installed beside it."""
    # in a wheel one of these folders holds the others
    ours = {path for folder in OWN for path in files_below(folder) if path.endswith(OURS)}
    installed = sorted(one.name for one in Path(sysconfig.get_path("purelib")).iterdir() if one.name.endswith("-info"))
    return digest(installed, TOOL, sorted(ours))


def settled(root: Path) -> bool:
    """True where the settings can be read and depend on nothing but their own file."""
    path = root / SETTINGS
    try:
        # a pipe would be waited for
        text = path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else b""
    except OSError:
        return False
    return bool(text) and not any(word in text for word in ELSEWHERE)


def seal(path: Path, data: bytes) -> None:
    """A file that begins with the hash of the rest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # several processes may have the same to keep
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(hashlib.sha256(data).hexdigest().encode() + data)
    part.replace(path)


def unsealed(path: Path) -> bytes:
    """What was sealed. Raises OSError, and ValueError where it is not what was put there."""
    data = path.read_bytes()
    if hashlib.sha256(data[SEAL:]).hexdigest().encode() != data[:SEAL]:
        raise ValueError(path)
    return data[SEAL:]
