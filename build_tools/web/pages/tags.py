"""The meta tags of government pages (网页标签规范, 附件 of 国办发〔2017〕47号) and the description for machines
(schema.org Dataset).

Those of the whole site stand in the theme. A tag whose content nobody has declared is not there: no date, no source is
made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from build_tools.accounts.corpus import Department, Disclosure
from build_tools.accounts.statement import as_date
from build_tools.forms import Concept
from build_tools.web.exports import Download, format_name
from build_tools.web.pages.model import Site

Tags = tuple[tuple[str, str], ...]
PARENT = "财政信息公开"


def full_day(text: str) -> str:
    """A written date as ISO 8601, where it names a day; '' for a month, a year, a word."""
    day = as_date(text)
    return day.isoformat() if day and len(re.findall("[0-9]+", text)) == 3 else ""


def subject_of(title: str) -> str:
    """What a column of this title makes public."""
    return re.sub("公开$", "", title)


def said(disclosure: Disclosure, field: Concept) -> str:
    """A field of 公开信息; 未载明 is no content for a tag."""
    text = disclosure.fact(field)
    return "" if text in ("未载明", "无", "不涉及", "依法不公开") else text


def column_tags(title: str, site: Site) -> Tags:
    """Of a column (栏目) and of every page in it."""
    words = dict.fromkeys((subject_of(title), title, PARENT))
    kind = (("ColumnType", site.column_type),) if site.column_type else ()
    return (
        ("ColumnName", title),
        ("ColumnDescription", f"{PARENT}：各部门、各年度的{title}"),
        ("ColumnKeywords", ",".join(words)),
        *kind,
    )


def article_tags(disclosure: Disclosure, department: Department, title: str, column: str, site: Site) -> Tags:
    """Of a disclosure, in its column."""
    name = department.name_in(disclosure.year)
    words = (department.district.name, name, f"{disclosure.year}年", disclosure.kind)
    tags = (
        ("ArticleTitle", title),
        ("PubDate", full_day(disclosure.fact(Concept.PUBLICATION_DATE))),
        ("ContentSource", said(disclosure, Concept.ISSUER)),
        ("Keywords", ",".join(words)),
        ("Url", site.absolute(f"{department.district.slug}/{department.slug}/{disclosure.year}/{disclosure.slug}/")),
    )
    return (*(column_tags(column, site) if column else ()), *((key, text) for key, text in tags if text))


def described(files: Sequence[Download]) -> str:
    """In which formats the tables are; '' where there are none."""
    names = dict.fromkeys(format_name(one.url) for one in files)
    return f"，每张表一个 {'、'.join(names)} 文件" if names else ""


def dataset(
    disclosure: Disclosure, department: Department, title: str, url: str, files: Sequence[Download], site: Site
) -> Mapping[str, object]:
    """The disclosure as a schema.org Dataset with its files of data."""
    name, editions = department.name_in(disclosure.year), disclosure.history.editions
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "url": site.absolute(url),
        "inLanguage": "zh-CN",
        "description": said(disclosure, Concept.ABSTRACT)
        or f"{title}：官方表格逐项录入，附勾稽核对结果{described(files)}",
        "identifier": said(disclosure, Concept.INDEX_NUMBER),
        # a clone that does not hold the whole history cannot count
        "version": "" if disclosure.history.partly else str(editions[-1].number if editions else 1),
        "dateModified": editions[-1].day if len(editions) > 1 else "",
        "datePublished": full_day(disclosure.fact(Concept.PUBLICATION_DATE)),
        "temporalCoverage": str(disclosure.year),
        "spatialCoverage": department.district.full_name,
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": name},
        "keywords": [disclosure.kind, name, department.district.name],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.title,
                "encodingFormat": one.media_type,
                "contentUrl": site.absolute(one.url),
            }
            for one in files
        ],
    }
    return {key: value for key, value in found.items() if value not in ("", [])}
