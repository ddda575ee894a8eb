"""Files beside pages: one value, one list of formats, one writer of CSV."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.accounts.statement import Statement
from build_tools.checks import check_project
from build_tools.resources import TEMPLATES
from build_tools.web.exports import Origin, count_data_files, csv_of, downloads, format_name, suffix_of
from build_tools.web.exports.downloads import BY_SUFFIX, FORMATS, Format
from build_tools.web.page import Renderer
from build_tools.web.pages.disclosure import disclosure_page
from build_tools.web.pages.model import Page, Site
from build_tools.web.pages.sitemap import department_pages
from build_tools.web.pages.tags import described
from examples.make_demo import DEMO
from tests.helpers import ROOT

PACKAGE = ROOT / "build_tools"


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """Every page of the departments of the demonstration."""
    project = read_project(DEMO)
    site = Site(project, url="https://example.invalid/")
    return [
        page
        for report in check_project(project)[0]
        for _, group in department_pages(report, site)
        for page in group()
        if not page.canonical
    ]


def names(path: Path) -> Iterator[str]:
    """What a module asks the library of CSV for."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "csv":
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and node.module == "csv":
            yield from (alias.name for alias in node.names)


def test_csv_is_written_in_one_module_only() -> None:
    writers = {"writer", "DictWriter"}
    assert [path.name for path in sorted(PACKAGE.rglob("*.py")) if writers & {*names(path)}] == ["csv_file.py"]


def test_a_file_of_rows_is_what_the_library_would_write() -> None:
    text = csv_of((("区划", "数值"), ("石峰区", "1,2"), ('甲"乙', ""), ("=1+1", "-3.00")))
    assert text == '\ufeff区划,数值\r\n石峰区,"1,2"\r\n"甲""乙",\r\n\'=1+1,-3.00\r\n'


def test_every_file_beside_a_page_has_a_format(pages: list[Page]) -> None:
    files = [one for page in pages for one in page.downloads]
    assert {one.media_type for one in files} >= {"text/csv", "application/atom+xml"}
    assert all(suffix_of(one.url) in BY_SUFFIX and one.title and one.data for one in files)
    assert count_data_files([one.url for one in files]) == sum(one.url.endswith(".csv") for one in files)


def test_formats_are_told_apart_by_their_suffix() -> None:
    assert len(BY_SUFFIX) == len(FORMATS) == len({one.media_type for one in FORMATS})
    assert (format_name("甲/2020/a.csv"), format_name("original.pdf")) == ("CSV", "PDF")
    with pytest.raises(KeyError):
        format_name("甲/2020/a.doc")
    assert count_data_files(["search/codes-201.json", "a.csv", "original.pdf"]) == 1


def test_the_description_for_machines_names_the_files_and_their_types(pages: list[Page]) -> None:
    described = [page for page in pages if page.dataset]
    assert described
    for page in described:
        told = page.dataset["distribution"] if page.dataset else ()
        assert isinstance(told, list)
        found = Counter((one["contentUrl"], one["encodingFormat"]) for one in told)
        data = [one for one in page.downloads if one.format.data]
        assert found == Counter((f"https://example.invalid/{one.url}", one.media_type) for one in data)


def test_another_format_is_a_line_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables come in it, the page calls it by its name, machines are told of it, and it is counted."""

    def write_json(statements: Sequence[Statement], origin: Origin) -> bytes:
        return json.dumps([[one.form.title for one in statements], origin.words]).encode()

    further = Format(".json", "application/json", "JSON", True, write_json)
    monkeypatch.setattr(downloads, "FORMATS", (*FORMATS, further))
    monkeypatch.setitem(downloads.BY_SUFFIX, further.suffix, further)
    project = read_project(ROOT)
    report = check_project(project)[0][0]
    page = disclosure_page(report.checked[0], report, Site(project))
    ours = [one for one in page.downloads if one.url.endswith(".json")]
    assert len(ours) == len({one.form.slug for one in report.checked[0].disclosure.statements.values()})
    assert count_data_files([one.url for one in page.downloads]) == len(page.downloads) == 2 * len(ours) + 1
    body = Renderer(TEMPLATES, project.reference, lambda file, line: "").body(page, "")
    links = html.fromstring(body).xpath("//a[@download]")
    assert {one.url for one in ours} <= {one.get("href") for one in links}
    assert {one.text for one in links} >= {"下载 CSV", "下载 JSON", f"{ours[0].title}（JSON）"}
    distribution = page.dataset["distribution"] if page.dataset else ()
    assert isinstance(distribution, list)
    assert sum(one["encodingFormat"] == "application/json" for one in distribution) == len(ours)
    assert described(page.downloads) == "，每张表一个 CSV、JSON 文件"
