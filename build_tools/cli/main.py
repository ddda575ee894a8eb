"""`mingzhang check | build | serve | explain | format`: what each command is called and where it goes."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

from build_tools.cli.unchanged import everything, said_before
from build_tools.cli.words import FORMATS, KEPT, Parser
from build_tools.inputs import inputs_of
from build_tools.memory import patient_collector

# what a command is called, the function that does it (its module is imported only then), what it is for
HELP = (
    ("check", "checking.check", "检查 data/ 里的全部文件，逐条列出问题和勾稽结果"),
    ("claims", "claiming.claims", "读一份文字（.txt 或 .md），核对里面写的占比、增减、完成率、合计和日期"),
    ("status", "status.status", "各部门的公开进度：谁超期、缺什么、等谁审签、下一个期限"),
    ("build", "building.build", "检查并生成网站 site/；有错误的公开文件不发布，其余照常"),
    ("join", "building.join_parts", "把各自生成的区县（build --district）合并成一个网站"),
    ("publish", "publishing.publish_site", "检查、生成并发布到服务器的文件夹；换上新的一版之前，读者一直看到原来的网站"),
    ("pipeline", "pipeline.pipeline", "服务器上的 Git 仓库收到推送后运行（post-receive）：检查、生成、发布，把结果告诉推送的人；--root 是那个仓库"),
    ("releases", "publishing.releases", "列出发布过并保留着的各版网站，哪一版是公开的"),
    ("rollback", "publishing.roll_back", "退回到以前的一版；先核对它是完整的"),
    ("verify", "publishing.verify_site", "对照清单核对发布的文件夹或网站：缺少、被改动、多出的文件"),
    ("serve", "previewing.serve", "在本机预览网站；保存文件后浏览器自动更新"),
    ("schema", "commands.schema", "为编辑器生成各表的写法提示（schemas/ 和 .vscode/）"),
    ("explain", "commands.explain", "解释一个编号：说的是什么、公式、依据、怎么改"),
    ("new", "commands.new", "新建一份公开文件，写好全部栏目，上年的数作为注释"),
    ("format", "commands.format_files", "把 YAML 文件整理成统一的写法，不改变内容"),
)
FORMAT_HELP = (
    "text：给人看，默认；line：一行一条，可以 grep，编辑器可以跳转；json：给程序用；"
    "github：在 GitHub 的合并请求旁标出；gitlab：GitLab 的代码质量报告"
)


# what scripts and pipelines go by; `telling.status_of` gives the 1
PUBLISHING = "退出状态：0 没有错误；1 有错误，有错误的公开文件不发布，其余照常发布；2 什么都没有发布，原来的网站没有改动。"
STATUS = {
    "": "退出状态：0 没有错误；1 数据有错误；2 命令没有做成。",
    "build": PUBLISHING, "join": PUBLISHING, "publish": PUBLISHING, "pipeline": PUBLISHING, "verify": "退出状态：0 与清单一致；1 不一致；2 没有核对成。",
}


def parser() -> Parser:
    """The whole command line."""
    top = Parser(prog="mingzhang", description="明账：把部门预决算和绩效公开写成可核对、可检索、可复用的网站。", epilog=STATUS[""])
    # given before or after the command; the command's own default must not hide the one before it
    top.add_argument("--root", metavar="目录", type=Path, default=Path(), help="项目文件夹（含 mkdocs.yml、content/、data/），默认是当前文件夹")
    commands_ = top.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=Parser)
    for name, run, text in HELP:
        one = commands_.add_parser(name, help=text, description=text + "。", epilog=STATUS.get(name))
        one.set_defaults(run=run)
        one.add_argument("--root", metavar="目录", type=Path, default=argparse.SUPPRESS, help="项目文件夹，默认是当前文件夹")
        if name == "check":
            one.add_argument("--format", metavar="格式", choices=FORMATS[name], default="text", help=FORMAT_HELP)
            one.add_argument("--staged", action="store_true", help="只检查 git 暂存区里将要提交的文件：个人信息、密级标志，和其中的公开文件；用作提交前的钩子")
            one.add_argument("--passed", action="store_true", help="同时列出核对过的每一条勾稽和两边的数：通过、尾差、推算、未执行、已说明")
        if name == "claims":
            one.add_argument("file", metavar="文件", type=Path, help="要读的 .txt 或 .md；PDF 先转成文本（pdftotext -layout）")
            one.add_argument("--against", metavar="决算", type=Path, help="同时与 data/ 里的一份公开文件核对，如 data/…/2020/final-accounts.yaml")
            one.add_argument("--format", metavar="格式", choices=FORMATS[name], default="text", help="text：给人看，默认；json：给程序用")
        if name == "status":
            one.add_argument("--format", metavar="格式", choices=FORMATS[name], default="text", help="text：给人看，默认；csv：用 Excel 打开；json：给程序用")
        if name in ("build", "publish", "pipeline"):
            one.add_argument("--jobs", metavar="进程数", type=at_least_one, default=os.cpu_count() or 1, help="同时用几个进程，默认是处理器的个数；内存不够时写 1")
        if name == "build":
            one.add_argument("--cluster", metavar="地址", default="", help="交给 Dask 集群：调度器的地址，如 tcp://10.0.0.5:8786；各台机器上项目文件夹的路径要相同")
            one.add_argument("--district", metavar="区县", default="", help="只生成这一个区县，放在 parts/区县/；以后用 join 合并")
            one.add_argument("--profile", action="store_true", help="最后列出时间用在了哪里")
        server_options(name, one)
        if name == "join":
            one.add_argument("parts", metavar="文件夹", nargs="*", type=Path, help="build --district 生成的文件夹；不写则用 parts/ 里的全部")
        if name == "serve":
            one.add_argument("--address", metavar="地址", default="127.0.0.1:8000", help="本机地址和端口，默认 127.0.0.1:8000")
        if name == "explain":
            one.add_argument("id", metavar="编号", nargs="?", help="如 expenditure-1；不写则列出全部编号")
        if name == "schema":
            which = one.add_mutually_exclusive_group(required=True)
            which.add_argument("--write", action="store_true", help="写入文件")
            which.add_argument("--check", action="store_true", help="只检查是否与表样一致，不改文件")
        if name == "new":
            one.add_argument("kind", metavar="类型", help="如 final-accounts（部门决算）；inquiries 是部门的来信和答复")
            one.add_argument("place", metavar="区县/部门", help="如 shifeng/business-environment-centre")
            one.add_argument("year", metavar="年度", type=int, nargs="?", help="如 2021；inquiries 不写年度")
        if name == "format":
            one.add_argument("files", metavar="文件", nargs="*", type=Path, help="要整理的文件；不写则整理 data/ 里的全部文件")
            one.add_argument("--check", action="store_true", help="只检查是否已经整理好，不改文件")
    return top


def server_options(name: str, one: Parser) -> None:
    """The options of the commands that work on published releases."""
    if name in ("publish", "pipeline", "releases", "rollback"):
        one.add_argument("--to", metavar="目录", type=Path, required=True, help="发布的文件夹，如 /srv/mingzhang；网页服务器指向其中的 current")
    if name in ("publish", "pipeline"):
        one.add_argument("--keep", metavar="版数", type=at_least_one, default=KEPT, help=f"保留最近几版，默认 {KEPT}；公开的和它之前的一版总会保留")
    if name == "rollback":
        one.add_argument("release", metavar="版", nargs="?", help="releases 列出的名称或它的开头；不写则退回公开一版的前一版")
    if name == "verify":
        one.add_argument("site", metavar="目录或网址", help="发布的文件夹、其中一版的文件夹，或网站首页的地址 https://…/")


def at_least_one(text: str) -> int:
    """A count that leaves something."""
    if not text.isascii() or not text.isdigit() or int(text[:9]) < 1:
        raise ValueError(text)
    return int(text[:9])


def run(options: argparse.Namespace) -> int:
    """The command's own function; a build that has nothing to do needs none."""
    plain = options.command == "build" and not (options.profile or options.district or options.cluster)
    options.inputs = inputs_of(options.root) if options.command == "build" else None
    options.key = everything(options.root, options.inputs) if options.inputs else ""
    said = said_before(options.root, options.key) if plain else None
    if said:
        print(said[0])
        return said[1]
    module, _, name = options.run.partition(".")
    # at its end Python would walk all that was read once more, and find nothing to free
    atexit.register(gc.freeze)
    # what these read and make they keep to their end; a preview goes on for days
    with patient_collector() if options.command in ("build", "check") else nullcontext():
        return int(getattr(import_module(f"build_tools.cli.{module}"), name)(options))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status."""
    top = parser()
    options = top.parse_args(arguments)
    if not options.command:
        top.print_help()
        return 2
    options.root = options.root.resolve()
    if not options.root.is_dir():
        print(f"没有这个文件夹：{options.root}", file=sys.stderr)
        return 2
    try:
        return run(options)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        print(f"读写文件时出错：{error.strerror or error}（{error.filename or '文件名不明'}）", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130
