"""A project in which every field that takes words holds something hostile: the forms are walked as they are declared,
and the texts of tests/hostile.yaml are dealt out one after the other, for each kind of field on its own, until each has
held each.

Nothing here asserts anything; what was written where is returned, so that a test can look for it.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from build_tools.accounts.corpus import Project, read_department, read_district, read_project
from build_tools.accounts.corpus.release import GIVEN, SIGNATURES
from build_tools.checks import check_department
from build_tools.checks.waivers import pairs
from build_tools.diagnostics import Outcome, Severity, Verdict
from build_tools.forms import Block, Column, Form, Forms, Template
from tests.support import REPOSITORY

CLASSES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8"))
UNSEEN = CLASSES["unseen"]
TEXTS = tuple(text for name, texts in CLASSES.items() if name != "unseen" for text in texts)
DISTRICTS = {"hunan": "湖南", "shanghai": "上海"}
PLAIN = {"amount": "1.00", "count": "1", "score": "1", "percent": "1%", "date": "2020-01-01", "project": "training"}
# items under codes that no codebook knows; a file takes some of them
CODES = tuple(f"2{a}{b}{c}" for a in (70, 71, 72) for b in (70, 71) for c in range(10, 40))
BOOK = tuple(f"2{a}{b}" for a in (80, 81) for b in range(1001, 1100))
ROWS, ITEMS, NAMES = 28, 10, 55
LONGEST = {"code": 180, "codebook": 60}
Tree = Any


@dataclass
class Dealer:
    """Hands the texts out. `dealt`: which kind of field has held which; `planted`: what the file being written must
    show.
    """

    decks: dict[str, Iterator[str]] = field(default_factory=dict)
    dealt: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    planted: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    codes: Iterator[str] = field(default_factory=lambda: itertools.cycle(CODES))
    book: dict[str, str] = field(default_factory=dict)
    listed: Iterator[str] = field(default_factory=lambda: itertools.cycle([code for code in BOOK if len(code) == 7]))

    def begin(self) -> None:
        """Another file: its own names for codes."""
        self.planted, self.names = [], {}
        items = sorted(next(self.codes) for _ in range(ITEMS))
        for code in sorted({item[:length] for item in items for length in (3, 5, 7)}):
            self.names[code] = self.text("code", shown=False)
        for code in sorted({item[:length] for item in itertools.islice(self.listed, ITEMS) for length in (3, 5, 7)}):
            self.names[code] = ""

    def text(self, kind: str, shown: bool = True) -> str:
        """The next text for a kind of field."""
        text = next(self.decks.setdefault(kind, itertools.cycle(fitting(kind))))
        self.dealt[kind].add(text)
        if shown:
            self.planted.append((kind, text))
        return text

    def cell(self, column: Column) -> Tree:
        """What a column is filled with: hostile where it takes words, else plain."""
        shown = not column.private
        if column.options:
            return column.options[0]
        if column.type == "prose":
            manner = min(("原文", "摘要"), key=lambda one: len(self.dealt[one]))
            return {manner: "\n\n".join(self.text(manner, shown) for _ in range(3))}
        if column.type == "names":
            return [self.text("names", shown) for _ in range(6)]
        return PLAIN[column.type] if column.type in PLAIN else self.text(column.type, shown)


def fitting(kind: str) -> tuple[str, ...]:
    """The texts that this kind of field can hold at all: a key is short, and has no colon or digit of full width."""
    if kind in LONGEST:
        return tuple(text for text in TEXTS if len(text) <= LONGEST[kind] and not re.search("[：０-９]", text))
    return TEXTS


@dataclass(frozen=True)
class Hostile:
    """The project: its folder, what each kind of field held, and what each file (by its address) has to show."""

    root: Path
    dealt: dict[str, set[str]]
    planted: dict[str, list[tuple[str, str]]]


def dump(value: Tree, indent: str = "") -> str:
    """A tree as YAML, every key and text between quotation marks, so that nothing in it is anything but text."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    pairs = (
        [(f"{json.dumps(key, ensure_ascii=False)}:", one) for key, one in value.items()]
        if isinstance(value, dict)
        else [("-", one) for one in value]
    )
    lines = []
    for head, one in pairs:
        inner = dump(one, f"{indent}  ")
        lines.append(f"{indent}{head} {inner}" if isinstance(one, str) else f"{indent}{head}\n{inner}")
    return "\n".join(lines)


def filled(block: Block, deal: Dealer) -> Tree:
    """A block with everything in it that takes words; figures only where a row is nothing without them."""
    words = [column for column in block.asked if column.type not in ("amount", "count", "score", "percent")]
    words = [column for column in words if not any(column.key in group[1:] for group in block.exclusive)]
    row = {column.key: column for column in words}
    if block.kind == "records":
        return [{key: deal.cell(column) for key, column in row.items()} for _ in range(ROWS)]
    if block.kind == "indicators":
        return {
            level.key: {
                second.key: [
                    {"指标": deal.text("indicator"), **{key: deal.cell(column) for key, column in row.items()}}
                    for _ in range(2)
                ]
                for second in level.under
            }
            for level in block.levels
        }
    if block.kind == "coded" and block.codes == "functional":
        return {
            f"{code} {name}".strip(): coded_row(code, block, row, deal)
            for code, name in deal.names.items()
            if len(code) == 7 or not block.flat
        }
    return {key: deal.cell(column) for key, column in row.items()} if block.kind == "fields" else {}


def coded_row(code: str, block: Block, row: dict[str, Column], deal: Dealer) -> Tree:
    """The words of a row, and for an item a total that its parts do not make."""
    amounts = [column.key for column in block.asked if column.type == "amount"]
    deal.planted.append(("code", deal.names[code] or deal.book[code]))
    figures = dict(zip(amounts, ("3.00", "1.00"), strict=False)) if len(code) == 7 and not block.flat else {}
    return {**{key: deal.cell(column) for key, column in row.items()}, **figures}


def table(form: Form, deal: Dealer) -> Tree:
    """A form filled in, once for each of some projects where it is filled in for projects."""

    def one() -> Tree:
        parts = {block.key: inner for block in form.blocks if (inner := filled(block, deal))}
        return {**parts, "注": deal.text("note")} if set(parts) != {""} else parts[""]

    return {slug: one() for slug in ("training", "roads", "schools", "bridges")} if form.repeated else one()


def disclosure(forms: Forms, template: Template, deal: Dealer) -> Tree:
    """A file of this kind."""
    deal.begin()
    own = next(form for form in forms.forms if form.kind == "公共" and form.slug == "disclosure")
    # a year has to be that of the folder, and what is no name of a PDF is told and not shown (tests/test_original.py)
    asked = replace(
        own.blocks[0], columns=tuple(column for column in own.blocks[0].columns if column.key not in ("年度", "原件"))
    )
    information = {**filled(asked, deal), "状态": "可公开"}
    # whatever the words beside them say
    information |= {own.name_of(one): GIVEN for one in SIGNATURES}
    declared = template.forms
    tables = {form.key: table(form, deal) for form in declared}
    remarks = (
        [{"表": declared[0].key, "出入": deal.text("remark"), "说明": deal.text("remark")} for _ in range(ROWS)]
        if not declared[0].repeated
        else []
    )
    return {"公开信息": information, **{key: one for key, one in tables.items() if one}, "原文出入": remarks}


def make_hostile(root: Path) -> Hostile:
    """The project in an empty folder: departments are added until every kind of field has held every text."""
    shutil.copytree(REPOSITORY / "content", root / "content")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    deal = Dealer()
    for slug, region in DISTRICTS.items():
        facts = {
            "名称": deal.text("district"),
            "全称": deal.text("district"),
            "代码": deal.text("district"),
            "模板地区": region,
        }
        save(root / "data" / slug / "district.yaml", {"基本信息": facts})
    reference(root, deal)
    project = read_project(root)
    planted: dict[str, list[tuple[str, str]]] = {}
    for number in itertools.count():
        for slug, region in DISTRICTS.items():
            planted |= department(root, project, f"{slug}/unit-{number}", region, deal)
        if all(len(deal.dealt[kind]) == len(fitting(kind)) for kind in deal.dealt if kind != "district"):
            break
    return Hostile(root, deal.dealt, planted)


def save(path: Path, tree: Tree) -> None:
    """A file under `data/`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(tree) + "\n", encoding="utf-8")


def reference(root: Path, deal: Dealer) -> None:
    """The office's own words: terms with their explanations, and a CSV of codes."""
    terms = [{"名词": text, "解释": deal.text("explanation", shown=False), "别名": [f"又{text}"]} for text in TEXTS]
    save(root / "data/reference/glossary.yaml", {"名词": terms})
    codes = sorted({code[:length] for code in BOOK for length in (3, 5, 7)})
    deal.book = {code: deal.text("codebook", shown=False) for code in codes}
    with (root / "data/reference/codes.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("编码", "名称"), *deal.book.items()])


def department(root: Path, project: Project, slug: str, region: str, deal: Dealer) -> dict[str, list[tuple[str, str]]]:
    """One department with a file of every kind in the first and last year of each template; what each file has
    to show.
    """
    folder, deal.planted = root / "data" / slug, []
    names = [
        {"名称": deal.text("department"), "自": str(year), "至": str(year + 1)} for year in range(2025 - NAMES, 2026)
    ]
    facts = {
        "层级": "部门",
        "上级": deal.text("text"),
        "性质": "行政",
        "职责": {"原文": deal.text("原文")},
        "来源": deal.text("text"),
    }
    deal.planted = []
    save(folder / "department.yaml", {"基本信息": facts, "名称": names})
    trees: dict[str, tuple[Tree, list[tuple[str, str]]]] = {}
    for template in project.forms.templates:
        for year in {template.begins, template.known} if template.region == region and not template.optional else ():
            tree = disclosure(project.forms, template, deal)
            trees[f"{year}/{template.slug}"] = tree, deal.planted
            save(folder / f"{year}/{template.slug}.yaml", tree)
    explain(folder, project, trees, deal)
    return {f"{slug}/{name}/": planted for name, (_, planted) in trees.items()}


def explain(folder: Path, project: Project, trees: dict[str, tuple[Tree, list[tuple[str, str]]]], deal: Dealer) -> None:
    """Every identity that does not hold becomes a known difference, with a reason that is as hostile as the rest."""
    district = read_district(folder.parent, project.root, project.forms)
    for one in check_department(read_department(folder, district, project), project.reference).checked:
        tree, deal.planted = trees[f"{one.disclosure.year}/{one.disclosure.slug}"]
        failed = [
            verdict
            for verdict in one.verdicts
            if verdict.outcome is Outcome.FAILED and verdict.severity is Severity.ERROR
        ]
        known: dict[str, list[Verdict]] = {}
        for verdict in failed:
            known.setdefault(f"{verdict.rule} {verdict.cells[0].row}".strip(), []).append(verdict)
        relations = {
            rule.id: rule.rule.relation for table in one.disclosure.statements.values() for rule in table.form.rules
        }
        tree["已知差异"] = {
            key: f"{pairs(some, relations[some[0].rule])}：原文如此{deal.text('reason')}" for key, some in known.items()
        }
        save(folder / f"{one.disclosure.year}/{one.disclosure.slug}.yaml", tree)
