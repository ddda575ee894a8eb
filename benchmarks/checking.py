"""How fast files are read and checked: `python -m benchmarks.checking [FILES ...]` prints megabytes per second of one
core.

Districts of several sizes are generated and checked in one process, so that the figures of one run can be compared:
what is the same for every size is linear. Machines differ and are shared; the measure beside ours is what the YAML
library's own C composer reads of the same files, without checking anything.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import yaml

from benchmarks.district import LAST, LIKE, make
from benchmarks.emit import Pen
from benchmarks.names import units
from build_tools.accounts.corpus import read_project
from build_tools.checks import Report, check_project
from build_tools.fast import patient_collector
from build_tools.source import parse, read_bytes

# a department has at least 32 files in ten years
FILES_OF_A_DEPARTMENT = 32
# the last is twice the one before: what both cost for each megabyte tells whether the work is linear
SIZES = (100, 350, 1000, 2000)
SEED = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: files, megabytes, seconds of processor time for the library's composer, our parsing alone, reading the
    forms, and everything else.
    """

    files: int
    megabytes: float
    composing: float
    parsing: float
    forms: float
    checking: float
    verdicts: int


def measure(departments: int, folder: Path) -> Measured:
    """Generate a district of ten years and check it. The fastest of three runs counts."""
    make(folder, units(departments, SEED), range(LAST - 9, LAST + 1), Pen(True), SEED, LIKE)
    files = sorted((folder / "data").rglob("*.yaml"))
    size = sum(path.stat().st_size for path in files) / 1e6
    composing = parsing = forms = checking = float("inf")
    verdicts = 0
    texts = [path.read_text(encoding="utf-8") for path in files]
    for _ in range(3):
        # the collector stands still for all alike, as it does from the beginning of `mingzhang check` to its end
        with patient_collector():
            start = process_time()
            for text in texts:
                yaml.compose(text, Loader=yaml.CSafeLoader)
            composing = min(composing, process_time() - start)
            start = process_time()
            for path in files:
                parse(read_bytes(path), path.name)
            parsing = min(parsing, process_time() - start)
        # what the run before has found is thrown away first, so that it is not counted here
        reports: list[Report] = []
        gc.collect()
        with patient_collector():
            start = process_time()
            project = read_project(folder)
            forms = min(forms, process_time() - start)
            start = process_time()
            reports, _ = check_project(project)
            checking = min(checking, process_time() - start)
        verdicts = sum(len(one.verdicts) for report in reports for one in report.checked)
    return Measured(len(files), size, composing, parsing, forms, checking, verdicts)


def table(found: list[Measured]) -> str:
    """Markdown, a line for each size; the last column compares the speed with that of the smallest."""
    heads = (
        "files",
        "MB",
        "C composer, MB/s",
        "parse, MB/s",
        "forms, s",
        "parse and check, MB/s",
        "verdicts",
        "of the composer",
        "of the smallest",
    )
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    first = found[0].megabytes / found[0].checking
    for one in found:
        speed = one.megabytes / one.checking
        composer = one.megabytes / one.composing
        lines.append(
            f"| {one.files} | {one.megabytes:.1f} | {composer:.1f} | {one.megabytes / one.parsing:.1f} | {one.forms:.2f} | {speed:.2f} | {one.verdicts} "  # noqa: E501
            f"| {speed / composer:.2f} | {speed / first:.2f} |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Sizes in files, or the usual ones."""
    sizes = [int(one) for one in arguments] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        print(table([measure(-(-size // FILES_OF_A_DEPARTMENT), Path(folder) / str(size)) for size in sizes]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
