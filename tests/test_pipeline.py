"""What a push to the office's own server comes to: published, held back, refused, put off; and the words that the
pusher reads.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from build_tools.publish.verifying import verify
from tests.helpers import CENTRE, one_disclosure
from tests.office import PLAIN, PROGRAM, Office, begin, empty_repository, hook

pytestmark = pytest.mark.slow

DATA = Path("data") / CENTRE / "2020/final-accounts.yaml"
PAGE = CENTRE / "2020/final-accounts/index.html"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office after its first push."""
    root = tmp_path_factory.mktemp("office")
    office = Office(root)
    empty_repository(office)
    hook(office)
    one_disclosure(office.desk)
    begin(office, office.repository)
    office.commit()
    return Office(root, office.push())


@pytest.fixture
def office(first: Office, tmp_path: Path) -> Office:
    """That office, for one test alone."""
    shutil.copytree(first.root, tmp_path / "office", symlinks=True)
    office = Office(tmp_path / "office", first.first)
    hook(office)
    office.git("remote", "set-url", "origin", office.repository)
    return office


@contextmanager
def busy(office: Office) -> Iterator[None]:
    """Somebody else's push is being worked on."""
    with (office.repository / "mingzhang/lock").open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def spoil(office: Office) -> None:
    """One figure of the disclosure becomes a wrong one."""
    file = office.desk / DATA
    lines = file.read_text(encoding="utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if "年初预算数:" in line or "决算数:" in line)
    lines[number] = lines[number].rpartition(":")[0] + ": 12x"
    file.write_text("\n".join(lines), encoding="utf-8")


def test_the_first_push_makes_the_site(first: Office) -> None:
    """Checked, built, public; the pusher reads it in Chinese, the server keeps the same words."""
    commit = first.git("rev-parse", "HEAD")
    assert f"remote: 开始检查和发布：main 的提交 {commit[:12]}" in first.first
    assert "1 个部门 1 份公开文件" in first.first
    assert f"已发布 {first.place.public()}" in first.first
    assert first.published() == commit
    assert "石峰" in first.page(PAGE)
    assert verify(first.place.root).sound
    log = (first.repository / "mingzhang/log").read_text(encoding="utf-8")
    assert f"0 {commit} refs/heads/main" in log
    assert f"已发布 {first.place.public()}" in log
    assert not list((first.repository / "mingzhang").glob("work-*"))


def test_an_error_holds_one_disclosure_back_and_the_rest_is_published(office: Office) -> None:
    """Its last good version stays public, out of the history that the clone brings along."""
    before = office.page(PAGE)
    spoil(office)
    (office.desk / "content/news.md").write_text("# 新的一页\n", encoding="utf-8")
    commit = office.commit()
    told = office.push()
    assert f"{DATA}（错误 1 处" in told
    assert "有错误、没有发布的公开文件 1 份" in told
    assert "提交已经存进仓库" in told
    assert office.published() == commit
    assert "新的一页" in office.page("news/index.html")
    after = office.page(PAGE)
    assert "更正中" not in before
    assert after.count("<tr") == before.count("<tr") > 100


@pytest.mark.parametrize(("broken", "words"), [("site_name: [\n", "mkdocs.yml"), (None, "没有找到 mkdocs.yml")])
def test_what_cannot_be_built_leaves_the_site_alone(broken: str | None, words: str, office: Office) -> None:
    """The pusher reads why, that the commit is kept and what to do."""
    file = office.desk / "mkdocs.yml"
    file.write_text(broken, encoding="utf-8") if broken else file.unlink()
    release, commit = office.place.public(), office.git("rev-parse", "HEAD")
    broken_commit = office.commit()
    told = office.push()
    assert "没有发布，公开的网站没有改动" in told
    assert words in told
    assert "提交已经存进仓库" in told
    assert "Traceback" not in told
    assert (office.place.public(), office.published()) == (release, commit)
    assert office.git("rev-parse", "main", at=office.repository) == broken_commit
    assert office.by_hand().returncode == 2


def test_other_branches_and_tags_are_only_kept(office: Office) -> None:
    """A word, and nothing else happens."""
    release = office.place.public()
    for ref in ("main:refs/heads/draft", "main:refs/tags/v1", ":refs/heads/draft"):
        told = office.push(ref)
        assert "不是公开的分支，只保存，不发布" in told
        assert "开始检查" not in told
    assert office.place.names() == [release]


def test_of_two_pushes_at_once_the_later_one_wins(office: Office) -> None:
    """Both wait for their turn and say so; the older one is not published any more; what a killed run left is cleared
    away.
    """
    (left := office.repository / "mingzhang/work-left").mkdir()
    with busy(office):
        commits, pushes = [], []
        for text in ("# 早的\n", "# 晚的\n"):
            (office.desk / "content/news.md").write_text(text, encoding="utf-8")
            commits.append(office.commit())
            pushes.append(office.pushing())
            for _ in range(600):
                if (office.repository / "mingzhang/log").read_text(encoding="utf-8").count("请稍候") == len(pushes):
                    break
                time.sleep(0.1)
        assert [push.poll() for push in pushes] == [None, None]
    told = [push.communicate(timeout=300)[1] for push in pushes]
    assert all("前一次推送还在处理，请稍候" in one for one in told)
    assert f"又有了更新的提交 {commits[1][:12]}" in told[0]
    assert "已发布" not in told[0]
    assert f"已发布 {office.place.public()}" in told[1]
    assert office.published() == commits[1]
    assert "晚的" in office.page("news/index.html")
    assert not left.exists()


def test_nobody_has_to_listen_and_links_lead_nowhere(office: Office) -> None:
    """Run by hand it takes the newest commit, also when its reader is gone; what a link points at on the server stays
    there.
    """
    (secret := office.root / "secret.txt").write_text("机密", encoding="utf-8")
    (office.desk / "content/leak.txt").symlink_to(secret)
    (office.repository / "hooks/post-receive").unlink()
    commit = office.commit()
    office.push()
    assert office.published() != commit
    end, start = os.pipe()
    os.close(end)
    done = office.by_hand(start)
    os.close(start)
    assert done.returncode == 0
    assert office.published() == commit
    assert "机密" not in "".join(path.read_text(encoding="utf-8") for path in office.place.current.glob("leak*.txt"))
    assert f"已发布 {office.place.public()}" in (office.repository / "mingzhang/log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("hello\n", "没有读到推送的内容"),
        (f"{'0' * 40} {'0' * 40} {'x' * 10}\n", "没有读到推送的内容"),
        (f"{'0' * 40} --exec=x refs/heads/main\n", "没有读到推送的内容"),
        ("", "没有公开的分支 main"),
    ],
)
def test_nonsense_is_told(given: str, words: str, tmp_path: Path) -> None:
    """What is no push, and a repository where nothing was pushed yet."""
    office = Office(tmp_path)
    empty_repository(office)
    done = office.by_hand(given=given)
    assert done.returncode == 2
    assert words in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not office.place.root.exists()


def test_a_deleted_branch_publishes_nothing(office: Office) -> None:
    """The site stays."""
    done = office.by_hand(given=f"{office.git('rev-parse', 'HEAD')} {'0' * 40} refs/heads/main\n")
    assert (done.returncode, office.place.names()) == (0, [office.place.public()])
    assert "被删去了：公开的网站没有改动" in done.stdout


def test_a_folder_that_is_no_repository_is_told(tmp_path: Path) -> None:
    """In one line, without a traceback."""
    done = subprocess.run(
        [PROGRAM, "pipeline", "--to", tmp_path / "site"],
        cwd=tmp_path,
        env=PLAIN,
        input="",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "git 没有成功" in done.stderr
    assert "Traceback" not in done.stderr


def push_paths(office: Office, paths: dict[str, str]) -> str:
    """A commit that holds these paths, made without a work tree (no disk would take some of them), and what its pusher
    reads.
    """
    blob = office.git("hash-object", "-w", "mkdocs.yml")
    for path, _ in paths.items():
        office.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
    office.git("commit", "--quiet", "--message", "一次修改")
    return office.push()


def test_a_path_of_a_thousand_folders_is_refused_and_locks_nobody_out(office: Office) -> None:
    """A push of 3 KB once ended in a traceback and stopped every later one, because clearing up failed for ever."""
    before = office.published()
    told = push_paths(office, {"data/" + "a/" * 1200 + "x.yaml": ""})
    assert "路径太深" in told
    assert "Traceback" not in told
    assert office.published() == before
    # what a killed run of an older version left behind is no obstacle either
    left = office.repository / "mingzhang" / "work-left"
    deep = left
    for _ in range(40):
        deep = deep / ("d" * 50)
    os.makedirs(deep)
    at = os.open(deep, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("a", dir_fd=at)
        inner = os.open("a", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)
    office.git("reset", "--quiet", "--hard", "HEAD~1")
    office.git("commit", "--quiet", "--allow-empty", "--message", "改回来")
    office.git("push", "--quiet", "--force", "origin", "main")
    assert office.published() == office.git("rev-parse", "HEAD")
    assert not left.exists()


def test_attributes_that_were_pushed_change_no_byte(office: Office) -> None:
    """Line ends, encodings and keywords stay as they were committed."""
    page = office.desk / "content" / "news.md"
    page.write_text("# 消息\n\n$Id$ 一\n", encoding="utf-8")
    (office.desk / ".gitattributes").write_text(
        "* text eol=crlf ident\n*.md working-tree-encoding=UTF-16\n", encoding="utf-8"
    )
    office.git("-c", "core.attributesFile=/dev/null", "add", ".gitattributes")
    blob = office.git("hash-object", "-w", "--no-filters", "content/news.md")
    office.git("update-index", "--add", "--cacheinfo", f"100644,{blob},content/news.md")
    office.git("commit", "--quiet", "--message", "一次修改")
    office.push()
    assert "$Id$ 一" in office.page("news/index.html")


def test_what_the_push_changed_stands_in_its_log(office: Office) -> None:
    """Figure by figure, for who pushed; the first push has nothing to be held against."""
    assert "这次推送改了什么" not in office.first
    file = office.desk / DATA
    text = file.read_text(encoding="utf-8").replace("    预算数: 0.5\n", "    预算数: 0.90\n")
    entry = "更正:\n  - {日期: 2026-11-01, 内容: 0.50 改为 0.90, 原因: 漏记了一次接待}\n"
    file.write_text(text + entry, encoding="utf-8")
    office.commit()
    told = office.push()
    assert "这次推送改了什么" in told
    assert "| 三公经费 | 公务接待费 | 预算数 | 0.50 | 0.90 |" in told
    assert "0.90" in office.page(PAGE)
    assert "第 2 版" in office.page(PAGE)
