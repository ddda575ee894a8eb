"""`python -m examples.make_demo` writes `examples/demo`: a small fictional district that shows what real data cannot.

Figures come from the generator of `benchmarks/`; here stand only the stories told with them. A test proves that the
committed folder is what this module writes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.district import FICTION, Document, documents, frame, profile, write
from benchmarks.emit import Pen, document
from benchmarks.names import SLUG, THEMES, Unit, unit_of
from build_tools.accounts.corpus import read_project

DEMO = Path(__file__).parent / "demo"
YEARS, SEED = range(2022, 2026), 1
EDUCATION, CIVIL, AGRICULTURE, TRANSPORT, DATA = THEMES[:5]
Tree = dict[str, Any]


def cast() -> list[Unit]:
    """Five departments: a plain one, one renamed, one with drafts, one with an error, one founded later."""

    def bureau(index: int) -> Unit:
        return unit_of(THEMES[index], 0, Random(f"demo/{index}"))

    renamed = (("示例县民政局", "", "2024年3月"), ("示例县民政和养老服务局", "2024年3月", ""))
    founded = unit_of(DATA, 1, Random("demo/4"))
    return [bureau(0), replace(bureau(1), names=renamed), bureau(2), bureau(3), replace(founded, since=2024)]


def own_words(tree: Tree) -> None:
    """The prose of the document itself instead of a summary."""
    tree["概况"]["部门职责"] = {
        "原文": (
            "（一）贯彻执行教育工作的方针政策，拟订全县教育事业发展规划并组织实施。\n\n（二）管理义务教育和学前教育，推进城乡学校均衡发展。\n\n"
            "（三）监督教育经费的筹措和使用，改善办学条件。\n\n（四）完成县委、县人民政府交办的其他任务。\n"
        )
    }
    tree["说明"]["一般性支出"]["用途"] = {"原文": "会议费用于召开全县教育工作会议；培训费用于中小学教师暑期培训。"}
    tree["说明"]["绩效评价"]["预算绩效管理"] = {
        "原文": "我局按照全面实施预算绩效管理的要求，对全部项目编制绩效目标，年末开展自评，并将结果用于下年预算安排。"
    }


def transposed(tree: Tree) -> None:
    """Two digits of one figure change places: its row, its column and both totals no longer agree."""
    row = tree["支出决算表"]["2140106 公路养护"]
    written = row["项目支出"]
    first = next(index for index, digit in enumerate(written) if digit != written[index + 1])
    row["项目支出"] = written[:first] + written[first + 1] + written[first] + written[first + 2 :]


def off_by_a_cent(tree: Tree) -> None:
    """A printed total that was rounded by itself."""
    row = tree["一般公共预算财政拨款支出决算表"]["合计"]
    whole, cents = row["小计"].split(".")
    row["小计"] = f"{whole}.{int(cents) + 1:02d}"


def unsorted_purchase(tree: Tree) -> None:
    """A difference that the department has explained."""
    buying = tree["说明"]["政府采购"]
    whole, cents = buying["总额"].split(".")
    parts, buying["总额"] = buying["总额"], f"{int(whole) + 3}.{cents}"
    # shares of another total would be a second contradiction
    buying.pop("载明", None)
    tree["已知差异"] = {
        "explanation-2": (
            f"填 {buying['总额']}，应为 {parts}：总额另含3.00万元框架协议采购，原文没有分到货物、工程和服务"
        )
    }


def unsaid(tree: Tree) -> None:
    """What may not be published, and what the document does not say."""
    tree["说明"]["国有资产"]["特种专业技术用车"] = "依法不公开"
    tree["说明"]["三公经费具体"] |= {"接待来访团组": "未载明", "接待来宾人次": "未载明"}
    tree["公开信息"]["批复日期"] = "未载明"


def status(word: str) -> Callable[[Tree], None]:
    """A disclosure that is not yet public."""

    def change(tree: Tree) -> None:
        tree["公开信息"]["状态"] = word

    return change


def embargoed(tree: Tree) -> None:
    """Ready, but not to be seen before its day, which is far away so that the demo stays as it is."""
    tree["公开信息"]["公开日期"] = "2099-12-31"


def corrected(tree: Tree) -> None:
    """An error that was found and mended after publication."""
    tree["更正"] = [
        {
            "日期": "2025-01-08",
            "内容": "支出决算表中“小学教育”和“初中教育”两行的项目支出写颠倒了，现已换回；合计没有变",
            "原因": "录入时看错了行，经来信指出后改正",
        }
    ]


LETTERS: Mapping[str, list[dict[str, str]]] = {
    EDUCATION.slug: [
        {
            "来信日期": "2024-12-20",
            "来信": "2023年支出决算表里，小学教育和初中教育的项目支出是不是写反了？",
            "答复日期": "2025-01-08",
            "答复": "来信说得对，两行的数写颠倒了，合计不受影响。已经改正，并在这份决算的页面上写明。",
            "年度": "2023",
            "公开类型": "部门决算",
        },
        {
            "来信日期": "2025-10-09",
            "来信": "机关运行经费包括哪些开支？学校的水电费算不算在里面？",
            "答复日期": "2025-10-15",
            "答复": (
                "机关运行经费只是局机关的日常开支，如办公费、印刷费、差旅费、会议费。\n\n"
                "学校的水电费由各学校的公用经费负担，不在其中。"
            ),
        },
    ],
    TRANSPORT.slug: [
        {
            "来信日期": "2026-01-12",
            "来信": "2024年的部门决算为什么查不到？",
            "答复日期": "2026-01-14",
            "答复": "2024年部门决算有一处数字写错，正在更正；更正完成后在原来的地址恢复。",
            "年度": "2024",
            "公开类型": "部门决算",
        }
    ],
}


# (theme, year, kind) → what happens to the disclosure
STORIES: Mapping[tuple[str, int, str], Callable[[Tree], None]] = {
    (EDUCATION.slug, 2023, "final-accounts"): corrected,
    (EDUCATION.slug, 2025, "final-accounts"): own_words,
    (TRANSPORT.slug, 2022, "final-accounts"): off_by_a_cent,
    (TRANSPORT.slug, 2023, "final-accounts"): unsorted_purchase,
    (TRANSPORT.slug, 2024, "final-accounts"): transposed,
    (AGRICULTURE.slug, 2024, "final-accounts"): unsaid,
    (AGRICULTURE.slug, 2025, "final-accounts"): status("待审"),
    (AGRICULTURE.slug, 2025, "self-evaluation"): status("草稿"),
    (AGRICULTURE.slug, 2025, "performance-targets"): embargoed,
}


def told(document: Document) -> Document:
    """The disclosure with its story."""
    story = STORIES.get((document.unit.theme.slug, document.year, document.kind))
    if story:
        story(document.tree)
    return document


def make(root: Path) -> None:
    """The whole demo in a folder, except its README, which is written by hand."""
    write(root, frame(YEARS))
    project = read_project(root)
    for unit in cast():
        write(root, [(f"data/{SLUG}/{unit.slug}/department.yaml", profile(unit))])
        if unit.theme.slug in LETTERS:
            write(
                root,
                [
                    (
                        f"data/{SLUG}/{unit.slug}/inquiries.yaml",
                        document({"来信": LETTERS[unit.theme.slug]}, f"{unit.name(YEARS[-1])} 来信和答复", FICTION),
                    )
                ],
            )
        write(root, ((one.path, one.text) for one in map(told, documents(project, unit, YEARS, Pen(), SEED))))


def main() -> None:
    """Replace the committed folders."""
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        make(fresh)
        for path in sorted(fresh.iterdir()):
            target = DEMO / path.name
            if path.is_dir():
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(path, target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
    print(f"已写入 {DEMO}")


if __name__ == "__main__":
    main()
