"""`mingzhang new`: which file, from which forms, beside which year."""

from __future__ import annotations

from pathlib import Path

from build_tools.accounts.corpus import Project, read_department
from build_tools.accounts.corpus.folders import NAME
from build_tools.accounts.corpus.letters import INQUIRIES
from build_tools.accounts.scaffold import inquiries, scaffold
from build_tools.forms import did_you_mean


class CreateError(Exception):
    """The file cannot be created; the message says why and what to do."""


def create(project: Project, kind: str, place: str, year: int | None) -> Path:
    """Write the file and return its path. Raises CreateError; never overwrites. `inquiries` is of no year."""
    district_slug, _, department_slug = place.partition("/")
    district = next((one for one in project.districts if one.slug == district_slug), None)
    if district is None:
        raise CreateError(
            sentences(
                f"没有区县“{district_slug}”", did_you_mean(district_slug, [one.slug for one in project.districts])
            )
        )
    folder = project.root / "data" / district_slug / department_slug
    if not NAME.fullmatch(department_slug) or not (folder / "department.yaml").is_file():
        known = [path.parent.name for path in sorted((project.root / "data" / district_slug).glob("*/department.yaml"))]
        named = department_slug if NAME.fullmatch(department_slug) else "部门代号"
        raise CreateError(
            sentences(
                f"没有部门“{place}”",
                did_you_mean(department_slug, known),
                f"新部门先运行 mingzhang new department {district_slug}/{named} --name 部门名称",
            )
        )
    if kind == "inquiries":
        return written(folder / INQUIRIES, inquiries(project.forms.common(kind)), project.root)
    if year is None:
        raise CreateError(f"写上年度，如 mingzhang new {kind} {place} 2024。")
    template = project.template(kind, district, year)
    if template is None:
        raise CreateError(no_template(project, kind, district.region, year))
    department = read_department(folder, district, project)
    before = next((one.statements for one in department.disclosures if one.slug == kind and one.year == year - 1), {})
    return written(
        folder / str(year) / f"{kind}.yaml", scaffold(template, department.name_in(year), year, before), project.root
    )


def written(path: Path, text: str, root: Path) -> Path:
    """A new file. Raises CreateError where there is one."""
    if path.exists():
        raise CreateError(f"{path.relative_to(root)} 已经存在，没有改动。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def no_template(project: Project, kind: str, region: str, year: int) -> str:
    """No template for this: an unknown kind, or a year that no template of the region serves."""
    of_region = [one for one in project.forms.templates if one.region == region]
    of_kind = [one for one in of_region if one.slug == kind]
    if of_kind:
        return sentences(
            f"没有适用于{region} {year} 年的{of_kind[0].title}表样",
            f"现有的表样从 {min(one.begins for one in of_kind)} 年起",
            "为这个年度增加表样，或核对年度",
        )
    kinds = {one.slug: f"{one.slug}（{one.title}）" for one in of_region}
    hint = (
        did_you_mean(kind, kinds, f"可以写：{'、'.join(kinds.values())}")
        if kinds
        else f"还没有{region}的表样，先增加模板"
    )
    return sentences(f"没有适用于{region}的公开类型“{kind}”", hint)


def sentences(*parts: str | None) -> str:
    """One after the other, each with its full stop."""
    return "".join(part if part.endswith(("。", "？", "！")) else f"{part}。" for part in parts if part)
