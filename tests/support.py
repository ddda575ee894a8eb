"""A small project folder to spoil: one district, one department, one year, and as much of a disclosure as a test
writes.

Tests of bad input say what they put in and what must be found; everything around it is made here and is sound.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from build_tools.accounts.corpus import Project, read_district, read_project
from build_tools.checks import Report, check_project
from build_tools.diagnostics import Finding
from build_tools.diagnostics.as_json import render_json
from build_tools.diagnostics.text import render_findings
from build_tools.engine.staging import MARK
from build_tools.source import line_reader

REPOSITORY = Path(__file__).parents[1]
SECONDS = 10.0
# words of the YAML library that must not reach an accountant
LIBRARY = re.compile("expected|found|while|scanning|parsing|context|token|mapping values|not allowed")
DISTRICT, DEPARTMENT = "data/x/district.yaml", "data/x/y/department.yaml"
DISCLOSURE = "data/x/y/2020/final-accounts.yaml"
INFORMATION = "公开信息:\n  状态: 可公开\n  保密审查: 通过\n  负责人审签: 通过\n  来源: 测试\n"
SOUND: Mapping[str, str] = {
    DISTRICT: "基本信息:\n  名称: 甲区\n  模板地区: 湖南\n",
    DEPARTMENT: "名称:\n  - 名称: 甲区乙局\n",
    DISCLOSURE: INFORMATION,
}


def make_project(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The sound project with these files in it, some perhaps in the place of its own; None leaves one out. Returns
    `root`.
    """
    for name, content in {**SOUND, **(files or {})}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@cache
def repository_project() -> Project:
    """The forms and reference data of this repository, read once."""
    return read_project(REPOSITORY)


def check(root: Path) -> tuple[list[Report], list[Finding]]:
    """The district `x` of a small project checked; forms and reference data are not read again for every test."""
    project = repository_project()
    district = read_district(root / "data" / "x", root, project.forms)
    reports, findings = check_project(replace(project, root=root, districts=(district,)))
    return reports, [*findings, *(finding for report in reports for finding in report.all_findings)]


def check_text(root: Path, text: str | bytes) -> list[Finding]:
    """What is found where this is the one disclosure."""
    return check(make_project(root, {DISCLOSURE: text}))[1]


def assert_findings(root: Path, file: str, data: bytes) -> list[Finding]:
    """Whatever the bytes: findings in time, each at a place that exists, in words that can be shown."""
    (root / file).write_bytes(data)
    start = time.process_time()
    _, findings = check(root)
    rendered = render_findings(findings, line_reader(root))
    assert time.process_time() - start < SECONDS
    lines = data.count(b"\n") + 1
    for one in findings:
        assert one.place.file in {file, DISCLOSURE, DEPARTMENT, DISTRICT}
        assert 1 <= one.place.line <= (lines if one.place.file == file else 1_000_000)
        assert min(one.place.column, one.place.length) >= 1
        assert re.search("[\u4e00-\u9fff]", one.message)
        assert len(one.message) + len(one.hint or "") < 1500
        assert not LIBRARY.search(one.message)
    assert all(char.isprintable() or char == "\n" for char in rendered)
    assert len(json.loads(render_json(findings, {}).encode())["findings"]) == len(findings)
    return findings


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, without the mark that a site bears for the next build."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARK
    }


def took(run: Callable[[], object], enough: float) -> float:
    """Seconds of the processor, the best of three; one that is quick enough is not run again."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
        if best < enough:
            break
    return best
