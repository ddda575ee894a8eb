"""One department is one task: read, checked, derived, rendered and written, and no more than a summary of it kept.

A task is plain data and its function stands in a module, so that any executor may run it: this process, a pool, a cluster.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin

from build_tools.build.generator import Settings, shell_path
from build_tools.build.last_good import with_last_good
from build_tools.checks import Report, check_department
from build_tools.checks.check import patient_collector
from build_tools.corpus import Project, read_department, read_project
from build_tools.diagnostics import Finding, count_outcomes
from build_tools.pages import Page, Site, Summary, department_pages, summary_of
from build_tools.render import Renderer, Shell, bake, fill
from build_tools.render.shell import BODY, CRUMBS, DEPTHS, DESCRIPTION, HEAD, HEADING, TITLE, TOC
from build_tools.search import Stub, stub_of
from build_tools.source import line_reader

TEMPLATES = Path(__file__).parents[2] / "templates"


@dataclass(frozen=True, slots=True)
class Setup:
    """What all tasks of a build share, small enough to be sent: where to read (`generated` has the shells), where to write, of what day.

    `build` is another for every build, so that a process that has served an earlier one reads everything anew. What already stands so
    in the site that is `shown` is not written again.
    """

    root: Path
    generated: Path
    out: Path
    settings: Settings
    preview: bool
    today: date
    build: str
    shown: Path | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A department to be compiled, by its folder. `years` are those of its district."""

    setup: Setup
    district: str
    department: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a department: findings about the files as they are, verdicts by outcome, the files held back and not yet
    released, for the pages above its summary, the addresses of its own, the files beside them, and what the search keeps of these.
    """

    findings: tuple[Finding, ...]
    counts: dict[str, int]
    disclosures: int
    held: tuple[str, ...]
    drafts: tuple[str, ...]
    summary: Summary
    urls: tuple[str, ...]
    files: tuple[str, ...]
    stubs: tuple[Stub | None, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """The same as in `Setup`, made ready for use."""

    project: Project
    site: Site
    renderer: Renderer
    shells: dict[int, Shell]


# what this process has ready: one build at a time
READY: dict[Setup, Workshop] = {}


def workshop(setup: Setup, project: Project | None = None) -> Workshop:
    """The workshop of a build, made once in each process; a forked one finds it ready."""
    if setup not in READY:
        READY.clear()
        project = project or read_project(setup.root, setup.today)
        shells = {depth: bake(shell_path(setup.generated, depth).read_text(encoding="utf-8")) for depth in DEPTHS}
        READY[setup] = Workshop(
            project, site_of(setup, project), Renderer(TEMPLATES, project.reference, line_reader(setup.root)), shells,
        )
    return READY[setup]


def site_of(setup: Setup, project: Project) -> Site:
    """What pages know of the site."""
    return Site(project, setup.preview, setup.settings.progress, setup.settings.url, setup.settings.column_type)


@patient_collector()
def compile_department(task: Task) -> Compiled:
    """Write every page and file of a department. Raises OSError where that cannot be done."""
    tools = workshop(task.setup)
    district = next(one for one in tools.project.districts if one.slug == task.district)
    department = read_department(task.setup.root / "data" / task.district / task.department, district, tools.project)
    report = check_department(department, tools.project.reference)
    shown = report if task.setup.preview else without_drafts(with_last_good(report, tools.project))
    urls: list[str] = []
    stubs: list[Stub | None] = []
    files: list[str] = []
    for page in department_pages(shown, tools.site):
        write_page(page, task.setup, tools)
        urls.append(page.url)
        stubs.append(stub_of(page))
        files += files_beside(page)
    held = tuple(one.disclosure.file for one in report.checked if one.held and not one.disclosure.draft)
    drafts = tuple(one.disclosure.file for one in report.checked if one.disclosure.draft)
    counts = count_outcomes(verdict for one in report.checked for verdict in one.verdicts)
    summary = summary_of(shown, task.years, tools.site)
    return Compiled(tuple(report.all_findings), counts, len(report.checked), held, drafts, summary, tuple(urls), tuple(files), tuple(stubs))


def without_drafts(report: Report) -> Report:
    """The department as the public may know it: what is not yet released has no page, no year and no count."""
    checked = tuple(one for one in report.checked if not one.disclosure.draft)
    return replace(report, checked=checked, department=replace(report.department, disclosures=tuple(one.disclosure for one in checked)))


def files_beside(page: Page) -> list[str]:
    """What a page brings with it; the page without a year leads to the files of its year."""
    return [*(one.url for one in page.downloads), *([page.portable] if page.portable and not page.canonical else [])]


def write_page(page: Page, setup: Setup, tools: Workshop) -> None:
    """A page and the files beside it."""
    write(setup, f"{page.url}index.html", finish(page, tools.shells[page.url.count("/")], tools.renderer, setup.settings.url))
    for download in page.downloads:
        write(setup, download.url, download.text)
    if page.portable and not page.canonical:
        write(setup, page.portable, tools.renderer.portable(page, urljoin(setup.settings.url, quote(page.url))))


def finish(page: Page, shell: Shell, renderer: Renderer, site_url: str) -> str:
    """One page: its own HTML in the slots of the shell."""
    base = "../" * page.url.count("/")
    texts = {TITLE: page.title, DESCRIPTION: page.description, HEADING: page.title}
    blocks = {
        BODY: renderer.body(page, base),
        TOC: renderer.part("parts/toc.html.j2", base, toc=page.toc),
        CRUMBS: renderer.part("parts/crumbs.html.j2", base, crumbs=page.crumbs),
        HEAD: renderer.part("parts/head.html.j2", base, canonical=urljoin(site_url, quote(page.canonical or page.url)), page=page),
    }
    return fill(shell, texts, blocks)


def write(setup: Setup, name: str, text: str) -> None:
    """A file with exactly this text, its folder made where needed; nothing where it stands so in the site."""
    data = text.encode("utf-8")
    if not stands(setup, name, data):
        path = setup.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def stands(setup: Setup, name: str, data: bytes) -> bool:
    """True where the shown site has this file with exactly these bytes."""
    path = setup.shown / name if setup.shown else None
    return path is not None and path.is_file() and not path.is_symlink() and path.read_bytes() == data
