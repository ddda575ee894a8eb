"""A disclosure in which every table and section is absent, for every kind and every word of absence: checked
and built.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_tools.accounts.statement import ABSENCES
from build_tools.engine import build_site
from tests.helpers import builtin

FORMS = builtin()
PLACE = {"湖南": "shifeng/business-environment-centre", "上海": "shanghai-putuo/finance-bureau"}


@pytest.mark.parametrize("word", ABSENCES)
def test_everything_absent(project_root: Path, word: str) -> None:
    """No error, a page for each, the word or the form's own sentence on it, a header-only CSV, nothing to check."""
    for folder in (project_root / "data").glob("*/*/20*"):
        shutil.rmtree(folder)
    files = []
    # a template that a district must choose has the tables of the one that it is based on
    for template in (one for one in FORMS.templates if not one.optional):
        path = project_root / "data" / PLACE[template.region] / str(template.begins) / f"{template.slug}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        # what is withheld has a ground, what is not stated a source
        ground = "，注: 依政府信息公开条例第十四条" if word == "依法不公开" else ""
        tables = "".join(f"{key}: {{状态: {word}{ground.replace('，', ', ')}}}\n" for key in template.tables)
        path.write_text(
            f"公开信息:\n  状态: 可公开\n  保密审查: 通过\n  负责人审签: 通过\n  来源: 测试\n{tables}", encoding="utf-8"
        )
        files.append((path, template))
    outcome = build_site(project_root)
    assert [finding.message for finding in outcome.findings if finding.blocks] == []
    assert sum(sum(one.counts.values()) for one in outcome.departments) == 0
    assert outcome.site is not None
    for path, template in files:
        page = outcome.site / path.relative_to(project_root / "data").with_suffix("")
        text = (page / "index.html").read_text(encoding="utf-8")
        for key in template.tables:
            form = template.form(key)
            assert form is not None
            assert (ground.partition(": ")[2] or form.empty_note or word) in text
            assert (page / f"{form.slug}.csv").read_text(encoding="utf-8").count("\n") == 1
