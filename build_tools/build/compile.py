"""Everything checked + the generator's output → the whole site in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urljoin

from build_tools.build.generator import DONE, Settings, shell_path
from build_tools.build.last_good import with_last_good
from build_tools.checks import Report
from build_tools.corpus import Project
from build_tools.diagnostics import Finding, count_outcomes
from build_tools.diagnostics.text import LineOf
from build_tools.pages import Page, Site, site_pages
from build_tools.pages.status import visible
from build_tools.render import Renderer, Shell, bake, fill
from build_tools.render.shell import BODY, CRUMBS, DEPTHS, DESCRIPTION, FOLDER, HEAD, HEADING, TITLE, TOC

TEMPLATES = Path(__file__).parents[2] / "templates"
# lies in every site that we have built, so that no other folder is ever replaced
MARK = ".mingzhang"
FRAGMENTS = ("districts", "coverage", "glossary")


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: numbers for the summary."""

    pages: int
    files: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A build for staff: drafts and held disclosures are shown, and these findings that belong to no disclosure."""

    findings: tuple[Finding, ...] = ()


def compile_site(project: Project, reports: list[Report], generated: Path, out: Path, settings: Settings, line_of: LineOf, preview: Preview | None = None) -> Built:
    """Write every page and file into `out`. `generated` is the generator's output and may be the same folder."""
    shells = {depth: bake(shell_path(generated, depth).read_text(encoding="utf-8")) for depth in DEPTHS}
    if out != generated:
        shutil.copytree(generated, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns(FOLDER, DONE))
    else:
        shutil.rmtree(out / FOLDER)
    renderer = Renderer(TEMPLATES, project.reference, line_of)
    site = Site(project, tuple(reports if preview else (without_drafts(with_last_good(one, project)) for one in reports)), preview is not None, settings.progress)
    fill_fragments(out, renderer, site)
    if preview and preview.findings:
        show_findings(out, renderer, preview.findings)
    pages = files = 0
    urls = content_urls(out)
    for page in site_pages(site):
        write(out / page.url / "index.html", finish(page, shells[page.url.count("/")], renderer, settings.url))
        for download in page.downloads:
            write(out / download.url, download.text)
        urls.append(page.url)
        pages, files = pages + 1, files + len(page.downloads)
    write(out / MARK, "")
    write(out / "sitemap.xml", renderer.part("sitemap.xml.j2", "", urls=[urljoin(settings.url, quote(url)) for url in urls]))
    return Built(pages, files)


def without_drafts(report: Report) -> Report:
    """The department as the public may know it: what is not yet released has no page, no year and no count."""
    checked = tuple(one for one in report.checked if not one.disclosure.draft)
    return replace(report, checked=checked, department=replace(report.department, disclosures=tuple(one.disclosure for one in checked)))


def show_findings(out: Path, renderer: Renderer, findings: tuple[Finding, ...]) -> None:
    """In a preview: what stops everything (a broken form, a misnamed folder), on the home page and where a page is missing."""
    for name in ("index.html", "404.html"):
        path = out / name
        notice = renderer.part("parts/findings.html.j2", "", findings=findings)
        path.write_text(path.read_text(encoding="utf-8").replace("</h1>", "</h1>" + notice, 1), encoding="utf-8")


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


def fill_fragments(out: Path, renderer: Renderer, site: Site) -> None:
    """Hand-written pages may ask for a fragment by a comment: `<!-- mingzhang: districts -->`."""
    shown = [one for report in site.reports for one in report.checked if visible(one)]
    counts = count_outcomes(verdict for one in shown for verdict in one.verdicts)
    for path in sorted(out.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "<!-- mingzhang:" not in text:
            continue
        base = "../" * (len(path.relative_to(out).parts) - 1)
        for name in FRAGMENTS:
            mark = f"<!-- mingzhang: {name} -->"
            if mark in text:
                text = text.replace(mark, renderer.part(f"parts/{name}.html.j2", base, site=site, counts=counts, published=len(shown)))
        path.write_text(text, encoding="utf-8")


def content_urls(out: Path) -> list[str]:
    """Addresses of the hand-written pages."""
    def found() -> Iterator[str]:
        for path in sorted(out.rglob("index.html")):
            parent = path.parent.relative_to(out).as_posix()
            yield "" if parent == "." else f"{parent}/"

    return list(found())


def write(path: Path, text: str) -> None:
    """A file with exactly this text, its folder made where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
