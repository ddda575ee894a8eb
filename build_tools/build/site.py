"""`mingzhang build`: the whole line from `data/` to `site/`, with nothing published until everything is written."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from build_tools.build.compile import MARK, Built, compile_site
from build_tools.build.generator import GeneratorError, generate, site_settings
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


def refuse_folder(folder: Path, root: Path) -> None:
    """The site replaces its whole folder, so it must not be, hold or stand in anything that people wrote. Raises GeneratorError."""
    folder, root = folder.resolve(), root.resolve()
    ours = not folder.exists() or not any(folder.iterdir()) or (folder / MARK).is_file()
    written = [root / name for name in ("data", "content", "forms")]
    if folder == root or folder in root.parents or any(folder == one or one in folder.parents for one in written) or not ours:
        advice = "请换一个空文件夹（通常是 site）；若那是以前生成的网站，先删去它"
        raise GeneratorError(f"mkdocs.yml 的 site_dir 指向 {folder}，那里有别的文件；生成网站会替换整个文件夹。{advice}")


def build_site(root: Path, line_of: LineOf, into: Path | None = None) -> Outcome:
    """Check, generate, compile into staging, swap. A disclosure with errors is held back; a broken form stops everything.

    `into` is an empty folder that the site goes into instead, for a publisher who does the rest by himself.
    """
    project = read_project(root)
    reports, findings = check_project(project)
    if project.stopped:
        return Outcome(project, tuple(reports), tuple(findings), None, None)
    settings = site_settings(root)
    if into is not None:
        built = compile_site(project, reports, generate(root), into, settings, line_of)
        return Outcome(project, tuple(reports), tuple(findings), built, into)
    refuse_folder(settings.folder, root)
    generated = generate(root)
    new = staging_for(settings.folder)
    try:
        built = compile_site(project, reports, generated, new, settings, line_of)
        swap(new, settings.folder)
    finally:
        if new.exists():
            shutil.rmtree(new)
    return Outcome(project, tuple(reports), tuple(findings), built, settings.folder)
