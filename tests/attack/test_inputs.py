"""Files that departments may push, spoilt from seeds: `MINGZHANG_ATTACKS` says how many, `make attack` tries twenty
thousand.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.diagnostics import Outcome
from tests.attack.oracles import RENDERER, hold, unprinted, wrong_verdicts
from tests.attack.spoiling import SPOILS, spoilt
from tests.helpers import ROOT
from tests.support import DEPARTMENT, DISCLOSURE, DISTRICT, check, make_project

ATTACKS = int(os.environ.get("MINGZHANG_ATTACKS", "160"))
HERE = ROOT / "data/shifeng/business-environment-centre"
# what is spoilt, and where it lies in the small project
SOURCES = {
    "final accounts": (HERE / "2020/final-accounts.yaml", DISCLOSURE),
    "self-evaluation": (HERE / "2020/self-evaluation.yaml", "data/x/y/2020/self-evaluation.yaml"),
    "targets": (HERE / "2023/performance-targets.yaml", "data/x/y/2023/performance-targets.yaml"),
    "evaluation": (HERE / "2023/evaluation-report.yaml", "data/x/y/2023/evaluation-report.yaml"),
    "department": (HERE / "department.yaml", DEPARTMENT),
    "district": (HERE.parent / "district.yaml", DISTRICT),
}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_whatever_is_pushed_is_judged_and_published_as_it_was_written(part: int, tmp_path: Path) -> None:
    """Seeds are dealt out over eight tests, so that all processors have some."""
    became: Counter[str] = Counter()
    names = list(SOURCES)
    for seed in range(part, ATTACKS, 8):
        source, place = SOURCES[names[seed // 8 % len(names)]]
        what, data = spoilt(source.read_text(encoding="utf-8"), seed)
        root = make_project(tmp_path / str(seed), {place: data})
        try:
            became[hold(root, place, data)] += 1
        except AssertionError as error:
            raise AssertionError(f"seed {seed} ({what}) of {source.name}: {error}") from error
    assert sum(became.values()) == len(range(part, ATTACKS, 8))
    tell(part, became)


def tell(part: int, became: Counter[str]) -> None:
    """What came of it, for who asks with MINGZHANG_ATTACK_LOG."""
    if log := os.environ.get("MINGZHANG_ATTACK_LOG"):
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"part": part, **became}, ensure_ascii=False) + "\n")


def test_every_way_of_spoiling_spoils() -> None:
    """Else the attack would be one on sound files."""
    text = SOURCES["final accounts"][0].read_text(encoding="utf-8")
    for name, spoil in SPOILS.items():
        assert any(spoil(text, random.Random(seed)) != text for seed in range(5)), name
    assert spoilt(text, 7) == spoilt(text, 7)


def test_the_oracles_find_what_they_are_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without its figures, and a 通过 over two sides that differ."""
    check_of = make_project(tmp_path, {DISCLOSURE: SOURCES["final accounts"][0].read_bytes()})
    (report,) = check(check_of)[0]
    (checked,) = report.checked
    assert wrong_verdicts(report, checked) == unprinted(report, checked) == []
    wrong = [
        one._replace(outcome=Outcome.PASSED) if one.outcome is Outcome.EXPLAINED else one for one in checked.verdicts
    ]
    assert wrong_verdicts(report, replace(checked, verdicts=tuple(wrong)))
    monkeypatch.setattr(RENDERER, "body", lambda page, base: "<p>甲</p>")
    assert len(list(unprinted(report, checked))) > 100
