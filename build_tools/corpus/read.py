"""The project, its reference data and its districts; and which folders hold departments.

Names of folders and files become addresses, so only plain ones are accepted; symbolic links could lead out of the
folder and are refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from build_tools.corpus.codebook import read_codes
from build_tools.corpus.model import District, Project, Reference
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Form, Forms, load_forms
from build_tools.privacy import examine, examine_shared, unreadable
from build_tools.source import bounded, parse, read_bytes
from build_tools.source.read import MAX_BYTES
from build_tools.statement import Codebook, Statement, normal, read_statement

TOOL = Path(__file__).parents[2]
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_NAME = 60
TAKEN = ("assets", "checks", "compare", "data", "glossary", "guide", "inquiries", "map", "quality", "search", "sections", "reference")
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".et", ".ods")
LEFT_BY_PROGRAMS = ("README.md", "Thumbs.db", "desktop.ini")
NAMING = "文件夹和文件名只用小写英文字母、数字和连字符，如 business-environment-centre"


def read_project(root: Path, today: date | None = None, sound: bool = False, forms: Forms | None = None, clean: bool = False) -> Project:
    """Forms, reference data and districts under `root`. Findings collect every mistake met on the way. `sound` forms need no proof, those
    that are given were read and proved before; what everybody shares need not be looked through where it is known to be `clean`.
    """
    today = today or date.today()
    # a link could bring a file of the machine into a page, or a form from elsewhere: with one nothing is built
    met = bounded(list(links(root)))
    forms, findings = (forms, []) if forms and not met else load_forms((folder for folder in (root / "forms",) if folder.is_dir() and not met), sound)
    private = [] if clean else examine_shared(root)
    findings += [*met, *private]
    if len(findings) > len(private):
        return Project(root, forms, Reference(Codebook(), {}, ()), (), tuple(findings), today)
    reference = read_reference(root, forms, findings)
    data = root / "data"
    if not data.is_dir():
        findings.append(Finding("data-missing", "没有找到 data 文件夹", Place("data"), hint="在项目文件夹里运行，或用 --root 指明项目文件夹"))
        return Project(root, forms, reference, (), tuple(findings), today)
    districts = tuple(read_district(path, root, forms) for path in folders(data, root, findings) if path.name != "reference")
    return Project(root, forms, reference, districts, tuple(findings), today)


def show(path: Path, root: Path) -> str:
    """A path as findings show it."""
    return told(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name)


def told(name: str) -> str:
    """A name of a file as text that can be printed: not every name that a disk holds is made of characters."""
    return name.encode("utf-8", "replace").decode("utf-8")


def linked(path: Path, root: Path) -> Finding:
    """A symbolic link, which could lead out of the folder."""
    return Finding("path-symlink", f"“{told(path.name)}”是符号链接，不读入", Place(show(path, root)), hint="把文件本身放进来")


def links(root: Path) -> Iterator[Finding]:
    """Symbolic links that `entries` does not meet: the folders of the project themselves, and anything below `content/` and `forms/`."""
    for name in ("content", "data", "forms"):
        if (root / name).is_symlink():
            yield linked(root / name, root)
        for folder, folders, files in os.walk(root / name) if name != "data" and not (root / name).is_symlink() else ():
            yield from (linked(path, root) for one in sorted([*folders, *files]) if (path := Path(folder, one)).is_symlink())


def entries(folder: Path, root: Path, findings: list[Finding]) -> list[Path]:
    """What a folder holds, sorted, without hidden files, notes for people and symbolic links (which are reported, as is a folder that cannot be read)."""
    found: list[Path] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "~$")) or path.name in LEFT_BY_PROGRAMS:
                continue
            if path.is_symlink():
                findings.append(linked(path, root))
            else:
                found.append(path)
    except OSError as error:
        findings.append(unreadable(show(folder, root), error))
        return []
    return found


def folders(parent: Path, root: Path, findings: list[Finding]) -> list[Path]:
    """The well-named folders inside one; anything else is reported."""
    found = []
    for path in entries(parent, root, findings):
        if not path.is_dir():
            if path.name not in ("district.yaml", "department.yaml"):
                hint = "公开文件放在 区县/部门/年度/ 之下，如 data/shifeng/…/2020/final-accounts.yaml"
                findings.append(Finding("path-unexpected", f"这里不该有文件“{told(path.name)}”", Place(show(path, root)), hint=hint))
        elif not NAME.fullmatch(path.name) or len(path.name) > MAX_NAME or (parent.name == "data" and path.name in TAKEN and path.name != "reference"):
            findings.append(Finding("path-name", f"文件夹名“{told(path.name)}”不能用作网址", Place(show(path, root)), hint=NAMING))
        else:
            found.append(path)
    return found


def read_file(path: Path, root: Path, form: Form, forms: Forms, findings: list[Finding], year: int = 0, codebook: Codebook | None = None) -> Statement | None:
    """A file that is one form, such as district.yaml. None where it is missing or unreadable."""
    file = show(path, root)
    try:
        if path.is_symlink():
            findings.append(linked(path, root))
            return None
        if not path.is_file():
            findings.append(Finding("file-missing", f"缺少 {path.name}", Place(file), hint=f"新建 {path.name}，内容对照示例"))
            return None
        data = read_bytes(path)
    except OSError as error:
        findings.append(unreadable(file, error))
        return None
    private = examine(data, file, root) if len(data) <= MAX_BYTES else []
    parsed = parse(data, file)
    findings += [*parsed.findings, *private]
    # what is written here goes into many pages: what must not be published is not read
    if parsed.root is None or private:
        return None
    # where YAML was misread, what follows from it is not told as well
    return read_statement(parsed.root, form, year, codebook or Codebook(), [] if parsed.findings else findings)


def common(forms: Forms, slug: str) -> Form:
    """A form that is not a table of any disclosure. Its absence is a broken installation, not a user's mistake."""
    return next(form for form in forms.forms if form.kind == "公共" and form.slug == slug)


def records(statement: Statement | None, block: str) -> Iterable[dict[str, str]]:
    """The rows of a records block as text by column."""
    axes = statement.axes.get(block) if statement else None
    if statement is None or axes is None:
        return
    for row in axes.rows:
        yield {column.key: statement.at(block, row.key, column.key).text for column in axes.block.columns}


def read_district(path: Path, root: Path, forms: Forms) -> District:
    """One district folder's own file."""
    findings: list[Finding] = []
    statement = read_file(path / "district.yaml", root, common(forms, "district"), forms, findings)

    def fact(field: str) -> str:
        return statement.at("基本信息", "", field).text if statement else ""

    if statement and not fact("模板地区"):
        findings.append(Finding("field-missing", "没有写“模板地区”，不知道该用哪个地区的表样", statement.place, hint="在“基本信息”里写 模板地区: 湖南"))
    collected: dict[int, tuple[str, ...]] = {}
    for number, record in enumerate(records(statement, "收录范围"), 1):
        if re.fullmatch("[0-9]{4}", record["年度"]):
            collected[int(record["年度"])] = tuple(filter(None, record["类别"].split("、")))
        elif statement:
            place = statement.at("收录范围", str(number), "年度").place or statement.place
            findings.append(Finding("year-malformed", "收录范围的年度应是四位数字", place, hint="每个年度写一项，如 年度: 2020"))
    name = fact("名称") or path.name
    return District(path.name, name, fact("全称") or name, fact("代码"), fact("模板地区"), collected, tuple(findings))


def read_reference(root: Path, forms: Forms, findings: list[Finding]) -> Reference:
    """The tool's own codebook and glossary, with the office's own laid over them, a CSV of codes over all."""
    laid: dict[str, tuple[tuple[int, int, str], ...]] = {}
    names: dict[str, tuple[tuple[int, int, str], ...]] = {}
    terms: dict[str, str] = {}
    glossary: dict[str, str] = {}
    for base in dict.fromkeys((TOOL, root.resolve())):
        folder = base / "data" / "reference"
        found = entries(folder, base, findings) if folder.is_dir() else []
        findings += [workbook(path, base) for path in found if path.suffix.lower() in WORKBOOKS]
        # an office's CSV is laid over what is written here by hand
        for path in (one for one in found if one.suffix.lower() == ".csv" and one.is_file()):
            for code, spans in read_codes(path, show(path, base), findings).items():
                laid[code] = (*spans, *laid.get(code, ()))
        for path in (one for one in found if one.suffix == ".yaml"):
            slug = "glossary" if path.stem == "glossary" else "codebook"
            statement = read_file(path, base, common(forms, slug), forms, findings)
            for record in records(statement, "名词") if slug == "glossary" else ():
                terms[record["名词"]] = record["解释"]
                for term in (record["名词"], *filter(None, record["别名"].split("、"))):
                    glossary[normal(term)] = record["解释"]
            for block in ("功能分类", "经济分类") if slug == "codebook" else ():
                for record in records(statement, block):
                    first, last = year_of(record["自"], 1900), year_of(record["至"], 2999)
                    names[record["编码"]] = ((first, last, record["名称"]), *names.get(record["编码"], ()))
    names |= {code: (*spans, *names.get(code, ())) for code, spans in laid.items()}
    return Reference(Codebook(names), glossary, tuple(terms.items()))


def workbook(path: Path, root: Path) -> Finding:
    """A codebook as a spreadsheet program keeps it, which nothing here reads."""
    return Finding(
        "codebook-workbook", f"“{told(path.name)}”是电子表格，没有读入", Place(show(path, root)), Severity.WARNING,
        hint="在 Excel 或 WPS 里另存为“CSV UTF-8（逗号分隔）”，第一行写“编码,名称”，放在同一个文件夹",
    )


def year_of(text: str, default: int) -> int:
    """A year as written in the codebook; without one a name holds always."""
    return int(text) if re.fullmatch("[0-9]{4}", text) else default


def departments_of(district: District, root: Path, findings: list[Finding]) -> list[Path]:
    """The department folders of a district, in order of their names."""
    met: list[Finding] = []
    found = folders(root / "data" / district.slug, root, met)
    findings += [finding for finding in met if finding not in district.findings]
    return found
