"""What each command does, apart from `check`. Only the command line prints, and findings are told in `telling`."""

from __future__ import annotations

import argparse
import sys

from build_tools.build import GeneratorError, build_site
from build_tools.build.site import Outcome
from build_tools.cli.cluster import executor_at
from build_tools.cli.creating import CreateError, create
from build_tools.cli.editing import schema_files, write_files
from build_tools.cli.explaining import broken_forms, explanation, known_ids, listing
from build_tools.cli.serving import address_mistake, settings_mistakes, why_refused
from build_tools.cli.telling import status_of, tell, waiting_for
from build_tools.corpus import read_project
from build_tools.diagnostics import added
from build_tools.diagnostics.text import summary
from build_tools.forms import did_you_mean, load_forms
from build_tools.render import ShellError


def build(options: argparse.Namespace) -> int:
    """Check and build; say what was published and how to look at it. Exit status 1: all but what has errors; 2: nothing was changed."""
    try:
        with executor_at(options.cluster) as executor:
            outcome = build_site(options.root, waiting=waiting_for("生成"), jobs=options.jobs, executor=executor)
    except (GeneratorError, ShellError, OSError) as error:
        why = isinstance(error, GeneratorError) and settings_mistakes(options.root)
        print(f"没有生成网站，原来的网站没有改动。\n{why or error}", file=sys.stderr)
        return 2
    found = list(outcome.findings)
    tell(found, options.root)
    if outcome.built is None or outcome.site is None:
        print("没有生成网站，原来的网站没有改动：先改正上面的错误。", file=sys.stderr)
        return 2
    print(counted(outcome))
    print(f"已生成 {outcome.built.pages} 个页面、{outcome.built.files} 个数据文件：{outcome.site}")
    tell_held(outcome)
    print(f"打开：用浏览器打开 {outcome.site / 'index.html'}，或运行 mingzhang serve 后访问 http://127.0.0.1:8000/")
    return status_of(found)


def counted(outcome: Outcome) -> str:
    """What was checked, in a line."""
    departments = outcome.departments
    return summary(added(one.counts for one in departments), len(departments), sum(one.disclosures for one in departments))


def tell_held(outcome: Outcome) -> None:
    """Name what was not published."""
    drafts = [file for one in outcome.departments for file in one.drafts]
    if drafts:
        print(f"草稿、待审、未审签或未到公开日期，没有发布 {len(drafts)} 份（可以公开时写明审查和审签，把“状态”改为“可公开”）：{'、'.join(drafts)}")
    held = [file for one in outcome.departments for file in one.held]
    if held:
        print(f"有错误、没有发布的公开文件 {len(held)} 份（页面写明“更正中”；提交过没有错误的一版的，继续显示那一版）：{'、'.join(held)}")


def serve(options: argparse.Namespace) -> int:
    """MkDocs' own server with our plugin; what is held back is shown with its findings."""
    from mkdocs.commands.serve import serve as mkdocs_serve
    from mkdocs.exceptions import MkDocsException

    mistake = address_mistake(options.address) or settings_mistakes(options.root)
    if mistake:
        print(f"预览没有启动。\n{mistake}", file=sys.stderr)
        return 2
    print(f"预览地址：http://{options.address}/（按 Ctrl+C 停止；预览也显示草稿和待改正的文件）")
    try:
        mkdocs_serve(config_file=str(options.root / "mkdocs.yml"), dev_addr=options.address)
    except (MkDocsException, OSError) as error:
        print(f"预览没有启动：{why_refused(error) if isinstance(error, OSError) else error}", file=sys.stderr)
        return 2
    return 0


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
    stale = [path for path, text in schema_files(project).items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
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
        path = create(project, options.kind, options.place.strip("/"), options.year)
    except CreateError as error:
        print(error, file=sys.stderr)
        return 2
    then = "" if options.kind == "inquiries" else "；可以公开时把“状态”改为“可公开”"
    print(f"已新建：{path}\n填好后运行 mingzhang check 检查{then}。")
    return 0


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
