"""The jump list and Pagefind's index over the stubs, made by its command line and kept under a hash of all that they
are made from.

What lies in the cache is believed only where every byte is what was put there; else it is made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from build_tools.web.search.jump import jump_files
from build_tools.web.search.stub import Stub, has_text, stub_html

SEAL = ".complete"
PROGRAM, PAGEFIND = "pagefind_bin_extended", "pagefind"
# Pagefind's own search boxes; ours needs none of them
UNUSED = ("pagefind-*ui*", "pagefind-highlight.js")
# an argument may name another index, a variable other options
VARIABLES = "PAGEFIND_"


class SearchError(ChildProcessError):
    """Pagefind could not be run; the message says why."""


def kept(stubs: Sequence[Stub], cache: Path) -> Path:
    """A folder with the jump list and the index of these stubs, made only where it is not there. Raises SearchError,
    OSError.
    """
    target = cache / key(stubs)
    if sealed(target):
        return target
    # long to import, and seldom needed
    from concurrent.futures import ThreadPoolExecutor

    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as made:
        pages, fresh = Path(made) / "pages", Path(made) / "fresh"
        for stub in filter(has_text, stubs):
            write(pages / stub.url / "index.html", stub_html(stub))
        with ThreadPoolExecutor(1) as aside:
            # a program of its own, mostly on one core
            indexed = aside.submit(run_pagefind, pages, fresh / PAGEFIND)
            for name, text in jump_files(stubs, full=True).items():
                write(fresh / name, text)
            indexed.result()
        for path in [path for pattern in UNUSED for path in (fresh / PAGEFIND).glob(pattern)]:
            path.unlink()
        write(fresh / SEAL, digest_of(fresh))
        forget(cache, Path(made))
        fresh.rename(target)
    return target


def write(path: Path, text: str) -> None:
    """A file with exactly this text, its folder made where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def run_pagefind(pages: Path, out: Path) -> None:
    """The command line, in a folder where no configuration lies. Raises SearchError."""
    command = [
        sys.executable,
        "-m",
        PROGRAM,
        "--site",
        str(pages),
        "--output-path",
        str(out),
        "--force-language",
        "zh",
        "--silent",
    ]
    around = {name: value for name, value in os.environ.items() if not name.startswith(VARIABLES)}
    done = subprocess.run(
        command, cwd=pages.parent, env=around, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode or not out.is_dir():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise SearchError(
            f"检索索引没有做成（pagefind 退出码 {done.returncode}）：{said[-1] if said else '没有说明原因'}。"
            f"重新安装依赖（make）再试"
        )


def key(stubs: Sequence[Stub]) -> str:
    """Hash of every stub in order, of what makes the index and of this module's own code."""
    # long to import, and seldom asked
    import importlib.metadata

    digest = hashlib.sha256(
        "".join(
            f"{name}={importlib.metadata.version(name)};" for name in ("pagefind_bin_extended", "pypinyin")
        ).encode()
    )
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    for stub in stubs:
        digest.update(stub.everything.encode())
    return digest.hexdigest()[:24]


def sealed(folder: Path) -> bool:
    """True where the folder holds exactly what was put into it."""
    seal = folder / SEAL
    try:
        return not folder.is_symlink() and seal.read_text(encoding="utf-8") == digest_of(folder)
    except (OSError, UnicodeDecodeError):
        return False


def digest_of(folder: Path) -> str:
    """Hash of every file but the seal. A link is never followed: it counts as what it is called."""
    digest = hashlib.sha256()
    for name in sorted(files_in(folder)):
        path = folder / name
        data = b"link" if path.is_symlink() else path.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def files_in(folder: Path) -> Iterator[str]:
    """Files and links by their names from the folder on, the seal left out."""
    for here, folders, files in os.walk(folder):
        place = os.path.relpath(here, folder)
        links = [name for name in folders if os.path.islink(f"{here}/{name}")]  # noqa: PTH114 - there are thousands
        yield from (name if place == "." else f"{place}/{name}" for name in (*files, *links) if name != SEAL)


def forget(cache: Path, but: Path) -> None:
    """Clear away every older index, and whatever else lies there."""
    for old in cache.iterdir():
        if old == but:
            continue
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink()
