"""`mingzhang build`: from `data/` to `site/`, and what the person at the terminal is told of it."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace

from build_tools.cli.cluster import executor_at
from build_tools.cli.serving import reason
from build_tools.cli.telling import progress, status_of, told_text, waiting_for
from build_tools.cli.unchanged import remember
from build_tools.diagnostics import added
from build_tools.diagnostics.text import summary
from build_tools.engine import BuildRequest, GeneratorError, build_site
from build_tools.engine.parts import PARTS, build_district, join
from build_tools.engine.site import Outcome
from build_tools.engine.timing import Spent, taken
from build_tools.resources import version
from build_tools.web.shell import ShellError
from build_tools.web.templating import TemplateError


def build(options: argparse.Namespace) -> int:
    """Check and build; say what was published and how to look at it. Exit status 1: all but what has errors; 2: nothing
    was changed.
    """
    taken()
    begun = time.perf_counter()
    try:
        with executor_at(options.cluster) as executor, progress() as told:
            request = BuildRequest(options.jobs, executor, told, waiting_for("生成"))
            outcome = (
                build_district(options.root, options.district, request)
                if options.district
                else build_site(options.root, None, replace(request, inputs=options.inputs))
            )
    except (GeneratorError, ShellError, TemplateError, OSError) as error:
        return refused(error, options)
    found = list(outcome.findings)
    text = told_text(found, options.root) if found else ""
    if outcome.built is None or outcome.site is None:
        print(text)
        print("没有生成网站，原来的网站没有改动：先改正上面的错误。", file=sys.stderr)
        return 2
    text = "\n".join(line for line in (text, counted(outcome), *published(outcome)) if line)
    print(text)
    if options.profile:
        print(profile(taken(), time.perf_counter() - begun))
    if not options.district and outcome.sure and not any(one.held for one in outcome.departments):
        remember(options.root, outcome.site, options.key, text, status_of(found))
    return status_of(found)


def join_parts(options: argparse.Namespace) -> int:
    """Districts that were built alone become one site. Exit status as for `build`."""
    parts = options.parts or sorted(path for path in (options.root / PARTS).glob("*") if path.is_dir())
    try:
        outcome = join(options.root, parts, BuildRequest(waiting=waiting_for("生成")))
    except (GeneratorError, ShellError, TemplateError, OSError) as error:
        return refused(error, options)
    found = list(outcome.findings)
    if outcome.built is None:
        print(told_text(found, options.root))
        print("没有生成网站，原来的网站没有改动：先改正上面的错误。", file=sys.stderr)
        return 2
    # what was found was told where it can be mended
    print("\n".join((f"合并了 {len(parts)} 个区县。", counted(outcome), *published(outcome))))
    return status_of(found)


def refused(error: Exception, options: argparse.Namespace) -> int:
    """Nothing was made; why."""
    print(f"没有生成网站，原来的网站没有改动。\n{reason(error, options.root)}", file=sys.stderr)
    return 2


def published(outcome: Outcome) -> list[str]:
    """What came of a build, what was not published, and how to look at it."""
    assert outcome.built
    return [
        f"已生成 {outcome.built.pages} 个页面、{outcome.built.files} 个数据文件（明账 {version()}）：{outcome.site}",
        *held_back(outcome),
        f"打开：用浏览器打开 {outcome.site}/index.html，或运行 mingzhang serve 后访问 http://127.0.0.1:8000/",
    ]


def counted(outcome: Outcome) -> str:
    """What was checked, in a line."""
    departments = outcome.departments
    return summary(
        added(one.counts for one in departments), len(departments), sum(one.disclosures for one in departments)
    )


def held_back(outcome: Outcome) -> list[str]:
    """Name what was not published."""
    drafts = [file for one in outcome.departments for file in one.drafts]
    held = [file for one in outcome.departments for file in one.held]
    told = []
    if not any(one.disclosures for one in outcome.departments):
        told.append("还没有公开文件，网站上只有自己写的页面和核对规则：运行 mingzhang check 看从哪里填起")
    if drafts:
        told.append(
            f"草稿、待审、未审签或未到公开日期，没有发布 {len(drafts)} 份（可以公开时写明审查和审签，"
            f"把“状态”改为“可公开”）：{'、'.join(drafts)}"
        )
    if held:
        told.append(
            f"有错误、没有发布的公开文件 {len(held)} 份（页面写明“更正中”；提交过没有错误的一版的，继续显示那一版）："
            f"{'、'.join(held)}"
        )
    return told


def profile(spent: Spent, seconds: float) -> str:
    """Where the time went: seconds of processor by phase, in all processes together."""
    every = sum(spent.values()) or 1.0
    lines = [f"  {name}：{one:.2f} 秒（{one / every:.0%}）" for name, one in spent.most_common()]
    return "\n".join(("用时（各进程的处理器时间合计）：", *lines, f"  从开始到结束 {seconds:.2f} 秒"))
