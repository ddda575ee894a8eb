"""What a site is made from, as hashes of contents and never of times; and files that carry their own hash.

Nothing else of the project is imported here, because a build with nothing to do should not wait for what it does not need.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

TOOL = Path(__file__).parents[1]
SEAL = 64
# a link is not followed and a pipe not waited for, where the system can be told so
FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
OURS = (".j2", ".yaml", ".py", ".css", ".js", ".html")
SETTINGS = "mkdocs.yml"
# what makes the settings depend on more than their own file
ELSEWHERE = (b"!ENV", b"INHERIT", b"hooks", b"custom_dir", b"!!python")


def files_below(folder: Path) -> Iterator[str]:
    """The path of everything in a folder that is no folder: as a text, because a district has thousands of them to be sorted."""
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
    """The bytes of a plain file; else a word for what it is, or why it cannot be read: who reads it as data tells of it."""
    try:
        file = os.open(path, FLAGS)
        try:
            kind = os.fstat(file).st_mode
            return reading(file) if stat.S_ISREG(kind) else f"{kind}".encode()
        finally:
            os.close(file)
    except OSError as error:
        return f"{error.errno}".encode()


def reading(file: int) -> bytes:
    """All of an open file."""
    with open(file, "rb", buffering=0, closefd=False) as opened:
        return opened.read()


def tool_key() -> str:
    """The code, the templates and the forms of this tool, and the versions of all that is installed beside it."""
    ours = [path for folder in ("templates", "build_tools") for path in files_below(TOOL / folder) if path.endswith(OURS)]
    installed = sorted(one.name for one in Path(sysconfig.get_path("purelib")).glob("*.*-info"))
    return digest(installed, TOOL, sorted(ours))


def settled(root: Path) -> bool:
    """True where the settings can be read and depend on nothing but their own file."""
    try:
        text = (root / SETTINGS).read_bytes()
    except OSError:
        return False
    return not any(word in text for word in ELSEWHERE)


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
