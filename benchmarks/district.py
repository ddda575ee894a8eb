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

from benchmarks import explanation, shanghai
from benchmarks.accounts import Accounts, history
from benchmarks.emit import Pen, document, summary
from benchmarks.forms import FILE, KINDS, LIKE, LIKES, REGION, kinds_of, region_file
from benchmarks.goals import Performance
from benchmarks.names import CODE, DISTRICT, FULL_NAME, SLUG, Unit, units
from benchmarks.performance import self_evaluation, self_evaluation_2020
from benchmarks.reports import evaluation_report
from benchmarks.tables import Tables
from benchmarks.targets import targets
from build_tools.accounts.corpus import Project, read_project
from build_tools.forms import Form

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
LAST = 2025
FICTION = "虚构的示例，不对应任何地方、部门和人"
NAMES = {
    "final-accounts": "部门决算",
    "performance-targets": "绩效目标",
    "self-evaluation": "绩效自评",
    "evaluation-report": "绩效评价",
}
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
    """Every disclosure of a department that its district's forms know. Evaluation reports are made for every other
    year, as few are; until 2021 they stand among the self-evaluations.
    """
    for accounts, before in history(unit, years, seed):
        performance = Performance(accounts, before, project.reference.codebook, pen, seed)
        templates = {kind: project.forms.template(kind, REGION, accounts.year) for kind in KINDS}
        newer = (template := templates["self-evaluation"]) is not None and "整体支出绩效自评报告" in template.tables
        made: Mapping[str, Callable[[], Tree]] = {
            "final-accounts": partial(final_accounts, project, accounts, before, pen),
            "performance-targets": partial(targets, performance),
            "self-evaluation": partial(self_evaluation if newer else self_evaluation_2020, performance),
            "evaluation-report": partial(evaluation_report, performance),
        }
        for kind in (kind for kind, one in templates.items() if one):
            if kind != "evaluation-report" or (newer and unit.plain and (accounts.year + unit.size) % 2):
                yield Document(
                    unit, accounts.year, kind, {"公开信息": information(unit, accounts.year, kind), **made[kind]()}
                )


def final_accounts(project: Project, accounts: Accounts, before: Accounts | None, pen: Pen) -> Tree:
    """部门决算 in official order."""
    book, forms = project.reference.codebook, forms_of(project, accounts.year)
    words = explanation if forms["说明"].block("一般性支出") else shanghai
    return {
        "概况": words.overview(accounts),
        **Tables(accounts, forms, book, pen).all(),
        "说明": words.explanation(accounts, before, book, pen),
        "名词解释": list(explanation.TERMS),
    }


def forms_of(project: Project, year: int) -> Mapping[str, Form]:
    """The forms of the final accounts."""
    template = project.forms.template("final-accounts", REGION, year)
    return template.by_key if template else {}


def information(unit: Unit, year: int, kind: str) -> Tree:
    """公开信息: approved and published in the next year, targets in the same."""
    name = unit.name(year)
    month = f"{year}-02" if kind == "performance-targets" else f"{year + 1}-09"
    return {
        "状态": "可公开",
        "年度": year,
        "名称": f"{year}年度{NAMES[kind]}",
        "索引号": f"{CODE}-{year}-{KINDS.index(kind) + 1}",
        "内容概述": f"{name}{NAMES[kind]}",
        "生成日期": f"{month}-10",
        "发布机构": name,
        "批复日期": f"{month}-05",
        "公开日期": f"{month}-20",
        "保密审查": "通过",
        "负责人审签": "通过",
        "来源": FICTION,
    }


def frame(years: range, like: str = LIKE) -> Iterator[tuple[str, str]]:
    """The district without its departments: its own file, its codebook, forms like those of a region, contents and
    settings.
    """
    # evaluation reports are made of few departments, so none is missed
    kinds = [name for kind, name in NAMES.items() if kind != "evaluation-report" and kind in kinds_of(like)]
    yield (
        f"data/{SLUG}/district.yaml",
        document(
            {
                "基本信息": {"名称": DISTRICT, "全称": FULL_NAME, "代码": CODE, "模板地区": REGION},
                "收录范围": [{"年度": year, "类别": kinds} for year in years],
            },
            FICTION,
        ),
    )
    yield "data/reference/classification.yaml", (HERE / "reference" / "classification.yaml").read_text(encoding="utf-8")
    yield FILE, region_file(like)
    for path in sorted((REPOSITORY / "content").rglob("*.md")):
        yield path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8")
    yield "mkdocs.yml", settings()


def settings() -> str:
    """Our own settings under another name, with a notice on every page."""
    lines = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    changed = {
        "site_name:": f"site_name: {DISTRICT}（虚构）",
        "site_url:": "site_url: https://example-county.example/",
        "copyright:": f"copyright: {FICTION}",
        "  example_site:": f"  example_site: true\n  example_note: {FICTION}",
    }
    return "\n".join(next((new for old, new in changed.items() if line.startswith(old)), line) for line in lines) + "\n"


def profile(unit: Unit) -> str:
    """`department.yaml`."""
    return document(
        {
            "基本信息": {
                "层级": "部门" if unit.shape.nature == "行政" else "单位",
                "上级": f"{DISTRICT}人民政府",
                "性质": unit.shape.nature,
                "成立": f"{unit.since}年1月" if unit.since else None,
                "职责": summary(f"负责全县的{unit.theme.work}。"),
                "来源": FICTION,
            },
            "名称": [{"名称": name, "自": since or None, "至": until or None} for name, since, until in unit.names],
        },
        FICTION,
    )


def write(root: Path, files: Iterable[tuple[str, str]]) -> int:
    """Files under a root; how many."""
    written = 0
    for name, text in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written += 1
    return written


def make(root: Path, found: Iterable[Unit], years: range, pen: Pen, seed: int, like: str = LIKE) -> int:
    """A district in a folder that holds nothing else; how many files."""
    for name in ("data", "forms", "content"):
        shutil.rmtree(root / name, ignore_errors=True)
    number = write(root, frame(years, like))
    project = read_project(root)
    for unit in found:
        number += write(root, [(f"data/{SLUG}/{unit.slug}/department.yaml", profile(unit))])
        number += write(root, ((one.path, one.text) for one in documents(project, unit, years, pen, seed)))
    return number


def vacant(root: Path) -> bool:
    """True where nothing of anybody else's would be replaced: no such folder, an empty one, or an earlier district."""
    return not root.exists() or (root / "data" / SLUG).is_dir() or not any(root.iterdir())


def positive(text: str) -> int:
    """A number of departments or years."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应是不小于 1 的整数，写的是“{text}”")
    return int(text)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="生成一个虚构的县，供测量和演示")
    parser.add_argument("--departments", type=positive, default=100)
    parser.add_argument("--years", type=positive, default=10)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--totals", choices=("written", "blank"), default="written")
    parser.add_argument(
        "--region",
        choices=LIKES,
        default=LIKE,
        help="沿用哪个地区的表样（年度不限，名为“示例”地区）；没有声明的公开类型不写",
    )
    options = parser.parse_args()
    if not vacant(options.out):
        parser.error(f"{options.out} 里有别的内容，换一个空文件夹")
    years = range(LAST - options.years + 1, LAST + 1)
    number = make(
        options.out,
        units(options.departments, options.seed),
        years,
        Pen(options.totals == "written"),
        options.seed,
        options.region,
    )
    print(f"已写入 {number} 个文件：{options.out}")


if __name__ == "__main__":
    main()
