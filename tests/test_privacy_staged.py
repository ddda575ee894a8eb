"""`mingzhang check --staged` with a real git: what the index holds is judged, whatever stands in the working tree, and
a hook refuses it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from build_tools.cli import main
from build_tools.privacy.shared import MAX_BYTES
from tests.conftest import require
from tests.support import DEPARTMENT, DISCLOSURE, INFORMATION, REPOSITORY, make_project
from tests.test_privacy_pdf import document

MOBILE = "138" + "0000" + "1234"
NOTED = "隐私确认:\n  - {内容: 138****1234, 位置: 公开信息, 理由: 对外公布的值班手机}\n"
NEW = DISCLOSURE.replace("2020", "2021")
WITH, WITHOUT = INFORMATION.replace("测试", MOBILE), INFORMATION
PREFIX = [sys.executable, "-c", "import sys; from build_tools.cli import main; sys.exit(main())"]


@pytest.fixture(autouse=True)
def _own_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the settings of this machine nor a hook that runs these tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PYTHONPATH": str(REPOSITORY),
    }.items():
        monkeypatch.setenv(name, value)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "某人")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "office@example.gov.cn")


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """One command; its failure is the test's."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a sound project committed."""
    make_project(tmp_path)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "甲")
    return tmp_path


def write(root: Path, name: str, content: str | bytes) -> None:
    """A file in the working tree, not staged."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def stage(root: Path, name: str, content: str | bytes) -> None:
    """A file written and staged."""
    write(root, name, content)
    git(root, "add", "--force", "--", name)


def found(root: Path, capsys: pytest.CaptureFixture[str], status: int) -> list[tuple[str, str]]:
    """File and code of everything found but hints and warnings about the disclosure, with the exit status that goes
    with it.
    """
    capsys.readouterr()
    assert main(["--root", str(root), "check", "--staged", "--format", "json"]) == status
    printed = capsys.readouterr()
    assert printed.err == ""
    assert MOBILE not in printed.out
    return [
        (one["file"], one["code"])
        for one in json.loads(printed.out)["findings"]
        if one["severity"] == "错误" or one["code"].startswith("privacy-")
    ]


def test_nothing_staged_is_nothing_found(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, DISCLOSURE, WITH)
    write(root, "new.txt", MOBILE)
    assert found(root, capsys, 0) == []


def test_the_index_is_judged_and_not_the_working_tree(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(root, DISCLOSURE, WITH)
    stage(root, "a.md", MOBILE)
    write(root, DISCLOSURE, WITHOUT)
    (root / "a.md").unlink()
    assert found(root, capsys, 1) == [("a.md", "privacy-mobile-number"), (DISCLOSURE, "privacy-mobile-number")]
    stage(root, DISCLOSURE, WITHOUT)
    stage(root, "a.md", "138****1234")
    write(root, DISCLOSURE, WITH)
    write(root, "a.md", MOBILE)
    assert found(root, capsys, 0) == []


def test_the_line_that_is_shown_is_the_staged_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(root, "a.csv", f"甲,{MOBILE}\n".encode("gb18030"))
    write(root, "a.csv", "乙,丙\n")
    assert main(["--root", str(root), "check", "--staged"]) == 1
    printed = capsys.readouterr().out
    assert "1 | 甲,138****1234\n" in printed
    assert "  |    ^^^^^^^^^^^\n" in printed
    assert printed.rstrip("\n").split("\n")[-1] == "暂存的文件 1 个"


def test_figures_of_staged_disclosures_are_checked_as_staged(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # what is public already changes with a 更正 only
    table = "收入支出决算总表:\n  收入: {{一般公共预算财政拨款收入: 1.00, 本年收入合计: {}}}\n"
    wrong, right = INFORMATION + table.format("2.00"), INFORMATION + table.format("1.00")
    stage(root, NEW, wrong)
    write(root, NEW, right)
    (code,) = {code for file, code in found(root, capsys, 1) if file == NEW}
    assert code.startswith("summary-")
    stage(root, NEW, right)
    write(root, NEW, wrong)
    assert found(root, capsys, 0) == []


def test_disclosures_that_are_not_staged_are_left_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(root, "data/x/y/2019/final-accounts.yaml", "公开信息: {状态: 已公开}\n")
    git(root, "commit", "--quiet", "--message", "乙")
    stage(root, DISCLOSURE, WITHOUT + "国有资本经营: 无\n")
    assert found(root, capsys, 0) == []
    stage(root, "data/x/y/2019/final-accounts.yaml", "公开信息: {状态: 己公开}\n")
    assert ("data/x/y/2019/final-accounts.yaml", "template-missing") in found(root, capsys, 1)


def test_what_is_deleted_or_renamed_is_looked_at_where_it_goes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(root, "a.txt", MOBILE)
    stage(root, "b.txt", MOBILE + "\n甲\n乙\n丙\n")
    git(root, "commit", "--quiet", "--message", "乙")
    git(root, "rm", "--quiet", "a.txt")
    git(root, "mv", "b.txt", "丁 “戊”.txt")
    assert found(root, capsys, 1) == [("丁 “戊”.txt", "privacy-mobile-number")]


@pytest.mark.parametrize(
    "name", ["two words.csv", '引号".md', "a\nb.txt", "-n.txt", "*.txt", ":(top)x.txt", "深/一/层.html"]
)
def test_any_name_is_read(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(root, f"./{name}", MOBILE) if not name.startswith(":") else (
        write(root, name, MOBILE),
        git(root, "--literal-pathspecs", "add", "--", name),
    )
    assert found(root, capsys, 1) == [(name, "privacy-mobile-number")]


def test_names_that_are_no_text_or_show_a_number(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / os.fsdecode(b"\xff.txt")).write_text(MOBILE, encoding="utf-8")
    write(root, f"{MOBILE}.txt", "甲")
    git(root, "add", "--all")
    assert found(root, capsys, 1) == [("138****1234.txt", "privacy-path"), ("?.txt", "privacy-mobile-number")]


def test_what_is_no_text_is_said_or_passed_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook, a picture, a symbolic link, a submodule, a file that is only announced."""
    stage(root, "名单.xlsx", b"PK\x03\x04\0" + MOBILE.encode())
    stage(root, "a.png", b"\x89PNG\0" + MOBILE.encode())
    (root / "link").symlink_to(MOBILE)
    git(root, "add", "link")
    head = git(root, "rev-parse", "HEAD").stdout.decode().strip()
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    write(root, "later.txt", MOBILE)
    git(root, "add", "--intent-to-add", "later.txt")
    assert found(root, capsys, 0) == [("名单.xlsx", "privacy-unread")]


def test_of_a_very_large_file_the_beginning_is_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(root, "large.csv", (MOBILE + "\n").encode() + b"\n" * (2 * MAX_BYTES))
    stage(root, "small.csv", "甲\n")
    assert found(root, capsys, 1) == [("large.csv", "privacy-unread"), ("large.csv", "privacy-mobile-number")]


def test_many_files_are_read_in_turn(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(300):
        write(root, f"{number:03}.txt", f"{number}\n{MOBILE if number == 271 else ''}")
    git(root, "add", "--all")
    assert found(root, capsys, 1) == [("271.txt", "privacy-mobile-number")]


def test_before_the_first_commit_everything_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, {DISCLOSURE: WITH})
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    assert found(root, capsys, 1) == [(DISCLOSURE, "privacy-mobile-number")]


def test_a_project_inside_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path / "district", {DEPARTMENT: f"# {MOBILE}\n名称:\n  - 名称: 甲区乙局\n"})
    git(tmp_path, "init", "--quiet")
    stage(tmp_path, "README.md", MOBILE)
    stage(tmp_path, "privacy.yaml", "隐私确认:\n  - {文件: README.md, 内容: 138****1234, 位置: 开头, 理由: 别处的}\n")
    git(tmp_path, "add", "--all")
    assert found(root, capsys, 1) == [("../README.md", "privacy-mobile-number"), (DEPARTMENT, "privacy-mobile-number")]
    stage(
        root,
        "privacy.yaml",
        "隐私确认:\n  - {文件: data/x/y/department.yaml, 内容: 138****1234, 位置: 开头, 理由: 值班}\n",
    )
    assert found(root, capsys, 1) == [("../README.md", "privacy-mobile-number")]


def test_acknowledgements_count_as_they_are_staged(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shared = "隐私确认:\n  - {文件: a.txt, 内容: 138****1234, 位置: 全文, 理由: 对外公布的值班手机}\n"
    stage(root, DISCLOSURE, WITH + NOTED)
    stage(root, "a.txt", MOBILE)
    write(root, "privacy.yaml", shared)
    assert found(root, capsys, 1) == [("a.txt", "privacy-mobile-number")]
    stage(root, "privacy.yaml", shared)
    assert found(root, capsys, 0) == []
    git(root, "commit", "--quiet", "--message", "乙")
    stage(root, "privacy.yaml", shared + shared.split("\n")[1].replace("138", "139") + "\n")
    assert found(root, capsys, 1) == [("privacy.yaml", "privacy-unused")]


def test_without_a_repository_or_git_the_call_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["--root", str(root), "check", "--staged"]) == 2
    assert "git 仓库" in capsys.readouterr().err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--root", str(root), "check", "--staged"]) == 2
    assert "没有找到 git" in capsys.readouterr().err


def commit(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A commit that a hook may refuse."""
    return subprocess.run(
        ["git", "commit", "--message", "乙", *arguments], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("how", [(), ("--all",), ("--", DISCLOSURE), ("--amend", "--all")])
def test_a_hook_keeps_it_out_of_the_history(how: tuple[str, ...], root: Path) -> None:
    """Also where git gives the hook an index of its own, for -a and for named files."""
    hook = root / ".git/hooks/pre-commit"
    hook.write_text(
        "#!/bin/sh\nexec " + " ".join(f"'{part}'" for part in PREFIX) + " check --staged\n", encoding="utf-8"
    )
    hook.chmod(0o755)
    (stage if not how else write)(root, DISCLOSURE, WITH)
    refused = commit(root, *how)
    assert refused.returncode == 1
    assert "privacy-mobile-number" in refused.stdout + refused.stderr
    assert MOBILE not in refused.stdout + refused.stderr
    (stage if not how else write)(root, DISCLOSURE, WITH.replace(MOBILE, "138****1234"))
    assert commit(root, *how).returncode == 0
    assert MOBILE not in git(root, "log", "--patch", "--all").stdout.decode()


def test_the_configuration_for_pre_commit_runs_the_check() -> None:
    (hook,) = [
        one
        for part in yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
        for one in part["hooks"]
    ]
    assert hook["entry"] == "mingzhang check --staged"
    assert (hook["pass_filenames"], hook["always_run"], hook["language"]) == (False, True, "system")


def test_pre_commit_itself_refuses_and_lets_pass(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = require(
        "pre-commit", shutil.which("pre-commit") or shutil.which("pre-commit", path=str(Path(sys.executable).parent))
    )
    tools = tmp_path_factory.mktemp("tools")
    (tools / "mingzhang").write_text(
        "#!/bin/sh\nexec " + " ".join(f"'{part}'" for part in PREFIX) + ' "$@"\n', encoding="utf-8"
    )
    (tools / "mingzhang").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path_factory.mktemp("home")))
    stage(root, ".pre-commit-config.yaml", (REPOSITORY / ".pre-commit-config.yaml").read_bytes())
    for command in (["validate-config"], ["install"]):
        assert subprocess.run([program, *command], cwd=root, capture_output=True, check=False).returncode == 0
    stage(root, DISCLOSURE, WITH)
    # pre-commit puts what is not staged aside while it runs
    write(root, DISCLOSURE, WITHOUT)
    refused = commit(root)
    assert refused.returncode == 1
    assert "privacy-mobile-number" in refused.stdout + refused.stderr
    stage(root, DISCLOSURE, WITHOUT)
    assert commit(root).returncode == 0
    assert MOBILE not in git(root, "log", "--patch", "--all").stdout.decode()


@pytest.mark.parametrize(
    "name",
    [f"data/x/{MOBILE}/2020/final-accounts.yaml", f"data/x/y/2020/zhangsan{MOBILE}.pdf", f"notes/{MOBILE}/a.txt"],
)
def test_names_are_looked_at_before_they_enter_the_history(
    name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage(root, name, WITHOUT)
    assert found(root, capsys, 1) == [(name.replace(MOBILE, "138****1234"), "privacy-path")]


def test_what_a_staged_pdf_says_is_looked_at(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stage(root, "content/a.pdf", document(f"tel {MOBILE}"))
    stage(root, "content/b.pdf", document(""))
    assert found(root, capsys, 1) == [
        ("content/a.pdf", "privacy-mobile-number"),
        ("content/b.pdf", "privacy-pdf-unread"),
    ]
