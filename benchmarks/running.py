"""A command in a process of its own, with what it took: seconds, processor time of all that it started, memory of
itself alone.

What is measured must not profit from what this process has read already, so every figure of `benchmarks.bench` comes
from here.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
EVERY = 0.05


class FailedError(Exception):
    """A command that was to be measured did not succeed; the message has its last words."""


@dataclass(frozen=True, slots=True)
class Run:
    """Wall and processor seconds, the latter with all children; `peak` = most memory (MB) that the process held itself,
    its children apart.
    """

    seconds: float
    processor: float
    peak: float


def usual() -> dict[str, str]:
    """The surroundings without the word that keeps Python from keeping compiled code: nobody works with it, and it
    costs every start a fifth of a second.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[str | Path], folder: Path, statuses: Sequence[int] = (0,)) -> Run:
    """Run it in a folder until it ends. Raises FailedError for any exit status but `statuses`."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=usual()
        )
        peaks, over = [0], Event()
        watch = Thread(target=watch_peak, args=(process.pid, peaks, over))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        over.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        if process.returncode not in statuses:
            raise FailedError(
                f"{' '.join(map(str, command))} ended with {process.returncode}:\n"
                f"{said.read().decode(errors='replace')[-2000:]}"
            )
    return Run(seconds, usage.ru_utime + usage.ru_stime, peaks[0] / 1000)


def watch_peak(process: int, peaks: list[int], over: Event) -> None:
    """Keep the kernel's own high-water mark of a process as long as it can be read."""
    while not over.is_set():
        with suppress(OSError):
            found = PEAK.search(Path(f"/proc/{process}/status").read_text(encoding="ascii"))
            # a process that has ended has no memory any more
            peaks[0] = max(peaks[0], int(found[1]) if found else 0)
        over.wait(EVERY)
