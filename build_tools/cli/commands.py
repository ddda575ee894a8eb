"""What each command does, apart from `check`. Only the command line prints, and findings are told in `telling`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_tools.accounts.corpus import Project, read_project
from build_tools.cli.beginning import new_department, new_district
from build_tools.cli.creating import CreateError, create, sentences
from build_tools.cli.editing import schema_files, write_files
from build_tools.cli.explaining import broken_forms, explanation, known_ids, listing
from build_tools.cli.telling import status_of, tell
from build_tools.forms import did_you_mean, load_forms

# what `new` makes that is no disclosure
PLACES, INQUIRIES = ("department", "district"), "inquiries"


def explain(options: argparse.Namespace) -> int:
    """One id, or the list of all; as far as the forms can be read."""
    folder = options.root / "forms"
    forms, findings = load_forms([folder] if folder.is_dir() else [])
    text = listing(forms) if options.id is None else explanation(options.id, forms)
    if text is None:
        hint = did_you_mean(options.id, known_ids(forms), "运行 mingzhang explain 列出全部编号")
        print(f"没有编号“{options.id}”。{hint or ''}", file=sys.stderr)
    else:
        print(text)
    if findings:
        print(broken_forms(findings), file=sys.stderr)
    return 2 if text is None else 0


def schema(options: argparse.Namespace) -> int:
    """Schemas and the editor's settings, written or compared."""
    project = read_project(options.root)
    if project.findings:
        tell(list(project.findings), options.root)
        return 1
    stale = [
        path
        for path, text in schema_files(project).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if options.write:
        write_files({path: schema_files(project)[path] for path in stale})
    for path in stale:
        print(f"{'已写入' if options.write else '需要更新'}：{path.relative_to(options.root)}")
    print("编辑器提示与表样一致。" if not stale or options.write else "运行 mingzhang schema --write 更新。")
    return 1 if options.check and stale else 0


def new(options: argparse.Namespace) -> int:
    """A file ready to fill."""
    project = read_project(options.root)
    if project.findings:
        tell(list(project.findings), options.root)
        return 1
    try:
        path = _created(project, options)
    except CreateError as error:
        print(error, file=sys.stderr)
        return 2
    then = "" if options.kind in (INQUIRIES, *PLACES) else "；可以公开时把“状态”改为“可公开”"
    print(f"已新建：{path}\n填好后运行 mingzhang check 检查{then}。")
    return 0


def _created(project: Project, options: argparse.Namespace) -> Path:
    """The new file. Raises CreateError."""
    place = options.place.strip("/")
    _refuse_what_is_not_used(project, options)
    if options.kind == "district":
        return new_district(project, place, options.name, options.region)
    if options.kind == "department":
        return new_department(project, place, options.name)
    return create(project, options.kind, place, options.year)


def _refuse_what_is_not_used(project: Project, options: argparse.Namespace) -> None:
    """Raise CreateError for what the kind does not use, because it was meant for something else."""
    kinds = [*PLACES, INQUIRIES, *dict.fromkeys(one.slug for one in project.forms.templates)]
    kind = options.kind
    if kind not in kinds and (options.name or options.region):
        raise CreateError(sentences(f"没有“{kind[:40]}”这种类型", did_you_mean(kind, kinds)))
    if (options.region and kind != "district") or (options.name and kind not in PLACES):
        raise CreateError("--name 只用于 new department 和 new district，--region 只用于 new district。")
    if options.year is not None and kind in (*PLACES, INQUIRIES):
        raise CreateError(f"new {kind} 不写年度：删去 {options.year}。")


def format_files(options: argparse.Namespace) -> int:
    """Rewrite files canonically, or with --check only say which are not."""
    from build_tools.cli.formatting import format_file

    project = read_project(options.root)
    if project.forms.forms == ():
        tell(list(project.findings), options.root)
        return 1
    named = options.files or [options.root / "data"]
    found = [file for path in named for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    # a link could lead out of the project, where nothing of ours may be rewritten
    files = [file for file in found if not file.is_symlink() and not file.is_dir()]
    status = changed = 0
    for path in files:
        findings, change = format_file(path, project, write_back=not options.check)
        tell(findings, options.root)
        changed += change
        status = max(status, status_of(findings))
        if change:
            print(f"{'还没有整理' if options.check else '已整理'}：{path}")
    print(f"{len(files)} 个文件，{changed} 个{'需要整理' if options.check else '有改动'}。")
    return 1 if options.check and changed else status
