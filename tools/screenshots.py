"""`python -m tools.screenshots FOLDER SITE …` writes a picture of every kind of page: wide and narrow, light and dark.

For eyes, not for comparison: what a test cannot tell (ugly, crowded, puzzling) is seen here. CI keeps the folder.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.serving import browser, served
from tools.page_kinds import chosen_pages

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# of a long page the beginning tells enough, and Chromium draws no more than 16,384 pixels
TALLEST = 6_000


def shoot(chrome: Browser, base: str, site: Path, pages: list[Path], folder: Path) -> int:
    """Every page at both sizes in both schemes into `folder`; how many pictures."""
    taken = 0
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            context = chrome.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            for path in pages:
                address = path.relative_to(site).as_posix()
                page.goto(base + address.removesuffix("index.html"))
                tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
                name = address.removesuffix(".html").removesuffix("/index").replace("/", "_")
                page.screenshot(
                    path=folder / f"{name}-{size}-{scheme}.png",
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": width, "height": tall},
                )
                taken += 1
            context.close()
    return taken


def main(arguments: list[str]) -> int:
    """The pictures of each site in a folder of its own name; 1 where no browser is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("sites", type=Path, nargs="+", help="built sites")
    asked = parser.parse_args(arguments)
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        print("这台机器上没有 Chromium：没有截图", file=sys.stderr)
        return 1
    chosen = chosen_pages(*asked.sites)
    with browser(program) as chrome:
        for number, site in enumerate(asked.sites, start=1):
            folder = asked.folder / f"{number}-{site.resolve().parent.name}"
            folder.mkdir(parents=True, exist_ok=True)
            with served(site) as base:
                print(
                    f"{shoot(chrome, base, site, [page for home, page in chosen if home == site], folder)} 张截图："
                    f"{folder}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
