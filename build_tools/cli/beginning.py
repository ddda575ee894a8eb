"""`mingzhang init`, and `new` for a district or a department: the files under `templates/init/`, laid down with names
in them. What is there already is never written over.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from build_tools.accounts.corpus import Project, read_project
from build_tools.accounts.corpus.folders import MAX_NAME, NAME
from build_tools.accounts.corpus.taken import holder_of
from build_tools.calendar_china import china_today
from build_tools.cli.creating import CreateError, sentences, written
from build_tools.cli.editing import schema_files, write_files
from build_tools.forms import Forms, did_you_mean, load_forms
from build_tools.resources import CONTENT, INIT, NEW_YEAR_FORM, TOOL, version

# in `templates/init/`; the folders carry these names in the place of a district's and a department's own
DISTRICT, DEPARTMENT = Path("data/district/district.yaml"), Path("data/district/department/department.yaml")
FIRST_DEPARTMENT, ITS_NAME = "finance-bureau", "财政局"
# a name goes into YAML, Markdown and pages as it is
NAMED = re.compile(r"\w[\w（）()·、—-]{0,59}")
# what a forge or the system may have put into a new folder
UNMINDED = (".git", ".DS_Store")
Words = Mapping[str, str]


def init(options: argparse.Namespace) -> int:
    """A district's own folder, complete. Exit status 2 where nothing was laid down."""
    folder: Path = options.folder.resolve()
    try:
        refuse_root(options.root, folder)
        begin(folder, options.district, options.name, options.region)
    except CreateError as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"已建好：{folder}\n"
        f"接着进入这个文件夹，运行 mingzhang check（接下来填什么）和 mingzhang build（生成网站）。\n"
        f"从头到尾怎样做，写在 {folder / 'README.md'}"
    )
    return 0


def refuse_root(root: Path, folder: Path) -> None:
    """Raise CreateError where another folder is meant by --root than by the word behind `init`."""
    if root not in (Path.cwd(), folder):
        raise CreateError(f"init 不用 --root：新文件夹的位置写在 init 后面，如 mingzhang init {root}，没有改动。")


def begin(folder: Path, district: str, name: str, region: str) -> None:
    """Lay everything down in a new or empty folder. Raises CreateError before anything is written."""
    forms, _ = load_forms()
    refuse_slug(district, holder_of(district, CONTENT))
    refuse_name(name)
    region = known_region(region, forms)
    if folder.exists() and not folder.is_dir():
        raise CreateError(f"{folder} 是一个文件，没有改动：换一个文件夹的名字。")
    there = sorted(path.name for path in folder.iterdir() if path.name not in UNMINDED) if folder.is_dir() else []
    if there:
        named = "、".join(there[:3])
        raise CreateError(f"{folder} 里已经有 {len(there)} 个文件或文件夹（{named}），没有改动：换一个空文件夹。")
    kind, year = newest_kind(forms, region)
    words = {
        "district": district,
        "department": FIRST_DEPARTMENT,
        "name": name,
        "region": region,
        "kind": kind,
        "year": str(year),
        "version": version(),
    }
    for path in sorted(path for path in INIT.rglob("*") if path.is_file()):
        of_department = path == INIT / DEPARTMENT
        lay(path, folder / own_place(path, words), words | ({"name": name + ITS_NAME} if of_department else {}))
    for path in sorted(path for path in CONTENT.rglob("*") if path.is_file()):
        target = folder / "content" / path.relative_to(CONTENT)
        # the home page has the district's name in it
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    written(folder / NEW_YEAR_FORM, (TOOL / NEW_YEAR_FORM).read_text(encoding="utf-8"), folder)
    write_files(schema_files(read_project(folder)))


def new_district(project: Project, slug: str, name: str, region: str) -> Path:
    """A district's own file. Raises CreateError."""
    refuse_slug(slug, holder_of(slug, project.root / "content"))
    refuse_name(name)
    words = {"name": name, "region": known_region(region, project.forms)}
    path = lay(INIT / DISTRICT, project.root / "data" / slug / DISTRICT.name, words, project.root)
    if (project.root / "schemas").is_dir():
        # the editor goes by districts
        write_files(schema_files(read_project(project.root)))
    return path


def new_department(project: Project, place: str, name: str) -> Path:
    """A department's own file. Raises CreateError."""
    district, _, slug = place.partition("/")
    known = [one.slug for one in project.districts]
    named = district if NAME.fullmatch(district) else "区县代号"
    if district not in known:
        raise CreateError(
            sentences(
                f"没有区县“{district}”",
                did_you_mean(district, known),
                f"新区县先运行 mingzhang new district {named} --name 区县名称",
            )
        )
    refuse_slug(slug)
    refuse_name(name)
    target = project.root / "data" / district / slug / DEPARTMENT.name
    return lay(INIT / DEPARTMENT, target, {"name": name}, project.root)


def lay(source: Path, target: Path, words: Words, root: Path | None = None) -> Path:
    """One file with the words in the place of their marks (`⟦name⟧`). Raises CreateError where there is one."""
    text = re.sub(r"⟦(\w+)⟧", lambda match: words[match[1]], source.read_text(encoding="utf-8"))
    return written(target, text, root or target.parent)


def own_place(path: Path, words: Words) -> Path:
    """Where a file of `templates/init/` comes to lie."""
    place = path.relative_to(INIT)
    if place not in (DISTRICT, DEPARTMENT):
        return place
    return Path(*(words.get(part, part) for part in place.parts))


def refuse_slug(slug: str, holder: str = "") -> None:
    """Raise CreateError where a name of a folder cannot be an address, or `holder` has it already."""
    if not slug:
        raise CreateError("还要写代号，如 shifeng（区县）、shifeng/tax-bureau（部门）：它用作网址。")
    if not NAME.fullmatch(slug) or len(slug) > MAX_NAME:
        raise CreateError(
            f"“{slug[:MAX_NAME]}”不能用作网址：只用小写英文字母、数字和连字符，不超过 {MAX_NAME} 个，如 tax-bureau。"
        )
    if holder:
        raise CreateError(f"“{slug}”这个名称留给{holder}，换一个，如 {slug}-district。")


def refuse_name(name: str) -> None:
    """Raise CreateError where a name cannot be printed as it is."""
    if not name:
        raise CreateError("写上名称，如 --name 石峰区财政局。")
    if not NAMED.fullmatch(name):
        raise CreateError(f"名称“{name[:60]}”不能用：写一行汉字、字母或数字，不超过 60 个字，不写引号、冒号和空格。")


def known_region(region: str, forms: Forms) -> str:
    """A region that has forms of its own; '' becomes the one that has most. Raises CreateError."""
    known = Counter(one.region for one in forms.templates if one.region != "全国")
    if region and region not in known:
        raise CreateError(
            sentences(
                f"还没有“{region[:20]}”的表样",
                f"可以写：{'、'.join(sorted(known))}",
                "先用相近的一种，以后在 forms/ 里写明不同之处",
            )
        )
    return region or known.most_common(1)[0][0]


def newest_kind(forms: Forms, region: str) -> tuple[str, int]:
    """What a region is most likely to fill first: its newest form, for the year before this one."""
    own = [one for one in forms.templates if one.region == region]
    newest = max(own, key=lambda one: (one.slug == "final-accounts", one.begins))
    return newest.slug, max(newest.begins, min(china_today().year - 1, newest.ends))


def next_step(project: Project) -> str:
    """What to do in a project that has no disclosure yet."""
    if not project.districts:
        return "还没有区县：运行 mingzhang new district 区县代号 --name 区县名称"
    district = project.districts[0]
    departments = sorted((project.root / "data" / district.slug).glob("*/department.yaml"))
    if not departments:
        return f"还没有部门：运行 mingzhang new department {district.slug}/部门代号 --name 部门名称"
    place = f"{district.slug}/{departments[0].parent.name}"
    if not any(one.region == district.region for one in project.forms.templates):
        return "还没有公开文件，也没有这个地区的表样：先在 forms/ 里增加"
    kind, year = newest_kind(project.forms, district.region)
    return (
        f"还没有公开文件。先补全 data/{district.slug}/district.yaml 和 data/{place}/department.yaml，\n"
        f"再运行 mingzhang new {kind} {place} {year}，照表填数"
    )
