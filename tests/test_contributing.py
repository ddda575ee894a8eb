"""CONTRIBUTING.md is true: what its recipes say, done in a copy of the project, gives what they promise.

A frame of the document is a whole file, or lines for a file that is there. The copy runs in processes of its own.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.forms import load_forms
from tests.helpers import CENTRE, ROOT, of_template, one_disclosure
from tests.test_new_year import scaffolded

DOCUMENT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FRAME = re.compile(
    r'^(?P<fence>`{3,})\w+ (?P<file>\S+)(?P<end> at the end)?(?: after "(?P<after>[^\n]+)")?\n(?P<text>.*?)^(?P=fence)$',
    re.MULTILINE | re.DOTALL,
)
# what the tool and its manuals stand on
COPIED = ("build_tools", "content", "data", "templates", "tests")
LINKED = ("benchmarks", "docs", "examples", "pyproject.toml", "schemas")
COMMAND = "import sys; from build_tools.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Frame:
    """Text for a file: the whole of it, or what goes in at its end or after the line `after` (without indentation)."""

    file: str
    text: str
    end: bool
    after: str

    def lay(self, root: Path) -> None:
        """Do what the frame says."""
        path = root / self.file
        if not (self.end or self.after):
            assert not path.exists(), path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        found = [number for number, line in enumerate(lines, 1) if line.strip() == self.after] or [len(lines)]
        assert self.end or (len(found) == 1 and lines[found[0] - 1].strip() == self.after), self.after
        lines.insert(found[0], self.text)
        path.write_text("".join(lines), encoding="utf-8")


def recipe(title: str) -> list[Frame]:
    """The frames of a recipe, in order."""
    text = DOCUMENT.split(f"\n### {title}\n")[1].split("\n### ")[0]
    return [Frame(one["file"], one["text"], bool(one["end"]), one["after"] or "") for one in FRAME.finditer(text)]


def follow(title: str, root: Path) -> list[Frame]:
    """Lay the frames of a recipe into a folder."""
    frames = recipe(title)
    for frame in frames:
        frame.lay(root)
    return frames


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tool with its manuals, to be changed freely."""
    root = tmp_path / "copy"
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    # settings may be no link out of the project
    shutil.copy2(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    for name in LINKED:
        (root / name).symlink_to(ROOT / name)
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the one real document."""
    return one_disclosure(tmp_path / "project")


def run(root: Path, *words: str) -> str:
    """What a module or program of the copy says; it must succeed."""
    done = subprocess.run([sys.executable, *words], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run_manual(root: Path, file: str, name: str) -> None:
    """The tests of a manual whose names hold `name`, of which there must be some."""
    said = run(root, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", f"tests/{file}", "-k", name)
    assert re.search(r"[1-9]\d* passed", said), said


def lint(root: Path, frames: list[Frame]) -> None:
    """Python that a recipe writes is as the house wants it."""
    files = sorted({one.file for one in frames if one.file.endswith(".py")})
    run(root, "-m", "ruff", "check", "--no-cache", *files)
    run(root, "-m", "ruff", "format", "--no-cache", "--check", *files)


def build(root: Path, project: Path) -> Path:
    """The site of a project, made by the tool of a copy."""
    run(root, "-c", COMMAND, "--root", str(project), "build")
    return project / "site"


def read_page(site: Path, url: str) -> html.HtmlElement:
    """A page of a site."""
    return html.document_fromstring((site / url / "index.html").read_text(encoding="utf-8"))


def test_there_are_six_recipes_and_each_is_followed_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    titles = re.findall(r"^### (.+)$", DOCUMENT, re.MULTILINE)
    assert len(titles) == 6
    assert [one for one in titles if f'follow("{one}"' not in source or not recipe(one)] == []
    assert sum(len(recipe(one)) for one in titles) == len(re.findall(r"^`{3,}\w+ [a-z]", DOCUMENT, re.MULTILINE))


@pytest.mark.slow
def test_a_rule_fires_and_is_explained(copy: Path) -> None:
    follow("Add a rule", copy)
    run_manual(copy, "test_check_documents.py", "summary-19")
    assert "使用的非财政拨款结余大于上年末的结转和结余" in run(copy, "-c", COMMAND, "explain", "summary-19")


def test_a_new_year_is_one_file(project: Path) -> None:
    [frame] = follow("A form for a new year", project)
    assert frame.file.startswith("forms/")
    scaffolded(project, 2026, ("捐赠收入", "9.00"))
    reports, findings = check_project(read_project(project))
    assert not findings
    checked = next(one for one in reports[0].checked if one.disclosure.year == 2026)
    table = checked.disclosure.statements["收入支出决算总表"]
    assert str(table.at("收入", "本年收入合计", "金额").amount) == "9.00"
    assert not {"template-older", "row-unknown"} & {one.code for one in checked.findings}


def test_a_region_is_one_line(project: Path) -> None:
    [frame] = follow("A region", project)
    assert frame.text.count("\n") == 1
    forms, findings = load_forms([project / "forms"])
    assert not findings
    assert [one.variant for one in of_template(forms, "江西")] == [one.variant for one in of_template(forms)] != []


@pytest.mark.slow
def test_a_finding_is_told_and_in_the_catalogue(copy: Path) -> None:
    frames = follow("Add a finding", copy)
    lint(copy, frames)
    run_manual(copy, "test_function_checks.py", "approval")
    run_manual(copy, "test_catalogue.py", "test_every_code_of_the_source or check_of_contents or checks_of_contents")
    assert "一年结束以后才编决算" in run(copy, "-c", COMMAND, "explain", "date-approval-early")


@pytest.mark.slow
def test_a_page_kind_is_two_files(copy: Path, project: Path) -> None:
    frames = follow("A page kind", copy)
    assert len({one.file for one in frames}) == 2
    lint(copy, frames)
    site = build(copy, project)
    assert f"../{CENTRE.as_posix()}/" in read_page(site, "directory").xpath("//main//li/a/@href")
    assert read_page(site, "map").xpath("//main//a[@href='../directory/']/text()") == ["部门名录"]
    (project / "data" / "directory").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "--root", str(project), "check"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "path-taken" in done.stdout


@pytest.mark.slow
def test_an_export_stands_beside_every_table(copy: Path, project: Path) -> None:
    frames = follow("An export", copy)
    assert len({one.file for one in frames}) == 2
    lint(copy, frames)
    site = build(copy, project)
    url = f"{CENTRE.as_posix()}/2020/final-accounts/"
    files = {path.name for path in (site / url).glob("*.json")}
    tables = {f"{path.stem}.json" for path in (site / url).glob("*.csv")} - {"checks.json"}
    assert files == tables
    assert "summary.json" in files
    links = read_page(site, url).xpath("//a[@download]/@href")
    assert [one for one in files if not any(link.endswith(one) for link in links)] == []
    said = json.loads((site / url / "summary.json").read_text(encoding="utf-8"))
    assert said["origin"][2] == "2020"
    assert {one["unit"] for one in said["cells"]} == {"万元"}
