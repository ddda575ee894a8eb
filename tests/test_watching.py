"""Every way in which a file can be saved, moved or taken away is noticed while a preview runs, whether the system tells
or is only looked at.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from watchdog.observers.polling import PollingObserver

from build_tools.cli import previewing, watching
from build_tools.cli.previewing import Preview, rebuild
from build_tools.cli.watching import Watcher

pytestmark = pytest.mark.slow

PATIENCE, NEVER = 20.0, 3600.0
FILE = "data/county/bureau/2020/final-accounts.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project as far as it is watched, with a site that was built."""
    for name in (
        "mkdocs.yml",
        "content/index.md",
        FILE,
        "data/county/other/department.yaml",
        "site/index.html",
        ".cache/preview/site/index.html",
    ):
        (path := tmp_path / "root" / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    return tmp_path / "root"


class Heard:
    """How often it was said that something may have changed."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1

    def soon(self) -> bool:
        """True once it was said; then silence is waited for, and all is forgotten."""
        until = time.monotonic() + PATIENCE
        while not self.times and time.monotonic() < until:
            time.sleep(0.02)
        found = bool(self.times)
        self.settle()
        return found

    def settle(self) -> None:
        """What is still on its way is heard and forgotten."""
        before = -1
        while before != self.times:
            before = self.times
            time.sleep(0.3)
        self.times = 0


@pytest.fixture(params=["told", "looked at", "refused"])
def heard(request: pytest.FixtureRequest, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """A watcher of that project: one that the system tells and that never looks, and two that only look."""
    monkeypatch.setattr(watching, "SELDOM", NEVER)
    monkeypatch.setattr(watching, "OFTEN", 0.05)
    if request.param == "looked at":
        monkeypatch.setattr(watching, "Observer", PollingObserver)
    if request.param == "refused":
        monkeypatch.setattr(watching, "Observer", Refusing)
    watcher = Watcher(root, [root.parent / "templates"], found := Heard())
    watcher.start()
    found.settle()
    yield found
    watcher.stop()
    watcher.join()


class Refusing(PollingObserver):
    """A system that may not watch any more folders."""

    def start(self) -> None:
        """Refused."""
        raise OSError(28, "inotify watch limit reached")


def saved_in_place(root: Path) -> None:
    """The same file, written anew."""
    (root / FILE).write_text("改了", encoding="utf-8")


def saved_by_renaming(root: Path) -> None:
    """A file beside it takes its place, as many editors save."""
    (part := root / f"{FILE}.part").write_text("改了", encoding="utf-8")
    part.replace(root / FILE)


def settings_saved_by_renaming(root: Path) -> None:
    """The same with a file of the project's own folder, and a hidden name."""
    (part := root / ".mkdocs.yml.swp").write_text("改了", encoding="utf-8")
    part.replace(root / "mkdocs.yml")


def saved_from_elsewhere(root: Path) -> None:
    """A file that was written outside."""
    (part := root.parent / "part").write_text("改了", encoding="utf-8")
    part.replace(root / FILE)


def deleted(root: Path) -> None:
    """A file that goes."""
    (root / FILE).unlink()


def folder_deleted(root: Path) -> None:
    """A department that goes."""
    shutil.rmtree(root / "data/county/bureau")


def folder_renamed(root: Path) -> None:
    """A department at another address."""
    (root / "data/county/bureau").rename(root / "data/county/office")


def folder_moved_out(root: Path) -> None:
    """A department that leaves the project whole, so that none of its files is deleted."""
    (root / "data/county/bureau").rename(root.parent / "bureau")


def folder_moved_in(root: Path) -> None:
    """A department that comes whole."""
    shutil.copytree(root / "data/county/bureau", root.parent / "bureau")
    (root.parent / "bureau").rename(root / "data/county/bureau-2")


def new_forms(root: Path) -> None:
    """A folder that the project did not have."""
    (root / "forms").mkdir()
    (root / "forms" / "table.yaml").write_text("key: 表", encoding="utf-8")


def template_saved(root: Path) -> None:
    """A file of the tool's own."""
    (root.parent / "templates" / "page.html.j2").write_text("改了", encoding="utf-8")


WAYS = (
    saved_in_place,
    saved_by_renaming,
    settings_saved_by_renaming,
    saved_from_elsewhere,
    deleted,
    folder_deleted,
    folder_renamed,
    folder_moved_out,
    folder_moved_in,
    new_forms,
    template_saved,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda one: one.__name__)
def test_it_is_noticed(way: Callable[[Path], None], root: Path, heard: Heard) -> None:
    way(root)
    assert heard.soon()


@pytest.mark.parametrize("place", ["data/county/bureau-2", "data/county/bureau/2021/projects", "forms", "data"])
def test_so_is_what_is_saved_in_a_folder_that_came_later(place: str, root: Path, heard: Heard) -> None:
    """Also where a folder of the same name was there before."""
    shutil.rmtree(root / place, ignore_errors=True)
    heard.settle()
    (root / place).mkdir(parents=True)
    heard.settle()
    (root / place / "x.yaml").write_text("新", encoding="utf-8")
    assert heard.soon()


def test_what_is_read_or_built_or_kept_by_an_editor_is_no_news(root: Path, heard: Heard) -> None:
    """A build reads every file and writes the site: it would never end."""
    (root / FILE).read_bytes()
    for name in (
        "site/index.html",
        "site/new/index.html",
        ".cache/preview/site/index.html",
        "data/county/bureau/2020/.final-accounts.yaml.swp",
        "data/county/x~",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("写了", encoding="utf-8")
    time.sleep(1)
    assert heard.times == 0


def test_a_look_finds_again_only_what_was_not_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every save would be built twice, and a page loaded anew that waits for the second time."""
    now = 1000.0
    monkeypatch.setattr(watching.time, "monotonic", lambda: now)
    watcher = Watcher(root, [], found := Heard())
    told, other = root / FILE, root / "mkdocs.yml"
    watcher.heard([told], False)
    assert found.times == 1
    now += watching.SELDOM
    watcher.found([told], False)
    assert found.times == 1
    watcher.found([told, other], False)
    assert found.times == 2
    now += 2 * watching.SELDOM
    watcher.found([told], False)
    assert found.times == 3


@pytest.fixture
def server(tmp_path: Path) -> Preview:
    """A preview that nobody looks at."""
    return Preview(lambda: None, "127.0.0.1", 0, str(tmp_path))


def test_many_saves_give_one_build_and_one_more_for_what_comes_meanwhile(server: Preview) -> None:
    built: list[int] = []
    server.build_delay = 1.0

    def build() -> None:
        built.append(len(built))
        if len(built) == 1:
            server.saved()

    server.builder = build
    for _ in range(20):
        server.saved()
    (loop := Thread(target=server._build_loop)).start()
    for _ in range(20):
        server.saved()
    while len(built) < 2:
        time.sleep(0.05)
    time.sleep(2)
    with server._rebuild_cond:
        server._shutdown = True
    loop.join()
    assert built == [0, 1]


def test_a_save_that_changes_nothing_loads_no_page_again(
    server: Preview, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that changes something does, also when it was saved while the preview was built."""
    rounds: list[str] = []
    monkeypatch.setattr(previewing, "tell_round", lambda *_: rounds.append("生成"))
    rebuild(server, project_root)
    server._wanted_epoch = server._visible_epoch + 1
    rebuild(server, project_root)
    assert (len(rounds), server._wanted_epoch) == (1, server._visible_epoch)
    path = project_root / "content" / "index.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n多了一句。\n", encoding="utf-8")
    server._wanted_epoch = server._visible_epoch + 1
    # as the watcher says it while it is built
    server._want_rebuild = True
    rebuild(server, project_root)
    assert (len(rounds), server._wanted_epoch) == (2, server._visible_epoch + 1)
    rebuild(server, project_root)
    assert len(rounds) == 3
