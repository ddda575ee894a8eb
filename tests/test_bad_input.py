"""The manual of mistakes in tests/bad_input/ holds: what each piece of YAML shows is found there, and nothing else.

What no manual can print (bytes, sizes, links, folders) is in test_bad_files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_tools.diagnostics import Finding
from build_tools.diagnostics.catalogue import CATALOGUE
from tests.support import DEPARTMENT, DISCLOSURE, DISTRICT, INFORMATION, SOUND, check, make_project
from tests.test_bad_files import DAMAGES

FOLDER = Path(__file__).parent / "bad_input"
INQUIRIES = DEPARTMENT.replace("department", "inquiries")
# what is found by the checks has manuals of its own
CHECKS = Path(__file__).parent / "checks"
CLAIMS = Path(__file__).parent / "claims"
PRIVACY = Path(__file__).parent / "privacy"
BLOCK = re.compile(r"^## (?P<heading>.+?)$|^```yaml ?(?P<name>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"[ \u3000]*\^ (?P<code>[a-z0-9-]+)")
STAND_INS = str.maketrans({"□": "\u3000", "⇥": "\t", "▯": "\u200b"})


@dataclass(frozen=True)
class Case:
    """One piece of YAML of the manual, with its marks."""

    name: str
    file: str
    marked: str

    @property
    def lines(self) -> list[str]:
        """The YAML without its marks."""
        return [line for line in self.marked.split("\n") if not MARK.fullmatch(line)]

    @property
    def codes(self) -> set[str]:
        """Every code that is marked."""
        return {match["code"] for line in self.marked.split("\n") if (match := MARK.fullmatch(line))}


def cases() -> Iterator[Case]:
    """Every piece of YAML in the manual."""
    for path in sorted(FOLDER.glob("*.md")):
        heading, number = "", 0
        for match in BLOCK.finditer(path.read_text(encoding="utf-8")):
            if match["heading"]:
                heading, number = match["heading"], 0
                continue
            number += 1
            name, text = match["name"] or "final-accounts.yaml", match["text"]
            file = next(
                (one for one in (*SOUND, INQUIRIES) if one.endswith(f"/{name}")),
                DISCLOSURE.replace("final-accounts.yaml", name),
            )
            before = INFORMATION if not match["name"] and "公开信息" not in text else ""
            yield Case(f"{path.stem}: {heading} {number}", file, before + text)


def annotate(lines: list[str], findings: Iterable[Finding]) -> str:
    """The lines with a mark under everything that was found, as the manual writes it."""
    found = sorted({(finding.place.line, finding.place.column, finding.code) for finding in findings})
    marked = []
    for number, line in enumerate(lines, 1):
        marked.append(line)
        for _, column, code in (one for one in found if one[0] == number):
            marked.append(
                "".join("\u3000" if unicodedata.east_asian_width(char) in "WF" else " " for char in line[: column - 1])
                + f"^ {code}"
            )
    return "\n".join(marked)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_the_manual_shows_what_is_found(case: Case, tmp_path: Path) -> None:
    """Code, line and column of every error, and of the warnings that the manual marks."""
    text = "\n".join(case.lines).translate(STAND_INS)
    _, findings = check(make_project(tmp_path, {case.file: text}))
    shown = [finding for finding in findings if finding.blocks or finding.code in case.codes]
    assert annotate(case.lines, (one for one in shown if one.place.file == case.file)) == case.marked
    # where the district or the department is at fault its disclosures may say so too
    assert {one.place.file for one in shown} <= (
        {case.file, DISCLOSURE} if case.file in (DEPARTMENT, DISTRICT) else {case.file}
    )


def test_every_code_has_its_page_in_the_manual_or_its_own_test() -> None:
    """What no manual can print is listed here by name, and tested beside."""
    elsewhere = {damage.code for damage in DAMAGES} | {
        "original-missing",
        "original-name",
        "original-not-pdf",
        "original-symlink",
        "original-too-large",
        "original-unused",
        "file-unreadable",
        "path-symlink",
        "file-too-large",
        "data-missing",
        "file-too-many-findings",
        "table-too-long",
        "form-mistake",
        "prose-too-long",
        "privacy-path",
        "privacy-unread",
        # tests/test_record.py: what only git can tell
        "correction-missing",
        "correction-unused",
        "department-lost",
        "disclosure-lost",
        "record-shallow",
        "withdrawal-empty",
        "withdrawal-missing",
        "withdrawal-unused",
        # tests/test_copies.py: what two files have alike
        "department-twin",
        "figures-copied",
        # tests/test_scale.py: whole files
        "unit-confirmed",
        "unit-file",
        # tests/test_by_hand.py: pages, settings and files that are no data
        "comment-unknown",
        "home-missing",
        "link-missing",
        "path-special",
        "path-too-deep",
        "settings-inherit",
        # tests/test_complaints.py: what the site generator says
        "generator-complaint",
        # tests/test_privacy_pdf.py: no text, so that no piece of the manual can show it
        "privacy-pdf-unread",
        # tests/test_new_year.py: which template and which of its rows
        "print-unknown",
        "region-unknown",
        "template-older",
        "template-unknown",
        # tests/test_function_checks.py: no text, so that no piece of the manual can show it
        "codebook-workbook",
        # tests/test_narrative_asked.py: what a new file is asked for
        "narrative-budget-missing",
        "narrative-figure-missing",
    }
    checks = (
        path.read_text(encoding="utf-8").split("\n") for path in sorted([*CHECKS.rglob("*.md"), *PRIVACY.glob("*.md")])
    )
    marked = {match["code"] for lines in checks for line in lines if (match := MARK.fullmatch(line))}
    # what texts claim has a corpus of sentences instead of a manual
    sentences = "".join(path.read_text(encoding="utf-8") for path in sorted(CLAIMS.rglob("*")) if path.is_file())
    sentences += "".join(path.read_text(encoding="utf-8") for path in CLAIMS.parent.glob("test_claims*.py"))
    kinds = {f"claim-{path.stem}" for path in CLAIMS.glob("*.yaml")}
    claimed = {
        code for code in CATALOGUE if code in kinds or (code.startswith(("claim-", "prose-")) and code in sentences)
    }
    assert set().union(*(case.codes for case in cases())) | marked | claimed | elsewhere >= set(CATALOGUE)
