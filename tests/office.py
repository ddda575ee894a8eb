"""An office with nothing but a server: real git, a bare repository with our hook, a desk that pushes, and what the
public sees then.

The hook is deploy/post-receive itself; only its two paths are other ones. `Daemon` lets the desks push over the
network, and dies.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from build_tools.publish.place import Place
from build_tools.publish.verifying import loaded
from tests.helpers import ROOT

PROGRAM = Path(sys.executable).with_name("mingzhang")
# as git hands it to its hooks, with nothing of the machine's own settings
PLAIN = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "测试",
    "GIT_AUTHOR_EMAIL": "t@example.com",
    "GIT_COMMITTER_NAME": "测试",
    "GIT_COMMITTER_EMAIL": "t@example.com",
}


@dataclass(frozen=True)
class Office:
    """A server and a desk: the bare repository, the folder of releases, a clone, what the first push was told."""

    root: Path
    first: str = ""

    @property
    def repository(self) -> Path:
        """The bare repository."""
        return self.root / "site.git"

    @property
    def desk(self) -> Path:
        """The clone."""
        return self.root / "desk"

    @property
    def place(self) -> Place:
        """The releases."""
        return Place(self.root / "site")

    def git(self, *arguments: str | Path, at: Path | None = None) -> str:
        """What git prints at the desk."""
        return subprocess.run(
            ["git", "-C", at or self.desk, *arguments], env=PLAIN, capture_output=True, text=True, check=True
        ).stdout.strip()

    def commit(self, at: Path | None = None) -> str:
        """Everything at the desk committed; the commit."""
        self.git("add", "--all", at=at)
        self.git("commit", "--quiet", "--allow-empty", "--message", "一次修改", at=at)
        return self.git("rev-parse", "HEAD", at=at)

    def pushing(self, ref: str = "main", at: Path | None = None) -> subprocess.Popen[str]:
        """A push that has begun."""
        return subprocess.Popen(
            ["git", "-C", at or self.desk, "push", "origin", ref],
            env=PLAIN,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def push(self, ref: str = "main") -> str:
        """What the pusher reads. Git itself takes every push."""
        push = self.pushing(ref)
        told = push.communicate(timeout=300)[1]
        assert push.returncode == 0, told
        return told

    def by_hand(self, told: int | None = subprocess.PIPE, given: str = "") -> subprocess.CompletedProcess[str]:
        """The command as an administrator runs it."""
        command = [PROGRAM, "--root", self.repository, "pipeline", "--to", self.place.root]
        return subprocess.run(
            command, env=PLAIN, input=given, stdout=told, stderr=subprocess.PIPE, text=True, timeout=300
        )

    def published(self) -> str | None:
        """The commit that the public sees."""
        found = loaded(self.place, self.place.public() or "")
        return found.manifest.source.commit if found else None

    def page(self, path: Path | str) -> str:
        """A public page."""
        return (self.place.current / path).read_text(encoding="utf-8")


def empty_repository(office: Office) -> None:
    """The bare repository, where nothing has been pushed yet."""
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", office.repository], env=PLAIN, check=True
    )


def begin(office: Office, address: str | Path) -> None:
    """The desk's project becomes a repository that pushes to the office's."""
    office.git("init", "--quiet", "--initial-branch=main")
    office.git("remote", "add", "origin", address)


def hook(office: Office, *options: str) -> None:
    """Our hook with this office's paths, by the repository that it is in; `options` behind them."""
    text = (ROOT / "deploy/post-receive").read_text(encoding="utf-8")
    for ours, theirs in (
        ("/opt/mingzhang/.venv/bin/mingzhang", PROGRAM),
        ("/srv/mingzhang", " ".join([str(office.place.root), *options])),
    ):
        assert text.count(ours) == 1
        text = text.replace(ours, str(theirs))
    file = office.repository / "hooks/post-receive"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


@dataclass
class Daemon:
    """git's own server over one folder, on a free port of loopback; whatever it starts belongs to its process group."""

    root: Path
    port: int = 0
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Take a port for good, and begin."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Begin, or come back on the same port."""
        options = (
            "--reuseaddr",
            "--listen=127.0.0.1",
            f"--port={self.port}",
            "--export-all",
            "--enable=receive-pack",
            f"--base-path={self.root}",
        )
        # not by way of `git`: what is waited for when it dies must be the listener itself, or its port is still taken
        program = (
            subprocess.run(["git", "--exec-path"], capture_output=True, text=True, check=True).stdout.strip()
            + "/git-daemon"
        )
        self.process = subprocess.Popen(
            [program, *options], env=PLAIN, start_new_session=True, stderr=subprocess.DEVNULL
        )
        for _ in range(500):
            assert self.process.poll() is None
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        raise AssertionError("git daemon does not answer")

    def hooks(self) -> list[int]:
        """The hooks that are running."""
        return [one for one in tree(self.process.pid) if {b"pipeline", b"hooks/post-receive"} & set(command(one))]

    def seize(self) -> set[int]:
        """Every hook and all that it started, stopped, so that nothing starts anything new before the blow."""
        seized: set[int] = set()
        while new := {one for hook in self.hooks() for one in tree(hook)} - seized:
            for one in new:
                send(one, signal.SIGSTOP)
            seized |= new
        return seized

    def kill_hooks(self) -> bool:
        """Every hook dies with all that it started; git, which called it, lives. False where none was running."""
        seized = self.seize()
        for one in seized:
            send(one, signal.SIGKILL)
        return bool(seized)

    def die(self) -> bool:
        """The server dies with everything that it was doing, and comes back. False where no hook was running: then it
        lives.
        """
        if not self.seize():
            return False
        self.stop()
        self.start()
        return True

    def stop(self) -> None:
        """The whole process group, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def tree(pid: int) -> list[int]:
    """A process and all that it started, in this order."""
    found = [pid]
    for one in found:
        # a process may end while it is looked at
        with suppress(OSError):
            found += [
                int(child)
                for file in Path(f"/proc/{one}/task").glob("*/children")
                for child in file.read_text().split()
            ]
    return found


def command(pid: int) -> list[bytes]:
    """A living process's words; none of one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def send(pid: int, what: signal.Signals) -> None:
    """To a process that may have ended."""
    with suppress(ProcessLookupError):
        os.kill(pid, what)
