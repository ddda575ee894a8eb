"""`mingzhang check`: findings and verdict counts, for people or for programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_tools.accounts.corpus import read_project
from build_tools.checks import Report
from build_tools.checks.check import totals
from build_tools.cli.beginning import next_step
from build_tools.cli.passed import passed_lines, passed_records, passed_text
from build_tools.cli.staged import check_staged
from build_tools.cli.telling import repository, status_of, way, width
from build_tools.diagnostics import Finding
from build_tools.diagnostics.as_github import render_github
from build_tools.diagnostics.as_gitlab import render_gitlab
from build_tools.diagnostics.as_json import render_json
from build_tools.diagnostics.as_line import render_lines
from build_tools.diagnostics.text import LineOf, overview, render_findings, summary
from build_tools.privacy import discreet, discreet_lines
from build_tools.privacy.staged import GitError
from build_tools.record import check_published
from build_tools.source import line_reader

# what is shown beside the changed lines of a merge request can only be what is wrong
WITH_PASSED = ("text", "line", "json")
SHOWN_BY_GITHUB = "GitHub 在一个步骤里每级只标出前 10 条；全部的在上面，也可以运行 mingzhang check 查看"


def check(options: argparse.Namespace) -> int:
    """Check everything, print it as asked."""
    if options.passed and options.format not in WITH_PASSED:
        print(f"--passed 只和 --format {'、'.join(WITH_PASSED)} 同用", file=sys.stderr)
        return 2
    if options.staged:
        return check_index(options)
    project = read_project(options.root)
    reports, findings = check_published(project)
    counted = summary(*totals(reports))
    if project.districts and not any(report.checked for report in reports):
        counted += f"\n{next_step(project)}"
    return show(everything(reports, findings), reports, counted, line_reader(options.root), options)


def check_index(options: argparse.Namespace) -> int:
    """Check what is about to be committed, print it as asked."""
    try:
        with check_staged(options.root) as staged:
            reports = list(staged.reports)
            counted = f"暂存的文件 {staged.files} 个" + (f"；{summary(*totals(reports))}" if reports else "")
            return show(list(staged.findings), reports, counted, staged.line_of, options)
    except GitError as error:
        print(error, file=sys.stderr)
        return 2


def show(
    found: list[Finding], reports: list[Report], counted: str, line_of: LineOf, options: argparse.Namespace
) -> int:
    """Print the findings with nothing private in them, `counted` where a person looks for it. Returns the exit
    status.
    """
    found = discreet(found, line_of)
    text = (
        as_text(found, reports, counted, line_of, options)
        if options.format == "text"
        else as_data(found, reports, options)
    )
    if text:
        print(text)
    if options.format in ("line", "gitlab"):
        # another program reads the output; a person reads this
        print(counted, file=sys.stderr)
    elif options.format == "github":
        print(counted + (f"\n{SHOWN_BY_GITHUB}" if len(found) > 10 else ""))
    return status_of(found)


def everything(reports: list[Report], findings: list[Finding]) -> list[Finding]:
    """All findings: the project's first, then department by department."""
    return [*findings, *(finding for report in reports for finding in report.all_findings)]


def as_text(
    found: list[Finding], reports: list[Report], counted: str, line_of: LineOf, options: argparse.Namespace
) -> str:
    """For a person: the numbers first, and again at the end, where a terminal stands still."""
    unchecked = "" if reports or options.staged else "；改正以前，其余的没有检查"
    numbers = [f"{overview(found)}{unchecked}\n{counted}"] if found else [counted]
    passed = [passed_text(reports)] if options.passed else []
    body = [*passed, *([render_findings(found, discreet_lines(line_of), width())] if found else [])]
    return "\n\n".join([*numbers, *filter(None, body), *numbers] if body else numbers)


def as_data(found: list[Finding], reports: list[Report], options: argparse.Namespace) -> str:
    """For a program."""
    here, above = way(options.root, Path.cwd()), way(options.root, repository(options.root))
    if options.format == "json":
        return render_json(found, totals(reports)[0], passed_records(reports) if options.passed else None)
    if options.format == "line":
        return "\n".join(
            filter(None, [render_lines(found, here), passed_lines(reports, here) if options.passed else ""])
        )
    return (render_github if options.format == "github" else render_gitlab)(found, above)
