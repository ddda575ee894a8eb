"""`mingzhang check --staged`: what is about to be committed, before it enters the history.

Everything staged is looked at for what must not be published. Disclosures among it are checked as well, from a copy of
what the index holds of their departments, so that nothing of the working tree that will not be committed is counted.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.accounts.corpus import read_project
from build_tools.checks import Report
from build_tools.diagnostics import Finding
from build_tools.diagnostics.finding import in_reading_order
from build_tools.diagnostics.text import LineOf
from build_tools.privacy import discreet_path
from build_tools.privacy.acknowledge import SHARED, shared
from build_tools.privacy.examine import decoded
from build_tools.privacy.shared import examine_any
from build_tools.privacy.staged import Repository, contents, indexed, repository, staged
from build_tools.record import check_published
from build_tools.source import line_reader


@dataclass(frozen=True, slots=True)
class Staged:
    """What was found: the number of files, findings, reports with no more than the staged disclosures, their lines."""

    files: int
    findings: tuple[Finding, ...]
    reports: tuple[Report, ...]
    line_of: LineOf


@contextmanager
def check_staged(root: Path) -> Iterator[Staged]:
    """Paths are told from the project folder. Raises GitError. The copy lives as long as the block."""
    where = repository(root)
    blobs = staged(where)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        files = {told(where, blob.path, root): blob for blob in blobs}
        # acknowledgements speak of files that may not be staged themselves
        export(where, root, copy, [SHARED])
        export(where, root, copy, [one.file for one in shared(copy, [])])
        findings, texts = [], {}
        for blob, data in contents(where, blobs):
            file = told(where, blob.path, root)
            found = examine_any(data, file, copy)
            findings += found
            if found and b"\0" not in data:
                texts[discreet_path(file)] = decoded(data)[0].split("\n")
        reports: list[Report] = []
        if any(file.startswith(("data/", "forms/")) or file == SHARED for file in files):
            export(where, root, copy, touched(files))
            reports, others = check_published(read_project(copy), root)
            reports = [only(report, files) for report in reports]
            findings += [
                one
                for one in (*others, *(one for report in reports for one in report.all_findings))
                if one.place.file in files
            ]
        yield Staged(len(files), tuple(in_reading_order(findings)), tuple(reports), lines(texts, line_reader(copy)))


def told(where: Repository, path: str, root: Path) -> str:
    """A path of the repository as seen from the project folder; a repository may hold names that are no text."""
    return Path(os.path.relpath(where.top / path, root)).as_posix().encode("utf-8", "replace").decode("utf-8")


def touched(files: Mapping[str, object]) -> list[str]:
    """What the check of these files reads: their departments and districts, forms and reference data."""
    parts = [file.split("/") for file in files if file.startswith("data/")]
    departments = ["/".join(one[:3]) for one in parts if len(one) > 3]
    districts = [f"data/{one[1]}/district.yaml" for one in parts if len(one) > 2]
    return list(dict.fromkeys(["forms", "data/reference", *districts, *departments]))


def export(where: Repository, root: Path, copy: Path, paths: list[str]) -> None:
    """Files of the index, by their paths from the project folder, into a copy of the folder."""
    inside = [path for path in paths if path and (copy / path).resolve().is_relative_to(copy.resolve())]
    if not inside:
        return
    prefix = Path(os.path.relpath(root.resolve(), where.top.resolve()))
    for blob, data in contents(where, indexed(where, [(prefix / path).as_posix() for path in inside])):
        path = copy / Path(os.path.relpath(where.top / blob.path, root))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def only(report: Report, files: Mapping[str, object]) -> Report:
    """A department with no other disclosures than these."""
    return replace(report, checked=tuple(one for one in report.checked if one.disclosure.file in files))


def lines(texts: Mapping[str, list[str]], other: LineOf) -> LineOf:
    """The lines of staged texts, of other files as exported."""

    def line_of(file: str, line: int) -> str:
        found = texts.get(file)
        return other(file, line) if found is None else found[line - 1] if 0 < line <= len(found) else ""

    return line_of
