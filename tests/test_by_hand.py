"""What people write besides data: a page, a link, a setting or a file that cannot be published stops everything, at its
place and in time; nothing of the site that stands is changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.cli import main
from build_tools.cli.refusals import why
from build_tools.engine import build_site
from build_tools.inputs import LARGEST, content, inputs_of, settled
from tests.helpers import ROOT, one_disclosure

GUIDE, SETTINGS = "content/guide.md", "mkdocs.yml"
HERE = "data/shifeng/business-environment-centre/2020"
DEPTH, SECONDS = 1200, 60
Spoil = Callable[[Path], object]


def append(file: str, text: str) -> Spoil:
    """More text at the end of a file."""
    return lambda root: (root / file).write_text((root / file).read_text(encoding="utf-8") + text, encoding="utf-8")


def encoded(file: str, encoding: str) -> Spoil:
    """The same text in another encoding."""
    return lambda root: (root / file).write_bytes((root / file).read_text(encoding="utf-8").encode(encoding, "replace"))


def pipe(file: str) -> Spoil:
    """A pipe in the place of a file."""

    def lay(root: Path) -> None:
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).unlink(missing_ok=True)
        os.mkfifo(root / file)

    return lay


def deep(folder: str) -> Spoil:
    """More folders in each other than Python follows."""

    def lay(root: Path) -> None:
        (root / folder).mkdir(exist_ok=True)
        script = f"import os\nfor _ in range({DEPTH}):\n    os.mkdir('d')\n    os.chdir('d')"
        subprocess.run([sys.executable, "-c", script], cwd=root / folder, check=True)

    return lay


def page(name: str) -> Spoil:
    """Another hand-written page."""
    return lambda root: (root / "content" / name).write_text("# 甲\n", encoding="utf-8")


def named_in_bytes(root: Path) -> None:
    """A name that is no text."""
    Path(os.fsdecode(os.path.join(os.fsencode(root), b"content/\xd6\xd0.md"))).touch()


def inherits(name: str) -> Spoil:
    """Settings that begin with those of another file."""
    return lambda root: (root / SETTINGS).write_text(f"INHERIT: {name}\nsite_name: 甲\n", encoding="utf-8")


def in_a_ring(root: Path) -> None:
    """Two files that each begin with the other."""
    inherits("other.yml")(root)
    (root / "other.yml").write_text(f"INHERIT: {SETTINGS}\n", encoding="utf-8")


BOMB = "x_a: &a [x, x]\n" + "".join(
    f"x_{n}: &{n} [{', '.join([f'*{p}'] * 9)}]\n" for p, n in zip("abcdefghi", "bcdefghij", strict=True)
)
BEFORE: dict[str, tuple[Spoil, str, str]] = {
    "no home page": (lambda root: (root / "content/index.md").unlink(), "home-missing", "content/index.md"),
    "GBK": (encoded(GUIDE, "gbk"), "file-encoding", GUIDE),
    "UTF-16": (encoded(GUIDE, "utf-16"), "file-encoding", GUIDE),
    "name": (named_in_bytes, "path-name", "content/??.md"),
    "pipe": (pipe("content/x.md"), "path-special", "content/x.md"),
    "picture": (pipe("content/x.png"), "path-special", "content/x.png"),
    "form": (pipe("forms/x.yaml"), "path-special", "forms/x.yaml"),
    "folder": (lambda root: (root / "content/x.md").mkdir(), "path-special", "content/x.md"),
    "device": (lambda root: (root / "content/x.md").symlink_to("/dev/zero"), "path-symlink", "content/x.md"),
    "size": (lambda root: sparse(root / "content/x.pdf"), "file-too-large", "content/x.pdf"),
    "deep content": (deep("content"), "path-too-deep", "content/"),
    "deep data": (deep(HERE), "path-too-deep", "data/"),
    "deep forms": (deep("forms"), "path-too-deep", "forms/"),
    "twins": (page("Guide.md"), "path-taken", "content/guide.md"),
    "district": (page("Shifeng.md"), "path-taken", "data/shifeng"),
    "head": (lambda root: (root / GUIDE).write_text(f"---\n{BOMB}---\n# 甲\n"), "yaml-alias", GUIDE),
    "settings GBK": (encoded(SETTINGS, "gbk"), "file-encoding", SETTINGS),
    "settings UTF-16": (encoded(SETTINGS, "utf-16"), "file-encoding", SETTINGS),
    "settings pipe": (pipe(SETTINGS), "path-special", SETTINGS),
    "bomb": (append(SETTINGS, BOMB), "yaml-alias", SETTINGS),
    "itself": (inherits(SETTINGS), "settings-inherit", SETTINGS),
    "ring": (in_a_ring, "settings-inherit", "other.yml"),
    "outside": (inherits("../base.yml"), "settings-inherit", SETTINGS),
    "nowhere": (inherits("base.yml"), "settings-inherit", SETTINGS),
}
# what is appended to the guide, the code, the column on that line
AFTER = {
    "page": ("[甲](nowhere.md)", "link-missing", 5),
    "address": ("甲[甲](../nothing/)", "link-missing", 6),
    "picture": ("![甲](no.png)", "link-missing", 6),
    "part": ("[甲](glossary.md#nope)", "link-missing", 16),
    "own part": ("[甲](#nope)", "link-missing", 5),
    "compiled part": ("[甲](../quality/#nope)", "link-missing", 5),
    "comment": ("<!-- mingzhang: distrcts -->", "comment-unknown", 1),
    "spaces": ("<!--mingzhang:example-->", "comment-unknown", 1),
}


def sparse(path: Path) -> None:
    """A file of 1.5 GB that takes no room."""
    path.touch()
    os.truncate(path, 1_500_000_000)


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, which may hang or take all memory."""
    script = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "from build_tools.cli import main\nsys.exit(main())"
    )
    line = [sys.executable, "-c", script, *arguments, "--root", str(root)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    return subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, check=False, env=environment)


@pytest.mark.parametrize(("spoil", "code", "file"), BEFORE.values(), ids=BEFORE)
def test_it_is_told_before_anything_opens_it(spoil: Spoil, code: str, file: str, tmp_path: Path) -> None:
    root = one_disclosure(tmp_path)
    spoil(root)
    done = command(root, "build")
    assert done.returncode == 2, done.stderr
    assert f"[{code}]" in done.stdout
    assert "没有生成网站，原来的网站没有改动" in done.stderr
    assert "程序的错误" not in done.stderr
    assert not (root / "site").exists()
    project = read_project(root)
    assert project.stopped
    assert any(one.code == code and one.place.file.startswith(file) for one in project.findings if one.blocks)
    # pytest would not get to the bottom of it
    subprocess.run(["rm", "-rf", str(root / "content"), str(root / "data"), str(root / "forms")], check=True)


@pytest.mark.parametrize(("text", "code", "column"), AFTER.values(), ids=AFTER)
def test_where_a_page_leads_is_told_at_its_place(
    text: str, code: str, column: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = one_disclosure(tmp_path)
    lines = (root / GUIDE).read_text(encoding="utf-8").count("\n")
    append(GUIDE, f"\n{text}\n")(root)
    (root / "site").mkdir()
    assert main(["build", "--root", str(root)]) == 2
    told = capsys.readouterr().err
    assert f"第 {lines + 2} 行第 {column} 列：错误[{code}]" in told
    assert GUIDE in told
    assert list((root / "site").iterdir()) == []


def test_a_comment_is_asked_whether_another_was_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = one_disclosure(tmp_path)
    append(GUIDE, f"\n{AFTER['comment'][0]}\n")(root)
    assert main(["build", "--root", str(root)]) == 2
    assert "是不是“districts”？" in capsys.readouterr().err


def test_a_page_at_the_address_of_a_compiled_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By any case: on some disks and servers that is one address."""
    root = one_disclosure(tmp_path)
    page("Checks.md")(root)
    assert main(["build", "--root", str(root)]) == 2
    assert "错误[path-taken] content/Checks.md" in capsys.readouterr().err


def test_what_leads_somewhere_is_let_through(tmp_path: Path) -> None:
    """Compiled pages and their parts, other sites, comments in code; a BOM; settings from another file."""
    root = one_disclosure(tmp_path)
    append(
        GUIDE,
        "\n[甲](../quality/) [乙](../shifeng/business-environment-centre/) [丙](https://example.gov.cn/x) "
        "[丁](after-commit.md) [戊](mailto:a@example.gov.cn)\n\n    <!-- mingzhang: nothing -->\n",
    )(root)
    encoded(GUIDE, "utf-8-sig")(root)
    encoded(SETTINGS, "utf-8-sig")(root)
    (root / SETTINGS).rename(root / "base.yml")
    (root / SETTINGS).write_text("INHERIT: base.yml\n", encoding="utf-8")
    assert build_site(root).site


def test_a_project_without_districts_is_a_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A province makes its index from such a one; without `data/` a sentence says what is missing."""
    root = one_disclosure(tmp_path)
    (root / "data/shifeng").rename(root / "elsewhere")
    assert main(["build", "--root", str(root)]) == 0
    assert "还没有公开文件" in capsys.readouterr().out
    assert (root / "site/index.html").is_file()
    (root / "data").rename(root / "gone")
    assert main(["build", "--root", str(root)]) == 2
    assert "没有找到 data 文件夹" in capsys.readouterr().out


def test_of_a_large_file_no_more_is_read_than_anybody_reads(tmp_path: Path) -> None:
    """And one that differs in size is another."""
    sparse(tmp_path / "x")
    first = content(tmp_path / "x")
    assert LARGEST < len(first) < LARGEST + 100
    os.truncate(tmp_path / "x", 1_500_000_001)
    assert content(tmp_path / "x") != first


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = one_disclosure(tmp_path)
    for file in (SETTINGS, "privacy.yaml", "data/reference/x.csv", f"{HERE}/x.pdf"):
        pipe(file)(root)
    assert not settled(root)
    assert inputs_of(root).files


@pytest.mark.parametrize("name", [".cache", "site"])
def test_a_file_where_a_folder_has_to_be(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = one_disclosure(tmp_path)
    (root / name).touch()
    assert main(["build", "--root", str(root)]) == 2
    told = capsys.readouterr().err
    assert "这里要一个文件夹，却有同名的文件" in told
    assert "Errno" not in told


@pytest.mark.parametrize("number", [1, 2, 5, 13, 17, 20, 27, 28, 30, 36])
def test_what_the_system_refuses_is_said_with_the_way_out(number: int) -> None:
    told = why(OSError(number, os.strerror(number), "site"))
    assert "：" in told
    assert told.endswith("（site）")
    assert os.strerror(number) not in told
