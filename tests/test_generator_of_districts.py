"""Generated districts are broad enough: every identity of every declared form runs in them and holds, for every kind of
unit.

What never runs on generated data is not tested by it, so this file is what the mutation tests stand on.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from benchmarks.district import main
from benchmarks.forms import LIKES, REGION
from benchmarks.names import SHAPES, THEMES, unit_of
from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.checks.claims.hygiene import hygiene
from build_tools.cli import main as mingzhang
from build_tools.diagnostics import Outcome
from tests.helpers import builtin
from tests.judged import CAST, generated, of_regions

pytestmark = pytest.mark.slow


def test_every_region_with_forms_has_a_district() -> None:
    assert {one.region for one in builtin().templates} == set(LIKES) == set(CAST)


@pytest.mark.parametrize("like", LIKES)
def test_every_identity_holds_exactly_and_nothing_is_found(like: str) -> None:
    """What is not run would look at the year before the first, or states nothing."""
    assert generated(like)[1] == ()
    first = CAST[like][1][0]
    pairs = [(one.disclosure.year, verdict) for one in generated(like)[0] for _, verdict in one.pairs]
    assert {verdict.outcome for _, verdict in pairs} == {Outcome.PASSED, Outcome.NOT_RUN}
    others = {
        (year, verdict.reason)
        for year, verdict in pairs
        if verdict.outcome is Outcome.NOT_RUN and (verdict.left is not None or not verdict.cells)
    }
    assert others == {(first, "没有上年的部门决算可以对照")}


def test_every_identity_of_every_form_runs() -> None:
    """None is left out: forms that a region has for one year only are used in every year of the fictional district."""
    declared = {(form.variant, rule.id) for form in of_regions() for rule in form.rules}
    run = set()
    for like in LIKES:
        for one in generated(like)[0]:
            for instance in one.holding():
                run.add((one.form_of(instance).variant, instance.identity.id))
    assert len(declared) > 300
    assert sorted(declared - run) == []
    assert sorted(run - declared) == []


def test_no_name_has_a_word_twice() -> None:
    """Every theme under every kind of organisation."""
    names = {unit_of(theme, number, Random(1)).names[0][0] for theme in THEMES for number in range(len(SHAPES) * 2)}
    assert len(names) == len(THEMES) * len(SHAPES) * 2
    assert [name for name in names if hygiene(name) or hygiene(f"{name}部门决算")] == []


@pytest.mark.parametrize(
    "arguments", [["--departments", "-1"], ["--departments", "0"], ["--years", "0"], ["--years", "x"]]
)
def test_a_district_without_departments_or_years_is_refused(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, *arguments, "--out", str(tmp_path / "out"))
    assert "应是不小于 1 的整数" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("like", LIKES)
def test_running_costs_are_all_of_the_office_costs_only_where_staff_are_civil_servants(like: str) -> None:
    seen: dict[bool, set[str]] = {}
    for one in generated(like)[0]:
        for instance, verdict in one.pairs:
            if instance.identity.id == "explanation-operating-1":
                equal = any(other.identity.id == "explanation-operating-2" for other, _ in one.pairs)
                assert verdict.difference is not None
                assert (verdict.difference == 0) is equal
                seen.setdefault(equal, set()).add(one.disclosure.file.split("/")[2])
    assert all(name.endswith(("-bureau", "-affairs-centre")) for name in seen[True])
    assert not any(name.endswith(("-bureau", "-affairs-centre")) for name in seen[False])


def test_figures_of_one_year_begin_the_next_for_every_source() -> None:
    """Rules across years run for the whole, for appropriations, for funds and for state capital, on figures that are
    not nothing.
    """
    rules = {
        "summary-18",
        "fiscal-appropriation-summary-22",
        "government-managed-funds-5",
        "state-capital-operations-5",
    }
    found = {
        verdict.rule
        for like in LIKES
        for one in generated(like)[0]
        for _, verdict in one.pairs
        if verdict.rule in rules and verdict.outcome is Outcome.PASSED and verdict.left
    }
    assert found == rules


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """The command line."""
    monkeypatch.setattr(sys, "argv", ["district", *arguments])
    main()


def test_a_district_may_follow_another_region(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It has the kinds of disclosure that the region has forms for, and is still no real region."""
    run(monkeypatch, "--departments", "2", "--years", "2", "--out", str(tmp_path), "--region", "上海")
    assert {path.name for path in tmp_path.rglob("data/*/*/*/*.yaml")} == {"final-accounts.yaml"}
    project = read_project(tmp_path)
    assert [(one.region, set(one.collected.values())) for one in project.districts] == [(REGION, {("部门决算",)})]
    reports, findings = check_project(project)
    assert [*findings, *(finding for report in reports for finding in report.all_findings)] == []
    files = [str(path) for path in sorted(tmp_path.rglob("data/**/*.yaml"))][:4]
    assert mingzhang(["--root", str(tmp_path), "format", "--check", *files]) == 0


def test_what_changed_between_two_years_still_changes_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run(monkeypatch, "--departments", "1", "--years", "6", "--out", str(tmp_path))
    texts = {
        path.parent.name: path.read_text(encoding="utf-8")
        for path in tmp_path.rglob("self-evaluation.yaml")
        if "data" in path.parts
    }
    assert {year for year, text in texts.items() if "等级:" in text} == {"2020", "2021"}
    assert {year for year, text in texts.items() if "整体支出绩效自评报告:" in text} == {"2022", "2023", "2024", "2025"}
    files = [str(path) for path in sorted(tmp_path.rglob("data/*/*/2020/*.yaml"))]
    assert mingzhang(["--root", str(tmp_path), "format", "--check", *files]) == 0
