"""A department's files through time: every disclosure that it has or had, with what the public could read of it.

A version counts as it was judged on its day, beside the other files of that commit. What was read is kept by the names
of its contents; a file that has only ever had one version needs no reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import msgspec

from build_tools.accounts.corpus import Disclosure, Project
from build_tools.accounts.corpus.disclosure import read_version
from build_tools.checks import Report
from build_tools.checks.check import sound_disclosures
from build_tools.inputs import key_of, seal, tool_key, unsealed
from build_tools.record.facts import Facts, facts_of
from build_tools.record.ledger import Folded, Names, Version, fold
from build_tools.record.naming import names_of
from build_tools.record.trails import FILE, Step, Trails
from build_tools.source import read_bytes
from build_tools.source.repository import blobs, git


class Known(msgspec.Struct):
    """What was read before: what each contents say, without comments, as a hash; facts by that, and which files were
    without an error by the state of the department.
    """

    digests: dict[str, str] = {}
    facts: dict[str, Facts] = {}
    sound: dict[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Past:
    """What became of each file, by the path that it has or had last; `root` is where git knows its versions."""

    root: Path
    folded: Mapping[str, Folded]


@dataclass(frozen=True, slots=True)
class _Reader:
    """A department whose older versions are read: as it is now, what git knows of it, what is known already, and the
    versions read so far.
    """

    report: Report
    project: Project
    trails: Trails
    known: Known
    read: dict[tuple[str, str], Disclosure] = field(default_factory=dict)


def past_of(report: Report, project: Project, trails: Trails, cache: Path | None = None) -> Past:
    """Of one department. What was read is kept in the folder `cache`."""
    department = report.department
    own = trails.below(f"data/{department.district.slug}/{department.slug}/")
    kept = cache / f"{department.district.slug}.{department.slug}" if cache else None
    reader = _Reader(report, project, own, load(kept) if own.steps else Known())
    before = len(reader.known.digests) + len(reader.known.sound)
    folded = {file: _folded(file, steps, reader) for file, steps in own.steps.items()}
    if kept and len(reader.known.digests) + len(reader.known.sound) > before:
        save(kept, reader.known)
    return Past(trails.root, folded)


def _folded(file: str, steps: Sequence[Step], reader: _Reader) -> Folded:
    """The history of one file."""
    counted = reader.trails.counted(steps)
    now = next((one for one in reader.report.checked if one.disclosure.file == file), None)
    names = _names(now.disclosure if now else None, file, reader)
    if len(counted) == 1 and now and name_of(now.disclosure, counted[0].blob) == counted[0].blob:
        # nothing to compare: it is as public as it is now
        facts = facts_of(now.disclosure)
        facts = facts if not now.held else msgspec.structs.replace(facts, ready=False)
        versions = iter([Version(counted[0].day, _today(reader), counted[0].commit, counted[0].blob, facts)])
    else:
        versions = _versions(file, counted, reader)
    return fold(versions, names, reader.trails.shallow)


def _today(reader: _Reader) -> str:
    """The day of the project."""
    return reader.project.today.isoformat()


def _versions(file: str, steps: Sequence[Step], reader: _Reader) -> Iterator[Version]:
    """Each step with the day on which the next came."""
    for step, day in zip(steps, (*(one.day for one in steps[1:]), _today(reader)), strict=True):
        yield Version(step.day, max(step.day, day), step.commit, step.blob, _facts(file, step, reader))


def _facts(file: str, step: Step, reader: _Reader) -> Facts | None:
    """Of a version; ready only where it had no error beside the other files of its commit."""
    if not step.blob:
        return None
    known, digest = reader.known.facts, f"{file} {_digest(step.blob, reader)}"
    if digest not in known:
        known[digest] = facts_of(_version(file, step.blob, reader))
    found = known[digest]
    if found.ready and file not in _sound(step.order, reader):
        return msgspec.structs.replace(found, ready=False)
    return found


def _sound(order: int, reader: _Reader) -> frozenset[str]:
    """The files without an error after a commit."""
    state = {}
    for file, steps in reader.trails.steps.items():
        past = [one for one in steps if one.order <= order]
        if past and past[-1].blob:
            state[file] = past[-1].blob
    key = key_of([f"{file} {_digest(blob, reader)}" for file, blob in sorted(state.items())], [])
    if key not in reader.known.sound:
        disclosures = tuple(_version(file, blob, reader) for file, blob in sorted(state.items()))
        department = replace(reader.report.department, disclosures=disclosures)
        reader.known.sound[key] = sound_disclosures(department, reader.project.reference)
    return reader.known.sound[key]


def _version(file: str, blob: str, reader: _Reader) -> Disclosure:
    """A version as it would be read today; whether its day had come is for those who know the days, and the PDF that
    lies beside the file now is not the one of that day.
    """
    digest = _digest(blob, reader)
    if (file, digest) not in reader.read:
        data = git(reader.trails.root, "cat-file", "blob", blob) or b""
        ever, year = replace(reader.project, today=date.max), int(file.split("/")[3])
        found = read_version(data, reader.project.root / file, year, reader.report.department.district, ever)
        about = tuple(one for one in found.findings if not one.code.startswith("original-"))
        reader.read[file, digest] = replace(found, original=None, findings=about)
    return reader.read[file, digest]


def _digest(blob: str, reader: _Reader) -> str:
    """A hash of what contents say: commits that move comments about are many, and none of them needs to be read."""
    known = reader.known.digests
    if blob not in known:
        wanted = {one.blob for steps in reader.trails.steps.values() for one in steps if one.blob} - known.keys()
        for name, data in blobs(reader.trails.root, sorted(wanted)):
            said = b"\n".join(line for line in data.splitlines() if line.strip() and not line.lstrip().startswith(b"#"))
            known[name] = hashlib.sha256(said).hexdigest()[:32]
    # what git has lost stands for itself
    return known.setdefault(blob, blob)


def _names(disclosure: Disclosure | None, file: str, reader: _Reader) -> Names:
    """What a figure of this file may be called."""
    found = FILE.fullmatch(file)
    district = reader.report.department.district
    template = reader.project.template(found["kind"], district, int(found["year"])) if found else None
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
        key, known = msgspec.msgpack.decode(unsealed(path), type=tuple[str, Known]) if path else ("", Known())
    except (OSError, ValueError):
        return Known()
    return known if key == tool_key() else Known()


def save(path: Path, known: Known) -> None:
    """Kept for the next time."""
    seal(path, msgspec.msgpack.encode((tool_key(), known)))
