"""One at a time: a file lock that says who holds it, waited for, and given up after a while.

The system frees it whatever becomes of its holder, so a run that is killed leaves nothing to clear away.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from build_tools.calendar_china import china_now

PAUSE = 0.1
# is told who holds the lock, each time that it was asked for in vain
Waiting = Callable[[str], None]


class BusyError(Exception):
    """Somebody else held the lock for all of the time that was given; the message says who."""


@contextmanager
def locked(path: Path, waiting: Waiting, seconds: float) -> Iterator[None]:
    """The lock of this file, which is made where it is not there. Raises BusyError after so many seconds, and OSError.

    Where the system has no such locks (Windows, where one person sits) nothing is locked.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    # what is written here must not end up in the target of a link
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        begun = time.monotonic()
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                holder = os.pread(file, 200, 0).decode(errors="replace").strip() or "不明"
                if time.monotonic() - begun > seconds:
                    raise BusyError(holder) from None
                waiting(holder)
                time.sleep(PAUSE)
        # on a full disk the lock holds without a name as well
        with suppress(OSError):
            os.ftruncate(file, 0)
            os.pwrite(
                file, f"{socket.gethostname()} 进程 {os.getpid()}，{china_now():%Y-%m-%d %H:%M:%S} 开始\n".encode(), 0
            )
        yield
    finally:
        # a process that was forked meanwhile has the file open as well, and closing it here alone would leave it locked
        fcntl.flock(file, fcntl.LOCK_UN)
        os.close(file)
