"""`mingzhang status`: how far every department is, for the bureau: who is late, what is missing, what waits, what is
next.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from unicodedata import east_asian_width

from build_tools.accounts.corpus import read_project
from build_tools.accounts.statement.model import NOTHING
from build_tools.checks.duties import LIMIT, Duty, Part, Stage, Standing, duties_of
from build_tools.cli.telling import tell
from build_tools.record import check_published
from build_tools.web.exports import csv_of

# of the tables and sections, the number of those that are out and the names of the others
TOLD = tuple(one for one in Standing if one is not Standing.PUBLISHED)
HEAD = (
    "区划,部门,年度,公开类型,状态,收录,批复日期,公开期限,公开日期,超期天数,应有的表和部分,其中已公开,"
    f"{','.join(f'其中{one}' for one in TOLD)},文件"
)
UNDATED = "批复日期没有写明，不能核对时限"
SHOWN, NAMED = 30, 6


def status(options: argparse.Namespace) -> int:
    """Read, assess, print. 0 where the folder could be read: a report blames nobody."""
    project = read_project(options.root)
    reports, findings = check_published(project)
    found = [one for report in reports for one in duties_of(report, project)]
    if not reports and findings:
        tell(findings, options.root)
        return 1
    print(
        {"text": as_text, "json": as_json, "csv": as_csv}[options.format](found),
        end="" if options.format == "csv" else "\n",
    )
    return 0


def counts(duties: Sequence[Duty]) -> dict[str, int]:
    """How many at each stage, every stage named, and how many past their day."""
    stages = Counter(one.stage for one in duties)
    return {**{stage.value: stages[stage] for stage in Stage}, "超期": sum(one.late > 0 for one in duties)}


def as_text(duties: Sequence[Duty]) -> str:
    """For a person: the numbers, then only what somebody has to do."""
    numbers = "，".join(f"{name} {number}" for name, number in counts(duties).items())
    ahead = sorted((one for one in duties if one.ahead), key=lambda one: one.deadline or one.day)
    following = (
        f"\n下一个期限：{ahead[0].deadline}，{ahead[0].department}{ahead[0].year}年{ahead[0].kind}" if ahead else ""
    )
    parts = [f"应公开和已填报 {len(duties)} 份：{numbers}{following}"]
    for heading, wanted, said in QUESTIONS:
        some = [one for one in duties if wanted(one)]
        if some:
            parts.append(
                "\n".join([f"{heading}（{len(some)} 份）", *table([line(one, said(one)) for one in some[:SHOWN]])])
            )
            if len(some) > SHOWN:
                parts[-1] += f"\n  ……其余 {len(some) - SHOWN} 份见 --format csv"
    return "\n\n".join(parts)


def line(one: Duty, said: str) -> list[str]:
    """A duty and what is said of it."""
    return [one.district, one.department, f"{one.year}年", one.kind, said]


def late_by(one: Duty) -> str:
    """批复, the last day, how late."""
    when = (
        f"{one.published} 公开"
        if one.stage is Stage.PUBLISHED
        else f"定于 {one.published or '以后'} 公开"
        if one.stage is Stage.WAITING
        else f"现在{one.stage}"
    )
    return f"{one.approved} 批复，应在 {one.deadline} 前公开，{when}，超过 {one.late} 天"


def stands(one: Duty) -> str:
    """What stands in the way of a file."""
    until = f"，期限 {one.deadline}" if one.ahead else ""
    what = (
        "{}公开".format(one.published or "到公开日期")
        if one.stage is Stage.WAITING
        else {
            Stage.HELD: "有错误，运行 mingzhang check 看是什么",
            Stage.UNSIGNED: "写明保密审查和负责人审签后公开",
        }.get(one.stage, one.stage.value)
    )
    return what + until


def open_gaps(one: Duty) -> list[Part]:
    """What somebody still has to fill or to explain, in a file that nothing else stops: 无 and 不涉及 explain
    themselves on the page.
    """
    said = (*NOTHING, Standing.ELSEWHERE)
    stopped = one.stage in (Stage.MISSING, Stage.HELD)
    return [
        gap
        for gap in one.gaps
        if not stopped and gap.word not in said and not (gap.word == Standing.WITHHELD and gap.note)
    ]


def gaps_of(gaps: Sequence[Part], most: int | None = None) -> str:
    """Tables and sections without contents, by what is said of them. What is withheld names its article
    (依法不公开的依据).
    """
    words: dict[str, list[str]] = {}
    for gap in gaps:
        note = f"（{gap.note[:30]}）" if gap.note else "（没有在“注”里写依据）" if gap.word == Standing.WITHHELD else ""
        words.setdefault(gap.word + note, []).append(gap.name)
    return "；".join(
        f"{word}：{'、'.join(names[:most])}{f'等 {len(names)} 项' if most and len(names) > most else ''}"
        for word, names in words.items()
    )


QUESTIONS: tuple[tuple[str, Callable[[Duty], bool], Callable[[Duty], str]], ...] = (
    (f"超过批复后 {LIMIT} 日", lambda one: one.late > 0, late_by),
    (
        "公开日期早于批复日期，请核对",
        lambda one: one.contradicts,
        lambda one: f"{one.approved} 批复，{one.published} 公开",
    ),
    (
        "批复日期在今天以后，请核对",
        lambda one: one.approved is not None and one.approved > one.day,
        lambda one: f"{one.approved} 批复",
    ),
    ("没有公开文件", lambda one: one.stage is Stage.MISSING, lambda one: "没有文件"),
    ("等待审签、审核或改正", lambda one: one.stage in (Stage.UNSIGNED, Stage.REVIEW, Stage.DRAFT, Stage.HELD), stands),
    ("到期自动公开", lambda one: one.stage is Stage.WAITING, stands),
    ("有表或部分没有填写或没有说明", lambda one: bool(open_gaps(one)), lambda one: gaps_of(open_gaps(one), NAMED)),
    (UNDATED, lambda one: one.stage is not Stage.MISSING and one.approved is None, lambda one: one.stage.value),
)


def table(rows: list[list[str]]) -> Iterator[str]:
    """Lines with their columns one below the other; Chinese characters are two wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield (
            "  " + "  ".join(text + " " * (wide - width(text)) for text, wide in zip(row, widths, strict=True)).rstrip()
        )


def width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def row_of(one: Duty) -> list[str]:
    """The columns of the CSV."""
    dates = [str(day) if day else "" for day in (one.approved, one.deadline, one.published)]
    parts = [
        str(len(one.parts)),
        str(len(one.standing_so(Standing.PUBLISHED))),
        *("；".join(part.told for part in one.standing_so(standing)) for standing in TOLD),
    ]
    return [
        one.district,
        one.department,
        str(one.year),
        one.kind,
        one.stage.value,
        "是" if one.collected else "否",
        *dates,
        str(one.late or ""),
        *parts,
        one.file,
    ]


def as_csv(duties: Sequence[Duty]) -> str:
    """For Excel: byte order mark, one header row, nothing that it would take for a formula."""
    return csv_of((HEAD.split(","), *map(row_of, duties)))


def as_json(duties: Sequence[Duty]) -> str:
    """For programs."""
    records = [
        {
            "district": one.district,
            "department": one.department,
            "year": one.year,
            "kind": one.kind,
            "stage": one.stage.value,
            "collected": one.collected,
            "approved": one.approved and str(one.approved),
            "deadline": one.deadline and str(one.deadline),
            "published": one.published and str(one.published),
            "days_late": one.late,
            "file": one.file or None,
            "parts": [
                {
                    "section": part.section,
                    "table": part.table or None,
                    "heading": part.heading or None,
                    "standing": one.standing(part),
                    "word": part.word or None,
                    "note": part.note or None,
                }
                for part in one.parts
            ],
        }
        for one in duties
    ]
    return json.dumps({"counts": counts(duties), "duties": records}, ensure_ascii=False, indent=1)
