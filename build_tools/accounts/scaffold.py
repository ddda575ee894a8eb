"""`mingzhang new`: a disclosure's file ready to fill — every key of the form, last year's figures as comments above.

Totals that the system can derive are left out, so that there is less to type and nothing to get wrong; rows by code
start from last year's codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.accounts.statement import ABSENCES, State, Statement
from build_tools.diagnostics import CellRef
from build_tools.forms import Block, Column, Form, Row, Template

HEAD = """# {name} {year}年度{title}
# 金额只写数字和小数点，单位见各表；没有数就留空，确为零写 0；合计可以不写，由系统计算
# 整张表没有数据时，把表名后面改写成一个词：{absences}
# “上年”是上一年度公开的数，只供核对，交稿前可以删去
公开信息:
  # 草稿 · 待审 · 可公开
  状态: 草稿
  年度: {year}
  名称: {year}年度{title}
  发布机构: {name}
  批复日期:
  公开日期:
  保密审查:
  负责人审签:
  来源:
"""
INQUIRIES = """# 来信和答复：有了答复再写进来，一封一条，按来信的先后；来信人的姓名、电话、住址不写，来信里提到的也删去
# 关于某一份公开文件的，写它的年度和公开类型（如 2024 和 部门决算）；关于部门的，这两项不写"""
LINE = "  "


def scaffold(template: Template, name: str, year: int, before: Mapping[str, Statement]) -> str:
    """The text of a new file; `before` are last year's tables."""
    lines = [HEAD.format(name=name, year=year, title=template.title, absences="、".join(ABSENCES)).rstrip("\n")]
    for form in template.forms:
        key = form.key
        unit = f"（{form.unit}）" if form.unit else ""
        lines.append(f"# {form.number + ' ' if form.number else ''}{form.title}{unit}")
        empty = empty_word(form, before.get(key))
        lines += empty or [
            *(code_hints(form.blocks[0], 0) if not form.blocks[0].key else []),
            f"{key}:",
            *choice_lines(form, before.get(key)),
            *table_lines(form, before.get(key)),
        ]
    return "\n".join(lines) + "\n"


def inquiries(form: Form) -> str:
    """The text of a new inquiries.yaml, with one empty letter."""
    return (
        "\n".join(
            [
                INQUIRIES,
                *(line for block in form.blocks for line in (f"{block.key}:", *block_lines(block, form, None, 1))),
            ]
        )
        + "\n"
    )


def empty_word(form: Form, before: Statement | None) -> list[str]:
    """A table that was empty last year, or whose codes nobody knows yet, starts as 无."""
    codes = form.blocks[0].kind == "coded" and len(form.blocks) == 1 and not form.blocks[0].listed
    if not (before.absence if before else codes):
        return []
    return [
        "# 有数据时删去“无”，另起一行写“科目编码 科目名称:”，再分栏填数",
        f"{form.key}: {before.absence if before else '无'}",
    ]


def choice_lines(form: Form, before: Statement | None) -> list[str]:
    """Where documents print the form in several ways: which there are, and last year's."""
    if not form.choices:
        return []
    last = before.form.chosen if before else ()
    names = "、".join(form.choice_names)
    return [
        f"{LINE}# 文本所印的行不同的，写 行式: {form.choice_names[0]}；可以写：{names}；几种都有的用“、”隔开",
        *([f"{LINE}行式: {'、'.join(last)}"] if last else []),
    ]


def table_lines(form: Form, before: Statement | None) -> Iterator[str]:
    """The keys of one table."""
    if form.repeated:
        yield f"{LINE}# 每个项目一份：先写项目代号（小写英文字母、数字、连字符），如 vocational-training"
        yield f"{LINE}project:"
    depth = 2 if form.repeated else 1
    last = None if form.repeated else before
    for block in form.blocks:
        if all(column.stated for column in block.columns):
            continue
        if block.key:
            yield from code_hints(block, depth)
            yield f"{LINE * depth}{block.key}:"
        yield from block_lines(block, form, last, depth + (1 if block.key else 0))


def block_lines(block: Block, form: Form, before: Statement | None, depth: int) -> Iterator[str]:
    """The rows of one block, or its fields, or one empty item of its list."""
    pad = LINE * depth
    given = given_cells(block, form)
    if block.kind == "fields":
        yield from field_lines(block, "", before, given, depth)
    elif block.kind == "records":
        single = len(block.columns) == 1
        yield f"{pad}-" if single else f"{pad}- {block.columns[0].key}:"
        yield from (f"{pad}  {column.key}:" for column in ([] if single else block.columns[1:]))
    elif block.kind == "indicators":
        for level in block.levels:
            yield f"{pad}{level.key}:"
            for second in level.under:
                yield f"{pad}{LINE}{second.key}:"
                yield f"{pad}{LINE * 2}- 指标:"
                yield from (f"{pad}{LINE * 3}{column.key}:" for column in block.columns)
    else:
        yield from row_lines(block, before, given, depth)


def code_hints(block: Block, depth: int) -> Iterator[str]:
    """How rows by code are written, above the key that they stand under."""
    if block.kind == "coded":
        example = "2010301 行政运行" if block.codes == "functional" else "30101 基本工资"
        yield f"{LINE * depth}# 每行写“科目编码 科目名称”，如 {example}；只写到最末一级，上级由系统汇总，没有的科目不写"


def row_lines(block: Block, before: Statement | None, given: set[tuple[str, str]], depth: int) -> Iterator[str]:
    """Printed rows, and for codes last year's codes."""
    pad = LINE * depth
    rows = codes(block, before) if block.kind == "coded" else [(row.key, row.key) for row in block.rows]
    plain = [column for column in block.columns if not column.stated]
    for key, label in rows:
        free = [
            column
            for column in plain
            if ("", column.key) not in given and (key, column.key) not in given and (key, "") not in given
        ]
        if not free:
            continue
        if len(plain) == 1:
            yield from past(before, block, key, plain[0], depth)
            yield f"{pad}{label}:"
        else:
            yield f"{pad}{label}:"
            yield from (
                line
                for column in free
                for line in [*past(before, block, key, column, depth + 1), f"{pad}{LINE}{column.key}:"]
            )


def codes(block: Block, before: Statement | None) -> list[tuple[str, str]]:
    """Last year's codes at the lowest level that had a figure; without them all that the form lists."""
    axes = before.axes.get(block.key) if before else None
    rows = axes.rows if axes else ()
    found = [
        (row.key, f"{row.code} {row.label}")
        for row in rows
        if row.code and is_leaf(row.key, rows) and used(before, block, row.key)
    ]
    listed = block.listed or {}
    return found or [
        (code, f"{code} {name}") for code, name in sorted(listed.items()) if len(code) == max(map(len, listed))
    ]


def field_lines(
    block: Block, row: str, before: Statement | None, given: set[tuple[str, str]], depth: int
) -> Iterator[str]:
    """Named fields; figures that the system computes are not asked for."""
    pad = LINE * depth
    for column in block.columns:
        if column.stated or ("", column.key) in given:
            continue
        yield from past(before, block, row, column, depth)
        if column.options:
            yield f"{pad}# {' · '.join(column.options)}"
        yield f"{pad}{column.key}:"
        if column.type == "prose":
            yield f"{pad}{LINE}# 原文（照公开文本）或 摘要（整理者概括），选一个"
            yield f"{pad}{LINE}原文:"


def past(before: Statement | None, block: Block, row: str, column: Column, depth: int) -> Iterator[str]:
    """Last year's figure above the place of this year's."""
    cell = before.cell(CellRef(before.key, block.key, row, column.key)) if before else None
    if cell and cell.amount is not None and cell.state in (State.WRITTEN, State.DERIVED) and cell.amount:
        yield f"{LINE * depth}# 上年 {cell.amount:f}"


def given_cells(block: Block, form: Form) -> set[tuple[str, str]]:
    """(row, column) that rules of the form fill; '' stands for every row or every column."""
    found = set()
    for identity in form.rules:
        for given in identity.gives:
            if given.block == block.key and given.row[0] in ("row", "each"):
                row = given.row[1] if given.row[0] == "row" else ""
                columns = (
                    [given.column[1]]
                    if given.column[0] == "column"
                    else list((block.groups or {}).get(given.column[1], ("",)))
                )
                found |= {(row, column) for column in columns}
    return found


def is_leaf(key: str, rows: tuple[Row, ...]) -> bool:
    """True where no other row stands under this one."""
    return not any(row.parent == key for row in rows)


def used(before: Statement | None, block: Block, row: str) -> bool:
    """True where last year had a figure other than zero in this row."""
    cells = (before.at(block.key, row, column.key) for column in block.columns) if before else ()
    return any(cell.amount for cell in cells)
