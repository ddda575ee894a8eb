"""The certificate of every disclosure: what it tells is what was judged, its figures are those of the cells that it
links to.

The built site is read back; what cannot occur in the real documents is written small.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.accounts.statement import own
from build_tools.amount import format_exact, format_grouped
from build_tools.checks import Checked, Report, check_project
from build_tools.diagnostics import CellRef, Outcome, Verdict
from build_tools.engine import build_site
from build_tools.formula import Binary, parse_rule, replace_names
from build_tools.web.certificate.checks_file import figures
from build_tools.web.certificate.lines import Line
from build_tools.web.certificate.sides import MOST, Side, spelled, written_out
from build_tools.web.pages.cells import EMPTY, Piece, View
from build_tools.web.pages.status import url_of, visible
from build_tools.web.tables import address
from tests.helpers import CENTRE, one_disclosure, real

PAGE = CENTRE / "2020/final-accounts"
Documents = dict[Path, html.HtmlElement]
Row = dict[str, str]


@pytest.fixture(scope="module")
def published(site: Path) -> list[tuple[Report, Checked]]:
    """Every public disclosure of the real data."""
    reports, _ = check_project(read_project(site.parent))
    return [(report, one) for report in reports for one in report.checked if visible(one)]


@pytest.fixture(scope="module")
def pages(site: Path, published: list[tuple[Report, Checked]]) -> list[tuple[Path, html.HtmlElement, Checked]]:
    """The page of each of them, with its folder."""
    found = []
    for report, one in published:
        folder = site / url_of(report, one.disclosure.year, one.disclosure.slug)
        found.append((folder, html.parse(folder / "index.html").getroot(), one))
    return found


def counted(words: Iterator[str]) -> Counter[str]:
    """`通过 25` and `通过` → how many of each."""
    counts: Counter[str] = Counter()
    for text in words:
        word, _, number = text.strip().partition(" ")
        counts[word] += int(number or 1)
    return counts


def file_rows(folder: Path) -> list[Row]:
    """The rows of `checks.csv`."""
    with (folder / "checks.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_verdict_stands_in_the_certificate_of_its_table_once(
    pages: list[tuple[Path, html.HtmlElement, Checked]],
) -> None:
    assert len(pages) >= 7
    for _, document, checked in pages:
        for key, statement in checked.disclosure.statements.items():
            wanted = Counter(verdict.outcome.value for verdict in checked.verdicts if verdict.table == key)
            cells = document.xpath(f"//*[@id='checks-{statement.anchor}']//td[contains(@class, 'mz-verdict')]")
            assert counted(cell.text_content() for cell in cells) == wanted, statement.anchor
            heads = document.xpath(
                f"//details[.//*[@id='checks-{statement.anchor}']]/summary//*[contains(@class, 'mz-verdict')]"
            )
            assert counted(head.text_content() for head in heads) == wanted, statement.anchor


def test_the_word_of_a_verdict_has_the_class_of_that_word(pages: list[tuple[Path, html.HtmlElement, Checked]]) -> None:
    for _, document, _ in pages:
        for cell in document.xpath("//table[contains(@class, 'mz-proof')]//td[contains(@class, 'mz-verdict')]"):
            assert cell.get("class") == f"mz-verdict mz-{cell.text_content().split()[0]}"


def test_a_table_with_something_to_look_at_is_open_and_the_others_are_folded(
    pages: list[tuple[Path, html.HtmlElement, Checked]],
) -> None:
    states = set()
    for _, document, checked in pages:
        for details in document.xpath("//details[contains(@class, 'mz-proofs')]"):
            words = {text.split()[0] for text in details.xpath("./summary//*[contains(@class, 'mz-verdict')]/text()")}
            assert (details.get("open") is not None) == bool(words & {"不符", "尾差", "已说明"}), (
                checked.disclosure.file
            )
            states.add(details.get("open"))
    assert len(states) == 2


def test_every_figure_is_that_of_the_cell_that_it_links_to(
    site: Path, pages: list[tuple[Path, html.HtmlElement, Checked]]
) -> None:
    documents: Documents = {}
    followed = elsewhere = 0
    for folder, document, checked in pages:
        here = f"/{folder.relative_to(site).as_posix()}/"
        for link in document.xpath("//table[contains(@class, 'mz-proof')]//td[not(@class)]/a"):
            parts = urlparse(urljoin(here, link.get("href")))
            path = site / unquote(parts.path).lstrip("/") / "index.html"
            if path not in documents:
                documents[path] = html.parse(path).getroot()
            target = documents[path]
            cell = target.xpath("//*[@id=$id]", id=unquote(parts.fragment))
            assert len(cell) == 1, f"{checked.disclosure.file}: {link.get('href')}"
            figure = re.sub(
                "系统计算$|^算",
                "",
                "".join(cell[0].xpath("descendant-or-self::*[not(self::dt)][not(ancestor::dt)]/text()")).strip(),
            )
            shown = link.text_content().strip()
            assert shown.split(" ")[0] in figure.split() or figure == shown, (
                f"{checked.disclosure.file}: {link.get('href')}: {shown} → {figure}"
            )
            followed += 1
            elsewhere += parts.path != here
    assert followed > 1000
    assert elsewhere > 5


def test_page_and_file_hold_the_same_rules_in_the_same_order(
    pages: list[tuple[Path, html.HtmlElement, Checked]],
) -> None:
    for folder, document, _ in pages:
        rules = [link.text for link in document.xpath("//table[contains(@class, 'mz-proof')]//th[@scope='rowgroup']/a")]
        assert rules == [
            rule for _, _, rule in dict.fromkeys((row["表"], row["项目名称"], row["编号"]) for row in file_rows(folder))
        ]


def test_figures_and_addresses_of_the_file(pages: list[tuple[Path, html.HtmlElement, Checked]]) -> None:
    compared = 0
    for folder, _, checked in pages:
        rows = file_rows(folder)
        statements = list(checked.disclosure.statements)
        ordered = sorted(checked.verdicts, key=lambda verdict: statements.index(verdict.table))
        assert [row["编号"] for row in rows] == [verdict.rule for verdict in ordered]
        for row, verdict in zip(rows, ordered, strict=True):
            here = [one for one in row["各格"].split("；") if one and "#" not in one]
            assert here == [
                address(checked.disclosure.statements[ref.table], ref.block, ref.row, ref.column)
                for ref in verdict.cells
                if not ref.scope
            ]
            assert same(row["左边"], verdict.left)
            assert same(row["右边"], verdict.right)
            assert same(row["差"], None if verdict.outcome is Outcome.NOT_RUN else verdict.difference)
            assert (row["结果"], row["级别"]) == (verdict.outcome.value, verdict.severity.value)
            assert row["原因"] or verdict.outcome not in (Outcome.NOT_RUN, Outcome.EXPLAINED)
            assert row["依据"]
            compared += bool(row["差"])
    assert compared > 500


def same(text: str, amount: Decimal | None) -> bool:
    """True where a figure of the file is that amount, as far as it prints it."""
    return text == "" if amount is None else abs(Decimal(text) - amount) < Decimal("0.000001")


def test_every_badge_leads_to_its_part_of_the_certificate(pages: list[tuple[Path, html.HtmlElement, Checked]]) -> None:
    for _, document, checked in pages:
        badges = document.xpath("//a[starts-with(@href, '#checks-')]")
        statements = (checked.disclosure.statements[key] for key in {verdict.table for verdict in checked.verdicts})
        assert {badge.get("href") for badge in badges} == {
            f"#checks-{one.anchor}" for one in statements if not one.absence or one.form.layout.style == "list"
        }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one document with a difference that is explained in words that a page could stumble over."""
    root = one_disclosure(tmp_path_factory.mktemp("told"))
    path = root / "data" / CENTRE / "2020/final-accounts.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("年初预算: 112.55") == 1
    # the share of the budget that the document states is another then, and so are the figures of its known difference
    text = text.replace("年初预算: 112.55", "年初预算: 113.55").replace("填 100，应为 165.86", "填 100，应为 164.39")
    notes = f"  explanation-1: '填 113.55，应为 112.55：{HOSTILE}'"
    path.write_text(with_waivers(text, notes), encoding="utf-8")
    outcome = build_site(root)
    assert outcome.site is not None
    assert [finding for finding in outcome.findings if finding.blocks] == []
    return outcome.site


HOSTILE = '<script>alert(1)</script>&"原文如此"<b>'


def with_waivers(text: str, lines: str) -> str:
    """The document with more known differences."""
    return (
        text.replace("已知差异:\n", f"已知差异:\n{lines}\n") if "已知差异:\n" in text else f"{text}已知差异:\n{lines}\n"
    )


@pytest.mark.parametrize("page", [PAGE / "index.html", Path("quality/index.html")], ids=["certificate", "quality"])
def test_a_reason_is_text_and_nothing_else(told: Path, page: Path) -> None:
    text = (told / page).read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert HOSTILE in html.document_fromstring(text).text_content()


def test_an_explained_difference_shows_both_figures_the_difference_and_the_reason(told: Path) -> None:
    document = html.parse(told / PAGE / "index.html").getroot()
    row = next(
        row for row in document.xpath("//table[contains(@class, 'mz-proof')]//tr[td]") if "113.55" in row.text_content()
    )
    assert [re.sub(r"\s+", " ", cell.text_content()) for cell in row.xpath("td")] == [
        "113.55 ≠ 102.55 + 10.00 = 112.55",
        "+1.00",
        "已说明",
    ]
    assert HOSTILE in row.getnext().text_content()


def test_a_disclosure_that_is_held_back_shows_no_certificate(tmp_path: Path) -> None:
    root = one_disclosure(tmp_path)
    path = root / "data" / CENTRE / "2020/final-accounts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("年初预算: 112.55", "年初预算: 987.65"), encoding="utf-8")
    outcome = build_site(root)
    assert outcome.site is not None
    assert not list(outcome.site.rglob("checks.csv"))
    assert not [
        page
        for page in outcome.site.rglob("*.html")
        if "987.65" in page.read_text(encoding="utf-8") or "mz-proof" in page.read_text(encoding="utf-8")
    ]
    quality = html.parse(outcome.site / "quality/index.html").getroot()
    assert "部门决算更正中" in quality.text_content()


def published_beside_a_draft(root: Path, status: str) -> Path:
    """Two years of one department: the later is public, the earlier has every amount doubled and this status."""
    one_disclosure(root)
    earlier, later = (root / "data" / CENTRE / year / "final-accounts.yaml" for year in ("2020", "2021"))
    text = earlier.read_text(encoding="utf-8")
    later.parent.mkdir()
    later.write_text(text.replace("年度: 2020", "年度: 2021"), encoding="utf-8")
    doubled = re.sub(r"(?<=: )\d+\.\d\d$", lambda match: f"{2 * Decimal(match[0])}", text, flags=re.MULTILINE).replace(
        "年初预算: 10\n", "年初预算: 20\n"
    )
    earlier.write_text(doubled.replace("状态: 可公开", f"状态: {status}").replace("20.0%", "20.1%"), encoding="utf-8")
    outcome = build_site(root)
    assert outcome.site is not None
    return outcome.site


def test_no_figure_of_a_file_that_is_not_public_stands_on_another_page(tmp_path: Path) -> None:
    site = published_beside_a_draft(tmp_path, "草稿")
    assert not (site / CENTRE / "2020").exists()
    assert (site / CENTRE / "2021/final-accounts/checks.csv").is_file()
    # 259.15 of the later year, 518.30 of the draft
    told = [
        path
        for path in site.rglob("*")
        if path.suffix in (".html", ".csv") and re.search(r"518\.3|[-−]259\.15", path.read_text(encoding="utf-8"))
    ]
    assert told == []


def test_a_side_keeps_back_what_could_be_computed_from_a_figure_that_may_not_be_shown() -> None:
    view = View(own(real().statements), {"": ""})
    ref = CellRef("支出决算表", "", "合计", "本年支出合计")
    mine, other = ((ref,), (ref._replace(scope="上年.部门决算"),))
    term, names = Binary("-", "本年", "上年"), (mine, other)
    side = written_out(term, (False, True), names, Decimal("-259.15"), view.beside("支出决算表"))
    assert written_out(term, None, names, Decimal("-259.15"), view.beside("支出决算表")) == side, (
        "walked over, the formula says the same"
    )
    assert [piece.text for piece in side.pieces] == ["259.15", "−", "未展示"]
    assert side.amount is None
    assert written_out("本年", (False,), (mine,), Decimal("259.15"), view.beside("支出决算表")).amount == Decimal(
        "259.15"
    )
    assert side.pieces[0].url == "#expenditure.合计.本年支出合计"
    assert side.pieces[-1].url == ""


def test_the_same_figure_is_told_where_the_file_is_public(tmp_path: Path) -> None:
    site = published_beside_a_draft(tmp_path, "可公开")
    assert any(
        "518.30" in path.read_text(encoding="utf-8") for path in (site / CENTRE / "2021/final-accounts").iterdir()
    )


SIDES = {
    "甲 + 乙": "1.00 + 2.00",
    "甲 - 乙": "1.00 − 2.00",
    "甲 - (乙 - 丙)": "1.00 − 2.00 + ( −3.00 )",
    "甲 + 零": "1.00",
    "零 + 甲": "1.00",
    "零 - 甲": "− 1.00",
    "零 + 空": "0.00",
    "空": "空",
    "空 + 空": "空",
    "丙 + 甲": "−3.00 + 1.00",
    "甲 + 丙": "1.00 + ( −3.00 )",
    "100 * 甲 / 乙": "100 × 1.00 ÷ 2.00",
    "甲 / (100 * 乙)": "1.00 ÷ ( 100 × 2.00 )",
    "100 * (甲 + 乙) / (甲 - 乙)": "100 × ( 1.00 + 2.00 ) ÷ ( 1.00 − 2.00 )",
    "甲 * 零": "1.00 × 0.00",
    "甲 + 10 * 乙": "1.00 + 10 × 2.00",
    "甲 - 10 * 零": "1.00 − 10 × 0.00",
    "min(甲, 乙)": "较小的（ 1.00 ， 2.00 ）",
    "甲 + min(10, 乙)": "1.00 + 较小的（ 10 ， 2.00 ）",
    "sum(多)": "1.00 + 2.00 + 3.00 + 4.00 + 5.00 + 6.00 + 7.00 + 8.00 + 9.00 + 10.00 + 11.00 + 12.00 …等 20 格",
    "甲 - sum(二)": "1.00 − 4.00 − 5.00",
}
FIGURES = {
    "甲": ("1.00",),
    "乙": ("2.00",),
    "丙": ("-3.00",),
    "零": ("0.00",),
    "空": ("空",),
    "二": ("4.00", "0.00", "5.00"),
    "多": tuple(f"{number}.00" for number in range(1, 21)),
}


@pytest.mark.parametrize(("text", "wanted"), SIDES.items(), ids=SIDES)
def test_a_side_is_written_as_one_would_to_check_it_by_hand(text: str, wanted: str) -> None:
    pieces = replace_names(
        parse_rule(f"左 == {text}").right,
        lambda name, _: tuple(
            Piece(one, "" if one == "空" else "#x", idle=one in ("0.00", "空")) for one in FIGURES[name.parts[0]]
        ),
    )
    assert MOST < 20
    assert " ".join(format_grouped(piece.text) for piece in spelled(pieces)) == wanted


@pytest.mark.parametrize(
    ("amount", "whole", "most", "wanted"),
    [
        ("1", False, 6, "1.00"),
        ("1", True, 6, "1"),
        ("1.5", False, 6, "1.50"),
        ("72.031642", False, 4, "72.0316"),
        ("72.031642", False, 6, "72.031642"),
        ("0.015", False, 6, "0.015"),
        ("-0.5", False, 6, "-0.50"),
        ("12.5", True, 6, "12.5"),
        ("33.333333333333333333333333333", False, 6, "33.333333"),
        ("123456789012345678901234567890.12", False, 6, "123456789012345678901234567890.12"),
    ],
)
def test_a_computed_figure_has_the_decimals_that_it_needs(amount: str, whole: bool, most: int, wanted: str) -> None:
    assert format_exact(Decimal(amount), whole, most) == wanted


@pytest.mark.parametrize(
    ("left", "right", "whole", "expected"),
    [
        ("12.50", "12.5", False, "12.50,12.50,0.00"),
        ("3", "3.0", True, "3,3,0"),
        ("2", "1.999", False, "2.00,1.999,0.001"),
        # nought times a negative figure has a sign, which says nothing
        ("0", "-0", False, "0.00,0.00,0.00"),
        ("-0.00", "0.00", False, "0.00,0.00,0.00"),
        ("-0", "0", True, "0,0,0"),
    ],
)
def test_equal_amounts_are_written_alike_in_the_file(left: str, right: str, whole: bool, expected: str) -> None:
    sides = [Side((EMPTY,), Decimal(one), False) for one in (left, right)]
    verdict = Verdict("summary-1", "收入支出决算总表", Outcome.PASSED, ())
    assert figures(Line(EMPTY, "==", *sides, verdict, Decimal(left) - Decimal(right), whole, "", False)) == expected
