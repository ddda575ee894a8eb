"""What the site in the folder was made from, so that what has not changed is not made again.

Keys are hashes of contents, never times. Nothing here is believed that is not whole: a record must be the one that the
site names, what is kept must carry its own hash and the key that is asked for; otherwise it is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from build_tools.engine.staging import MARK
from build_tools.engine.task import Compiled, Group, Setup, Task
from build_tools.inputs import Inputs, key_of, seal, unsealed

RECORD = "site.bin"


class Above(msgspec.Struct, frozen=True):
    """A group of pages above the departments, and the fields of the summaries that it was made from."""

    group: Group
    read: tuple[str, ...]


class Record(msgspec.Struct, frozen=True):
    """`mark` is the key of all, as it stands in the site, `common` of what every page depends on; the key of every
    department; the groups above these by name; the key of the search; the number of pages and of files of data; every
    file.
    """

    mark: str
    common: str
    departments: dict[str, str]
    above: dict[str, Above]
    search: str
    pages: int
    data_files: int
    files: tuple[str, ...]


EMPTY = Record("", "", {}, {}, "", 0, 0, ())


def read_record(cache: Path, site: Path) -> Record | None:
    """The record of this site; None where there is none that can be believed."""
    try:
        mark = (site / MARK).read_text(encoding="utf-8")
        found = msgspec.msgpack.decode(unsealed(cache / RECORD), type=Record)
    except (OSError, ValueError):
        return None
    return found if mark and found.mark == mark and inside(found.files) else None


def inside(names: Iterable[str]) -> bool:
    """True where none of these names leads out of its folder; two dots anywhere are not believed, we write none."""
    joined = "\n".join(("", *names))
    return ".." not in joined and "\n/" not in joined


def write_record(cache: Path, record: Record) -> None:
    """Kept for the next build."""
    seal(cache / RECORD, msgspec.msgpack.encode(record))


def common_key(setup: Setup, inputs: Inputs) -> str:
    """What every page depends on: code, templates, forms, reference data, configuration, the generator's output, the
    day.
    """
    # the menu is in the generator's output; a part has none of its own
    settings = replace(setup.settings, folder=Path(), menu=())
    words = (setup.generated.name, settings, setup.today, setup.preview, inputs.tool)
    return key_of(
        map(str, words), (*inputs.below("forms/"), *inputs.below("data/reference/"), *inputs.named(r"[^/]+\.yaml"))
    )


def districts_key(inputs: Inputs) -> str:
    """The districts' own files."""
    return key_of([], inputs.named(r"data/[^/]+/district\.yaml"))


def task_key(task: Task) -> str:
    """What the pages of one department depend on besides: its own folder, its district; '' where nothing is kept."""
    if not task.setup.common:
        return ""
    return key_of([task.setup.common, *map(str, task.years), repr(task.trails.steps), task.trails.start], task.files)


def summaries_key(setup: Setup, read: Iterable[str], compiled: Sequence[Compiled], also: Iterable[str]) -> str:
    """What a group above the departments depends on: the fields that it has read of every summary, the districts' own
    files, and what it was told besides.
    """
    folded = hashlib.sha256()
    for one in compiled:
        for name in read:
            folded.update(hashlib.sha256(one.summary[name]).digest())
    return key_of([setup.common, setup.districts, str(len(compiled)), *read, folded.hexdigest(), *also], [])
