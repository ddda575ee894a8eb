"""`python -m tools.lighthouse SITE [ADDRESS …]`: Lighthouse's four figures for pages of a built site at phone size, as
a Markdown table.

For docs/performance.md; figures of a machine under load say little, so no test asserts them. Needs node (`npx` fetches
the one version named here) and Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.serving import FLAGS, served

VERSION = "13.5.0"
FIGURES = {"performance": "速度", "accessibility": "无障碍", "best-practices": "做法", "seo": "搜索引擎"}


def figures(url: str, chromium: str) -> dict[str, int]:
    """The four scores of a page, of a hundred. Raises CalledProcessError where Lighthouse fails."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [
            "npx",
            "--yes",
            f"lighthouse@{VERSION}",
            url,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags=--headless {' '.join(FLAGS)}",
        ]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium})
        found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * (found[name]["score"] or 0)) for name in FIGURES}


def main(arguments: list[str]) -> int:
    """The table; 1 where node or Chromium is missing."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or shutil.which("npx") is None:
        print("需要 node 和 Chromium", file=sys.stderr)
        return 1
    site, addresses = Path(arguments[0]), arguments[1:] or [""]
    print(f"| 页面 | {' | '.join(FIGURES.values())} |\n|---|{'---:|' * len(FIGURES)}")
    with served(site) as base:
        for address in addresses:
            print(
                f"| /{address} | {' | '.join(str(one) for one in figures(base + address, chromium).values())} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
