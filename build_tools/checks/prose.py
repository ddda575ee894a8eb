"""What a disclosure says in words, held against its own figures and against itself: each claim of each text, and hints
about the text.

Nothing here holds a disclosure back. What the file itself tells under 原文出入 or 已知差异 is not told again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate

from build_tools.accounts.statement import Statement
from build_tools.checks.claims import Judged, Outcome, Page, claims_in
from build_tools.checks.claims.hygiene import ODD, hygiene
from build_tools.checks.claims.missed import PROMISE, promises
from build_tools.checks.claims.naming import key_of
from build_tools.checks.claims.statements import otherwise, percent
from build_tools.checks.claims.telling import message
from build_tools.checks.context import Context
from build_tools.checks.figures import limited
from build_tools.checks.indicators import actual_of
from build_tools.checks.tables import WORDS, Tables, amounts, tables_of
from build_tools.checks.text_places import finder, lines_of
from build_tools.checks.texts import Text, explained, texts
from build_tools.checks.years import mentions
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept

# characters of one disclosure that are read, about ten times the longest that is published; texts that are set against
# its tables
MOST_READ, MOST_AGAINST = 200_000, 200
# without a day that may not be, or a figure in a unit and a word that joins it to something, there is no claim
ODD_DAY = re.compile(
    r"(?<!\d)(?:0?2\s*月\s*(?:29|3[01])|(?:0?[469]|11)\s*月\s*31|(?:0{1,2}|1[3-9]|[2-9]\d)\s*月|\d{1,2}\s*月\s*(?:0{1,2}|3[2-9]|[4-9]\d)\s*[日号])"
)
FIGURED = re.compile(r"\d\s*(?:个?百分点|[十百千]?[万亿]?元|[%％])")
JOINED = re.compile("[占增减降升完执平余转中计大小等超高低比较收支费款]")
# what stands for the whole unit wherever it is named
OF_UNIT = frozenset(WORDS["of_unit"])
FULL_AND_GOT = (Concept.SELF_EVALUATION_WEIGHT, Concept.SELF_EVALUATION_SCORE)
JUDGED = tuple(
    f"claim-{kind}"
    for kind in ("share", "growth", "completion", "sum", "carry-over", "direction", "zero-base", "rounding")
)
TOO_MANY, EXPLAINED, SHORT = "file-too-many-findings", "已说明", 500


@dataclass(frozen=True, slots=True)
class Told:
    """Something found in a text. `offset` is the character of it that the finding points at, `note` what the reader of
    the page is told ('' = nothing).

    `words` are the words of the text that it is about; `outcome` is that of a claim, '' for a hint.
    """

    text: Text
    finding: Finding
    words: tuple[str, ...]
    outcome: str = ""
    note: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Prose:
    """`told` is what the texts get wrong, `known` what the file itself says of that; `counts` are claims by outcome;
    `unread` where reading stopped.
    """

    told: tuple[Told, ...]
    known: tuple[Told, ...]
    counts: Mapping[str, int]
    unread: Place | None = None


def prose_findings(prose: Prose, context: Context) -> list[Finding]:
    """The claims that do not hold, the gravest first, then hints about the texts."""
    names = [one.name for one in context.department.names]
    found = sorted(
        (one.finding for one in prose.told if not of_name(one, names)),
        key=lambda one: list(Severity).index(one.severity),
    )
    rest = prose.unread and Finding(
        "prose-too-long",
        f"文字超过 {MOST_READ // 10_000} 万字，后面的没有核对",
        prose.unread,
        Severity.HINT,
        hint="检查是否重复粘贴；附件另外公开",
    )
    by_kind = ([one for one in found if one.code.startswith("claim-") is wanted] for wanted in (True, False))
    return [*(one for some in by_kind for one in limited(some)), *([rest] if rest else [])]


def of_name(one: Told, names: Iterable[str]) -> bool:
    """True for a word that stands twice in the unit's own name: it is registered so."""
    text, start = one.text.text, one.offset
    if one.finding.code != "prose-doubled":
        return False
    end = start + len(one.words[0])
    return any(
        match.start() <= start and end <= match.end() for name in names for match in re.finditer(re.escape(name), text)
    )


def read_prose(context: Context) -> Prose:
    """Every text read. Last year's tables are asked for as far as the public may see them; few texts do."""
    disclosure = context.disclosure
    last = f"上年.{disclosure.kind}"
    against = cache(lambda: tables_of(disclosure.statements, disclosure.year, context.ledger.get(last)))
    lines = cache(lambda: lines_of(disclosure.source))
    told: list[Told] = []
    known: list[Told] = []
    counts: Counter[str] = Counter()
    read = asked = 0
    for text in texts(disclosure, remarkable):
        read += len(text.text)
        if read > MOST_READ:
            return Prose(tuple(told), tuple(known), counts, text.place)
        found = [*hints(text), *missed(text, disclosure.statements), *reached(text, disclosure.statements)]
        if text.kind != "names" and worth_reading(text.text):
            asked += bool(FIGURED.search(text.text))
            found += claims(
                text,
                against() if FIGURED.search(text.text) and asked <= MOST_AGAINST else Tables(),
                disclosure.year,
                counts,
            )
        for one in placed(found, text, lines) if found else ():
            if not explained(one.words, text, disclosure.remarks, context.verdicts):
                told.append(one)
                continue
            known.append(one)
            counts.update({EXPLAINED: 1, one.outcome: -1} if one.outcome else {})
    return Prose(tuple(told), tuple(known), counts)


def remarkable(text: str) -> bool:
    """False for nearly all: names, reasons and targets, of which departments write many alike."""
    return remarkable_short(text) if len(text) <= SHORT else True


@lru_cache(maxsize=8192)
def remarkable_short(text: str) -> bool:
    """The same, of a text that is worth remembering."""
    return (
        worth_reading(text)
        or ODD.search(text) is not None
        or PROMISE.search(text) is not None
        or ("实际" in text and "%" in text)
    )


def worth_reading(text: str) -> bool:
    """True where there may be a claim."""
    return bool(ODD_DAY.search(text) or (FIGURED.search(text) and JOINED.search(text)))


def claims(text: Text, tables: Tables, year: int, counts: Counter[str]) -> Iterator[Told]:
    """What a text claims and its figures, the tables or the calendar do not bear out. Every claim is counted by its
    outcome.
    """
    page = claims_in(text.text, year, None, tables.named)
    named, agreed = amounts(of_unit(page, text), tables, "")
    counts.update(one.outcome.value for one in page.claims)
    counts.update({Outcome.PASSED.value: agreed, Outcome.FAILED.value: len(named)})
    judged = {(one.claim.line, one.claim.column): one for one in page.claims}
    for finding in (*page.findings, *named):
        # a year is told with the words around it by `check_mentions`
        if finding.code == TOO_MANY or (finding.code == "claim-year" and any(mentions(text.text, year))):
            continue
        one = judged.get(finding.place[1:3]) if finding.code in JUDGED else None
        outcome = one.outcome.value if one else Outcome.FAILED.value if finding.code == "claim-amount" else ""
        short = f"{message(one)}" if one and one.outcome is Outcome.FAILED else finding.message
        shown = "" if finding.severity is Severity.HINT else f"{short}。".replace("原文写", text.says)
        finding = replace(finding, message=finding.message.replace("原文写", text.says))
        yield Told(text, finding, words_of(finding, one), outcome, shown)


def words_of(finding: Finding, one: Judged | None) -> tuple[str, ...]:
    """The words of the text that a finding is about; of a comparison its figures, as 大于 alone is said of many
    things.
    """
    return (
        one.claim.figures
        if one and one.claim.kind == "direction" and one.claim.figures
        else (finding.actual or finding.message,)
    )


def of_unit(page: Page, text: Text) -> Page:
    """The page with those of its amounts that stand for the whole unit: 培训费 of a project is not the unit's."""
    return replace(page, amounts=tuple(one for one in page.amounts if text.of_unit and key_of(one.name) in OF_UNIT))


def hints(text: Text) -> Iterator[Told]:
    """What is odd about the text itself."""
    for finding in hygiene(text.text):
        if finding.code != TOO_MANY:
            yield Told(text, finding, (finding.actual or finding.message,))


def missed(text: Text, statements: Mapping[str, Statement]) -> Iterator[Told]:
    """Nothing was missed, in words; marks were lost, in the table of the same project, or of the whole unit."""
    match = next(promises(text.text), None) if text.kind != "names" else None
    for one in statements.values() if match else ():
        full, got = (one.cell_of(concept).amount for concept in FULL_AND_GOT)
        if match and full is not None and got is not None and got < full and one.instance == text.statement.instance:
            place = Place("", *line_and_column(text.text, match.start()), len(match[0]))
            yield Told(
                text,
                Finding(
                    "claim-contradiction",
                    f"{text.says}“{match[0]}”，{one.form.key}总分 {full:f}，得 {got:f}",
                    place,
                    Severity.HINT,
                    actual=match[0],
                    hint="写明没有得满分的指标和原因",
                ),
                (match[0],),
            )
            return


def reached(text: Text, statements: Mapping[str, Statement]) -> Iterator[Told]:
    """A result that a text gives otherwise than the table of indicators of the same project, or of the whole unit: 100%
    here, ≥98% there.
    """
    if text.kind == "names" or "实际" not in text.text or "%" not in text.text:
        return
    known = {
        row.label: value
        for one in statements.values()
        if one.instance == text.statement.instance
        for axes in one.axes.values()
        if axes.block.kind == "indicators"
        for row in axes.rows
        if (value := percent(actual_of(one, axes, row).text))
    }
    for match, name in otherwise(text.text, known) if known else ():
        said = f"{text.says}{name}{match[0]}，表里的实际完成值是 {known[name]}"
        yield Told(
            text,
            Finding(
                "claim-repeat",
                said,
                Place("", *line_and_column(text.text, match.start()), len(match[0])),
                Severity.WARNING,
                actual=match[0],
                hint="核对哪一处是对的，两处写成一样",
            ),
            (match[0],),
            Outcome.FAILED.value,
            f"{said}。",
        )


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Where a character stands in a text, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def placed(found: Iterable[Told], text: Text, lines: Callable[[], Sequence[str]]) -> Iterator[Told]:
    """The same at its place in the file, with the character of the text where it stands."""
    at = finder(text.text, text.place, lines)
    starts = [0, *accumulate(len(line) + 1 for line in text.text.split("\n"))]
    for one in found:
        line, column, length = one.finding.place[1:]
        yield replace(
            one, finding=replace(one.finding, place=at(line, column, length)), offset=starts[line - 1] + column - 1
        )
