"""Everything that changed after it was public, on one page for the site and one for each district, with a file and a
feed: whoever copied a figure can see whether it still stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from build_tools.checks import Report
from build_tools.web.exports import Download, csv_of
from build_tools.web.feeds import Entry, atom
from build_tools.web.pages.amended import NOTHING, Amended, amendings
from build_tools.web.pages.letters import day_of, disclosure_link
from build_tools.web.pages.model import Link, Page, Site, link_to_kind
from build_tools.web.pages.sections import FEED
from build_tools.web.pages.states import State, states_of

ROOT = link_to_kind("corrections")
FILE, HEAD = "corrections.csv", "区划,部门,年度,公开类型,版次,日期,项目,原公开,改为,随之改变,原因,批准,提交,网址"
EVENT = "{title}：第 {number} 版"


class Recorded(NamedTuple):
    """A step of one disclosure: its district (address and name), the unit, the disclosure and where the step is told,
    its day, the number of the edition (0 = taken back), what staff say (what, why, by whose decision), the figures that
    changed, the commit.
    """

    district: Link
    unit: str
    year: int
    kind: str
    link: Link
    day: str
    number: int
    said: tuple[tuple[str, str, str], ...]
    figures: tuple[Amended, ...]
    commit: str


def record_of(report: Report) -> tuple[Recorded, ...]:
    """Every step of a department's disclosures."""
    return tuple(_record_of(report))


def _record_of(report: Report) -> Iterator[Recorded]:
    """Disclosure by disclosure, newest first."""
    district = Link(report.department.district.name, report.department.district.slug)
    for checked in report.checked:
        one, link = checked.disclosure, disclosure_link(checked, report)
        about = (district, report.department.name_in(one.year), one.year, one.kind)
        if one.withdrawal:
            why = one.withdrawal
            day = day_of(why.date) or why.date
            yield Recorded(*about, link, day, 0, (("", why.reason, why.approval),), (), "")
        elif not one.released or checked.held:
            continue
        for step in amendings(one, link.url, frozenset()):
            at = Link(link.title, f"{link.url}#edition-{step.number}")
            said = tuple(each[1:] for each in step.said)
            yield Recorded(*about, at, step.day, step.number, said, step.figures, step.commit)


def corrections_pages(departments: Sequence[tuple[Recorded, ...]], site: Site) -> Iterator[Page]:
    """The page of the site and those of the districts; none where nothing ever changed."""
    every = in_order(one for some in departments for one in some)
    if not every:
        return
    yield page_of("", every, site)
    for district in dict.fromkeys(one.district for one in every):
        own = [one for one in every if one.district == district]
        yield page_of(district.title, own, site, f"{district.url}/")


def page_of(name: str, found: Sequence[Recorded], site: Site, below: str = "") -> Page:
    """One page with its file and its feed."""
    url = f"{ROOT.url}{below}"
    feed = atom(f"{name}{ROOT.title}", site.absolute(url), site.absolute(f"{url}{FEED}"), entries_of(found, site))
    file = Download(ROOT.title, f"{url}{FILE}", csv_of([HEAD.split(","), *lines_of(found, site)]).encode())
    return Page(
        url=url,
        title=f"{name}{ROOT.title}",
        description=f"公开以后的更正和撤回 {len(found)} 次，逐个数列出原来的和现在的",
        template="corrections.html.j2",
        crumbs=(*site.root_crumbs, *([ROOT] if below else ())),
        values={"found": found, "districts": districts_of(found) if not below else (), "file": file},
        downloads=(file, *((Download("订阅", f"{url}{FEED}", feed.encode()),) if feed else ())),
        feed=f"{url}{FEED}" if feed else "",
    )


def districts_of(found: Iterable[Recorded]) -> tuple[Link, ...]:
    """The pages of the districts."""
    return tuple(dict.fromkeys(Link(one.district.title, f"{ROOT.url}{one.district.url}/") for one in found))


def entries_of(found: Iterable[Recorded], site: Site) -> Iterator[Entry]:
    """One for each step whose day is known."""
    for one in found:
        if day := day_of(one.day):
            title = one.link.title
            what = EVENT.format(title=title, number=one.number) if one.number else f"{title}：{taken_back(site)}"
            yield Entry(what, site.absolute(one.link.url), one.unit, day)


def taken_back(site: Site) -> str:
    """The word for a disclosure that is there no more."""
    return states_of(site.own)[State.WITHDRAWN]


def lines_of(found: Iterable[Recorded], site: Site) -> Iterator[tuple[str, ...]]:
    """One line for each figure; a step without figures has one for each thing that staff say."""
    for one in found:
        number = str(one.number) if one.number else taken_back(site)
        about = (one.district.title, one.unit, str(one.year), one.kind, number, one.day)
        at = (one.commit, site.absolute(one.link.url))
        for each in one.figures:
            values = ("" if text == NOTHING else text for text in (each.old, each.new))
            yield (*about, each.name, *values, "是" if each.follows else "", each.why, each.approval, *at)
        for what, why, approval in one.said if not one.figures else ():
            yield (*about, what, "", "", "", why, approval, *at)


def in_order(found: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Newest first; those of one day by address."""
    return tuple(sorted(sorted(found, key=lambda one: one.link.url), key=lambda one: one.day, reverse=True))
