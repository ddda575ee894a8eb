"""Every department mapped to its pages and a summary, all summaries reduced to the pages above: the whole site in a folder.

The parent keeps summaries only, so that its memory does not grow with what a department holds.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from signal import SIGTERM, raise_signal
from threading import Thread
from urllib.parse import quote, urljoin
from uuid import uuid4

from build_tools.build.department import Compiled, Setup, Task, compile_department, workshop, write, write_page
from build_tools.build.generator import DONE, GeneratorError, Settings
from build_tools.corpus import District, Project, departments_of
from build_tools.corpus.disclosure import YEAR
from build_tools.diagnostics import Finding, added
from build_tools.pages import Summary, pages_above
from build_tools.render import Renderer
from build_tools.render.shell import FOLDER
from build_tools.search import stub_of, stub_of_written, write_search

# lies in every site that we have built, so that no other folder is ever replaced
MARK = ".mingzhang"
FRAGMENTS = ("districts", "coverage", "glossary")
BROKEN = "生成用的一个进程被系统中止了，多半是内存不够：关掉别的程序，或用 --jobs 1 再试"


@dataclass(frozen=True, slots=True)
class Built:
    """What was read and written. `findings` are all of them, those that concern no department first."""

    findings: tuple[Finding, ...]
    departments: tuple[Compiled, ...]
    pages: int
    files: int


def compile_site(
    project: Project, generated: Path, out: Path, settings: Settings, preview: bool = False, jobs: int = 1, executor: Executor | None = None,
) -> Built:
    """Write every page and file into `out`. `generated` is the generator's output and may be the same folder.

    Departments are compiled in `jobs` processes, or by an `executor` of the caller's whose workers see the same disk. A `preview`
    also shows drafts, what is held back, and findings that belong to no disclosure. Raises GeneratorError, ShellError, OSError.
    """
    setup = Setup(project.root, generated, out, settings, preview, project.today, uuid4().hex)
    tools = workshop(setup, project)
    written_by_hand = content_pages(generated)
    if out != generated:
        shutil.copytree(generated, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns(FOLDER, DONE))
    findings = list(project.findings)
    compiled = tuple(mapped(list(tasks(setup, project, findings)), jobs, executor))
    if out == generated:
        shutil.rmtree(out / FOLDER)
    everything = (*findings, *(finding for one in compiled for finding in one.findings))
    summaries = [one.summary for one in compiled]
    fill_fragments(out, written_by_hand, tools.renderer, project, summaries)
    if preview and findings:
        show_findings(out, tools.renderer, tuple(findings))
    urls = [address(page) for page in written_by_hand if page.name == "index.html"] + [url for one in compiled for url in one.urls]
    stubs = [stub_of_written(address(page), (out / page).read_text(encoding="utf-8")) for page in written_by_hand if page.name == "index.html"]
    stubs += (stub for one in compiled for stub in one.stubs)
    by_hand = sum(page.name == "index.html" for page in written_by_hand)
    for page in pages_above(summaries, tools.site):
        write_page(page, setup, tools)
        urls.append(page.url)
        stubs.append(stub_of(page))
    write_search(stubs, out, project.root / ".cache" / "search", full=not preview)
    write(out / MARK, "")
    write(out / "sitemap.xml", tools.renderer.part("sitemap.xml.j2", "", urls=[urljoin(settings.url, quote(url)) for url in sorted(urls)]))
    return Built(everything, compiled, len(urls) - by_hand, sum(one.files for one in compiled))


def tasks(setup: Setup, project: Project, findings: list[Finding]) -> Iterator[Task]:
    """One for each department, district by district; findings about folders that are none are added."""
    for district in project.districts:
        findings += district.findings
        found = departments_of(district, project.root, findings)
        years = years_of(district, found)
        yield from (Task(setup, district.slug, path.name, years) for path in found)


def years_of(district: District, departments: list[Path]) -> tuple[int, ...]:
    """Every year that a district collects or that one of its departments has a folder for."""
    folders = {path.name for department in departments for path in department.iterdir() if YEAR.fullmatch(path.name)}
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


def show_findings(out: Path, renderer: Renderer, findings: tuple[Finding, ...]) -> None:
    """In a preview: what stops everything (a broken form, a misnamed folder), on the home page and where a page is missing."""
    for name in ("index.html", "404.html"):
        path = out / name
        notice = renderer.part("parts/findings.html.j2", "", findings=findings)
        path.write_text(path.read_text(encoding="utf-8").replace("</h1>", "</h1>" + notice, 1), encoding="utf-8")


def fill_fragments(out: Path, pages: list[Path], renderer: Renderer, project: Project, departments: list[Summary]) -> None:
    """Hand-written pages may ask for a fragment by a comment: `<!-- mingzhang: districts -->`."""
    counts = added(one.counts for one in departments)
    for page in pages:
        text = (out / page).read_text(encoding="utf-8")
        if "<!-- mingzhang:" not in text:
            continue
        base = "../" * (len(page.parts) - 1)
        for name in FRAGMENTS:
            mark = f"<!-- mingzhang: {name} -->"
            if mark in text:
                values = {"districts": project.districts, "departments": departments, "counts": counts}
                text = text.replace(mark, renderer.part(f"parts/{name}.html.j2", base, **values))
        (out / page).write_text(text, encoding="utf-8")


def content_pages(generated: Path) -> list[Path]:
    """The hand-written pages, relative to the site's root."""
    found = (path.relative_to(generated) for path in sorted(generated.rglob("*.html")))
    return [path for path in found if path.parts[0] != FOLDER]


def address(page: Path) -> str:
    """The address of a hand-written page: `guide/`, '' for the first."""
    parent = page.parent.as_posix()
    return "" if parent == "." else f"{parent}/"
