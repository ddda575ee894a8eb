"""What the site in the folder was made from, so that what has not changed is not made again.

Keys are hashes of contents, never times. Nothing here is believed that is not whole: a record must be the one that the site
names, a kept department must carry its own hash and the key that is asked for; otherwise it is made again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from build_tools.build.department import Compiled, Setup, Task
from build_tools.build.staging import MARK

TOOL = Path(__file__).parents[2]
PACKAGES = ("jinja2", "markdown-it-py", "pyyaml")
RECORD, DEPARTMENTS = "site.json", "departments"
SEAL = 64


class Record(msgspec.Struct, frozen=True):
    """`mark` is the key of all, as it stands in the site; keys of the search, of every department; the pages above these; every file."""

    mark: str
    search: str
    departments: dict[str, str]
    above: int
    files: tuple[str, ...]


EMPTY = Record("", "", {}, 0, ())


def read_record(root: Path, site: Path) -> Record | None:
    """The record of this site; None where there is none that can be believed."""
    try:
        mark = (site / MARK).read_text(encoding="utf-8")
        found = msgspec.json.decode(unsealed(root / ".cache" / RECORD), type=Record)
    except (OSError, ValueError):
        return None
    inside = all(".." not in PurePosixPath(name).parts and not name.startswith("/") for name in found.files)
    return found if mark and found.mark == mark and inside else None


def write_record(root: Path, record: Record) -> None:
    """Kept for the next build."""
    seal(root / ".cache" / RECORD, msgspec.json.encode(record))


def kept(task: Task, key: str) -> Compiled | None:
    """What became of a department when it had this key; None where that is not known. What was held back is always looked at again:
    its last good version is in git's history, which has no key.
    """
    try:
        found_key, found = msgspec.json.decode(unsealed(place_of(task)), type=tuple[str, Compiled])
    except (OSError, ValueError):
        return None
    return found if found_key == key and not found.held else None


def keep(task: Task, key: str, compiled: Compiled) -> None:
    """For the next build."""
    seal(place_of(task), msgspec.json.encode((key, compiled)))


def place_of(task: Task) -> Path:
    """Where a department is kept."""
    return task.setup.root / ".cache" / DEPARTMENTS / task.district / f"{task.department}.json"


def seal(path: Path, data: bytes) -> None:
    """A file that begins with the hash of the rest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(hashlib.sha256(data).hexdigest().encode() + data)
    part.replace(path)


def unsealed(path: Path) -> bytes:
    """What was sealed. Raises OSError, and ValueError where it is not what was put there."""
    data = path.read_bytes()
    if hashlib.sha256(data[SEAL:]).hexdigest().encode() != data[:SEAL]:
        raise ValueError(path)
    return data[SEAL:]


def common_key(setup: Setup) -> str:
    """What every page depends on: code, templates, forms, reference data, configuration, the generator's output, the day."""
    root, settings = setup.root, setup.settings
    versions = [importlib.metadata.version(name) for name in PACKAGES]
    words = (setup.generated.name, settings.url, settings.progress, settings.column_type, setup.today, *versions)
    ours = [path for folder in ("templates", "build_tools") for path in (TOOL / folder).rglob("*") if path.suffix in (".j2", ".yaml", ".py")]
    theirs = [*files_below(root / "forms"), *files_below(root / "data" / "reference"), *root.glob("*.yaml")]
    return digest([*map(str, words), digest([], TOOL, sorted(ours))], root, sorted(theirs))


def task_key(task: Task, common: str) -> str:
    """What the pages of one department depend on besides: its own folder, its district."""
    folder = task.setup.root / "data" / task.district
    return digest([common, *map(str, task.years)], task.setup.root, [folder / "district.yaml", *sorted(files_below(folder / task.department))])


def files_below(folder: Path) -> Iterator[Path]:
    """Everything in a folder that is no folder."""
    for at, _, names in os.walk(folder):
        yield from (Path(at, name) for name in names)


def digest(words: Iterable[str], base: Path, paths: Iterable[Path]) -> str:
    """One hash of texts and of files with their names below `base`; what is no plain file counts by what it is."""
    found = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        try:
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else f"{path.is_symlink()} {path.is_dir()}".encode()
        except OSError as error:
            # who reads it as data tells of it
            data = f"{error.errno}".encode()
        found.update(f"\0{path.relative_to(base)}\0{len(data)}\0".encode(errors="surrogatepass"))
        found.update(data)
    return found.hexdigest()[:32]
