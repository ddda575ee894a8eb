"""A district's own folder: complete, sound and honest at once; nothing is written over, and a wrong call writes nothing."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from build_tools.cli import main
from build_tools.cli.main import parser
from build_tools.resources import INIT, version
from tests.conftest import require
from tests.helpers import ROOT
from tests.test_ci_files import PINNED

GITHUB, GITLAB = INIT / ".github/workflows/site.yml", INIT / ".gitlab-ci.yml"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with names of its own."""
    root = tmp_path_factory.mktemp("init") / "own"
    assert main(["init", str(root), "--district", "shifeng", "--name", "石峰区", "--region", "上海"]) == 0
    return root


@pytest.fixture
def own(fresh: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(fresh, tmp_path / "own")


def files(root: Path) -> dict[str, bytes]:
    """Everything that lies in a folder."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_everything_is_laid_down_with_its_names(fresh: Path) -> None:
    found = files(fresh)
    laid = {str(path.relative_to(INIT)) for path in INIT.rglob("*") if path.is_file()}
    assert {
        re.sub("^data/district/", "data/shifeng/", name).replace("/department/", "/finance-bureau/") for name in laid
    } < {*found}
    assert {f"content/{name}" for name in files(ROOT / "content")} < {*found}
    assert ".vscode/settings.json" in found
    # `check` sends there
    assert found["docs/new-year-form.md"] == (ROOT / "docs/new-year-form.md").read_bytes()
    assert [name for name, data in found.items() if "⟦" in data.decode()] == []
    assert f"mingzhang=={version()}\n" in found["requirements.txt"].decode()
    assert "模板地区: 上海" in found["data/shifeng/district.yaml"].decode()
    assert "名称: 石峰区财政局" in found["data/shifeng/finance-bureau/department.yaml"].decode()


def test_the_home_page_is_ours_but_for_the_name() -> None:
    """So that a change of one is made in the other."""
    ours, theirs = (path.read_text(encoding="utf-8") for path in (ROOT / "content/index.md", INIT / "content/index.md"))
    assert theirs.count("⟦name⟧") == 2
    assert unnamed(ours) == unnamed(theirs)


def unnamed(page: str) -> str:
    """A page without the words of its title and its heading."""
    return re.sub("(?m)^(title: |# ).*$", "", page)


def test_it_is_sound_and_says_what_to_fill(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command that it names is one that works."""
    assert main(["--root", str(fresh), "check"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("1 个部门 0 份公开文件")
    assert "data/shifeng/finance-bureau/department.yaml" in told
    (command,) = re.findall(r"mingzhang (new [^，]+)，", told)
    assert f"mingzhang {command}`" in (fresh / "README.md").read_text(encoding="utf-8")
    assert main(["--root", str(fresh), "format", "--check"]) == 0
    assert main(["--root", str(fresh), "schema", "--check"]) == 0


def test_a_first_disclosure_begins_and_is_only_told_of_as_a_draft(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--root", str(own), "check"])
    (command,) = re.findall(r"mingzhang (new [^，]+)，", capsys.readouterr().out)
    assert main(["--root", str(own), *command.split()]) == 0
    assert main(["--root", str(own), "check"]) == 0
    assert "还没有公开文件" not in capsys.readouterr().out


def test_its_site_says_that_it_is_not_official_yet(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(own), "build"]) == 0
    assert "还没有公开文件" in capsys.readouterr().out
    pages = [path.read_text(encoding="utf-8") for path in (own / "site").rglob("*.html") if "parts" not in path.parts]
    assert [text[:200] for text in pages if "示例 · 非官方网站：正在筹备" not in text] == []
    for page in ("index.html", "sections/index.html"):
        assert "还没有收录文件" in (own / "site" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--district", "Shifeng"], "“Shifeng”不能用作网址"),
        (["--district", "石峰"], "“石峰”不能用作网址"),
        (["--district", "../up"], "“../up”不能用作网址"),
        (["--district", "a" * 61], "不能用作网址"),
        (["--district", "glossary"], "“glossary”这个名称留给"),
        (["--name", "石峰区: 甲"], "名称“石峰区: 甲”不能用"),
        (["--name", ""], "写上名称"),
        (["--region", "湖北"], "还没有“湖北”的表样。可以写：上海、湖南"),
    ],
)
def test_a_wrong_name_lays_nothing_down(
    options: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "own"), *options]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert "里已经有 1 个文件或文件夹（mine.txt），没有改动" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "mine.txt")]) == 2
    assert "是一个文件，没有改动" in capsys.readouterr().err
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_a_folder_by_root_is_told_where_to_write_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else everything would be laid down somewhere else than was meant."""
    (tmp_path / "meant").mkdir()
    assert main(["--root", str(tmp_path / "meant"), "init", str(tmp_path / "own")]) == 2
    assert "init 不用 --root" in capsys.readouterr().err
    assert not (tmp_path / "own").exists()


def test_what_the_system_refuses_is_said_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path / "mine.txt/own")]) == 2
    assert "这里要一个文件夹，却有同名的文件：移走它，或改名" in capsys.readouterr().err


def test_an_empty_clone_will_do(tmp_path: Path) -> None:
    """What a forge gives for a new repository."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    assert main(["init", str(tmp_path)]) == 0


def test_departments_and_districts_are_added(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sound, canonical, known to the editor; a second call refuses."""
    district = ["--root", str(own), "new", "district", "lusong", "--name", "芦淞区", "--region", "湖南"]
    department = ["--root", str(own), "new", "department", "lusong/education-bureau", "--name", "芦淞区教育局"]
    assert main(district) == main(department) == 0
    before = files(own)
    assert "名称: 芦淞区教育局" in before["data/lusong/education-bureau/department.yaml"].decode()
    assert "data/lusong/" in before[".vscode/settings.json"].decode()
    assert main(["--root", str(own), "check"]) == main(["--root", str(own), "format", "--check"]) == 0
    capsys.readouterr()
    assert main(district) == main(department) == 2
    assert "lusong/district.yaml 已经存在，没有改动。\n" in capsys.readouterr().err
    assert files(own) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["district", "guide", "--name", "甲区"], "“guide”这个名称留给"),
        (["district", "after-commit", "--name", "甲区"], "“after-commit”这个名称留给"),
        (["district", "lusong"], "写上名称，如 --name"),
        (["department", "shifen/x", "--name", "甲局"], "没有区县“shifen”。是不是“shifeng”？"),
        (["department", "nowhere/x", "--name", "甲局"], "先运行 mingzhang new district nowhere"),
        (["department", "shifeng", "--name", "甲局"], "还要写代号，如 shifeng（区县）、shifeng/tax-bureau（部门）"),
        (["department", "shifeng/x", "2024", "--name", "甲局"], "new department 不写年度：删去 2024"),
        (["district", "lusong", "2024", "--name", "甲区"], "new district 不写年度：删去 2024"),
        (["inquiries", "shifeng/finance-bureau", "2025"], "new inquiries 不写年度：删去 2025"),
        (["distrct", "lusong", "--name", "甲区"], "没有“distrct”这种类型。是不是“district”？"),
        (["department", "shifeng/a/b", "--name", "甲局"], "“a/b”不能用作网址"),
        (["department", "shifeng/x", "--name", "甲局", "--region", "湖南"], "--region 只用于"),
        (["inquiries", "shifeng/finance-bureau", "--name", "甲局"], "--name 只用于"),
    ],
)
def test_a_wrong_call_of_new_writes_nothing(
    arguments: list[str], words: str, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(own)
    assert main(["--root", str(own), "new", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert files(own) == before


@pytest.mark.parametrize(
    ("file", "schema"), [(GITHUB, "vendor.github-workflows"), (GITLAB, "vendor.gitlab-ci")], ids=["github", "gitlab"]
)
def test_its_pipelines_meet_the_public_schemas(file: Path, schema: str) -> None:
    validator = Path(sys.executable).with_name("check-jsonschema")
    program = require("check-jsonschema", str(validator) if validator.is_file() else None)
    done = subprocess.run([program, "--builtin-schema", schema, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_pipelines_are_pinned_as_ours_and_call_what_exists() -> None:
    """Actions by commits, the tool by `requirements.txt`."""
    ours = PINNED.findall((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    text = GITHUB.read_text(encoding="utf-8")
    theirs = PINNED.findall(text)
    assert len(theirs) == text.count("uses:") >= 6
    assert set(theirs) <= set(ours)
    jobs = yaml.safe_load(text)["jobs"]
    lines = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    lines += [line for job in yaml.safe_load(GITLAB.read_text(encoding="utf-8")).values() for line in scripts(job)]
    calls = [shlex.split(re.split(r"\|\||>", line)[0]) for line in lines]
    assert {tuple(one[:2]) for one in calls} == {
        ("python", "-m"),
        ("mingzhang", "check"),
        ("mingzhang", "diff"),
        ("mingzhang", "build"),
        ("mv", "site"),
    }
    for call in calls:
        if call[0] == "mingzhang":
            parser().parse_args(call[1:])
        if call[0] == "python":
            assert call[2:] == ["pip", "install", "-r", "requirements.txt"]


def scripts(job: object) -> list[str]:
    """The commands of a job of GitLab."""
    return list(job.get("script", ())) if isinstance(job, dict) else []
