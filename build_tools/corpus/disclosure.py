"""One department's folder → its disclosures, every table bound to its form and its blank totals derived."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from build_tools.corpus.letters import CORRECTIONS, INQUIRIES, read_corrections, read_inquiries
from build_tools.corpus.model import Department, Disclosure, District, Project, Remark, RunningName, Waiver
from build_tools.corpus.notes import REMARKS, WAIVERS, read_remarks, read_waivers
from build_tools.corpus.original import FIELD, SUFFIX, original_of, unused
from build_tools.corpus.read import MAX_NAME, NAME, NAMING, common, entries, read_file, records, show, told
from build_tools.corpus.release import check_release, embargoed
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Form, Template, did_you_mean
from build_tools.privacy import ACKNOWLEDGED, examine, unreadable
from build_tools.source import Entry, Scalar, bounded, parse, read_bytes
from build_tools.source import Mapping as Tree
from build_tools.source.read import MAX_BYTES
from build_tools.statement import ABSENCES, State, Statement, derive, name_differs, normal, read_statement
from build_tools.statement.model import instance_key

YEAR = re.compile(r"(19|20)[0-9]{2}")
INFORMATION = "公开信息"
MAX_PROJECTS = 1000


def read_department(path: Path, district: District, project: Project) -> Department:
    """Everything in one department's folder. Findings stand with the disclosure they concern."""
    findings: list[Finding] = []
    statement = read_file(path / "department.yaml", project.root, common(project.forms, "department"), project.forms, findings)
    names = tuple(RunningName(one["名称"], one["自"], one["至"]) for one in records(statement, "名称") if one["名称"])
    if statement and not names and not findings:
        findings.append(Finding("field-missing", "没有写部门名称", statement.place, hint="在“名称”里写 - 名称: 单位全称"))
    # a page that cannot say whose figures it shows is not published
    unnamed = () if names else tuple(findings)
    disclosures: list[Disclosure] = []
    listed = entries(path, project.root, findings)
    for folder in listed:
        if folder.name in ("department.yaml", INQUIRIES):
            continue
        if not folder.is_dir() or not YEAR.fullmatch(folder.name):
            findings.append(Finding("path-year", f"“{told(folder.name)}”不是年度文件夹", Place(show(folder, project.root)), hint="年度文件夹用四位数字命名，如 2020"))
            continue
        disclosures += [replace(one, findings=(*unnamed, *one.findings)) for one in read_year(folder, district, project, findings)]
    known = ((one.year, one.kind) for one in disclosures)
    inquiries = read_inquiries(path, project.root, project.forms, project.today, known, findings) if path / INQUIRIES in listed else ()
    return Department(path.name, district, names, statement, tuple(disclosures), tuple(findings), inquiries)


def read_year(folder: Path, district: District, project: Project, findings: list[Finding]) -> list[Disclosure]:
    """The disclosures of a year. What bears the name of one and is a link, a folder or unreadable is held back as one; `findings` are the rest."""
    found: list[Disclosure] = []
    met: list[Finding] = []
    originals: list[Path] = []
    year = int(folder.name)
    for file in entries(folder, project.root, met):
        if file.suffix.lower() == SUFFIX and file.is_file():
            originals.append(file)
            continue
        if not file.is_file() or file.suffix != ".yaml" or not NAME.fullmatch(file.stem):
            met.append(Finding("path-name", f"“{told(file.name)}”不是公开文件的名称", Place(show(file, project.root)), hint=f"文件以 .yaml 结尾；{NAMING}"))
            continue
        try:
            found.append(replace(read_version(read_bytes(file), file, year, district, project), source=file))
        except OSError as error:
            met.append(unreadable(show(file, project.root), error))
    for one in met:
        slug = one.place.file.rpartition("/")[2].removesuffix(".yaml")
        template = project.forms.template(slug, district.region, year) if one.place.file.endswith(".yaml") else None
        if template:
            found.append(Disclosure(slug, year, one.place.file, template, {}, None, {}, (one,)))
        else:
            findings.append(one)
    findings += unused(originals, {one.fact(FIELD) for one in found}, {file: show(file, project.root) for file in originals})
    return sorted(found, key=lambda one: one.file)


def read_version(data: bytes, path: Path, year: int, district: District, project: Project) -> Disclosure:
    """One file with these contents. Where its template is unknown, that is the only finding; where YAML was misread, nothing else is looked at."""
    file = show(path, project.root)
    # a file that is refused unread is in no page; before it is committed `--staged` looks at it
    findings = examine(data, file, project.root) if len(data) <= MAX_BYTES else []
    template = project.forms.template(path.stem, district.region, year)
    if template is None:
        findings.append(no_template(path.stem, year, file, district, project))
        return Disclosure(path.stem, year, file, None, {}, None, {}, tuple(findings))
    parsed = parse(data, file)
    if parsed.root is None or parsed.findings:
        # it may still say that it is a draft
        node = parsed.root.get(INFORMATION) if parsed.root else None
        told_so = read_statement(node, common(project.forms, "disclosure"), year, project.reference.codebook, []) if node else None
        return Disclosure(path.stem, year, file, template, {}, told_so, {}, (*parsed.findings, *findings), embargoed(told_so, project.today))
    forms = {key: form for key in template.tables if (form := project.forms.form(key, district.region, year))}
    statements, information, waivers, remarks = read_tables(parsed.root, forms, template, year, project, findings)
    findings += check_release(information)
    original, refused = original_of(information, path.parent)
    findings += refused
    corrections = read_corrections(parsed.root, project.forms, information.at("", "", "公开日期").text if information else "", project.today, findings)
    check_year(information, year, findings)
    check_names(statements, findings)
    return Disclosure(
        path.stem, year, file, template, derive(statements), information, waivers, tuple(bounded(findings)), embargoed(information, project.today), remarks,
        absences=dict(absences(parsed.root, forms)), original=original, corrections=corrections,
    )


def absences(root: Tree, forms: Mapping[str, Form]) -> Iterator[tuple[tuple[str, str], str]]:
    """Blocks for which one word stands (内设机构: 无), by table and block: a list that is empty does not say why."""
    known = {normal(name): form for form in forms.values() for name in (form.title, form.key)}
    for entry in root.entries:
        form = known.get(normal(entry.key.text))
        if form is None or not isinstance(entry.value, Tree):
            continue
        for one in entry.value.entries if form.repeated else (Entry(entry.key._replace(text=""), entry.value),):
            for part in one.value.entries if isinstance(one.value, Tree) else ():
                if isinstance(part.value, Scalar) and part.value.text.strip() in ABSENCES:
                    block = next((block.key for block in form.blocks if block.key and normal(block.key) == normal(part.key.text)), None)
                    if block:
                        yield (instance_key(form, one.key.text), block), part.value.text.strip()


def no_template(slug: str, year: int, file: str, district: District, project: Project) -> Finding:
    """No template for this file: an unknown kind, or a year that no template serves."""
    of_kind = [one for one in project.forms.templates if one.slug == slug]
    if not of_kind:
        known = dict.fromkeys(one.slug for one in project.forms.templates)
        return Finding("kind-unknown", f"不认识的公开类型“{slug}”", Place(file), hint=did_you_mean(slug, known))
    if not district.region:
        hint = f"先改正 data/{district.slug}/district.yaml"
        return Finding("template-missing", f"{district.name[:30]}没有写明模板地区，不知道这份文件用哪个地区的表样", Place(file), hint=hint)
    spans = "、".join(f"{one.region} {one.years[0]}—{one.years[1]} 年" for one in of_kind)
    message = f"没有适用于{district.region[:30]} {year} 年的{of_kind[0].title}表样"
    return Finding("template-missing", message, Place(file), hint=f"现有：{spans}；核对年度文件夹，或为该年度增加表样")


def read_tables(
    root: Tree, forms: Mapping[str, Form], template: Template, year: int, project: Project, findings: list[Finding]
) -> tuple[dict[str, Statement], Statement | None, dict[str, Waiver], tuple[Remark, ...]]:
    """The top level of a file: 公开信息, 已知差异, 原文出入 and the tables of the template, in official order."""
    known = {normal(name): key for key, form in forms.items() for name in (form.title, key)}
    found: dict[str, Entry] = {}
    information: Statement | None = None
    waivers: dict[str, Waiver] = {}
    noted: Statement | None = None
    for entry in root.entries:
        key = known.get(normal(entry.key.text))
        if entry.key.text == INFORMATION:
            information = read_statement(entry.value, common(project.forms, "disclosure"), year, project.reference.codebook, findings)
        elif entry.key.text == WAIVERS:
            waivers = read_waivers(entry, findings)
        elif entry.key.text == REMARKS:
            noted = read_statement(entry.value, common(project.forms, "remarks"), year, project.reference.codebook, findings)
        elif entry.key.text in (ACKNOWLEDGED, CORRECTIONS):
            # read with the text of the file, and by themselves
            continue
        elif key is None:
            findings.append(Finding(
                "table-unknown", f"{template.title}里没有“{entry.key.text[:30]}”", entry.key.place,
                hint=did_you_mean(normal(entry.key.text), [INFORMATION, *forms, WAIVERS, REMARKS, CORRECTIONS, ACKNOWLEDGED]),
            ))
        elif key in found:
            findings.append(Finding("row-duplicate", f"“{forms[key].title}”写了两次（第一次在第 {found[key].key.line} 行）", entry.key.place, hint="合并成一处"))
        else:
            found[key] = entry
    if information is None:
        findings.append(Finding("information-missing", "没有写“公开信息”，不知道能否公开", root.place, hint="在文件开头写 公开信息: 并写明 状态、公开日期、来源"))
    unknown = any(finding.code == "table-unknown" for finding in findings)
    statements: dict[str, Statement] = {}
    for key, form in forms.items():
        if key in found and form.repeated:
            statements |= read_instances(found[key], form, year, project, findings)
        elif key in found:
            statements[key] = read_statement(found[key].value, form, year, project.reference.codebook, findings)
        elif not unknown:
            findings.append(Finding(
                "table-missing", f"没有填写“{form.title}”", root.place, severity=missing_severity(form), hint="有数据的填写；没有数据的写“无”，会印出空表和说明",
            ))
    return statements, information, waivers, read_remarks(noted, statements, findings)


def read_instances(entry: Entry, form: Form, year: int, project: Project, findings: list[Finding]) -> dict[str, Statement]:
    """A form that is filled in once for each project, keyed by the project's address."""
    found: dict[str, Statement] = {}
    if isinstance(entry.value, Scalar) and entry.value.text.strip() in ABSENCES:
        return {form.key: read_statement(entry.value, form, year, project.reference.codebook, findings)}
    if not isinstance(entry.value, Tree):
        findings.append(Finding(
            "shape-unexpected", f"“{form.title}”每个项目填一份，先写项目的代号", entry.value.place,
            hint="如 training: 另起一行再填各栏；代号用小写英文字母、数字和连字符",
        ))
        return found
    projects = entry.value.entries
    if len(projects) > MAX_PROJECTS:
        findings.append(Finding(
            "table-too-long", f"“{form.title}”有 {len(projects)} 个项目，只读了前 {MAX_PROJECTS} 个", projects[MAX_PROJECTS].key.place, hint="检查是否重复粘贴",
        ))
    for one in projects[:MAX_PROJECTS]:
        if not NAME.fullmatch(one.key.text) or len(one.key.text) > MAX_NAME:
            hint = "代号只用小写英文字母、数字和连字符，不超过 60 个，如 vocational-training"
            findings.append(Finding("project-slug", f"项目代号“{one.key.text[:40]}”不能用作网址", one.key.place, hint=hint))
            continue
        statement = read_statement(one.value, form, year, project.reference.codebook, findings, one.key.text)
        found[statement.key] = statement
    return found


def missing_severity(form: Form) -> Severity:
    """Completeness never blocks: a table that was forgotten is a warning, a part without figures a hint."""
    return Severity.HINT if form.layout.style == "list" else Severity.WARNING


def check_year(information: Statement | None, year: int, findings: list[Finding]) -> None:
    """The year inside the file, where staff wrote one, is that of its folder."""
    cell = information.at("", "", "年度") if information else None
    if cell and cell.place and cell.state is State.WRITTEN and cell.text.removesuffix("度").removesuffix("年") != str(year):
        findings.append(Finding(
            "year-differs", f"文件写的年度是“{cell.text[:30]}”，却放在 {year} 文件夹里", cell.place, expected=str(year), actual=cell.text[:30],
            hint="核对年度；放错了就移到正确的文件夹",
        ))


def check_names(statements: Mapping[str, Statement], findings: list[Finding]) -> None:
    """One code has one name throughout a disclosure."""
    first: dict[tuple[str, str], tuple[str, Place]] = {}
    for statement in statements.values():
        for block_key, axes in statement.axes.items():
            for row in axes.rows if axes.block.kind == "coded" else ():
                place = statement.places.get((block_key, row.key))
                if not row.code or row.derived or place is None:
                    continue
                name, where = first.setdefault((axes.block.codes, row.code), (row.label, place))
                if normal(name) != normal(row.label):
                    findings.append(name_differs(place, row.code, row.label, name, f"第 {where.line} 行写作"))
