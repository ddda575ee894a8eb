"""A department's files through time: every disclosure that it has or had, with what the public could read of it.

A version is read once and kept by the name of its contents; a file that has only ever had one needs no reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from build_tools.accounts.corpus import Department, Disclosure, Project
from build_tools.checks import Report
from build_tools.inputs import seal, tool_key, unsealed
from build_tools.record.facts import Facts, facts_of, read_facts
from build_tools.record.ledger import Folded, Names, Version, fold
from build_tools.record.naming import names_of
from build_tools.record.trails import FILE, Step, Trails
from build_tools.source import read_bytes
from build_tools.source.repository import git

# facts by the name of the contents
Known = dict[str, Facts]


@dataclass(frozen=True, slots=True)
class Past:
    """What became of each file, by the path that it has or had last; `root` is where git knows its versions."""

    root: Path
    folded: Mapping[str, Folded]


def past_of(report: Report, project: Project, trails: Trails, cache: Path | None = None) -> Past:
    """Of one department. What was read is kept in the folder `cache`."""
    department = report.department
    folder = f"data/{department.district.slug}/{department.slug}/"
    own = trails.below(folder)
    now = {one.disclosure.file: one for one in report.checked}
    kept = cache / f"{department.district.slug}.{department.slug}" if cache else None
    known = load(kept) if own.steps else {}
    before = len(known)

    def read(step: Step, file: str) -> Facts | None:
        if step.blob and step.blob not in known:
            data = git(trails.root, "cat-file", "blob", step.blob) or b""
            year = int(file.split("/")[3])
            known[step.blob] = read_facts(data, project.root / file, year, department, project)
        return known.get(step.blob)

    folded = {}
    for file, steps in own.steps.items():
        checked = now.get(file)
        if checked and steps[-1].blob == name_of(checked.disclosure, steps[-1].blob):
            known[steps[-1].blob] = facts_of(checked.disclosure, not checked.held)
        versions = _versions(file, trails.counted(steps), read, project.today.isoformat())
        names = _names(checked.disclosure if checked else None, file, department, project)
        folded[file] = fold(versions, names, trails.shallow)
    if kept and len(known) > before:
        save(kept, known)
    return Past(trails.root, folded)


def _versions(
    file: str, steps: Sequence[Step], read: Callable[[Step, str], Facts | None], today: str
) -> Iterator[Version]:
    """Each step with the day on which the next came."""
    for step, day in zip(steps, (*(one.day for one in steps[1:]), today), strict=True):
        yield Version(step.day, max(step.day, day), step.commit, step.blob, read(step, file))


def _names(disclosure: Disclosure | None, file: str, department: Department, project: Project) -> Names:
    """What a figure of this file may be called."""
    found = FILE.fullmatch(file)
    template = project.template(found["kind"], department.district, int(found["year"])) if found else None
    tables, forms = disclosure.statements if disclosure else {}, template.by_key if template else {}
    return lambda change: names_of(change, tables, forms)


def name_of(disclosure: Disclosure, like: str) -> str:
    """What git calls the contents of a file as it lies there; '' where it cannot be read. `like` shows which hash the
    repository uses.
    """
    try:
        data = read_bytes(disclosure.source) if disclosure.source else b""
    except OSError:
        return ""
    # git keeps lines as Unix ends them, whatever the system of the clone
    data = data.replace(b"\r\n", b"\n")
    return hashlib.new("sha1" if len(like) == 40 else "sha256", b"blob %d\0" % len(data) + data).hexdigest()


def load(path: Path | None) -> Known:
    """What was read before by the same tool; nothing where that cannot be believed."""
    try:
        key, known = msgspec.msgpack.decode(unsealed(path), type=tuple[str, Known]) if path else ("", {})
    except (OSError, ValueError):
        return {}
    return known if key == tool_key() else {}


def save(path: Path, known: Known) -> None:
    """Kept for the next time."""
    seal(path, msgspec.msgpack.encode((tool_key(), known)))
