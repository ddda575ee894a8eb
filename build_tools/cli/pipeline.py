"""`mingzhang pipeline`: what a Git repository on an office's own server runs after a push.

The pushed commit is checked, built and published from a clone of its own, one push after the other, and the person who
pushed reads what came of it. Git cannot take the push back any more: the commit is kept whatever happens, and the words
say so.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import FileIO, TextIOBase
from pathlib import Path
from typing import TextIO

from build_tools.calendar_china import china_now
from build_tools.cli.difference import tell_changes
from build_tools.cli.publishing import publish_site
from build_tools.publish import PublishError, why
from build_tools.publish.place import Place, held
from build_tools.publish.verifying import public_commit

# inside the repository, whose owner runs this anyway; git leaves folders alone that it does not know
FOLDER, LOG, WORK = "mingzhang", "log", "work-"
LOG_BYTES = 4 << 20
SECONDS = 600
SHOWN = 3
# deeper than any disclosure lies, and far from where programs fail
DEEPEST, LONGEST = 20, 1000
ATTRIBUTES = "* -text -eol -ident -filter -working-tree-encoding\n"
LINE = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) (refs/\S+)")


class RefusedError(Exception):
    """The commit cannot be published; the message says why and what to do, in Chinese."""


class Told(TextIOBase):
    """A stream that reaches the person who pushed as long as he listens, and the log in any case."""

    def __init__(self, person: TextIO, log: FileIO) -> None:
        self.person: TextIO | None = person
        self.log = log

    def note(self, text: str) -> None:
        """To the log alone; a disk without room for it does not stop a publication."""
        with suppress(OSError):
            self.log.write(text.encode(errors="replace"))

    def write(self, text: str) -> int:
        """To both; nor does it matter that the person hung up."""
        self.note(text)
        try:
            if self.person:
                self.person.write(text)
                self.person.flush()
        except OSError:
            self.person = None
        return len(text)


def pipeline(options: argparse.Namespace) -> int:
    """Read what was pushed, publish the newest commit of the published branch. Returns the exit status; 1 and 2 as for
    `publish`.
    """
    pushed = "" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.read().decode(errors="replace")
    # git hands down which repository called the hook; from here on every folder is asked for itself
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    try:
        folder = Path(git(options.root, "rev-parse", "--absolute-git-dir")) / FOLDER
        folder.mkdir(exist_ok=True)
        with (folder / LOG).open("ab", buffering=0) as log:
            told = Told(sys.stdout, log)
            told.note(f"\n== {china_now():%Y-%m-%d %H:%M:%S %z}\n{pushed}")
            with redirect_stdout(told), redirect_stderr(told):
                return received(pushed, folder, options)
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 2


def received(pushed: str, folder: Path, options: argparse.Namespace) -> int:
    """Everything that one push brought."""
    try:
        branch = git(folder.parent, "symbolic-ref", "HEAD")
        commit = wanted(pushed, branch, folder.parent)
        if not commit:
            return 0
        with held(Place(folder), waiting()):
            return in_turn(commit, branch, folder, options)
    except (RefusedError, PublishError) as error:
        reason = str(error)
    except OSError as error:
        reason = why(error)
    print(f"没有发布，公开的网站没有改动。\n{reason}\n{again(folder, options)}")
    return 2


def wanted(pushed: str, branch: str, repository: Path) -> str:
    """The commit to publish; '' where the push was about something else. Without a push, run by hand, the newest.
    Raises RefusedError.
    """
    lines = [LINE.fullmatch(line) for line in pushed.split("\n") if line]
    found = {one[2]: one[1] for one in lines if one}
    if None in lines:
        raise RefusedError(
            "没有读到推送的内容（每行应是“旧提交 新提交 分支”）：这条命令由 Git 仓库的 post-receive 运行"
        )
    others = [short(ref) for ref in found if ref != branch]
    if others:
        rest = f"等 {len(others)} 个" if len(others) > SHOWN else ""
        print(
            f"{'、'.join(others[:SHOWN])}{rest}：不是公开的分支，只保存，不发布；合并到 {short(branch)} 以后才会发布。"
        )
    commit = found.get(branch, "") if found else tip(repository, branch)
    if not found and not commit:
        raise RefusedError(
            f"仓库里没有公开的分支 {short(branch)}：先推送一次；要公开别的分支，运行 git symbolic-ref HEAD "
            f"refs/heads/分支名"
        )
    if commit and not commit.strip("0"):
        print(f"{short(branch)} 分支被删去了：公开的网站没有改动。")
        return ""
    return commit


def in_turn(commit: str, branch: str, folder: Path, options: argparse.Namespace) -> int:
    """Publish, if nothing newer came while this push waited. Only under the lock."""
    newest = tip(folder.parent, branch)
    if newest != commit:
        print(f"{short(branch)} 上又有了更新的提交 {newest[:12]}，由那一次推送发布；{commit[:12]} 不再单独发布。")
        return 0
    begun = time.monotonic()
    print(f"开始检查和发布：{short(branch)} 的提交 {commit[:12]}")
    tidy(folder)
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=folder))
    try:
        check_out(commit, folder.parent, work)
        before, here = public_commit(Place(options.to)), work.resolve()
        if (status := publish_site(argparse.Namespace(**vars(options) | {"root": here}))) < 2:
            tell_changes(here, before, commit)
    finally:
        remove_folder(work)
    print(f"用了 {time.monotonic() - begun:.0f} 秒；这段记录也在 {folder / LOG}")
    if status:
        print(again(folder, options))
    return status


def check_out(commit: str, repository: Path, work: Path) -> None:
    """The commit's files with the history behind them, which the last good version of a file is looked up in. Raises
    RefusedError.
    """
    # symbolic links become plain files: one in content/ must not publish what else lies on the server
    plain = ["--config", "core.symlinks=false", "--config", "core.autocrlf=false"]
    how = ["--quiet", "--shared", "--no-checkout", "--template=", *plain]
    git(repository, "clone", *how, str(repository), str(work))
    # what a push says about attributes must not change the bytes that are read: no conversion of line ends, keywords or
    # encodings
    (work / ".git" / "info").mkdir(exist_ok=True)
    (work / ".git" / "info" / "attributes").write_text(ATTRIBUTES, encoding="utf-8")
    refuse_depth(git_bytes(work, "ls-tree", "-r", "-z", "--name-only", commit))
    git(work, "checkout", "--quiet", "--detach", commit, "--")


def refuse_depth(names: bytes) -> None:
    """Paths so deep or long that programs fail over them are not checked out. Raises RefusedError with the beginning of
    one.
    """
    for name in names.split(b"\0"):
        if name.count(b"/") > DEEPEST or len(name) > LONGEST:
            shown = name[:60].decode(errors="replace")
            raise RefusedError(
                f"有一个文件的路径太深或太长（{name.count(b'/')} 层文件夹，{len(name)} 字节），以“{shown}”开头："
                f"最多 {DEEPEST} 层、{LONGEST} 字节。请删去它，再提交、推送一次"
            )


def remove_folder(folder: Path) -> None:
    """A folder with all that is in it, whatever a push has put there: the system's own program is not stopped by any
    depth. What is left is tried again before the next push.
    """
    if shutil.which("rm"):
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False, stderr=subprocess.DEVNULL, timeout=SECONDS)
    else:
        with suppress(RecursionError):
            shutil.rmtree(folder, ignore_errors=True)


def tidy(folder: Path) -> None:
    """Away with what a killed run left and with an old log."""
    for one in folder.glob(f"{WORK}*"):
        remove_folder(one)
    if (folder / LOG).stat().st_size > LOG_BYTES:
        # this run goes on writing into the file that is put aside
        (folder / LOG).replace(folder / f"{LOG}.old")


def again(folder: Path, options: argparse.Namespace) -> str:
    """What to do after an error."""
    return (
        "提交已经存进仓库，没有丢。数据有错的：改正后再提交、推送一次；服务器有问题的：请管理员处理后，在服务器上运行\n"
        f"  mingzhang --root {folder.parent} pipeline --to {options.to.resolve()} </dev/null"
    )


def waiting() -> Callable[[str], None]:
    """Say once that another push is being worked on."""
    told: list[str] = []

    def tell_once(holder: str) -> None:
        if not told:
            print(f"前一次推送还在处理，请稍候……（{holder}）")
            told.append(holder)

    return tell_once


def tip(repository: Path, branch: str) -> str:
    """The newest commit of a branch; '' where there is no such branch."""
    return git(repository, "for-each-ref", "--format=%(objectname)", branch)


def short(ref: str) -> str:
    """A branch or tag as people name it."""
    return re.sub(r"^refs/heads/", "", ref)


def git(folder: Path, *arguments: str) -> str:
    """What git prints, as text. Raises RefusedError with git's own words."""
    return git_bytes(folder, *arguments).decode(errors="replace").strip()


def git_bytes(folder: Path, *arguments: str) -> bytes:
    """What git prints. Raises RefusedError with git's own words."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS, check=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None)
        words = said.decode(errors="replace") if said else str(error)
        raise RefusedError(f"git 没有成功，在 {folder} 运行 git {arguments[0]}：{words.strip()[:500]}") from error
