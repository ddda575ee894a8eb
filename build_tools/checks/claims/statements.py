"""What a text says that no sum can prove and that still cannot be: a day that no calendar has, last year's heading, one
name with two figures, nothing missed where marks were lost.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.judging import shown, signed
from build_tools.checks.claims.missed import contradictions, promises
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.text import Block
from build_tools.checks.claims.words import NAMES, SPENDING, TOTAL, Token

# blocks and characters of a title; tokens at the beginning of a sentence
TITLES, SHORT, OPENING = 30, 60, 6
# what 亿元 and 万元 of one amount may differ by
NEARLY, ONE = Decimal("0.0002"), Decimal(1)
ABOUT = re.compile("决算|预算|绩效|三公|机关运行|政府采购|国有资产|收入支出")
ACCOUNTS = re.compile(
    "“?三公|一般公共|政府性基金|国有资本|财政拨款|机关运行|政府采购|部门决算|部门预算|决算|收入|支出|预算|本年"
)
STOCK = re.compile("车辆|公务用车|设备|保有量|国有资产")
# names that stand for one figure of a year
TOTALS = re.compile(
    "(?:本年收入合计|本年支出合计|收入支出总计|收、支总计|收支总计|财政拨款收入支出总计|财政拨款收、支总计|财政拨款收支总计|机关运行经费支出|机关运行经费|政府采购支出|政府采购金额|"
    "一般公共预算财政拨款支出|一般公共预算财政拨款基本支出|本年收入|本年支出)"
)
NAME_LENGTHS = range(6, 31)
PERCENTAGE = re.compile(r"(?<![\d.])\d{1,4}(?:\.\d{1,4})?%")
MARKS = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")


@dataclass(frozen=True, slots=True)
class Remark:
    """One such statement: `sort` is date, year, repeat or contradiction; `text` what is written, `other` what stands
    against it.
    """

    sort: str
    at: tuple[int, int]
    length: int
    text: str
    other: str

    def at_place(self, line: int, column: int) -> Remark:
        """The same at another place."""
        return replace(self, at=(line, column))


def year_of(blocks: Sequence[Block]) -> int | None:
    """The year that a text is about: the one in its title, if most of its accounts are of that year."""
    counts: Counter[int] = Counter()
    title = None
    for number, block in enumerate(blocks):
        for match in re.finditer(r"(?<!\d)(20\d{2})年(度?)", block.text):
            if match[2]:
                counts[int(match[1])] += 1
            if (
                title is None
                and number < TITLES
                and len(block.text) <= SHORT
                and (match[2] or ABOUT.search(block.text))
            ):
                title = int(match[1])
    most = counts.most_common(1)
    if title is None:
        return most[0][0] if most else None
    return title if not most or counts[title] * 2 >= counts.total() else None


def remarks(
    blocks: Sequence[Block], tokens: Sequence[Sequence[Token]], figures: Sequence[Sequence[Figure]], year: int | None
) -> list[Remark]:
    """Everything of this kind in a text."""
    found = [one for block, some in zip(blocks, tokens, strict=True) for one in dates(block, some)]
    if year:
        found += [one for block, some in zip(blocks, tokens, strict=True) for one in years(block, some, year)]
    return [*found, *repeats(blocks, figures, year), *targets(blocks), *missed(blocks)]


def dates(block: Block, tokens: Sequence[Token]) -> Iterator[Remark]:
    """Days and months that no calendar has; 2月29日 without a year is one in a leap year."""
    for one in tokens:
        match = (
            re.fullmatch(r"(?:(\d{4})年度?)?(\d{1,2})月(?:(\d{1,2})[日号])?", one.text) if one.sort == "date" else None
        )
        if match is None:
            continue
        month, day = int(match[2]), int(match[3] or 1)
        if not 1 <= month <= 12:
            yield remark("date", block, one, f"没有{month}月")
        elif not 1 <= day <= (last := monthrange(int(match[1] or 2000), month)[1]):
            yield remark("date", block, one, f"{month}月只有{last}天")


def remark(sort: str, block: Block, token: Token, other: str) -> Remark:
    """A remark about one token."""
    places = block.places[token.start : token.end]
    return Remark(sort, places[0], sum(line == places[0][0] for line, _ in places), token.text, other)


def years(block: Block, tokens: Sequence[Token], year: int) -> Iterator[Remark]:
    """Headings of another year, sentences that begin with another year's accounts and compare them with the year
    before, last year's stock.
    """
    heading = block.heading and ABOUT.search(block.text) and not any(mark in block.text for mark in "《》")
    sentence: list[Token] = []
    for number, one in enumerate(tokens):
        if one.sort == "delimiter" and one.text in "。；！？":
            sentence = []
            continue
        if len(sentence) > OPENING:
            continue
        sentence.append(one)
        other = (
            int(one.text[:4]) if one.sort in ("year", "date") and one.text[:2] == "20" and len(one.text) > 4 else year
        )
        if other == year:
            continue
        before = "".join(token.text for token in sentence[:-1])
        rest = "".join(token.text for token in upto(tokens, number + 1))
        if (
            one.sort == "year"
            and heading
            and one.text.endswith(NAMES["year"])
            and str(year) not in block.text
            and len(before) < 12
        ):
            yield remark("year", block, one, str(year))
        elif (
            one.sort == "year"
            and one.text.endswith(NAMES["year"])
            and not heading
            and opens(sentence)
            and ACCOUNTS.match(rest)
            and str(year) not in rest
        ):
            if "上年" in rest or f"{other - 1}年" in rest:
                yield remark("year", block, one, str(year))
        elif (
            one.sort == "date"
            and other == year - 1
            and "12月31日" in one.text
            and before in ("截至", "截止")
            and STOCK.search(rest)
            and str(year) not in rest
        ):
            yield remark("year", block, one, str(year))


def opens(sentence: Sequence[Token]) -> bool:
    """True where at most the name of a unit stands in front."""
    return len(sentence) <= 3 and all(one.sort in ("text", "name", "fill") for one in sentence[:-1])


def upto(tokens: Sequence[Token], start: int) -> Iterator[Token]:
    """The rest of a sentence, as far as it matters."""
    for one in tokens[start : start + 40]:
        if one.sort == "delimiter" and one.text in "。！？":
            return
        yield one


def repeats(blocks: Sequence[Block], paragraphs: Sequence[Sequence[Figure]], year: int | None) -> Iterator[Remark]:
    """A total that is given twice with two amounts."""
    known: dict[str, Figure] = {}
    for block, figures in zip(blocks, paragraphs, strict=True):
        for one in figures:
            match = (
                TOTALS.search(one.label)
                if one.is_amount
                and one.role in (Role.AMOUNT, Role.ACTUAL)
                and not one.aside
                and (one.year or year) == year
                else None
            )
            if match is None or match.end() != len(one.label):
                continue
            name = (
                match[0]
                .replace("、", "")
                .replace("收入支出总计", "收支总计")
                .removesuffix(TOTAL)
                .removesuffix(SPENDING)
                or match[0]
            )
            before = known.setdefault(name, one)
            if abs(signed(before) - signed(one)) > NEARLY * max(abs(signed(one)), ONE):
                yield remark("repeat", block, one.token, f"{match[0]}，前面写{shown(before, before.value)}")


def targets(blocks: Sequence[Block]) -> Iterator[Remark]:
    """A result that prose gives otherwise than the table of targets: 实际完成…达标率100%, where the table has ≥98%."""
    cells = {}
    for name, target, actual in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if len(name.text) in NAME_LENGTHS and (found := percent(actual.text)) and percent(target.text):
            cells[name.text] = found
    for block in blocks if cells else ():
        for match, title in otherwise(block.text, cells):
            yield remark(
                "repeat", block, Token("", match[0], *match.span()), f"{title}，表里实际完成值写{cells[title]}"
            )


def otherwise(text: str, cells: Mapping[str, str]) -> Iterator[tuple[re.Match[str], str]]:
    """Where a sentence on what was reached (实际) names an indicator and right behind it another percentage than
    `cells` has.
    """
    for match in PERCENTAGE.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        title = next(
            (before[-length:] for length in NAME_LENGTHS if length <= len(before) and before[-length:] in cells), ""
        )
        if (
            title
            and "实际" in before[: -len(title)].rpartition("；")[2].rpartition("。")[2]
            and cells[title] != match[0]
        ):
            yield match, title


def percent(text: str) -> str:
    """The percentage that a cell holds and nothing else but a sign before it."""
    match = re.fullmatch(r"[≥≤＞>=＝]{0,2}(\d{1,4}(?:\.\d{1,4})?%)(?:以上)?", text)
    return match[1] if match else ""


def missed(blocks: Sequence[Block]) -> Iterator[Remark]:
    """Nothing was missed, in words; marks were lost, in the table, or in words as well."""
    lost = ""
    for name, full, got in zip(blocks, blocks[1:], blocks[2:], strict=False):
        marks = (
            [Decimal(one.text.rstrip("分")) for one in (full, got) if MARKS.fullmatch(one.text)]
            if name.text in NAMES["full_marks"]
            else []
        )
        if len(marks) == 2 and marks[1] < marks[0]:
            lost = f"自评表总分{got.text}，满分{full.text}"
    if lost:
        found = [(block, match, lost) for block in blocks for match in promises(block.text)]
    else:
        found = [(block, match, f"文中又写“{against}”") for block, match, against in contradictions(blocks)]
    for block, match, against in found:
        yield remark("contradiction", block, Token("", match[0], *match.span()), against)
