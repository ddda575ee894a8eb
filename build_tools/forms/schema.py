"""Forms → JSON Schema, so that an editor completes keys, explains them in Chinese and marks what does not fit.

Only a help while typing: the compiler itself is the judge, and knows more (codes, identities, absences of whole rows).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from build_tools.forms.blocks import STATED, Block, Column
from build_tools.forms.model import Form
from build_tools.forms.templates import Forms, Template
from build_tools.privacy import ACKNOWLEDGED, FIELDS
from build_tools.source.language import (
    COLUMN_TYPES,
    INDICATOR,
    RESERVED,
    TABLE_NOTE,
    TABLE_ROWS,
    TABLE_STATUS,
    TABLE_UNIT,
)

Schema = dict[str, object]
ABSENT = ["无", "不涉及", "依法不公开", "未载明"]
CODE = {"functional": r"^\d{3}(\d{2}){0,2}( .*)?$", "economic": r"^\d{3}(\d{2})?( .*)?$"}


def template_schema(template: Template, forms: Forms) -> Schema:
    """The schema of one kind of disclosure for a region and years."""
    tables = template.by_key
    information, remarks, corrections = (forms.common(slug) for slug in ("disclosure", "remarks", "corrections"))
    properties: Schema = {
        information.key: block_schema(information.blocks[0]),
        "已知差异": {
            "type": ["object", "null"],
            "description": "勾稽编号: 两个数和原因，如 summary-3: 填 108.60，应为 108.06：原文如此，未见说明",
            "additionalProperties": {"type": "string"},
        },
    }
    properties[remarks.key] = block_schema(remarks.blocks[0]) | {
        "description": "原文自相矛盾、勾稽又查不出的地方：哪张表、两处各怎么说"
    }
    properties[corrections.key] = block_schema(corrections.blocks[0]) | {
        "description": "公开以后改正了什么、为什么、哪一天"
    }
    properties[ACKNOWLEDGED] = {
        "type": ["array", "null"],
        "description": "看过、确须公开的个人信息或密级标志：遮盖后的写法、在哪一部分、理由",
        "items": {
            "type": "object",
            "properties": {key: {"type": "string"} for key in FIELDS},
            "required": [*FIELDS],
            "additionalProperties": False,
        },
    }
    properties |= {key: table_schema(form) for key, form in tables.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"{template.title}（{template.name}）",
        "type": "object",
        "properties": properties,
        "required": [information.key],
        "additionalProperties": named(tables),
    }


def inquiries_schema(forms: Forms) -> Schema:
    """The schema of a department's inquiries.yaml."""
    form = forms.common("inquiries")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "来信和答复",
        "type": "object",
        "properties": {block.key: block_schema(block) for block in form.blocks},
        "additionalProperties": False,
    }


def named(tables: Mapping[str, Form]) -> Schema | bool:
    """A table may also be called by its printed title."""
    return bool(any(form.title != key for key, form in tables.items()))


def table_schema(form: Form) -> Schema:
    """One table: its blocks, or a word of absence."""
    body = blocks_schema(form)
    if form.repeated:
        body = {"type": "object", "patternProperties": {"^[a-z0-9-]+$": body}, "additionalProperties": False}
    unit = f"（金额单位：{form.unit}）" if form.unit else ""
    return {"description": f"{form.number} {form.title}{unit}".strip(), "anyOf": [body, {"enum": ABSENT}]}


def blocks_schema(form: Form) -> Schema:
    """The blocks of a form by key; a form with one block holds its rows directly."""
    if form.block("") and form.blocks[0].kind == "records":
        return block_schema(form.blocks[0])
    own: Schema = {
        TABLE_UNIT: {"enum": ["元", "万元", "亿元"]},
        TABLE_NOTE: {"type": "string", "description": "本单位自己写在表下的注"},
        TABLE_STATUS: {"enum": ABSENT},
    }
    if form.choices:
        names = ["、".join(one.chosen) for one in form.choices]
        own[TABLE_ROWS] = {"enum": names, "description": "文本所印的行与表样不同的，写明是哪一种"}
    if form.block(""):
        schema = block_schema(form.blocks[0])
        properties = schema.get("properties")
        return schema | {"properties": own | (properties if isinstance(properties, dict) else {})}
    return {
        "type": "object",
        "properties": own | {block.key: block_schema(block) for block in form.blocks},
        "additionalProperties": False,
    }


def block_schema(block: Block) -> Schema:
    """One block of any kind."""
    if block.kind == "fields":
        schema = columns_schema(block)
        return (
            {"anyOf": [schema, cell_schema(block.columns[0]), {"type": "null"}]} if len(block.columns) == 1 else schema
        )
    if block.kind == "records":
        item = cell_schema(block.columns[0]) if len(block.columns) == 1 else columns_schema(block)
        return {"type": ["array", "null"], "items": item}
    if block.kind == "indicators":
        return {
            "type": ["object", "null"],
            "properties": {level.key: level_schema(block, [row.key for row in level.under]) for level in block.levels},
        }
    # the names are for completion; the pattern says once what stands behind every one of them
    names: Schema = {f"{code} {name}": {} for code, name in (block.listed or {}).items()} | {
        row.key: {"description": row.label} for row in block.rows
    }
    rows = "|".join(re.escape(row.key) for row in block.rows)
    pattern = f"{CODE[block.codes]}|^({rows})$" if block.kind == "coded" else f"^(?!({'|'.join(RESERVED)})$)"
    return {"type": "object", "properties": names, "patternProperties": {pattern: row_schema(block)}}


def level_schema(block: Block, under: list[str]) -> Schema:
    """The second levels of an indicator, each a list."""
    item = columns_schema(block)
    properties = item.get("properties")
    item = item | {
        "properties": {
            INDICATOR: {"type": "string", "description": "三级指标的名称"},
            **(properties if isinstance(properties, dict) else {}),
        }
    }
    return {
        "type": ["object", "null"],
        "properties": {key: {"type": ["array", "null"], "items": item} for key in under},
    }


def row_schema(block: Block) -> Schema:
    """A row: one value where the block has one column, else its columns, or a word of absence."""
    plain = [column for column in block.columns if not column.stated]
    options: list[Schema] = [columns_schema(block), {"type": "null"}, {"enum": ABSENT}]
    return {"anyOf": [cell_schema(plain[0]), *options] if len(plain) == 1 else options}


def columns_schema(block: Block) -> Schema:
    """The columns of a row, with what the printed document states under 载明."""
    properties: Schema = {column.data_key: cell_schema(column) for column in block.columns if not column.stated}
    stated: Schema = {column.data_key: cell_schema(column) for column in block.columns if column.stated}
    if stated:
        properties[STATED] = {
            "type": "object",
            "properties": stated,
            "description": "原文印出的、可以算出的数，保留备查",
        }
    return {"type": "object", "properties": properties}


def cell_schema(column: Column) -> Schema:
    """One cell. Figures may be typed as numbers or text; the compiler decides what they are."""
    unit = f"，单位：{column.unit}" if column.unit else ""
    hover = {"description": f"{column.label}（{COLUMN_TYPES[column.type]}{unit}）"}
    if column.type == "choice":
        return hover | {"enum": [*column.options, *ABSENT, None, *([True] if "是" in column.options else [])]}
    if column.type == "prose":
        text: Schema = {"type": ["string", "null"]}
        return hover | {
            "anyOf": [
                {"type": "object", "properties": {"原文": text, "摘要": text}},
                {"enum": ABSENT},
                {"type": "null"},
            ]
        }
    if column.type == "names":
        return hover | {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": ["string", "null"]}]}
    if column.type in ("amount", "count", "score"):
        return hover | {"anyOf": [{"type": "number"}, {"enum": ABSENT}, {"type": "null"}]}
    return hover | {"type": ["string", "number", "null"]}


def file_name(template: Template) -> str:
    """Where a template's schema is kept: named after the file that declares the template."""
    path = PurePosixPath(template.place.file)
    return f"{path.parent.name}-{path.stem}.json"
