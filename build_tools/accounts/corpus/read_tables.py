"""The top level of a disclosure's file: what is said of the whole, and each table of its template bound to its form.

A table that is unknown, written twice or forgotten is a finding; the others are read all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from build_tools.accounts.corpus.folders import MAX_NAME, NAME
from build_tools.accounts.corpus.model import Project, Remark, Waiver
from build_tools.accounts.corpus.notes import WAIVERS, read_remarks, read_waivers
from build_tools.accounts.statement import ABSENCES, Statement, normal, read_statement
from build_tools.diagnostics import Finding, Severity
from build_tools.forms import Form, Template, did_you_mean
from build_tools.privacy import ACKNOWLEDGED
from build_tools.source import Entry, Scalar
from build_tools.source import Mapping as Tree
from build_tools.source.language import TABLE_STATUS

MAX_PROJECTS = 1000


def read_tables(
    root: Tree, forms: Mapping[str, Form], template: Template, year: int, project: Project, findings: list[Finding]
) -> tuple[dict[str, Statement], Statement | None, dict[str, Waiver], tuple[Remark, ...]]:
    """The top level of a file: 公开信息, 已知差异, 原文出入 and the tables of the template, in official order."""
    known = {normal(name): key for key, form in forms.items() for name in (form.title, key)}
    found: dict[str, Entry] = {}
    information: Statement | None = None
    waivers: dict[str, Waiver] = {}
    noted: Statement | None = None
    about, remarks, corrections = (project.forms.common(slug) for slug in ("disclosure", "remarks", "corrections"))
    others = [WAIVERS, remarks.key, corrections.key, ACKNOWLEDGED]
    for entry in root.entries:
        if entry.key.text == about.key:
            information = read_statement(entry.value, about, year, project.reference.codebook, findings)
        elif entry.key.text == WAIVERS:
            waivers = read_waivers(entry, findings)
        elif entry.key.text == remarks.key:
            noted = read_statement(entry.value, remarks, year, project.reference.codebook, findings)
        # these two are read with the text of the file, and by themselves
        elif entry.key.text not in (ACKNOWLEDGED, corrections.key):
            key = known.get(normal(entry.key.text))
            if key is None:
                findings.append(_unknown_table(entry, [about.key, *forms, *others], template))
            elif key in found:
                findings.append(_second_table(entry, forms[key], found[key]))
            else:
                found[key] = entry
    if information is None:
        findings.append(
            Finding(
                "information-missing",
                "没有写“公开信息”，不知道能否公开",
                root.place,
                hint="在文件开头写 公开信息: 并写明 状态、公开日期、来源",
            )
        )
    statements = _read_statements(root, found, forms, year, project, findings)
    return statements, information, waivers, read_remarks(noted, statements, findings)


def _unknown_table(entry: Entry, names: Sequence[str], template: Template) -> Finding:
    """A name that the template does not know; `names` are those that can stand here."""
    return Finding(
        "table-unknown",
        f"{template.title}里没有“{entry.key.text[:30]}”",
        entry.key.place,
        hint=did_you_mean(normal(entry.key.text), names),
    )


def _second_table(entry: Entry, form: Form, first: Entry) -> Finding:
    """A table that stands in the file already, under its title or its key."""
    return Finding(
        "row-duplicate", f"“{form.title}”写了两次（第一次在第 {first.key.line} 行）", entry.key.place, hint="合并成一处"
    )


def _read_statements(
    root: Tree,
    found: Mapping[str, Entry],
    forms: Mapping[str, Form],
    year: int,
    project: Project,
    findings: list[Finding],
) -> dict[str, Statement]:
    """The tables in official order. No table is called missing beside an unknown name: that may be it, misspelt."""
    unknown = any(finding.code == "table-unknown" for finding in findings)
    statements: dict[str, Statement] = {}
    for key, form in forms.items():
        if key in found and form.repeated:
            statements |= _read_instances(found[key], form, year, project, findings)
        elif key in found:
            statements[key] = read_statement(found[key].value, form, year, project.reference.codebook, findings)
        elif not unknown:
            findings.append(
                Finding(
                    "table-missing",
                    f"没有填写“{form.title}”",
                    root.place,
                    severity=_missing_severity(form),
                    hint="有数据的填写；没有数据的写“无”，会印出空表和说明",
                )
            )
    return statements


def _read_instances(
    entry: Entry, form: Form, year: int, project: Project, findings: list[Finding]
) -> dict[str, Statement]:
    """A form that is filled in once for each project, keyed by the project's address."""
    found: dict[str, Statement] = {}
    # a word for all of them, alone or with its note: {状态: 无, 注: 本年没有项目}
    told = entry.value.get(TABLE_STATUS) if isinstance(entry.value, Tree) else entry.value
    if isinstance(told, Scalar) and told.text.strip() in ABSENCES:
        return {form.key: read_statement(entry.value, form, year, project.reference.codebook, findings)}
    if not isinstance(entry.value, Tree):
        findings.append(
            Finding(
                "shape-unexpected",
                f"“{form.title}”每个项目填一份，先写项目的代号",
                entry.value.place,
                hint="如 training: 另起一行再填各栏；代号用小写英文字母、数字和连字符",
            )
        )
        return found
    projects = entry.value.entries
    if len(projects) > MAX_PROJECTS:
        findings.append(
            Finding(
                "table-too-long",
                f"“{form.title}”有 {len(projects)} 个项目，只读了前 {MAX_PROJECTS} 个",
                projects[MAX_PROJECTS].key.place,
                hint="检查是否重复粘贴",
            )
        )
    for one in projects[:MAX_PROJECTS]:
        if not NAME.fullmatch(one.key.text) or len(one.key.text) > MAX_NAME:
            hint = "代号只用小写英文字母、数字和连字符，不超过 60 个，如 vocational-training"
            findings.append(
                Finding("project-slug", f"项目代号“{one.key.text[:40]}”不能用作网址", one.key.place, hint=hint)
            )
            continue
        statement = read_statement(one.value, form, year, project.reference.codebook, findings, one.key.text)
        found[statement.key] = statement
    return found


def _missing_severity(form: Form) -> Severity:
    """Completeness never blocks: a table that was forgotten is a warning, a part without figures a hint."""
    return Severity.HINT if form.layout.style == "list" else Severity.WARNING
