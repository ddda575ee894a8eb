"""A district built alone, and such districts joined from what they tell: a province is many builds and one index.

A part is a whole site of one district, with its facts in a file beside the pages. Joined, the pages of the departments
are taken as they are, and what stands above them is made anew; the result is what one build of all of them would have
been.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec

from build_tools.accounts.corpus import District, Project
from build_tools.diagnostics import Finding
from build_tools.engine.above import generated_files, names_of, write_above
from build_tools.engine.compile import Built, refuse_written
from build_tools.engine.reading import read
from build_tools.engine.record import EMPTY, common_key, districts_key, inside
from build_tools.engine.refusal import GeneratorError
from build_tools.engine.request import PLAIN, BuildRequest
from build_tools.engine.settings import Settings, site_settings
from build_tools.engine.site import Outcome, alone, build_on, files_of, refuse_folder, shell_of
from build_tools.engine.staging import move_in, staging_for
from build_tools.engine.task import Compiled, Setup
from build_tools.inputs import Inputs, seal, unsealed

PARTS, FACTS = "parts", ".mingzhang.facts"
SAME = "各处用同一版明账、同样的 mkdocs.yml、content/、forms/ 和 data/reference/，在同一天生成"
NOTHING = f"没有可以合并的区县：先运行 mingzhang build --district 区县，或写明它们的文件夹（默认 {PARTS}/ 里的全部）"


class Facts(msgspec.Struct, frozen=True):
    """What a district tells: the key of what every page depends on, itself, what became of its departments by
    address.
    """

    common: str
    district: District
    departments: dict[str, Compiled]


def build_district(root: Path, slug: str, request: BuildRequest = PLAIN) -> Outcome:
    """A site of this district alone, in `parts/`, on top of what stands there. Raises GeneratorError, ShellError,
    TemplateError, OSError.
    """
    with alone(root, request) as ours:
        project = read(root, ours.inputs)
        if project.stopped:
            return Outcome(project.findings, (), None, None)
        found = tuple(one for one in project.districts if one.slug == slug)
        if not found:
            raise GeneratorError(
                f"没有区县“{slug[:40]}”。data/ 里有：{'、'.join(one.slug for one in project.districts)}"
            )
        # menu and links are of the site that the parts will be
        settings = replace(site_settings(root, ours.inputs.tool), folder=root / PARTS / slug, menu=None)
        refuse_folder(settings.folder, root)
        outcome = build_on(replace(project, districts=found), settings, root / ".cache" / PARTS / slug, ours)
        assert outcome.built
        departments = dict(zip(outcome.built.record.departments, outcome.departments, strict=True))
        seal(settings.folder / FACTS, msgspec.msgpack.encode(Facts(outcome.built.record.common, found[0], departments)))
        return outcome


def join(root: Path, parts: Sequence[Path], request: BuildRequest = PLAIN) -> Outcome:
    """One site from districts that were built alone. Raises GeneratorError, ShellError, TemplateError, OSError."""
    with alone(root, request) as ours:
        project, settings = read(root, ours.inputs), site_settings(root, ours.inputs.tool)
        found = list(project.findings)
        if any(one.blocks and one.code != "data-missing" for one in found):
            return Outcome(project.findings, (), None, None)
        facts = {part: facts_of(part) for part in parts}
        refuse_folder(settings.folder, root)
        return joined(replace(project, districts=districts_of(facts.values())), settings, facts, ours.inputs)


def joined(project: Project, settings: Settings, facts: dict[Path, Facts], inputs: Inputs) -> Outcome:
    """The parts laid together, and what stands above them."""
    site, generated = settings.folder, shell_of(project.root, inputs)
    new = staging_for(site)
    try:
        setup = Setup(project.root, generated, new, settings, project.today, cache=project.root / ".cache" / PARTS)
        setup = replace(setup, common=common_key(setup, inputs), districts=districts_key(inputs))
        compiled: dict[str, Compiled] = {}
        for part, one in sorted(facts.items(), key=lambda item: item[1].district.slug):
            if one.common != setup.common:
                raise GeneratorError(f"{part} 和这里不是用同一套东西生成的，合起来会前后不一：{SAME}")
            lay(part, one, new)
            compiled |= one.departments
        by_generator = generated_files(generated)
        above = write_above(setup, project, by_generator, compiled, [], EMPTY)
        refuse_written(setup, by_generator, compiled, above)
    except BaseException:
        shutil.rmtree(new)
        raise
    findings: tuple[Finding, ...] = tuple(finding for one in compiled.values() for finding in one.findings)
    pages = sum(len(list(one.urls)) for one in compiled.values()) + above.pages
    move_in(new, site, {*files_of(site)} - {*above.names}, "")
    return Outcome(
        findings,
        tuple(compiled.values()),
        Built(findings, tuple(compiled.values()), pages, above.data_files, EMPTY),
        site,
    )


def lay(part: Path, facts: Facts, new: Path) -> None:
    """The pages and files of a part's departments, copied. Raises GeneratorError where one is missing, OSError."""
    for name in (
        name for one in facts.departments.values() for group in one.groups.values() for name in names_of(group)
    ):
        path = part / name
        if (
            not inside([name])
            or not name.startswith(f"{facts.district.slug}/")
            or path.is_symlink()
            or not path.is_file()
        ):
            raise GeneratorError(f"{part} 不完整：没有 {name}。在那里重新生成，整个文件夹一起复制过来")
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, new / name)


def facts_of(part: Path) -> Facts:
    """What a part tells. Raises GeneratorError where it is none, or not as it was written."""
    try:
        return msgspec.msgpack.decode(unsealed(part / FACTS), type=Facts)
    except (OSError, ValueError):
        raise GeneratorError(
            f"{part} 不是用 mingzhang build --district 生成的文件夹，或者不完整：那里没有完好的 {FACTS}"
        ) from None


def districts_of(facts: Iterable[Facts]) -> tuple[District, ...]:
    """The districts in the order of their addresses. Raises GeneratorError where there is none, or one comes twice."""
    found = sorted((one.district for one in facts), key=lambda one: one.slug)
    twice = [one.slug for one, other in pairwise(found) if one.slug == other.slug]
    if not found or twice:
        raise GeneratorError(f"区县 {twice[0]} 有两份：只留一份" if twice else NOTHING)
    return tuple(found)
