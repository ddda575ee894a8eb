"""A department as a task: what it needs to be compiled anywhere, what comes of it, and how that is kept for the next
build.

All of it is plain data, small enough to be sent to another process or machine; what only some need is folded into
bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec

from build_tools.checks.copies import Print
from build_tools.diagnostics import Finding
from build_tools.engine.settings import Settings
from build_tools.inputs import Hashed, seal, unsealed
from build_tools.record import NO_TRAILS, Trails


@dataclass(frozen=True, slots=True)
class Setup:
    """What all tasks of a build share, small enough to be sent: where to read (`generated` has the shells), where to
    write, of what day.

    `build` is another for every build, so that a process that has served an earlier one reads everything anew. What
    already stands so in the site that is `shown` is not written again; then `common` is the key of all that every page
    depends on, `districts` that of the districts' own files, and what the next build may use is kept in `cache`.
    `standing` = there is such a site.
    """

    root: Path
    generated: Path
    out: Path
    settings: Settings
    today: date
    preview: bool = False
    build: str = field(default_factory=lambda: uuid4().hex)
    cache: Path = Path(".cache")
    shown: Path | None = None
    common: str = ""
    districts: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A department to be compiled, by its folder. `years` are those of its district; `shown` is the key of what the
    shown site has of it; `files` are its own and its district's as they were before anything was read, `trails` what
    git knows of them.
    """

    setup: Setup
    district: str
    department: str
    years: tuple[int, ...]
    shown: str = ""
    files: tuple[Hashed, ...] = ()
    trails: Trails = NO_TRAILS

    @property
    def name(self) -> str:
        """Its address."""
        return f"{self.district}/{self.department}/"


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that were made together: the key of all that they depend on ('' = made each time), their addresses, the
    files beside them, what the search keeps of them, folded.
    """

    key: str
    urls: tuple[str, ...]
    files: tuple[str, ...]
    stubs: bytes


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a department: findings about the files as they are, verdicts by outcome, the files held back and
    not yet released, its pages by year (0 = what spans the years), for the pages above its summary, folded, what is
    held against other departments, and the public disclosures that would vanish.
    """

    findings: tuple[Finding, ...]
    counts: dict[str, int]
    disclosures: int
    held: tuple[str, ...]
    drafts: tuple[str, ...]
    groups: dict[int, Group]
    summary: dict[str, bytes]
    prints: tuple[Print, ...] = ()
    lost: tuple[Finding, ...] = ()

    @property
    def urls(self) -> Iterator[str]:
        """The addresses of its pages."""
        return (url for group in self.groups.values() for url in group.urls)

    @property
    def files(self) -> Iterator[str]:
        """The files beside them."""
        return (file for group in self.groups.values() for file in group.files)


def kept(task: Task, key: str) -> Compiled | None:
    """What became of a department when it had this key; None where that is not known."""
    try:
        found_key, found = msgspec.msgpack.decode(unsealed(place_of(task)), type=tuple[str, Compiled])
    except (OSError, ValueError):
        return None
    return found if key and found_key == key else None


def keep(task: Task, key: str, compiled: Compiled) -> None:
    """For the next build."""
    seal(place_of(task), msgspec.msgpack.encode((key, compiled)))


def place_of(task: Task) -> Path:
    """Where a department is kept."""
    return task.setup.cache / task.district / f"{task.department}.bin"
