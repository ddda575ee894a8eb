"""`python -m benchmarks.district`: a whole fictional district, ready for `mingzhang --root DIR build`.

Same seed, same bytes: nothing here looks at a clock, at the machine or at what stands in DIR already.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.accounts import Accounts, history
from benchmarks.emit import Pen, document, summary
from benchmarks.explanation import TERMS, explanation, overview
from benchmarks.forms import KINDS, REGION, form_files
from benchmarks.names import CODE, DISTRICT, FULL_NAME, SLUG, Unit, units
from benchmarks.performance import Performance
from benchmarks.tables import Tables
from build_tools.corpus import Project, read_project
from build_tools.forms import Form

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
LAST = 2025
FICTION = "虚构的示例，不对应任何地方、部门和人"
NAMES = {"final-accounts": "部门决算", "performance-targets": "绩效目标", "self-evaluation": "绩效自评", "evaluation-report": "绩效评价"}
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """One disclosure before it is written; whoever tells a story changes its `tree`."""

    unit: Unit
    year: int
    kind: str
    tree: Tree

    @property
    def path(self) -> str:
        """Where it goes."""
        return f"data/{SLUG}/{self.unit.slug}/{self.year}/{self.kind}.yaml"

    @property
    def text(self) -> str:
        """The file."""
        return document(self.tree, f"{self.unit.name(self.year)} {self.year}年度{NAMES[self.kind]}", FICTION)


def documents(project: Project, unit: Unit, years: range, pen: Pen, seed: int) -> Iterator[Document]:
    """Every disclosure of a department. Evaluation reports are made for every other year, as few are."""
    for accounts, before in history(unit, years, seed):
        performance = Performance(accounts, pen, seed)
        made: Mapping[str, Callable[[], Tree]] = {
            "final-accounts": partial(final_accounts, project, accounts, before, pen), "performance-targets": performance.targets,
            "self-evaluation": performance.self_evaluation, "evaluation-report": performance.evaluation_report,
        }
        for kind in KINDS:
            if kind != "evaluation-report" or (accounts.year + unit.size) % 2:
                yield Document(unit, accounts.year, kind, {"公开信息": information(unit, accounts.year, kind), **made[kind]()})


def final_accounts(project: Project, accounts: Accounts, before: Accounts | None, pen: Pen) -> Tree:
    """部门决算 in official order."""
    book = project.reference.codebook
    tables = Tables(accounts, forms_of(project, accounts.year), book, pen)
    return {"概况": overview(accounts), **tables.all(), "说明": explanation(accounts, before, book, pen), "名词解释": list(TERMS)}


def forms_of(project: Project, year: int) -> Mapping[str, Form]:
    """The forms of the final accounts."""
    return {form.key: form for form in project.forms.forms if form.kind == "部门决算" and form.serves(REGION, year)}


def information(unit: Unit, year: int, kind: str) -> Tree:
    """公开信息: approved and published in the next year, targets in the same."""
    name = unit.name(year)
    month = f"{year}-02" if kind == "performance-targets" else f"{year + 1}-09"
    return {
        "状态": "可公开", "年度": year, "名称": f"{year}年度{NAMES[kind]}", "索引号": f"{CODE}-{year}-{KINDS.index(kind) + 1}", "内容概述": f"{name}{NAMES[kind]}",
        "生成日期": f"{month}-10", "发布机构": name, "批复日期": f"{month}-05", "公开日期": f"{month}-20", "保密审查": "已审查，可以公开",
        "负责人审签": "已审签", "来源": FICTION,
    }


def frame(years: range) -> Iterator[tuple[str, str]]:
    """The district without its departments: its own file, its codebook, forms, contents and settings."""
    yield f"data/{SLUG}/district.yaml", document({
        "基本信息": {"名称": DISTRICT, "全称": FULL_NAME, "代码": CODE, "模板地区": REGION},
        # evaluation reports are made of few departments, so none is missed
        "收录范围": [{"年度": year, "类别": [name for kind, name in NAMES.items() if kind != "evaluation-report"]} for year in years],
    }, FICTION)
    yield "data/reference/classification.yaml", (HERE / "reference" / "classification.yaml").read_text(encoding="utf-8")
    for name, text in form_files():
        yield f"forms/{name}", text
    for path in sorted((REPOSITORY / "content").rglob("*.md")):
        yield path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8")
    yield "mkdocs.yml", settings()


def settings() -> str:
    """Our own settings under another name, with a notice on every page."""
    lines = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    changed = {
        "site_name:": f"site_name: {DISTRICT}（虚构）", "site_url:": "site_url: https://example-county.example/", "copyright:": f"copyright: {FICTION}",
        "  example_site:": f"  example_site: true\n  example_note: {FICTION}",
    }
    return "\n".join(next((new for old, new in changed.items() if line.startswith(old)), line) for line in lines) + "\n"


def profile(unit: Unit) -> str:
    """`department.yaml`."""
    return document({
        "基本信息": {
            "层级": "部门" if unit.administrative else "单位", "上级": f"{DISTRICT}人民政府", "性质": "行政" if unit.administrative else "事业",
            "成立": f"{unit.since}年1月" if unit.since else None, "职责": summary(f"负责全县的{unit.theme.work}。"), "来源": FICTION,
        },
        "名称": [{"名称": name, "自": since or None, "至": until or None} for name, since, until in unit.names],
    }, FICTION)


def write(root: Path, files: Iterable[tuple[str, str]]) -> int:
    """Files under a root; how many."""
    written = 0
    for name, text in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written += 1
    return written


def make(root: Path, found: Iterable[Unit], years: range, pen: Pen, seed: int) -> int:
    """A district in a folder that holds nothing else; how many files."""
    for name in ("data", "forms", "content"):
        shutil.rmtree(root / name, ignore_errors=True)
    number = write(root, frame(years))
    project = read_project(root)
    for unit in found:
        number += write(root, [(f"data/{SLUG}/{unit.slug}/department.yaml", profile(unit))])
        number += write(root, ((one.path, one.text) for one in documents(project, unit, years, pen, seed)))
    return number


def vacant(root: Path) -> bool:
    """True where nothing of anybody else's would be replaced: no such folder, an empty one, or an earlier district."""
    return not root.exists() or (root / "data" / SLUG).is_dir() or not any(root.iterdir())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="生成一个虚构的县，供测量和演示")
    parser.add_argument("--departments", type=int, default=100)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--totals", choices=("written", "blank"), default="written")
    options = parser.parse_args()
    if not vacant(options.out):
        parser.error(f"{options.out} 里有别的内容，换一个空文件夹")
    years = range(LAST - options.years + 1, LAST + 1)
    number = make(options.out, units(options.departments, options.seed), years, Pen(options.totals == "written"), options.seed)
    print(f"已写入 {number} 个文件：{options.out}")


if __name__ == "__main__":
    main()
