"""Charts and sorting in a real Chromium, on the fictional district: drawn when they come into view, in both colour
schemes, saved; tables alone without scripts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page

from tests.browser.serving import Watch, served, until

pytestmark = pytest.mark.browser
DEPARTMENT, YEAR = "example-county/education-bureau/", "example-county/education-bureau/2024/"
LIBRARY = "mingzhang-echarts."
FIGURES = "[...document.querySelectorAll('.mz-sortable tbody tr')].map(row => row.cells[1].textContent.trim())"


@pytest.fixture(scope="module")
def place(demo: Path) -> Iterator[str]:
    """The address of the demo."""
    with served(demo) as address:
        yield address


def drawn(page: Page) -> int:
    """Every chart of the page brought into view, drawn; how many they are."""
    boxes = page.locator(".mz-drawing")
    for number in range(boxes.count()):
        boxes.nth(number).scroll_into_view_if_needed()
        until(page, "number => document.querySelectorAll('.mz-drawing')[number].dataset.drawn", number)
    return boxes.count()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [DEPARTMENT, YEAR, "compare/", "compare/charts.html"])
def test_charts_are_drawn_cleanly(chrome: Browser, place: str, address: str, width: int, scheme: str) -> None:
    """As pictures whose marks are as many as the figures, with each figure written, inside the page, without a message
    or a foreign request.
    """
    page = chrome.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    watch = Watch(page, place)
    page.goto(place + address)
    assert drawn(page) >= 1
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for box in page.locator(".mz-drawing").all():
        data = json.loads(box.evaluate("box => box.nextElementSibling.textContent"))
        words = box.locator("svg text").all_text_contents()
        assert box.locator("svg").get_attribute("aria-hidden") == "true"
        assert all(column in words for column in data["columns"]) or data["manner"] == "ranks"
        if data["manner"] == "ranks":
            figures = [f"{float(row['values'][0]):,.2f}" for row in data["rows"]]
            assert all(figure in words for figure in figures)
        size = box.bounding_box()
        assert size
        assert size["x"] + size["width"] <= width + 1
    assert watch.problems == []
    page.close()


def test_the_library_is_fetched_when_a_chart_comes_into_view(chrome: Browser, place: str) -> None:
    """Not before, once, and not at all on a page without a chart."""
    page = chrome.new_page(viewport={"width": 390, "height": 500})
    watch = Watch(page, place)
    page.goto(place + DEPARTMENT)
    page.wait_for_timeout(300)
    assert not [url for url in watch.requests if LIBRARY in url]
    drawn(page)
    assert len([url for url in watch.requests if LIBRARY in url]) == 1
    page.goto(place + "quality/")
    page.wait_for_load_state("networkidle")
    assert len([url for url in watch.requests if LIBRARY in url]) == 1
    assert watch.problems == []
    page.close()


def test_a_picture_can_be_saved(chrome: Browser, place: str, tmp_path: Path) -> None:
    """As an SVG file with its title, its words and its address; it names nothing outside."""
    page = chrome.new_page()
    page.goto(place + DEPARTMENT)
    drawn(page)
    with page.expect_download() as waiting:
        page.locator(".mz-tools button").first.click()
    waiting.value.save_as(tmp_path / "saved.svg")
    assert waiting.value.suggested_filename == "示例县教育局 收入和支出.svg"
    tree = etree.parse(tmp_path / "saved.svg")
    space = {"s": "http://www.w3.org/2000/svg"}
    assert tree.xpath("string(/s:svg/s:title)", namespaces=space) == "收入和支出（万元）"
    description = tree.xpath("string(/s:svg/s:desc)", namespaces=space)
    assert page.locator(".mz-drawing").first.get_attribute("aria-label") in description
    assert page.url in description
    assert not tree.xpath("//@href[starts-with(., 'http')]")
    assert len(tree.xpath("//s:path", namespaces=space)) > 4
    page.close()


def test_charts_follow_the_colour_scheme(chrome: Browser, place: str) -> None:
    """The button in the head of the page draws them anew."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.goto(place + DEPARTMENT)
    drawn(page)
    colours = (
        "() => [...new Set([...document.querySelectorAll('.mz-drawing svg path')].map(path => "
        "path.getAttribute('stroke')))].sort().join()"
    )
    before = page.evaluate(colours)
    page.locator("label[title='切换到深色']").click()
    until(page, f"before => ({colours})() !== before", before)
    page.close()


def test_lines_differ_by_more_than_colour(chrome: Browser, place: str) -> None:
    """Every line has its own dashes and its own mark."""
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    page.goto(place + DEPARTMENT)
    drawn(page)
    dashes = page.evaluate(
        "[...document.querySelectorAll('[data-drawn=lines] svg path[fill=none][stroke-width=\"2.5\"]')].map(path => "
        "path.getAttribute('stroke-dasharray') || 'solid')"
    )
    assert len(set(dashes)) >= 4
    page.close()


def test_without_scripts_the_tables_say_everything(chrome: Browser, place: str) -> None:
    """No picture, no button, no gap where a picture would be; the words of the chart are there for those who listen."""
    context = chrome.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    for address in (DEPARTMENT, YEAR, "compare/"):
        page.goto(place + address)
        assert page.locator(".mz-chart table").count() >= 1
        assert page.locator(".mz-drawing svg, .mz-chart button").count() == 0
        assert all((box.bounding_box() or {"height": 0})["height"] == 0 for box in page.locator(".mz-drawing").all())
    context.close()


def test_a_comparison_is_sorted_by_a_click(chrome: Browser, place: str) -> None:
    """By figures, greatest first and then least, departments without a figure last both times; by name; told to those
    who listen; by keyboard too.
    """
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    watch = Watch(page, place)
    page.goto(place + "compare/")
    table = page.locator(".mz-sortable").first
    column = table.locator("thead th").nth(1)
    column.locator("button").click()
    assert column.get_attribute("aria-sort") == "descending"
    found = page.evaluate(FIGURES.replace(".mz-sortable", ".mz-chart:first-of-type .mz-sortable"))
    figures = [float(text.replace(",", "")) for text in found if text[0].isdigit()]
    assert len(figures) >= 3
    assert figures == sorted(figures, reverse=True)
    assert found[-1] == "未收录"
    column.locator("button").focus()
    page.keyboard.press("Enter")
    assert column.get_attribute("aria-sort") == "ascending"
    again = page.evaluate(FIGURES.replace(".mz-sortable", ".mz-chart:first-of-type .mz-sortable"))
    assert again == [*reversed(found[:-1]), found[-1]]
    table.locator("thead th button").first.click()
    assert column.get_attribute("aria-sort") is None
    assert table.locator("thead th").first.get_attribute("aria-sort") == "ascending"
    assert watch.problems == []
    page.close()
