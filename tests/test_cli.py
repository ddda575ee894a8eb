"""The command line: what it prints, in Chinese; how it exits; what it publishes and what it leaves alone.

Exit status: 0 = no 错误, 1 = at least one, 2 = the tool or its call failed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.cli import commands, main
from build_tools.cli.main import HELP
from build_tools.cli.words import KEPT
from build_tools.diagnostics import Outcome
from build_tools.diagnostics.catalogue import CATALOGUE
from build_tools.publish import KEEP
from tests.helpers import CENTRE, ROOT, builtin, one_disclosure

DATA = Path("data") / CENTRE / "2020/final-accounts.yaml"
PAGE = Path("site") / CENTRE / "2020/final-accounts"
# a variant may restate a rule; the first declared is explained
LOADED = builtin(), []
RULES = {rule.id: rule for form in reversed(LOADED[0].forms) for rule in reversed(form.rules)}
# the words that argparse brings along
ENGLISH = re.compile(
    r"\b(usage|error|options|positional|arguments?|show|invalid|choose|expected|required|unrecognized|ambiguous|ignored|explicit|following)\b",
    re.I,
)
SUMMARY = re.compile(
    r"^\d+ 个部门 \d+ 份公开文件：" + "，".join(rf"{outcome.value} \d+" for outcome in Outcome) + "$", re.MULTILINE
)


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A project with the one real document."""
    return one_disclosure(tmp_path)


def spoil(root: Path, old: str = "本年支出合计: 108.06", new: str = "本年支出合计: 108.60") -> None:
    """One change to the real document of a copied project."""
    text = (root / DATA).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (root / DATA).write_text(text.replace(old, new), encoding="utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a tree with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def run(root: Path, *arguments: str) -> int:
    """One command on a project."""
    return main(["--root", str(root), *arguments])


def test_a_project_without_errors_ends_with_the_summary_and_status_zero(
    centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(centre, "check") == 0
    shown = capsys.readouterr()
    assert SUMMARY.fullmatch(shown.out.rstrip("\n").split("\n")[-1])
    assert "错误" not in shown.out
    assert shown.err == ""


def test_an_error_is_told_in_full_and_is_status_one(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(centre)
    assert run(centre, "check") == 1
    shown = capsys.readouterr().out
    assert "2010301 行政运行" in (centre / DATA).read_text(encoding="utf-8")
    message = "错误[expenditure-1] 行政运行：本年支出合计与各列之和不等：填 108.60，应为 108.06，相差 +0.54"
    assert re.search(rf"^  第 \d+ 行第 \d+ 列：{re.escape(message)}$", shown, re.MULTILINE)
    assert "^^^^^^\n" in shown
    assert re.search(rf"^{re.escape(DATA.as_posix())}（错误 1 处", shown, re.MULTILINE)
    first, last = shown.rstrip("\n").split("\n")[:2], shown.rstrip("\n").split("\n")[-2:]
    assert first == last
    assert re.fullmatch(r"错误 1 处.*，在 1 个文件里", first[0])
    assert SUMMARY.fullmatch(first[1])


def test_warnings_and_hints_do_not_fail(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (centre / DATA).read_text(encoding="utf-8")
    start, end = text.index("支出决算表:\n  合计"), text.index("财政拨款收入支出决算总表:\n")
    (centre / DATA).write_text(text[:start] + text[end:], encoding="utf-8")
    assert run(centre, "check") == 0
    assert "警告[table-missing] 没有填写“支出决算表”" in capsys.readouterr().out


def test_json_has_every_field_of_a_finding_and_every_outcome(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(centre)
    assert run(centre, "check", "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["findings", "verdicts"]
    assert list(document["verdicts"]) == [outcome.value for outcome in Outcome]
    assert document["verdicts"]["不符"] == 2
    finding = document["findings"][0]
    wanted = [
        "code",
        "severity",
        "message",
        "file",
        "line",
        "column",
        "expected",
        "actual",
        "difference",
        "hint",
        "citation",
        "also",
        "paste",
    ]
    assert list(finding) == wanted
    line = (centre / DATA).read_text(encoding="utf-8").split("\n")[finding["line"] - 1]
    assert line[finding["column"] - 1 :] == "108.60"
    assert [finding[key] for key in ("code", "severity", "file", "expected", "actual", "difference", "also")] == [
        "expenditure-1",
        "错误",
        DATA.as_posix(),
        "108.06",
        "108.60",
        "0.54",
        ["expenditure-3"],
    ]
    assert finding["citation"].startswith("支出决算表编制说明")


def test_json_of_a_sound_project_is_json_too(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(centre, "check", "--format", "json") == 0
    assert [one for one in json.loads(capsys.readouterr().out)["findings"] if one["severity"] == "错误"] == []


def test_json_of_what_passed_adds_every_verdict(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(centre)
    assert run(centre, "check", "--format", "json", "--passed") == 1
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["findings", "verdicts", "checked"]
    assert {
        word: sum(1 for one in document["checked"] if one["outcome"] == word) for word in document["verdicts"]
    } == document["verdicts"]


def test_the_list_of_what_passed_stands_between_the_numbers(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(centre, "check", "--passed") == 0
    shown = capsys.readouterr().out
    assert re.search(r"^    expenditure-1 2010301 行政运行：108\.06 = 107\.20 \+ 0\.86  通过$", shown, re.MULTILINE)
    assert SUMMARY.fullmatch(shown.rstrip("\n").split("\n")[-1])


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_what_passed_is_not_marked_beside_a_change(form: str, centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(centre, "check", "--passed", "--format", form) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "--passed 只和 --format text、line、json 同用\n")


def test_lines_lead_from_where_the_reader_stands(
    centre: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(centre)
    for folder, before in ((centre, ""), (centre.parent, f"{centre.name}/"), (centre / "data", "../")):
        monkeypatch.chdir(folder)
        assert run(centre, "check", "--format", "line") == 1
        shown = capsys.readouterr()
        found = next(line for line in shown.out.splitlines() if "错误[" in line)
        path, line, column, message = found.split(":", 3)
        assert path == before + DATA.as_posix()
        assert (folder / path).read_text(encoding="utf-8").split("\n")[int(line) - 1][int(column) - 1 :] == "108.60"
        assert message.startswith(" 错误[expenditure-1] ")
        assert SUMMARY.fullmatch(shown.err.strip())


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_reports_lead_from_the_root_of_the_repository(
    form: str,
    centre: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil(centre)
    (centre.parent / ".git").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    try:
        assert run(centre, "check", "--format", form) == 1
    finally:
        (centre.parent / ".git").rmdir()
    shown = capsys.readouterr().out
    wanted = f"{centre.name}/{DATA.as_posix()}"
    if form == "gitlab":
        assert [one["location"]["path"] for one in json.loads(shown) if one["severity"] == "critical"] == [wanted]
    else:
        assert f"::error file={wanted},line=" in shown
        assert SUMMARY.fullmatch(shown.rstrip("\n").split("\n")[-1])


def test_a_broken_form_stops_the_check_and_says_so(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (centre / "forms").mkdir()
    (centre / "forms/broken.yaml").write_text("key: 坏表\n" + "甲: 乙\n", encoding="utf-8")
    assert run(centre, "check") == 1
    first = capsys.readouterr().out.split("\n")[0]
    assert re.fullmatch(r"错误 \d+ 处，在 1 个文件里；改正以前，其余的没有检查", first)


def test_github_is_told_what_it_does_not_show(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (centre / DATA).read_text(encoding="utf-8")
    (centre / DATA).write_text(
        re.sub(r"(: -?[0-9]+)\.([0-9]{2})$", r"\1，\2", text, flags=re.MULTILINE), encoding="utf-8"
    )
    assert run(centre, "check", "--format", "github") == 1
    lines = capsys.readouterr().out.rstrip("\n").split("\n")
    assert sum(line.startswith("::error ") for line in lines) > 10
    assert "每级只标出前 10 条" in lines[-1]


def test_root_may_stand_before_or_after_the_command(
    centre: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sound = one_disclosure(tmp_path_factory.mktemp("sound"))
    spoil(centre)
    monkeypatch.chdir(sound)
    assert main(["check"]) == 0
    assert main(["--root", str(centre), "check"]) == 1
    assert main(["check", "--root", str(centre)]) == 1
    assert main(["--root", str(sound), "check", "--root", str(centre)]) == 1
    monkeypatch.chdir(centre)
    assert main(["check"]) == 1
    assert capsys.readouterr().err == ""


def test_a_folder_that_is_no_project_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "check") == 1
    assert "错误[data-missing]" in capsys.readouterr().out
    assert run(tmp_path / "nowhere", "check") == 2
    assert "没有这个文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", *(name for name, _, _ in HELP)])
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*filter(None, [command]), "--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert shown.startswith(f"用法：mingzhang {command}".rstrip())
    assert not ENGLISH.search(shown)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["publishh"], "“publishh”不是可用的命令"),
        (["check", "--format", "xml"], "“xml”不是可用的--format"),
        (["check", "--format"], "--format 后面要写一个值"),
        (["--root"], "--root 后面要写一个值"),
        (["check", "--nothing"], "不认识：--nothing"),
        (["explain", "expenditure-1", "expenditure-2"], "不认识：expenditure-2"),
        (["check", "more"], "不认识：more"),
        (["format", "--check=1"], "--check 后面不能写值"),
        (["--help=1"], "--help 后面不能写值"),
    ],
)
def test_a_wrong_call_is_told_in_chinese_and_is_status_two(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    shown = capsys.readouterr()
    assert left.value.code == 2
    assert shown.out == ""
    assert "命令写得不对：" in shown.err
    assert words in shown.err
    assert "--help" in shown.err
    assert not ENGLISH.search(shown.err)


def test_no_command_is_help_and_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().out.startswith("用法：mingzhang")


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms are read once for the many calls of a test."""
    monkeypatch.setattr(commands, "load_forms", lambda _: LOADED)


@pytest.mark.usefixtures("loaded")
def test_every_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for name, rule in RULES.items():
        assert main(["explain", name]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"{name}：{rule.says}\n")
        assert f"公式：{rule.text}\n" in shown
        assert f"依据：{rule.citation}\n" in shown
        assert rule.because in shown


@pytest.mark.usefixtures("loaded")
def test_whatever_is_listed_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    shown = capsys.readouterr().out
    ids = re.findall(r"^  (\S+)  \S", shown, re.MULTILINE)
    assert len(ids) == len(set(ids))
    assert set(RULES) | set(CATALOGUE) == set(ids)
    assert [one for one in ids if main(["explain", one]) != 0] == []
    numbers = [int(number) for number in re.findall(r"^(?:勾稽关系|填写和写法) (\d+) ", shown, re.MULTILINE)]
    assert numbers == [len(RULES), len(CATALOGUE)]


def test_an_unknown_id_asks_what_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "expenditur-1"]) == 2
    assert "没有编号“expenditur-1”。是不是“expenditure-1”？" in capsys.readouterr().err


def test_build_says_what_it_published(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(centre, "build") == 0
    shown = capsys.readouterr().out
    assert SUMMARY.search(shown)
    numbers = re.search(r"已生成 (\d+) 个页面、(\d+) 个数据文件", shown)
    assert numbers
    assert int(numbers[2]) == len(list((centre / "site").rglob("*.csv")))
    assert (centre / PAGE / "index.html").is_file()


def test_a_broken_form_leaves_the_old_site_as_it_was(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(centre, "build") == 0
    before = everything(centre / "site")
    (centre / "forms").mkdir()
    (centre / "forms/broken.yaml").write_text("key: 坏表\nslug: broken\n", encoding="utf-8")
    assert run(centre, "build") == 2
    shown = capsys.readouterr()
    assert re.search(
        r"^forms/broken\.yaml（错误 \d+ 处）\n\n  第 1 行第 1 列：错误\[form-mistake\]", shown.out, re.MULTILINE
    )
    assert "原来的网站没有改动" in shown.err
    assert everything(centre / "site") == before


def test_a_bad_disclosure_is_held_back_and_the_rest_is_published(
    centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = centre / "data" / CENTRE / "2021/final-accounts.yaml"
    other.parent.mkdir()
    other.write_text(
        (centre / DATA).read_text(encoding="utf-8").replace("年度: 2020\n", "年度: 2021\n"), encoding="utf-8"
    )
    spoil(centre)
    assert run(centre, "build") == 1
    shown = capsys.readouterr().out
    assert (
        f"没有发布的公开文件 1 份（页面写明“更正中”；提交过没有错误的一版的，继续显示那一版）：{DATA.as_posix()}"
        in shown
    )
    held, published = centre / PAGE, centre / "site" / CENTRE / "2021/final-accounts"
    page = (held / "index.html").read_text(encoding="utf-8")
    assert "更正中" in page
    assert "108.60" not in page
    assert list(held.glob("*.csv")) == []
    assert "108.06" in (published / "index.html").read_text(encoding="utf-8")
    assert len(list(published.glob("*.csv"))) >= 10


def test_no_settings_of_the_site_is_status_two_in_chinese(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (centre / "mkdocs.yml").unlink()
    assert run(centre, "build") == 2
    assert "没有找到 mkdocs.yml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("plugins:\n", "plugins: [\n", "第 23 行第 3 列：错误[yaml-syntax]"),
        ("name: material\n", "name: materiall\n", "mkdocs.yml 第 6 行的“theme”不能用：主题写 material（生成器的原话："),
        ("site_name: 明账\n", "", "mkdocs.yml 里没有写“site_name”：写网站的名称"),
        ("docs_dir: content\n", "docs_dir: contents\n", "mkdocs.yml 第 5 行的“docs_dir”不能用：写 content"),
    ],
)
@pytest.mark.parametrize("command", ["build", "serve"])
def test_wrong_settings_of_the_site_are_told_at_their_place(
    command: str, old: str, new: str, words: str, centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (centre / "mkdocs.yml").read_text(encoding="utf-8")
    assert old in text
    (centre / "mkdocs.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run(centre, command) == 2
    shown = capsys.readouterr().err
    assert words in shown
    assert ("原来的网站没有改动" if command == "build" else "预览没有启动") in shown


@pytest.mark.parametrize(
    "address",
    [
        "xyz",
        "127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:99999",
        "127.0.0.1:80x",
        "nowhere.invalid:8000",
        ":8000",
        "",
        "127.0.0.1:８０００",
    ],
)
def test_a_wrong_address_of_the_preview_is_told(address: str, centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(centre, "serve", "--address", address) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"--address 的值“{address}”不对：写成 本机地址:端口" in shown.err


def test_an_address_in_use_is_told(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(centre, "serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}") == 2
    assert "预览没有启动：这个端口已经有别的程序在用" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["final-accounts", str(CENTRE), "2019"],
            "没有适用于湖南 2019 年的部门决算表样。现有的表样从 2020 年起。为这个年度增加表样，或核对年度。",
        ),
        (["final-account", str(CENTRE), "2020"], "没有适用于湖南的公开类型“final-account”。是不是“final-accounts”？"),
        (["final-accounts", "shifen/x", "2020"], "没有区县“shifen”。是不是“shifeng”？"),
        (
            ["final-accounts", "shifeng/zz", "2020"],
            "没有部门“shifeng/zz”。可以写：business-environment-centre。新部门先运行 mingzhang new department shifeng/zz --name 部门名称。",
        ),
        (["final-accounts", str(CENTRE), "2020"], f"{DATA.as_posix()} 已经存在，没有改动。"),
    ],
)
def test_why_a_file_cannot_be_new(
    arguments: list[str], words: str, centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(centre, "new", *arguments) == 2
    assert capsys.readouterr().err == f"{words}\n"


def test_building_again_and_elsewhere_gives_the_same_bytes(
    centre: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert run(centre, "build") == 0
    first = everything(centre / "site")
    shutil.rmtree(centre / "site")
    assert run(centre, "build") == 0
    assert everything(centre / "site") == first
    assert run(centre, "build") == 0
    assert everything(centre / "site") == first
    elsewhere = one_disclosure(tmp_path_factory.mktemp("elsewhere"))
    # in a process of its own, which takes nothing from here
    process = started("--root", str(elsewhere), "build")
    assert process.communicate(timeout=300)[1] == b""
    assert process.returncode == 0
    assert everything(elsewhere / "site") == first
    assert not [name for name, data in first.items() if str(centre).encode() in data]


def started(*arguments: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own, in the plainest of locales."""
    code = "import sys; from build_tools.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}
    )


def test_chinese_comes_out_whole_in_a_plain_locale() -> None:
    out, err = started("check").communicate(timeout=60)
    assert SUMMARY.search(out.decode("utf-8"))
    assert err == b""


def test_a_reader_that_stops_reading_is_no_crash() -> None:
    process = started("explain")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait(timeout=60)


def test_help_tells_the_truth_about_what_is_kept() -> None:
    """Help is printed without importing what publishes, so the number stands twice."""
    assert KEPT == KEEP
