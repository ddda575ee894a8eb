"""What is saved while a preview runs: told by the system at once, and looked for now and then.

A disk on the network tells nobody, a system may refuse to watch so many folders, and a queue may run over. So both ways
run, and neither is believed about what has changed: they say that it is time to look at what the files hold.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver, PollingObserverVFS

from build_tools.inputs import FOLDERS

# seconds between two looks: beside a system that tells, and where it does not
SELDOM, OFTEN = 5.0, 0.25
# that a file was only read is no news, and a folder changes with every file in it
NEWS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
Saved = Callable[[], None]
Heard = Callable[[list[Path], bool], None]


class Handler(FileSystemEventHandler):
    """Passes on the paths that an event is about, and whether they are of folders; what editors and Python keep for
    themselves is none.
    """

    def __init__(self, heard: Heard) -> None:
        self.heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Both names of what was moved count: an editor saves by renaming what it has written."""
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if news := [path for path in paths if not private(path.name)]:
            self.heard(news, event.is_directory)


class Watcher:
    """Calls `saved` whenever something in the project or in a folder of `ours` may have changed; stands where MkDocs
    has its observer.
    """

    def __init__(self, root: Path, ours: Iterable[Path], saved: Saved) -> None:
        self.root, self.ours, self.saved = root, [str(path) for path in ours], saved
        self.told: BaseObserver | None = None
        self.looking: BaseObserver | None = None
        self.followed: dict[str, ObservedWatch] = {}
        # when the system told of a path
        self.known: dict[Path, float] = {}

    def start(self) -> None:
        """From here on; a second time does nothing."""
        if self.looking is None:
            self.told = self.listening()
            self.looking = PollingObserverVFS(os.lstat, self.entries, polling_interval=SELDOM if self.told else OFTEN)
            for path in (str(self.root), *self.ours):
                self.looking.schedule(Handler(self.found), path, recursive=True, event_filter=NEWS)
            self.looking.start()

    def listening(self) -> BaseObserver | None:
        """The system's own way of telling; None where it has none, or refuses."""
        if Observer is PollingObserver:
            return None
        told = Observer()
        with suppress(OSError):
            # the folder above, so that one of ours may come, go and come again
            told.schedule(Handler(partial(self.beside, told)), str(self.root), event_filter=NEWS)
            for path in self.ours:
                told.schedule(Handler(self.heard), path, recursive=True, event_filter=NEWS)
            told.start()
            for name in FOLDERS:
                self.follow(told, name)
            return told
        told.stop()
        return None

    def follow(self, told: BaseObserver, name: str) -> None:
        """One of the project's folders, which may be another than the one that was followed by this name. Raises
        OSError.
        """
        if name in self.followed:
            # gone with its folder, it is followed no more
            with suppress(KeyError):
                told.unschedule(self.followed.pop(name))
        if (self.root / name).is_dir():
            path = str(self.root / name)
            self.followed[name] = told.schedule(Handler(self.heard), path, recursive=True, event_filter=NEWS)

    def heard(self, paths: list[Path], folder: bool) -> None:
        """The system tells."""
        self.known.update(dict.fromkeys(paths, time.monotonic()))
        self.saved()

    def found(self, paths: list[Path], folder: bool) -> None:
        """What a look has found and nobody told; what was told has been built since, or is being."""
        since = time.monotonic() - 2 * SELDOM
        if any(self.known.get(path, since) <= since for path in paths):
            self.saved()

    def beside(self, told: BaseObserver, paths: list[Path], folder: bool) -> None:
        """Something beside the project's folders, or one of them."""
        for name in {path.name for path in paths}.intersection(FOLDERS) if folder else ():
            # refused, it is only looked at
            with suppress(OSError):
                self.follow(told, name)
        if any(ours(path.name) for path in paths):
            self.heard(paths, folder)

    def entries(self, folder: str | None) -> Iterator[os.DirEntry[str]]:
        """What lies in a folder, and of the project's own only what a site is made from: a site of thousands of pages
        lies beside it.
        """
        with os.scandir(folder) as found:
            return iter([one for one in found if folder != str(self.root) or ours(one.name)])

    def stop(self) -> None:
        """No more."""
        for one in (self.told, self.looking):
            if one:
                one.stop()

    def join(self) -> None:
        """Until it has stopped."""
        for one in (self.told, self.looking):
            if one:
                one.join()


def private(name: str) -> bool:
    """True for what editors and Python keep beside a file."""
    return name.startswith((".", "~$")) or name.endswith(("~", ".pyc")) or name == "__pycache__"


def ours(name: str) -> bool:
    """True for a name in the project's own folder that a site is made from."""
    return name in FOLDERS or name.endswith((".yaml", ".yml"))
