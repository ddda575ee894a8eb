"""`python -m benchmarks.search DIR`: what the search of a project costs, in time, on the disk, and for a browser until
it answers.

Sizes are as `publish` serves them (brotli where that is smaller). The pages themselves are not written, only what the
search needs.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Request, expect

from build_tools.accounts.corpus import departments_of, read_department, read_project
from build_tools.checks import check_department
from build_tools.engine import generate
from build_tools.publish.pack import PIECES, TEXTS, compressors, opened
from build_tools.web.pages.model import Site
from build_tools.web.pages.sitemap import department_pages, pages_above
from build_tools.web.pages.summary import Summary, summary_of
from build_tools.web.search import Stub, stub_of, write_search
from build_tools.web.shell import FOLDER
from tests.browser.serving import browser, served

QUERIES = ("三公", "教育局", "教育局2023年决算", "2010301", "住房公积金", "病虫害防治", "义务教育", "机关运行经费")


def of_department(root: Path, district: str, folder: Path) -> tuple[list[Stub | None], Summary]:
    """The stubs of one department's pages."""
    project = read_project(root)
    found = next(one for one in project.districts if one.slug == district)
    report, site = check_department(read_department(folder, found, project), project.reference), Site(project)
    return [stub_of(page) for _, pages in department_pages(report, site) for page in pages()], summary_of(
        report, (), site
    )


def stubs_of(root: Path) -> list[Stub]:
    """The stubs of every compiled page."""
    project = read_project(root)
    tasks = [
        (root, district.slug, folder) for district in project.districts for folder in departments_of(district, root, [])
    ]
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(of_department, *zip(*tasks, strict=True), chunksize=4))
    named = [
        (f"{district}/{folder.name}", summary) for (_, district, folder), (_, summary) in zip(tasks, found, strict=True)
    ]
    groups = (
        (one, [summary for name, summary in named if name.startswith(one.below)]) for one in pages_above(Site(project))
    )
    above = [stub_of(page) for one, summaries in groups for page in one.pages(summaries)]
    return [stub for stub in (*above, *(stub for stubs, _ in found for stub in stubs)) if stub]


@cache
def size(path: Path) -> int:
    """Bytes on the way."""
    data = opened(path.read_bytes()) if path.suffix in PIECES else path.read_bytes()
    if path.suffix not in TEXTS | PIECES:
        return len(data)
    name = path.as_posix().rsplit("/site/", 1)[1]
    return min(len(data), len(compressors(name)[".br"](data)))


def timed(stubs: list[Stub], out: Path, cache: Path) -> float:
    """Seconds for the search of a site."""
    begun = time.perf_counter()
    write_search(stubs, out, cache)
    return time.perf_counter() - begun


@dataclass(frozen=True, slots=True)
class Answer:
    """What was fetched for a query, beyond the page, in bytes: until the first result stands there, and until it has
    all that it shows.
    """

    query: str
    first: int
    all: int
    chunks: int
    said: str


def asked(site: Path, chromium: str) -> Iterator[Answer]:
    """Every query, typed into the search page of a site in a fresh browser window."""
    with served(site) as base, browser(chromium) as chrome:
        for query in QUERIES:
            page, fetched = chrome.new_page(), list[Path]()

            def note(request: Request, into: list[Path] = fetched) -> None:
                into.append(site / urlsplit(request.url).path.lstrip("/"))

            page.on("request", note)
            page.goto(f"{base}search/", wait_until="networkidle")
            own = [path for path in fetched if path.name.startswith("mingzhang-search.")]
            del fetched[:]
            page.locator("#mz-query").fill(query)
            page.locator("#mz-hits li, #mz-status:not(:empty)").first.wait_for()
            first = sum(map(size, own + fetched))
            expect(page.locator("#mz-status")).not_to_be_empty()
            # of the texts that are shown, the first is enough for an answer
            later = [path for path in fetched if path.suffix == ".pf_fragment"][1:]
            first = min(first, sum(map(size, own + [path for path in fetched if path not in later])))
            chunks = sum(path.suffix == ".pf_index" for path in fetched)
            yield Answer(query, first, sum(map(size, own + fetched)), chunks, page.locator("#mz-status").inner_text())
            page.close()


def main() -> None:
    """The whole measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    options = parser.parse_args()
    stubs = stubs_of(options.root)
    with tempfile.TemporaryDirectory() as folder:
        site, cache = Path(folder) / "site", Path(folder) / "cache"
        shutil.copytree(generate(options.root), site, ignore=shutil.ignore_patterns(FOLDER))
        made, again = timed(stubs, site, cache), timed(stubs, site, cache)
        files = [path for path in (site / "search").rglob("*") if path.is_file()]
        print("| pages | made, s | unchanged, s | files | MB | jump list, KB |\n|---|---|---|---|---|---|")
        total = sum(path.stat().st_size for path in files) / 1e6
        print(
            f"| {len(stubs)} | {made:.1f} | {again:.2f} | {len(files)} | {total:.1f} | "
            f"{size(site / 'search/jump.json') / 1000:.1f} |"
        )
        print("\n| query | KB until the first answer | KB for all | index chunks | said |\n|---|---|---|---|---|")
        for one in asked(site, options.chromium):
            print(f"| {one.query} | {one.first / 1000:.1f} | {one.all / 1000:.1f} | {one.chunks} | {one.said} |")


if __name__ == "__main__":
    main()
