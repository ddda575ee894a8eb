"""What the corpus cannot show: places, line breaks, rounding at the edge, hostile texts, the command line, the source
documents.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from build_tools.checks.claims import Outcome, claims_in, count
from build_tools.checks.claims.numerals import rate_of
from build_tools.checks.claims.words import tokens_of
from build_tools.cli import main
from build_tools.diagnostics import Finding, Place, Severity
from tests.helpers import REAL, ROOT
from tools.claims import SOURCES
from tools.claims import main as tool

COMPLETION = "年初预算为102.55万元，支出决算为108.06万元，完成年初预算的{}%。"


def outcomes(text: str, year: int | None = None) -> list[str]:
    """The outcomes of a text in reading order."""
    return [one.outcome.value for one in claims_in(text, year).claims]


def found(text: str) -> list[Finding]:
    """The findings of a text."""
    return list(claims_in(text).findings)


def test_a_claim_stands_where_its_figure_stands() -> None:
    text = "一、总体情况\n\n年初预算为102.55万元，支出决算为108.06万元，完成年初预算的\n\n105.9%，原因是调资。\n"
    one = found(text)[0]
    assert (one.code, one.place, one.severity) == ("claim-completion", Place("", 5, 1, 6), Severity.WARNING)
    assert (one.expected, one.actual) == ("105.4%", "105.9%")
    assert "108.06万元 ÷ 102.55万元 = 105.4%" in one.message


def test_the_text_of_a_cell_is_found_in_its_file() -> None:
    page = claims_in("会议于9月31日召开。\n6月31日结束。", 2024, Place("data/a.yaml", 12, 9))
    assert [one.place for one in page.findings] == [Place("data/a.yaml", 12, 12, 5), Place("data/a.yaml", 13, 1, 5)]


@pytest.mark.parametrize(
    "broken",
    [
        "年初预算为102. 55万元，支出决算为108.06 万 元，完成年初预算的105.37%。",
        "年初预算为102.55万\n元，支出决算为108.06万元，完成年初预\n算的105.37%。",
        "年初预算为１０２．５５万元，支出决算为108.06万元,完成年初预算的105.37％。",
        "年初预算为102.55万元，支出决算为\n\n108.06万元，完成年初预算的\n105.37%。",
        "年初预算为 1,02.55万元，年初预算为102.55万元，支出决算为108.06万元，完成年初预算的105.37%。",
    ],
)
def test_what_a_converter_broke_is_read(broken: str) -> None:
    assert "通过" in outcomes(broken)
    assert found(broken) == []


def test_the_end_of_a_line_that_a_pdf_put_before_it_is_read_behind_it() -> None:
    text = (
        "  三、支出决算情况说明\n\n\n603.14万元，占20.51%；\n    本年支出合计2940.05万元，其中："
        "基本支出2336.91万元，占79.49%； 项目支出\n\n\n  四、其他\n"
    )
    assert outcomes(text) == ["通过"] * 3


def test_rounding_is_half_a_digit_and_no_more() -> None:
    assert [outcomes(COMPLETION.format(one)) for one in ("105.37", "105.4", "105", "105.38", "105.36", "106")] == [
        ["通过"],
        ["通过"],
        ["通过"],
        ["尾差"],
        ["尾差"],
        ["不符"],
    ]
    assert outcomes(COMPLETION.format("105.39")) == ["不符"]


def test_the_base_of_a_decrease_is_last_year() -> None:
    """3.54 of 17.63 is 20.08 %, and no unrounded amounts make it 20.0 %."""
    assert outcomes("机关运行经费支出14.09万元，比年初预算数减少3.54万元，降低20.0%。") == ["不符"]
    assert outcomes("机关运行经费支出14.09万元，比年初预算数减少3.54万元，降低20.1%。") == ["通过"]


def test_a_document_without_cents_is_not_held_to_cents() -> None:
    rough = "本年支出合计2940万元，其中：基本支出2337万元，占79.5%；项目支出603万元，占20.5%。" * 4
    assert set(outcomes(rough)) == {"通过"}
    assert set(outcomes(rough.replace("79.5%", "79.48%"))) == {"通过", "尾差"}


def test_counts_name_every_outcome() -> None:
    assert count(claims_in(COMPLETION.format("105.9")).claims) == {
        "通过": 0,
        "尾差": 0,
        "不符": 1,
        "零基数": 0,
        "未核对": 0,
    }
    assert list(count(())) == [one.value for one in Outcome]


SCRAPS = [
    "",
    "\n\n",
    "。",
    "%",
    "万元",
    "其中：",
    "占5%",
    "增加",
    "1" * 400 + "万元",
    "完成年初预算的1e5%。",
    "2023年13月32日",
    "\ufeff年",
    "（" * 50,
    "其中其中1万元",
]


@pytest.mark.parametrize("text", SCRAPS)
def test_a_scrap_of_text_is_no_reason_to_fail(text: str) -> None:
    assert all(one.outcome is not Outcome.FAILED for one in claims_in(text).claims)


HOSTILE = {
    "digits": "1",
    "amounts": "1万元",
    "lists": "1万元，其中2万元；",
    "shares": "占1%",
    "changes": "比上年增加1万元，增长2%，",
    "budgets": "预算1万元，决算2万元，完成预算的3%，",
    "words": "决算数大于预算数",
    "brackets": "（一",
    "years": "2019年度决算支出，",
    "dates": "9月31日",
    "results": "达标率100%",
    "totals": "1万元，合计2万元，",
    "named": "本年收入合计1万元。",
    "balances": "预算1万元支出1万元结余1万元，",
    "lines": "1\n",
    "cells": "总分\t100\t98\n",
    "commas": "1,",
    "pauses": "、",
    "made of": "，由甲1万元和乙",
    "brackets behind figures": "1万元（",
    "runs": "1万元、分别占1%、",
    "no budgets": "年初未安排预算，决算1万元，",
    "points": "上年的1%，提高2个百分点",
    "items": "基本支出1万元，基本支出大于项目支出，",
    "level": "与上年持平，",
    "measured": "决算大于预算1万元，",
    "rates": "增长三成",
    "per cent": "百分之一",
    "times": "甲是乙的2倍，",
    "grouped": "1 500万元，",
    "wide commas": "1，500",
    "balances of a year": "收入1万元，支出1万元，结余1万元，",
    "unmarked": "基本支出1万元，人员经费1万元，",
    "promises": "绩效目标全部完成",
    "marks": "自评得分98分",
    "taken": "因甲扣2分",
    "undone": "一项指标未完成，",
    "among": "支出1万元中，",
}


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Four times the text takes about four times as long, where a pattern that looks back over all of it takes
    sixteen.
    """

    def seconds(size: int) -> float:
        """The fastest of three: a shared machine is slow at times, and never fast by chance."""
        found = []
        for _ in range(3):
            start = time.process_time()
            claims_in((piece * size)[:size], 2020)
            found.append(time.process_time() - start)
        return min(found)

    assert seconds(32_000) < 9 * seconds(8_000) + 0.1


@pytest.mark.slow
def test_a_megabyte_of_everything_is_read() -> None:
    text = "".join(piece * (60_000 // len(piece)) for piece in HOSTILE.values())
    assert len(text) > 1_000_000
    start = time.process_time()
    page = claims_in(text, 2020)
    assert time.process_time() - start < 60
    assert len(page.findings) <= 101


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit status and what was printed."""
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_the_command_tells_findings_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "说明.txt"
    file.write_text(COMPLETION.format("105.9") + "截止目前，会议于9月31日召开。。\n", encoding="utf-8")
    status, out, _ = run(["claims", str(file)], capsys)
    assert status == 0
    assert "读出 1 处：通过 0，尾差 0，不符 1，零基数 0，未核对 0" in out
    for code in ("claim-completion", "claim-date", "prose-until", "prose-doubled"):
        assert f"[{code}]" in out


def test_json_has_lines_and_every_claim(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text("# 说明\n\n" + COMPLETION.format("105.9") + "\n与上年相比，增长3%。\n", encoding="utf-8")
    status, out, _ = run(["claims", str(file), "--format", "json"], capsys)
    document = json.loads(out)
    assert status == 0
    assert [(one["code"], one["line"], one["column"], one["expected"]) for one in document["findings"]] == [
        ("claim-completion", 3, 36, "105.4%")
    ]
    assert document["verdicts"] == {"通过": 0, "尾差": 0, "不符": 1, "零基数": 0, "未核对": 1}
    assert [(one["kind"], one["outcome"], one["line"]) for one in document["checked"]] == [
        ("completion", "不符", 3),
        ("growth", "未核对", 4),
    ]


def test_old_encodings_are_read_and_what_is_no_text_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(("\x0c" + COMPLETION.format("105.9")).encode("gb18030"))
    assert "claim-completion" in run(["claims", str(file)], capsys)[1]
    for data, code in (
        (b"", "file-empty"),
        (b"%PDF\0\1", "file-binary"),
        (b"a" * 2_100_000, "file-too-large"),
        (b"\xff\xfe1\0", "file-encoding"),
    ):
        file.write_bytes(data)
        status, out, _ = run(["claims", str(file), "--format", "json"], capsys)
        assert (status, [one["code"] for one in json.loads(out)["findings"]]) == (1, [code])


def test_a_file_that_is_not_there_or_no_text_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["claims", str(tmp_path / "a.txt")], capsys)[::2] == (2, f"没有这个文件：{tmp_path / 'a.txt'}\n")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    status, _, err = run(["claims", str(tmp_path / "a.pdf")], capsys)
    assert (status, "pdftotext" in err) == (2, True)


def test_amounts_and_shares_are_held_against_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "2020年度部门决算\n\n财政拨款收入186.67万元，占本年收入合计的72.0%。\n\n其他收入73.48万元。\n", encoding="utf-8"
    )
    against = ["--against", str(REAL.relative_to(ROOT)), "--root", str(ROOT), "--format", "json"]
    document = json.loads(run(["claims", str(file), *against], capsys)[1])
    assert [(one["code"], one["line"], one["expected"]) for one in document["findings"]] == [
        ("claim-amount", 5, "0.00、72.48")
    ]
    assert [(one["kind"], one["outcome"]) for one in document["checked"]] == [("share", "通过")]
    alone = json.loads(run(["claims", str(file), "--format", "json"], capsys)[1])
    assert [(one["kind"], one["outcome"]) for one in alone["checked"]] == [("share", "未核对")]
    status, _, err = run(["claims", str(file), "--against", "data/none.yaml", "--root", str(ROOT)], capsys)
    assert (status, "--against" in err) == (2, True)


DEMO = ROOT / "examples" / "demo"
GIVEN = [
    "--against",
    "data/example-county/education-bureau/2024/final-accounts.yaml",
    "--root",
    str(DEMO),
    "--format",
    "json",
]
WRONG = """示例县教育局2024年度部门决算说明

示例县水利局2024年度部门决算支出全部公开。

基本支出大于项目支出。

小学教育（项）完成年初预算的118.0%。

人员经费678.02万元，主要包括：基本工资、津贴补贴、
绩效工资、离休费。

因公出国（境）费支出3.68万元，比上年增长100%。

在其他收入40.88万元中，利息收入为主。

公务接待费与上年持平。

2019年度部门决算没有政府性基金收支。
"""
RIGHT = """示例县教育局2024年度部门决算说明

示例县教育局2024年度收、支总计1678.43万元。基本支出小于项目支出。

行政运行（项）支出决算为575.33万元，决算数大于年初预算数37.40万元，完成年初预算的107.0%。

人员经费678.02万元，主要包括：基本工资、津贴补贴、奖金、住房公积金。

因公出国（境）费支出3.68万元，比上年增加3.68万元。三公经费支出低于预算0.75万元。公务接待费高于上年。
"""


def test_a_text_is_held_against_all_that_a_disclosure_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the prose of the disclosure would be: tables of this year and the last, names of units, items listed without
    an amount, years.
    """
    file = tmp_path / "说明.txt"
    file.write_text(WRONG, encoding="utf-8")
    document = json.loads(run(["claims", str(file), *GIVEN], capsys)[1])
    assert [(one["code"], one["line"], one["column"]) for one in document["findings"]] == [
        ("name-mentioned", 3, 1),
        ("claim-direction", 5, 5),
        ("claim-completion", 7, 15),
        ("item-without-figure", 9, 1),
        ("claim-zero-base", 12, 23),
        ("claim-amount", 14, 6),
        ("claim-direction", 16, 9),
        ("year-mentioned", 18, 1),
    ]
    assert "原文写其他收入40.88万元" in document["findings"][5]["message"]
    file.write_text(RIGHT, encoding="utf-8")
    document = json.loads(run(["claims", str(file), *GIVEN], capsys)[1])
    assert document["findings"] == []
    assert {one["outcome"] for one in document["checked"]} == {"通过"}


def test_marks_that_a_table_of_the_disclosure_lost_contradict_a_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "报告.txt"
    file.write_text("年度绩效目标均已完成。\n", encoding="utf-8")
    given = [
        "--against",
        "data/shifeng/business-environment-centre/2020/self-evaluation.yaml",
        "--root",
        str(ROOT),
        "--format",
        "json",
    ]
    document = json.loads(run(["claims", str(file), *given], capsys)[1])
    assert [(one["code"], one["line"], one["column"]) for one in document["findings"]] == [
        ("claim-contradiction", 1, 3)
    ]


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        ("百分之五", ("5", 0)),
        ("百分之十二点五", ("12.5", 1)),
        ("百分之零点八", ("0.8", 1)),
        ("百分之百", ("100", 0)),
        ("百分之一百二十", ("120", 0)),
        ("百分之3.5", ("3.5", 1)),
        ("三成", ("30", -1)),
        ("九成五", ("95", 0)),
        ("三成半", ("35", 0)),
        ("两倍", ("200", -1)),
        ("十二倍", ("1200", -1)),
        ("翻一番", ("100", -1)),
        ("翻了两番", ("300", -1)),
        ("四分之一", ("25", 0)),
        ("一半", ("50", -1)),
        ("三四成", None),
        ("两三倍", None),
    ],
)
def test_rates_in_words(words: str, rate: tuple[str, int] | None) -> None:
    found = rate_of(words)
    assert (found and (Decimal(found[0]), found[1])) == (rate and (Decimal(rate[0]), rate[1]))
    assert [(one.unit, one.unclear) for one in tokens_of(f"增长{words}。") if one.sort == "number"] == [
        ("%", rate is None)
    ]


def test_the_page_about_the_sources_is_current() -> None:
    assert tool(["--check"]) == 0
    assert tool([]) == 2


@pytest.mark.skipif(not SOURCES.is_dir(), reason="没有 ../shared/sources")
def test_the_known_contradictions_of_the_sources_are_found() -> None:
    """Read off the printed documents by hand: file, line, code, what should have been written."""
    known = {
        "000_a609352d8caeb3a3.txt": {
            (237, "claim-rounding", "8.83%"),
            (249, "claim-repeat", None),
            (250, "claim-repeat", None),
            (242, "claim-contradiction", None),
        },
        "002_1badfcc9a92bbef4.txt": {(229, "claim-date", None), (235, "claim-contradiction", None)},
        "003_47bd59928ec87c1d.txt": {(18, "claim-carry-over", "0万元")},
        "004_97ec0fee91833ab7.txt": {
            (411, "claim-completion", "166%"),
            (415, "claim-completion", "105.4%"),
            (441, "claim-completion", "0%"),
            (467, "claim-growth", "20.1%"),
            (423, "claim-zero-base", None),
            (427, "claim-zero-base", None),
            (439, "claim-zero-base", None),
            (443, "claim-zero-base", None),
        },
    }
    for name, expected in known.items():
        page = claims_in((SOURCES / name).read_text(encoding="utf-8"))
        assert {(one.place.line, one.code, one.expected) for one in page.findings} == expected


def test_amounts_are_exact() -> None:
    """Cents of a sum are no matter of binary fractions."""
    parts = "".join(f"其他费用{'甲乙丙丁戊己庚辛壬癸'[number]}{Decimal(number + 1) / 10}万元，" for number in range(10))
    page = claims_in(f"会议费5.5万元，其中：{parts[:-1]}。")
    assert Counter(one.outcome.value for one in page.claims) == {"通过": 1}
