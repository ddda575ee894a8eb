"""A disclosure read as a person would: follow the contents, take a row's address along, ask what a word means, look at
last year, print.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from build_tools.engine import build_site
from examples.make_demo import DEMO
from tests.browser.serving import FLAGS, Watch, served, until
from tests.conftest import require

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADDRESS = "example-county/civil-affairs-bureau/2024/final-accounts/"
ROW = "expenditure.2080201"
CARD = "#mz-card"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
FEEDBACK = "mailto:office@example.gov.cn"


@pytest.fixture(scope="module")
def fictional(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the fictional district, with a place to write to."""
    root = tmp_path_factory.mktemp("reading") / "demo"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("site", ".cache"))
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("extra:\n", f"extra:\n  反馈: {FEEDBACK}\n"), encoding="utf-8"
    )
    site = build_site(root).site
    assert site is not None
    with served(site) as address:
        yield address


@pytest.fixture(params=SIZES)
def context(chrome: Browser, request: pytest.FixtureRequest, fictional: str) -> Iterator[BrowserContext]:
    """A desktop with a mouse, a phone with a finger; both may copy."""
    width, height = SIZES[request.param]
    found = chrome.new_context(
        viewport={"width": width, "height": height},
        has_touch=request.param == "phone",
        is_mobile=request.param == "phone",
    )
    found.grant_permissions(["clipboard-read", "clipboard-write"], origin=fictional)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext, fictional: str) -> Iterator[Page]:
    """The disclosure; whatever is done with it, nothing leaves the site and nothing is an error."""
    found = context.new_page()
    watch = Watch(found, fictional)
    found.goto(fictional + ADDRESS)
    yield found
    assert watch.problems == []


@pytest.fixture
def desk(chrome: Browser, fictional: str) -> Iterator[Page]:
    """The same on a desktop, with a keyboard."""
    found = chrome.new_page(viewport={"width": 1280, "height": 900})
    watch = Watch(found, fictional)
    found.goto(fictional + ADDRESS)
    yield found
    assert watch.problems == []
    found.close()


@pytest.fixture
def sheet(chrome: Browser, windowed: str, fictional: str) -> Iterator[Page]:
    """The disclosure to be printed: a browser without a window prints nothing into the margins of a page."""
    printer = chrome.browser_type.launch(executable_path=windowed, args=FLAGS)
    found = printer.new_page(viewport={"width": 1280, "height": 900})
    watch = Watch(found, fictional)
    found.goto(fictional + ADDRESS)
    yield found
    assert watch.problems == []
    printer.close()


def press(page: Page, selector: str) -> None:
    """A finger or a mouse, whichever there is."""
    target = page.locator(selector).first
    target.scroll_into_view_if_needed()
    if page.viewport_size == {"width": 390, "height": 844}:
        target.tap()
    else:
        target.click()


def copied(page: Page) -> str:
    """What is in the clipboard once the card says so."""
    page.locator(f"{CARD} [role=status]:not(:empty)").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def overlaps(page: Page, selector: str) -> bool:
    """Whether the card covers any of these."""
    return bool(
        page.evaluate(
            """([card, all]) => { const a = document.querySelector(card).getBoundingClientRect();
             return [...document.querySelectorAll(all)].map(one => one.getBoundingClientRect())
               .some(b => b.width && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1); }""",
            [CARD, selector],
        )
    )


def test_the_address_of_a_row_is_copied_and_leads_there(page: Page, fictional: str) -> None:
    press(page, f"[id='{ROW}'] th > a")
    assert not overlaps(page, f"[id='{ROW}']")
    press(page, f"{CARD} >> text=复制网址")
    address = copied(page)
    assert address == f"{fictional}{ADDRESS}#{ROW}"
    other = page.context.new_page()
    other.goto(address)
    assert other.locator(":target").get_attribute("id") == ROW
    assert other.locator(f"[id='{ROW}']").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]


def test_a_row_is_cited_with_all_that_a_reader_needs(page: Page, fictional: str) -> None:
    """Unit, year, table, row, amount and unit of amount, day of publication, address."""
    figures = {key: page.locator(f"[id='{ROW}.{key}']").inner_text() for key in ("本年支出合计", "基本支出")}
    press(page, f"[id='{ROW}'] th > a")
    press(page, f"{CARD} >> text=复制引用")
    told = "、".join(f"{key} {text}" for key, text in figures.items())
    day = page.locator("#catalogue ~ dl div", has_text="公开日期").locator("dd").inner_text()
    assert copied(page) == (
        f"示例县民政和养老服务局：2024年度部门决算，支出决算表，2080201 行政运行，{told}（万元），公开日期 {day}，"
        f"{fictional}{ADDRESS}#{ROW}"
    )


COLUMN = "three-public-expenses.公务用车购置及运行费"


def test_a_row_that_is_printed_as_columns_is_named_marked_and_cited(page: Page, fictional: str) -> None:
    """“三公”: both heads of the row lead to it; its figures of budget and account are marked and cited, and its name
    says what it is a sum of.
    """
    figures = {key: page.locator(f"[id='{COLUMN}.{key}']").inner_text() for key in ("预算数", "决算数")}
    for number in range(2):
        head = page.locator(f".mz-transposed thead a[href='#{COLUMN}']").nth(number)
        head.evaluate("one => one.scrollIntoView({block: 'center', inline: 'center'})")
        head.click()
        assert page.locator(f"{CARD} strong").inner_text() == "公务用车购置及运行费：小计"
        assert not overlaps(page, ".mz-transposed td")
        marked = page.evaluate("[...document.querySelectorAll('.mz-there')].map(one => one.innerText)")
        assert sorted(marked) == sorted(["小计", "小计", *figures.values()])
        page.keyboard.press("Escape")
    head.click()
    press(page, f"{CARD} >> text=复制引用")
    told = "、".join(f"{key} {text}" for key, text in figures.items())
    assert f"“三公”经费支出决算表，公务用车购置及运行费：小计，{told}（万元），公开日期" in copied(page)
    other = page.context.new_page()
    other.goto(f"{fictional}{ADDRESS}#{COLUMN}")
    assert other.locator(":target").inner_text() == "小计"
    assert other.locator(".mz-there").count() == 4
    top = other.locator(":target").bounding_box()
    assert top is not None
    assert top["y"] > 120, "what it belongs to stands above it, in sight"
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]


def test_the_arrows_go_along_a_row_of_columns(desk: Page) -> None:
    desk.locator(".mz-transposed thead a").first.focus()
    desk.keyboard.press("ArrowRight")
    assert desk.evaluate("document.activeElement.textContent") == "因公出国（境）费"
    desk.keyboard.press("ArrowLeft")
    assert desk.evaluate("document.activeElement.textContent") == "合计"


@pytest.mark.parametrize(
    ("path", "line", "title"),
    [
        ("2022/self-evaluation/", "department-report.人员情况.3", "渌口区政务服务中心"),
        ("2022/self-evaluation/", "department-report.问题.1", "2022年度预算执行没有偏离绩效目标"),
        ("2022/self-evaluation/", "department-report.机构情况.内设机构数", "内设机构"),
    ],
)
def test_a_line_of_a_list_is_called_by_its_first_words(
    chrome: Browser, base: str, path: str, line: str, title: str
) -> None:
    """A table without names, a list of sentences, a field."""
    page = chrome.new_page()
    page.goto(f"{base}lukou/administrative-approval-bureau/{path}")
    page.locator(f"[id='{line}'] a[href='#{line}']").click()
    assert page.locator(f"{CARD} strong").inner_text().startswith(title)
    assert not overlaps(page, f"[id='{line}'] :is(td, dd)")
    assert page.locator(".mz-there").get_attribute("id") == line
    page.reload()
    assert page.locator(".mz-there").get_attribute("id") == line
    page.close()


def test_a_table_has_an_address_too_also_where_the_page_is_that_of_the_newest(page: Page, fictional: str) -> None:
    newest = fictional + ADDRESS.replace("2024/", "")
    page.wait_for_load_state("networkidle")
    page.goto(newest)
    press(page, "h3#revenue > a")
    press(page, f"{CARD} >> text=复制网址")
    assert re.fullmatch(
        re.escape(fictional) + r"example-county/civil-affairs-bureau/20\d\d/final-accounts/#revenue", copied(page)
    )


def test_a_table_can_be_had_alone_for_the_frame_of_another_site(page: Page) -> None:
    """The card of a table leads to where that table alone is shown; a row has no such page."""
    press(page, "h3#revenue > a")
    href = page.locator(f"{CARD} >> text=可嵌入的一页").get_attribute("href") or ""
    assert href.endswith(f"{ADDRESS}portable.html#revenue")
    found = page.request.get(href)
    assert found.ok
    assert 'id="revenue"' in found.text()
    page.keyboard.press("Escape")
    press(page, f"[id='{ROW}'] th > a")
    assert page.locator(f"{CARD} >> text=可嵌入的一页").count() == 0


def test_without_a_clipboard_the_text_is_there_to_be_copied(desk: Page) -> None:
    """A site without https."""
    desk.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false"
    )
    desk.locator(f"[id='{ROW}'] th > a").click()
    desk.locator(CARD).get_by_role("button", name="复制网址").click()
    desk.locator(f"{CARD} [role=status]:not(:empty)").wait_for()
    assert desk.evaluate(
        "String(document.activeElement.value).slice(document.activeElement.selectionStart, "
        "document.activeElement.selectionEnd)"
    ).endswith(f"#{ROW}")


def test_feedback_names_page_and_row(page: Page) -> None:
    press(page, f"[id='{ROW}'] th > a")
    href = page.locator(f"{CARD} >> text=提意见").get_attribute("href") or ""
    assert href.startswith(f"{FEEDBACK}?subject=")
    assert page.evaluate("text => decodeURIComponent(text)", href).endswith(f"{ADDRESS}\n2080201 行政运行（{ROW}）")


@pytest.mark.parametrize(("term", "where"), [("年初结转和结余", "tbody"), ("基本支出", "thead")])
def test_a_term_is_explained_beside_the_figures_and_goes_with_escape(page: Page, term: str, where: str) -> None:
    press(
        page, f"figure:has(#{'summary' if where == 'tbody' else 'expenditure'}) {where} [aria-label='{term}：名词解释']"
    )
    page.locator(CARD, has_text="全部名词解释").wait_for()
    until(page, "document.querySelector('#mz-card p').textContent.length > 8")
    covered = (
        "[id='summary.收入.年初结转和结余']" if where == "tbody" else "#expenditure ~ .mz-frame td[id$='.基本支出']"
    )
    assert not overlaps(page, covered)
    box = page.locator(CARD).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    assert box["y"] >= 0
    page.keyboard.press("Escape")
    assert not page.locator(CARD).is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"{term}：名词解释"


def test_a_term_opens_under_the_mouse_and_closes_when_it_leaves(desk: Page) -> None:
    desk.locator("[aria-label='年初结转和结余：名词解释']").first.hover()
    card = desk.locator(CARD)
    card.wait_for()
    card.hover()
    desk.wait_for_timeout(600)
    assert card.is_visible(), "one must be able to go onto the card"
    desk.mouse.move(5, 5)
    card.wait_for(state="hidden")


def test_the_keyboard_goes_from_row_to_row_and_into_the_card(desk: Page) -> None:
    desk.locator("[id='expenditure.合计'] th > a").focus()
    for _ in range(3):
        desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.hash") == f"#{ROW}"
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "复制网址"
    desk.keyboard.press("Escape")
    assert desk.evaluate("document.activeElement.hash") == f"#{ROW}"
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.hash") == "#expenditure.20802", (
        "the table is one stop, where one left it"
    )


def test_last_year_stands_beside_the_figures_when_asked_for(page: Page, fictional: str) -> None:
    cell = page.locator(f"[id='{ROW}.本年支出合计']")
    now = cell.inner_text()
    assert re.fullmatch(r"[\d,.]+", now)
    shape = page.evaluate("[...document.querySelectorAll('#expenditure ~ .mz-frame td')].map(one => one.innerText)")
    press(page, "label[for='last-expenditure']")
    told = cell.inner_text().split("\n")
    assert told[0] == now
    other = page.context.new_page()
    other.goto(fictional + ADDRESS.replace("2024", "2023"))
    was = other.locator(f"[id='{ROW}.本年支出合计']").inner_text()
    assert told[1] == f"上年 {was}"
    difference = round(float(now.replace(",", "")) - float(was.replace(",", "")), 2)
    assert told[2].startswith(f"较上年 {'＋' if difference > 0 else '−'}{abs(difference):,.2f}（")
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]
    press(page, "label[for='last-expenditure']")
    assert (
        page.evaluate("[...document.querySelectorAll('#expenditure ~ .mz-frame td')].map(one => one.innerText)")
        == shape
    )


def test_two_sides_stand_level_with_last_year_beside_them(desk: Page) -> None:
    desk.locator("label[for='last-summary']").click()
    left, right = desk.evaluate(
        "[...document.querySelectorAll('#summary ~ .mz-sides table')].map(t => [...t.rows].map(r => "
        "Math.round(r.getBoundingClientRect().top)))"
    )
    assert left == right


def test_a_known_difference_leads_from_its_figure_to_its_reason(chrome: Browser, base: str) -> None:
    page = chrome.new_page()
    page.goto(f"{base}shifeng/business-environment-centre/2020/final-accounts/")
    mark = page.get_by_role("link", name="已知差异").first
    mark.click()
    assert page.locator(":target").inner_text().startswith("已知差异")
    assert page.locator("a[aria-label='已知差异']").count() >= 2
    page.close()


def test_a_computed_figure_says_how(chrome: Browser, base: str) -> None:
    page = chrome.new_page()
    page.goto(f"{base}lukou/administrative-approval-bureau/2022/self-evaluation/")
    page.locator("a.mz-derived, a.mz-formula-of").first.click()
    assert re.search("[＝].*[＋÷×－之]", page.locator(CARD).inner_text())
    page.locator(f"{CARD} a").click()
    assert "/checks/" in page.url
    page.close()


def test_the_contents_list_follows_the_reader(desk: Page) -> None:
    """The entry of the part that is read is marked, and in sight."""
    desk.set_viewport_size({"width": 1280, "height": 500})
    active = "document.querySelector('.md-sidebar--secondary .md-nav__link--active')"
    for anchor, title in (
        ("expenditure", "支出决算表"),
        ("explanation", "第三部分 部门决算情况说明"),
        ("checks", "勾稽核对"),
        ("revenue", "收入决算表"),
    ):
        desk.evaluate(
            "id => window.scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY - 60)", anchor
        )
        until(desk, f"title => {active}?.textContent.trim() === title", title)
        until(
            desk,
            f"() => {{ const box = {active}.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight }}",
        )


def test_without_scripts_names_and_terms_are_links(chrome: Browser, fictional: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(fictional + ADDRESS)
    page.locator(f"[id='{ROW}'] th > a").click()
    assert page.url.endswith(f"#{ROW}")
    page.locator("label[for='last-expenditure']").click()
    assert "较上年" in page.locator(f"[id='{ROW}.本年支出合计']").inner_text()
    page.locator("[aria-label='年初结转和结余：名词解释']").first.click()
    assert page.url.startswith(f"{fictional}glossary/#")
    assert page.locator(":target").inner_text() == "年初结转和结余"
    context.close()


def paper(page: Page, path: Path) -> list[str]:
    """The pages of a print as text, laid out."""
    page.pdf(path=path, prefer_css_page_size=True)
    program = require("poppler", shutil.which("pdftotext"))
    text = subprocess.run([program, "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    return text.rstrip("\f").split("\f")


def test_it_prints_like_the_official_document(sheet: Page, fictional: str, tmp_path: Path) -> None:
    """Every page with address, day and number; every table whole under its title; no page without its heads; nothing of
    the tools.
    """
    sheets = paper(sheet, tmp_path / "a.pdf")
    for number, one in enumerate(sheets, 1):
        assert re.search(
            rf"{re.escape(fictional + ADDRESS)}\s+20\d\d-\d\d-\d\d 打印\s+第 {number} 页，共 {len(sheets)} 页", one
        ), number
    titles = sheet.locator("figure.mz-sheet > h3").all_inner_texts()
    for title in titles:
        assert sum(bool(re.search(rf"^\s*{re.escape(title)}$", one, re.MULTILINE)) for one in sheets) >= 1, title
    whole = "\n".join(sheets)
    assert not re.search("与上年对比|复制|下载 CSV|expenditure-1", whole)
    assert "逐条核对的结果没有打印" in whole


def test_a_table_longer_than_a_page_repeats_its_heads_and_cuts_no_row(sheet: Page, tmp_path: Path) -> None:
    """A table made four times as long in the page itself."""
    sheet.evaluate("""() => { const body = document.querySelector('#expenditure ~ .mz-frame tbody'), rows = [...body.rows];
        for (let n = 0; n < 4; n++) rows.forEach(row => body.appendChild(row.cloneNode(true)).querySelector('th').append(`第${n}次`)); }""")
    names = sheet.evaluate(
        "[...document.querySelectorAll('#expenditure ~ .mz-frame tbody th')].map(one => one.lastChild.data || "
        "'').filter(Boolean)"
    )
    sheets = [one for one in paper(sheet, tmp_path / "a.pdf") if re.search("第[0-3]次", one)]
    assert len(sheets) >= 3
    for one in sheets:
        assert re.search("科目名称.*\n", one.split("第0次")[0] if "第0次" in one else one[:1500])
        assert "基本支出" in one
    assert sum(len(re.findall("第[0-3]次", one)) for one in sheets) == len(
        [one for one in names if one.startswith("第")]
    )
