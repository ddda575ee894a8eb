"""Who runs the site, as `extra:` of mkdocs.yml tells it: for the footer and the meta tags of government pages.

What is not written is not on the pages; what is written wrong stops the build, because a wrong 网站标识码 stands on
every page. 国办发〔2017〕47号 (网站标识, 页脚, 网页标签).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from build_tools.forms import did_you_mean

SECTION = "开办信息"
COLUMN_TYPE = "栏目类别"
SITE_CODE = "网站标识码"
EXAMPLE = "example_site"
MOST = 200
FREE = ("主办单位", "承办单位", "联系方式", COLUMN_TYPE)
NUMBERS: Mapping[str, tuple[re.Pattern[str], str]] = {
    SITE_CODE: (re.compile("[0-9]{10}|bm[0-9]{8}"), "10 位数字，如 4302040001；部委是 bm 加 8 位数字"),
    "ICP备案号": (re.compile("[\u4e00-\u9fff]ICP备[0-9]{5,12}号(-[0-9]{1,4})?"), "如 湘ICP备05000000号-1"),
    "公安备案号": (re.compile("[\u4e00-\u9fff]公网安备 ?[0-9]{14}号"), "如 湘公网安备 43020402000000号"),
}


def owner_mistakes(extra: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with 开办信息, a sentence each; nothing where it is not there."""
    told = extra.get(SECTION)
    if told is not None and not isinstance(told, Mapping):
        yield f"“{SECTION}”下面另起一行写各项，如 主办单位: 某某县财政局"
    for name, value in told.items() if isinstance(told, Mapping) else ():
        text = "" if value is None else str(value)
        if name not in (*FREE, *NUMBERS):
            hint = did_you_mean(str(name), [*FREE, *NUMBERS]) or f"可以写：{'、'.join((*FREE, *NUMBERS))}"
            yield f"“{SECTION}”里没有“{str(name)[:30]}”这一项，{hint}"
        elif isinstance(value, (bool, Mapping, list)) or len(text) > MOST or not text.isprintable():
            yield f"“{name}”应是一行文字，不超过 {MOST} 个字"
        elif name in NUMBERS and text and not NUMBERS[name][0].fullmatch(text):
            yield f"“{name}”写的是“{text[:30]}”，应是{NUMBERS[name][1]}"


def run_by_publisher(extra: Mapping[str, object]) -> bool:
    """True for a government site (it has a 网站标识码) that is no example: it alone may say of a unit that something is
    not public. Whoever collects what others published knows no more than what he has.
    """
    told = extra.get(SECTION)
    return not extra.get(EXAMPLE) and isinstance(told, Mapping) and bool(told.get(SITE_CODE))


def column_type(extra: Mapping[str, object]) -> str:
    """The ColumnType of all our columns, '' where it is not configured."""
    told = extra.get(SECTION)
    return str(told.get(COLUMN_TYPE) or "") if isinstance(told, Mapping) else ""
