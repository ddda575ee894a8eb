"""docs/terms.md holds: every term is used by the code, and what the code prints has its own name there."""

from __future__ import annotations

import re
from functools import cache

import pytest

from build_tools.accounts.statement.model import NOTHING, UNSAID
from build_tools.checks.duties import Stage, Standing
from build_tools.diagnostics import Outcome
from build_tools.forms.blocks import STATED
from tests.helpers import ROOT

ROW = re.compile(r"^\| ([^|]*[\u4e00-\u9fff][^|]*) \| ([a-z][^|]*) \| [^|]+ \|$", re.MULTILINE)


@cache
def terms() -> list[tuple[str, str]]:
    """Chinese and English of every row, several words of a row one by one."""
    rows = ROW.findall((ROOT / "docs/terms.md").read_text(encoding="utf-8"))
    found = []
    for chinese, english in rows:
        words, names = chinese.split("、"), english.split(", ")
        found += list(zip(words, names, strict=True)) if len(names) > 1 else [(word, english) for word in words]
    return found


@cache
def code() -> str:
    """Everything that Python and the forms say, words joined by _ and - as by spaces."""
    files = [*(ROOT / "build_tools").rglob("*.py"), *(ROOT / "build_tools").rglob("*.yaml")]
    return re.sub(r"[\s_-]+", " ", " ".join(path.read_text(encoding="utf-8") for path in files).lower())


def test_the_table_is_read_whole() -> None:
    text = (ROOT / "docs/terms.md").read_text(encoding="utf-8")
    assert len(ROW.findall(text)) == text.count("\n| ") - text.count("\n|---|")


@pytest.mark.parametrize(("chinese", "english"), terms())
def test_every_term_is_used(chinese: str, english: str) -> None:
    assert re.search(rf"\b{re.escape(english.replace('-', ' '))}", code())
    assert chinese in code(), "no form, message or comment says it"


@pytest.mark.parametrize("one", [*Outcome, *Stage, *Standing], ids=lambda one: f"{type(one).__name__}.{one.name}")
def test_what_is_printed_stands_under_its_own_name(one: Outcome | Stage | Standing) -> None:
    name = one.name.lower().replace("_", " ")
    assert any(chinese == one.value and english.startswith(name) for chinese, english in terms())


def test_every_word_of_absence_is_explained() -> None:
    assert {*NOTHING, *UNSAID, STATED} <= {chinese for chinese, _ in terms()}
