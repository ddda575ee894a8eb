"""`mingzhang check | build | serve | explain | format`: what each command is called and where it goes."""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

from build_tools.cli.options import add_options
from build_tools.cli.refusals import why
from build_tools.cli.unchanged import everything, said_before
from build_tools.cli.words import Parser
from build_tools.fast import patient_collector
from build_tools.inputs import inputs_of
from build_tools.resources import version

# what a command is called, the function that does it (its module is imported only then), what it is for
HELP = (
    ("check", "checking.check", "检查 data/ 里的全部文件，逐条列出问题和勾稽结果"),
    ("claims", "claiming.claims", "读一份文字（.txt 或 .md），核对里面写的占比、增减、完成率、合计和日期"),
    ("status", "status.status", "各部门的公开进度：谁超期、缺什么、等谁审签、下一个期限"),
    ("build", "building.build", "检查并生成网站 site/；有错误的公开文件不发布，其余照常"),
    ("join", "building.join_parts", "把各自生成的区县（build --district）合并成一个网站"),
    (
        "publish",
        "publishing.publish_site",
        "检查、生成并发布到服务器的文件夹；换上新的一版之前，读者一直看到原来的网站",
    ),
    (
        "pipeline",
        "pipeline.pipeline",
        "服务器上的 Git 仓库收到推送后运行（post-receive）：检查、生成、发布，把结果告诉推送的人；--root 是那个仓库",
    ),
    ("releases", "publishing.releases", "列出发布过并保留着的各版网站，哪一版是公开的"),
    ("rollback", "publishing.roll_back", "退回到以前的一版；先核对它是完整的"),
    ("verify", "publishing.verify_site", "对照清单核对发布的文件夹或网站：缺少、被改动、多出的文件"),
    ("serve", "previewing.serve", "在本机预览网站；保存文件后浏览器自动更新"),
    ("schema", "commands.schema", "为编辑器生成各表的写法提示（schemas/ 和 .vscode/）"),
    ("diff", "difference.difference", "两个提交之间，公开的数改了哪些、合计随之变了哪些、哪些核对结果变了"),
    ("why", "origin.why", "一个数从哪里来：文件和行、提交、谁批准、哪些规则核对它、网页上哪些话用到它、以前是多少"),
    ("explain", "commands.explain", "解释一个编号：说的是什么、公式、依据、怎么改"),
    ("init", "beginning.init", "在一个空文件夹里建好一个区县要用的全部文件，马上就能检查和生成"),
    ("new", "commands.new", "新建一份公开文件，写好全部栏目，上年的数作为注释；也用来新建部门和区县"),
    ("format", "commands.format_files", "把 YAML 文件整理成统一的写法，不改变内容"),
)

# what scripts and pipelines go by; `telling.status_of` gives the 1
PUBLISHING = (
    "退出状态：0 没有错误；1 有错误，有错误的公开文件不发布，其余照常发布；2 什么都没有发布，原来的网站没有改动。"
)
STATUS = {
    "": "退出状态：0 没有错误；1 数据有错误；2 命令没有做成。",
    "build": PUBLISHING,
    "join": PUBLISHING,
    "publish": PUBLISHING,
    "pipeline": PUBLISHING,
    "verify": "退出状态：0 与清单一致；1 不一致；2 没有核对成。",
}


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="mingzhang",
        description="明账：把部门预决算和绩效公开写成可核对、可检索、可复用的网站。",
        epilog=STATUS[""],
    )
    # given before or after the command; the command's own default must not hide the one before it
    top.add_argument(
        "--root",
        metavar="目录",
        type=Path,
        default=Path(),
        help="项目文件夹（含 mkdocs.yml、content/、data/），默认是当前文件夹",
    )
    top.add_argument("--version", action="store_true", help="显示明账的版本")
    commands_ = top.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=Parser)
    for name, run, text in HELP:
        one = commands_.add_parser(name, help=text, description=text + "。", epilog=STATUS.get(name))
        one.set_defaults(run=run)
        one.add_argument(
            "--root", metavar="目录", type=Path, default=argparse.SUPPRESS, help="项目文件夹，默认是当前文件夹"
        )
        add_options(name, one)
    return top


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
    if options.version:
        print(f"明账 {version()}")
        return 0
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
        print(why(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130
    except Exception as error:
        # whatever nobody has thought of: never a traceback before an accountant, never a 1, which would say that the
        # rest was published
        from build_tools.cli.failing import tell_failure

        tell_failure(error, options)
        return 2
