"""Publishing while everything goes wrong: killed at every step, killed at random before a reader's eyes, a full disk, a crowd.

Five kills by default, thirty in `.ci/run`, two hundred by `make fault-test`; figures in docs/operations.md.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

from build_tools.build import build_site
from build_tools.publish import rollback, verify, verify_url, why
from build_tools.publish.place import NEW, Place
from build_tools.publish.verifying import verify_folder
from build_tools.source import line_reader
from tests.helpers import ROOT, one_disclosure
from tests.nginx import served
from tests.publisher import leftovers

KILLS = int(os.environ.get("MINGZHANG_KILLS", "5"))
NAMES = ("甲", "乙", "丙")
PROGRAM = [sys.executable, "-c", "import sys; from build_tools.cli import main; sys.exit(main())"]


def run(*arguments: str | Path, **settings: object) -> subprocess.CompletedProcess[str]:
    """The real program, to its end."""
    return subprocess.run([*PROGRAM, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, **settings)  # type: ignore[call-overload,no-any-return]


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """The real program, begun."""
    return subprocess.Popen([*PROGRAM, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three projects whose pages and styles all differ."""
    roots = []
    for name in NAMES:
        (root := one_disclosure(tmp_path_factory.mktemp("project") / "root")).joinpath("content/own.css").write_text(f"p {{ --of: '{name}'; }}", encoding="utf-8")
        settings = root / "mkdocs.yml"
        text = settings.read_text(encoding="utf-8").replace("site_name: 明账", f"site_name: 明账{name}")
        settings.write_text(text + "extra_css: [own.css]\n", encoding="utf-8")
        roots.append(root)
    return roots


def contents(folder: Path) -> dict[str, str]:
    """What the build writes: path → SHA-256."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".mingzhang")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def expected(projects: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Every file of every project's site, as the build writes it."""
    found = {}
    for name, root in zip(NAMES, projects, strict=True):
        folder = tmp_path_factory.mktemp("site")
        assert build_site(root, line_reader(root), folder).built
        found[name] = contents(folder)
    same = set(found["甲"].items()) & set(found["乙"].items())
    assert not [path for path, _ in same if path.endswith(".html")]
    return found


def test_killed_at_every_step() -> None:
    """Of a first publication, of a later one that removes old releases, of a rollback: the next run puts everything right."""
    memory = Path("/dev/shm")
    # in memory, where there is room for it, because thousands of times a disk would be waited for
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as work:
        done = subprocess.run([sys.executable, "-m", "tests.publisher", work], cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert [wrong for _, wrong in told.values()] == [[], [], []]
    assert told["first"][0] > 100
    assert told["later"][0] > 100
    assert told["rollback"][0] > 10


def die(chance: random.Random, place: Place, usual: float, *arguments: str | Path) -> bool:
    """Start the program and kill it: anywhere, while files are written, or around the switch. False where it was quicker."""
    before, moment = (place.names(), place.public()), chance.choice(("anywhere", "writing", "switching"))
    process = start(*arguments)
    if moment == "anywhere":
        time.sleep(chance.uniform(0, usual))
    else:
        while process.poll() is None and not (any(place.releases.glob(f"{NEW}*")) if moment == "writing" else (place.names(), place.public()) != before):
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, usual / 2 if moment == "writing" else 0.02))
    process.kill()
    process.communicate()
    return process.returncode == -signal.SIGKILL


def whole(place: Place, expected: dict[str, dict[str, str]], known: Set[str] = frozenset()) -> None:
    """What has a release's name is complete and is one of the sites; one is public. `known` have been looked at before."""
    assert place.public()
    for name in {place.public() or "", *place.names()} - known:
        found = verify_folder(place.releases / name)
        assert found.sound, (name, found.missing, found.altered, found.added)
        plain = {path: entry.sha256 for path, entry in found.manifest.files.items() if not path.endswith((".gz", ".br"))}
        assert plain in expected.values(), name


def test_a_reader_never_notices(projects: list[Path], expected: dict[str, dict[str, str]], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Publications and rollbacks killed at random: no 404, no page of no release, no page with another's styles."""
    to, end, chance = tmp_path / "public", tmp_path / "end", random.Random(os.environ.get("MINGZHANG_SEED", "6"))
    place, begun = Place(to), time.monotonic()
    assert run("--root", projects[0], "publish", "--to", to).returncode == 0
    (tmp_path / "expected.json").write_text(json.dumps(expected), encoding="utf-8")
    kills = finished = 0
    known: set[str] = set()
    with served(to, tmp_path / "nginx") as url:
        reader = subprocess.Popen([sys.executable, "-m", "tests.reader", url, str(tmp_path / "expected.json"), str(end)], cwd=ROOT, stdout=subprocess.PIPE)
        request.addfinalizer(reader.kill)
        usual = time.monotonic()
        assert run("--root", projects[1], "publish", "--to", to).returncode == 0
        usual = time.monotonic() - usual
        for turn in range(10 * KILLS):
            back, root = turn % 4 == 3, chance.choice(projects)
            arguments = ("rollback", "--to", to) if back else ("--root", root, "publish", "--to", to, "--keep", "2")
            if turn % 5 == 4:
                assert run(*arguments).returncode in (0, 2), arguments
            elif die(chance, place, usual / 3 if back else usual, *arguments):
                kills += 1
            else:
                finished += 1
            whole(place, expected, known)
            known.update(place.names()[:-1])
            if kills == KILLS:
                break
        assert run("--root", projects[2], "publish", "--to", to).returncode == 0
        assert leftovers(to) == []
        whole(place, expected)
        assert verify(to).sound
        assert verify_url(url).sound
        end.touch()
        told = json.loads(reader.communicate(timeout=60)[0])
    seconds = time.monotonic() - begun
    print(f"\n{kills} kills, {finished} quicker than the kill, {seconds:.0f} s; reader: {told}")
    assert kills == KILLS
    assert told["violations"] == 0, told["wrong"]
    assert set(told["seen"]) == set(NAMES)
    assert told["requests"] > 100 * KILLS


def test_two_at_once(projects: list[Path], expected: dict[str, dict[str, str]], tmp_path: Path) -> None:
    """The second waits for the first and says so; both are published, one after the other."""
    to = tmp_path / "public"
    first = start("--root", projects[0], "publish", "--to", to)
    while not leftovers(to):
        time.sleep(0.001)
    first.send_signal(signal.SIGSTOP)
    second = start("--root", projects[1], "publish", "--to", to)
    assert second.stderr is not None
    told = second.stderr.readline()
    assert "另一次发布正在进行" in told
    assert f"进程 {first.pid}" in told
    first.send_signal(signal.SIGCONT)
    assert "已发布" in first.communicate()[0]
    assert "已发布" in second.communicate()[0]
    assert len(Place(to).names()) == 2
    whole(Place(to), expected)
    assert [expected[name]["index.html"] for name in NAMES].index(contents(to / "current")["index.html"]) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)], capture_output=True, text=True)
    if mount.returncode:
        pytest.skip(f"这里不能挂载 tmpfs（{mount.stderr.strip()}）：磁盘写满没有测试")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(projects: list[Path], expected: dict[str, dict[str, str]], small_disk: Path) -> None:
    """Refused in words, nothing lost, nothing left lying about; with room again everything goes on."""
    to = small_disk / "public"
    assert run("--root", projects[0], "publish", "--to", to).returncode == 0
    before = Place(to).public()
    ballast = small_disk / "ballast"
    for room in (6_000_000, 3_000_000, 1_000_000, 100_000, 4096, 0):
        ballast.write_bytes(b"")
        with ballast.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, max(shutil.disk_usage(small_disk).free - room, 1))
        refused = run("--root", projects[1], "publish", "--to", to)
        assert refused.returncode == 2, room
        assert refused.stderr.startswith("没有发布，公开的网站没有改动。\n磁盘已满：清理空间"), refused.stderr
        assert Place(to).public() == before
        assert leftovers(to) == []
        whole(Place(to), expected)
    ballast.unlink()
    assert run("--root", projects[1], "publish", "--to", to).returncode == 0
    ballast.touch()
    with ballast.open("r+b") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(small_disk).free)
    assert shutil.disk_usage(small_disk).free == 0
    assert rollback(to, None, lambda _: None).name == before
    whole(Place(to), expected)


def limit() -> None:
    """No file may grow past a hundred thousand bytes, which one script of the theme does."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_a_disk_that_refuses(projects: list[Path], expected: dict[str, dict[str, str]], tmp_path: Path) -> None:
    """The same where nothing can be mounted: the system refuses one write in the middle."""
    to = tmp_path / "public"
    assert run("--root", projects[0], "publish", "--to", to).returncode == 0
    before = Place(to).public()
    refused = run("--root", projects[1], "publish", "--to", to, preexec_fn=limit)
    assert refused.returncode == 2
    assert "文件超过了系统允许的大小" in refused.stderr
    assert Place(to).public() == before
    assert leftovers(to) == []
    whole(Place(to), expected)


def test_why_in_words() -> None:
    """What the system says, also in a copied tree."""
    assert why(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满：清理空间（或减少 --keep）后重新发布"
    assert why(shutil.Error([("a", "b", f"[Errno {errno.ENOSPC}] No space left on device: 'b'")])).startswith("磁盘已满")
    assert why(PermissionError(errno.EACCES, "Permission denied", "/srv/x")).endswith("（/srv/x）")
    assert why(OSError("?")) == "?"
