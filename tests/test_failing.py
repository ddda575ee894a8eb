"""Whatever nobody has thought of: exit status 2, one sentence in Chinese, the rest in a log file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from build_tools.cli import main


@pytest.mark.parametrize(
    "error", [RecursionError("deep"), MemoryError(), ValueError("甲\udcff"), AssertionError(), KeyError("x")]
)
def test_an_error_of_the_tool_is_a_sentence_and_a_log(
    project_root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def fail(options: object) -> int:
        raise error

    monkeypatch.setattr(sys.modules["build_tools.cli.main"], "run", fail)
    assert main(["--root", str(project_root), "check"]) == 2
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    assert "这是程序的错误，不是数据的错误" in told.err
    log = project_root / ".cache" / "mingzhang-error.log"
    assert str(log) in told.err
    assert type(error).__name__ in log.read_text(encoding="utf-8")


def test_where_no_file_can_be_written_it_says_so(
    project_root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: object) -> int:
        raise RecursionError

    (project_root / ".cache").write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(sys.modules["build_tools.cli.main"], "run", fail)
    monkeypatch.setattr("tempfile.tempdir", str(project_root / "nowhere" / "at" / "all"))
    assert main(["--root", str(project_root), "check"]) == 2
    assert "没有写成" in capsys.readouterr().err
