"""docs/operations.md, followed to the letter: from nothing to a site that publishes itself, and through everything that
comes later.
"""

from __future__ import annotations

import re
import subprocess
import urllib.request
from pathlib import Path

import pytest

from build_tools.cli.main import HELP
from tests.nginx import program
from tools.follow_operations import PAGE, Followed, blocks, clean, followed

pytestmark = pytest.mark.slow

TEXT = PAGE.read_text(encoding="utf-8")
CRON = re.compile(r"\d+ [\d*]+ \* \* \* (\S+) (.+)")


def fetched(url: str) -> str:
    """A page from the web server."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode("utf-8"))


def test_the_page_leads_to_a_site(tmp_path: Path) -> None:
    """Followed once, because it takes a minute, and looked at from all sides."""
    with followed(tmp_path, program()) as office:
        check_site(office)
        check_cron(office)


def check_site(office: Followed) -> None:
    """Every command succeeded; the site is served; pushes were told what came of them; what was wrong is gone again."""
    assert office.status == 0, office.told[-3000:]
    assert len(re.findall(r"^remote: 已发布", office.told, re.MULTILINE)) == 3
    assert office.told.count("全部与清单一致") == 4
    assert "现在公开的是" in office.told
    assert "财政信息公开" in fetched(office.url)
    assert "这一段写错了" not in fetched(f"{office.url}guide/")


def check_cron(office: Followed) -> None:
    """Both lines as they were installed, run by the shell that cron uses: quiet until something is wrong."""
    lines = (Path(office.places["CRON"]) / "mingzhang").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := CRON.fullmatch(line))]
    assert [one[1] for one in found] == [office.places["OWNER"]] * 2
    # what cron would make a new line of
    assert not [one[2] for one in found if "%" in one[2]]
    run = [
        subprocess.run(["sh", "-c", one[2]], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
        for one in found
    ]
    assert [(one.returncode, one.stdout, one.stderr) for one in run] == [(0, "", "")] * 2
    page = Path(office.places["SITE"]) / "current/index.html"
    page.write_text("被改了", encoding="utf-8")
    altered = subprocess.run(["sh", "-c", found[1][2]], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert "被改动：index.html" in altered.stdout


def test_every_block_is_sound_shell_and_enough_are_followed() -> None:
    """Those to follow and those that are only shown."""
    found = blocks(TEXT)
    assert len(found) >= 15
    assert (
        subprocess.run(["bash", "-n"], input="\n".join(found), text=True, env=clean(), capture_output=True).stderr == ""
    )
    assert TEXT.count("```sh") == len(found)


def test_every_command_of_ours_that_the_page_names_exists() -> None:
    """`mingzhang something`, in blocks and in sentences."""
    named = set(re.findall(r"(?:`|bin/|\W )mingzhang\"? (?:--\w+ \S+ )?([a-z]+)\b(?= |`)", TEXT)) - {"told"}
    assert {"pipeline", "verify", "rollback", "releases", "status"} <= named
    assert named <= {name for name, _, _ in HELP}
