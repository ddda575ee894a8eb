"""The declared forms of a region made to serve the fictional region 示例 in every year, by `based_on` and nothing else.

No real region is said to use a form longer than it does: what is written here goes into the generated district's own
`forms/` folder and holds for 示例 only. What changed between two years still changes there; the oldest and the newest
of each form have no end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.emit import Value, document, node
from build_tools.forms import Form, Template, load_forms
from build_tools.forms.load import OWN
from build_tools.source import Mapping, Scalar, parse, read_bytes, write

REGION, LIKE = "示例", "湖南"
# every region whose forms a district can follow
LIKES = (LIKE, "上海")
FIRST, LAST = 1900, 2999
KINDS = ("final-accounts", "performance-targets", "self-evaluation", "evaluation-report")


def form_files(like: str = LIKE) -> Iterator[tuple[str, str]]:
    """Path and text of every declaration of a region, where the tool itself has it."""
    declared, findings = load_forms()
    assert not findings
    templates = [one for one in declared.templates if one.region == like]
    forms = [one for one in declared.forms if one.region == like]
    for template in templates:
        yield template.place.file, template_text(template, like, stretched(template, [one for one in templates if one.slug == template.slug]))
    for form in forms:
        years = stretched(form, [one for one in forms if one.key == form.key])
        yield form.place.file, document({"variant": f"{form.key}（{REGION}{years[0]}）", "based_on": declared_name(form), **claims(like, years)})


def stretched(one: Form | Template, same: Sequence[Form | Template]) -> tuple[int, int]:
    """Its years, without a beginning where it is the oldest of the same name and without an end where it is the newest."""
    first, last = (choose(same, key=lambda other: other.years) for choose in (min, max))
    return FIRST if one is first else one.years[0], LAST if one is last else one.years[1]


def claims(like: str, years: tuple[int, int]) -> dict[str, Value]:
    """Where and when a declaration holds, and why."""
    return {"region": REGION, "years": [str(year) for year in years], "provenance": f"虚构的示例县沿用{like}的样式，年度不限；不是任何地区的规定"}


def declaration(one: Form | Template) -> Mapping:
    """What is written in the file of a form or template."""
    root = parse(read_bytes(OWN.parent / one.place.file), "").root
    assert root is not None
    return root


def declared_name(form: Form) -> str:
    """What `based_on` calls a form."""
    root = declaration(form)
    name = root.get("variant") or root.get("key")
    assert isinstance(name, Scalar)
    return name.text


def template_text(template: Template, like: str, years: tuple[int, int]) -> str:
    """The template as declared, for the other region."""
    root = declaration(template)
    changed = {"template": f"{REGION}{template.title}{years[0]}", **claims(like, years)}
    entries = (one._replace(value=node(changed[one.key.text])) if one.key.text in changed else one for one in root.entries)
    return write(root._replace(entries=tuple(entries)))
