"""The project: its forms, its reference data and its districts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from build_tools.accounts.corpus.by_hand import check_content, linked, misfits, show, told
from build_tools.accounts.corpus.codebook import ALWAYS, COLUMNS, read_codes
from build_tools.accounts.corpus.folders import entries, folders
from build_tools.accounts.corpus.model import District, Project, Reference
from build_tools.accounts.corpus.settings import check_settings
from build_tools.accounts.corpus.template import check_choice, check_region
from build_tools.accounts.statement import Codebook, Statement, normal, read_statement
from build_tools.calendar_china import china_today
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept, Form, Forms, load_forms
from build_tools.privacy import examine, examine_shared, unreadable
from build_tools.resources import TOOL
from build_tools.source import bounded, parse, read_bytes
from build_tools.source.read import MAX_BYTES

GLOSSARY = (Concept.TERM, Concept.TERM_EXPLANATION, Concept.TERM_ALIASES)
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".et", ".ods")


def read_project(
    root: Path, today: date | None = None, sound: bool = False, forms: Forms | None = None, clean: bool = False
) -> Project:
    """Forms, reference data and districts under `root`. Findings collect every mistake met on the way. `sound` forms
    need no proof, those that are given were read and proved before; what everybody shares need not be looked through
    where it is known to be `clean`.
    """
    today = today or china_today()
    # a link could bring a file of the machine into a page, or a form from elsewhere: with one nothing is built
    met = bounded(list(misfits(root)))
    forms, findings = (
        (forms, [])
        if forms and not met
        else load_forms((folder for folder in (root / "forms",) if folder.is_dir() and not met), sound)
    )
    everybodys = list(check_settings(root))
    if not clean:
        # what is no file is not opened
        everybodys += [*(bounded(list(check_content(root))) if not met else ()), *examine_shared(root)]
    findings += [*met, *everybodys]
    if len(findings) > len(everybodys):
        return Project(root, forms, Reference(Codebook(), {}, ()), (), tuple(findings), today)
    reference = read_reference(root, forms, findings)
    data = root / "data"
    if not data.is_dir():
        findings.append(
            Finding(
                "data-missing",
                "没有找到 data 文件夹",
                Place("data"),
                hint="在项目文件夹里运行，或用 --root 指明项目文件夹",
            )
        )
        return Project(root, forms, reference, (), tuple(findings), today)
    districts = tuple(
        read_district(path, root, forms) for path in folders(data, root, findings) if path.name != "reference"
    )
    return Project(root, forms, reference, districts, tuple(findings), today)


def read_file(
    path: Path,
    root: Path,
    form: Form,
    forms: Forms,
    findings: list[Finding],
    year: int = 0,
    codebook: Codebook | None = None,
) -> Statement | None:
    """A file that is one form, such as district.yaml. None where it is missing or unreadable."""
    file = show(path, root)
    try:
        if path.is_symlink():
            findings.append(linked(path, root))
            return None
        if not path.is_file():
            findings.append(
                Finding("file-missing", f"缺少 {path.name}", Place(file), hint=f"新建 {path.name}，内容对照示例")
            )
            return None
        data = read_bytes(path)
    except OSError as error:
        findings.append(unreadable(file, error))
        return None
    private = examine(data, file, root) if len(data) <= MAX_BYTES else []
    blocked = any(one.blocks for one in private)
    parsed = parse(data, file)
    findings += [*parsed.findings, *private]
    # what is written here goes into many pages: what must not be published is not read
    if parsed.root is None or blocked:
        return None
    # where YAML was misread, what follows from it is not told as well
    return read_statement(parsed.root, form, year, codebook or Codebook(), [] if parsed.findings else findings)


def records(statement: Statement | None, *columns: Concept) -> Iterator[tuple[str, ...]]:
    """The rows of every block that has the first of these columns, each as the texts of all, '' for one that the block
    lacks.
    """
    if statement is None:
        return
    for spot in statement.form.concepts.get(columns[0], ()):
        axes = statement.axes.get(spot.block)
        known = [statement.form.column_of(column, spot.block) for column in columns]
        for row in axes.rows if axes else ():
            yield tuple(statement.at(spot.block, row.key, one.key).text if one else "" for one in known)


def read_district(path: Path, root: Path, forms: Forms) -> District:
    """One district folder's own file."""
    findings: list[Finding] = []
    statement = read_file(path / "district.yaml", root, forms.common("district"), forms, findings)

    def fact(field: Concept) -> str:
        return statement.text_of(field) if statement else ""

    if statement and not fact(Concept.TEMPLATE_REGION):
        findings.append(
            Finding(
                "field-missing",
                "没有写“模板地区”，不知道该用哪个地区的表样",
                statement.place,
                hint="在“基本信息”里写 模板地区: 湖南",
            )
        )
    collected: dict[int, tuple[str, ...]] = {}
    covered = records(statement, Concept.COLLECTED_YEAR, Concept.COLLECTED_KINDS)
    for number, (year, kinds) in enumerate(covered, 1):
        if re.fullmatch("[0-9]{4}", year):
            collected[int(year)] = tuple(filter(None, kinds.split("、")))
        elif statement:
            place = statement.cell_of(Concept.COLLECTED_YEAR, row=str(number)).place or statement.place
            findings.append(
                Finding("year-malformed", "收录范围的年度应是四位数字", place, hint="每个年度写一项，如 年度: 2020")
            )
    name, region = fact(Concept.DISTRICT_NAME) or path.name, fact(Concept.TEMPLATE_REGION)
    chosen = tuple(filter(None, fact(Concept.CHOSEN_TEMPLATES).split("、")))
    if statement and region:
        place = statement.cell_of(Concept.TEMPLATE_REGION).place or statement.place
        findings += check_region(place, region, forms)
    if statement and chosen:
        place = statement.cell_of(Concept.CHOSEN_TEMPLATES).place or statement.place
        findings += check_choice(chosen, place, region, forms)
    return District(
        path.name,
        name,
        fact(Concept.DISTRICT_FULL_NAME) or name,
        fact(Concept.DIVISION_CODE),
        region,
        collected,
        tuple(findings),
        chosen,
        {template.kind: template.slug for template in forms.templates},
    )


def read_reference(root: Path, forms: Forms, findings: list[Finding]) -> Reference:
    """The tool's own codebook and glossary, with the office's own laid over them, a CSV of codes over all."""
    laid: dict[str, tuple[tuple[int, int, str], ...]] = {}
    names: dict[str, tuple[tuple[int, int, str], ...]] = {}
    terms: dict[str, str] = {}
    glossary: dict[str, str] = {}
    for base in dict.fromkeys((TOOL, root.resolve())):
        folder = base / "data" / "reference"
        # a link is told of where the folders of data are listed
        found = entries(folder, base, findings) if folder.is_dir() and not folder.is_symlink() else []
        findings += [workbook(path, base) for path in found if path.suffix.lower() in WORKBOOKS]
        # an office's CSV is laid over what is written here by hand
        for path in (one for one in found if one.suffix.lower() == ".csv" and one.is_file()):
            for code, spans in read_codes(path, show(path, base), forms.common("codebook"), findings).items():
                laid[code] = (*spans, *laid.get(code, ()))
        for path in (one for one in found if one.suffix == ".yaml"):
            slug = "glossary" if path.stem == "glossary" else "codebook"
            statement = read_file(path, base, forms.common(slug), forms, findings)
            for term, explanation, aliases in records(statement, *GLOSSARY):
                terms[term] = explanation
                for name in (term, *filter(None, aliases.split("、"))):
                    glossary[normal(name)] = explanation
            for code, name, since, until in records(statement, *COLUMNS):
                span = (year_of(since, ALWAYS[0]), year_of(until, ALWAYS[1]), name)
                names[code] = (span, *names.get(code, ()))
    names |= {code: (*spans, *names.get(code, ())) for code, spans in laid.items()}
    return Reference(Codebook(names), glossary, tuple(terms.items()))


def workbook(path: Path, root: Path) -> Finding:
    """A codebook as a spreadsheet program keeps it, which nothing here reads."""
    return Finding(
        "codebook-workbook",
        f"“{told(path.name)}”是电子表格，没有读入",
        Place(show(path, root)),
        Severity.WARNING,
        hint="在 Excel 或 WPS 里另存为“CSV UTF-8（逗号分隔）”，第一行写“编码,名称”，放在同一个文件夹",
    )


def year_of(text: str, default: int) -> int:
    """A year as written in the codebook; without one a name holds always."""
    return int(text) if re.fullmatch("[0-9]{4}", text) else default
