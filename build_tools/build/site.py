"""`mingzhang build`: the whole line from `data/` to `site/`, with nothing published until everything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.build.compile import Built, Told, compile_site, silent
from build_tools.build.generator import GeneratorError, Settings, generate, site_settings
from build_tools.build.lock import BusyError, locked
from build_tools.build.lock import Told as Waiting
from build_tools.build.reading import read
from build_tools.build.record import EMPTY, read_record, write_record
from build_tools.build.staging import MARK, move_in, staging_for
from build_tools.build.task import Compiled
from build_tools.build.timing import phase
from build_tools.checks import check_project
from build_tools.corpus import Project
from build_tools.diagnostics import Finding
from build_tools.inputs import Inputs, files_below, inputs_of

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

    @property
    def sure(self) -> bool:
        """True where nothing was saved while it was read."""
        return self.built is None or all(self.built.record.departments.values())


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


def build_site(
    root: Path, into: Path | None = None, waiting: Waiting = quiet, jobs: int = 1, executor: Executor | None = None, told: Told = silent,
    inputs: Inputs | None = None,
) -> Outcome:
    """Check, generate, compile beside the site, move in what differs. A disclosure with errors is held back; a broken form stops everything.

    `into` is an empty folder that the site goes into instead, for a publisher who does the rest by himself. One root is built once
    at a time; `waiting` is told who is waited for. `jobs`, `executor` and `told` as for `compile_site`; `inputs` are known to one who has
    asked for them just now. Raises GeneratorError, ShellError, OSError.
    """
    if not (root / "mkdocs.yml").is_file():
        # nothing will be written, not even a lock
        return build_alone(root, into, jobs, executor, told, inputs or inputs_of(root))
    with alone(root, waiting, inputs) as found:
        return build_alone(root, into, jobs, executor, told, found)


@contextmanager
def alone(root: Path, waiting: Waiting, inputs: Inputs | None = None) -> Iterator[Inputs]:
    """One build at a time in one folder, and what it is made from. Raises GeneratorError where another one does not end."""
    (root / ".cache").mkdir(exist_ok=True)
    waited: list[str] = []

    def heard(holder: str) -> None:
        waited.append(holder)
        waiting(holder)

    try:
        with locked(root / ".cache" / "lock", heard, WAIT):
            # what was known may have changed while another build was waited for
            yield inputs if inputs and not waited else inputs_of(root)
    except BusyError as error:
        raise GeneratorError(f"等了 {WAIT:.0f} 秒，同一个文件夹里的另一次生成还没有结束（{error}）：查看那个进程，或稍后再试") from None


def build_alone(root: Path, into: Path | None, jobs: int, executor: Executor | None, told: Told, inputs: Inputs) -> Outcome:
    """The whole line. Only under the lock: the cache and the folders beside the site are shared, and who reads last has to swap last."""
    project = read(root, inputs)
    if project.stopped:
        reports, findings = check_project(project)
        return Outcome((*findings, *(one for report in reports for one in report.all_findings)), (), None, None)
    settings = site_settings(root, inputs.tool)
    if into is not None:
        built = compile_site(project, shell_of(root, inputs), into, settings, False, jobs, executor, told)
        return Outcome(built.findings, built.departments, built, into)
    refuse_folder(settings.folder, root)
    return build_on(project, settings, root / ".cache" / "build", False, jobs, executor, told, inputs)


def build_preview(
    root: Path, url: str, waiting: Waiting = quiet, jobs: int = 1, told: Told = silent, inputs: Inputs | None = None,
) -> Outcome:
    """The site with drafts and with findings on its pages, in a folder of its own, as it would be reached at `url`. What stops everything
    leaves it as it was. `inputs` as for `build_site`. Raises GeneratorError, ShellError, OSError.
    """
    with alone(root, waiting, inputs) as known:
        project = read(root, known)
        if project.stopped:
            return Outcome(project.findings, (), None, None)
        settings = replace(site_settings(root, known.tool), folder=preview_folder(root), url=url)
        return build_on(project, settings, preview_folder(root).parent, True, jobs, None, told, known)


def preview_folder(root: Path) -> Path:
    """Where the preview's site stands."""
    return root / ".cache" / "preview" / "site"


def build_on(
    project: Project, settings: Settings, cache: Path, preview: bool, jobs: int, executor: Executor | None, told: Told, inputs: Inputs,
) -> Outcome:
    """On top of the site that stands in the folder: only what differs is made and moved in. `cache` is this folder's and no other's."""
    site = settings.folder
    generated, new = shell_of(project.root, inputs), staging_for(site)
    found = read_record(cache, site)
    try:
        built = compile_site(project, generated, new, settings, preview, jobs, executor, told, site, found or EMPTY, cache, inputs)
    except BaseException:
        shutil.rmtree(new)
        raise
    with phase("移入"):
        if built.record is found:
            shutil.rmtree(new)
        else:
            had = found.files if found else files_of(site)
            write_record(cache, built.record)
            move_in(new, site, {*had} - {*built.record.files}, built.record.mark)
    return Outcome(built.findings, built.departments, built, site)


def shell_of(root: Path, inputs: Inputs) -> Path:
    """The generator's output."""
    with phase("外壳"):
        return generate(root, inputs)


def files_of(site: Path) -> list[str]:
    """Every file that lies in a site of which nothing is known."""
    return [path.relative_to(site).as_posix() for path in map(Path, files_below(site)) if path != site / MARK]
