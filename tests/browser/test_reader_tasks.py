"""docs/reader-tasks.md walked in a browser as a person would: a phone's screen, links found by the words on them, taps
counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.serving import Watch, served
from tests.helpers import ROOT

pytestmark = pytest.mark.browser
STEPS, WIDTH = 3, 390
SITES = {"real": "site", "fictional": "demo"}


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the table: the question, the site, the words of the links, the words that answer it."""

    asked: str
    site: str
    path: list[str]
    seen: str


def tasks() -> list[Task]:
    """The table."""
    lines = (ROOT / "docs/reader-tasks.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]
    return [
        Task(asked, SITES[site], re.findall("`([^`]+)`", path), seen.strip("`")) for asked, site, path, seen in rows
    ]


TASKS = tasks()


def packed(text: str) -> str:
    """Words without the room between them."""
    return re.sub(r"\s", "", text)


def link(page: Page, words: str) -> Locator:
    """The first link that says just this and stands on the screen; a drawer that is shut does not."""
    found = [
        one
        for one in page.get_by_role("link", name=words, exact=True).all()
        if one.is_visible() and within_the_screen(one)
    ]
    assert found, f"{page.url} shows no link “{words}”"
    return found[0]


def within_the_screen(one: Locator) -> bool:
    """No sideways scrolling is needed to tap it."""
    one.scroll_into_view_if_needed()
    box = one.bounding_box()
    return box is not None and box["x"] >= 0 and box["x"] + min(box["width"], 24) <= WIDTH


def answer(page: Page, path: list[str]) -> str:
    """Walk: what can be read in the end, on the page or in the file that was asked for."""
    for words in path:
        here = link(page, words)
        if here.get_attribute("download") is not None:
            with page.expect_download() as download:
                here.tap()
            return Path(download.value.path()).read_text(encoding="utf-8-sig")
        before = page.url
        here.tap()
        page.wait_for_url(lambda url, before=before: url != before)
    return page.locator("main").inner_text()


def test_the_table_asks_what_was_promised() -> None:
    """At least the seven tasks, each in three steps at the most."""
    assert len(TASKS) >= 7
    assert [one.asked for one in TASKS if not 1 <= len(one.path) <= STEPS or not one.seen] == []


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("task", TASKS, ids=[one.asked for one in TASKS])
def test_a_reader_finds_the_answer(chrome: Browser, request: pytest.FixtureRequest, task: Task, scripts: bool) -> None:
    """From the home page, by what can be seen."""
    with served(request.getfixturevalue(task.site)) as base:
        context = chrome.new_context(
            viewport={"width": WIDTH, "height": 844},
            has_touch=True,
            is_mobile=True,
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        page = context.new_page()
        watch = Watch(page, base)
        page.goto(base)
        assert packed(task.seen) in packed(answer(page, task.path))
        assert [one for one in watch.problems if not one.startswith("failed: ")] == []
        context.close()
