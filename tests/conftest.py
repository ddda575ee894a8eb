"""What several test files share: a project folder to change freely, the built site, and what the machine offers.

A missing browser or office program is a skip that says so; where MINGZHANG_REQUIRE names it (as .ci/run does) it is a
failure.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from build_tools.build import build_site
from examples.make_demo import DEMO

REPOSITORY = Path(__file__).parents[1]


def require(what: str, program: str | None) -> str:
    """The program's path, or a loud skip, or a failure where this machine is meant to have it."""
    if program:
        return program
    message = f"这台机器上没有 {what}：相关测试没有运行"
    if what in os.environ.get("MINGZHANG_REQUIRE", "").split(","):
        pytest.fail(message)
    pytest.skip(message)


def copy_project(target: Path) -> Path:
    """A copy of everything that a root folder holds."""
    for name in ("content", "data"):
        shutil.copytree(REPOSITORY / name, target / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", target / "mkdocs.yml")
    return target


@pytest.fixture(scope="session")
def chromium() -> str:
    """A system Chromium."""
    return require("browser", shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"))


@pytest.fixture
def project_root(tmp_path: Path) -> Path:
    """A project folder that a test may change."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real data, built once for each worker."""
    root = copy_project(tmp_path_factory.mktemp("project"))
    outcome = build_site(root)
    assert outcome.site is not None
    return outcome.site


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fictional district, built once for each worker."""
    root = tmp_path_factory.mktemp("demo") / "demo"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("site", ".cache"))
    built = build_site(root).site
    assert built is not None
    return built
