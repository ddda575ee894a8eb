"""The pipelines that others run: right by their public schemas, nothing unpinned, no right too many, every command one
that exists.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.cli.main import parser
from tests.conftest import require
from tests.helpers import ROOT, one_disclosure

pytestmark = pytest.mark.slow

GITHUB, GITLAB = ROOT / ".github/workflows/site.yml", ROOT / ".gitlab-ci.yml"
SCHEMAS = {GITHUB: "vendor.github-workflows", GITLAB: "vendor.gitlab-ci"}
PINNED = re.compile(r"uses: (actions/[\w-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+")
# what every machine of these services has
ANYWHERE = {"test", "mv", "apt-get"}
# GitLab's words that are not jobs
SETTINGS = {"stages", "workflow", "variables", "default"}


def github() -> dict[str, Any]:
    """The jobs of the workflow."""
    jobs: dict[str, Any] = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))["jobs"]
    return jobs


def gitlab() -> dict[str, Any]:
    """The jobs of the pipeline."""
    return {
        name: job for name, job in yaml.safe_load(GITLAB.read_text(encoding="utf-8")).items() if name not in SETTINGS
    }


def commands() -> Iterator[list[str]]:
    """Every single command of both, as its words."""
    lines = [step["run"] for job in github().values() for step in job["steps"] if "run" in step]
    lines += [line for job in gitlab().values() for line in job["script"]]
    for line in lines:
        for one in re.split(r"\|\||&&|\n", line):
            yield shlex.split(one.partition(">")[0])


def refusal(words: list[str]) -> str:
    """Why a command would fail for not being there; '' where it would not."""
    words = words[1:] if words[0] == "sudo" else words
    program, rest = words[0], words[1:]
    if program == "make":
        targets = re.findall(r"^([\w./-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return "" if rest and set(rest) <= set(targets) else f"no target {rest}"
    if program.endswith("/mingzhang"):
        try:
            parser().parse_args(rest)
        except SystemExit:
            return f"no such call: {rest}"
        return ""
    if rest[:2] == ["-m", "pytest"] and program == ".venv/bin/python":
        wanted = [word.partition("::") for word in rest if word.startswith("tests/")]
        wrong = [
            path
            for path, _, name in wanted
            if not (ROOT / path).is_file() or f"def {name}" not in (ROOT / path).read_text(encoding="utf-8")
        ]
        return f"no test {wrong}" if wrong or not wanted else ""
    return "" if program in ANYWHERE else f"unknown program {program}"


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_the_public_schema_is_met(file: Path) -> None:
    """As kept by the services themselves."""
    validator = Path(sys.executable).with_name("check-jsonschema")
    program = require("check-jsonschema", str(validator) if validator.is_file() else None)
    done = subprocess.run([program, "--builtin-schema", SCHEMAS[file], file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_the_schema_would_find_a_mistake(file: Path, tmp_path: Path) -> None:
    """A job whose steps have a wrong name."""
    validator = Path(sys.executable).with_name("check-jsonschema")
    program = require("check-jsonschema", str(validator) if validator.is_file() else None)
    text = file.read_text(encoding="utf-8")
    (wrong := tmp_path / file.name).write_text(
        text.replace("steps:", "stepps:").replace("artifacts:", "artifact:"), encoding="utf-8"
    )
    assert subprocess.run([program, "--builtin-schema", SCHEMAS[file], wrong], capture_output=True).returncode == 1


def test_every_action_is_pinned_to_one_commit() -> None:
    """By all forty digits, with its version beside them, the same one everywhere."""
    text = GITHUB.read_text(encoding="utf-8")
    pins = PINNED.findall(text)
    assert len(pins) == text.count("uses:") >= 6
    assert len(set(pins)) == len({name for name, _ in pins})


def test_no_job_has_a_right_that_it_does_not_need() -> None:
    """Nothing by default, reading for those that read, publishing for the one that publishes; no credentials left on
    the disk.
    """
    assert yaml.safe_load(GITHUB.read_text(encoding="utf-8"))["permissions"] == {}
    jobs = github()
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "check": {"contents": "read"},
        "build": {"contents": "read"},
        "test": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    checkouts = [
        step["with"]
        for job in jobs.values()
        for step in job["steps"]
        if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert len(checkouts) == 3
    assert all(one["persist-credentials"] is False for one in checkouts)
    # what is said by whoever opens a request must not become part of a command
    assert not [step["run"] for job in jobs.values() for step in job["steps"] if "${{" in step.get("run", "")]


def test_every_command_exists() -> None:
    """As a target, as a call of the command line, as a test."""
    found = list(commands())
    assert len(found) >= 14
    assert [(words, refusal(words)) for words in found if refusal(words)] == []


def spoiled(root: Path, file: str, old: str, new: str) -> None:
    """One place of a project, written wrongly."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_the_build_goes_on_with_errors_and_not_without_a_site(file: Path, tmp_path: Path) -> None:
    """The very line, in a shell that stops at a failure as theirs do: all is well, one file is held back, nothing can
    be built.
    """
    (line,) = re.findall(r"- (?:run: )?(\S+/mingzhang build\b.*)", file.read_text(encoding="utf-8"))
    root = one_disclosure(tmp_path / "root")
    (root / ".venv").symlink_to(sys.prefix)
    data = next((root / "data").rglob("final-accounts.yaml")).relative_to(root).as_posix()
    found = []
    for place in (
        (),
        (data, "本年支出合计: 108.06", "本年支出合计: 188.06"),
        ("mkdocs.yml", "plugins:\n", "plugins: [\n"),
    ):
        if place:
            spoiled(root, *place)
        shutil.rmtree(root / "site", ignore_errors=True)
        done = subprocess.run(["bash", "-e", "-c", f"{line}\ntouch went-on"], cwd=root, capture_output=True, text=True)
        found.append((done.returncode == 0, (root / "site/index.html").is_file(), (root / "went-on").is_file()))
        (root / "went-on").unlink(missing_ok=True)
    assert found == [(True, True, True), (True, True, True), (False, False, False)]


@pytest.mark.parametrize(
    "line",
    [
        "make nothing",
        "mingzhang",
        ".venv/bin/mingzhang check --format xml",
        ".venv/bin/python -m pytest tests/no.py",
        "curl x",
    ],
)
def test_a_command_that_does_not_exist_would_be_found(line: str) -> None:
    """The proof above can fail."""
    assert refusal(shlex.split(line))


def test_only_main_is_published_and_only_after_the_tests() -> None:
    """A proposed change never is; a publication is not broken off by the next."""
    publish, pages = github()["publish"], gitlab()["pages"]
    assert set(publish["needs"]) == set(pages["needs"]) == {"build", "test"}
    assert "github.event_name != 'pull_request'" in publish["if"]
    assert "github.ref == 'refs/heads/main'" in publish["if"]
    assert pages["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert pages["interruptible"] is False
    assert (
        yaml.safe_load(GITHUB.read_text(encoding="utf-8"))["concurrency"]["cancel-in-progress"]
        == "${{ github.event_name == 'pull_request' }}"
    )


def test_builds_have_the_history() -> None:
    """Without it a disclosure with errors would lose its last good version."""
    build = github()["build"]["steps"][0]["with"]
    assert build["fetch-depth"] == 0
    assert yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["variables"]["GIT_DEPTH"] == "0"


def test_the_hook_is_a_call_that_exists() -> None:
    """In a file that a plain shell can run."""
    file = ROOT / "deploy/post-receive"
    assert file.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", file]).returncode == 0
    call = next(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("exec "))
    assert refusal(shlex.split(call)[1:]) == ""


def test_the_example_of_owners_names_folders_that_exist() -> None:
    """Each with an owner."""
    lines = [
        line.split()
        for line in (ROOT / "deploy/CODEOWNERS.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    named = {path for path, *_ in lines}
    # a region's own forms are there only where they differ
    assert [path for path in named - {"*", "/forms/"} if not (ROOT / path.lstrip("/")).exists()] == []
    assert all(owners and all(one.startswith("@") for one in owners) for _, *owners in lines)
