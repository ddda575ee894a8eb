"""The newest other Python of this machine: what reads and checks is tested there too, and it builds the same bytes.

`python -m tools.second_python`, as `.ci/run` calls it. A machine with one Python says so, and so does one for which a
locked package has no wheel of that version; neither is a fault of the project, and neither is passed over in silence.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".cache/second-python"
Version = tuple[int, int, int]
# what has the most to lose from another Python, per second: reading, forms, rules, tables, checks, prose, writing
CORE = [
    *["source", "format", "plain", "forms", "formula", "statement", "diagnostics", "renderings", "schema", "scaffold"],
    *["identities", "check_documents", "bad_input", "bad_files", "function_checks", "scores", "release", "status"],
    *["claims", "claims_reader", "claims_documents", "performance_documents", "privacy", "example", "patterns", "cli"],
]
ASKED = "import ensurepip, venv, sys; print(*sys.version_info[:3])"


def version_of(program: Path) -> Version | None:
    """The version of a Python that starts and can make an environment; a name alone says nothing (pyenv has shims)."""
    try:
        told = subprocess.run([program, "-c", ASKED], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.fullmatch(r"(\d+) (\d+) (\d+)\s*", told.stdout)
    return (int(found[1]), int(found[2]), int(found[3])) if found and not told.returncode else None


def candidates() -> list[Path]:
    """Whatever may be a Python 3: what the path holds, and what pyenv has installed."""
    folders = [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    installed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [
        path for folder in folders for path in folder.glob("python3.*") if re.fullmatch(r"python3\.\d+", path.name)
    ]
    return [*installed.glob("3.*/bin/python3"), *found]


def newest_above(own: tuple[int, int], programs: Iterable[Path]) -> tuple[Version, Path] | None:
    """The newest of these Pythons, where it is newer than `own` (3, 11)."""
    known = {version: program for program in programs if (version := version_of(program))}
    newer = [version for version in known if version[:2] > own]
    return (max(newer), known[max(newer)]) if newer else None


def environment(program: Path, name: str) -> Path | None:
    """The Python of an environment with the locked packages and nothing else; None where one has no wheel for it."""
    folder = HOME / name
    python = folder / "bin/python"
    locks = [ROOT / "requirements-dev.lock", ROOT / "pyproject.toml"]
    seal = hashlib.sha256(b"".join(one.read_bytes() for one in locks)).hexdigest()
    if python.exists() and (folder / "seal").exists() and (folder / "seal").read_text(encoding="utf-8") == seal:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([program, "-m", "venv", folder], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    locked = [*pip, "--only-binary", ":all:", "--require-hashes", "-r", locks[0]]
    if subprocess.run(locked).returncode:
        return None
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
    (folder / "seal").write_text(seal, encoding="utf-8")
    return python


def built_by(python: Path, project: Path, folder: Path) -> dict[str, str]:
    """What this Python builds of a project, in `folder`: path → SHA-256, without the mark for the next build."""
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("site", ".*", "parts", "artifacts", "tests"))
    code = "import sys; from build_tools.cli import main; sys.exit(main())"
    done = subprocess.run([python, "-c", code, "--root", folder, "build"], cwd=ROOT, capture_output=True, text=True)
    # 1: something is held back, the rest is there
    if done.returncode not in (0, 1):
        raise SystemExit(f"{python} cannot build {project.name}:\n{done.stderr}")
    site = folder / "site"
    files = (path for path in site.rglob("*") if path.is_file() and path.name != ".mingzhang")
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def differing(python: Path) -> list[str]:
    """The files of both sites that are not the same from this Python and from that one."""
    found = []
    for project in (ROOT, ROOT / "examples/demo"):
        with tempfile.TemporaryDirectory() as work:
            ours, theirs = (
                built_by(one, project, Path(work) / str(number))
                for number, one in enumerate((Path(sys.executable), python))
            )
        print(f"{project.name}: {len(ours)} files compared", flush=True)
        found += sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
    return found


def aloud(text: str) -> None:
    """A line that nobody overlooks."""
    print(f"\n{'=' * 100}\n{text}\n{'=' * 100}\n", file=sys.stderr, flush=True)


def main() -> int:
    """Tests and bytes on the newest other Python; 0 where there is none."""
    own = (sys.version_info[0], sys.version_info[1])
    newest = newest_above(own, candidates())
    if newest is None:
        aloud(f"THERE IS NO SECOND PYTHON HERE newer than {own[0]}.{own[1]}: nothing was tested on another")
        return 0
    name = ".".join(map(str, newest[0]))
    print(f"second Python: {name}", flush=True)
    python = environment(newest[1], name)
    if python is None:
        aloud(f"A LOCKED PACKAGE HAS NO WHEEL FOR PYTHON {name} (above): nothing was tested there")
        return 0
    files = [f"tests/test_{one}.py" for one in CORE]
    wanted = ["-m", "not slow and not browser and not office", "-p", "no:cacheprovider"]
    failed = subprocess.run([python, "-m", "pytest", "-n", "auto", "-q", *wanted, *files], cwd=ROOT).returncode
    different = differing(python)
    if different:
        aloud(f"Python {name} builds other bytes: {len(different)} files, first {different[:5]}")
    return 1 if failed or different else 0


if __name__ == "__main__":
    sys.exit(main())
