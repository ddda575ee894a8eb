"""`mingzhang build`: the whole line from `data/` to `site/`, with nothing published until everything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.accounts.corpus import Project
from build_tools.checks import check_project
from build_tools.diagnostics import Finding
from build_tools.engine.compile import Built, compile_site
from build_tools.engine.generator import generate
from build_tools.engine.lock import BusyError, locked
from build_tools.engine.reading import read
from build_tools.engine.record import EMPTY, read_record, write_record
from build_tools.engine.refusal import GeneratorError
from build_tools.engine.request import PLAIN, UNKNOWN, BuildRequest
from build_tools.engine.settings import Settings, site_settings
from build_tools.engine.staging import MARK, move_in, staging_for
from build_tools.engine.task import Compiled, Setup
from build_tools.engine.timing import phase
from build_tools.inputs import Inputs, files_below, inputs_of

WAIT = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to. `site` is None where forms or folders are so broken that nothing was published;
    `departments` are all that were looked at, `findings` all that was found.
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
    """The site replaces its whole folder, so it must not be, hold or stand in anything that people wrote. Raises
    GeneratorError.
    """
    folder, root = folder.resolve(), root.resolve()
    ours = not folder.exists() or not any(folder.iterdir()) or (folder / MARK).is_file()
    written = [root / name for name in ("data", "content", "forms")]
    if (
        folder == root
        or folder in root.parents
        or any(folder == one or one in folder.parents for one in written)
        or not ours
    ):
        advice = "请换一个空文件夹（通常是 site）；若那是以前生成的网站，先删去它"
        raise GeneratorError(
            f"mkdocs.yml 的 site_dir 指向 {folder}，那里有别的文件；生成网站会替换整个文件夹。{advice}"
        )


def build_site(root: Path, into: Path | None = None, request: BuildRequest = PLAIN) -> Outcome:
    """Check, generate, compile beside the site, move in what differs. A disclosure with errors is held back; a broken
    form stops everything.

    `into` is an empty folder that the site goes into instead, for a publisher who does the rest by himself. One root is
    built once at a time. Raises GeneratorError, ShellError, TemplateError, OSError.
    """
    if not (root / "mkdocs.yml").is_file():
        # nothing will be written, not even a lock
        return build_alone(root, into, with_inputs(request, root))
    with alone(root, request) as ours:
        return build_alone(root, into, ours)


def with_inputs(request: BuildRequest, root: Path) -> BuildRequest:
    """The same with what the site is made from, as far as nobody has asked for it yet."""
    return request if request.inputs != UNKNOWN else replace(request, inputs=inputs_of(root))


@contextmanager
def alone(root: Path, request: BuildRequest) -> Iterator[BuildRequest]:
    """One build at a time in one folder; the request with what it is made from. Raises GeneratorError where another
    one does not end.
    """
    (root / ".cache").mkdir(exist_ok=True)
    waited: list[str] = []

    def heard(holder: str) -> None:
        waited.append(holder)
        request.waiting(holder)

    try:
        with locked(root / ".cache" / "lock", heard, WAIT):
            # what was known may have changed while another build was waited for
            yield with_inputs(replace(request, inputs=UNKNOWN) if waited else request, root)
    except BusyError as error:
        raise GeneratorError(
            f"等了 {WAIT:.0f} 秒，同一个文件夹里的另一次生成还没有结束（{error}）：查看那个进程，或稍后再试"
        ) from None


def build_alone(root: Path, into: Path | None, request: BuildRequest) -> Outcome:
    """The whole line. Only under the lock: the cache and the folders beside the site are shared, and who reads last has
    to swap last.
    """
    inputs = request.inputs
    project = read(root, inputs)
    if project.stopped:
        reports, findings = check_project(project)
        return Outcome((*findings, *(one for report in reports for one in report.all_findings)), (), None, None)
    settings = site_settings(root, inputs.tool)
    if into is not None:
        built = compile_site(project, Setup(root, shell_of(root, inputs), into, settings, project.today), request)
        return Outcome(built.findings, built.departments, built, into)
    refuse_folder(settings.folder, root)
    return build_on(project, settings, root / ".cache" / "build", request)


def build_preview(root: Path, url: str, request: BuildRequest = PLAIN) -> Outcome:
    """The site with drafts and with findings on its pages, in a folder of its own, as it would be reached at `url`.
    What stops everything leaves it as it was. Raises GeneratorError, ShellError, TemplateError, OSError.
    """
    with alone(root, request) as ours:
        project = read(root, ours.inputs)
        if project.stopped:
            return Outcome(project.findings, (), None, None)
        settings = replace(site_settings(root, ours.inputs.tool), folder=preview_folder(root), url=url)
        return build_on(project, settings, preview_folder(root).parent, ours, preview=True)


def preview_folder(root: Path) -> Path:
    """Where the preview's site stands."""
    return root / ".cache" / "preview" / "site"


def build_on(
    project: Project, settings: Settings, cache: Path, request: BuildRequest, preview: bool = False
) -> Outcome:
    """On top of the site that stands in the folder: only what differs is made and moved in. `cache` is this folder's
    and no other's.
    """
    site = settings.folder
    generated, new = shell_of(project.root, request.inputs), staging_for(site)
    found = read_record(cache, site)
    setup = Setup(project.root, generated, new, settings, project.today, preview, cache=cache, shown=site)
    try:
        built = compile_site(project, setup, request, found or EMPTY)
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
