"""What stands above the departments, made from their summaries: districts, sections, rule book, quality, search,
sitemap; and the hand-written pages of the generator with what they ask for. What depends on nothing that has changed
stays as it is.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import msgspec

from build_tools.accounts.corpus import Project
from build_tools.diagnostics import Finding, added
from build_tools.engine.generator import DONE
from build_tools.engine.record import Above, Record, summaries_key
from build_tools.engine.task import Compiled, Group, Setup
from build_tools.engine.timing import phase
from build_tools.engine.writing import Workshop, stands, workshop, write, write_group
from build_tools.engine.written import FRAGMENTS
from build_tools.inputs import key_of
from build_tools.web.exports import count_data_files
from build_tools.web.page import Renderer
from build_tools.web.pages.guide import chosen
from build_tools.web.pages.home import MAP, home, map_pages
from build_tools.web.pages.model import Link
from build_tools.web.pages.sitemap import Above as Wanted
from build_tools.web.pages.sitemap import pages_above
from build_tools.web.pages.summary import Folded, Summary
from build_tools.web.search import ADDRESS, Stub, fill_page, known_stubs, stub_of_written, unfolded, write_search
from build_tools.web.shell import FOLDER, with_needed_scripts

SITEMAP = "sitemap.xml"
# the hand-written pages by their paths, in the order of these
Texts = dict[Path, str]
Departments = Mapping[str, Compiled]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the groups by name, the key of the search, how many files of data stand beside all pages, the
    names of all files.
    """

    groups: dict[str, Above]
    search: str
    data_files: int
    names: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages the groups are."""
        return sum(len(one.group.urls) for one in self.groups.values())


def write_above(
    setup: Setup,
    project: Project,
    by_generator: Sequence[Path],
    compiled: Departments,
    findings: list[Finding],
    before: Record,
) -> Made:
    """Everything but the departments: the files `by_generator`, and what is made from summaries. `before` is the record
    of the shown site.
    """
    tools = workshop(setup, project)
    texts = copied(setup, by_generator)
    fill_fragments(texts, tools, [Folded(one.summary, set()) for one in compiled.values()])
    if setup.preview and findings:
        show_findings(texts, tools.renderer, tuple(findings))
    by_hand = [path for path in texts if path.name == "index.html"]
    written = [stub for path in by_hand if (stub := stub_of_written(address(path), texts[path]))]
    links = [Link(one.title, one.url) for one in written]
    groups = {
        one.name: made(one, setup, tools, compiled, before.above.get(one.name)) for one in pages_above(tools.site)
    }
    there = tuple(url for one in groups.values() for url in one.group.urls if url.count("/") == 1)
    site_map = Wanted(MAP.url, lambda every: map_pages(every, links, there, tools.site), also=there)
    groups[MAP.url] = made(site_map, setup, tools, compiled, before.above.get(MAP.url))
    every = [
        *(group for one in compiled.values() for group in one.groups.values()),
        *(one.group for one in groups.values()),
    ]
    # the page of the search is on the map, but does not find itself; the home page is found by its name, because what
    # it lists is found itself
    written = [one if one.url else Stub("", one.title) for one in written if one.url != ADDRESS]
    search = search_key(setup, texts, written, every)
    names = [path.as_posix() for path in by_generator] + [name for group in every for name in names_of(group)]
    if setup.shown and search == before.search:
        names += (name for name in before.files if name.startswith(ADDRESS))
        texts.pop(Path(ADDRESS, "index.html"), None)
    else:
        names += write_stubs(
            setup, project, known_stubs(chain(written, unfolded(group.stubs for group in every))), texts
        )
    for path, text in texts.items():
        write(setup, path.as_posix(), with_needed_scripts(text))
    data_files = count_data_files(name for group in every for name in group.files)
    made_of = Made(groups, search, data_files, tuple(sorted({*names, SITEMAP})))
    # it names the pages, and thousands of them are seldom others than before
    if not setup.shown or (made_of.names, setup.common) != (before.files, before.common):
        write_sitemap(setup, tools, [*map(address, by_hand), *(url for group in every for url in group.urls)])
    return made_of


def write_sitemap(setup: Setup, tools: Workshop, urls: Iterable[str]) -> None:
    """The addresses of all pages, for search engines."""
    write(
        setup,
        SITEMAP,
        tools.renderer.part("sitemap.xml.j2", "", urls=[tools.site.absolute(url) for url in sorted(urls)]),
    )


def made(wanted: Wanted, setup: Setup, tools: Workshop, compiled: Departments, before: Above | None) -> Above:
    """A group of pages above the departments, as it stands in the shown site where all that it has read is still the
    same.
    """
    chosen = [one for name, one in compiled.items() if name.startswith(wanted.below)]
    if setup.shown and before and before.group.key == summaries_key(setup, before.read, chosen, wanted.also):
        return before
    read: set[str] = set()
    group = write_group(wanted.pages([Folded(one.summary, read) for one in chosen]), "", setup, tools)
    names = tuple(sorted(read))
    return Above(replace(group, key=summaries_key(setup, names, chosen, wanted.also)), names)


def names_of(group: Group) -> list[str]:
    """The files that a group of pages is."""
    return [*(f"{url}index.html" for url in group.urls), *group.files]


def search_key(setup: Setup, texts: Texts, written: Sequence[Stub | None], groups: Sequence[Group]) -> str:
    """What the search depends on: its own page and all stubs."""
    folded = hashlib.sha256(msgspec.msgpack.encode(written))
    for group in groups:
        folded.update(hashlib.sha256(group.stubs).digest())
    return key_of([setup.common, texts.get(Path(ADDRESS, "index.html"), ""), folded.hexdigest()], [])


def write_stubs(setup: Setup, project: Project, stubs: list[Stub], texts: Texts) -> list[str]:
    """The search; the names of its files. Its page is filled among the others."""
    page = Path(ADDRESS, "index.html")
    if page in texts:
        texts[page] = fill_page(texts[page], stubs)
    with phase("查找"):
        return write_search(stubs, setup.out, project.root / ".cache" / "search", full=not setup.preview)


def generated_files(folder: Path) -> list[Path]:
    """The files of the generator by their paths, without the shells; asked for before anything else is written beside
    them.
    """
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
    """In a preview: what stops everything (a broken form, a misnamed folder), on the home page and where a page is
    missing.
    """
    for path in (Path("index.html"), Path("404.html")):
        notice = renderer.part("parts/findings.html.j2", "", findings=findings)
        texts[path] = texts[path].replace("</h1>", "</h1>" + notice, 1)


def fill_fragments(texts: Texts, tools: Workshop, departments: Sequence[Summary]) -> None:
    """Hand-written pages may ask for a fragment by a comment: `<!-- mingzhang: districts -->`."""
    counts = added(one.counts for one in departments)
    values = {
        "districts": tools.project.districts,
        "departments": departments,
        "counts": counts,
        "example": chosen(one.example for one in departments),
        **home(departments, tools.site),
    }
    for path, text in texts.items():
        base = "../" * (len(path.parts) - 1)
        for name in FRAGMENTS:
            mark = f"<!-- mingzhang: {name} -->"
            if mark in text:
                texts[path] = text = text.replace(mark, tools.renderer.part(f"parts/{name}.html.j2", base, **values))


def address(page: Path) -> str:
    """The address of a hand-written page: `guide/`, '' for the first."""
    parent = page.parent.as_posix()
    return "" if parent == "." else f"{parent}/"
