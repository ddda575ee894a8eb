"""What staff are told about the template that their disclosure is read by: that there is none, that it is an older
year's, that the district has chosen one that does not exist.
"""

from __future__ import annotations

from build_tools.accounts.corpus.model import District, Project
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Forms, Template, did_you_mean


def no_template(slug: str, year: int, file: str, district: District, project: Project) -> Finding:
    """No template for this file: an unknown kind, or a year that no template serves."""
    of_kind = [one for one in project.forms.templates if one.slug == slug]
    if not of_kind:
        known = dict.fromkeys(one.slug for one in project.forms.templates)
        return Finding("kind-unknown", f"不认识的公开类型“{slug}”", Place(file), hint=did_you_mean(slug, known))
    if not district.region:
        hint = f"先改正 data/{district.slug}/district.yaml"
        return Finding(
            "template-missing",
            f"{district.name[:30]}没有写明模板地区，不知道这份文件用哪个地区的表样",
            Place(file),
            hint=hint,
        )
    spans = "、".join(f"{one.region} {one.begins} 年起" for one in of_kind if not one.optional)
    message = f"没有适用于{district.region[:30]} {year} 年的{of_kind[0].title}表样"
    return Finding("template-missing", message, Place(file), hint=f"现有：{spans}；核对年度文件夹，或为该年度增加表样")


def older_template(template: Template, year: int, file: str) -> list[Finding]:
    """What staff should know where nobody has yet said that the form holds for this year too."""
    if year <= template.known:
        return []
    message = f"{year} 年度的{template.title}表样还没有收录，用的是 {template.known} 年度的（{template.name}）"
    hint = f"对照 {year} 年度的表样：没有变动的不必处理，有变动的照 docs/new-year-form.md 写一个文件"
    return [Finding("template-older", message, Place(file), Severity.HINT, hint=hint)]


def check_region(place: Place, region: str, forms: Forms) -> list[Finding]:
    """A region must have forms, its own or another's: else none of the district's files can be read."""
    known = sorted({one.region for one in forms.templates})
    if region in known:
        return []
    hint = did_you_mean(region, known, f"可以写：{'、'.join(known)}；与其中一个相同的，在 forms/ 里写一行")
    return [Finding("region-unknown", f"还没有“{region[:20]}”的表样", place, hint=hint)]


def check_choice(chosen: tuple[str, ...], place: Place, region: str, forms: Forms) -> list[Finding]:
    """A district chooses among the templates of its region."""
    known = [one.name for one in forms.templates if one.region == region]
    return [
        Finding(
            "template-unknown",
            f"{region[:30]}没有叫“{one[:30]}”的模板",
            place,
            hint=did_you_mean(one, known, f"可以写：{'、'.join(known)}"),
        )
        for one in chosen
        if one not in known
    ]
