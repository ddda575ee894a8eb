"""`make bench`: every promise about time and size in one run on one machine, as a table; `--large` adds sixty thousand
pages.

Ratios of one run can be compared with those of another machine, seconds cannot. Everything that is timed runs in a
process of its own.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from os import cpu_count, getloadavg
from pathlib import Path
from subprocess import run as run_plainly

from benchmarks.city import make_city
from benchmarks.eleventy import available, build_eleventy, write_eleventy
from benchmarks.ours import from_nothing, nothing_changed, one_changed
from benchmarks.pages import compare, extract, extracted, urls_of
from benchmarks.preview import saved_to_seen
from benchmarks.running import FailedError, Run
from benchmarks.stock import build_stock, write_stock
from benchmarks.weight import weights

REPOSITORY = Path(__file__).parents[1]
CACHE = REPOSITORY / ".cache" / "eleventy"
DOCUMENT = REPOSITORY / "docs" / "performance.md"
BEGIN, END = "<!-- what make bench measured: begin -->", "<!-- what make bench measured: end -->"
DISTRICTS = 10


@dataclass(slots=True)
class Table:
    """Lines as they are found, printed at once so that a long run can be watched."""

    heads: tuple[str, ...]
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keep(f"| {' | '.join(self.heads)} |")
        self.keep("|---" * len(self.heads) + "|")

    def keep(self, line: str) -> None:
        """A line as it stands."""
        print(line, flush=True)
        self.lines.append(line)

    def add(self, *cells: str) -> None:
        """A row."""
        self.keep(f"| {' | '.join(cells)} |")


def took(one: Run) -> tuple[str, str, str]:
    """Seconds, processor seconds, megabytes of the process that was started."""
    return f"{one.seconds:.2f}", f"{one.processor:.1f}", f"{one.peak:.0f}"


def speed(root: Path, work: Path, table: Table) -> Run:
    """One district: ours from nothing, the others over what ours says, then what changes little. Returns ours from
    nothing.
    """
    ours, site = from_nothing(root), root / "site"
    pages, size = extract(site, work / "pages")
    table.add(f"{pages:,} pages, {size / 1e6:.1f} MB of text, everything on, from nothing", *took(ours), "1", "")
    write_stock(extracted(work / "pages"), work / "stock")
    against(
        "MkDocs with Material as it comes, the same pages",
        build_stock(work / "stock"),
        ours,
        site,
        work / "stock" / "site",
        "≥ 10, better 20",
        table,
    )
    why = available(CACHE)
    if why:
        table.add(f"Eleventy: **not measured**, {why.splitlines()[0]}", "", "", "", "", "≥ 0.4, better 1")
    else:
        write_eleventy(work / "pages", work / "eleventy")
        against(
            "Eleventy, the same pages, nothing checked",
            build_eleventy(work / "eleventy", CACHE),
            ours,
            site,
            work / "eleventy" / "site",
            "≥ 0.4, better 1",
            table,
        )
    table.add("nothing changed", *took(nothing_changed(root)), "", "< 0.3 s")
    table.add("one file changed (no stub of the search)", *took(one_changed(root)), "", "< 1 s, better 0.4")
    try:
        table.add(
            "one file saved while `serve` runs, until the browser shows it",
            f"{saved_to_seen(root):.2f}",
            "",
            "",
            "",
            "< 1 s",
        )
    except FailedError as error:
        table.add(f"`serve` in the browser: **not measured**, {str(error).splitlines()[0]}", "", "", "", "", "< 1 s")
    return ours


def against(name: str, theirs: Run, ours: Run, site: Path, other: Path, aim: str, table: Table) -> None:
    """Another generator's line. Raises FailedError where its pages do not say, or do not link, what ours do."""
    urls = urls_of(site)
    apart = compare(site, other, urls)
    if apart * 1000 > len(urls):
        raise FailedError(f"{name}: {apart} of {len(urls)} pages say something else than ours or link elsewhere")
    note = f" ({apart} of {len(urls)} pages differ)" if apart else ""
    table.add(name + note, *took(theirs), f"{theirs.seconds / ours.seconds:.2f}", aim)


def growth(work: Path, departments: int, years: int, one: Run, table: Table) -> None:
    """Many districts in one project."""
    make_city(work, DISTRICTS, departments, years)
    city = from_nothing(work)
    table.add(
        f"{len(urls_of(work / 'site')):,} pages, {DISTRICTS} such districts in one project, from nothing",
        *took(city),
        f"{one.seconds / city.seconds:.3f}",
        f"≥ 1/11; parent ≤ 600 MB: {city.seconds / one.seconds:.1f} times the time",
    )


def first_views(site: Path) -> Iterator[tuple[str, ...]]:
    """How much a browser fetches for a disclosure page, in KB."""
    for name, (gz, br) in weights(site).items():
        parts = [f"{number / 1000:.1f}" for number in (gz.page, gz.styles, gz.scripts, gz.all, br.all)]
        yield (name, *parts, "≤ 100, better 60")


def answers(site: Path) -> Iterator[tuple[str, ...]]:
    """How much a browser fetches until the search answers, in KB."""
    from benchmarks.search import asked

    chromium = shutil.which("chromium")
    if chromium is None:
        yield ("**not measured**: Chromium is not installed", "", "", "≤ 150")
        return
    for one in asked(site, chromium):
        yield (one.query, f"{one.first / 1000:.1f}", f"{one.all / 1000:.1f}", "≤ 150")


def machine() -> str:
    """What was measured on, in a paragraph."""
    models = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    memory = int(Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]) / 1e6
    node = (
        run_plainly(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if shutil.which("node")
        else "none"
    )
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "markdown", "jinja2", "pagefind")
    )
    load = ", ".join(f"{one:.1f}" for one in getloadavg())
    return (
        f"{date.today()}, {cpu_count()} × {models[0] if models else platform.machine()}, {memory:.0f} GB, Python {platform.python_version()}, {libraries}, "  # noqa: E501
        f"node {node}; load of the machine before it began (1, 5, 15 minutes): {load}"
    )


def bench(work: Path, departments: int, years: int, large: bool) -> str:
    """Everything, as Markdown."""
    options = f" --departments {departments} --years {years}" + (" --large" if large else "")
    about = f"`python -m benchmarks.bench{options}`: {machine()}."
    print(about, "\n")
    time = Table(("what", "wall, s", "processor, s", "its own memory, MB", "times our time", "aim"))
    make_city(work / "district", 1, departments, years)
    ours = speed(work / "district", work, time)
    site = work / "district" / "site"
    print()
    view = Table(
        ("first view of a page, KB", "page, gzip", "styles", "scripts", "all, gzip", "all, brotli", "aim, gzip")
    )
    for line in first_views(site):
        view.add(*line)
    print()
    search = Table(("search for", "KB until the first answer", "KB for all that is shown", "aim"))
    for line in answers(site):
        search.add(*line)
    if large:
        print()
        growth(work / "city", departments, years, ours, time)
    return "\n\n".join((about, *("\n".join(one.lines) for one in (time, view, search))))


def keep(text: str) -> None:
    """Put what was measured into docs/performance.md in place of what stood there."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--departments", type=int, default=127)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument(
        "--large", action="store_true", help="also ten districts in one project; takes twenty minutes and 20 GB of disk"
    )
    parser.add_argument("--write", action="store_true", help=f"keep the tables in {DOCUMENT.relative_to(REPOSITORY)}")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            text = bench(Path(folder), options.departments, options.years, options.large)
        except FailedError as error:
            print(error, file=sys.stderr)
            return 1
    if options.write:
        keep(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
