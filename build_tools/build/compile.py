"""Every department mapped to its pages and a summary, all summaries reduced to the pages above: the whole site in a folder.

The parent keeps summaries only, so that its memory does not grow with what a department holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from multiprocessing import parent_process
from pathlib import Path
from signal import SIGTERM, raise_signal
from threading import Thread
from uuid import uuid4

from build_tools.build.above import generated_files, write_above
from build_tools.build.department import Compiled, Setup, Task, compile_department, workshop
from build_tools.build.generator import GeneratorError, Settings
from build_tools.build.record import EMPTY, Record, common_key, digest, keep, kept, task_key
from build_tools.build.staging import MARK
from build_tools.corpus import District, Project, departments_of
from build_tools.corpus.disclosure import YEAR
from build_tools.diagnostics import Finding

BROKEN = "生成用的一个进程被系统中止了，多半是内存不够：关掉别的程序，或用 --jobs 1 再试"


@dataclass(frozen=True, slots=True)
class Built:
    """What was read and made. `findings` are all of them, those that concern no department first; `record` says what it was made from."""

    findings: tuple[Finding, ...]
    departments: tuple[Compiled, ...]
    pages: int
    files: int
    record: Record


def compile_site(
    project: Project, generated: Path, out: Path, settings: Settings, preview: bool = False, jobs: int = 1, executor: Executor | None = None,
    shown: Path | None = None, before: Record = EMPTY,
) -> Built:
    """Write every page and file into `out`. `generated` is the generator's output and may be the same folder.

    Departments are compiled in `jobs` processes, or by an `executor` of the caller's whose workers see the same disk. A `preview`
    also shows drafts, what is held back, and findings that belong to no disclosure. Files that stand so in the site that is `shown`
    are left out, and what is known from `before`, the record of that site, is not made again. Raises GeneratorError, ShellError, OSError.
    """
    setup = Setup(project.root, generated, out, settings, preview, project.today, uuid4().hex, shown)
    findings = list(project.findings)
    # only what goes into a site that stands there has anything to go by
    common, by_generator = common_key(setup) if shown else "", generated_files(generated)
    keys, compiled = departments(list(tasks(setup, project, findings)), project, common, before, jobs, executor)
    everything = (*findings, *(finding for one in compiled for finding in one.findings))
    mark = digest([common, *keys, *keys.values(), *map(repr, findings)], project.root, [])
    pages = sum(len(one.urls) for one in compiled)
    files = sum(name.endswith(".csv") for one in compiled for name in one.files)
    if shown and before.mark == mark and not any(one.held for one in compiled):
        return Built(everything, compiled, pages + before.above, files, before)
    above = write_above(setup, project, by_generator, compiled, findings, before)
    names = [*above.names, *(name for one in compiled for name in (*(f"{url}index.html" for url in one.urls), *one.files))]
    if shown is None:
        (out / MARK).write_text("", encoding="utf-8")
    record = Record(mark, above.search, keys, above.pages, tuple(sorted(names)))
    return Built(everything, compiled, pages + above.pages, files, record)


def departments(
    asked: list[Task], project: Project, common: str, before: Record, jobs: int, executor: Executor | None,
) -> tuple[dict[str, str], tuple[Compiled, ...]]:
    """The key of each department and what became of it: known from the record's time where the key is the same, made where it is not."""
    keys = {f"{task.district}/{task.department}": task_key(task, common) if common else "" for task in asked}
    known = {name: kept(task, key) for task, (name, key) in zip(asked, keys.items(), strict=True) if before.departments.get(name) == key}
    new = [task for task, name in zip(asked, keys, strict=True) if known.get(name) is None]
    if new:
        # a forked process finds it ready
        workshop(new[0].setup, project)
    made = dict(zip((f"{task.district}/{task.department}" for task in new), mapped(new, jobs, executor), strict=True))
    for task in new:
        name = f"{task.district}/{task.department}"
        if task.setup.shown:
            keep(task, keys[name], made[name])
    return keys, tuple(one for name in keys if (one := known.get(name) or made[name]))


def tasks(setup: Setup, project: Project, findings: list[Finding]) -> Iterator[Task]:
    """One for each department, district by district; findings about folders that are none are added."""
    for district in project.districts:
        findings += district.findings
        found = departments_of(district, project.root, findings)
        years = years_of(district, found)
        yield from (Task(setup, district.slug, path.name, years) for path in found)


def years_of(district: District, departments: list[Path]) -> tuple[int, ...]:
    """Every year that a district collects or that one of its departments has a folder for."""
    # a folder that cannot be entered is told of where it is read
    folders = {name for department in departments for _, names, _ in islice(os.walk(department), 1) for name in names if YEAR.fullmatch(name)}
    return tuple(sorted({*map(int, folders), *district.collected}))


def mapped(tasks: list[Task], jobs: int, executor: Executor | None) -> Iterator[Compiled]:
    """What becomes of each department, in order."""
    many = min(jobs, len(tasks))
    if executor is None and many < 2:
        yield from map(compile_department, tasks)
        return
    try:
        with nullcontext(executor) if executor else ProcessPoolExecutor(many, initializer=follow_parent) as pool:
            yield from pool.map(compile_department, tasks)
    except BrokenProcessPool:
        raise GeneratorError(BROKEN) from None


def follow_parent() -> None:
    """A worker of a parent that was killed would wait for ever; it ends as well."""
    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            raise_signal(SIGTERM)

    Thread(target=follow, daemon=True).start()
