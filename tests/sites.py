"""Three sites that differ on every page and in their styles, and whether what was published is one of them, whole.

What is expected of them is what a build writes, made apart from everything that publishes.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from build_tools.publish.place import Place
from build_tools.publish.verifying import verify_folder
from tests.helpers import ROOT, one_disclosure

NAMES = ("甲", "乙", "丙")
PROGRAM = [sys.executable, "-c", "import sys; from build_tools.cli import main; sys.exit(main())"]
ROOM = 500_000_000
# site → path → SHA-256
Sites = dict[str, dict[str, str]]


def run(*arguments: str | Path, **settings: object) -> subprocess.CompletedProcess[str]:
    """The real program, to its end."""
    return subprocess.run([*PROGRAM, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, **settings)  # type: ignore[call-overload,no-any-return]


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """The real program, begun."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def dress(root: Path, name: str) -> Path:
    """The project becomes the one of that name, whichever of the three it was; its folder."""
    (root / "content/own.css").write_text(f"p {{ --of: '{name}'; }}", encoding="utf-8")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert text.count("site_name: 明账") == 1
    (root / "mkdocs.yml").write_text(
        text.replace("site_name: 明账", f"site_name: 明账{name}") + "extra_css: [own.css]\n", encoding="utf-8"
    )
    return root


@contextmanager
def in_memory() -> Iterator[Path]:
    """An empty folder in memory, where there is room for it: a kill loses no more there than on a disk, and no disk is
    waited for.
    """
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    with tempfile.TemporaryDirectory(dir=memory if roomy else None) as folder:
        yield Path(folder)


def three(folder: Path) -> list[Path]:
    """The three projects, each in a folder of its own."""
    return [dress(one_disclosure(folder / name), name) for name in NAMES]


def contents(folder: Path) -> dict[str, str]:
    """What is published of what the build writes: path → SHA-256. The index of the search comes packed and is published
    open.
    """
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".mingzhang")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(plain(path)).hexdigest() for path in files}


def plain(path: Path) -> bytes:
    """A file as it is published."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix in (".pagefind", ".pf_meta", ".pf_index") else data


def built(projects: list[Path]) -> Sites:
    """Every file of every project's site."""
    found = {}
    for name, root in zip(NAMES, projects, strict=True):
        done = run("--root", root, "build")
        assert done.returncode == 0, done.stderr
        found[name] = contents(root / "site")
    same = set(found["甲"].items()) & set(found["乙"].items())
    # what is made for the frames of others bears no name of a site
    assert not [
        path for path, _ in same if path.endswith(".html") and not path.endswith(("/portable.html", "/charts.html"))
    ]
    return found


def shown(place: Place, name: str, expected: Sites) -> str:
    """Which of the sites a release is, whole and nothing but it."""
    found = verify_folder(place.releases / name)
    assert found.sound, (name, found.missing, found.altered, found.added)
    plain = {path: entry.sha256 for path, entry in found.manifest.files.items() if not path.endswith((".gz", ".br"))}
    found_as = [site for site, files in expected.items() if files == plain]
    assert found_as, f"{name} is none of the sites"
    return found_as[0]


def whole(place: Place, expected: Sites, known: Set[str] = frozenset()) -> str:
    """What has a release's name is complete and is one of the sites; one is public: which. `known` have been looked at
    before.
    """
    public = place.public()
    assert public
    for name in set(place.names()) - known:
        shown(place, name, expected)
    return shown(place, public, expected)
