"""A whole project checked as the public knows it: `check`, `status` and the hook before a commit ask here."""

from __future__ import annotations

from pathlib import Path

from build_tools.accounts.corpus import Project
from build_tools.checks import Report, check_project
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.record.lost import lost_departments, lost_disclosures, with_pending_moves
from build_tools.record.past import past_of
from build_tools.record.report import with_record
from build_tools.record.trails import Trails, read_trails

# below the folder of the project
CACHE = ".cache/record"


def check_published(project: Project, root: Path | None = None) -> tuple[list[Report], list[Finding]]:
    """Every department with the findings of its record, and those that belong to none. `root` is the project folder
    that git knows, where `project` was read from a copy.
    """
    at = root or project.root
    reports, findings = check_project(project)
    trails = trails_of(project, at)
    told = [with_record(one, past_of(one, project, trails, at / CACHE), project).report for one in reports]
    lost = (one for report in told for one in lost_disclosures(report, trails, project))
    return told, [*findings, *unknowable(trails), *lost_departments(trails, project), *lost]


def trails_of(project: Project, root: Path) -> Trails:
    """What git knows of a project whose folder is `root`, held against the folders of `project`."""
    return with_pending_moves(read_trails(root), project.root)


def unknowable(trails: Trails) -> list[Finding]:
    """What a clone that holds only the newest commits cannot say."""
    if not trails.shallow:
        return []
    message = "这里的 git 历史不完整（浅克隆），公开以后改过什么，只核对了其中有的"
    hint = "在 CI 里写 fetch-depth: 0（GitHub）或 GIT_DEPTH: 0（GitLab）；本机运行 git fetch --unshallow"
    return [Finding("record-shallow", message, Place("data"), Severity.WARNING, hint=hint)]
