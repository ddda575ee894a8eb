"""The day is China's: at ten past midnight in Beijing and at ten past midnight in UTC, whatever the machine's zone."""

from __future__ import annotations

import ast
import os
import time
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest

from build_tools import calendar_china
from build_tools.accounts.corpus import read_project
from build_tools.calendar_china import CHINA, china_today
from build_tools.checks import check_project
from tests.helpers import ROOT

FILE = "data/shifeng/business-environment-centre/2020/final-accounts.yaml"
ZONES = ["UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"]


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The machine's own zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def stop_clock(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """The only clock that is read stands at this moment."""
    fixed = datetime.fromisoformat(moment)

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Stopped:
            return cls.fromtimestamp(fixed.timestamp(), tz)

    monkeypatch.setattr(calendar_china, "datetime", Stopped)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-30T23:50:00+08:00", date(2026, 6, 30)),
        ("2026-07-01T00:10:00+08:00", date(2026, 7, 1)),
        ("2026-06-30T23:50:00+00:00", date(2026, 7, 1)),
        ("2026-07-01T00:10:00+00:00", date(2026, 7, 1)),
    ],
)
def test_both_midnights(monkeypatch: pytest.MonkeyPatch, zone: str, moment: str, day: date) -> None:
    stop_clock(monkeypatch, moment)
    assert china_today() == day
    assert CHINA.utcoffset(None) is not None


@pytest.mark.parametrize(
    ("moment", "released"), [("2026-06-30T15:50:00+00:00", False), ("2026-06-30T16:10:00+00:00", True)]
)
def test_what_is_due_is_published_at_midnight_in_beijing(
    monkeypatch: pytest.MonkeyPatch, project_root: Path, zone: str, moment: str, released: bool
) -> None:
    path = project_root / FILE
    text = path.read_text(encoding="utf-8").replace("公开日期: 未载明", "公开日期: 2026-07-01", 1)
    path.write_text(text, encoding="utf-8")
    stop_clock(monkeypatch, moment)
    reports, _ = check_project(read_project(project_root))
    (found,) = [one.disclosure for report in reports for one in report.checked if one.disclosure.file == FILE]
    assert found.released == released


def test_no_other_module_asks_the_machine_for_the_day() -> None:
    asking = {
        path.name
        for path in (ROOT / "build_tools").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("today", "now", "utcnow")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("date", "datetime")
    }
    assert asking == {"calendar_china.py"}
