"""The options of every command, by its name; their words are Chinese."""

from __future__ import annotations

import os
from pathlib import Path

from build_tools.cli.words import FORMATS, KEPT, Parser

FORMAT_HELP = (
    "text：给人看，默认；line：一行一条，可以 grep，编辑器可以跳转；json：给程序用；"
    "github：在 GitHub 的合并请求旁标出；gitlab：GitLab 的代码质量报告"
)


def add_options(name: str, one: Parser) -> None:
    """All options of this command but `--root`, which every command has."""
    for add in (_reading_options, _building_options, _server_options, _writing_options):
        add(name, one)


def _reading_options(name: str, one: Parser) -> None:
    """The options of the commands that read and tell."""
    if name == "check":
        one.add_argument("--format", metavar="格式", choices=FORMATS[name], default="text", help=FORMAT_HELP)
        one.add_argument(
            "--staged",
            action="store_true",
            help="只检查 git 暂存区里将要提交的文件：个人信息、密级标志，和其中的公开文件；用作提交前的钩子",
        )
        one.add_argument(
            "--passed",
            action="store_true",
            help="同时列出核对过的每一条勾稽和两边的数：通过、尾差、推算、未执行、已说明",
        )
    if name == "claims":
        one.add_argument(
            "file", metavar="文件", type=Path, help="要读的 .txt 或 .md；PDF 先转成文本（pdftotext -layout）"
        )
        one.add_argument(
            "--against",
            metavar="决算",
            type=Path,
            help="同时与 data/ 里的一份公开文件核对，如 data/…/2020/final-accounts.yaml",
        )
        one.add_argument(
            "--format", metavar="格式", choices=FORMATS[name], default="text", help="text：给人看，默认；json：给程序用"
        )
    if name == "status":
        one.add_argument(
            "--format",
            metavar="格式",
            choices=FORMATS[name],
            default="text",
            help="text：给人看，默认；csv：用 Excel 打开；json：给程序用",
        )
    if name == "diff":
        one.add_argument("range", metavar="提交..提交", help="如 main..HEAD；只写一个的，和现在的提交比")
        one.add_argument(
            "--format", metavar="格式", choices=FORMATS[name], default="markdown", help="markdown：默认；html：一个网页"
        )
    if name == "why":
        one.add_argument(
            "file", metavar="文件", type=Path, help="data/ 里的一份公开文件，如 data/…/2020/final-accounts.yaml"
        )
        one.add_argument("table", metavar="哪张表", help="如 支出决算表")
        one.add_argument("row", metavar="哪一行", help="如 2010301，或只有一栏时的栏名")
        one.add_argument("column", metavar="哪一栏", nargs="?", default="", help="如 基本支出；一行只有一个数的不写")
    if name == "explain":
        one.add_argument("id", metavar="编号", nargs="?", help="如 expenditure-1；不写则列出全部编号")


def _building_options(name: str, one: Parser) -> None:
    """The options of the commands that build a site."""
    if name in ("build", "publish", "pipeline"):
        one.add_argument(
            "--jobs",
            metavar="进程数",
            type=at_least_one,
            default=os.cpu_count() or 1,
            help="同时用几个进程，默认是处理器的个数；内存不够时写 1",
        )
    if name == "build":
        one.add_argument(
            "--cluster",
            metavar="地址",
            default="",
            help="交给 Dask 集群：调度器的地址，如 tcp://10.0.0.5:8786；各台机器上项目文件夹的路径要相同",
        )
        one.add_argument(
            "--district", metavar="区县代号", default="", help="只生成这一个区县，放在 parts/区县/；以后用 join 合并"
        )
        one.add_argument("--profile", action="store_true", help="最后列出时间用在了哪里")
    if name == "join":
        one.add_argument(
            "parts",
            metavar="文件夹",
            nargs="*",
            type=Path,
            help="build --district 生成的文件夹；不写则用 parts/ 里的全部",
        )
    if name == "serve":
        one.add_argument(
            "--address", metavar="地址", default="127.0.0.1:8000", help="本机地址和端口，默认 127.0.0.1:8000"
        )


def _server_options(name: str, one: Parser) -> None:
    """The options of the commands that work on published releases."""
    if name in ("publish", "pipeline", "releases", "rollback"):
        one.add_argument(
            "--to",
            metavar="目录",
            type=Path,
            required=True,
            help="发布的文件夹，如 /srv/mingzhang；网页服务器指向其中的 current",
        )
    if name in ("publish", "pipeline"):
        one.add_argument(
            "--keep",
            metavar="版数",
            type=at_least_one,
            default=KEPT,
            help=f"保留最近几版，默认 {KEPT}；公开的和它之前的一版总会保留",
        )
    if name == "rollback":
        one.add_argument(
            "release", metavar="版", nargs="?", help="releases 列出的名称或它的开头；不写则退回公开一版的前一版"
        )
    if name == "verify":
        one.add_argument(
            "site", metavar="目录或网址", help="发布的文件夹、其中一版的文件夹，或网站首页的地址 https://…/"
        )


def _writing_options(name: str, one: Parser) -> None:
    """The options of the commands that write files of the project."""
    if name == "schema":
        which = one.add_mutually_exclusive_group(required=True)
        which.add_argument("--write", action="store_true", help="写入文件")
        which.add_argument("--check", action="store_true", help="只检查是否与表样一致，不改文件")
    if name == "new":
        one.add_argument(
            "kind",
            metavar="类型",
            help="如 final-accounts（部门决算）；inquiries 是来信和答复；department、district 是新的部门、区县",
        )
        one.add_argument("place", metavar="区县/部门", help="如 shifeng/business-environment-centre；district 只写区县")
        one.add_argument("year", metavar="公开年度", type=int, nargs="?", help="如 2021；只有公开文件要写年度")
        one.add_argument("--name", metavar="新名称", default="", help="新的部门或区县的名称，如 石峰区财政局")
        one.add_argument("--region", metavar="地区", default="", help="新的区县用哪个地区的表样，如 湖南")
    if name == "init":
        one.add_argument("folder", metavar="文件夹", type=Path, help="新的或空的文件夹")
        one.add_argument("--district", metavar="代号", default="district", help="区县的代号，用作网址，如 shifeng")
        one.add_argument("--name", metavar="区县名称", default="某某区", help="区县的名称，如 石峰区")
        one.add_argument("--region", metavar="地区", default="", help="用哪个地区的表样，如 湖南")
    if name == "format":
        one.add_argument(
            "files", metavar="文件", nargs="*", type=Path, help="要整理的文件；不写则整理 data/ 里的全部文件"
        )
        one.add_argument("--check", action="store_true", help="只检查是否已经整理好，不改文件")


def at_least_one(text: str) -> int:
    """A count that leaves something."""
    if not text.isascii() or not text.isdigit() or int(text[:9]) < 1:
        raise ValueError(text)
    return int(text[:9])
