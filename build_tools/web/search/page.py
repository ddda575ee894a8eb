"""The page `/search/`: what the generator is handed for it, and the plain list of links that works without scripts.

Every site has this page, whatever its `content/` holds, because the box on every page leads there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from build_tools.page_kinds import SEARCH, page_kinds
from build_tools.web.escaping import escape
from build_tools.web.search.stub import Stub

ADDRESS = SEARCH
SOURCE = "search.md"
LIST = "<!-- mingzhang: places -->"
SECTIONS = page_kinds()["sections"].address
MARKDOWN = f"""---
title: 查找
description: 按部门、年度、公开类别、表名、科目编码或拼音首字母查找；不用脚本也有全部列表
hide: [navigation, toc]
---

# 查找

<form class="mz-find" id="mz-find" role="search" action="./" method="get" hidden>
<label for="mz-query">部门、年度、公开类别、表名、科目编码或拼音首字母，可以连写</label>
<div>
<input id="mz-query" name="q" type="search" maxlength="100" placeholder="如 财政局2024决算、三公、2010301" aria-describedby="mz-keys"
autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go">
<button type="submit">查找</button>
</div>
<small class="mz-second" id="mz-keys">↑ ↓ 选择，回车打开，Esc 清空</small>
</form>
<noscript><p class="mz-notice">查找框要用浏览器脚本。不用脚本，从下面的列表也能到每一份文件。</p></noscript>
<p id="mz-status" role="status"></p>
<ol class="mz-list mz-hits" id="mz-hits" aria-label="查找结果"></ol>
<p><button class="mz-button" id="mz-more" type="button" hidden>再看一些</button></p>

{LIST}

<script src="../assets/javascripts/mingzhang-search.js"></script>
"""  # noqa: E501


def markdown_file() -> tuple[str, str]:
    """Source path and text, for the generator."""
    return SOURCE, MARKDOWN


def fill_page(html: str, stubs: Sequence[Stub]) -> str:
    """The page with its list; a project's own page may go without."""
    return html.replace(LIST, plain_list(stubs))


def plain_list(stubs: Sequence[Stub]) -> str:
    """Districts with their departments, sections with their years, and the pages that stand alone."""
    districts = [one for one in stubs if one.about.district and not one.about.folder]
    departments = [one for one in stubs if one.url == one.about.folder]
    columns = [one for one in stubs if one.url.startswith(SECTIONS) and one.url.count("/") == 2]
    alone = [one for one in stubs if not one.about.district and one.url.count("/") < 2]
    rows = [(one, [(dept, dept.title) for dept in departments if dept.url.startswith(one.url)]) for one in districts]
    years = [
        (
            one,
            [
                (page, f"{page.about.year}年")
                for page in reversed(stubs)
                if page.url.startswith(one.url) and page is not one
            ],
        )
        for one in columns
    ]
    lists = group("区县和部门", rows) + group("栏目和年度", years) + group("其他", [(one, []) for one in alone])
    return f'<nav class="mz-browse" id="mz-browse" aria-label="全部列表"><h2>从列表找起</h2>{lists}</nav>'


def group(heading: str, rows: Sequence[tuple[Stub, Sequence[tuple[Stub, str]]]]) -> str:
    """One list; '' where there is nothing to list."""
    items = "".join(f"<li>{link(one, one.title)}{inner(below)}</li>" for one, below in rows)
    return f"<h3>{heading}</h3><ul>{items}</ul>" if rows else ""


def inner(below: Iterable[tuple[Stub, str]]) -> str:
    """What stands under an item."""
    items = "".join(f"<li>{link(one, text)}</li>" for one, text in below)
    return f"<ul>{items}</ul>" if items else ""


def link(stub: Stub, text: str) -> str:
    """A link from `/search/`."""
    return f'<a href="../{escape(stub.url)}">{escape(text)}</a>'
