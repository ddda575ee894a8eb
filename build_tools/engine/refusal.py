"""Why no site was made: a sentence, or findings at their places in what people wrote."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path

from build_tools.diagnostics import Finding, Place
from build_tools.diagnostics.text import render_findings
from build_tools.privacy import discreet, discreet_lines
from build_tools.source import line_reader


class GeneratorError(Exception):
    """The site could not be made; the message says why, in its own words."""


class RefusedError(GeneratorError):
    """Hand-written pages or settings lead to what is not there; the message shows where."""

    def __init__(self, findings: Iterable[Finding], root: Path) -> None:
        self.findings, line_of = tuple(findings), line_reader(root)
        super().__init__(render_findings(discreet(list(self.findings), line_of), discreet_lines(line_of)))


def place_of(root: Path, file: str, *words: str, before: Iterable[str] = ("",)) -> Place:
    """Where the first of these words that there is stands in a file, behind one of these texts if possible; the file's
    beginning where all are written in another way.
    """
    text = (root / file).read_text(encoding="utf-8-sig", errors="replace") if (root / file).is_file() else ""
    for word, start in product(filter(None, words), before):
        at = text.find(f"{start}{word}") + len(start)
        if at >= len(start):
            return Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), len(word.split("\n")[0]))
    return Place(file)
