"""Words of the data files that no form declares: every table may use them, and they mean the same in all.

They stand in language.yaml, because a form may use the same word as one of its own keys and mean something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

_WORDS = yaml.load((Path(__file__).parent / "language.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
# beside the rows of a table: its unit of amounts, the unit's own note, the word that stands for the whole table
TABLE_UNIT: str = _WORDS["table_unit"]
TABLE_NOTE: str = _WORDS["table_note"]
TABLE_STATUS: str = _WORDS["table_status"]
# which of the ways in which documents print a form this document uses
TABLE_ROWS: str = _WORDS["table_rows"]
RESERVED = (TABLE_UNIT, TABLE_NOTE, TABLE_STATUS, TABLE_ROWS)
# in front of the name of a third-level indicator
INDICATOR: str = _WORDS["indicator"]
# what is filled in, by the type of a column
COLUMN_TYPES: Mapping[str, str] = _WORDS["column_types"]
