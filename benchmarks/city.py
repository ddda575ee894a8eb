"""Many districts in one project: each generated from a seed of its own, under a name of its own, beside the others."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.district import LAST, make
from benchmarks.emit import Pen
from benchmarks.forms import LIKE
from benchmarks.names import DISTRICT, SLUG, units


def make_city(root: Path, districts: int, departments: int, years: int) -> None:
    """A project of many districts. What they share (forms, codebook, contents, settings) is that of the last."""
    finished = root / "finished"
    for number in range(1, districts + 1):
        make(root, units(departments, number), range(LAST - years + 1, LAST + 1), Pen(True), number, LIKE)
        target = finished / f"{SLUG}-{number:02}"
        target.parent.mkdir(parents=True, exist_ok=True)
        (root / "data" / SLUG).rename(target)
        file = target / "district.yaml"
        file.write_text(
            file.read_text(encoding="utf-8").replace(f"名称: {DISTRICT}", f"名称: {DISTRICT}{number}"), encoding="utf-8"
        )
    for one in finished.iterdir():
        one.rename(root / "data" / one.name)
    shutil.rmtree(finished)
