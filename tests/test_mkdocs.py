"""The generator's own commands give the whole site: `mkdocs build` the same bytes, `mkdocs serve` fresh pages on
saving.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.engine import GeneratorError, build_site
from tests.conftest import REPOSITORY, copy_project
from tests.support import contents

pytestmark = pytest.mark.slow

DISCLOSURE = "shifeng/business-environment-centre/2020/final-accounts"
PATIENCE = 60


def mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments], cwd=root, capture_output=True, text=True, timeout=300, check=False
    )


def test_mkdocs_build_gives_the_same_site(project_root: Path) -> None:
    """Two ways in, one result."""
    outcome = build_site(project_root)
    assert outcome.site is not None
    ours = contents(outcome.site)
    result = mkdocs(project_root, "build", "--site-dir", "other")
    assert result.returncode == 0, result.stderr
    assert {name: text for name, text in contents(project_root / "other").items() if name != "sitemap.xml.gz"} == ours


def test_mkdocs_build_fails_on_an_error_and_still_writes_the_rest(project_root: Path) -> None:
    """The status tells CI; the page says 更正中 and shows no figure."""
    path = project_root / "data" / f"{DISCLOSURE}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("基本支出: 107.20", "基本支出: 107.2O", 1), encoding="utf-8"
    )
    result = mkdocs(project_root, "build")
    assert result.returncode == 1
    assert "amount-not-a-number" in result.stderr
    page = (project_root / "site" / DISCLOSURE / "index.html").read_text(encoding="utf-8")
    assert "更正中" in page
    assert "259.15" not in page
    assert not (project_root / "site" / DISCLOSURE / "expenditure.csv").exists()


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """A copy of the tool with its data, so that templates can be changed too."""
    root = tmp_path / "tool"
    for name in ("build_tools", "templates"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy_project(root)


@pytest.fixture
def preview(tool: Path) -> Iterator[str]:
    """`mingzhang serve` running on that copy; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "import sys; from build_tools.cli import main; sys.exit(main())",
        "serve",
        "--address",
        f"127.0.0.1:{port}",
    ]
    environment = {**os.environ, "PYTHONPATH": str(tool)}
    process = subprocess.Popen(
        command, cwd=tool, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def wait_for(url: str, words: str) -> str:
    """The page as soon as it holds the words."""
    page, end = "", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                page = answer.read().decode("utf-8")
        except OSError:
            page = ""
        if words in page:
            return page
        time.sleep(0.2)
    raise AssertionError(f"{url} 在 {PATIENCE} 秒内没有出现“{words}”；页面开头：{page[:300]}")


def test_saving_shows_in_the_browser(tool: Path, preview: str) -> None:
    """Data, then a mistake (a page of findings, not a hanging server), then its correction, then a template, then a
    form.
    """
    url = f"{preview}{DISCLOSURE}/"
    wait_for(url, "259.15")
    path = tool / "data" / f"{DISCLOSURE}.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("综合办公室", "综合科"), encoding="utf-8")
    wait_for(url, "综合科")
    path.write_text(good.replace("基本支出: 107.20", "基本支出: 1,07.20", 1), encoding="utf-8")
    assert "amount-with-comma" in wait_for(url, "需要改正的地方")
    path.write_text(good, encoding="utf-8")
    wait_for(url, "综合办公室")
    template = tool / "templates" / "pages" / "disclosure.html.j2"
    template.write_text(template.read_text(encoding="utf-8") + "<p>模板改过了</p>", encoding="utf-8")
    wait_for(url, "模板改过了")
    form = tool / "build_tools" / "forms" / "final-accounts" / "expenditure.yaml"
    sound = form.read_text(encoding="utf-8")
    form.write_text(sound.replace("sum(下级.每列)", "sum(下集.每列)"), encoding="utf-8")
    wait_for(preview, "form-mistake")
    form.write_text(sound.replace("title: 支出决算表", "title: 支出决算表（试）"), encoding="utf-8")
    wait_for(url, "支出决算表（试）")


def test_a_moved_page_is_seen(project_root: Path) -> None:
    """The generator's cache is keyed by paths as well as by contents."""
    (project_root / "content" / "one").mkdir()
    (project_root / "content" / "one" / "note.md").write_text("# 说明\n", encoding="utf-8")
    assert build_site(project_root).site is not None
    (project_root / "content" / "one").rename(project_root / "content" / "two")
    outcome = build_site(project_root)
    assert outcome.site is not None
    assert (outcome.site / "two" / "note" / "index.html").is_file()
    assert not (outcome.site / "one").exists()


@pytest.mark.parametrize("folder", ["data", "content", ".", "..", "mine", "data/site"])
def test_the_site_never_replaces_what_people_wrote(project_root: Path, folder: str) -> None:
    """A site_dir that is, holds or lies in the sources, or holds anything not built by us, is refused; nothing
    is lost.
    """
    root = project_root / "project"
    root.mkdir()
    for one in ("content", "data", "mkdocs.yml"):
        (project_root / one).rename(root / one)
    (root / "mine").mkdir()
    (root / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"site_dir: {folder}\n{config}", encoding="utf-8")
    before = {name: text for name, text in contents(root).items() if not name.startswith(".cache")}
    with pytest.raises(GeneratorError):
        build_site(root)
    assert {name: text for name, text in contents(root).items() if not name.startswith(".cache")} == before


def test_mkdocs_build_stops_before_it_empties_the_site(project_root: Path) -> None:
    """A broken form stops the generator's own command too, with the old site in place."""
    assert mkdocs(project_root, "build").returncode == 0
    before = contents(project_root / "site")
    (project_root / "forms").mkdir()
    (project_root / "forms" / "broken.yaml").write_text("key: 坏表\nslug: x\n", encoding="utf-8")
    assert mkdocs(project_root, "build").returncode == 1
    assert contents(project_root / "site") == before


def test_a_stray_file_does_not_stop_the_site(project_root: Path) -> None:
    """What Windows leaves behind is passed over; another stray file is told, and the rest is published."""
    (project_root / "data" / "Thumbs.db").write_bytes(b"\0")
    outcome = build_site(project_root)
    assert outcome.site is not None
    assert [finding.code for finding in outcome.findings if finding.code.startswith("path-")] == []
    (project_root / "data" / "notes.txt").write_text("x", encoding="utf-8")
    outcome = build_site(project_root)
    assert outcome.site is not None
    assert [finding.code for finding in outcome.findings if finding.code.startswith("path-")] == ["path-unexpected"]
