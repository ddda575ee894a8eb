"""Years that are another's: last year's document is the usual draft of this year's.

History, plans, titles of documents and comparisons speak of other years; what is left is what can hardly be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import State, Statement
from build_tools.checks.text_places import lines_of, within
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept

# a year of accounts as it stands in text, and the marks of titles around some of them
MENTION = re.compile(r"[《》]|(?<![0-9])((?:19|20)[0-9]{2})年度")
# in front of a year: a comparison, a span, a date up to which something holds
LEADS = re.compile(r"(?:截至|截止|自|从|到|至|比|较|与|和|同|及|、|[-—~～])\s*$")
# behind it: what the accounts of a year are about
ACCOUNTS = re.compile(
    "本?(?:部门|单位|我[局委办部院]|中心)?(?:整体支出|项目支出)?"
    "(?:决算|预算|财政拨款|一般公共预算|政府性基金|国有资本经营|“?三公”?|机关运行经费|政府采购|绩效)"
)
NOTHING = re.compile(r"(?:本部门|本单位|我[局委办部院]|我单位|我中心)?(?:没有|无|未发生|未使用|未安排)")
COMPARES = re.compile("上年|比|较|增|减|结转")
WINDOW = 30
# of last year, which is spoken of every day: a heading that is numbered or begins with 关于, a sentence that begins
# with its accounts
SENTENCE, CLOSE = re.compile(r"[。！？；\n]"), re.compile(r"[。！？；\n]|\Z")
NUMBERED = re.compile(
    r"\s{0,9}(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}(?:[）)]|[、.．]|部分)\s{0,9})?(?P<about>关于)?\s{0,9}(?:本部门|本单位|我单位|我[局委办部院])?"
)
TOLD = re.compile(rf"(?:{ACCOUNTS.pattern}|本年|收入|支出|收、支|收支)")
AMOUNT = re.compile(r"[0-9](?:\.[0-9]{1,6})?\s?[万亿]?元")
# a document of plans tells what became of last year's
PLANS, TITLE = "performance-targets", 40
# what a year of accounts is written with, and how many characters it takes
YEARLY, MENTIONED = re.compile("[0-9]年度"), len("2020年度")


def other_years(statement: Statement, disclosure: Disclosure) -> Iterator[Finding]:
    """Mentions of another year's accounts in the texts of a table and in the note under it; the first of each text."""
    found = [(cell.text, cell.place, column.label) for _, _, column, cell in statement.words]
    lines = cache(lambda: lines_of(disclosure.source))
    spent = disclosure.slug != PLANS
    for text, place, label in (*found, (statement.note, statement.noted, "注")):
        other, offset = next(mentioned(text, disclosure.year, spent), ("", 0))
        if other and place:
            at = within(text, place, offset, MENTIONED, lines)
            yield other_year(f"{statement.form.key}的“{label[:30]}”", other, disclosure.year, at)


def other_dates(statement: Statement, year: int) -> Iterator[Finding]:
    """Days up to which cars and assets were counted, in another year than that of the accounts."""
    for spot in statement.form.concepts.get(Concept.COUNTED_UNTIL, ()):
        axes = statement.axes.get(spot.block)
        column, cell = axes.block.column(spot.column) if axes else None, statement.at(spot.block, "", spot.column)
        written = cell.state is State.WRITTEN and cell.text[:4].isdigit()
        if column and cell.place and written and cell.text[:4] != str(year):
            yield other_year(f"{statement.form.key}的“{column.label}”", cell.text[:4], year, cell.place)


def other_year(where: str, other: str, year: int, place: Place) -> Finding:
    """The accounts of another year, told as if they were this year's."""
    return Finding(
        "year-mentioned",
        f"{where}写到 {other} 年度，这是 {year} 年度的文件",
        place,
        Severity.HINT,
        expected=str(year),
        actual=other,
        hint="核对年度，多半是沿用往年文本时漏改；写的确是那一年的事就不用改",
    )


def mentions(text: str, year: int) -> Iterator[str]:
    """The years whose accounts a text speaks of as if they were this year's."""
    return (one for one, _ in mentioned(text, year))


def mentioned(text: str, year: int, last: bool = True) -> Iterator[tuple[str, int]]:
    """The same with their places in the text; titles in 《》 are passed over. `last` = last year's too."""
    if not YEARLY.search(text):
        return
    depth = 0
    for match in MENTION.finditer(text):
        if not match[1]:
            depth = max(0, depth + (1 if match[0] == "《" else -1))
            continue
        before, after = text[max(0, match.start() - WINDOW) : match.start()], text[match.end() : match.end() + WINDOW]
        away = abs(int(match[1]) - year)
        if depth or not away or LEADS.search(before) or COMPARES.search(after):
            continue
        # last year and the next are spoken of every day; that last year had nothing is only said where this year is
        # meant
        if NOTHING.match(after) or (
            ACCOUNTS.match(after)
            if away > 1
            else last and int(match[1]) < year and instead(text, match.start(), match.end(), year)
        ):
            yield match[1], match.start()


def instead(text: str, start: int, end: int, year: int) -> bool:
    """True where last year's accounts stand in a heading, or open a sentence with its figures, and nothing is
    compared.
    """
    opens = max(
        (match.end() for match in SENTENCE.finditer(text, max(0, start - TITLE), start)), default=max(0, start - TITLE)
    )
    closes = CLOSE.search(text, end)
    lead, rest = NUMBERED.fullmatch(text[opens:start]), text[end : closes.start() if closes else len(text)]
    if (
        lead is None
        or (opens and start - opens >= TITLE)
        or not TOLD.match(rest)
        or COMPARES.search(rest)
        or str(year) in rest
    ):
        return False
    title = (
        bool(text[opens:start].strip())
        and len(rest) < TITLE
        and (closes is None or text[closes.start() : closes.end()] in ("", "\n"))
    )
    return title or (not rest.startswith("绩效") and AMOUNT.search(rest) is not None)
