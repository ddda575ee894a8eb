"""What stands above the departments, made from their summaries: districts, sections, rule book, quality, search, sitemap; and the
hand-written pages of the generator with what they ask for.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

from build_tools.build.department import Compiled, Setup, stands, workshop, write, write_page
from build_tools.build.generator import DONE
from build_tools.build.record import Record
from build_tools.corpus import Project
from build_tools.diagnostics import Finding, added
from build_tools.pages import Summary, pages_above
from build_tools.pages.guide import chosen
from build_tools.render import Renderer
from build_tools.render.shell import FOLDER
from build_tools.search import ADDRESS, Stub, fill_page, known_stubs, search_key, stub_of, stub_of_written, write_search

FRAGMENTS = ("districts", "coverage", "glossary", "example")
# the hand-written pages by their paths, in the order of these
Texts = dict[Path, str]


@dataclass(frozen=True, slots=True)
class Above:
    """What was made: how many pages, the key of the search, the names of all files."""

    pages: int
    search: str
    names: tuple[str, ...]


def write_above(setup: Setup, project: Project, by_generator: Sequence[Path], compiled: Sequence[Compiled], findings: list[Finding], before: Record) -> Above:
    """Everything but the departments: the files `by_generator`, and what is made from summaries. `before` is the record of the shown site."""
    tools, summaries = workshop(setup, project), [one.summary for one in compiled]
    names = [path.as_posix() for path in by_generator]
    texts = copied(setup, by_generator)
    fill_fragments(texts, tools.renderer, project, summaries)
    if setup.preview and findings:
        show_findings(texts, tools.renderer, tuple(findings))
    above = list(pages_above(summaries, tools.site))
    for page in above:
        write_page(page, setup, tools)
        names += (f"{page.url}index.html", *(one.url for one in page.downloads))
    by_hand = [path for path in texts if path.name == "index.html"]
    stubs = known_stubs([
        *(stub_of_written(address(path), texts[path]) for path in by_hand), *(stub for one in compiled for stub in one.stubs), *map(stub_of, above),
    ])
    names += write_stubs(setup, project, stubs, texts, before)
    for path, text in texts.items():
        write(setup, path.as_posix(), text)
    urls = [*map(address, by_hand), *(url for one in compiled for url in one.urls), *(page.url for page in above)]
    write(setup, "sitemap.xml", tools.renderer.part("sitemap.xml.j2", "", urls=[urljoin(setup.settings.url, quote(url)) for url in sorted(urls)]))
    return Above(len(above), search_key(stubs, not setup.preview), (*names, "sitemap.xml"))


def write_stubs(setup: Setup, project: Project, stubs: list[Stub], texts: Texts, before: Record) -> list[str]:
    """The search, unless the shown site has it already; the names of its files. Its page is filled among the others."""
    page = Path(ADDRESS, "index.html")
    if page in texts:
        texts[page] = fill_page(texts[page], stubs)
    if setup.shown and search_key(stubs) == before.search:
        return [name for name in before.files if name.startswith(ADDRESS) and name != page.as_posix()]
    return write_search(stubs, setup.out, project.root / ".cache" / "search", full=not setup.preview)


def generated_files(folder: Path) -> list[Path]:
    """The files of the generator by their paths, without the shells; asked for before anything else is written beside them."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if path.parts[0] not in (FOLDER, DONE)]


def copied(setup: Setup, files: Sequence[Path]) -> Texts:
    """The hand-written pages; styles, scripts and pictures are copied where they do not stand so."""
    texts: Texts = {}
    for name in files:
        path = setup.generated / name
        if name.suffix == ".html":
            texts[name] = path.read_text(encoding="utf-8")
        elif setup.out != setup.generated and not stands(setup, name.as_posix(), path.read_bytes()):
            (setup.out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, setup.out / name)
    if setup.out == setup.generated:
        shutil.rmtree(setup.out / FOLDER)
    return texts


def show_findings(texts: Texts, renderer: Renderer, findings: tuple[Finding, ...]) -> None:
    """In a preview: what stops everything (a broken form, a misnamed folder), on the home page and where a page is missing."""
    for path in (Path("index.html"), Path("404.html")):
        notice = renderer.part("parts/findings.html.j2", "", findings=findings)
        texts[path] = texts[path].replace("</h1>", "</h1>" + notice, 1)


def fill_fragments(texts: Texts, renderer: Renderer, project: Project, departments: list[Summary]) -> None:
    """Hand-written pages may ask for a fragment by a comment: `<!-- mingzhang: districts -->`."""
    counts = added(one.counts for one in departments)
    values = {"districts": project.districts, "departments": departments, "counts": counts, "example": chosen(one.example for one in departments)}
    for path, text in texts.items():
        base = "../" * (len(path.parts) - 1)
        for name in FRAGMENTS:
            mark = f"<!-- mingzhang: {name} -->"
            if mark in text:
                texts[path] = text = text.replace(mark, renderer.part(f"parts/{name}.html.j2", base, **values))


def address(page: Path) -> str:
    """The address of a hand-written page: `guide/`, '' for the first."""
    parent = page.parent.as_posix()
    return "" if parent == "." else f"{parent}/"
