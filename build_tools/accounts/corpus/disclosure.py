"""One department's folder → its disclosures, every table bound to its form and its blank totals derived."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from build_tools.accounts.corpus.by_hand import show, told
from build_tools.accounts.corpus.folders import NAME, NAMING, entries
from build_tools.accounts.corpus.information import read_information
from build_tools.accounts.corpus.letters import INQUIRIES, read_corrections, read_inquiries
from build_tools.accounts.corpus.model import Department, Disclosure, District, Project, RunningName
from build_tools.accounts.corpus.original import SUFFIX, original_of, private_originals, unused
from build_tools.accounts.corpus.read import read_file, records
from build_tools.accounts.corpus.read_tables import read_tables
from build_tools.accounts.corpus.release import check_release, embargoed
from build_tools.accounts.corpus.template import no_template, older_template
from build_tools.accounts.statement import ABSENCES, State, Statement, derive, name_differs, normal
from build_tools.accounts.statement.model import instance_key
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Concept, Form
from build_tools.privacy import examine, unreadable
from build_tools.source import Entry, Scalar, bounded, parse, read_bytes
from build_tools.source import Mapping as Tree
from build_tools.source.read import MAX_BYTES

YEAR = re.compile(r"(19|20)[0-9]{2}")


def read_department(path: Path, district: District, project: Project) -> Department:
    """Everything in one department's folder. Findings stand with the disclosure they concern."""
    findings: list[Finding] = []
    statement = read_file(
        path / "department.yaml", project.root, project.forms.common("department"), project.forms, findings
    )
    borne = records(statement, Concept.DEPARTMENT_NAME, Concept.NAME_SINCE, Concept.NAME_UNTIL)
    names = tuple(RunningName(name, since, until) for name, since, until in borne if name)
    if statement and not names and not findings:
        findings.append(
            Finding("field-missing", "没有写部门名称", statement.place, hint="在“名称”里写 - 名称: 单位全称")
        )
    # a page that cannot say whose figures it shows is not published
    unnamed = () if names else tuple(findings)
    disclosures: list[Disclosure] = []
    listed = entries(path, project.root, findings)
    for folder in listed:
        if folder.name in ("department.yaml", INQUIRIES):
            continue
        if not folder.is_dir() or not YEAR.fullmatch(folder.name):
            findings.append(
                Finding(
                    "path-year",
                    f"“{told(folder.name)}”不是年度文件夹",
                    Place(show(folder, project.root)),
                    hint="年度文件夹用四位数字命名，如 2020",
                )
            )
            continue
        disclosures += [
            replace(one, findings=(*unnamed, *one.findings)) for one in read_year(folder, district, project, findings)
        ]
    known = ((one.year, one.kind) for one in disclosures)
    inquiries = (
        read_inquiries(path, project.root, project.forms, project.today, known, findings)
        if path / INQUIRIES in listed
        else ()
    )
    return Department(path.name, district, names, statement, tuple(disclosures), tuple(findings), inquiries)


def read_year(folder: Path, district: District, project: Project, findings: list[Finding]) -> list[Disclosure]:
    """The disclosures of a year. What bears the name of one and is a link, a folder or unreadable is held back as one;
    `findings` are the rest.
    """
    found: list[Disclosure] = []
    met: list[Finding] = []
    originals: list[Path] = []
    year = int(folder.name)
    for file in entries(folder, project.root, met):
        if file.suffix.lower() == SUFFIX and file.is_file():
            originals.append(file)
            continue
        if not file.is_file() or file.suffix != ".yaml" or not NAME.fullmatch(file.stem):
            met.append(
                Finding(
                    "path-name",
                    f"“{told(file.name)}”不是公开文件的名称",
                    Place(show(file, project.root)),
                    hint=f"文件以 .yaml 结尾；{NAMING}",
                )
            )
            continue
        try:
            found.append(replace(read_version(read_bytes(file), file, year, district, project), source=file))
        except OSError as error:
            met.append(unreadable(show(file, project.root), error))
    for one in met:
        slug = one.place.file.rpartition("/")[2].removesuffix(".yaml")
        template = project.template(slug, district, year) if one.place.file.endswith(".yaml") else None
        if template:
            found.append(Disclosure(slug, year, one.place.file, template, {}, None, {}, (one,)))
        else:
            findings.append(one)
    told_of, private = private_originals({file: show(file, project.root) for file in originals}, project.root)
    findings += told_of
    found = [replace(one, original=None) if one.original in private else one for one in found]
    findings += unused(
        originals, {one.fact(Concept.ORIGINAL) for one in found}, {file: show(file, project.root) for file in originals}
    )
    return sorted(found, key=lambda one: one.file)


def read_version(data: bytes, path: Path, year: int, district: District, project: Project) -> Disclosure:
    """One file with these contents. Where its template is unknown, that is the only finding; where YAML was misread,
    nothing else is looked at.
    """
    file = show(path, project.root)
    # a file that is refused unread is in no page; before it is committed `--staged` looks at it
    findings = examine(data, file, project.root) if len(data) <= MAX_BYTES else []
    template = project.template(path.stem, district, year)
    parsed = parse(data, file)
    if template is None or parsed.root is None or parsed.findings:
        # it may still say that it is a draft
        said = read_information(data, parsed.root, file, year, project)
        findings = (
            [*parsed.findings, *findings]
            if template
            else [*findings, no_template(path.stem, year, file, district, project)]
        )
        return Disclosure(
            path.stem, year, file, template, {}, said, {}, tuple(findings), embargoed(said, project.today)
        )
    forms = template.by_key
    statements, information, waivers, remarks = read_tables(parsed.root, forms, template, year, project, findings)
    findings += check_release(information)
    original, refused = original_of(information, path.parent)
    findings += refused
    corrections = read_corrections(
        parsed.root,
        project.forms,
        information.text_of(Concept.PUBLICATION_DATE) if information else "",
        project.today,
        findings,
    )
    check_year(information, year, findings)
    check_names(statements, findings)
    findings += older_template(template, year, file)
    return Disclosure(
        path.stem,
        year,
        file,
        template,
        derive(statements),
        information,
        waivers,
        tuple(bounded(findings)),
        embargoed(information, project.today),
        remarks,
        absences=dict(absences(parsed.root, forms)),
        original=original,
        corrections=corrections,
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
                    block = next(
                        (
                            block.key
                            for block in form.blocks
                            if block.key and normal(block.key) == normal(part.key.text)
                        ),
                        None,
                    )
                    if block:
                        yield (instance_key(form, one.key.text), block), part.value.text.strip()


def check_year(information: Statement | None, year: int, findings: list[Finding]) -> None:
    """The year inside the file, where staff wrote one, is that of its folder."""
    cell = information.cell_of(Concept.FISCAL_YEAR) if information else None
    if (
        cell
        and cell.place
        and cell.state is State.WRITTEN
        and cell.text.removesuffix("度").removesuffix("年") != str(year)
    ):
        findings.append(
            Finding(
                "year-differs",
                f"文件写的年度是“{cell.text[:30]}”，却放在 {year} 文件夹里",
                cell.place,
                expected=str(year),
                actual=cell.text[:30],
                hint="核对年度；放错了就移到正确的文件夹",
            )
        )


def check_names(statements: Mapping[str, Statement], findings: list[Finding]) -> None:
    """One code has one name throughout a disclosure. Where most tables agree on one, the others are told; else those
    that come later.
    """
    named: dict[tuple[str, str], list[tuple[str, Place]]] = {}
    for statement in statements.values():
        for block_key, axes in statement.axes.items():
            for row in axes.rows if axes.block.kind == "coded" else ():
                place = statement.places.get((block_key, row.key))
                if row.code and not row.derived and place is not None:
                    named.setdefault((axes.block.codes, row.code), []).append((row.label, place))
    for (_, code), written in named.items():
        counts = Counter(normal(name) for name, _ in written)
        if len(counts) == 1:
            continue
        most = counts.most_common(1)[0][0]
        name, where = next(one for one in written if normal(one[0]) == most)
        for other, place in written:
            if normal(other) != most:
                findings.append(name_differs(place, code, other, name, f"第 {where.line} 行写作"))
