"""A whole file in the wrong unit is told, in a first year too: on every real, fictional and generated disclosure that
has enough amounts, all of them ten thousand times as large or as small; and never on a file that is right.
"""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from build_tools.accounts.corpus import Disclosure, read_project
from build_tools.checks import check_project
from build_tools.checks.scale import ENOUGH
from build_tools.diagnostics import Finding
from tests.helpers import CENTRE, ROOT, one_disclosure

FILE = f"data/{CENTRE}/2020/final-accounts.yaml"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
TIMES = Decimal(10_000)


def scaled(root: Path, disclosure: Disclosure, times: Decimal) -> None:
    """Every amount of a file that many times as large, where it is written."""
    path = root / disclosure.file
    lines = path.read_text(encoding="utf-8").split("\n")
    places = {statement.cell(ref).place for statement in disclosure.statements.values() for ref in statement.amounts}
    for place in sorted((one for one in places if one), reverse=True):
        line, start = lines[place.line - 1], place.column - 1
        found = NUMBER.match(line, start)
        assert found, line
        lines[place.line - 1] = f"{line[:start]}{(Decimal(found[0]) * times).normalize():f}{line[found.end() :]}"
    path.write_text("\n".join(lines), encoding="utf-8")


def told(root: Path) -> list[Finding]:
    """What is said of units of whole files."""
    reports, _ = check_project(read_project(root))
    return [one for report in reports for one in report.all_findings if one.code in ("unit-file", "unit-confirmed")]


def disclosure_of(root: Path) -> Disclosure:
    """The one of the project."""
    return check_project(read_project(root))[0][0].checked[0].disclosure


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The one real document: a small office, first year."""
    return one_disclosure(tmp_path)


def say(root: Path, line: str) -> None:
    """A line more in 公开信息."""
    path = root / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("公开信息:\n", f"公开信息:\n  {line}\n", 1), encoding="utf-8")


def test_yuan_declared_as_ten_thousands_is_an_error(root: Path) -> None:
    """At its largest figure, with the size that gives it away."""
    scaled(root, disclosure_of(root), TIMES)
    (found,) = told(root)
    assert (found.code, found.blocks) == ("unit-file", True)
    assert "最大的 2591500万元" in found.message
    line = (root / FILE).read_text(encoding="utf-8").split("\n")[found.place.line - 1]
    assert "2591500" in line


def test_ten_thousands_declared_as_yuan_is_an_error(root: Path) -> None:
    path = root / FILE
    text = path.read_text(encoding="utf-8")
    for table in ("收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "基本支出决算表"):
        assert f"\n{table}:\n" in text
        text = text.replace(f"\n{table}:\n", f"\n{table}:\n  金额单位: 元\n")
    path.write_text(text, encoding="utf-8")
    assert [one.code for one in told(root)] == ["unit-file"]


def test_who_has_checked_says_so(root: Path) -> None:
    """Words that say nothing are not enough; and where nothing is asked there is nothing to confirm."""
    say(root, "单位核对: 对照决算报表，金额单位是万元")
    assert [(one.code, one.blocks) for one in told(root)] == [("unit-confirmed", False)]
    scaled(root, disclosure_of(root), TIMES)
    assert told(root) == []
    path = root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("对照决算报表，金额单位是万元", "是"), encoding="utf-8")
    assert {one.code for one in told(root)} == {"unit-file", "unit-confirmed"}


def test_nothing_is_said_of_what_is_right() -> None:
    """Generated districts are asserted to have no finding at all in tests/test_generator_of_districts.py."""
    for folder in (ROOT, ROOT / "examples/demo"):
        assert told(folder) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["data", "examples/demo/data"])
def test_every_final_account_is_told_in_the_wrong_unit(name: str, tmp_path: Path) -> None:
    home = ROOT / Path(name).parent
    reports, _ = check_project(read_project(home))
    accounts = [
        one.disclosure
        for report in reports
        for one in report.checked
        if one.disclosure.slug == "final-accounts"
        and sum(bool(amount) for table in one.disclosure.statements.values() for amount in table.amounts.values())
        >= ENOUGH
    ]
    assert accounts
    copy(home, tmp_path)
    for one in accounts:
        scaled(tmp_path, one, TIMES)
    asked = {one.place.file for one in told(tmp_path) if one.code == "unit-file"}
    assert {one.file for one in accounts} - asked == set()


def copy(home: Path, to: Path) -> None:
    """A project's own files."""
    for one in ("data", "content", "forms"):
        if (home / one).is_dir():
            shutil.copytree(home / one, to / one)
    shutil.copy(home / "mkdocs.yml", to)
