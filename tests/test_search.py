"""What the search is made from: stubs, the jump list, the index and its cache. What it finds is seen in
tests/browser/test_search.py.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import brotli
import pytest
from lxml import html

from build_tools.fast import fold
from build_tools.web.pages.model import About, Page
from build_tools.web.search import (
    SearchError,
    Stub,
    fill_page,
    index,
    known_stubs,
    stub_of,
    stub_of_written,
    unfolded,
    write_search,
)
from build_tools.web.search.jump import initials, jump_files
from build_tools.web.search.page import MARKDOWN
from build_tools.web.search.stub import stub_html
from tests.stubs import ROWS, department, district, read_back, row, sections

HOSTILE = (
    "<script>hit=1</script>",
    "</h1><img src=x onerror=hit=1>",
    "\"'&lt;&#x6c;",
    "$& $1 ${hit}",
    "{{ hit }} {% hit %}",
    "\\u0001 \\ /",
    "\u202e倒过来\u202c",
    "＜ｓｃｒｉｐｔ＞",
    "长" * 2000,
    "]]>",
    "%s %d",
    "constructor",
    "__proto__",
    "--option",
    "../../etc",
)
SMALL = [*district("jia", "甲区", {"finance-bureau": "财政局"}), *sections()]


def tree(folder: Path) -> dict[str, str]:
    """Every file by its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_stub_says_what_its_page_is_about_and_copies_have_none() -> None:
    about = About("甲区", "jia/finance-bureau/", "财政局", year=2024, kind="部门决算", rows=ROWS)
    page = Page("jia/finance-bureau/2024/final-accounts/", "财政局2024年度部门决算", "", "", (), {}, about=about)
    assert stub_of(page) == Stub(page.url, page.title, about)
    assert (
        stub_of(Page("jia/finance-bureau/final-accounts/", page.title, "", "", (), {}, canonical=page.url, about=about))
        is None
    )


def test_folded_stubs_are_small_and_unfolded_they_are_the_same_and_share_their_rows() -> None:
    """The process that waits for the departments of a city holds the stubs of all."""
    groups = [
        district(f"d{number}", f"{number}区", {"finance-bureau": "财政局"}, range(2015, 2025)) for number in range(3)
    ]
    groups.append(
        [
            Stub(f"{number}/", text, About(answer=text, rows=(row("2010301", text),)))
            for number, text in enumerate(HOSTILE)
        ]
    )
    folded = [fold([None, *stubs, None]) for stubs in groups]
    assert list(unfolded(folded)) == [stub for stubs in groups for stub in stubs]
    assert sum(map(len, folded)) * 3 < sum(len(stub.everything.encode()) for stubs in groups for stub in stubs)
    rows = [one for stub in unfolded(folded[:3]) for one in stub.about.rows]
    assert len(rows) > len(ROWS) == len({id(one) for one in rows})


def test_every_compiled_page_of_the_real_site_is_told_of_with_anchors_that_are_there(site: Path) -> None:
    pages = read_back((site / "search/jump.json").read_text(encoding="utf-8"))
    titles = {page["url"]: page["title"] for page in pages}
    for path in site.rglob("index.html"):
        url = path.parent.relative_to(site).as_posix().removeprefix(".") + "/"
        parsed = html.parse(path)
        canonical = parsed.xpath("string(//link[@rel='canonical']/@href)")
        if url != "search/" and canonical.endswith(f"/{url}".replace("//", "/")):
            heading = parsed.xpath("//h1")[0]
            assert titles.pop(url.removeprefix("/")) == " ".join(
                "".join(heading.itertext()).replace("¶", "").split()
            ), url
    assert titles == {}
    ids = {page["url"]: set(html.parse(site / page["url"] / "index.html").xpath("//@id")) for page in pages}
    assert [
        (page["url"], anchor)
        for page in pages
        for _, _, anchor, *_ in page["tables"]
        if anchor and anchor not in ids[page["url"]]
    ] == []
    codes = [json.loads(path.read_text(encoding="utf-8")) for path in (site / "search").glob("codes-*.json")]
    seen = 0
    for places in (places for file in codes for places in file.values()):
        for _, anchor, steps in places:
            for number in (sum(steps[: length + 1]) for length in range(len(steps))):
                assert anchor in ids[pages[number]["url"]]
                seen += 1
    assert seen > 100


def test_the_jump_list_loses_nothing() -> None:
    stubs = [
        *SMALL,
        *(Stub(f"checks/{number}/", title) for number, title in enumerate(HOSTILE)),
        *department("甲区", HOSTILE[0], "jia/hostile/"),
    ]
    pages = read_back(jump_files(stubs, full=True)["jump.json"])
    expected = {(one.url, one.title, one.about.year, one.about.kind) for one in stubs}
    assert {(page["url"], page["title"], page["year"], page["kind"]) for page in pages} == expected
    assert len(pages) == len(stubs)


def test_a_name_that_holds_its_year_or_a_title_without_its_name_is_kept_whole() -> None:
    about = About("甲区", "jia/2024/", "2024办公室", ("2024办公室",), 2024, "部门决算")
    stubs = [
        Stub("jia/2024/", "2024办公室", About("甲区", "jia/2024/", "2024办公室")),
        Stub("jia/2024/2024/final-accounts/", "2024办公室2024年度部门决算", about),
    ]
    stubs += [Stub("jia/2024/projects/2024/", "2024工程", About("甲区", "jia/2024/", "2024办公室"))]
    assert {(page["url"], page["title"]) for page in read_back(jump_files(stubs, full=True)["jump.json"])} == {
        (one.url, one.title) for one in stubs
    }


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("石峰区", "sfq"),
        ("优化营商环境协调事务中心", "yhyshjxtswzx"),
        ("重庆银行业", "cqyhy"),
        ("“三公”经费", "sgjf"),
        ("A局（2）", "aj2"),
        ("", ""),
        ("、。", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    """A letter that is read in several ways is read as in its word."""
    assert initials(name) == letters


def test_codes_lead_to_every_page_that_has_the_row() -> None:
    stubs = [
        *department("甲区", "财政局", "jia/finance-bureau/"),
        *department("乙区", "财政局", "yi/finance-bureau/", (2024,), (row("2010301", "行政运行"),)),
    ]
    files = jump_files(stubs, full=True)
    pages = read_back(files["jump.json"])
    assert json.loads(files["jump.json"])["codes"] == [["2010301", "行政运行"], ["30201", "办公费"]]
    assert sorted(files) == ["codes-201.json", "codes-302.json", "jump.json"]
    [[title, anchor, steps]] = json.loads(files["codes-201.json"])["2010301"]
    at = [sum(steps[: length + 1]) for length in range(len(steps))]
    assert (title, anchor) == ("行政运行", "expenditure.2010301")
    assert sorted(pages[number]["url"] for number in at) == sorted(one.url for one in stubs if one.about.rows)


def test_what_is_no_code_is_none() -> None:
    stubs = list(
        department(
            "甲区",
            "财政局",
            "jia/f/",
            rows=(row("../../x", "越界"), row("12345678", "太长"), row("", "无"), row("２０１", "全角")),
        )
    )
    assert sorted(jump_files(stubs, full=True)) == ["jump.json"]


def test_two_departments_of_one_name_keep_their_districts() -> None:
    stubs = [
        *district("jia", "甲区", {"finance-bureau": "财政局"}),
        *district("yi", "乙区", {"finance-bureau": "财政局"}),
    ]
    found = json.loads(jump_files(stubs, full=True)["jump.json"])
    assert [[name for name, _ in found["districts"]][place] for _, place, *_ in found["departments"]] == [
        "甲区",
        "乙区",
    ]


def test_the_jump_list_stays_small() -> None:
    """Ten years of 110 departments, 6,000 pages: what a browser fetches, compressed as `publish` does, and how it
    grows.
    """

    def size(number: int) -> tuple[int, int]:
        departments = {f"department-number-{one}": f"示例县第{one}号行政事务服务中心" for one in range(number)}
        stubs = [*district("example-county", "示例县", departments, range(2015, 2025)), *sections(range(2015, 2025))]
        files = jump_files(stubs, full=True)
        return len(stubs), len(brotli.compress(files["jump.json"].encode(), quality=9)) + max(
            len(brotli.compress(text.encode(), quality=9)) for text in files.values()
        )

    pages, small = size(20)
    more, large = size(200)
    assert more > 6000
    assert large < 20_000
    assert large / small < more / pages


def test_hand_written_pages_are_read_without_their_frame() -> None:
    article = (
        "\n<h1 id='a'>怎么看<a class='headerlink'>¶</a></h1>\n<p>先看<b>合计</b>&amp;</p><p>再看</p><script>"
        "hit()</script>"
    )
    found = stub_of_written(
        "guide/", f"<title>x - 明账</title><nav>菜单</nav><article>{article}</article><footer>尾</footer>"
    )
    assert found == Stub("guide/", "怎么看", About(answer="先看合计& 再看"))
    assert stub_of_written("x/", "<article><p>没有标题</p></article>") is None
    assert stub_of_written("x/", "<h1>文章之外</h1>") is None


@pytest.mark.parametrize("title", HOSTILE)
def test_a_stub_holds_text_only(title: str) -> None:
    stub = Stub("x/", title, About("甲区", "jia/", title, (title,), 2024, title, (), (row("201", title),), title))
    page = html.fromstring(stub_html(stub))
    assert [one.tag for one in page.iter() if isinstance(one.tag, str)] == [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "h1",
        *["p"] * len(page.findall(".//p")),
    ]
    assert page.findtext(".//h1") == title


def test_the_same_stubs_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    """Three runs of Pagefind."""
    trees = []
    for number, stubs in enumerate((SMALL, SMALL[::-1], SMALL)):
        write_search(stubs, tmp_path / f"site-{number}", tmp_path / f"cache-{number}")
        trees.append(tree(tmp_path / f"site-{number}"))
    assert trees[0] == trees[1] == trees[2]
    assert {"search/jump.json", "search/pagefind/pagefind.js"} < trees[0].keys()
    assert not [name for name in trees[0] if "ui" in name or "highlight" in name or name.endswith(index.SEAL)]


def test_nothing_is_indexed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[Path] = []
    real = index.run_pagefind
    monkeypatch.setattr(index, "run_pagefind", lambda pages, out: (runs.append(pages), real(pages, out))[1])
    for stubs, number in ((SMALL, 1), (SMALL, 1), (SMALL[:-1], 2), (SMALL, 3)):
        write_search(stubs, tmp_path / "site", tmp_path / "cache")
        assert len(runs) == number
        # what stood there before is not kept
        assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.parametrize("how", ["gone", "altered", "added", "link", "seal", "file", "folder"])
def test_a_cache_that_is_not_ours_is_made_again(tmp_path: Path, how: str) -> None:
    cache = tmp_path / "cache"
    write_search(SMALL, tmp_path / "first", cache)
    [kept] = cache.iterdir()
    wanted = tree(kept)
    script = kept / "pagefind/pagefind.js"
    if how == "gone":
        script.unlink()
    elif how == "altered":
        script.write_text("hit()", encoding="utf-8")
    elif how == "added":
        (kept / "hit.js").write_text("hit()", encoding="utf-8")
    elif how == "link":
        shutil.copy(script, tmp_path / "same.js")
        script.unlink()
        script.symlink_to(tmp_path / "same.js")
    elif how == "seal":
        (kept / index.SEAL).write_bytes(b"\xff")
    else:
        shutil.rmtree(kept)
        kept.write_text("x", encoding="utf-8") if how == "file" else kept.mkdir()
    write_search(SMALL, tmp_path / "second", cache)
    assert tree(tmp_path / "second") == tree(tmp_path / "first")
    assert tree(kept) == wanted
    assert not script.is_symlink()


def test_a_foreign_configuration_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pagefind.toml").write_text(
        'exclude_selectors = ["h1", "p"]\noutput_subdir = "hit"\n', encoding="utf-8"
    )
    write_search(SMALL, tmp_path / "plain", tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "h1,p")
    write_search(SMALL, tmp_path / "other", tmp_path / "another")
    assert tree(tmp_path / "other") == tree(tmp_path / "plain")


def test_a_site_without_anything_still_has_a_list(tmp_path: Path) -> None:
    write_search([None], tmp_path / "site", tmp_path / "cache")
    assert json.loads((tmp_path / "site/search/jump.json").read_text(encoding="utf-8"))["full"] is False
    assert not (tmp_path / "site/search/pagefind").exists()


def test_a_preview_has_no_index_and_says_so(tmp_path: Path) -> None:
    write_search(SMALL, tmp_path / "site", tmp_path / "cache", full=False)
    assert json.loads((tmp_path / "site/search/jump.json").read_text(encoding="utf-8"))["full"] is False
    assert not (tmp_path / "cache").exists()


def test_pagefind_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "PROGRAM", "no_such_program")
    with pytest.raises(SearchError, match="检索索引没有做成"):
        write_search(SMALL, tmp_path / "site", tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_plain_list_names_every_place_and_holds_text_only() -> None:
    stubs = [*SMALL, *district("yi", "<i>乙区</i>", {"x": "<b>局</b>"}), Stub("guide/", "怎么看")]
    nav = html.fromstring(fill_page(MARKDOWN, known_stubs(stubs))).get_element_by_id("mz-browse")
    links = {one.get("href"): one.text_content() for one in nav.iter("a")}
    assert links["../yi/x/"] == "<b>局</b>"
    assert links["../yi/"] == "某市<i>乙区</i>"
    assert links["../sections/final-accounts/2024/"] == "2024年"
    assert links["../guide/"] == "怎么看"
    wanted = {one.url for one in stubs if one.url.count("/") < 3 and not one.about.year} | {
        one.url for one in stubs if one.url.startswith("sections/")
    }
    assert {link.removeprefix("../") for link in links} == wanted


def test_every_page_leads_to_the_search(site: Path) -> None:
    """By a form that the theme's script does not take for its own."""
    for path in (one for one in site.rglob("*.html") if one.name not in ("portable.html", "charts.html")):
        page = html.parse(path)
        [form] = page.xpath("//header//form[@role='search']")
        assert not form.get("name")
        action = form.get("action")
        assert (
            action == "/search/"
            if path.name == "404.html"
            else (path.parent / action / "index.html").resolve() == (site / "search/index.html").resolve()
        )
        assert [one.get("name") for one in form.iter("input")] == ["q"]
