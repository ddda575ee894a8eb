"""The generator of fictional districts: what it writes is sound, canonical, and the same for the same seed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from benchmarks.district import LAST, documents, make, vacant
from benchmarks.emit import Pen, amount, percent, score
from benchmarks.names import DISTRICT, units
from build_tools.accounts.corpus import read_project
from build_tools.checks import Report, check_project
from build_tools.cli import main
from build_tools.diagnostics import Outcome
from build_tools.engine import build_site

pytestmark = pytest.mark.slow

YEARS = range(LAST - 2, LAST + 1)


def district(root: Path, totals: bool = True, seed: int = 1) -> Path:
    """Three departments, three years."""
    make(root, units(3, seed), YEARS, Pen(totals), seed)
    return root


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With every total printed."""
    return district(tmp_path_factory.mktemp("written"))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With totals left to the compiler."""
    return district(tmp_path_factory.mktemp("blank"), totals=False)


def contents(root: Path) -> dict[str, bytes]:
    """Every generated file."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not {"site", ".cache"} & set(path.parts)
    }


def checked(root: Path) -> list[Report]:
    """Every department, where nothing at all is found."""
    reports, findings = check_project(read_project(root))
    assert not findings
    assert [finding for report in reports for finding in report.all_findings] == []
    return reports


def test_the_same_seed_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    assert contents(district(tmp_path)) == contents(written)


def test_another_seed_gives_other_figures_in_the_same_files(written: Path, tmp_path: Path) -> None:
    other, first = contents(district(tmp_path, seed=2)), contents(written)
    assert other.keys() == first.keys() or {name.rsplit("/", 1)[1] for name in other.keys() ^ first.keys()} == {
        "evaluation-report.yaml"
    }
    accounts = [name for name in first if name.endswith("final-accounts.yaml")]
    assert len(accounts) == 9
    assert all(other[name] != first[name] for name in accounts)


def test_a_department_does_not_depend_on_how_many_others_there_are(tmp_path: Path) -> None:
    assert units(3, 1) == units(150, 1)[:3]
    assert len({unit.slug for unit in units(150, 1)}) == 150
    assert len({unit.name(LAST) for unit in units(150, 1)}) == 150
    assert all(unit.name(LAST).startswith(DISTRICT) for unit in units(150, 1))


def test_every_identity_holds(written: Path) -> None:
    """Exactly; `tests.test_generator_of_districts` says what is not run and why."""
    verdicts = [verdict for report in checked(written) for one in report.checked for verdict in one.verdicts]
    assert len(verdicts) > 4000
    assert {verdict.outcome for verdict in verdicts} == {Outcome.PASSED, Outcome.NOT_RUN}
    assert sum(1 for verdict in verdicts if verdict.outcome is Outcome.NOT_RUN) < len(verdicts) // 50


def test_a_year_begins_with_what_the_year_before_left(written: Path) -> None:
    for report in checked(written):
        ends = {}
        for one in report.checked:
            if one.disclosure.slug == "final-accounts":
                table = one.disclosure.statements["收入支出决算总表"]
                opening = table.at("收入", "年初结转和结余", "金额").amount
                assert ends.get(one.disclosure.year - 1, opening) == opening
                ends[one.disclosure.year] = table.at("支出", "年末结转和结余", "金额").amount
        assert len(ends) == 3
        assert any(ends.values())


def test_the_change_that_is_told_is_the_change_of_the_tables(written: Path) -> None:
    for report in checked(written):
        totals = {}
        for one in report.checked:
            if one.disclosure.slug == "final-accounts":
                said = one.disclosure.statements["说明"]
                more, less = (said.at("收入支出总体", "", word).amount or 0 for word in ("增加", "减少"))
                totals[one.disclosure.year] = (
                    one.disclosure.statements["收入支出决算总表"].at("收入", "总计", "金额").amount
                )
                if one.disclosure.year - 1 in totals:
                    assert totals[one.disclosure.year] - totals[one.disclosure.year - 1] == more - less


def rows(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of a CSV without their marks, and the marks."""
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    return found, [row.pop("系统计算", "") for row in found]


def test_totals_left_blank_are_derived_to_the_same_figures(written: Path, blank: Path) -> None:
    checked(blank)
    sites = [build_site(root).site for root in (written, blank)]
    assert None not in sites
    # what was checked differs, for a total that is computed is no check
    full, left = (
        {
            path.relative_to(site): path.read_text(encoding="utf-8")
            for path in site.rglob("*.csv")
            if path.name != "checks.csv"
        }
        for site in sites
        if site
    )
    assert full.keys() == left.keys()
    assert len(full) > 100
    marks = 0
    for name, text in full.items():
        (figures, none), (same, derived) = rows(text), rows(left[name])
        assert figures == same, name
        assert not any(none), name
        marks += sum(map(bool, derived))
    assert marks > 500


def test_generated_files_are_canonical(written: Path, blank: Path) -> None:
    """One file of each kind; the command reads the forms anew for every file."""
    for root in (written, blank):
        by_kind = {path.name: str(path) for path in sorted(root.rglob("data/**/*.yaml"))}
        assert len(by_kind) == 7
        assert main(["--root", str(root), "format", "--check", *by_kind.values()]) == 0


def test_a_founded_department_has_no_years_before(tmp_path: Path) -> None:
    district(tmp_path)
    emergency = next(unit for unit in units(20, 1) if unit.since)
    found = {one.year for one in documents(read_project(tmp_path), emergency, range(2017, 2022), Pen(), 1)}
    assert found == {2019, 2020, 2021}


def test_a_folder_with_other_content_is_left_alone(written: Path, tmp_path: Path) -> None:
    assert vacant(written)
    assert vacant(tmp_path)
    assert vacant(tmp_path / "new")
    (tmp_path / "data").mkdir()
    assert not vacant(tmp_path)


@pytest.mark.parametrize(("cents", "text"), [(0, "0.00"), (5, "0.05"), (12345, "123.45"), (-5, "-0.05"), (100, "1.00")])
def test_amounts(cents: int, text: str) -> None:
    assert amount(cents) == text


def test_shares_and_marks() -> None:
    assert (percent(1, 3), percent(2, 3), percent(1, 2000), percent(5, 0)) == ("33.3%", "66.7%", "0.1%", None)
    assert (score(9780), score(10000), score(9), score(0)) == ("97.8", "100", "0.09", "0")
