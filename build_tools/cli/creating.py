"""`mingzhang new`: which file, from which forms, beside which year."""

from __future__ import annotations

from pathlib import Path

from build_tools.corpus import Project, read_department
from build_tools.corpus.read import NAME
from build_tools.forms import did_you_mean
from build_tools.scaffold import scaffold


class CreateError(Exception):
    """The file cannot be created; the message says why and what to do."""


def create(project: Project, kind: str, place: str, year: int) -> Path:
    """Write the file and return its path. Raises CreateError; never overwrites."""
    district_slug, _, department_slug = place.partition("/")
    district = next((one for one in project.districts if one.slug == district_slug), None)
    if district is None:
        raise CreateError(f"没有区县“{district_slug}”。{did_you_mean(district_slug, [one.slug for one in project.districts]) or ''}")
    folder = project.root / "data" / district_slug / department_slug
    if not NAME.fullmatch(department_slug) or not (folder / "department.yaml").is_file():
        known = [path.parent.name for path in sorted((project.root / "data" / district_slug).glob("*/department.yaml"))]
        raise CreateError(f"没有部门“{place}”。{did_you_mean(department_slug, known) or ''}新部门先写 data/{place}/department.yaml")
    template = project.forms.template(kind, district.region, year)
    if template is None:
        kinds = dict.fromkeys(f"{one.slug}（{one.title}，{one.region} {one.years[0]}—{one.years[1]}）" for one in project.forms.templates)
        raise CreateError(f"没有适用于{district.region} {year} 年的“{kind}”。现有：{'、'.join(kinds)}")
    path = folder / str(year) / f"{kind}.yaml"
    if path.exists():
        raise CreateError(f"{path.relative_to(project.root)} 已经存在，没有改动")
    department = read_department(folder, district, project)
    before = next((one.statements for one in department.disclosures if one.slug == kind and one.year == year - 1), {})
    forms = {key: form for key in template.tables if (form := project.forms.form(key, district.region, year))}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(scaffold(template, forms, department.name_in(year), year, before), encoding="utf-8", newline="\n")
    return path
