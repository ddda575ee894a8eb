"""`mingzhang publish | releases | rollback | verify`: what is public on the server, in words for whoever is on duty."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_tools.cli.building import counted, held_back
from build_tools.cli.serving import reason
from build_tools.cli.telling import status_of, tell, waiting_for
from build_tools.engine import BuildRequest, GeneratorError, build_site
from build_tools.engine.site import Outcome
from build_tools.publish import (
    Differences,
    Manifest,
    ManifestError,
    Published,
    PublishError,
    existing,
    provenance,
    publish,
    rollback,
    verify,
    verify_url,
    why,
)
from build_tools.publish.verifying import loaded
from build_tools.web.shell import ShellError
from build_tools.web.templating import TemplateError

SHOWN = 20
# generating a site replaces these, or reads them as its own
WRITTEN = ("data", "content", "forms", "site", ".cache")


def publish_site(options: argparse.Namespace) -> int:
    """Check, build into a new release, prove it, make it public. What the build holds back is held back here too;
    status as for `build`.
    """
    outcomes: list[Outcome] = []

    def fill(folder: Path) -> bool:
        outcomes.append(build_site(options.root, folder, BuildRequest(options.jobs, waiting=waiting_for("生成"))))
        return outcomes[0].built is not None

    mistake = target_mistake(options.to, options.root)
    if mistake:
        return refused(mistake)
    try:
        done = publish(options.to, fill, provenance(options.root), waiting_for("发布"), options.keep)
    except (GeneratorError, ShellError, TemplateError) as error:
        return refused(reason(error, options.root))
    except PublishError as error:
        return refused(str(error))
    except OSError as error:
        return refused(why(error))
    outcome = outcomes[0]
    found = list(outcome.findings)
    tell(found, options.root)
    if done is None or outcome.built is None:
        print("没有发布，公开的网站没有改动：先改正上面的错误。", file=sys.stderr)
        return 2
    print(counted(outcome))
    for line in held_back(outcome):
        print(line)
    tell_published(done, options.to)
    return status_of(found)


def target_mistake(to: Path, root: Path) -> str:
    """Why releases cannot stand there; '' where they can."""
    target = to.resolve()
    inside = [name for name in WRITTEN if (root / name) == target or (root / name) in target.parents]
    if target == root or target in root.parents or inside:
        return f"--to 不能是 {target}：那里是项目自己的文件夹；换一个别处的空文件夹，如 /srv/mingzhang"
    return ""


def refused(reason: str) -> int:
    """Nothing was published."""
    print(f"没有发布，公开的网站没有改动。\n{reason}", file=sys.stderr)
    return 2


def tell_published(done: Published, to: Path) -> None:
    """What readers see from now on, and the way back."""
    if done.moved:
        new = "" if done.fresh else "（以前发布过同样的内容，直接启用）"
        print(f"已发布 {done.name}{new}：{measure(done.manifest)}，{commit_of(done.manifest)}")
    else:
        print(f"内容与公开的 {done.name} 完全相同，没有新建。")
    if done.before and done.moved:
        print(f"原来是 {done.before}；要退回去：mingzhang rollback --to {to} {done.before}")
    if done.removed:
        print(f"只保留最近的几版，删去 {len(done.removed)} 版旧的：{'、'.join(done.removed)}")
    if done.untidy:
        print(f"旧版没有删干净，不影响公开的网站，下次发布再删：{done.untidy}", file=sys.stderr)


def measure(manifest: Manifest) -> str:
    """How much a release is."""
    return f"{len(manifest.files)} 个文件，{manifest.size / 2**20:.1f} MB"


def commit_of(manifest: Manifest) -> str:
    """Which commit a release shows."""
    source = manifest.source
    return (
        f"提交 {source.commit[:12]}{'（另有未提交的改动）' if source.changed else ''}"
        if source.commit
        else "没有提交号（不是 git 仓库）"
    )


def releases(options: argparse.Namespace) -> int:
    """Every release that is kept, newest first."""
    try:
        place = existing(options.to)
    except PublishError as error:
        print(error, file=sys.stderr)
        return 2
    public = place.public()
    for name in reversed(place.names()):
        one = loaded(place, name)
        told = (
            f"{one.manifest.released}  {commit_of(one.manifest)}  {measure(one.manifest)}"
            if one
            else "清单读不出，不能回退到这一版"
        )
        print(f"{'→' if name == public else ' '} {name}  {told}")
    print(
        f"{len(place.names())} 版；→ 是公开的一版。"
        if public
        else f"{len(place.names())} 版；没有一版是公开的：重新发布，或用 rollback 指定一版。"
    )
    return 0


def roll_back(options: argparse.Namespace) -> int:
    """An earlier release, made public again."""
    try:
        done = rollback(options.to, options.release, waiting_for("发布"))
    except (PublishError, OSError) as error:
        print(f"没有回退，公开的网站没有改动。\n{why(error) if isinstance(error, OSError) else error}", file=sys.stderr)
        return 2
    if not done.moved:
        print(f"{done.name} 本来就是公开的一版，没有改动。")
        return 0
    print(f"现在公开的是 {done.name}（{done.manifest.released} 发布，{commit_of(done.manifest)}），已核对完整。")
    print(f"原来是 {done.before or '没有公开的一版'}。数据没有改：下次发布会再按最新的提交生成，先在提交里改正。")
    return 0


def verify_site(options: argparse.Namespace) -> int:
    """A release on the disk or a site on the web, against its manifest."""
    remote = "://" in options.site
    try:
        found = verify_url(options.site) if remote else verify(Path(options.site))
    except (ManifestError, PublishError, OSError) as error:
        print(f"没有核对：{why(error) if isinstance(error, OSError) else error}", file=sys.stderr)
        return 2
    tell_differences(found)
    print(
        f"{found.manifest.released} 发布，{commit_of(found.manifest)}，{measure(found.manifest)}；清单指纹 "
        f"{found.fingerprint}"
    )
    if remote:
        print(
            "清单也是从网站取来的：指纹应与服务器上 mingzhang releases 里公开一版名称的末尾相同。"
            "多出来的文件从网上看不见，要在服务器上核对。"
        )
    print(
        "全部与清单一致。"
        if found.sound
        else "与清单不一致：若不是自己改的，网站可能被篡改；用 rollback 换一版或重新发布，并查明原因。"
    )
    return 0 if found.sound else 1


def tell_differences(found: Differences) -> None:
    """What differs, kind by kind, not more than a screen of each."""
    for words, paths in (
        ("缺少", found.missing),
        ("被改动", found.altered),
        ("多出", found.added or ()),
        ("没有核对成", found.failed),
    ):
        for path in paths[:SHOWN]:
            print(f"{words}：{path}")
        if len(paths) > SHOWN:
            print(f"{words}的还有 {len(paths) - SHOWN} 个，没有列出")
