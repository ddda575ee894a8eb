"""Rows keyed by classification code: shape, names, and the tree that codes imply.

Staff may write only the items they spend on; the 款 and 类 above them are known from their codes, and their names
from the codebook. A parent whose name nobody has said cannot be printed, so it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.accounts.statement.names import SHAPE_WORDS, SHAPES, Codebook, normal, parents_of, split_code
from build_tools.diagnostics import Finding, Place
from build_tools.fast import make
from build_tools.forms import Block, Row
from build_tools.source import Scalar


@dataclass(frozen=True, slots=True)
class CodeNames:
    """Where names of codes come from, in this order: what is written, what the form lists, the codebook of the year."""

    codebook: Codebook
    year: int


def read_code(key: Scalar, block: Block, names: CodeNames, findings: list[Finding]) -> Row | None:
    """The row that a key `2010301 行政运行` stands for. None, with a finding, where it stands for none."""
    code, name = split_code(key.text)
    shapes = SHAPES[block.codes]
    if not code:
        return None
    if len(code) not in shapes:
        findings.append(
            Finding(
                "code-shape",
                f"科目编码“{code}”有 {len(code)} 位",
                key.place,
                hint=f"{SHAPE_WORDS[block.codes]}；核对有没有多写或漏写数字",
            )
        )
        return None
    listed = (block.listed or {}).get(code, "")
    if name and listed and normal(name) != normal(listed):
        findings.append(name_differs(key.place, code, name, listed, "表样印的是"))
    label = listed or name or names.codebook.name(code, names.year)
    if not label:
        findings.append(
            Finding(
                "code-name-missing", f"科目 {code} 没有写名称，科目库里也没有", key.place, hint=f"写成“{code} 科目名称”"
            )
        )
        return None
    return make(Row, (code, label, code, "", shapes.index(len(code)) + 1, False, ()))


def name_differs(place: Place, code: str, name: str, other: str, where: str) -> Finding:
    """One code, two names."""
    return Finding(
        "code-name-differs",
        f"科目 {code} 写作“{name}”，{where}“{other}”",
        place,
        expected=other,
        actual=name,
        hint="核对编码和名称，同一编码只用一个名称",
    )


def arrange(
    block: Block, written: dict[str, tuple[Row, Scalar]], names: CodeNames, findings: list[Finding]
) -> tuple[Row, ...]:
    """All rows of a coded block in printed order: the total, the code tree by code, the other printed rows."""
    rows = {code: row for code, (row, _) in written.items()}
    for code, name in (block.listed or {}).items():
        rows.setdefault(code, Row(code, name, code, level=SHAPES[block.codes].index(len(code)) + 1))
    if not block.flat:
        for code, (_, key) in written.items():
            add_parents(code, key, rows, block, names, findings)
    tree = [make(Row, (*row[:3], parent_of(row, rows, block), *row[4:])) for _, row in sorted(rows.items())]
    totals = [Row(row.key, row.label, level=0) for row in block.rows if row.total]
    others = [Row(row.key, row.label) for row in block.rows if not row.total]
    return (*totals, *tree, *others)


def add_parents(
    code: str, key: Scalar, rows: dict[str, Row], block: Block, names: CodeNames, findings: list[Finding]
) -> None:
    """The 款 and 类 above a written code."""
    for parent in parents_of(code):
        if parent in rows:
            continue
        name = names.codebook.name(parent, names.year)
        if name:
            rows[parent] = Row(parent, name, parent, level=SHAPES[block.codes].index(len(parent)) + 1, derived=True)
        else:
            findings.append(
                Finding(
                    "code-parent-missing",
                    f"科目 {code} 的上级 {parent} 没有写，科目库里也没有它的名称",
                    key.place,
                    hint=f"补写一行“{parent} 科目名称:”，金额可以不填，由系统汇总",
                )
            )
            return


def parent_of(row: Row, rows: dict[str, Row], block: Block) -> str:
    """The key of the row above."""
    if block.flat:
        return block.total
    for parent in parents_of(row.code):
        if parent in rows:
            return parent
    return block.total
