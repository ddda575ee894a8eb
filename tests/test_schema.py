"""The editor's schemas: valid themselves, current, and in agreement with the real data."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path

import jsonschema
import pytest
import yaml

from build_tools.cli import main
from tests.conftest import REPOSITORY

SCHEMAS = sorted((REPOSITORY / "schemas").glob("*.json"))


def schema_for(path: Path) -> dict[str, object]:
    """The schema that the editor's settings name for a file."""
    settings = json.loads((REPOSITORY / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    relative = path.relative_to(REPOSITORY).as_posix()
    for name, patterns in settings["yaml.schemas"].items():
        for pattern in patterns:
            head, brace, rest = pattern.partition("{")
            years, _, tail = rest.partition("}")
            for year in years.split(",") if brace else [""]:
                if fnmatch(relative, f"{head}{year}{tail}"):
                    found: dict[str, object] = json.loads((REPOSITORY / name).read_text(encoding="utf-8"))
                    return found
    raise AssertionError(f"没有为 {relative} 指定写法提示")


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_a_schema_is_valid(path: Path) -> None:
    """By the standard's own meta-schema."""
    jsonschema.Draft7Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / "data").glob("*/*/*/*.yaml")), ids=lambda path: "/".join(path.parts[-4:])
)
def test_the_real_data_fit(path: Path) -> None:
    """An editor must not mark what the compiler accepts."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    problems = [
        f"{list(error.path)}: {error.message[:120]}"
        for error in jsonschema.Draft7Validator(schema_for(path)).iter_errors(data)
    ]
    assert problems == []


def test_a_misspelt_table_is_marked() -> None:
    """The schema can fail."""
    path = REPOSITORY / "data" / "shifeng" / "business-environment-centre" / "2020" / "final-accounts.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["收入支出决算总表"]["支处"] = {}
    data["支出决算表"]["2010301 行政运行"]["基本支出"] = "很多"
    assert len(list(jsonschema.Draft7Validator(schema_for(path)).iter_errors(data))) == 2


def test_the_schemas_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    """Generated files equal what the forms say today."""
    assert main(["--root", str(REPOSITORY), "schema", "--check"]) == 0, capsys.readouterr().out
