"""Whole projects spoilt: pages, settings, forms, names and trees. The command ends with a status that it knows and a
sentence, what is not public is nowhere in the site, and a site that stands is not touched where nothing was published.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attack.spoiling import spoilt
from tests.helpers import CENTRE, one_disclosure
from tests.support import contents
from tests.test_new_year import FRAMES

PROJECTS = int(os.environ.get("MINGZHANG_PROJECTS", "24"))
FOLDER = f"data/{CENTRE}"
# stands in a draft and must be nowhere
SECRET = "尚未公开的一句话"
SECONDS, MEMORY = 90, 4 << 30
RUN = (
    f"import resource, sys\nresource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
    "from build_tools.cli import main\nsys.exit(main())"
)
Attack = Callable[[Path, random.Random], object]


def spoil(*names: str) -> Attack:
    """One of these files spoilt."""

    def attack(root: Path, deal: random.Random) -> None:
        path = root / deal.choice(names)
        path.write_bytes(spoilt(path.read_text(encoding="utf-8"), deal.randrange(1 << 30))[1])

    return attack


def page(root: Path, deal: random.Random) -> None:
    """A hand-written page of fragments that mean something to somebody."""
    parts = (
        *("# 甲\n", "<script>alert(1)</script>\n", "[甲](javascript:alert(1))\n", "![甲](x.png)\n", "[甲](../../x)\n"),
        *("---\ntitle: 甲\n---\n", "```\n", "<!-- mingzhang: districts -->\n", "<!-- mingzhang: x -->\n", "{{ x }}\n"),
        *("<iframe src=//x>\n", "[^1]: 甲\n", "| a |\n|---|\n", "\0", "\u202e", "- " * 500 + "\n", "> " * 300 + "甲\n"),
        *(
            "{% include 'x' %}\n",
            "*[甲]: 乙\n",
            "--8<-- '/etc/passwd'\n",
            "::: x\n",
            "&#0;\n",
            "]]>\n",
            "<a name=x id=x>\n",
        ),
    )
    text = "".join(deal.choice(parts) for _ in range(deal.randrange(1, 12)))
    name = deal.choice(("x.md", "guide.md", "checks.md", "shifeng.md", "X.md", "a b.md", "x.md.md", "..x.md"))
    (root / "content" / name).write_text(text, encoding="utf-8", errors="surrogatepass")


def form(root: Path, deal: random.Random) -> None:
    """A form for a new year, spoilt."""
    (root / "forms").mkdir()
    text = FRAMES["forms/final-accounts-2026.yaml"]
    (root / "forms/x.yaml").write_bytes(spoilt(text, deal.randrange(1 << 30))[1])


def tree(root: Path, deal: random.Random) -> None:
    """What is no plain file, at a place where one may be."""
    name = deal.choice(
        ("data/x", f"{FOLDER}/x", f"{FOLDER}/2020/x.yaml", "content/x", "content/x.md", "forms", "data/reference/x.csv")
    )
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    how = deal.randrange(5)
    if how == 0:
        os.mkfifo(path)
    elif how == 1:
        path.symlink_to(deal.choice(("/etc/passwd", "..", "nowhere", "/dev/zero", path.name)))
    elif how == 2:
        with socket.socket(socket.AF_UNIX) as one:
            os.chdir(path.parent)
            one.bind(path.name)
    elif how == 3:
        path.mkdir()
        path.chmod(deal.choice((0o000, 0o500, 0o777)))
    else:
        deep = path
        for _ in range(deal.choice((3, 30, 120))):
            deep = deep / "d"
        deep.mkdir(parents=True)


def name(root: Path, deal: random.Random) -> None:
    """A file or folder with a name that is odd in some way."""
    odd = (
        "Ａ",
        "é",
        "e\u0301",
        "CON",
        "-rf",
        "a" * 200,
        "x\ny",
        "x y",
        "%2e%2e",
        "甲",
        ".git",
        "a\\b",
        "<b>",
        "'x",
        "2020 ",
    )
    parent = deal.choice((FOLDER, f"{FOLDER}/2020", "content", "data", f"data/{CENTRE.parts[0]}"))
    path = root / parent / f"{deal.choice(odd)}{deal.choice(('', '.yaml', '.md', '.YAML'))}"
    if deal.random() < 0.5:
        path.mkdir(exist_ok=True)
    else:
        path.write_text("甲: 乙\n", encoding="utf-8")


ATTACKS: dict[str, Attack] = {
    "page": page,
    "settings": spoil("mkdocs.yml"),
    "form": form,
    "tree": tree,
    "name": name,
    "data": spoil(f"{FOLDER}/2020/final-accounts.yaml", f"{FOLDER}/department.yaml", "data/shifeng/district.yaml"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one public disclosure and a draft, and its site."""
    root = one_disclosure(tmp_path_factory.mktemp("sound"))
    draft = root / FOLDER / "2021/final-accounts.yaml"
    draft.parent.mkdir()
    draft.write_text(f"公开信息:\n  状态: 草稿\n  内容概述: {SECRET}\n", encoding="utf-8")
    assert run(root).returncode == 0
    return root


def run(root: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, which may hang or take all memory."""
    line = [sys.executable, "-c", RUN, "--root", str(root), "build", "--jobs", "1"]
    return subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_no_project_breaks_the_command_or_the_site(part: int, sound: Path, tmp_path: Path) -> None:
    kinds = list(ATTACKS)
    here = Path.cwd()
    for seed in range(part, PROJECTS, 4):
        kind, root = kinds[seed // 4 % len(kinds)], tmp_path / str(seed)
        shutil.copytree(sound, root)
        before = contents(root / "site")
        ATTACKS[kind](root, random.Random(seed))
        os.chdir(here)
        done = run(root)
        said = f"seed {seed} ({kind}): {done.returncode} {done.stdout[-500:]}{done.stderr[-800:]}"
        assert done.returncode in (0, 1, 2), said
        assert "Traceback" not in done.stderr, said
        assert "程序的错误" not in done.stdout + done.stderr, said
        after = contents(root / "site")
        assert done.returncode < 2 or after == before, said
        assert "index.html" in after, said
        assert not [one for one, data in after.items() if SECRET.encode() in data], said
        subprocess.run(["chmod", "-R", "u+rwx", str(root)], check=False)
        subprocess.run(["rm", "-rf", str(root)], check=True)
