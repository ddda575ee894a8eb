"""One click: from any disclosure to its kind in another year, to the other kinds of its year, and to the list that
holds it.

What must be reachable is read from the folders of the built site, never from the links that are under test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from tests.browser.serving import served

pytestmark = pytest.mark.browser
NAMES = {
    "final-accounts": "部门决算",
    "performance-targets": "绩效目标",
    "self-evaluation": "绩效自评",
    "evaluation-report": "绩效评价",
}
YEARS = "//nav[contains(@class, 'mz-years')]//a"
OTHERS = "//p[@class='mz-places']/span[contains(., '本年其他公开')]/following-sibling::a"
PLACE = "//nav[contains(@class, 'mz-crumbs')]//a"
LISTED = "//ul[@class='mz-list']//a"
DEPARTMENT = "example-county/data-service-centre/"
WIDTH = 390


@dataclass(frozen=True)
class Exit:
    """A link on a disclosure page: in which list of links it stands, its words, the address it must lead to."""

    where: str
    words: str
    target: str

    @property
    def path(self) -> str:
        """The link itself, for the browser and for the parser alike."""
        return f"{self.where}[normalize-space()='{self.words}']"

    @property
    def heading(self) -> str:
        """What the page behind it calls itself: year and kind, or the name of the list."""
        *_, year, kind = ("", *self.target.strip("/").split("/"))
        if self.where == PLACE:
            return self.words
        return f"{year}年度{NAMES[kind]}" if kind in NAMES else f"{kind}年"


@pytest.fixture(scope="module", params=["real", "demo"])
def folder(request: pytest.FixtureRequest, site: Path, demo: Path) -> Path:
    """Each of the two sites in turn."""
    return site if request.param == "real" else demo


def disclosures(folder: Path) -> list[str]:
    """The address of every disclosure that has a page: district/department/year/kind/."""
    found = (path.parent.relative_to(folder).as_posix() for path in folder.rglob("index.html"))
    return sorted(f"{one}/" for one in found if re.fullmatch(r"[^/]+/[^/]+/\d{4}/[^/]+", one))


def held(folder: Path, address: str) -> bool:
    """True where the page only says 更正中: such a page comes without any file of figures."""
    return not any((folder / address).glob("*.csv"))


def exits(folder: Path, address: str) -> list[Exit]:
    """Every link that a reader must find on this disclosure. One that is held back is in no list; its page says
    更正中.
    """
    district, department, year, kind = address.strip("/").split("/")
    home = f"{district}/{department}/"
    years = sorted(path.name for path in (folder / home).iterdir() if re.fullmatch(r"\d{4}", path.name))
    found = [year_exit(folder, home, other, kind) for other in years if other != year]
    others = sorted(
        path.parent.name for path in (folder / home / year).glob("*/index.html") if path.parent.name != kind
    )
    found += [Exit(OTHERS, NAMES[other], f"{home}{year}/{other}/") for other in others]
    if held(folder, address):
        return [*found, Exit(PLACE, f"{year}年", f"{home}{year}/")]
    return [
        *found,
        Exit(PLACE, f"{year}年", f"sections/{kind}/{year}/"),
        Exit(PLACE, f"{NAMES[kind]}公开", f"sections/{kind}/"),
    ]


def year_exit(folder: Path, home: str, year: str, kind: str) -> Exit:
    """The same kind in another year; where that year has none the link says so and leads to the year."""
    if (folder / home / year / kind / "index.html").is_file():
        return Exit(YEARS, f"{year}年", f"{home}{year}/{kind}/")
    return Exit(YEARS, f"{year}年（这一年本站没有{NAMES[kind]}）", f"{home}{year}/")


@cache
def tree(page: Path) -> Any:
    """A page of the built sites, read once."""
    return html.parse(page)


def targets(folder: Path, address: str, path: str) -> list[str]:
    """Where the links at a path lead, as addresses of the site; each has a page."""
    found = [urljoin(f"/{address}", link)[1:] for link in tree(folder / address / "index.html").xpath(f"{path}/@href")]
    assert all((folder / one / "index.html").is_file() for one in found), address
    return found


def step(page: Page, base: str, one: Exit, phone: bool) -> None:
    """Use one link as a reader would, and see that the page behind it is the right one."""
    link = page.locator(f"xpath={one.path}")
    if phone:
        assert page.evaluate("document.documentElement.scrollWidth") == WIDTH, page.url
        box = link.bounding_box()
        assert box is not None, f"{page.url}: {one.words} is not to be seen"
        assert box["x"] >= 0, f"{page.url}: {one.words} begins off the screen"
        assert box["x"] + box["width"] <= WIDTH, f"{page.url}: {one.words} ends off the screen"
        link.tap()
    else:
        link.click()
    page.wait_for_url(base + one.target, wait_until="commit")
    assert one.heading in page.locator("h1").inner_text(), page.url


def walk(page: Page, base: str, folder: Path, sample: list[str], phone: bool = False) -> int:
    """Click through every year, every kind and the year's list, going on from where a click leads; from the list, back
    to the disclosure.
    """
    # the last exit is the list of all years, the same for every disclosure of a kind
    left = {address: exits(folder, address)[:-1] for address in sample}
    clicks = sum(map(len, left.values()))
    for start in sample:
        while left[start]:
            here = start
            while left.get(here):
                if page.url != base + here:
                    page.goto(base + here, wait_until="commit")
                title, one = page.locator("h1").inner_text(), left[here].pop()
                step(page, base, one, phone)
                if one.target.startswith("sections/"):
                    step(page, base, Exit(LISTED, title, here), phone)
                else:
                    here = one.target
    return clicks


def test_every_disclosure_has_every_link(folder: Path) -> None:
    """The links that the walks use are on every page, once, lead to the right year and kind, and nothing else is
    offered.
    """
    found = disclosures(folder)
    assert {address.split("/")[3] for address in found} == set(NAMES)
    for address in found:
        expected = exits(folder, address)
        for one in expected:
            assert targets(folder, address, one.path) == [one.target], f"{address}: {one.words}"
        for where in (YEARS, OTHERS):
            offered = [one for one in targets(folder, address, where) if one != address]
            assert sorted(offered) == sorted(one.target for one in expected if one.where == where), address
        for one in expected:
            if one.target.startswith("sections/"):
                assert targets(folder, one.target, LISTED).count(address) == 1, f"{address} is not in {one.target}"


def test_lists_hold_nothing_else(folder: Path) -> None:
    """From a list every link leads to a disclosure of its kind and year."""
    for kind in NAMES:
        for path in (folder / "sections" / kind).rglob("index.html"):
            address = f"{path.parent.relative_to(folder).as_posix()}/"
            year = address.split("/")[2] or r"\d{4}"
            for target in targets(folder, address, LISTED):
                assert re.fullmatch(rf"[^/]+/[^/]+/{year}/{kind}/", target), address


def test_the_newest_disclosure_offers_the_same_without_a_year(folder: Path) -> None:
    """The address without a year is the newest year's page: the same links lead to the same places."""
    found = [address for address in disclosures(folder) if not held(folder, address)]
    for home, kind in {(address.rsplit("/", 3)[0] + "/", address.split("/")[3]) for address in found}:
        newest = max(address for address in found if address.startswith(home) and address.endswith(f"/{kind}/"))
        for one in exits(folder, newest):
            assert targets(folder, f"{home}{kind}/", one.path) == [one.target], f"{home}{kind}/: {one.words}"


@pytest.mark.slow
def test_a_reader_walks_through_the_real_disclosures(chrome: Browser, site: Path) -> None:
    """Every real disclosure: every year, every kind, the list and back. Links need no scripts."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    with served(site) as base:
        assert walk(page, base, site, disclosures(site)) >= 15
    page.close()


@pytest.mark.slow
def test_a_reader_walks_through_a_department(chrome: Browser, demo: Path) -> None:
    """Every disclosure of a fictional department, one year of which has no evaluation report."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    sample = [address for address in disclosures(demo) if address.startswith(DEPARTMENT)]
    assert any("没有绩效评价" in one.words for address in sample for one in exits(demo, address))
    with served(demo) as base:
        assert walk(page, base, demo, sample) >= 25
    page.close()


@pytest.mark.slow
def test_a_reader_walks_with_a_phone(chrome: Browser, folder: Path) -> None:
    """The links are on the screen, and a finger reaches them without moving the page sideways."""
    context = chrome.new_context(viewport={"width": WIDTH, "height": 844}, has_touch=True)
    page = context.new_page()
    with served(folder) as base:
        assert walk(page, base, folder, disclosures(folder)[-1:], phone=True) >= 3
    context.close()
