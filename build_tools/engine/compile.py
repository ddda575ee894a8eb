"""Every department mapped to its pages and a summary, all summaries reduced to the pages above: the whole site in a
folder.

The parent keeps summaries only, so that its memory does not grow with what a department holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from signal import SIGTERM, raise_signal
from threading import Thread

from build_tools.accounts.corpus import District, Project, departments_of
from build_tools.accounts.corpus.disclosure import YEAR
from build_tools.checks.copies import check_twins
from build_tools.diagnostics import Finding
from build_tools.engine.above import Made, generated_files, names_of, write_above
from build_tools.engine.department import compile_department
from build_tools.engine.record import EMPTY, Record, common_key, districts_key, task_key
from build_tools.engine.refusal import GeneratorError, RefusedError
from build_tools.engine.request import PLAIN, BuildRequest
from build_tools.engine.staging import MARK
from build_tools.engine.task import Compiled, Setup, Task, keep, kept
from build_tools.engine.timing import SPENT, Spent, taken
from build_tools.engine.writing import workshop
from build_tools.engine.written import examine_written
from build_tools.inputs import Inputs, everything_below, hashed, key_of
from build_tools.record import lost_departments, trails_of, unknowable

BROKEN = "生成用的一个进程被系统中止了，多半是内存不够：关掉别的程序，或用 --jobs 1 再试"


@dataclass(frozen=True, slots=True)
class Built:
    """What was read and made. `findings` are all of them, those that concern no department first; `record` says what it
    was made from.
    """

    findings: tuple[Finding, ...]
    departments: tuple[Compiled, ...]
    pages: int
    files: int
    record: Record


def compile_site(project: Project, setup: Setup, request: BuildRequest = PLAIN, before: Record = EMPTY) -> Built:
    """Write every page and file into the folder that `setup` names, which may be that of the generator's output.

    Files that stand so in the site that is shown are left out, and what is known from `before`, the record of that
    site, and kept in the cache, is not made again; the inputs of the `request` are from before `project` was read.
    Raises GeneratorError, ShellError, TemplateError, OSError.
    """
    inputs, shown = request.inputs, setup.shown
    # only what goes into a site that stands there has anything to go by
    if shown:
        setup = replace(
            setup,
            common=common_key(setup, inputs),
            districts=districts_key(inputs),
            standing=shown.is_dir() and any(shown.iterdir()),
        )
    findings, by_generator = list(project.findings), generated_files(setup.generated)
    asked = list(tasks(setup, project, findings, before, inputs))
    keys = {task.name: task_key(task) for task in asked}
    compiled = departments(asked, keys, project, request)
    if lost := [finding for one in compiled.values() for finding in one.lost]:
        raise RefusedError(lost, project.root)
    findings += check_twins(chain.from_iterable(one.prints for one in compiled.values()))
    everything = (*findings, *(finding for one in compiled.values() for finding in one.findings))
    mark = key_of([setup.common, *keys, *keys.values(), *map(repr, findings)], [])
    pages = sum(len(list(one.urls)) for one in compiled.values())
    if shown and before.mark == mark and not any(one.held for one in compiled.values()):
        return Built(everything, tuple(compiled.values()), before.pages, before.data_files, before)
    above = write_above(setup, project, by_generator, compiled, findings, before)
    refuse_written(setup, by_generator, compiled, above)
    if shown is None:
        (setup.out / MARK).write_text("", encoding="utf-8")
    record = Record(
        mark, setup.common, keys, above.groups, above.search, pages + above.pages, above.data_files, above.names
    )
    return Built(everything, tuple(compiled.values()), record.pages, record.data_files, record)


def refuse_written(setup: Setup, by_generator: Sequence[Path], compiled: Mapping[str, Compiled], above: Made) -> None:
    """Raises RefusedError where the menu or a hand-written page leads to nothing, or stands where another page does."""
    groups = chain(*(one.groups.values() for one in compiled.values()), (one.group for one in above.groups.values()))
    ours = (name for group in groups for name in names_of(group))
    if findings := examine_written(setup, by_generator, ours, above.names):
        raise RefusedError(findings, setup.root)


def departments(
    asked: list[Task], keys: dict[str, str], project: Project, request: BuildRequest
) -> dict[str, Compiled]:
    """What became of each department: known where the shown site has it with the same key, made where not. What was
    held back is always looked at again: its last good version is in git's history, which has no key.
    """
    known = {task.name: kept(task, task.shown) for task in asked if task.shown and task.shown == keys[task.name]}
    known = {name: one for name, one in known.items() if one and not one.held}
    new = [task for task in asked if task.name not in known]
    if new:
        # a forked process finds it ready
        workshop(new[0].setup, project)
    made = {}
    for task, (one, spent) in zip(new, mapped(new, request), strict=True):
        made[task.name] = one
        SPENT.update(spent)
        request.progress(len(made), len(new))
    for task in new:
        if task.setup.shown:
            # what was saved meanwhile may have been read in part, and could be taken back: such a department goes by no
            # key
            keys[task.name] = keys[task.name] if unchanged(task) else ""
            keep(task, keys[task.name], made[task.name])
    return {name: known.get(name) or made[name] for name in keys}


def unchanged(task: Task) -> bool:
    """True where the department's own files are those that its key was made of."""
    found = hashed(task.setup.root, everything_below(str(task.setup.root / "data" / task.district / task.department)))
    # the district's file is left out, and a folder that holds nothing
    then, now = ([one for one in files if one[0].startswith(f"data/{task.name}")] for files in (task.files, found))
    return then == now


def tasks(setup: Setup, project: Project, findings: list[Finding], before: Record, inputs: Inputs) -> Iterator[Task]:
    """One for each department, district by district; findings about folders that are none are added."""
    trails = trails_of(project, project.root)
    findings += unknowable(trails)
    if lost := tuple(lost_departments(trails, project)):
        raise RefusedError(lost, project.root)
    for district in project.districts:
        findings += district.findings
        found = departments_of(district, project.root, findings)
        years = years_of(district, found)
        own = inputs.at(f"data/{district.slug}/district.yaml")
        for path in found:
            name = f"{district.slug}/{path.name}/"
            yield Task(
                setup,
                district.slug,
                path.name,
                years,
                before.departments.get(name, ""),
                (*own, *inputs.below(f"data/{name}")),
                trails.below(f"data/{name}"),
            )


def years_of(district: District, departments: list[Path]) -> tuple[int, ...]:
    """Every year that a district collects or that one of its departments has a folder for."""
    # a folder that cannot be entered is told of where it is read
    folders = {
        name
        for department in departments
        for _, names, _ in islice(os.walk(department), 1)
        for name in names
        if YEAR.fullmatch(name)
    }
    return tuple(sorted({*map(int, folders), *district.collected}))


def measured(task: Task) -> tuple[Compiled, Spent]:
    """What becomes of a department, and where the time went."""
    earlier = taken()
    made = compile_department(task)
    spent = taken()
    SPENT.update(earlier)
    return made, spent


def mapped(tasks: list[Task], request: BuildRequest) -> Iterator[tuple[Compiled, Spent]]:
    """What becomes of each department, in order."""
    many, executor = min(request.jobs, len(tasks)), request.executor
    if executor is None and many < 2:
        yield from map(measured, tasks)
        return
    # only here, because it is long to import for one department
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    try:
        with nullcontext(executor) if executor else ProcessPoolExecutor(many, initializer=follow_parent) as pool:
            yield from pool.map(measured, tasks)
    except BrokenProcessPool:
        raise GeneratorError(BROKEN) from None


def follow_parent() -> None:
    """A worker of a parent that was killed would wait for ever; it ends as well."""
    from multiprocessing import parent_process

    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            raise_signal(SIGTERM)

    Thread(target=follow, daemon=True).start()
