"""Names in rules → selectors of cells. A name that means nothing is a mistake in the form, never a silent pass.

A path reads `[上年.][公开类型.][表.][块.]行.栏`. The block is left out where a form has only one, the column where a
block has only one column of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.forms.blocks import Block
from build_tools.forms.model import Form, Selector
from build_tools.forms.reading import did_you_mean
from build_tools.forms.templates import Template, last_year
from build_tools.formula import FormulaError, Name

LAST_YEAR = "上年"
EACH_ROW, PARENTS, CHILDREN, EACH_COLUMN, CLASSES, SAME, TWIN = "每行", "每级", "下级", "每列", "每类", "同码", "同行"
LEVELS = ("类", "款", "项")
ALL_INDICATORS, ALL_RECORDS = "各指标", "各条"
# the levels of a list whose ordinals run 一, 1, （1）
ORDINALS = ("一级", "二级", "三级")
RESERVED = (LAST_YEAR, EACH_ROW, PARENTS, CHILDREN, EACH_COLUMN, CLASSES, SAME, TWIN, *LEVELS)


@dataclass(frozen=True, slots=True)
class Known:
    """What names can mean: forms by key (every variant), kinds of disclosure by their Chinese name, and the templates
    that say which variants stand beside each other.
    """

    forms: Mapping[str, tuple[Form, ...]]
    kinds: tuple[str, ...]
    templates: tuple[Template, ...]


def resolve(name: Name, form: Form, known: Known) -> Selector:
    """The cells that a name stands for in this form. Raises FormulaError with a hint."""
    parts = list(name.parts)
    scope = take_scope(parts, known, name)
    tables: tuple[Form, ...] = (form,)
    if parts and parts[0] in known.forms and (scope or not begins_here(parts[0], form)):
        tables = beside(form, parts.pop(0), known, bool(scope))
    elif scope:
        raise FormulaError(f"“{scope}”后面要写表名", name.column)
    found = [within(list(parts), table, scope, name) for table in tables]
    return found[0]


def take_scope(parts: list[str], known: Known, name: Name) -> str:
    """Last year's disclosures, or another kind of this year's."""
    scope = []
    if parts[0] == LAST_YEAR:
        scope.append(parts.pop(0))
        if not parts or parts[0] not in known.kinds:
            raise FormulaError(f"“{LAST_YEAR}”后面要写公开类型（{'、'.join(known.kinds)}）", name.column)
    if parts and parts[0] in known.kinds:
        scope.append(parts.pop(0))
    return ".".join(scope)


def begins_here(word: str, form: Form) -> bool:
    """True where a word names a part of this very form."""
    if form.block(word):
        return True
    block = form.block("")
    return block is not None and (block.fixed_row(word) is not None or block.column(word) is not None)


def beside(form: Form, key: str, known: Known, elsewhere: bool) -> tuple[Form, ...]:
    """The variants of a table that can stand beside this form: those of its templates; in another disclosure, those of
    any template of its regions that is used in one of its years or the year before.
    """
    if form.key == key and not elsewhere:
        return (form,)
    home = [one for one in known.templates if one.lists(form)]
    regions = {one.region for one in home}
    near = home
    if elsewhere:
        near = [
            one
            for one in known.templates
            if one.region in regions and any(_meet(one, mine, known.templates) for mine in home)
        ]
    names = {found.variant for one in near if (found := one.form(key))}
    return tuple(one for one in known.forms[key] if one.variant in names) or known.forms[key]


def _meet(one: Template, mine: Template, templates: Iterable[Template]) -> bool:
    """True where `one` is used in a year of `mine` or in the year before."""
    templates = tuple(templates)
    return one.begins <= last_year(mine, templates) and mine.begins - 1 <= last_year(one, templates)


def within(parts: list[str], form: Form, scope: str, name: Name) -> Selector:
    """Block, row and column inside one form."""
    block = form.block("")
    if block is None or (parts and form.block(parts[0])):
        block = form.block(parts.pop(0)) if parts and form.block(parts[0]) else None
        if block is None:
            raise unknown(parts[0] if parts else "", [one.key for one in form.blocks], form, name)
    if block.kind == "fields":
        return Selector(form.key, block.key, ("row", ""), column(parts, block, form, name), scope)
    row = row_choice(parts, block, form, name)
    return Selector(form.key, block.key, row, column(parts, block, form, name), scope)


def row_choice(parts: list[str], block: Block, form: Form, name: Name) -> tuple[str, str]:
    """The row part of a path."""
    if not parts:
        raise FormulaError(f"“{'.'.join(name.parts)}”没有写到行", name.column)
    word = parts.pop(0)
    if word in (EACH_ROW, TWIN):
        return ("each" if word == EACH_ROW else "twin"), ""
    if word in (CLASSES, SAME) and (block.kind == "coded" or any(row.code for row in block.rows)):
        return ("classes" if word == CLASSES else "same"), ""
    if found := _in_the_code_tree(word, block, name) if block.kind == "coded" else _in_a_list(word, block):
        return found
    if word in ORDINALS and any(one.type == "ordinal" for one in block.columns):
        return "under", word
    if block.fixed_row(word):
        return "row", word
    if word in (block.groups or {}) and set((block.groups or {})[word]) <= {row.key for row in block.rows}:
        return "group", word
    raise unknown(
        word, [*(row.key for row in block.rows), *(block.groups or {}), *indicator_levels(block), EACH_ROW], form, name
    )


def _in_the_code_tree(word: str, block: Block, name: Name) -> tuple[str, str] | None:
    """Rows that are named by their place among the classification codes. Raises FormulaError where no code is as
    long.
    """
    if word in (PARENTS, CHILDREN):
        return ("parents" if word == PARENTS else "children"), ""
    levels = LEVELS if block.codes == "functional" else LEVELS[:2]
    if word in levels:
        return "level", word
    if not word.isdigit():
        return None
    if len(word) not in (3, 5, 7)[: len(levels)]:
        raise FormulaError(f"科目编码“{word}”有 {len(word)} 位，没有这样的科目", name.column)
    return "code", word


def _in_a_list(word: str, block: Block) -> tuple[str, str] | None:
    """Rows of indicators or records, all or those under a heading."""
    if block.kind == "indicators" and word in (ALL_INDICATORS, *indicator_levels(block)):
        return "under", "" if word == ALL_INDICATORS else word
    if block.kind == "records" and word == ALL_RECORDS:
        return "under", ""
    return None


def indicator_levels(block: Block) -> list[str]:
    """First and second levels of indicators, as rules name them."""
    return [key for level in block.levels for key in (level.key, *(row.key for row in level.under))]


def column(parts: list[str], block: Block, form: Form, name: Name) -> tuple[str, str]:
    """The column part of a path; left out where the block has one column of figures."""
    if not parts:
        if len(block.numeric) == 1 and block.kind != "fields":
            return "column", block.numeric[0].key
        raise FormulaError(f"“{'.'.join(name.parts)}”没有写到栏", name.column)
    word = parts.pop(0)
    if parts:
        raise FormulaError(f"“{'.'.join(name.parts)}”写得太长：“{word}”之后不能再有名字", name.column)
    if word == EACH_COLUMN:
        return "each", ""
    if block.column(word):
        return "column", word
    if word in (block.groups or {}) and set((block.groups or {})[word]) <= {one.key for one in block.columns}:
        return "group", word
    raise unknown(word, [*(one.key for one in block.columns), *(block.groups or {}), EACH_COLUMN], form, name)


def unknown(word: str, options: list[str], form: Form, name: Name) -> FormulaError:
    """A misspelt name, with what was probably meant."""
    hint = did_you_mean(word, [one for one in options if one])
    return FormulaError(f"“{form.key}”里没有“{word}”" + (f"，{hint}" if hint else ""), name.column)
