"""What can be wrong with mkdocs.yml and with the address of the preview, in Chinese and at its place.

The site generator and the operating system say it in English; this is asked where they refuse, or before they can.
"""

from __future__ import annotations

import errno
import ipaddress
import logging
import re
from pathlib import Path

import yaml

from build_tools.accounts.corpus.settings import check_settings
from build_tools.cli.refusals import why
from build_tools.diagnostics.text import render_findings
from build_tools.engine.refusal import GeneratorError, RefusedError
from build_tools.privacy import discreet_text
from build_tools.source import line_reader, parse, read_bytes

SETTINGS = "mkdocs.yml"
ADVICE = {
    "site_name": "写网站的名称，如 site_name: 财政信息公开",
    "site_url": "写完整网址，如 https://example.gov.cn/",
    "theme": "主题写 material",
    "plugins": "核对插件名，- mingzhang 必须有，别的插件要先安装",
    "docs_dir": "写 content，并且要有这个文件夹",
    "site_dir": "写 site，不能和 docs_dir 互相包含",
    "nav": "每一项写成“- 名称: 文件.md”",
    "markdown_extensions": "核对扩展名，没有用到的删去",
}
REFUSED = {
    errno.EADDRINUSE: "这个端口已经有别的程序在用：关掉它，或换一个端口，如 --address 127.0.0.1:8001",
    errno.EACCES: "没有权限用这个端口：换一个大于 1024 的端口，如 --address 127.0.0.1:8000",
    errno.EADDRNOTAVAIL: "本机没有这个地址：写 127.0.0.1（只在本机看）或 0.0.0.0（同一网络都能看）",
}


def reason(error: Exception, root: Path) -> str:
    """Why no site was made."""
    if isinstance(error, OSError):
        return why(error)
    if isinstance(error, GeneratorError) and not isinstance(error, RefusedError):
        return settings_mistakes(root) or discreet_text(str(error))
    return discreet_text(str(error))


def settings_mistakes(root: Path) -> str:
    """What keeps the generator from using mkdocs.yml; '' where nothing does."""
    path = root / SETTINGS
    if refused := list(check_settings(root)):
        return render_findings(refused, line_reader(root))
    if not path.is_file():
        return f"没有找到 {SETTINGS}：在项目文件夹里运行，或用 --root 指明项目文件夹"
    data = read_bytes(path)
    try:
        for _ in yaml.parse(data, Loader=yaml.CSafeLoader):
            pass
    except (yaml.YAMLError, UnicodeDecodeError):
        return (
            render_findings(parse(data, SETTINGS).findings[:1], line_reader(root))
            or f"{SETTINGS} 不是 YAML：检查写法和编码"
        )
    return refused_values(path)


def refused_values(path: Path) -> str:
    """The entries that the generator refuses, each with its line and what to write."""
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import MkDocsException

    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_file(file)
        errors, _ = config.validate()
    except MkDocsException as error:
        return f"{SETTINGS} 不能用：整个文件应是“键: 值”，每行一项（生成器的原话：{error}）"
    except Exception as error:
        # the generator and its theme trust what is written there, and fail in many ways where it is odd
        return f"{SETTINGS} 里有生成器读不了的值，先退回最近的改动（{type(error).__name__}：{str(error)[:200]}）"
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    told = []
    for key, refusal in errors:
        number = next(
            (number for number, line in enumerate(lines, 1) if re.match(rf"{re.escape(key)}\s*:", line)), None
        )
        place = f"{SETTINGS} 第 {number} 行的“{key}”不能用" if number else f"{SETTINGS} 里没有写“{key}”"
        told.append(f"{place}：{ADVICE.get(key, '核对写法')}（生成器的原话：{refusal}）")
    return "\n".join(told)


def address_mistake(address: str) -> str:
    """What is wrong with the way an address is written; '' where nothing is."""
    host, _, port = address.rpartition(":")
    try:
        if host != "localhost":
            ipaddress.ip_address(host)
        if port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536:
            return ""
    except ValueError:
        pass
    return f"--address 的值“{address}”不对：写成 本机地址:端口，如 127.0.0.1:8000，端口是 1 到 65535 的整数"


def why_refused(error: OSError) -> str:
    """Why the operating system does not give an address."""
    return REFUSED.get(error.errno or 0, f"{error.strerror or error}")
