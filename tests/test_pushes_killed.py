"""The whole way for real: desks push to a Git server, its hook publishes, nginx serves, a reader polls, and everything
is killed at random.

Five kills by default, eight in `.ci/run`, a hundred by `make attack`; figures in docs/operations.md.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from build_tools.publish import verify, verify_url
from build_tools.publish.place import NEW
from tests.helpers import ROOT, one_disclosure
from tests.nginx import served
from tests.office import Daemon, Office, begin, empty_repository, hook
from tests.publisher import leftovers
from tests.sites import NAMES, Sites, built, dress, in_memory, run, start, three, whole

KILLS = int(os.environ.get("MINGZHANG_KILLS", "5"))
# of the last acts before a blow, as often as they stand here: a push whose pipeline dies with all that it started; one
# that the
# whole server dies with; two pushes at once; an administrator's rollback
ACTS = ("pipeline", "pipeline", "pipeline", "server", "server", "two", "rollback", "rollback")
MOMENTS = ("anywhere", "writing", "switching")


@pytest.fixture(scope="module")
def expected() -> Sites:
    """Every file of every site that is pushed, as the build writes it; where the pushes are built too, for an index may
    follow the order of a disk.
    """
    with in_memory() as memory:
        return built(three(memory))


@dataclass
class Trial:
    """An office under fire: its server, what may be seen, how long a push usually takes, and what has come to pass."""

    office: Office
    daemon: Daemon
    expected: Sites
    chance: random.Random
    usual: float = 0.0
    commits: list[str] = field(default_factory=list)
    site: str = ""
    released: set[str] = field(default_factory=set)
    counted: Counter[str] = field(default_factory=Counter)

    def commit(self, site: str = "") -> None:
        """One of the three sites, which may be the one that is there already, committed at the desk."""
        self.site = site or self.chance.choice(NAMES)
        dress(self.office.desk, self.site)
        self.commits.append(self.office.commit())

    def push(self) -> subprocess.Popen[str]:
        """A new commit on its way, up to where git has taken it and the hook begins."""
        self.commit()
        push, office = self.office.pushing(), self.office
        while office.git("rev-parse", "main", at=office.repository) != self.commits[-1] or not (
            self.daemon.hooks() or push.poll() == 0
        ):
            assert not push.poll(), push.communicate()[1]
            time.sleep(0.001)
        return push

    def moment(self, alive: Callable[[], bool], usual: float) -> None:
        """Let time pass: any time, or until files are being written, or until the switch has just been made."""
        place, moment = self.office.place, self.chance.choice(MOMENTS)
        before = place.names(), place.public()
        signs = {
            "anywhere": lambda: True,
            "writing": lambda: any(place.releases.glob(f"{NEW}*")),
            "switching": lambda: (place.names(), place.public()) != before,
        }
        while alive() and not signs[moment]():
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0, {"anywhere": usual, "writing": usual / 2, "switching": 0.02}[moment]))

    def killed_push(self, act: str) -> bool:
        """One push or two, and the blow. False where they were quicker."""
        pushes = [self.push() for _ in range(2 if act == "two" else 1)]
        server = act == "server" or (act == "two" and self.chance.random() < 0.5)
        self.moment(lambda: bool(self.daemon.hooks()), self.usual)
        struck = self.daemon.die() if server else self.daemon.kill_hooks()
        for push in pushes:
            assert "Traceback" not in push.communicate(timeout=300)[1]
        return struck

    def killed_rollback(self) -> bool:
        """The same for an administrator's rollback."""
        rollback = start("rollback", "--to", self.office.place.root)
        self.moment(lambda: rollback.poll() is None, self.usual / 3)
        rollback.kill()
        rollback.communicate()
        return rollback.returncode == -signal.SIGKILL

    def attack(self) -> None:
        """Something happens, and dies; what has a release's name is whole all the same, and one is public."""
        act = self.chance.choice(ACTS)
        struck = self.killed_rollback() if act == "rollback" else self.killed_push(act)
        self.counted[f"{act} killed" if struck else "quicker"] += 1
        self.look()

    def look(self) -> str:
        """The site that is public."""
        known = self.released - {self.office.place.public() or ""}
        self.released.update(self.office.place.names())
        return whole(self.office.place, self.expected, known)

    def recover(self) -> None:
        """The next push, or the command by hand, publishes the newest commit, exactly; nothing unfinished lies about,
        no commit is lost.
        """
        office = self.office
        if self.chance.random() < 0.75:
            self.commit()
            told = office.push()
            assert "Traceback" not in told
            self.counted["pushes"] += 1
        else:
            assert office.by_hand().returncode == 0
            self.counted["by hand"] += 1
        assert office.published() == self.commits[-1]
        assert self.look() == self.site
        self.tidy()

    def tidy(self) -> None:
        """Of killed runs nothing is left, of pushed commits everything."""
        office = self.office
        assert leftovers(office.place.root) == []
        assert [one.name for one in (office.repository / "mingzhang").iterdir() if one.name.startswith("work-")] == []
        assert office.git("rev-list", "--reverse", "main", at=office.repository).split() == self.commits

    def back(self) -> None:
        """The release before becomes public, as an administrator wants it."""
        place = self.office.place
        names, public = place.names(), place.public()
        assert run("rollback", "--to", place.root).returncode == (0 if names[0] != public else 2)
        assert place.public() == names[max(names.index(public or "") - 1, 0)]
        self.counted["rollbacks"] += 1


@contextmanager
def opened(root: Path, expected: Sites) -> Iterator[Trial]:
    """An empty server, and the first two pushes to it."""
    office = Office(root)
    empty_repository(office)
    # so few that old releases go all the time
    hook(office, "--keep", "3")
    one_disclosure(office.desk)
    daemon = Daemon(root)
    begin(office, f"git://127.0.0.1:{daemon.port}/{office.repository.name}")
    trial = Trial(office, daemon, expected, random.Random(os.environ.get("MINGZHANG_SEED", "6")))
    try:
        trial.commit("乙")
        assert "已发布" in office.push()
        begun = time.monotonic()
        trial.commit("丙")
        office.push()
        trial.usual = time.monotonic() - begun
        yield trial
    finally:
        daemon.stop()


def two_desks_at_once(trial: Trial) -> None:
    """Both push a commit of their own at the same moment: git takes one, tells the other, who lays his commit upon it
    and pushes again.
    """
    office = trial.office
    office.git("clone", "--quiet", office.git("remote", "get-url", "origin"), "other", at=office.root)
    desks = {office.desk: "甲", office.root / "other": "乙"}
    commits = {desk: office.commit(dress(desk, name)) for desk, name in desks.items()}
    pushes = {desk: office.pushing(at=desk) for desk in desks}
    told = {desk: push.communicate(timeout=300)[1] for desk, push in pushes.items()}
    (late,) = (desk for desk, push in pushes.items() if push.returncode)
    assert "rejected" in told[late]
    (first,) = desks.keys() - {late}
    assert office.published() == commits[first]
    assert trial.look() == desks[first]
    office.git("fetch", "--quiet", at=late)
    office.git("reset", "--quiet", "--soft", "origin/main", at=late)
    trial.commits += [commits[first], office.commit(late)]
    office.git("push", "--quiet", "origin", "main", at=late)
    assert office.published() == trial.commits[-1]
    assert trial.look() == desks[late]
    trial.tidy()


@pytest.mark.slow
def test_a_reader_never_notices(expected: Sites, tmp_path: Path) -> None:
    """Pushed, killed, rolled back, pushed again: no 404, no page that the public manifest does not list, no page with
    another's styles.
    """
    end, file, begun = tmp_path / "end", tmp_path / "expected.json", time.monotonic()
    file.write_text(json.dumps(expected), encoding="utf-8")
    with (
        in_memory() as memory,
        opened(memory, expected) as trial,
        served(trial.office.place.root, tmp_path / "nginx") as url,
        ExitStack() as stack,
    ):
        reader = stack.enter_context(
            subprocess.Popen([sys.executable, "-m", "tests.reader", url, file, end], cwd=ROOT, stdout=subprocess.PIPE)
        )
        stack.callback(reader.kill)
        while (kills := sum(count for what, count in trial.counted.items() if "killed" in what)) < KILLS:
            assert trial.counted["quicker"] <= 10 + KILLS
            for _ in range(min(trial.chance.choice((1, 2, 3, 4)), KILLS - kills)):
                trial.attack()
            trial.recover()
            if trial.chance.random() < 0.5:
                trial.back()
        two_desks_at_once(trial)
        trial.office.git("fsck", "--strict", at=trial.office.repository)
        assert verify(trial.office.place.root).sound
        assert verify_url(url).sound
        end.touch()
        told = json.loads(reader.communicate(timeout=60)[0])
    releases = told.pop("releases")
    print(
        f"\n{kills} kills in {time.monotonic() - begun:.0f} s, {len(trial.commits)} commits, {len(trial.released)} "
        f"releases; {dict(trial.counted)}"
    )
    print(f"reader: {told}, {len(releases)} releases")
    assert told["violations"] == 0, told["wrong"]
    assert set(told["seen"]) == set(NAMES)
    assert set(releases) <= {name.split("-")[1] for name in trial.released}
    assert told["requests"] > 100 * KILLS
