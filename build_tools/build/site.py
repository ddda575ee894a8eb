"""`mingzhang build`: the whole line from `data/` to `site/`, with nothing published until everything is written."""

from __future__ import annotations

import shutil
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from build_tools.build.compile import Built, compile_site
from build_tools.build.generator import GeneratorError, generate, site_settings
from build_tools.build.lock import BusyError, Told, locked
from build_tools.build.record import EMPTY, keep_sound, known_sound, read_record, write_record
from build_tools.build.staging import MARK, move_in, staging_for
from build_tools.build.task import Compiled, cache_of
from build_tools.checks import check_project
from build_tools.corpus import read_project
from build_tools.diagnostics import Finding
from build_tools.inputs import files_below

WAIT = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to. `site` is None where forms or folders are so broken that nothing was published; `departments` are all
    that were looked at, `findings` all that was found.
    """

    findings: tuple[Finding, ...]
    departments: tuple[Compiled, ...]
    built: Built | None
    site: Path | None


def refuse_folder(folder: Path, root: Path) -> None:
    """The site replaces its whole folder, so it must not be, hold or stand in anything that people wrote. Raises GeneratorError."""
    folder, root = folder.resolve(), root.resolve()
    ours = not folder.exists() or not any(folder.iterdir()) or (folder / MARK).is_file()
    written = [root / name for name in ("data", "content", "forms")]
    if folder == root or folder in root.parents or any(folder == one or one in folder.parents for one in written) or not ours:
        advice = "请换一个空文件夹（通常是 site）；若那是以前生成的网站，先删去它"
        raise GeneratorError(f"mkdocs.yml 的 site_dir 指向 {folder}，那里有别的文件；生成网站会替换整个文件夹。{advice}")


def quiet(holder: str) -> None:
    """Nobody is told who is waited for."""


def build_site(root: Path, into: Path | None = None, waiting: Told = quiet, jobs: int = 1, executor: Executor | None = None) -> Outcome:
    """Check, generate, compile beside the site, move in what differs. A disclosure with errors is held back; a broken form stops everything.

    `into` is an empty folder that the site goes into instead, for a publisher who does the rest by himself. One root is built once
    at a time; `waiting` is told who is waited for. `jobs` and `executor` as for `compile_site`. Raises GeneratorError, ShellError, OSError.
    """
    if not (root / "mkdocs.yml").is_file():
        # nothing will be written, not even a lock
        return build_alone(root, into, jobs, executor)
    (root / ".cache").mkdir(exist_ok=True)
    try:
        with locked(root / ".cache" / "lock", waiting, WAIT):
            return build_alone(root, into, jobs, executor)
    except BusyError as error:
        raise GeneratorError(f"等了 {WAIT:.0f} 秒，同一个文件夹里的另一次生成还没有结束（{error}）：查看那个进程，或稍后再试") from None


def build_alone(root: Path, into: Path | None, jobs: int, executor: Executor | None) -> Outcome:
    """The whole line. Only under the lock: the cache and the folders beside the site are shared, and who reads last has to swap last."""
    sound = known_sound(root)
    project = read_project(root, sound=sound)
    if project.stopped:
        reports, findings = check_project(project)
        return Outcome((*findings, *(one for report in reports for one in report.all_findings)), (), None, None)
    if not sound:
        keep_sound(root)
    settings = site_settings(root)
    if into is not None:
        built = compile_site(project, generate(root), into, settings, jobs=jobs, executor=executor)
        return Outcome(built.findings, built.departments, built, into)
    site = settings.folder
    refuse_folder(site, root)
    generated, new = generate(root), staging_for(site)
    found = read_record(cache_of(root), site)
    before = found or EMPTY
    try:
        built = compile_site(project, generated, new, settings, jobs=jobs, executor=executor, shown=site, before=before)
    except BaseException:
        shutil.rmtree(new)
        raise
    if built.record is before:
        shutil.rmtree(new)
    else:
        had = before.files if found else files_of(site)
        write_record(cache_of(root), built.record)
        move_in(new, site, {*had} - {*built.record.files}, built.record.mark)
    return Outcome(built.findings, built.departments, built, site)


def files_of(site: Path) -> list[str]:
    """Every file that lies in a site of which nothing is known."""
    return [path.relative_to(site).as_posix() for path in files_below(site) if path != site / MARK]
