"""The search in a real Chromium: every title finds its own page first, and so do twenty things that people type.

What it is made from is tested in tests/test_search.py.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from build_tools.web.search import Stub, write_search
from tests.browser.serving import Watch, served
from tests.stubs import department, district, sections
from tests.test_search import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CENTRE, LUKOU, PUTUO = (
    "shifeng/business-environment-centre/",
    "lukou/business-environment-centre/",
    "shanghai-putuo/finance-bureau/",
)
# what people type → the address, with its anchor, that must come first
QUERIES = {
    # a district, a department, parts of its name, what it is called for short
    "石峰区": "shifeng/",
    "普陀": "shanghai-putuo/",
    "财政局": PUTUO,
    "营商环境 石峰": CENTRE,
    "渌口营商中心": LUKOU,
    "行政审批局": "lukou/administrative-approval-bureau/",
    # with a year, with a kind, written together or apart
    "石峰区营商环境2023": f"{CENTRE}2023/",
    "财政局2024年决算": f"{PUTUO}2024/final-accounts/",
    "部门决算": "sections/final-accounts/",
    "2020 自评": "sections/self-evaluation/2020/",
    "石峰 绩效目标": f"{CENTRE}2023/performance-targets/",
    "审批局22年自评": "lukou/administrative-approval-bureau/2022/self-evaluation/",
    # a table
    "三公": "sections/three-public-expenses/",
    "营商中心 三公 2020": f"{CENTRE}2020/final-accounts/#three-public-expenses",
    "普陀财政局支出决算表": f"{PUTUO}2024/final-accounts/#expenditure",
    # a code, the row that it stands for
    "2010301": f"{CENTRE}2020/final-accounts/#expenditure.2010301",
    "财政局 30201": f"{PUTUO}2024/final-accounts/#basic-expenditure.30201",
    "信息化建设": f"{PUTUO}2024/final-accounts/#expenditure.2010607",
    # first letters of the sounds
    "sfq": "shifeng/",
    "ptqczj2024js": f"{PUTUO}2024/final-accounts/",
    "yhyshj 2020 sgjf": f"{CENTRE}2020/final-accounts/#three-public-expenses",
    # a project, a rule, a page of ours, and words that only the text has
    "职业培训": f"{CENTRE}projects/vocational-training/",
    "expenditure-1": "checks/expenditure-1/",
    "名词解释": "glossary/",
    "综合性服务": f"{CENTRE}2020/self-evaluation/",
}


@pytest.fixture(scope="module")
def made(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two districts that nobody has, with departments of the same names, behind the real page."""
    names = {
        "finance-bureau": "财政局",
        "reform": "发展和改革委员会",
        "labour": "人力资源和社会保障局",
        "reform-centre": "改革发展服务中心",
    }
    stubs = [*district("jia", "甲区", names), *district("yi", "乙区", names), *sections()]
    for number in range(30):
        stubs += department("甲区", f"第{number}小学", f"jia/school-{number}/")
    stubs += [Stub(f"checks/{number}/", title) for number, title in enumerate(HOSTILE)]
    out = tmp_path_factory.mktemp("made") / "site"
    shutil.copytree(site, out, ignore=shutil.ignore_patterns("pagefind", "*.json"))
    write_search(stubs, out, out.parent / "cache")
    return out


@pytest.fixture(scope="module")
def elsewhere(made: Path) -> Iterator[str]:
    """Its address."""
    with served(made) as address:
        yield address


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    """A page of its own."""
    found = chrome.new_page(viewport={"width": 1280, "height": 900})
    yield found
    found.close()


def first(page: Page) -> str:
    """The address of what stands first once everything has been found."""
    expect(page.locator("#mz-status")).not_to_be_empty()
    found = page.locator("#mz-hits li:first-child a").get_attribute("href")
    assert found is not None
    return found


def ask(page: Page, text: str) -> None:
    """A new question, with what was said to the last one gone."""
    page.locator("#mz-query").fill("")
    expect(page.locator("#mz-status")).to_be_empty()
    page.locator("#mz-query").fill(text)


@pytest.mark.parametrize("which", ["real", "demo"])
def test_every_title_finds_its_own_page_first(page: Page, site: Path, demo: Path, which: str) -> None:
    """Titles and addresses are read from the pages; those of one name may stand in any order."""
    folder = {"real": site, "demo": demo}[which]
    pages: dict[str, set[str]] = defaultdict(set)
    for path in folder.rglob("index.html"):
        parsed, url = html.parse(path), path.parent.relative_to(folder).as_posix().removeprefix(".")
        if (
            parsed.xpath("string(//link[@rel='canonical']/@href)").endswith(f"/{url}/" if url else "/")
            and url != "search"
        ):
            pages["".join(parsed.xpath("//h1")[0].itertext()).replace("¶", "").strip()].add(f"{url}/" if url else "")
    assert len(pages) > 100
    with served(folder) as address:
        watch = Watch(page, address)
        page.goto(f"{address}search/")
        for title, urls in pages.items():
            # the box takes a hundred letters
            page.locator("#mz-query").fill(title[:100])
            any_of = ", ".join(f'#mz-hits li:first-child a[href="{address}{url}"]' for url in urls)
            page.locator(any_of).wait_for(timeout=5000)
        assert watch.problems == []


def test_what_people_type_finds_the_right_page_first(page: Page, base: str) -> None:
    watch = Watch(page, base)
    page.goto(f"{base}search/")
    wrong = {}
    for text, wanted in QUERIES.items():
        ask(page, text)
        if (found := first(page).removeprefix(base)) != wanted:
            wrong[text] = found
    assert wrong == {}
    assert watch.problems == []


def test_letter_by_letter(page: Page, base: str) -> None:
    """No error and no request that leaves the site at any moment; the last letter counts, however quickly they come."""
    watch = Watch(page, base)
    page.goto(f"{base}search/")
    for text in (
        "石峰区优化营商环境协调事务中心2020年度部门决算 三公 2010301",
        "“三公”经费（%&<>*+?^$[]\\",
        "yhyshj2020bmjs",
    ):
        page.locator("#mz-query").fill("")
        page.locator("#mz-query").press_sequentially(text, delay=15)
    assert first(page) == f"{base}{CENTRE}2020/final-accounts/"
    assert watch.problems == []


def test_letters_that_are_still_put_together_are_not_asked_for(page: Page, base: str) -> None:
    """An input method shows sounds before it writes characters; its Enter is not ours."""
    page.goto(f"{base}search/")
    keyboard = page.context.new_cdp_session(page)
    page.locator("#mz-query").focus()
    keyboard.send("Input.imeSetComposition", {"text": "shi'feng", "selectionStart": 8, "selectionEnd": 8})
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(400)
    assert page.locator("#mz-hits li").count() == 0
    keyboard.send("Input.insertText", {"text": "石峰区"})
    assert first(page) == f"{base}shifeng/"


def test_the_keyboard(page: Page, base: str) -> None:
    """Down to the results and back, Enter opens, Escape goes back to the box and then clears it."""
    page.goto(f"{base}search/")
    page.keyboard.type("石峰区")
    first(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == f"{base}{CENTRE}"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#mz-query")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#mz-query")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#mz-query")).to_have_value("")
    expect(page.locator("#mz-hits li")).to_have_count(0)
    assert "q=" not in page.url
    page.keyboard.type("三公")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}sections/three-public-expenses/")


def test_the_question_stands_in_the_address_and_survives_the_way_back(page: Page, base: str) -> None:
    page.goto(f"{base}search/?q={quote('财政局 & 三公')}")
    expect(page.locator("#mz-query")).to_have_value("财政局 & 三公")
    wanted = f"{base}{PUTUO}2024/final-accounts/#three-public-expenses"
    assert first(page) == wanted
    page.locator("#mz-hits a").first.click()
    page.wait_for_url(wanted)
    page.go_back()
    assert first(page) == wanted


@pytest.mark.parametrize("address", ["", PUTUO, f"{CENTRE}2020/final-accounts/", "nowhere/at/all/"])
def test_every_page_has_the_box(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    box = page.locator("form[role=search]:visible input")
    # Python's server has no 404 page of ours to show
    if address != "nowhere/at/all/":
        box.fill("职业培训")
        box.press("Enter")
        page.wait_for_url(f"{base}search/?q=*")
        assert first(page) == f"{base}{CENTRE}projects/vocational-training/"


def test_those_who_cannot_see_it_are_told(page: Page, base: str) -> None:
    """The box has a name, the results are a list with a name, and their number is said when it is known."""
    page.goto(f"{base}search/")
    page.get_by_role("searchbox", name="部门、年度、公开类别").fill("财政局")
    expect(page.get_by_role("status")).to_contain_text("直达 3 条，全文提到的")
    assert (
        page.get_by_role("list", name="查找结果").get_by_role("listitem").count()
        == page.locator("#mz-hits li").count()
        > 2
    )
    ask(page, "饕餮貔貅")
    expect(page.get_by_role("status")).to_contain_text("没有找到“饕餮貔貅”")
    expect(page.get_by_role("navigation", name="全部列表")).to_be_visible()


def test_without_scripts_there_is_the_list(chrome: Browser, base: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}search/")
    assert not page.locator("#mz-find").is_visible()
    for name in ("湖南省株洲市石峰区", "上海市普陀区财政局", "部门决算公开", "名词解释"):
        assert page.locator("#mz-browse").get_by_role("link", name=name, exact=True).is_visible()
    page.locator("#mz-browse li", has_text="部门决算公开").get_by_role("link", name="2020年").click()
    assert page.url == f"{base}sections/final-accounts/2020/"
    context.close()


def test_a_phone_never_scrolls_sideways(chrome: Browser, base: str, elsewhere: str) -> None:
    """With the list, with results, with a word without end."""
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    for address in (base, elsewhere):
        page.goto(f"{address}search/")
        for text in ("", "财政局", "职业培训", "2010301", "长" * 100, "饕餮貔貅"):
            page.locator("#mz-query").fill(text)
            page.wait_for_timeout(600)
            assert page.evaluate("document.documentElement.scrollWidth") == 390, text
    page.goto(base + CENTRE)
    page.get_by_role("button", name="查找").click()
    page.wait_for_url(f"{base}search/?q=")
    page.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_and_titles_are_text(page: Page, elsewhere: str, text: str) -> None:
    watch = Watch(page, elsewhere)
    page.goto(f"{elsewhere}search/?q={quote(text[:100], safe='')}")
    # what holds neither letter nor digit asks for nothing
    expect(page.locator("#mz-browse" if text == "]]>" else "#mz-status:not(:empty)")).to_be_visible()
    assert page.evaluate("window.hit === undefined")
    assert set(page.locator("#mz-hits *").evaluate_all("all => all.map(one => one.tagName)")) <= {
        "LI",
        "A",
        "SPAN",
        "P",
        "MARK",
    }
    assert page.locator("#mz-status *").count() == 0
    assert all(
        link.startswith(elsewhere)
        for link in page.locator("#mz-hits a").evaluate_all("all => all.map(one => one.href)")
    )
    assert watch.problems == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("财政局", ["jia/finance-bureau/", "yi/finance-bureau/"]),
        ("乙区财政局", ["yi/finance-bureau/"]),
        (
            "财政局2023年度部门决算",
            ["jia/finance-bureau/2023/final-accounts/", "yi/finance-bureau/2023/final-accounts/"],
        ),
        ("甲区 发改委", ["jia/reform/"]),
        ("乙区人社局24年自评", ["yi/labour/2024/self-evaluation/"]),
        ("fzhggwyh", ["jia/reform/", "yi/reform/"]),
        ("<script>hit=1</script>", ["checks/0/"]),
    ],
)
def test_departments_of_one_name(page: Page, elsewhere: str, text: str, wanted: list[str]) -> None:
    """Both stand before everything else, and the line below says which is whose; a district or a short name decides."""
    page.goto(f"{elsewhere}search/")
    ask(page, text)
    first(page)
    found = [one.get_attribute("href") for one in page.locator("#mz-hits li a").all()]
    assert found[: len(wanted)] == [elsewhere + url for url in wanted]
    if len(wanted) > 1:
        assert [one[-2:] for one in page.locator("#mz-hits li").all_inner_texts()[:2]] == ["甲区", "乙区"]


def test_many_results_come_a_few_at_a_time(page: Page, elsewhere: str) -> None:
    page.goto(f"{elsewhere}search/?q=2010301")
    expect(page.locator("#mz-status")).to_contain_text("直达 152 条")
    assert page.locator("#mz-hits li").count() == 10
    page.locator("#mz-more").click()
    expect(page.locator("#mz-hits li")).to_have_count(20)
    expect(page.locator("#mz-hits li a").nth(10)).to_be_focused()
    assert len({one.get_attribute("href") for one in page.locator("#mz-hits li a").all()}) == 20


def test_without_the_index_titles_are_still_found(page: Page, made: Path, tmp_path: Path) -> None:
    """The site may have been published anew since the page was read; a preview has no index at all and says so."""
    folder = tmp_path / "site"
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("pagefind"))
    with served(folder) as address:
        page.goto(f"{address}search/?q={quote('乙区财政局')}")
        expect(page.locator("#mz-status")).to_contain_text("请刷新")
        assert first(page) == f"{address}yi/finance-bureau/"
        write_search(district("jia", "甲区", {"x": "财政局"}), folder, tmp_path / "cache", full=False)
        page.reload()
        ask(page, "财政局")
        expect(page.locator("#mz-status")).to_contain_text("预览只查")
        (folder / "search/jump.json").unlink()
        page.goto(f"{address}search/?q=x")
        expect(page.locator("#mz-status")).to_contain_text("从下面的列表找起")
        assert page.locator("#mz-browse").is_visible()
