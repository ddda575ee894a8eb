"""How findings reach the reader: a person at a terminal, an editor, or the machine that checks a merge request."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from build_tools.diagnostics import Finding
from build_tools.diagnostics.text import WIDTH, overview, render_findings
from build_tools.privacy import discreet, discreet_lines
from build_tools.source import line_reader

NARROWEST = 60


def width() -> int:
    """Columns of the terminal; `COLUMNS` says otherwise."""
    return max(NARROWEST, shutil.get_terminal_size((WIDTH, 24)).columns)


def tell(findings: list[Finding], root: Path) -> None:
    """Findings for a person, with how many of each severity."""
    if findings:
        print(told_text(findings, root))


def told_text(findings: list[Finding], root: Path) -> str:
    """The same as a text; what must not be shown is masked."""
    line_of = line_reader(root)
    return f"{render_findings(discreet(findings, line_of), discreet_lines(line_of), width())}\n\n{overview(findings)}"


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A bar for a person who waits at a terminal; in a pipeline or a file nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    # only here, because it is long to import
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("生成", BarColumn(), MofNCompleteColumn(), "个部门，还要", TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("生成", total=None, visible=False)
        yield lambda done, of: bar.update(task, completed=done, total=of, visible=of > 1)


def status_of(findings: list[Finding]) -> int:
    """1 where anything is an error."""
    return 1 if any(finding.blocks for finding in findings) else 0


def way(root: Path, base: Path) -> str:
    """What stands before a path of the project as seen from a folder: '' in the project itself, else with a slash at
    its end.
    """
    try:
        found = Path(os.path.relpath(root, base)).as_posix()
    except ValueError:
        # another drive
        found = root.as_posix()
    return "" if found == "." else f"{found}/"


def repository(root: Path) -> Path:
    """The root of the repository that holds the project; without one, the folder where the command runs."""
    return next((one for one in (root, *root.parents) if (one / ".git").exists()), Path.cwd())


def waiting_for(what: str) -> Callable[[str], None]:
    """Say once that another 发布 or 生成 is waited for, and whose."""
    told: list[str] = []

    def tell_once(holder: str) -> None:
        if not told:
            print(f"另一次{what}正在进行（{holder}），等它结束……", file=sys.stderr, flush=True)
            told.append(holder)

    return tell_once
