"""How a build is asked for: what commands, the preview and a publisher hand on unchanged to those who do the work."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from build_tools.engine.lock import Waiting
from build_tools.inputs import Inputs

# is told how many departments are done, and of how many
Progress = Callable[[int, int], None]
# nobody has looked yet
UNKNOWN = Inputs("", ())


def no_progress(done: int, of: int) -> None:
    """Nobody is told how far the build is."""


def no_waiting(holder: str) -> None:
    """Nobody is told who is waited for."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """Departments are compiled in `jobs` processes, or by an `executor` of the caller's whose workers see the same
    disk; `progress` hears how many are done, `waiting` who is waited for. `inputs` are known to one who has asked for
    them just now; all keys are made of them.
    """

    jobs: int = 1
    executor: Executor | None = None
    progress: Progress = no_progress
    waiting: Waiting = no_waiting
    inputs: Inputs = UNKNOWN


# one process, and nobody who listens
PLAIN = BuildRequest()
