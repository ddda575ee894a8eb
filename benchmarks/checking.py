"""How fast files are read and checked: `python -m benchmarks.checking [FILES ...]` prints megabytes per second of one core.

Districts of several sizes are generated and checked in one process, so that the figures of one run can be compared: what
is the same for every size is linear. Only ratios say anything; machines differ and are shared.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from benchmarks.district import LAST, LIKE, make, units
from benchmarks.emit import Pen
from build_tools.checks import check_project
from build_tools.corpus import read_project
from build_tools.source import parse, read_bytes

# a department has about 36 files in ten years
FILES_OF_A_DEPARTMENT = 36
SIZES = (100, 350, 1000)
SEED = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: files, megabytes, seconds of processor time for parsing alone and for everything."""

    files: int
    megabytes: float
    parsing: float
    checking: float
    verdicts: int


def measure(departments: int, folder: Path) -> Measured:
    """Generate a district of ten years and check it. The faster of two runs counts."""
    make(folder, units(departments, SEED), range(LAST - 9, LAST + 1), Pen(True), SEED, LIKE)
    files = sorted((folder / "data").rglob("*.yaml"))
    size = sum(path.stat().st_size for path in files) / 1e6
    parsing, checking, verdicts = float("inf"), float("inf"), 0
    for _ in range(2):
        start = process_time()
        for path in files:
            parse(read_bytes(path), path.name)
        parsing = min(parsing, process_time() - start)
        start = process_time()
        reports, _ = check_project(read_project(folder))
        checking = min(checking, process_time() - start)
        verdicts = sum(len(one.verdicts) for report in reports for one in report.checked)
    return Measured(len(files), size, parsing, checking, verdicts)


def table(found: list[Measured]) -> str:
    """Markdown, a line for each size; the last column compares the speed with that of the smallest."""
    lines = ["| files | MB | parse, MB/s | parse and check, MB/s | verdicts | speed against the smallest |", "|---|---|---|---|---|---|"]
    first = found[0].megabytes / found[0].checking
    for one in found:
        speed = one.megabytes / one.checking
        lines.append(f"| {one.files} | {one.megabytes:.1f} | {one.megabytes / one.parsing:.1f} | {speed:.1f} | {one.verdicts} | {speed / first:.2f} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Sizes in files, or the usual ones."""
    sizes = [int(one) for one in arguments] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        print(table([measure(max(1, size // FILES_OF_A_DEPARTMENT), Path(folder) / str(size)) for size in sizes]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
