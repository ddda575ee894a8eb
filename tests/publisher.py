"""Publications that die: a child for every step at which it can be killed. Run as a program, it prints what it saw as
JSON.

A step is whatever Python asks of the file system inside the folder (audit events); between two steps nothing changes
there but bytes of unfinished files.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from build_tools.publish import Source, publish, rollback, verify
from build_tools.publish.place import LINK, NEW, OLD, Place
from build_tools.publish.verifying import verify_folder

SOURCE = Source("0" * 40, False, {"mingzhang": "0"})


def fill_with(mark: str) -> Callable[[Path], bool]:
    """A small site that says `mark` on every page, in its styles and its data."""

    def fill(folder: Path) -> bool:
        style = f"assets/{mark.encode().hex():0>12.12}.{mark.encode().hex():0>12.12}.css"
        files: dict[str, bytes] = {
            "index.html": f'<link rel="stylesheet" href="{style}"><p>{mark}'.encode() * 20,
            "甲/index.html": mark.encode() * 100,
            "甲/表.csv": f"名称,金额\n{mark},1\n".encode() * 30,
            "same.html": b"<p>same" * 40,
            style: f"p {{ /* {mark} */ }}".encode() * 20,
            "assets/picture.png": b"\x89PNG" + mark.encode(),
            "tiny.txt": b"x",
            "empty.css": b"",
        }
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return True

    return fill


def put(root: Path, mark: str, keep: int = 10) -> str:
    """Publish that site; the release's name."""
    done = publish(root, fill_with(mark), SOURCE, lambda _: None, keep)
    assert done is not None
    return done.name


def kill_at(step: int, root: Path) -> None:
    """From now on this process counts its steps and dies at that one."""
    lock, count = threading.Lock(), 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        named = [str(one) for one in arguments if isinstance(one, (str, os.PathLike))]
        if not event.startswith(("open", "os.", "shutil.")) or not any(one.startswith(str(root)) for one in named):
            return
        with lock:
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def leftovers(root: Path) -> list[str]:
    """Names of what is unfinished."""
    return [path.name for path in root.rglob("*") if path.name.startswith((NEW, OLD, LINK))]


def complaints(root: Path, had_one: bool) -> list[str]:
    """What is wrong with a folder after a death: a public release that is not whole, a named one that is not."""
    place = Place(root)
    wrong = [f"{name} is not whole" for name in place.names() if not verify_folder(place.releases / name).sound]
    if had_one and place.public() is None:
        wrong.append("nothing is public")
    return wrong


def every_step(
    template: Path, work: Path, act: Callable[[Path], object], again: Callable[[Path], object]
) -> tuple[int, list[str]]:
    """Let `act` die at its first step, its second, …, until it lives; after each death `again` must put everything
    right.
    """
    wrong: list[str] = []
    step = 0
    while True:
        step += 1
        root = work / str(step)
        shutil.copytree(template, root, symlinks=True)
        before = Place(root).public()
        child = os.fork()
        if child == 0:
            kill_at(step, root)
            act(root)
            os._exit(0)
        died = os.waitpid(child, 0)[1] != 0
        if not died and Place(root).public() == before:
            wrong.append("the act did nothing")
        wrong += [f"step {step}: {one}" for one in complaints(root, before is not None)]
        again(root)
        if leftovers(root) or not verify(root).sound:
            wrong.append(f"step {step}: not tidied: {leftovers(root)}")
        shutil.rmtree(root)
        if not died:
            return step - 1, wrong


def main(work: Path) -> dict[str, object]:
    """Deaths of a first publication, of a later one that prunes, of a rollback."""
    empty, three = work / "empty", work / "three"
    empty.mkdir()
    names = [put(three, mark) for mark in ("甲", "乙", "丙")]
    acts: dict[str, tuple[Path, Callable[[Path], object], Callable[[Path], object]]] = {
        "first": (empty, lambda root: put(root, "甲"), lambda root: put(root, "甲")),
        "later": (three, lambda root: put(root, "丁", 1), lambda root: put(root, "丁", 1)),
        "rollback": (three, lambda root: rollback(root, names[0], lambda _: None), lambda root: put(root, "丁", 1)),
    }
    told: dict[str, object] = {}
    for name, (template, act, again) in acts.items():
        (work / name).mkdir()
        told[name] = every_step(template, work / name, act, again)
    return told


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1])), sys.stdout)
