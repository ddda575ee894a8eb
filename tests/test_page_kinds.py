"""The list of page kinds is what the sites hold, and all that goes by addresses goes by it."""

from __future__ import annotations

import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from build_tools import page_kinds as listing
from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.page_kinds import OTHERS, SCOPES, PageKind, page_kinds, reserved_names
from build_tools.record import past_of, public_view, read_trails, with_record
from build_tools.web.pages.home import map_pages
from build_tools.web.pages.model import Link, Page, Site
from build_tools.web.pages.sitemap import department_pages, kinds_of, maker, pages_above
from build_tools.web.pages.summary import summary_of
from build_tools.web.search import ADDRESS, markdown_file
from examples.make_demo import DEMO
from tests.helpers import ROOT

PAGES = ROOT / "build_tools" / "web" / "pages"
TEMPLATES = ROOT / "templates"
# what the functions of each scope are given before the site
GIVEN = {"site": 1, "district": 2, "department": 1, "year": 2}


def pages_of(root: Path) -> Iterator[Page]:
    """Every compiled page of a project as a value."""
    project = read_project(root)
    site, trails = Site(project), read_trails(root)
    past = [(one, past_of(one, project, trails)) for one in check_project(project)[0]]
    reports = [public_view(with_record(one, its, project), project) for one, its in past]
    for report in reports:
        yield from chain.from_iterable(group() for _, group in department_pages(report, site))
    summaries = [summary_of(report, report.department.years, site) for report in reports]
    for above in pages_above(site):
        yield from above.pages([one for one in summaries if one.link.url.startswith(above.below)])
    yield from map_pages(summaries, (), (), site)


def shaped(kind: PageKind, url: str) -> bool:
    """True where a page of this kind may have this address."""
    shapes = (re.sub(r"\\\{(\w+)\\\}", as_pattern, re.escape(one)) for one in kind.addresses)
    return any(re.fullmatch(one, url) for one in shapes)


def as_pattern(name: re.Match[str]) -> str:
    """What may stand in the place of a name in an address."""
    return r"\d{4}" if name[1] == "year" else "(?!projects/)[a-z0-9][a-z0-9-]*"


def test_every_kind_is_in_the_sites_at_its_addresses_and_no_other_page_is(demo: Path) -> None:
    met: dict[str, set[str]] = defaultdict(set)
    for page in pages_of(demo.parent):
        met[page.template].add(page.url)
    kinds = {one.template: one for one in page_kinds().values()}
    assert met.keys() == kinds.keys()
    assert [url for template, urls in met.items() for url in urls if not shaped(kinds[template], url)] == []
    # no shape is told that no page has
    apart = [PageKind(one.name, (shape,)) for one in kinds.values() for shape in one.addresses if one.name != "held"]
    assert [one for one in apart if not any(shaped(one, url) for url in met[one.template])] == []


def test_a_built_site_holds_nothing_else(demo: Path) -> None:
    built = {f"{path.parent.relative_to(demo).as_posix()}/" for path in demo.rglob("index.html")} - {"./"}
    by_hand = {f"{path.stem}/" for path in (DEMO / "content").glob("*.md")} | {ADDRESS}
    assert {url for url in built - by_hand if not any(shaped(one, url) for one in page_kinds().values())} == set()
    roots = {one.address for one in page_kinds().values() if one.title}
    assert roots <= built
    text = (demo / "map" / "index.html").read_text(encoding="utf-8")
    body = text[text.index('<div class="mz-map">') :]
    assert all(f'<a href="../{one.address}">{one.title}</a>' in body for one in page_kinds().values() if one.on_map)


def test_what_makes_pages_is_there_and_takes_what_its_scope_gives() -> None:
    for scope in SCOPES:
        for kind in kinds_of(scope):
            *given, site = inspect.signature(maker(kind)).parameters
            assert (len(given), site) == (GIVEN[scope], "site"), kind.name
            assert (scope == "site") == bool(kind.reads), kind.name
            assert (scope == "site") == bool(kind.title), kind.name


def test_pages_are_filled_into_templates_of_the_list() -> None:
    named = {name for path in PAGES.glob("*.py") for name in re.findall(r'"(\w+)\.html\.j2"', path.read_text("utf-8"))}
    assert named == set(page_kinds())


def test_templates_and_navigation_lead_to_pages_that_there_are() -> None:
    known = {one.address: one.title for one in page_kinds().values() if one.title} | {ADDRESS: ""}
    known |= {f"{path.stem}/": "" for path in (ROOT / "content").glob("*.md")} | {"assets/": ""}
    for path in (one for one in TEMPLATES.rglob("*") if one.suffix in (".j2", ".html")):
        text = path.read_text("utf-8")
        found = re.findall(r"\{\{ base \}\}([a-z][a-z-]*/)", text) + re.findall(r"'([a-z-]+/)' \| url", text)
        assert set(found) <= known.keys(), path.name
    for root in (ROOT, DEMO):
        settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
        entries = {url: title for one in yaml.safe_load(settings)["nav"] for title, url in one.items()}
        assert {url: title for url, title in entries.items() if url.endswith("/")}.items() <= known.items()


def test_reserved_names_are_exactly_these() -> None:
    pages = {"checks", "compare", "corrections", "inquiries", "map", "quality", "sections"}
    assert reserved_names().keys() - OTHERS.keys() == pages
    assert OTHERS.keys() == {"assets", "data", "glossary", "guide", "reference", "search"}
    assert markdown_file()[0] == f"{ADDRESS.removesuffix('/')}.md"


@pytest.mark.parametrize("name", sorted({*reserved_names()} - {"reference"}))
def test_no_district_is_called_like_a_page(project_root: Path, name: str) -> None:
    (project_root / "data" / name).mkdir()
    [found] = read_project(project_root).findings
    assert (found.code, found.place.file) == ("path-taken", f"data/{name}")
    assert f"“{name}”" in found.message
    assert reserved_names()[name] in found.message


@pytest.mark.parametrize("page", ["budget-law.md", "pictures/one.png"])
def test_nor_like_a_page_that_was_written_by_hand(project_root: Path, page: str) -> None:
    written = project_root / "content" / page
    written.parent.mkdir(exist_ok=True)
    written.touch()
    name = page.split("/")[0]
    (project_root / "data" / name.removesuffix(".md")).mkdir()
    [found] = read_project(project_root).findings
    assert found.code == "path-taken"
    assert f"留给 content/{name}" in found.message


def test_a_department_may_be_called_so(project_root: Path) -> None:
    (project_root / "data" / "lukou" / "checks").mkdir()
    assert read_project(project_root).findings == ()


@pytest.mark.parametrize(
    ("head", "why"),
    [("", "no head"), ("{#-\naddresses: [a/]\nplace: b\n-#}\n", "place"), ("{#-\naddresses: [a/]\nof: x\n-#}\n", "x")],
)
def test_a_template_without_a_sound_head_is_refused(head: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "further.html.j2").write_text(f"{head}<p>", encoding="utf-8")
    with pytest.raises(ValueError, match=why):
        listing.read_head(tmp_path / "further.html.j2")


def test_another_kind_is_two_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A template with its head, and the module that it names."""

    def further_pages(links: Sequence[Link], site: Site) -> Iterator[Page]:
        yield Page("further/", "另一种", "", "further.html.j2", site.root_crumbs, {"links": links})

    module = ModuleType("build_tools.web.pages.further")
    vars(module).update(further_pages=further_pages)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for path in listing.PAGES.iterdir():
        (tmp_path / path.name).symlink_to(path)
    head = "addresses: [further/]\ntitle: 另一种\nmade_by: further.further_pages\nreads: [link]\non_map: true\n"
    (tmp_path / "further.html.j2").write_text(f"{{#-\n{head}-#}}\n<p>", encoding="utf-8")
    monkeypatch.setattr(listing, "PAGES", tmp_path)
    for known in (page_kinds, reserved_names):
        known.cache_clear()
    try:
        site = Site(read_project(ROOT))
        [above] = [one for one in pages_above(site) if one.name == "further/"]
        assert [page.url for page in above.pages(())] == ["further/"]
        [page] = map_pages((), (), ("further/", "checks/"), site)
        assert page.values["others"] == [Link("另一种", "further/"), Link("核对规则", "checks/")]
        assert reserved_names()["further"] == "“另一种”一页"
    finally:
        for known in (page_kinds, reserved_names):
            known.cache_clear()
