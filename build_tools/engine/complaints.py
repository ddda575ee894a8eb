"""What the generator says of hand-written pages while it builds them: in a pipeline nobody reads its log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_tools.diagnostics import Finding, Place
from build_tools.engine.refusal import RefusedError
from build_tools.inputs import SETTINGS

# a file of `content/` as the generator's log names it
PAGE = re.compile(r"'([^']+\.[a-z]+)'")
HINT = "照它说的改；看不懂的，先把这一页最近的改动退回去"


class Complaints(logging.Handler):
    """Warnings and errors, without what plugins say of themselves."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """One line of the log."""
        if not record.name.startswith("mkdocs.plugins"):
            self.said[record.getMessage().strip()] = None

    def raise_on(self, root: Path) -> None:
        """Raises RefusedError where anything was said, at the files that it names."""
        if self.said:
            raise RefusedError(map(_finding, self.said), root)


@contextmanager
def listening() -> Iterator[Complaints]:
    """What the generator says from here on, to nobody else."""
    complaints, logger = Complaints(), logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    logger.addHandler(complaints)
    logger.propagate = False
    try:
        yield complaints
    finally:
        logger.removeHandler(complaints)
        logger.propagate = True


def _finding(text: str) -> Finding:
    """One complaint."""
    page = PAGE.search(text)
    place = Place(f"content/{page[1]}" if page else SETTINGS)
    return Finding("generator-complaint", f"网站生成器不能照原样处理：{text[:300]}", place, hint=HINT)
