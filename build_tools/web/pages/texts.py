"""What our own pages call their parts: headings, heads of tables, a few words.

They stand in YAML beside this, because they are text; the names of official tables are in the forms and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class ChartTexts:
    """A chart with its table: the heads are of the first column and of the others; `total` is its last row."""

    title: str
    head: str
    columns: tuple[str, ...] = ()
    total: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """`contents`: headings by page and anchor; `changes` and `compared` by concept; `charts` by their anchors."""

    contents: Mapping[str, Mapping[str, str]]
    changes: Mapping[str, str]
    compared: Mapping[str, str]
    charts: Mapping[str, ChartTexts]
    unchanged: str
    spending: str


def _load_texts() -> Texts:
    """The YAML beside this file."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=yaml.CSafeLoader)
    charts = {
        name: ChartTexts(**{**one, "columns": tuple(one.get("columns", ()))})
        for name, one in found.pop("charts").items()
    }
    return Texts(**found, charts=charts)


TEXTS = _load_texts()
