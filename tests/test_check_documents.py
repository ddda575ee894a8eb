"""The rules of the forms hold to their manual in tests/checks/: what a piece of YAML says becomes of a rule does, and
nothing else is found.

A piece that fails is off by the least that rounding cannot explain, one that is 尾差 by the most that it can. Every
rule has its section here, its page in the rule book and its explanation at the command line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_district
from build_tools.checks import Report, check_project
from build_tools.checks.check import Checked
from build_tools.checks.identities import figure
from build_tools.cli.explaining import explanation, known_ids
from build_tools.diagnostics import Finding, Verdict
from build_tools.diagnostics.catalogue import CATALOGUE
from build_tools.forms import Instance, load_forms
from build_tools.web.pages.model import Site
from build_tools.web.pages.sitemap import pages_above
from tests.support import DISCLOSURE, DISTRICT, INFORMATION, make_project, repository_project
from tests.test_bad_input import MARK, annotate

FOLDER = Path(__file__).parent / "checks"
HOME = re.compile(r"^没有注明文件的框，是(?P<region>\S+?)的 (?P<file>\S+)。$", re.MULTILINE)
TITLE = re.compile(r"^## (?P<rule>\S+) (?P<sentence>[^\n]+)\n(?P<rest>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
PART = re.compile(
    r"^\*\*(?P<outcome>[^*\n]+)\*\*(?: 相差 (?P<difference>[0-9.]+))?|^```yaml ?(?P<name>\S*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# what can become of a rule, the worst first; of the last there is no verdict at all
OUTCOMES = ("不符", "尾差", "通过", "推算", "未执行", "不核对")
CENT = Decimal("0.01")
REGISTRY = {identity.id for form in repository_project().forms.forms for identity in form.rules}


@dataclass(frozen=True)
class Piece:
    """One department with a few tables: its files with the marks in them, by path, and what is said to become of the
    rule.
    """

    outcome: str
    difference: str
    files: dict[str, str] = field(default_factory=dict)

    def lines(self, file: str) -> list[str]:
        """A file without its marks."""
        return [line for line in self.files[file].split("\n") if not MARK.fullmatch(line)]


@dataclass(frozen=True)
class Section:
    """What the manual says of one rule. Its `sentence` is the relation in words."""

    region: str
    rule: str
    sentence: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def relation(self) -> str:
        """The relation that the sentence speaks of."""
        return next((sign for word, sign in (("不大于", "<="), ("不小于", ">=")) if word in self.sentence), "==")


@dataclass(frozen=True)
class Judged:
    """A verdict with its instance and the disclosure that it was passed on."""

    checked: Checked
    instance: Instance
    verdict: Verdict

    @property
    def excess(self) -> Decimal:
        """By how much the relation is missed."""
        difference = self.verdict.difference or Decimal(0)
        return {"==": abs(difference), "<=": difference, ">=": -difference}[self.instance.rule.relation]

    @property
    def step(self) -> Decimal:
        """The least by which the left figure could be printed otherwise."""
        ref = self.verdict.cells[0]
        column = self.checked.disclosure.statements[ref.table].axes[ref.block].block.column(ref.column)
        assert column is not None
        assert self.verdict.left is not None
        return {"percent": Decimal(1).scaleb(int(self.verdict.left.as_tuple().exponent)), "count": Decimal(1)}.get(
            column.type, CENT
        )

    @property
    def told(self) -> Decimal:
        """The difference as a finding tells it."""
        return abs(figure(self.verdict.left) - figure(self.verdict.right))


def sections() -> Iterator[Section]:
    """Every section of the manual. Documents that are about other checks do not say where their frames stand."""
    for path in sorted(FOLDER.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        home = HOME.search(text)
        if home is None:
            continue
        for title in TITLE.finditer(text):
            section = Section(home["region"], title["rule"], title["sentence"])
            for match in PART.finditer(title["rest"]):
                if match["outcome"]:
                    assert match["outcome"] in OUTCOMES, f"{path.name}：{match[0]}"
                    section.pieces.append(Piece(match["outcome"], match["difference"] or ""))
                else:
                    add_file(section.pieces[-1], match["name"] or home["file"], match["text"])
            yield section


def add_file(piece: Piece, name: str, text: str) -> None:
    """One frame: a disclosure, the department's own file, or a form of the district's own."""
    path = name if name.startswith("forms/") else f"data/x/y/{name}"
    assert path not in piece.files, f"两个框是同一个文件：{name}"
    piece.files[path] = INFORMATION + text if re.fullmatch("[0-9]{4}/.*", name) and "公开信息:" not in text else text


def run(piece: Piece, region: str, root: Path) -> tuple[list[Report], list[Finding]]:
    """The department checked as `mingzhang check` does."""
    district = f"基本信息:\n  名称: 甲区\n  模板地区: {region}\n"
    make_project(
        root, {DISCLOSURE: None, DISTRICT: district, **{file: "\n".join(piece.lines(file)) for file in piece.files}}
    )
    project = repository_project()
    if (root / "forms").is_dir():
        forms, findings = load_forms([root / "forms"])
        assert not findings, findings
        project = replace(project, forms=forms)
    read = read_district(root / "data" / "x", root, project.forms)
    reports, findings = check_project(replace(project, root=root, districts=(read,)))
    return reports, [*findings, *(finding for report in reports for finding in report.all_findings)]


def judged(rule: str, reports: list[Report]) -> list[Judged]:
    """Every verdict on a rule."""
    return [
        Judged(checked, instance, verdict)
        for report in reports
        for checked in report.checked
        for instance, verdict in zip(checked.instances, checked.verdicts, strict=True)
        if verdict.rule == rule
    ]


def marked(finding: Finding, rule: str) -> Finding:
    """The finding as the manual marks it: under the id of the section where it tells of that rule too."""
    return replace(finding, code=rule) if rule in finding.also else finding


def failing(section: Section, piece: Piece, root: Path) -> set[str]:
    """Asserts what the piece says: every finding of a rule, the outcome, a difference that is the least or the most of
    its kind.

    Returns the wordings of the rule that fail in it.
    """
    reports, findings = run(piece, section.region, root)
    shown = [marked(one, section.rule) for one in findings if one.code in REGISTRY or one.blocks]
    for file, text in piece.files.items():
        assert annotate(piece.lines(file), (one for one in shown if one.place.file == file)) == text
    assert {one.place.file for one in shown} <= set(piece.files)
    found = judged(section.rule, reports)
    assert (
        next((outcome for outcome in OUTCOMES if outcome in {one.verdict.outcome.value for one in found}), "不核对")
        == piece.outcome
    )
    if piece.outcome not in ("不符", "尾差"):
        return set()
    off = [one for one in found if one.verdict.outcome.value == piece.outcome]
    assert {one.told for one in off} == {Decimal(piece.difference or "-1")}
    for one in off:
        # the most that rounding explains, one step below what fails
        most = one.excess if piece.outcome == "尾差" else one.excess - one.step
        assert most <= one.verdict.slack < most + one.step, one.verdict
    return {one.instance.identity.text for one in off if piece.outcome == "不符"}


@pytest.mark.parametrize("section", list(sections()), ids=lambda section: section.rule)
def test_the_manual_shows_what_becomes_of_a_rule(section: Section, tmp_path: Path) -> None:
    """It passes and it fails; a rule that reads otherwise in another year or region fails in each of its wordings."""
    failed: set[str] = set()
    for number, piece in enumerate(section.pieces):
        failed |= failing(section, piece, tmp_path / str(number))
    declared = [one for form in repository_project().forms.forms for one in form.rules if one.id == section.rule]
    assert "通过" in {piece.outcome for piece in section.pieces}
    assert failed == {one.text for one in declared}
    assert {one.rule.relation for one in declared} == {section.relation}


def test_registry_documents_pages_and_explain_agree(tmp_path: Path) -> None:
    """No rule is checked without being described everywhere, and nothing is described that is not checked."""
    project = repository_project()
    root = make_project(tmp_path)
    site = Site(replace(project, root=root, districts=(read_district(root / "data" / "x", root, project.forms),)))
    pages = [
        page.url.split("/")[1]
        for group in pages_above(site)
        for page in group.pages([])
        if re.fullmatch("checks/[^/]+/", page.url)
    ]
    documents = [section.rule for section in sections()]
    explained = [one for one in known_ids(project.forms) if one not in CATALOGUE]
    assert set(documents) == set(pages) == set(explained) == REGISTRY
    # and each once
    assert Counter(documents) == Counter(pages) == Counter(explained) == Counter(REGISTRY)
    assert all(explanation(one, project.forms) for one in REGISTRY)
