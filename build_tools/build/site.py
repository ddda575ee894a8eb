"""`mingzhang build`: the whole line from `data/` to `site/`, with nothing published until everything is written."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from build_tools.build.compile import Built, compile_site
from build_tools.build.generator import generate, site_settings
from build_tools.build.staging import staging_for, swap
from build_tools.checks import Report, check_project
from build_tools.corpus import Project, read_project
from build_tools.diagnostics import Finding
from build_tools.diagnostics.text import LineOf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to. `site` is None where forms or folders are so broken that nothing was published."""

    project: Project
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]
    built: Built | None
    site: Path | None


def build_site(root: Path, line_of: LineOf) -> Outcome:
    """Check, generate, compile into staging, swap. A disclosure with errors is held back; a broken form stops everything."""
    project = read_project(root)
    reports, findings = check_project(project)
    if project.findings:
        return Outcome(project, tuple(reports), tuple(findings), None, None)
    generated = generate(root)
    settings = site_settings(root)
    new = staging_for(settings.folder)
    try:
        built = compile_site(project, reports, generated, new, settings.url, line_of)
        swap(new, settings.folder)
    finally:
        if new.exists():
            shutil.rmtree(new)
    return Outcome(project, tuple(reports), tuple(findings), built, settings.folder)
