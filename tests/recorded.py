"""The fictional district with a past: two figures that were public the wrong way round and were corrected, and an
evaluation that was public and was taken back. Every kind of page is in its site.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

COUNTY = "data/example-county"
CORRECTED = f"{COUNTY}/education-bureau/2023/final-accounts.yaml"
WITHDRAWN = f"{COUNTY}/agriculture-bureau/2023/evaluation-report.yaml"
# 小学教育 and 初中教育 as they are, in one table, in the other and in what is said of them
ROWS = (
    ("本年支出合计: {}\n    基本支出: 0.00\n    项目支出: {}\n", ("192.55", "435.39")),
    ("小计: {}\n    基本支出: 0.00\n    项目支出: {}\n", ("192.55", "435.39")),
    ("完成年初预算: {}%", ("95.0", "112.0")),
    ("年初预算: {}", ("202.69", "388.74")),
)
EVALUATION = """公开信息:
  状态: 可公开
  年度: 2023
  公开日期: 2024-09-20
  保密审查: 通过
  负责人审签: 通过
  来源: 虚构的示例，不对应任何地方、部门和人
整体支出绩效评价报告:
  单位概况: {单位性质: 行政, 编制人数: 51}
"""
WITHDRAWAL = (
    "撤回:\n  - {年度: 2023, 公开类型: 绩效评价, 日期: 2025-02-10, 原因: 评价的是另一个项目, 批准: 局长办公会}\n"
)


def commit(root: Path, message: str, day: str) -> None:
    """Everything as it lies there, on a given day."""
    git = ["git", "-C", str(root), "-c", "user.name=测试", "-c", "user.email=test@example.invalid"]
    stamp = f"{day}T08:00:00+08:00"
    subprocess.run([*git, "add", "-A"], check=True, capture_output=True)
    environment = {**os.environ, "GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": stamp}
    subprocess.run([*git, "commit", "-qm", message], check=True, capture_output=True, env=environment)


def give_a_past(root: Path) -> None:
    """Two commits in a copy of the demo, the second of which is the demo as it is, with its 撤回."""
    accounts, department = root / CORRECTED, root / COUNTY / "agriculture-bureau/department.yaml"
    text = accounts.read_text(encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    accounts.write_text(_swapped(text.partition("更正:\n")[0]), encoding="utf-8")
    (root / WITHDRAWN).write_text(EVALUATION, encoding="utf-8")
    commit(root, "公开", "2024-12-01")
    accounts.write_text(text, encoding="utf-8")
    (root / WITHDRAWN).unlink()
    department.write_text(department.read_text(encoding="utf-8") + WITHDRAWAL, encoding="utf-8")
    commit(root, "更正和撤回", "2025-02-10")


def _swapped(text: str) -> str:
    """The accounts with the figures of the two rows in each other's place."""
    for row, figures in ROWS:
        first, second = (row.format(one, one) for one in figures)
        assert text.count(first) == text.count(second) == 1, row
        text = text.replace(first, "\0").replace(second, first).replace("\0", second)
    return text
